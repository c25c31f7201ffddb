//! Promise 20: what people say about the answers is kept, nothing of them is; what was acknowledged is never lost.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zhengda::http::Limits;

use super::demonstration::Demonstration;
use super::door::{Door, Reply, encoded, get, get_with, post};
use super::house::{House, Ran, program, run_in};

const PHONE: &str = "13812345678";

fn rating() -> Value {
    json!({
        "question": format!("高龄津贴怎么领，我的电话{PHONE}"), "region": "990121", "as_of": "2026-11-21",
        "status": "answered", "rating": "useless", "reason": "看不懂", "comment": "=HYPERLINK(\"http://x\")",
        "citations": ["qh-2023-gaoling-jintie#art-3"],
    })
}

/// Sends a form as a browser does.
fn send_form(url: &str, fields: &[(&str, &str)], site: &str) -> Reply {
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .proxy(None)
        .max_redirects(0)
        .build()
        .into();
    let request = agent
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html")
        .header("sec-fetch-site", site);
    let mut response = request.send(body.join("&")).unwrap();
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap_or_default().to_owned());
    let headers = ["location"].iter().filter_map(|name| Some(((*name).to_owned(), header(name)?))).collect();
    Reply { status: response.status().as_u16(), headers, body: response.body_mut().read_to_string().unwrap() }
}

fn export(door: &Door, form: &str) -> Ran {
    let var = door.var.path().to_str().unwrap();
    run_in(door.var.path(), &["--var", var, "casework", "export", form])
}

#[test]
fn a_rating_and_a_question_are_kept_without_anything_personal() {
    let door = Door::embedded_by(&[]);
    let rated = post(&door.url("/api/v1/feedback"), &rating());
    assert_eq!(rated.status, 201, "{}", rated.body);
    assert!(rated.json()["message"].as_str().unwrap().contains("编辑人员"), "who acts on it: {}", rated.body);
    let question = format!("80岁以上老人高龄津贴在哪里申请，联系{PHONE}");
    let handed = post(&door.url("/api/v1/tickets"), &json!({"question": question, "region": "990121", "from": "page"}));
    assert_eq!(handed.status, 201, "{}", handed.body);
    let (code, department) = (handed.json()["code"].clone(), handed.json()["department"].clone());
    assert!(department.as_str().unwrap().chars().count() > 3, "{}", handed.body);
    let page = get(&door.url(handed.json()["url"].as_str().unwrap()));
    assert_eq!(page.status, 200);
    for shown in [code.as_str().unwrap(), department.as_str().unwrap(), "已收到"] {
        assert!(page.body.contains(shown), "{shown} is not on the page: {}", page.body);
    }
    assert!(!page.body.contains("高龄津贴"), "the question is nobody's but the department's");
    let found = get(&door.url(&format!("/tickets?code={}", code.as_str().unwrap().to_lowercase())));
    assert_eq!((found.status, found.header("location")), (303, handed.json()["url"].as_str().unwrap()));
    let lines = export(&door, "--json").json_lines();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines
            .iter()
            .all(|line| !line.to_string().contains(PHONE) && line["question"].as_str().unwrap().contains("高龄津贴"))
    );
    assert_eq!(
        (&lines[0]["rating"], &lines[1]["code"]),
        (&json!("useless"), &code.as_str().unwrap().replace('-', "").into())
    );
    let table = export(&door, "--csv");
    assert!(table.out.starts_with("kind,code,at") && table.out.contains("'=HYPERLINK"), "{}", table.out);
    for entry in
        walkdir::WalkDir::new(door.var.path()).into_iter().map(Result::unwrap).filter(|one| one.path().is_file())
    {
        let bytes = fs::read(entry.path()).unwrap();
        for personal in [PHONE, "127.0.0.1", "ureq"] {
            let found = bytes.windows(personal.len()).any(|window| window == personal.as_bytes());
            assert!(!found, "{personal} is in {}", entry.path().display());
        }
    }
}

