//! Promise 27: on the page a business or a person tells the case, answers questions, sees verdicts with their clauses and
//! takes the result along; also without scripts. Nothing of a case stays with the server.

use std::fs::{self, File};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use super::browsing::Browser;
use super::demonstration::Demonstration;
use super::door::{Door, get, post, post_bytes};
use super::house::{House, program};

const CASE: &str = "青禾县 食品加工 35人 年营收1200万 高企";
/// A number nobody else tells.
const TELLING: &str = "73911";
const FORM: &str = "application/x-www-form-urlencoded";
/// What the first question is.
const NEXT: &str = "return document.getElementById('next-title').textContent";

#[test]
fn a_case_is_told_asked_about_and_taken_along() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    browser.open(&door.url("/match"));
    browser.assert_accessible("matching, the beginning");
    browser.type_into("#start-text", CASE);
    browser.click(".start button[type=submit]");
    browser.wait_for("读自“35人”");
    assert_eq!(browser.address(), "/match", "the case is in no address");
    browser.assert_accessible("matching, the result");
    // 不知道 is an answer: the same is not asked again.
    let first = browser.ask(NEXT);
    browser.click_words("不知道");
    browser.wait_until(&format!("return document.getElementById('next-title').textContent !== {first}"));
    browser.type_into("#add-text", "还有2个残疾员工、1个退役军人");
    browser.click(".add button");
    browser.wait_for("读自“2个残疾员工”");
    // A condition shows the words of its clause, and leads to them.
    browser.click(".programme details > summary");
    let quoted = "return document.querySelector('.programme details[open] .bases blockquote')?.textContent";
    assert!(browser.wait_until(quoted).as_str().unwrap().chars().count() > 5);
    let clause = browser.ask("return document.querySelector('.programme details[open] .bases a').getAttribute('href')");
    assert!(door.get(clause.as_str().unwrap()).status == 200, "{clause}");
    browser.resize(320, 900);
    browser.assert_fits("matching at 320 pixels");
    browser.assert_quiet("matching");
    // The code brings the same case to another browser.
    let code = browser.ask("return document.querySelector('textarea.code').value");
    browser.open(&door.url("/match"));
    browser.ask("document.querySelector('details.start').open = true");
    browser.type_into("#start-code", code.as_str().unwrap());
    browser.click("details.start button");
    browser.wait_for("残疾职工");
    assert!(!browser.text().contains("读自"), "what was confirmed is not read again");
}

#[test]
fn without_scripts_the_forms_do_the_same() {
    let door = Door::open();
    let sent = |path: &str, fields: &[(&str, &str)]| {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", super::door::encoded(value))).collect();
        post_bytes(&door.url(path), FORM, body.join("&").as_bytes())
    };
    let begun = sent("/match", &[("text", CASE)]);
    assert_eq!(begun.status, 200, "{}", begun.body);
    assert!(begun.body.contains("从业人员数") && begun.body.contains("还不能确定"));
    let profile = json!({"subject": "企业", "facts": {"staff": "35"}, "unknown": []}).to_string();
    let wrong = sent("/match", &[("profile", &profile), ("fact", "staff"), ("value", "很多")]);
    assert!(wrong.body.contains("不认识“很多”") && wrong.body.contains("35人"), "nothing told is lost");
    let file = sent("/match/file", &[("profile", &profile)]);
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(file.json()["facts"]["staff"], "35");
    for hostile in ["{", "[]", "{\"facts\":7}", "ZD1.0000.aaaa", "<script>"] {
        let page = sent("/match", &[("code", hostile)]);
        assert!(page.status == 200 && !page.body.contains("<script>"), "{hostile}: {}", page.status);
    }
    assert_eq!(get(&door.url("/match?programme=nothing")).status, 404);
    // An answer leads to the programme it speaks of.
    let answer = post(&door.url("/api/v1/consult"), &json!({"question": "高龄津贴每人每月多少钱", "region": "990121"}));
    let programme = &answer.json()["programmes"][0]["url"];
    let one = get(&door.url(programme.as_str().unwrap_or_else(|| panic!("no programme: {}", answer.body))));
    assert!(one.status == 200 && one.body.contains("年龄"), "{}", one.status);
}

/// A server that logs all it can into a file.
struct Talkative(Child);

impl Drop for Talkative {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn nothing_of_a_case_is_in_the_log_of_the_server() {
    let (house, demonstration) = (House::empty(), Demonstration::open());
    let (corpus, index) = (Demonstration::corpus(), demonstration.index());
    let (out, log) = (house.root().join("out"), house.root().join("log"));
    let child = program(house.root())
        .args(["--corpus", corpus.to_str().unwrap(), "--index", index.to_str().unwrap()])
        .args(["serve", "--listen", "127.0.0.1:0", "--log", "debug"])
        .stdout(Stdio::from(File::create(&out).unwrap()))
        .stderr(Stdio::from(File::create(&log).unwrap()))
        .spawn()
        .unwrap();
    let _serving = Talkative(child);
    let begun = Instant::now();
    let address = loop {
        let said = fs::read_to_string(&out).unwrap();
        if let Some(at) = said.find("http://").filter(|_| said.ends_with('\n')) {
            break said[at..].trim().to_owned();
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "no address: {said}");
        std::thread::sleep(Duration::from_millis(50));
    };
    let profile = json!({"profile": {"subject": "企业", "facts": {"staff": 73911}, "text": "注册在青禾县"}});
    assert_eq!(post(&format!("{address}/api/v1/match"), &profile).status, 200);
    let form = format!("subject=%E4%BC%81%E4%B8%9A&text={TELLING}%E4%BA%BA");
    assert_eq!(post_bytes(&format!("{address}/match"), FORM, form.as_bytes()).status, 200);
    let said = fs::read_to_string(&log).unwrap();
    assert!(said.contains("/match"), "the log says that something was asked: {said}");
    assert!(!said.contains(TELLING) && !said.contains("青禾县"), "{said}");
    let kept: Vec<_> = walkdir::WalkDir::new(house.root())
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| {
            fs::read(entry.path()).is_ok_and(|bytes| bytes.windows(5).any(|part| part == TELLING.as_bytes()))
        })
        .collect();
    assert!(kept.is_empty(), "{kept:?}");
}
