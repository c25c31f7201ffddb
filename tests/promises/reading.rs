//! Promise 13: a clerk reads a document: follows its outline, finds words in it, takes a clause with its citation,
//! sees what it was on another day, and does the main of it without scripts.

use super::browsing::{Browser, key};
use super::door::Door;

/// A measure with chapters, amended, with interpretations and an edition that it replaced.
const MEASURE: &str = "/documents/qh-2024-gongye-jiangbu";

#[test]
fn a_clerk_finds_words_and_copies_a_clause_with_its_citation() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    browser.open(&door.url(MEASURE));
    browser.press(&["/"]);
    assert_eq!(browser.ask("return document.activeElement.id"), "find");
    browser.type_into("#find", "专精特新");
    browser.press(&[key::ENTER]);
    browser.wait_until("return document.getElementById('find-count').textContent.startsWith('1/')");
    browser.press(&[key::ENTER]);
    browser.wait_until("return document.getElementById('find-count').textContent.startsWith('2/')");
    assert_eq!(browser.ask("return document.activeElement.id"), "find", "the focus stays where one types");
    browser.clear("#find");
    browser.type_into("#find", "12");
    browser.press(&[key::ENTER]);
    browser.wait_until(
        "return document.querySelector(':target .anchor')?.getAttribute('aria-label') === '第十二条的链接'",
    );
    browser.wait_until("return document.querySelector('.toc a[aria-current]')?.textContent.includes('章')");
    browser.ask(
        "window.copied = null;
         Object.defineProperty(navigator, 'clipboard', { value: { writeText: async words => { window.copied = words; } } });",
    );
    browser.click_by("return document.querySelector(':target .anchor')");
    browser.click_words("复制引用");
    let copied = browser.wait_until("return window.copied");
    assert_eq!(copied, "《青禾县支持工业企业高质量发展奖补资金管理办法》（青政规〔2024〕16号）第十二条");
    browser.assert_quiet("the reader");
}

#[test]
fn the_reader_the_library_and_the_search_are_for_everybody() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    let pages = [
        MEASURE.to_owned(),
        format!("{MEASURE}?as_of=2024-12-01&find=%E4%BC%81%E4%B8%9A"),
        format!("{MEASURE}/compare?with=qh-2021-gongye-jiangbu"),
        "/documents".to_owned(),
        "/documents?region=990121&validity=in_force&sort=title".to_owned(),
        "/search?q=%E9%AB%98%E9%BE%84%E6%B4%A5%E8%B4%B4&region=990121".to_owned(),
        "/search?q=%E9%AB%98%E9%BE%84%E6%B4%A5%E8%B4%B4&year=1999".to_owned(),
        "/gazette".to_owned(),
    ];
    for page in &pages {
        browser.resize(1280, 900);
        browser.open(&door.url(page));
        browser.assert_accessible(page);
        browser.resize(320, 800);
        browser.assert_fits(page);
    }
}

#[test]
fn a_document_is_whole_without_scripts() {
    let door = Door::open();
    let today = door.get(MEASURE).body;
    assert!(today.contains("现行有效") && today.contains("id=\"family\"") && today.contains("id=\"duties\""));
    assert!(today.contains("name=\"as_of\"") && today.contains("name=\"find\""));
    assert!(door.get(&format!("{MEASURE}?as_of=2024-12-01")).body.contains("尚未施行"));
    let compared = door.get(&format!("{MEASURE}/compare?with=qh-2021-gongye-jiangbu")).body;
    assert!(compared.contains("<del>") && compared.contains("<ins>"));
}