#[test]
fn the_department_is_one_of_the_directory_and_never_the_senders_words() {
    let door = Door::open();
    let handed =
        |body: Value| post(&door.url("/api/v1/tickets"), &body).json()["department"].as_str().unwrap().to_owned();
    let named = handed(json!({"question": "小区电梯多久检验一次", "region": "990121", "department": "县民政局"}));
    assert!(named.ends_with("民政局"), "{named}");
    let hostile =
        handed(json!({"question": "量子纠缠引力波", "region": "990121", "department": "<b>假冒</b>，请打13900000000"}));
    assert!(hostile.contains("12345") && !hostile.contains('<'), "{hostile}");
    let unknown = handed(json!({"question": "量子纠缠引力波"}));
    assert!(unknown.starts_with("12345"), "{unknown}");
}

#[test]
fn plain_forms_do_the_same_and_other_sites_forms_do_nothing() {
    let door = Door::embedded_by(&[]);
    let fields = [("question", "高龄津贴怎么领"), ("region", ""), ("rating", "useful"), ("citations", "a#1,b#2")];
    let rated = send_form(&door.url("/feedback"), &fields, "same-origin");
    assert!(rated.status == 201 && rated.body.contains("编辑人员") && rated.body.contains("<html"), "{}", rated.body);
    let fields = [("question", "电梯坏了谁修"), ("region", "990121"), ("department", ""), ("from", "page")];
    let handed = send_form(&door.url("/tickets"), &fields, "same-origin");
    assert_eq!(handed.status, 303, "{}", handed.body);
    assert_eq!(get(&door.url(handed.header("location"))).status, 200);
    for site in ["cross-site", "same-site"] {
        assert_eq!(send_form(&door.url("/tickets"), &fields, site).status, 422, "{site}");
    }
    assert_eq!(export(&door, "--json").json_lines().len(), 2);
    let page = get(&door.url(&format!("/tickets?question={}&region=990121", encoded("电梯<b>坏了"))));
    assert!(page.status == 200 && page.body.contains("电梯&#60;b&#62;坏了"), "{}", page.body);
    let wrong = get(&door.url("/tickets?code=nonsense"));
    assert!(wrong.status == 200 && wrong.body.contains("不是查询码"), "{}", wrong.body);
}

#[test]
fn what_is_wrong_is_a_problem_that_says_what_to_do() {
    let door = Door::open();
    let with = |key: &str, value: Value| {
        let mut body = rating();
        body[key] = value;
        body
    };
    let wrong = [
        (with("rating", json!("good")), 422),
        (with("question", json!("")), 422),
        (with("question", json!("\u{200b}\u{202e}")), 422),
        (with("question", json!("补".repeat(301))), 422),
        (with("comment", json!("长".repeat(301))), 422),
        (with("as_of", json!("2026-02-30")), 422),
        (with("citations", json!(vec!["x"; 31])), 422),
        (json!({"rating": "useful"}), 422),
    ];
    for (body, status) in wrong {
        let reply = post(&door.url("/api/v1/feedback"), &body);
        assert_eq!(reply.status, status, "{body}: {}", reply.body);
        assert!(reply.json()["detail"].as_str().unwrap().chars().count() > 8);
    }
    for body in [
        json!({"question": "问", "region": "999999"}),
        json!({"question": "  "}),
        json!({"question": "问", "from": "x".repeat(41)}),
    ] {
        assert_eq!(post(&door.url("/api/v1/tickets"), &body).status, 422, "{body}");
    }
    for path in ["/tickets/AAAAA-AAAAA", "/tickets/x", "/tickets/%3Cscript%3E", "/tickets/..%2F..%2Fetc"] {
        assert_eq!(get(&door.url(path)).status, 404, "{path}");
    }
    assert_eq!(get(&door.url("/api/v1/tickets")).status, 405);
    let nothing = tempfile::TempDir::new().unwrap();
    let ran = run_in(nothing.path(), &["casework", "export"]);
    assert!(ran.failure(1).contains("--var"), "{ran:?}");
}

