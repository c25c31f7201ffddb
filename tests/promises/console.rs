//! Promise 20: an agent with a caller on the line works by keyboard alone: asks, reads out, copies the work order, opens
//! citations, compares, changes calls; without scripts the console is whole; its internal notes are nowhere else.

use serde_json::json;

use super::browsing::{Browser, key};
use super::door::{Door, encoded};

/// As an agent types with a caller waiting.
const SHORTHAND: &str = "82岁 老人钱 多少";
/// The words that answer it.
const WORDS: &str = "80周岁至89周岁的，每人每月100元";
/// Keeps what is copied, where a browser without a window has no clipboard.
const CLIPBOARD: &str = "window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => { copied.push(text); return Promise.resolve(); } } });";

/// A console in which the region was chosen and a question asked by keyboard.
fn asked(browser: &Browser, door: &Door, question: &str) {
    browser.before_pages(CLIPBOARD);
    browser.open(&door.url("/agent?region=990121"));
    // The box has the focus at once.
    browser.wait_until("return document.activeElement.id === 'question'");
    let letters: Vec<String> = question.chars().map(String::from).collect();
    browser.press(&letters.iter().map(String::as_str).collect::<Vec<_>>());
    browser.press(&[key::ENTER]);
    browser.wait_until("return document.activeElement.id === 'say-title'");
}

#[test]
fn a_call_is_answered_by_keyboard_alone() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    asked(&browser, door, SHORTHAND);
    let spoken = browser.ask("return document.querySelector('.spoken').innerText").to_string();
    assert!(spoken.contains("根据《青禾县高龄津贴发放办法》第四条") && spoken.contains(WORDS), "{spoken}");
    // Of the list the item for a caller of 82, not the others.
    assert!(!spoken.contains("90周岁至99周岁"), "{spoken}");
    browser.wait_until("return /有依据.*第四条/.test(document.getElementById('status').textContent)");
    browser.press(&["c"]);
    browser
        .wait_until("return copied.length === 1 && copied[0].includes('【政策依据】') && copied[0].includes('第四条')");
    browser.press(&["m"]);
    let message = browser.wait_until("return copied.length === 2 && copied[1]");
    let message = message.as_str().unwrap();
    assert!(
        message.encode_utf16().count() <= 70 && message.contains("100元") && message.contains("第四条"),
        "{message}"
    );
    browser.press(&["1"]);
    browser.wait_until("return document.activeElement.closest('#cite-1') !== null");
    browser.press(&[key::ESCAPE]);
    browser.wait_until("return document.activeElement.id === 'question'");
    // Typed letters are letters: nothing is copied, no call is opened.
    browser.press(&["c", "n", "?"]);
    let typed = browser
        .ask("return [document.activeElement.value, copied.length, document.querySelectorAll('[role=tab]').length]");
    assert_eq!(typed, json!(["cn?", 2, 1]));
    browser.assert_quiet("/agent");
}

#[test]
fn runners_up_are_walked_opened_and_set_beside() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    asked(&browser, door, SHORTHAND);
    browser.press(&[key::UP]);
    browser.wait_until("return document.activeElement.matches('.runners summary')");
    browser.press(&[key::ENTER]);
    browser.wait_until("return document.activeElement.parentElement.open");
    browser.press(&["c"]);
    browser.wait_until("return copied.length === 1 && copied[0].includes('（坐席选用）')");
    browser.press(&["v"]);
    browser.wait_until("return document.querySelectorAll('.pair .clause-card').length === 2");
    browser.press(&["v"]);
    browser.wait_until("return document.querySelectorAll('.pair .clause-card').length === 1");
    browser.press(&[key::DOWN]);
    browser.wait_until("return document.activeElement.matches('.similar a')");
    browser.press(&[key::ENTER]);
    browser.wait_until("return document.getElementById('question').value.endsWith('？')");
    browser.assert_quiet("/agent");
}

