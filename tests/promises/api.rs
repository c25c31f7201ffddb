//! Promise 8: over a socket, every promised key is there, and every error is a problem document.

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zhengda::http::Limits;
use zhengda::policy::sha256_hex;

use super::demonstration::{Demonstration, text_of};
use super::door::{Door, Reply, encoded, get_with, post_bytes};
use super::house::{House, TODAY};

const QUESTION: &str = "80岁以上老人高龄津贴每人每月多少钱";

fn answer() -> Value {
    let reply = Door::open().consult(&json!({"question": QUESTION, "region": "990121", "as_of": TODAY}));
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// Every key stands in the value.
fn assert_keys(value: &Value, keys: &[&str], what: &str) {
    let missing: Vec<&&str> = keys.iter().filter(|key| value.get(**key).is_none()).collect();
    assert!(missing.is_empty(), "{what} lacks {missing:?}: {value}");
}

/// The reply is a problem document with this status that says what to do.
fn assert_problem(reply: &Reply, status: u16, what: &str) {
    assert_eq!(reply.status, status, "{what}: {}", reply.body);
    assert!(reply.header("content-type").starts_with("application/problem+json"), "{what}: {:?}", reply.headers);
    let problem = reply.json();
    assert_keys(&problem, &["type", "title", "status", "detail"], what);
    assert_eq!(problem["status"], status);
    assert!(problem["detail"].as_str().unwrap().chars().count() > 8, "{what}: {problem}");
}

/// Says these words on a new connection and hears the reply to its end, or for some seconds.
fn say(door: &Door, words: &str) -> String {
    let mut stream = TcpStream::connect(door.address.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(words.as_bytes()).unwrap();
    let mut said = Vec::new();
    stream.read_to_end(&mut said).ok();
    String::from_utf8_lossy(&said).into_owned()
}

#[test]
fn an_answer_has_every_promised_key() {
    let answer = answer();
    assert_keys(
        &answer,
        &[
            "question",
            "status",
            "as_of",
            "region",
            "understood",
            "answer",
            "missing",
            "citations",
            "interpretations",
            "next_steps",
            "related_questions",
            "confidence",
            "took_ms",
        ],
        "the answer",
    );
    assert_eq!(answer["as_of"], TODAY);
    assert_keys(&answer["region"], &["code", "name", "from"], "region");
    assert_keys(&answer["understood"], &["answer_type", "terms", "expansions"], "understood");
    assert_eq!(answer["status"], "answered", "{answer}");
    assert_keys(&answer["answer"][0], &["text", "citations"], "a statement");
    let citation = &answer["citations"][0];
    assert_keys(citation, &["number", "document", "clause", "quote", "start", "end", "text_sha256"], "a citation");
    assert_keys(
        &citation["document"],
        &[
            "id",
            "title",
            "document_number",
            "issuer",
            "kind",
            "issued",
            "effective",
            "expires",
            "validity",
            "validity_basis",
            "url",
        ],
        "a cited document",
    );
    assert_keys(&citation["clause"], &["id", "label", "path", "url"], "a cited clause");
    for note in answer["interpretations"].as_array().unwrap() {
        assert_keys(note, &["document", "clause", "quote", "explains"], "an interpretation");
    }
    for step in answer["next_steps"].as_array().unwrap() {
        assert_keys(step, &["kind", "name", "citation", "phone"], "a next step");
    }
    let confidence = answer["confidence"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&confidence));
}

#[test]
fn a_citation_leads_to_its_words() {
    let door = Door::open();
    let answer = answer();
    let citation = &answer["citations"][0];
    let id = citation["document"]["id"].as_str().unwrap();
    let text = door.get(&format!("/api/v1/documents/{id}/text"));
    assert_eq!(text.status, 200);
    let place = |key: &str| usize::try_from(citation[key].as_u64().unwrap()).unwrap();
    assert_eq!(text.body.get(place("start")..place("end")), citation["quote"].as_str());
    assert_eq!(sha256_hex(text.body.as_bytes()), citation["text_sha256"].as_str().unwrap());
    assert_eq!(text.body, text_of(&Demonstration::corpus(), id), "byte for byte as in the corpus");
    let document = door.get(&format!("/api/v1/documents/{id}")).json();
    let clauses = document["clauses"].as_array().unwrap();
    let clause = clauses.iter().find(|clause| clause["id"] == citation["clause"]["id"]).unwrap();
    let inside = |key: &str| usize::try_from(clause[key].as_u64().unwrap()).unwrap();
    assert!(inside("start") <= place("start") && place("end") <= inside("end"));
    let page = door.get(&format!("/documents/{id}"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains(&format!("id=\"{}\"", citation["clause"]["id"].as_str().unwrap())));
    assert!(page.body.contains("示例"), "the demonstration is labelled");
}

#[test]
fn the_library_is_listed_page_by_page() {
    let door = Door::open();
    let mut ids: Vec<String> = Vec::new();
    let mut total = 1;
    let mut page = 1;
    while ids.len() < total {
        let list = door.get(&format!("/api/v1/documents?page={page}&per_page=50")).json();
        total = usize::try_from(list["total"].as_u64().unwrap()).unwrap();
        let documents = list["documents"].as_array().unwrap();
        assert!(!documents.is_empty(), "page {page} is empty before the end");
        ids.extend(documents.iter().map(|document| document["id"].as_str().unwrap().to_owned()));
        assert!(documents.iter().all(|document| document["title"].is_string()));
        page += 1;
    }
    let distinct: std::collections::HashSet<&String> = ids.iter().collect();
    assert_eq!((distinct.len(), ids.len()), (total, total));
    assert!(!ids.iter().any(|id| id == "qh-2025-rexian-yingji-yuan"), "依申请公开 is listed");
    let filtered = door.get(&format!("/api/v1/documents?kind={}", encoded("政策解读"))).json();
    assert!(filtered["documents"].as_array().unwrap().iter().all(|document| document["kind"] == "政策解读"));
    assert!(filtered["total"].as_u64().unwrap() >= 40);
}

#[test]
fn a_document_has_its_clauses_in_order() {
    let document = Door::open().get("/api/v1/documents/qh-2023-gaoling-jintie").json();
    assert_keys(
        &document,
        &["id", "title", "relations", "interpretations", "version", "clauses", "text_sha256"],
        "a document",
    );
    let clauses = document["clauses"].as_array().unwrap();
    let mut before = 0;
    for clause in clauses {
        assert_keys(clause, &["id", "label", "kind", "path", "start", "end"], "a clause");
        let (start, end) = (clause["start"].as_u64().unwrap(), clause["end"].as_u64().unwrap());
        assert!(before <= start && start <= end, "{clause}");
        before = start;
    }
    assert!(clauses.iter().any(|clause| clause["kind"] == "article" && clause["label"] == "第四条"));
}

#[test]
fn search_and_suggest_answer_in_their_shapes() {
    let door = Door::open();
    let found = door.get(&format!("/api/v1/search?q={}&region=990121", encoded("高龄津贴"))).json();
    assert_keys(&found, &["query", "results", "total", "page", "facets", "took_ms"], "a search");
    let first = &found["results"][0];
    assert_keys(first, &["document", "clauses", "score"], "a result");
    assert_keys(&first["clauses"][0], &["clause", "excerpt", "start", "end", "highlights", "score"], "a clause found");
    assert!(first["clauses"][0]["explanation"].is_null());
    let second = door.get(&format!("/api/v1/search?q={}&page=2", encoded("补贴"))).json();
    assert_eq!(second["page"], 2);
    for typed in ["高龄", "gaoling", "gljt"] {
        let reply = door.get(&format!("/api/v1/suggest?q={}", encoded(typed)));
        assert_eq!(reply.status, 200);
        assert!(reply.body.contains("高龄"), "{typed}: {}", reply.body);
    }
}

#[test]
fn verify_takes_an_answer_back() {
    let door = Door::open();
    let answer = answer();
    let proof = super::door::post(&door.url("/api/v1/verify"), &answer);
    assert_eq!(proof.status, 200, "{}", proof.body);
    assert_keys(&proof.json(), &["verified", "failed", "skipped"], "a proof");
    assert_eq!((&proof.json()["failed"], &proof.json()["skipped"]), (&json!(0), &json!(0)));
    let mut changed = answer;
    changed["citations"][0]["quote"] = json!("每人每月900元");
    let proof = super::door::post(&door.url("/api/v1/verify"), &changed).json();
    assert!(proof["failed"].as_u64().unwrap() > 0, "{proof}");
}

#[test]
fn the_description_speaks_of_every_path_and_is_answered() {
    let door = Door::open();
    let description = door.get("/api/v1/openapi.json").json();
    assert!(description["openapi"].as_str().unwrap().starts_with('3'));
    for (method, path) in [
        ("post", "/api/v1/consult"),
        ("get", "/api/v1/search"),
        ("get", "/api/v1/suggest"),
        ("get", "/api/v1/documents"),
        ("get", "/api/v1/documents/{id}"),
        ("get", "/api/v1/documents/{id}/text"),
        ("get", "/api/v1/documents/{id}/original"),
        ("post", "/api/v1/verify"),
        ("get", "/healthz"),
        ("get", "/readyz"),
        ("get", "/metrics"),
    ] {
        assert!(description["paths"][path][method].is_object(), "{method} {path} is not described");
    }
    for path in ["/healthz", "/readyz", "/docs", "/", "/documents", "/search"] {
        assert_eq!(door.get(path).status, 200, "{path}");
    }
    answer();
    assert!(door.get("/metrics").body.contains("# TYPE"));
}

#[test]
fn every_error_is_a_problem_document_that_says_what_to_do() {
    let door = Door::open();
    let consult = door.url("/api/v1/consult");
    let json_type = "application/json";
    let cases: Vec<(&str, Reply, u16)> = vec![
        ("no question", door.consult(&json!({})), 422),
        ("an empty question", door.consult(&json!({"question": "  "})), 422),
        ("a question that is no text", door.consult(&json!({"question": 7})), 422),
        ("a long question", door.consult(&json!({"question": "补".repeat(301)})), 422),
        ("an unknown region", door.consult(&json!({"question": "低保", "region": "子虚县"})), 422),
        ("a day that is none", door.consult(&json!({"question": "低保", "as_of": "2026-02-30"})), 422),
        ("not JSON", post_bytes(&consult, json_type, b"{\"question\":"), 400),
        ("not UTF-8", post_bytes(&consult, json_type, b"{\"question\":\"\xff\xfe\"}"), 400),
        ("another media type", post_bytes(&consult, "text/plain", b"hello"), 415),
        ("no such path", door.get("/api/v1/nothing"), 404),
        ("no such document", door.get("/api/v1/documents/no-such-document"), 404),
        ("a path that climbs", door.get("/api/v1/documents/..%2F..%2Fetc%2Fpasswd/text"), 404),
        ("a method that is not there", door.get("/api/v1/consult"), 405),
        ("a page that is none", door.get("/api/v1/documents?page=0"), 422),
        ("a kind that is none", door.get("/api/v1/documents?kind=nothing"), 422),
        ("a search without words", door.get("/api/v1/search"), 422),
    ];
    for (what, reply, status) in &cases {
        assert_problem(reply, *status, what);
    }
    let large =
        "POST /api/v1/consult HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 3000000\r\n\r\n";
    let said = say(door, large);
    assert!(said.contains(" 413 ") && said.contains("application/problem+json"), "a large body: {said}");
    let page = get_with(&door.url("/documents/no-such-document"), &[("accept", "text/html")]);
    assert!(page.status == 404 && page.header("content-type").starts_with("text/html"), "people get a page");
}

#[test]
fn what_is_not_public_is_not_served() {
    let door = Door::open();
    let id = "qh-2025-rexian-yingji-yuan";
    let own = text_of(&Demonstration::corpus(), id);
    assert!(own.contains("雪松三号"), "the example holds its mark");
    for path in [
        format!("/api/v1/documents/{id}"),
        format!("/api/v1/documents/{id}/text"),
        format!("/api/v1/documents/{id}/original"),
        format!("/documents/{id}"),
    ] {
        let reply = door.get(&path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.body.contains("雪松"), "{path}");
    }
    let consulted = door.consult(&json!({"question": "应急预案里的代号是什么意思", "region": "990121"}));
    let suggested = door.get(&format!("/api/v1/suggest?q={}", encoded("热线应急")));
    let searched = door.get(&format!("/api/v1/search?q={}", encoded("热线应急预案 代号")));
    for reply in [consulted, suggested, searched] {
        assert!(!reply.body.contains("雪松") && !reply.body.contains(id), "{}", reply.body);
    }
}

#[test]
fn answers_carry_the_headers_of_a_careful_server() {
    let door = Door::open();
    for path in ["/", "/api/v1/documents", "/healthz", "/nothing"] {
        let reply = door.get(path);
        for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "x-request-id"] {
            assert!(!reply.header(name).is_empty(), "{path} lacks {name}: {:?}", reply.headers);
        }
        assert!(!reply.header("content-security-policy").contains("unsafe"), "{path}");
    }
    let packed = get_with(&door.url("/documents"), &[("accept-encoding", "gzip")]);
    assert_eq!(packed.status, 200);
    let text = door.get("/api/v1/documents/qh-2023-gaoling-jintie/text");
    let again =
        get_with(&door.url("/api/v1/documents/qh-2023-gaoling-jintie/text"), &[("if-none-match", text.header("etag"))]);
    assert_eq!(again.status, 304);
}

#[test]
fn markup_in_a_question_stays_text() {
    let door = Door::open();
    let page = door.get(&format!("/?q={}", encoded("<script>alert(1)</script>\"><img src=x onerror=alert(1)>低保")));
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{}", page.body);
}

#[test]
fn slow_and_silent_clients_are_let_go() {
    let house = House::furnished();
    assert_eq!(house.run(&["index"]).code, 0);
    let limits = Limits {
        head: Duration::from_millis(500),
        idle: Duration::from_millis(500),
        body: Duration::from_millis(700),
        exempt_loopback: true,
        ..Limits::default()
    };
    let door = Door::serve(house.path("index"), house.path("corpus"), limits);
    let host = door.address.trim_start_matches("http://").to_owned();
    let half_body =
        "POST /api/v1/consult HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    for (what, words) in [("says nothing", ""), ("half a head", "GET / HTTP/1.1\r\nhost:"), ("half a body", half_body)]
    {
        let mut stream = TcpStream::connect(&host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(words.as_bytes()).unwrap();
        let begun = Instant::now();
        let mut said = Vec::new();
        let ended = stream.read_to_end(&mut said);
        assert!(begun.elapsed() < Duration::from_secs(15), "{what}: kept for {:?}, {ended:?}", begun.elapsed());
        if what == "half a body" {
            assert!(String::from_utf8_lossy(&said).contains("408"), "{}", String::from_utf8_lossy(&said));
        }
    }
    assert_eq!(door.get("/healthz").status, 200, "the others are served");
}

#[test]
fn a_library_that_cannot_be_read_is_unavailable_and_comes_back() {
    let house = House::furnished();
    assert_eq!(house.run(&["index"]).code, 0);
    let door = Door::serve(house.path("index"), house.path("corpus"), Limits::default());
    let question = json!({"question": "高龄津贴每人每月多少钱", "region": "990331", "as_of": TODAY});
    // Spoilt in place, as a failing disk does it: the records of the live generation are overwritten.
    let records: Vec<_> = walkdir::WalkDir::new(house.path("index"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "dat"))
        .collect();
    assert!(!records.is_empty());
    for path in &records {
        let length = fs::metadata(path).unwrap().len();
        let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        file.write_all(&vec![0x5a; usize::try_from(length).unwrap()]).unwrap();
    }
    let reply = door.consult(&question);
    assert_eq!(reply.status, 503, "{}", reply.body);
    assert_eq!(reply.json()["status"], "unavailable");
    assert!(reply.json()["answer"].as_array().unwrap().is_empty());
    assert_problem(&door.get("/api/v1/documents/bt-2023-gaoling/text"), 503, "a text that cannot be read");
    assert_eq!(house.run(&["index"]).code, 0);
    let begun = Instant::now();
    while door.consult(&question).status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the new generation is not taken up");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(door.consult(&question).json()["status"], "answered");
}

#[test]
fn a_running_server_takes_up_what_changed() {
    let house = House::furnished();
    assert_eq!(house.run(&["index"]).code, 0);
    let door = Door::serve(house.path("index"), house.path("corpus"), Limits::default());
    let question = json!({"question": "高龄津贴每人每月多少钱", "region": "990331", "as_of": TODAY});
    assert!(door.consult(&question).body.contains("100元"));
    let path = house.path("corpus/documents/bt-2023-gaoling.md");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("每人每月100元", "每人每月160元")).unwrap();
    assert_eq!(house.run(&["index"]).code, 0);
    let begun = Instant::now();
    while !door.consult(&question).body.contains("每人每月160元") {
        assert!(begun.elapsed() < Duration::from_secs(20), "the new generation is not taken up");
        assert_eq!(door.consult(&question).status, 200, "no question is lost meanwhile");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn many_ask_at_once_and_all_are_answered() {
    let door = Door::open();
    let expected = answer()["answer"].clone();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..4 {
                    let reply = door.consult(&json!({"question": QUESTION, "region": "990121", "as_of": TODAY}));
                    assert_eq!((reply.status, &reply.json()["answer"]), (200, &expected));
                }
            });
        }
    });
}
