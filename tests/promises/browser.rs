//! Promise 13: a person asks, reads, clicks a citation and sees the clause; also without scripts.

use std::time::Instant;

use serde_json::Value;

use super::browsing::{Browser, PATIENCE};
use super::door::{Door, encoded};

const QUESTION: &str = "80岁以上老人高龄津贴每人每月多少钱";
/// The words that answer it.
const WORDS: &str = "每人每月100元";

#[test]
fn a_person_asks_and_follows_the_citation_to_the_clause() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    browser.open(&door.url("/"));
    browser.type_into("input[name=q], textarea[name=q]", QUESTION);
    browser.click("form button[type=submit]");
    browser.wait_for(WORDS);
    browser.wait_for("有依据");
    let squeeze = |text: &Value| text.as_str().unwrap_or_default().split_whitespace().collect::<String>();
    let quote = browser.ask("return document.querySelector('.citations blockquote').innerText");
    browser.click(".citations a[href^='/documents/'][href*='#']");
    browser.wait_for("高龄津贴");
    let begun = Instant::now();
    let address = loop {
        let address = browser.ask("return location.pathname + location.hash");
        if address.as_str().is_some_and(|text| text.starts_with("/documents/") && text.contains('#')) {
            break address;
        }
        assert!(begun.elapsed() < PATIENCE, "the citation does not lead to its clause: {address}");
    };
    let target = browser.ask("const t = document.querySelector(':target'); return t && t.textContent");
    // Beside the clause's own lines the reader shows what explains them.
    let lines: Vec<String> = quote
        .as_str()
        .unwrap_or_default()
        .lines()
        .map(|line| squeeze(&line.into()))
        .filter(|line| !line.is_empty())
        .collect();
    assert!(
        !lines.is_empty() && lines.iter().all(|line| squeeze(&target).contains(line)),
        "{address}: “{quote}” is not in the clause {target}"
    );
    let seen = browser.ask(
        "const r = document.querySelector(':target').getBoundingClientRect();
         return r.bottom > 0 && r.top < innerHeight;",
    );
    assert_eq!(seen, true, "the clause is not in view");
    let highlighted = browser.ask(
        "const look = e => { const s = getComputedStyle(e); return s.backgroundColor + s.boxShadow + s.outline + s.borderLeft; };
         const marked = e => [e, ...e.querySelectorAll('*')].map(look).join();
         const target = document.querySelector(':target');
         const own = target.className;
         const other = [...document.querySelectorAll('.' + own.trim().split(/\\s+/).join('.'))].find(e => e !== target);
         return other ? look(target) !== look(other) || marked(target).includes('mark') : null;",
    );
    assert_ne!(highlighted, false, "the clause looks like any other");
    browser.assert_quiet("the reader");
}

#[test]
fn the_form_works_without_scripts() {
    let door = Door::open();
    let page = door.get("/");
    assert!(page.body.contains("<form") && page.body.contains("name=\"q\""), "{}", page.body);
    let form = page.body.split("<form").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains("method=\"get\"") && form.contains("type=\"submit\""), "{form}");
    let answered = door.get(&format!("/?q={}&region=990121&as_of=", encoded(QUESTION)));
    assert_eq!(answered.status, 200);
    assert!(answered.body.contains(WORDS) && answered.body.contains("有依据"), "{}", answered.body);
    let link = answered.body.split("href=\"/documents/").nth(1).unwrap().split('"').next().unwrap();
    let (path, clause) = link.split_once('#').unwrap();
    let document = door.get(&format!("/documents/{}", path.replace("&#38;", "&").replace("&amp;", "&")));
    assert_eq!(document.status, 200);
    assert!(document.body.contains(&format!("id=\"{clause}\"")) && document.body.contains(WORDS));
    let none = door.get(&format!("/?q={}&region=990121", encoded("量子纠缠引力波")));
    assert!(none.status == 200 && none.body.contains("库中无"), "{}", none.body);
}