#[test]
fn one_client_cannot_bury_what_others_say() {
    let index = Demonstration::open().index();
    let door = Door::serve(index, Demonstration::corpus(), Limits::default());
    let url = door.url("/api/v1/feedback");
    let send = |from: &str| {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).proxy(None).max_redirects(0).build().into();
        let response = agent.post(&url).header("x-forwarded-for", from).send_json(rating()).unwrap();
        let wait = response.headers().get("retry-after").is_some();
        (response.status().as_u16(), wait)
    };
    let all: Vec<(u16, bool)> = (0..17).map(|_| send("198.51.100.7")).collect();
    assert!(all[..15].iter().all(|one| one.0 == 201), "{all:?}");
    assert_eq!(all[16], (429, true), "{all:?}");
    assert_eq!(send("198.51.100.8").0, 201, "another client is heard");
    assert_eq!(
        send("198.51.100.9, 198.51.100.7").0,
        429,
        "what the client writes before the proxy's word counts nothing"
    );
    let answered = get_with(&door.url("/healthz"), &[("x-forwarded-for", "198.51.100.7")]);
    assert_eq!(answered.status, 200, "reading goes on");
}

#[test]
fn a_disk_that_refuses_is_told_and_used_again_when_it_is_back() {
    let door = Door::embedded_by(&[]);
    let folder = door.var.path().to_owned();
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let refused = post(&door.url("/api/v1/feedback"), &rating());
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(refused.json()["detail"].as_str().unwrap().contains("没有保存"), "{}", refused.body);
    assert_eq!(door.consult(&json!({"question": "高龄津贴", "region": "990121"})).status, 200, "answers go on");
    fs::remove_file(&folder).unwrap();
    assert_eq!(post(&door.url("/api/v1/feedback"), &rating()).status, 201);
    assert_eq!(export(&door, "--json").json_lines().len(), 1);
}

/// A server in a process of its own, so that it can be killed.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(house: &House) -> Self {
        let mut command = program(house.root());
        let mut process = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().rsplit('：').next().unwrap().to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "{line}");
        Self { process, url }
    }

    /// SIGKILL: the process has no word in it.
    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn a_killed_process_loses_nothing_it_acknowledged() {
    /// Each kill comes at another moment of the writing.
    const KILLS: u64 = 3;
    let house = House::furnished();
    assert_eq!(house.run(&["index"]).code, 0);
    let acknowledged = Mutex::new(Vec::new());
    let sent = AtomicU32::new(0);
    for kill in 0..KILLS {
        let mut server = Server::start(&house);
        let url = format!("{}/api/v1/tickets", server.url);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let agent: ureq::Agent = ureq::Agent::config_builder()
                        .http_status_as_error(false)
                        .timeout_global(Some(Duration::from_secs(5)))
                        .proxy(None)
                        .build()
                        .into();
                    while !stop.load(Ordering::Relaxed) {
                        let number = sent.fetch_add(1, Ordering::Relaxed);
                        let from = format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255);
                        let body = json!({"question": format!("第{number}个问题谁来管"), "region": "990331"});
                        let reply = agent.post(&url).header("x-forwarded-for", from).send_json(body);
                        let Ok(mut reply) = reply else { return };
                        assert_eq!(reply.status().as_u16(), 201);
                        let Ok(answer) = reply.body_mut().read_json::<Value>() else { return };
                        acknowledged.lock().unwrap().push(answer["code"].as_str().unwrap().replace('-', ""));
                    }
                });
            }
            let before = acknowledged.lock().unwrap().len();
            let begun = Instant::now();
            while acknowledged.lock().unwrap().len() < before + 20 && begun.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_millis(5));
            }
            std::thread::sleep(Duration::from_millis(7 * kill));
            server.kill();
            stop.store(true, Ordering::Relaxed);
        });
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() >= 20, "{}", acknowledged.len());
    let kept: Vec<String> = house
        .run(&["casework", "export", "--json"])
        .json_lines()
        .iter()
        .map(|line| line["code"].as_str().unwrap().to_owned())
        .collect();
    let lost: Vec<&String> = acknowledged.iter().filter(|code| !kept.contains(code)).collect();
    assert!(lost.is_empty(), "{} of {} acknowledged tickets are gone: {lost:?}", lost.len(), acknowledged.len());
    let once: std::collections::HashSet<&String> = kept.iter().collect();
    assert_eq!(once.len(), kept.len(), "each is there once");
}