#[test]
fn calls_are_kept_apart_and_forgotten_with_the_tab() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    asked(&browser, door, SHORTHAND);
    browser.press(&["n"]);
    browser.wait_until("return document.querySelectorAll('[role=tab]').length === 2 && document.getElementById('question').value === ''");
    assert_eq!(browser.ask("return document.querySelector('.result')"), json!(null));
    browser.press(&["["]);
    assert_eq!(browser.ask("return document.getElementById('question').value"), "[", "a letter in the box");
    browser.press(&[key::ENTER]);
    browser.wait_until("return document.querySelector('.result')");
    browser.wait_until("return document.activeElement.id === 'say-title'");
    browser.press(&["["]);
    browser.wait_until(&format!("return document.getElementById('question').value === '{SHORTHAND}'"));
    browser.wait_for(WORDS);
    // Switched off, single keys do nothing.
    browser.ask("document.getElementById('keys-on').click(); document.getElementById('say-title').focus();");
    browser.press(&["c", "n", "]"]);
    assert_eq!(browser.ask("return [copied.length, document.querySelectorAll('[role=tab]').length]"), json!([0, 2]));
    let kept = browser.ask("return JSON.stringify([{...localStorage}, {...sessionStorage}])").to_string();
    assert!(!kept.contains("老人"), "{kept}");
    browser.open(&door.url("/agent"));
    assert_eq!(browser.ask("return document.querySelectorAll('[role=tab]').length"), 1);
}

#[test]
fn the_console_fits_and_is_accessible_in_every_state() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    let ask = |question: &str, more: &str| door.url(&format!("/agent?q={}{more}", encoded(question)));
    let here = "&region=990121";
    let states = [
        door.url("/agent"),
        ask(SHORTHAND, here),
        ask(SHORTHAND, &format!("{here}&beside=jl-2022-laonianren-youdai/p_1")),
        ask("领养退役军犬有没有补助", here),
        ask("我们县高龄津贴多少钱", ""),
        ask("我不想活了", here),
    ];
    for scheme in ["light", "dark"] {
        browser.prefer(&[("prefers-color-scheme", scheme)]);
        for url in &states {
            for (width, height) in [(1366, 768), (1024, 768), (390, 844), (320, 640)] {
                browser.resize(width, height);
                browser.open(url);
                browser.assert_fits(url);
            }
            browser.resize(1366, 768);
            browser.open(url);
            browser.assert_accessible(&format!("{scheme} {url}"));
        }
    }
    browser.open(&states[1]);
    browser.assert_tab_path("/agent");
    // What an agent needs first is on the screen without scrolling.
    let seen = browser.ask(
        "const low = ['.spoken', '.clause-card blockquote', '.unit .phone', '#order'].map(s => document.querySelector(s).getBoundingClientRect().top);
         return Math.max(...low) < 768 - 60;",
    );
    assert_eq!(seen, true);
}

#[test]
fn without_scripts_the_console_is_whole() {
    let door = Door::open();
    let page = door.get(&format!("/agent?q={}&region=990121", encoded(SHORTHAND)));
    assert_eq!(page.status, 200);
    for part in [WORDS, "【政策依据】", "0990-", "内部提示", "<form id=\"agent\"", "相近条款"] {
        assert!(page.body.contains(part), "{part}");
    }
    let note = page.body.split("（示例）先问").nth(1);
    assert!(note.is_some(), "the internal note of the demonstration");
    for public in ["/", "/search", "/documents/qh-2023-gaoling-jintie", "/api/v1/consult", "/api/v1/search"] {
        let reply = door.get(&format!("{public}?q={}&region=990121", encoded(SHORTHAND)));
        assert!(!reply.body.contains("（示例）先问"), "{public}");
    }
    let answer = door.consult(&json!({"question": SHORTHAND, "region": "990121"}));
    assert!(!answer.body.contains("（示例）先问"));
}
