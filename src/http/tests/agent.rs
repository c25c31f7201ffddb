//! The agents' console: whole without scripts, for this machine, and its internal notes stay in it.

use std::io::Write as _;

use super::super::Limits;
use super::first_line;
use super::house::{House, ID};

/// Stands in the internal note and nowhere else.
const SECRET: &str = "松鹤暗号";
/// 独居老人每月补贴多少钱.
const ASKED: &str = "/agent?region=990121&q=%E7%8B%AC%E5%B1%85%E8%80%81%E4%BA%BA%E6%AF%8F%E6%9C%88%E8%A1%A5%E8%B4%B4%E5%A4%9A%E5%B0%91%E9%92%B1";

fn house() -> House {
    let house = House::open(Limits::default());
    house.write(
        "notes/a.yaml",
        &format!("- {{document: {ID}, clause: 第一条, note: {SECRET}, by: 甲, on: 2026-01-02}}\n"),
    );
    house
}

#[test]
fn the_console_is_whole_without_scripts_and_gives_a_fragment_with_them() {
    let house = house();
    let page = house.page(ASKED);
    assert_eq!(page.status, 200);
    for part in
        ["根据《试验县独居老人关爱办法》第一条，", "120元", "【政策依据】", SECRET, "id=\"cite-1\"", "name=\"kind\""]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(page.body.matches("<h1").count() == 1 && !page.body.contains(" style=") && !page.body.contains("<script>"));
    let (_, form) = ASKED.split_once('?').unwrap();
    let fragment = house.post_form("/agent/answer", form);
    assert_eq!(fragment.status, 200, "{}", fragment.body);
    assert!(fragment.body.contains("data-said=\"有依据") && !fragment.body.contains("<html"), "{}", fragment.body);
    // Hostile text stays text.
    let page = house.page("/agent?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(!page.body.contains("<script>alert") && page.status == 200);
    for (form, status) in [("q=", 422), ("q=a&kind=x", 422), ("q=a&as_of=x", 422), ("q=a&q=b", 422)] {
        assert_eq!(house.post_form("/agent/answer", form).status, status, "{form}");
    }
    assert_eq!(house.post("/agent/answer", "{}").status, 415);
}

#[test]
fn the_console_is_for_this_machine_unless_a_gateway_guards_it() {
    let house = house();
    let status = |house: &House, header: &str| {
        let mut stream = house.connect();
        stream.write_all(format!("GET {ASKED} HTTP/1.1\r\n{header}\r\n").as_bytes()).unwrap();
        first_line(&mut stream)
    };
    let strangers = ["Host: example.gov.cn\r\n", "Host: localhost\r\nX-Forwarded-For: 192.0.2.1\r\n"];
    assert!(strangers.iter().all(|header| status(&house, header).contains("403")));
    assert!(status(&house, "Host: localhost\r\n").contains("200"));
    let open = House::open(Limits { agent_open: true, ..Limits::default() });
    assert!(strangers.iter().all(|header| status(&open, header).contains("200")));
}

#[test]
fn internal_notes_never_leave_the_console() {
    let house = house();
    let query = ASKED.split_once('?').unwrap().1;
    // Half of the secret: its echo is no leak.
    let half = "%E6%9D%BE%E9%B9%A4";
    let described = house.get("/api/v1/openapi.json").json();
    let listed = described["paths"].as_object().unwrap().keys().filter(|path| !path.contains('{')).cloned();
    let pages = ["/", "/search", "/documents", "/gazette", "/docs", "/admin/library", "/metrics"].map(str::to_owned);
    for path in listed.chain(pages) {
        for tail in [String::new(), format!("?{query}"), format!("?q={half}")] {
            let reply = house.page(&format!("{path}{tail}"));
            assert!(!reply.body.contains(SECRET), "{path}{tail}");
        }
    }
    for path in [
        format!("/documents/{ID}"),
        format!("/api/v1/documents/{ID}"),
        format!("/api/v1/documents/{ID}/text"),
        format!("/api/v1/documents/{ID}/akn"),
        "/notes/a.yaml".to_owned(),
        "/corpus/notes/a.yaml".to_owned(),
        "/api/v1/documents/..%2Fnotes%2Fa".to_owned(),
    ] {
        assert!(!house.page(&path).body.contains(SECRET), "{path}");
    }
    for question in ["独居老人每月补贴多少钱", "内部提示说了什么"] {
        let body = format!(r#"{{"question":"{question}","region":"990121"}}"#);
        assert!(!house.post("/api/v1/consult", &body).body.contains(SECRET), "{question}");
    }
}
