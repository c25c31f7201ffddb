//! Promise 13: a person asks, reads, clicks a citation and sees the clause; also without scripts.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::door::{Door, encoded};

const QUESTION: &str = "80岁以上老人高龄津贴每人每月多少钱";
/// The words that answer it.
const WORDS: &str = "每人每月100元";
/// A busy machine starts a browser in some seconds and shows a page in one.
const PATIENCE: Duration = Duration::from_secs(30);
/// The key of an element in the WebDriver protocol.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser driven over WebDriver; it ends with the test.
struct Browser {
    driver: Child,
    session: String,
    agent: ureq::Agent,
}

impl Browser {
    /// Starts chromedriver and a browser without a window. None, with a notice, where there is no chromedriver.
    fn start() -> Option<Self> {
        let started = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = match started {
            Ok(driver) => driver,
            Err(error) if std::env::var_os("CI").is_some_and(|value| value == "true") => {
                panic!("CI needs chromedriver: {error}")
            }
            Err(_) => {
                eprintln!("skipped: chromedriver is not installed");
                return None;
            }
        };
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines
            .find_map(|line| line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse::<u16>().ok())
            .unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE * 2))
            .proxy(None)
            .build()
            .into();
        let mut browser = Self { driver, session: format!("http://127.0.0.1:{port}/session"), agent };
        let arguments =
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,900"];
        let made = browser.call("POST", "", &json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}
        }}}));
        let id = made["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {made}")).to_owned();
        browser.session = format!("{}/{id}", browser.session);
        Some(browser)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let url = format!("{}{path}", self.session);
        let response = match method {
            "GET" => self.agent.get(&url).call(),
            "DELETE" => self.agent.delete(&url).call(),
            _ => self.agent.post(&url).send_json(body),
        };
        let answer: Value = response.unwrap().body_mut().read_json().unwrap();
        answer["value"].clone()
    }

    fn open(&self, url: &str) {
        self.call("POST", "/url", &json!({ "url": url }));
    }

    /// The first element that a selector finds, waited for.
    fn find(&self, selector: &str) -> String {
        let begun = Instant::now();
        loop {
            let found = self.call("POST", "/element", &json!({"using": "css selector", "value": selector}));
            if let Some(id) = found[ELEMENT].as_str() {
                return id.to_owned();
            }
            assert!(begun.elapsed() < PATIENCE, "no {selector} on the page: {}", self.text());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Clicks the first element that a selector finds, as soon as the page no longer moves under the pointer.
    fn click(&self, selector: &str) {
        let begun = Instant::now();
        loop {
            let element = self.find(selector);
            let done = self.call("POST", &format!("/element/{element}/click"), &json!({}));
            if done.is_null() {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "cannot click {selector}: {done}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn type_into(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        self.call("POST", &format!("/element/{element}/value"), &json!({ "text": text }));
    }

    /// What a script on the page says.
    fn ask(&self, script: &str) -> Value {
        self.call("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }

    fn text(&self) -> String {
        self.ask("return document.body.innerText").as_str().unwrap_or_default().to_owned()
    }

    fn wait_for(&self, words: &str) {
        let begun = Instant::now();
        while !self.text().contains(words) {
            assert!(begun.elapsed() < PATIENCE, "“{words}” did not come: {}", self.text());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.call("DELETE", "", &json!({}));
        } else {
            self.agent.delete(&self.session).call().ok();
        }
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

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
    let errors = browser.call("POST", "/se/log", &json!({"type": "browser"}));
    let severe: Vec<&Value> =
        errors.as_array().into_iter().flatten().filter(|entry| entry["level"] == "SEVERE").collect();
    assert!(severe.is_empty(), "{severe:?}");
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
