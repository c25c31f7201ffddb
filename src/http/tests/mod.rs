//! The doors with real sockets: what a slow, greedy or lost client meets.

mod agent;
mod house;

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use super::{Limits, Listener, ServeError};
use crate::contract::AnswerJson;
use house::{House, ID, ORIGINAL};

#[test]
fn answers_documents_and_problems_have_their_shapes() {
    let house = House::open(Limits::default());
    let reply = house.post("/api/v1/consult", r#"{"question":"独居老人每月补贴多少钱","region":"试验县"}"#);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let answer: AnswerJson = serde_json::from_str(&reply.body).unwrap();
    let text = house.get(&format!("/api/v1/documents/{ID}/text"));
    for citation in &answer.citations {
        assert_eq!(&text.body[citation.start..citation.end], citation.quote);
        assert_eq!(text.header("etag"), format!("\"{}\"", citation.text_sha256));
    }
    assert!(answer.answer.iter().any(|one| one.text.contains("120元")), "{}", reply.body);
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(house.post("/api/v1/verify", &reply.body).json()["skipped"], 0);
    assert_eq!(house.get("/api/v1/documents?per_page=5").json()["total"], 1);
    assert_eq!(house.get(&format!("/api/v1/documents/{ID}")).json()["id"], ID);
    assert_eq!(house.get("/api/v1/suggest?q=syxdj").json()["suggestions"][0], "试验县独居老人关爱办法");
    let original = house.get(&format!("/api/v1/documents/{ID}/original"));
    assert_eq!((original.body.as_bytes(), original.header("content-type")), (ORIGINAL, "application/octet-stream"));
    assert!(original.header("content-disposition").starts_with("attachment"));
    for (path, status) in [
        ("/api/v1/nothing", 404),
        ("/api/v1/documents/none", 404),
        ("/api/v1/documents?page=0", 422),
        ("/api/v1/search?q=", 422),
        ("/api/v1/search?q=%E8%A1%A5%E8%B4%B4&kind=%E5%B0%8F%E8%AF%B4", 422),
        ("/api/v1/consult", 405),
    ] {
        let reply = house.get(path);
        assert_eq!(reply.status, status, "{path}: {}", reply.body);
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
        assert!(reply.json()["detail"].as_str().unwrap().chars().count() > 10);
    }
    for (body, status) in [
        (r#"{"question":""}"#.to_owned(), 422),
        (format!(r#"{{"question":"{}"}}"#, "补".repeat(301)), 422),
        (r#"{"question":"补贴","region":"999999"}"#.to_owned(), 422),
        (r#"{"question":"补贴","as_of":"2026-02-30"}"#.to_owned(), 422),
        (r#"{"question":7}"#.to_owned(), 422),
        ("{".to_owned(), 400),
    ] {
        assert_eq!(house.post("/api/v1/consult", &body).status, status, "{body}");
    }
}

#[test]
fn pages_are_whole_and_guarded() {
    let house = House::open(Limits::default());
    let document = format!("/documents/{ID}?quote=3-9");
    let paths = [
        "/",
        "/?q=%E7%8B%AC%E5%B1%85%E8%80%81%E4%BA%BA%E8%A1%A5%E8%B4%B4",
        "/documents",
        "/documents?sort=title&year=2025",
        "/documents?region=990121&validity=repealed&as_of=2025-06-01",
        "/gazette",
        "/gazette?name=%E8%AF%95%E9%AA%8C%E5%8E%BF%E4%BA%BA%E6%B0%91%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5&year=2025&number=1",
        "/admin/library",
        "/admin/library?kind=missing_letterhead",
        "/search?q=%E8%80%81%E4%BA%BA",
        "/search?q=%E8%80%81%E4%BA%BA&sort=newest&year=1999",
        "/search",
        "/docs",
        &document,
        &format!("/documents/{ID}/compare?with={ID}"),
    ];
    for path in paths {
        let page = house.page(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains("<html lang=\"zh-CN\">") && page.body.matches("<h1").count() == 1, "{path}");
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert!(!page.body.contains(" style=") && !page.body.contains("<script>"), "{path}");
        assert!(!page.header("x-request-id").is_empty());
    }
    // Hostile text stays text, in the form and in the answer.
    let page = house.page("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(!page.body.contains("<script>alert") && page.body.contains("&#60;script&#62;"));
    let lost = house.page("/nowhere");
    assert_eq!((lost.status, lost.body.contains("没有找到")), (404, true));
    let home = house.page("/").body;
    let style = home.split('"').find(|part| part.starts_with("/assets/style.")).unwrap();
    let asset = house.get(style);
    assert!(asset.header("cache-control").contains("immutable") && !asset.header("etag").is_empty());
}

#[test]
fn the_fragment_is_the_answer_of_the_page() {
    let house = House::open(Limits::default());
    let question =
        "%E7%8B%AC%E5%B1%85%E8%80%81%E4%BA%BA%E6%AF%8F%E6%9C%88%E8%A1%A5%E8%B4%B4%E5%A4%9A%E5%B0%91%E9%92%B1";
    let fragment = house.post_form("/answer", &format!("question={question}"));
    assert!(fragment.status == 200 && fragment.header("content-type").starts_with("text/html"), "{}", fragment.body);
    let article = fragment.body.trim();
    assert!(article.starts_with("<article") && article.ends_with("</article>") && article.contains("120元"));
    assert!(house.page(&format!("/?q={question}")).body.contains(article), "{article}");
    // Anchors of several answers on one page differ.
    let third = house.post_form("/answer", &format!("question={question}&turn=3")).body;
    assert!(third.contains("id=\"t3-cite-1\"") && !third.contains("id=\"cite-1\""));
    let hostile = house.post_form("/answer", "question=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%E8%A1%A5%E8%B4%B4").body;
    assert!(!hostile.contains("<img"), "{hostile}");
    assert_eq!(house.post_form("/answer", "question=").status, 422);
    assert_eq!(house.post("/answer", "{}").status, 415);
}

#[test]
fn a_document_is_read_as_of_a_day_searched_and_compared() {
    let house = House::open(Limits::default());
    let page = |rest: &str| house.page(&format!("/documents/{ID}{rest}")).body;
    assert!(page("").contains("现行有效") && page("?as_of=2024-12-31").contains("尚未施行"));
    let found = page("?find=%E8%A1%A5%E8%B4%B4");
    assert!(found.contains("<mark>补贴</mark>") && found.contains("有 1 处"), "{found}");
    assert!(page("?find=2").contains(">到第二条</a>") && page("?find=%3Cb%3E").contains("正文中没有“&#60;b&#62;”"));
    let duties = house.get(&format!("/documents/{ID}/duties.csv"));
    assert!(duties.body.starts_with("\u{feff}条款,") && duties.header("content-disposition").starts_with("attachment"));
    assert!(page(&format!("/compare?with={ID}")).contains("没有差别"));
    for (rest, status) in [
        ("?version=7".to_owned(), 404),
        ("?version=x".to_owned(), 422),
        ("?as_of=soon".to_owned(), 422),
        (format!("?find={}", "a".repeat(301)), 422),
        ("/compare".to_owned(), 422),
        ("/compare?with=7".to_owned(), 404),
        ("/compare?with=..%2Fx".to_owned(), 404),
    ] {
        assert_eq!(house.page(&format!("/documents/{ID}{rest}")).status, status, "{rest}");
    }
    // A list says what narrows it and how to take that away; a search in vain says what would help.
    assert!(house.page("/documents?year=2025&kind=%E8%A7%84%E7%AB%A0").body.contains("aria-label=\"去掉 年份：2025"));
    let vain = house.page("/search?q=%E8%80%81%E4%BA%BA&year=1999").body;
    assert!(vain.contains("不限年份（1 份）") && vain.contains("试验县独居老人关爱办法"), "{vain}");
    assert_eq!(house.page("/search?q=%E8%80%81%E4%BA%BA&sort=odd").status, 422);
    let facets = house.get("/api/v1/search?q=%E8%80%81%E4%BA%BA&year=1999").json();
    assert_eq!((&facets["total"], &facets["facets"][0]["field"]), (&0.into(), &"year".into()));
}

#[test]
fn lists_are_counted_gazettes_listed_and_markup_given() {
    let house = House::open(Limits::default());
    let list = house.get("/api/v1/documents?validity=in_force&sort=number").json();
    assert_eq!((&list["total"], &list["sort"]), (&1.into(), &"number".into()));
    let facets = list["facets"].as_array().unwrap();
    let count = |field: &str, value: &str| {
        facets.iter().find(|one| one["field"] == field && one["value"] == value).map(|one| one["count"].clone())
    };
    assert_eq!(count("year", "2025"), Some(1.into()));
    assert_eq!(count("region", "990121"), Some(1.into()));
    let none = house.get("/api/v1/documents?year=2024").json();
    assert_eq!(
        (&none["total"], none["facets"].as_array().unwrap().iter().any(|one| one["field"] == "year")),
        (&0.into(), true)
    );
    assert_eq!(house.get("/api/v1/documents?sort=odd").status, 422);
    assert_eq!(house.get("/api/v1/documents?year=soon").status, 422);
    let gazettes = house.get("/api/v1/gazettes").json();
    assert_eq!(gazettes["gazettes"][0]["issues"][0]["number"], 1);
    let issue =
        "/api/v1/gazettes/%E8%AF%95%E9%AA%8C%E5%8E%BF%E4%BA%BA%E6%B0%91%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5/2025/1";
    assert_eq!(house.get(issue).json()["documents"][0]["id"], ID);
    assert_eq!(house.get("/api/v1/gazettes/x/2025/1").status, 404);
    let xml = house.get(&format!("/api/v1/documents/{ID}/akn"));
    assert!(
        xml.header("content-type").starts_with("application/akn+xml") && xml.body.contains("eId=\"art_1\""),
        "{}",
        xml.body
    );
}

#[test]
fn the_operators_pages_are_for_this_machine() {
    let house = House::open(Limits::default());
    assert_eq!(house.get("/admin/library.json").json()["unaccounted"], 0);
    assert!(house.get("/admin/library.csv").body.starts_with("\u{feff}种类"));
    for header in ["Host: example.gov.cn\r\n", "Host: localhost\r\nX-Forwarded-For: 192.0.2.1\r\n"] {
        let mut stream = house.connect();
        stream.write_all(format!("GET /admin/library HTTP/1.1\r\n{header}\r\n").as_bytes()).unwrap();
        assert!(first_line(&mut stream).contains("404"), "{header}");
    }
    let open = House::open(Limits { admin_open: true, ..Limits::default() });
    let mut stream = open.connect();
    stream.write_all(b"GET /admin/library HTTP/1.1\r\nHost: example.gov.cn\r\n\r\n").unwrap();
    assert!(first_line(&mut stream).contains("200"));
}

#[test]
fn a_slow_head_is_cut_and_an_idle_connection_is_not() {
    let limits = Limits { head: Duration::from_millis(400), idle: Duration::from_millis(1500), ..Limits::default() };
    let house = House::open(limits);
    let began = Instant::now();
    let mut slow = house.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").unwrap();
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(began.elapsed() < Duration::from_millis(1300), "{:?}", began.elapsed());
    let mut patient = house.connect();
    for _ in 0..2 {
        patient.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut buffer = [0; 4096];
        let read = patient.read(&mut buffer).unwrap();
        assert!(buffer[..read].starts_with(b"HTTP/1.1 200"));
        std::thread::sleep(Duration::from_millis(800));
    }
    let mut nothing = Vec::new();
    let _ = patient.read_to_end(&mut nothing);
    assert!(nothing.is_empty());
}

#[test]
fn large_heads_and_bodies_are_refused() {
    let house = House::open(Limits { body: Duration::from_millis(400), ..Limits::default() });
    assert_eq!(house.post("/api/v1/consult", &format!(r#"{{"question":"{}"}}"#, "x".repeat(70_000))).status, 413);
    let mut chunked = house.connect();
    let head = b"POST /api/v1/consult HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    chunked.write_all(head).unwrap();
    let _ = chunked.write_all(format!("11170\r\n{}\r\n", "y".repeat(70_000)).as_bytes());
    assert!(first_line(&mut chunked).contains("413"));
    let mut dribbling = house.connect();
    dribbling.write_all(b"POST /api/v1/consult HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{").unwrap();
    assert!(first_line(&mut dribbling).contains("408"));
    let mut long = house.connect();
    let _ = long.write_all(format!("GET /?q={} HTTP/1.1\r\nHost: x\r\n\r\n", "z".repeat(17_000)).as_bytes());
    let line = first_line(&mut long);
    assert!(line.contains("431") || line.contains("414"), "{line}");
    let mut many = house.connect();
    let headers: String = (0..70).map(|n| format!("X-{n}: 1\r\n")).collect();
    many.write_all(format!("GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n").as_bytes()).unwrap();
    assert!(first_line(&mut many).contains("431"));
}

fn first_line(stream: &mut TcpStream) -> String {
    let mut buffer = [0; 512];
    let read = stream.read(&mut buffer).unwrap_or(0);
    String::from_utf8_lossy(&buffer[..read]).lines().next().unwrap_or_default().to_owned()
}

#[test]
fn one_client_cannot_take_all_connections() {
    let house = House::open(Limits { per_client: 3, ..Limits::default() });
    let held: Vec<TcpStream> = (0..3).map(|_| house.connect()).collect();
    std::thread::sleep(Duration::from_millis(100));
    let mut fourth = house.connect();
    let _ = fourth.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(first_line(&mut fourth), "");
    drop(held);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(house.get("/healthz").status, 200);
}

#[test]
fn one_socket_takes_both_kinds_of_addresses() {
    let house = House::on(SocketAddr::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), 0), Limits::default());
    assert_eq!(house.get("/readyz").json()["status"], "ok");
    let six = SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), house.address.port());
    match TcpStream::connect(six) {
        Ok(mut stream) => {
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            assert!(first_line(&mut stream).contains("200"));
        }
        Err(_) => eprintln!("skipped the IPv6 half: this machine has no IPv6"),
    }
    let taken = Listener::bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), house.address.port()));
    assert!(matches!(taken, Err(ServeError::Busy(_))));
}

#[test]
fn stopping_waits_for_nobody_for_ever() {
    let limits = Limits { drain: Duration::from_millis(300), idle: Duration::from_secs(60), ..Limits::default() };
    let house = House::open(limits);
    let mut idle = house.connect();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    assert!(first_line(&mut idle).contains("200"));
    let mut busy = house.connect();
    busy.write_all(
        b"POST /api/v1/consult HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
    )
    .unwrap();
    let began = Instant::now();
    drop(house);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[test]
fn measures_name_routes_and_never_questions() {
    let house = House::open(Limits::default());
    house.post("/api/v1/consult", r#"{"question":"不可外传的问题"}"#);
    house.page("/?q=%E4%B8%8D%E5%8F%AF%E5%A4%96%E4%BC%A0");
    house.get(&format!("/api/v1/documents/{ID}"));
    let measures = house.get("/metrics").body;
    assert!(measures.contains(r#"route="/api/v1/documents/{id}""#), "{measures}");
    assert!(measures.contains("zhengda_consultations_total") && !measures.contains("外传"));
    let described = house.get("/api/v1/openapi.json").json();
    for path in ["/api/v1/consult", "/api/v1/search", "/api/v1/documents/{id}/text", "/api/v1/verify"] {
        assert!(described["paths"][path].is_object(), "{path}");
    }
    for shape in ["AnswerJson", "CitationJson", "SearchJson", "DocumentJson", "ProofJson", "ProblemJson"] {
        assert!(described["components"]["schemas"][shape].is_object(), "{shape}");
    }
}
