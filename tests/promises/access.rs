//! Promise 24: every page in every state is for everybody: axe-core finds nothing, also in the dark; at 320 pixels and
//! at twice the size nothing sticks out; the focus is always to be seen; the console has nothing severe to say.

use super::browsing::Browser;
use super::door::{Door, encoded, post};
use serde_json::json;

/// Windows: a small phone, and a desktop at 200 %.
const NARROW: u32 = 320;
const DESKTOP: (u32, u32) = (1280, 900);

/// Every page and state, by what it is called and where it is.
fn pages(door: &Door) -> Vec<(String, String)> {
    let asked = |question: &str| format!("/?q={}&region=990121", encoded(question));
    let handed = post(&door.url("/api/v1/tickets"), &json!({"question": "电梯坏了谁修", "region": "990121"})).json();
    let mut pages: Vec<(String, String)> = [
        ("asking", "/"),
        ("nothing searched", "/search"),
        ("library", "/documents"),
        ("library, narrowed", "/documents?region=990121&sort=title&year=2025"),
        ("reader", "/documents/qh-2023-gaoling-jintie"),
        ("reader, repealed", "/documents/qh-2018-gaoling-jintie"),
        ("reader, interpretation", "/documents/qh-2023-gaoling-jintie-jiedu"),
        ("reader, another day", "/documents/qh-2023-gaoling-jintie?as_of=2020-01-01"),
        ("gazettes", "/gazette"),
        ("interface", "/docs"),
        ("embedding", "/docs/widget"),
        ("widget", "/widget?region=990121&color=ffcc00"),
        ("handing on", "/tickets"),
        ("wrong code", "/tickets?code=nonsense"),
        ("state of the library", "/admin/library"),
        ("console", "/agent"),
        ("matching", "/match"),
        ("one programme", "/match?programme=qh-gaoling-jintie"),
        ("nowhere", "/nothing"),
    ]
    .map(|(name, path)| (name.to_owned(), path.to_owned()))
    .to_vec();
    for (name, question) in [
        ("answered", "80岁以上老人高龄津贴每人每月多少钱"),
        ("compared", "高龄津贴青禾县和文溪县有什么不同"),
        ("not found", "量子纠缠引力波"),
        ("refused", "你觉得县长怎么样"),
        ("emergency", "我不想活了"),
        ("one fact missing", "低保标准是多少"),
    ] {
        pages.push((name.to_owned(), asked(question)));
    }
    pages.push(("ticket".to_owned(), handed["url"].as_str().unwrap().to_owned()));
    pages.push(("found".to_owned(), format!("/search?q={}", encoded("高龄津贴"))));
    pages.push(("console, answered".to_owned(), format!("/agent?q={}&region=990121", encoded("高龄津贴多少钱"))));
    pages.retain(|(_, path)| path == "/nothing" || door.get(path).status != 404);
    pages
}

#[test]
fn every_page_and_state_is_accessible_by_day_and_by_night() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    let mut wrong = Vec::new();
    for (name, path) in pages(door) {
        for theme in ["light", "dark"] {
            browser.prefer(&[("prefers-color-scheme", theme), ("prefers-reduced-motion", "reduce")]);
            browser.open(&door.url(&path));
            let found = browser.findings();
            if !found.is_empty() {
                wrong.push(format!("{name} {path} ({theme}):\n{}", found.join("\n")));
            }
        }
        let loud: Vec<String> = browser.console().into_iter().filter(|line| line.contains("SEVERE")).collect();
        // The browser itself says that a page is not there.
        if !loud.is_empty() && path != "/nothing" {
            wrong.push(format!("{name} {path}: {loud:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn no_page_is_wider_than_its_window() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    let mut wrong = Vec::new();
    for (name, path) in pages(door) {
        browser.resize(NARROW, 640);
        browser.open(&door.url(&path));
        for (size, window) in [("320 pixels", false), ("200 %", true), ("large type", false)] {
            if window {
                browser.magnify(DESKTOP.0, DESKTOP.1, 2);
            } else {
                browser.resize(NARROW, 640);
            }
            if size == "large type" {
                browser.ask("document.documentElement.dataset.size = 'large'");
            }
            let wide = browser.ask(
                "const most = document.documentElement.clientWidth;
                 if (document.documentElement.scrollWidth <= most) return '';
                 return [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > most + 1)
                     .map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right)).slice(0, 6).join();",
            );
            if wide != "" {
                wrong.push(format!("{name} {path} at {size}: {wide}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_focus_goes_round_and_is_always_seen() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    let asked = format!("/?q={}&region=990121", encoded("80岁以上老人高龄津贴每人每月多少钱"));
    for path in ["/", asked.as_str(), "/tickets", "/widget"] {
        browser.open(&door.url(path));
        let stops = browser.assert_tab_path(path);
        assert!(stops.len() >= 4, "{path}: {stops:?}");
        let first = &stops[0];
        assert!(path == "/widget" || first.contains("跳到正文"), "{path} begins with {first}");
    }
    // Controls that are too small for a finger (WCAG 2.2, 2.5.8), links inside of text apart.
    for path in ["/", asked.as_str(), "/tickets", "/documents"] {
        browser.resize(NARROW, 640);
        browser.open(&door.url(path));
        let small = browser.ask(
            "return [...document.querySelectorAll('button, summary, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea')]
                 .filter(e => e.getClientRects().length && !e.closest('.visually-hidden'))
                 .map(e => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width < 24 || r.height < 24)
                 .map(([e, r]) => e.tagName + '.' + e.className + ' ' + Math.round(r.width) + 'x' + Math.round(r.height)).slice(0, 8);",
        );
        assert_eq!(small, json!([]), "{path}");
    }
}
