//! Promise 23: on the page a person asks on, corrects what was understood, asks for another day, learns whom to turn to,
//! says what was bad, and hands on what was not solved; with scripts and without.

use super::browsing::{Browser, key};
use super::door::{Door, encoded};

const QUESTION: &str = "80岁以上老人高龄津贴每人每月多少钱";
const WORDS: &str = "每人每月100元";
/// What applied in 2020.
const FORMERLY: &str = "每人每月50元";
const BOX: &str = "#ask [name=q]";
const ASK: &str = "#ask button[type=submit]";
/// The answer that is shown.
const ANSWER: &str = "return document.querySelector('#answer article')?.innerText.includes(WORDS)";

fn asked(browser: &Browser, question: &str) {
    browser.clear(BOX);
    browser.type_into(BOX, question);
    browser.click(ASK);
}

/// Waits until the answer that is shown says these words.
fn answered(browser: &Browser, words: &str) {
    browser.wait_until(&ANSWER.replace("WORDS", &format!("'{words}'")));
}

#[test]
fn a_question_is_followed_up_corrected_and_asked_for_another_day() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    browser.open(&door.url("/"));
    asked(&browser, QUESTION);
    answered(&browser, WORDS);
    assert_eq!(browser.address(), "/", "the question is in no address");
    browser.wait_until("return document.activeElement?.closest('article.answer') && true");
    // A citation opens in place.
    browser.click("#answer .citations summary");
    browser.wait_until("return document.querySelector('#answer .citations details[open]') && true");
    // What follows is understood from what was before.
    asked(&browser, "那要带什么材料");
    answered(&browser, "身份证");
    let before = browser.wait_until("return document.getElementById('earlier')?.innerText");
    assert!(before.as_str().unwrap().contains("前面问过的"), "{before}");
    // Another place and another day, where it was understood otherwise.
    browser.open(&door.url(&format!("/?q={}&region=990121", encoded(QUESTION))));
    answered(&browser, WORDS);
    let change = |what: &str, set: &str, button: &str| {
        browser.click_by(&format!(
            "return [...document.querySelectorAll('#answer summary')].find(e => e.innerText.includes('{what}')) || null"
        ));
        browser.ask(&format!("const form = [...document.querySelectorAll('#answer form')].find(f => f.innerText.includes('{button}')); {set}"));
        browser.click_words(button);
    };
    change("的规定", "form.elements.as_of.value = '2020-06-01'", "按这天回答");
    answered(&browser, FORMERLY);
    assert!(!browser.text().contains(WORDS), "what applies today is not what applied then");
    let other = "const all = [...form.elements.region.options].map(o => o.value).filter(v => v && v !== '990121'); form.elements.region.value = all[0];";
    change("地区", other, "按这里回答");
    browser.wait_until("return !document.querySelector('#answer .chips').innerText.includes('青禾县')");
    browser.assert_quiet("asking");
}

#[test]
fn what_is_not_there_is_said_with_whom_to_turn_to() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    browser.open(&door.url("/"));
    asked(&browser, "量子纠缠引力波");
    answered(&browser, "库中无");
    answered(&browser, "12345");
    // Completions by the keys alone.
    browser.clear(BOX);
    browser.type_into(BOX, "gaoling");
    browser.wait_until("return document.querySelector('[role=listbox] [role=option]') && true");
    browser.press(&[key::DOWN]);
    let active = "return document.getElementById(document.querySelector('#ask [name=q]').getAttribute('aria-activedescendant') || '')?.getAttribute('aria-selected')";
    assert_eq!(browser.wait_until(active), "true");
    browser.press(&[key::ESCAPE]);
    assert_eq!(browser.ask("return document.querySelector('[role=listbox]').hidden"), true);
    browser.assert_quiet("nothing found");
}

#[test]
fn what_was_bad_is_said_and_what_is_open_is_handed_on() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    browser.open(&door.url(&format!("/?q={}&region=990121", encoded(QUESTION))));
    answered(&browser, WORDS);
    browser.click_words("没用");
    browser.click(".why input[name=reason]");
    browser.click(".why button[value=useless]");
    browser.wait_for("已记下");
    browser.click_words("没有解决，转给部门");
    browser.click(".unsolved button[type=submit]");
    browser.wait_for("查询码");
    browser.click_words("查看办理情况");
    browser.wait_for("已收到");
    assert!(browser.address().starts_with("/tickets/"), "{}", browser.address());
    assert!(!browser.text().contains("高龄津贴"), "the question is not shown");
    browser.assert_quiet("handing on");
}

#[test]
fn without_scripts_the_same_is_asked_answered_corrected_and_handed_on() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    browser.scripts(false);
    browser.open(&door.url("/"));
    browser.type_into(BOX, QUESTION);
    browser.click(ASK);
    browser.find("article.answer");
    let shown = || browser.call("GET", "/source", &serde_json::json!({})).as_str().unwrap_or_default().to_owned();
    assert!(shown().contains(WORDS) && shown().contains("有依据"));
    browser.click("#answer .citations summary");
    browser.find("#answer .citations details[open]");
    browser.click(".unsolved > summary");
    browser.click(".unsolved button[type=submit]");
    browser.find(".ticket");
    assert!(shown().contains("已收到"), "{}", shown());
    browser.open(&door.url(&format!("/search?q={}", encoded("高龄津贴"))));
    browser.find("main a[href^='/documents/']");
    browser.open(&door.url("/documents/qh-2023-gaoling-jintie"));
    assert!(shown().contains(WORDS));
}
