//! A browser without a window, driven over WebDriver: what a person does with a page, and what the page then is.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

use super::demonstration::repository;

/// A busy machine starts a browser in some seconds and shows a page in one.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// Browsers at once: each takes a core and 300 MB.
const BROWSERS: usize = 2;
/// Between two looks at a page that is waited for.
const PAUSE: Duration = Duration::from_millis(50);
/// The key of an element in the WebDriver protocol.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The window a page is shown in unless a test sets another.
const WINDOW: (u32, u32) = (1200, 900);

/// Keys as WebDriver writes them.
pub(super) mod key {
    pub(in super::super) const TAB: &str = "\u{e004}";
    pub(in super::super) const ENTER: &str = "\u{e007}";
    pub(in super::super) const ESCAPE: &str = "\u{e00c}";
    pub(in super::super) const UP: &str = "\u{e013}";
    pub(in super::super) const DOWN: &str = "\u{e015}";
}

/// How many browsers run, and the bell for those who wait for one to end.
static RUNNING: LazyLock<(Mutex<usize>, Condvar)> = LazyLock::new(Default::default);

/// A place for one browser.
struct Place;

impl Place {
    fn wait() -> Self {
        let (running, bell) = &*RUNNING;
        let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
        while *running >= BROWSERS {
            running = bell.wait(running).unwrap_or_else(PoisonError::into_inner);
        }
        *running += 1;
        Self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let (running, bell) = &*RUNNING;
        *running.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        bell.notify_one();
    }
}

/// A browser driven over WebDriver; it ends with the test.
pub(super) struct Browser {
    driver: Child,
    session: String,
    agent: ureq::Agent,
    _place: Place,
}

impl Browser {
    /// Starts chromedriver and a browser without a window. None, with a notice, where there is no chromedriver.
    pub(super) fn start() -> Option<Self> {
        Self::start_with(&json!({}))
    }

    /// The same, with preferences of the browser, such as the size of its type.
    pub(super) fn start_with(preferences: &Value) -> Option<Self> {
        let place = Place::wait();
        let (driver, port) = drive()?;
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE * 2))
            .proxy(None)
            .build()
            .into();
        let session = format!("http://127.0.0.1:{port}/session");
        let mut browser = Self { driver, session, agent, _place: place };
        let window = format!("--window-size={},{}", WINDOW.0, WINDOW.1);
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--disable-background-networking",
            "--lang=zh-CN",
            window.as_str(),
        ];
        let made = browser.call(
            "POST",
            "",
            &json!({"capabilities": {"alwaysMatch": {
                "browserName": "chrome", "unhandledPromptBehavior": "ignore", "timeouts": {"script": 60_000},
                "goog:chromeOptions": {"args": arguments, "prefs": preferences}, "goog:loggingPrefs": {"browser": "ALL"}
            }}}),
        );
        let id = made["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {made}")).to_owned();
        browser.session = format!("{}/{id}", browser.session);
        Some(browser)
    }

    /// Sends a command of the protocol.
    pub(super) fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let url = format!("{}{path}", self.session);
        let response = match method {
            "GET" => self.agent.get(&url).call(),
            "DELETE" => self.agent.delete(&url).call(),
            _ => self.agent.post(&url).send_json(body),
        };
        let answer: Value = response.unwrap().body_mut().read_json().unwrap();
        answer["value"].clone()
    }

    /// Sends a command of the DevTools protocol.
    pub(super) fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let answer = self.call("POST", "/goog/cdp/execute", &json!({"cmd": command, "params": parameters}));
        assert!(answer["error"].is_null(), "{command}: {answer}");
        answer
    }

    pub(super) fn open(&self, url: &str) {
        let opened = self.call("POST", "/url", &json!({ "url": url }));
        assert!(opened.is_null(), "{url}: {opened}");
    }

    /// The address without the host: path, query and fragment.
    pub(super) fn address(&self) -> String {
        self.ask("return location.pathname + location.search + location.hash").as_str().unwrap_or_default().to_owned()
    }

    /// The first element that a selector finds, waited for.
    pub(super) fn find(&self, selector: &str) -> String {
        let begun = Instant::now();
        loop {
            let found = self.call("POST", "/element", &json!({"using": "css selector", "value": selector}));
            if let Some(id) = found[ELEMENT].as_str() {
                return id.to_owned();
            }
            assert!(begun.elapsed() < PATIENCE, "no {selector} on {}: {}", self.address(), self.text());
            std::thread::sleep(PAUSE);
        }
    }

    /// The first element that a script returns, waited for: for what no selector can say, such as the words on a button.
    pub(super) fn find_by(&self, script: &str) -> String {
        let begun = Instant::now();
        loop {
            let found = self.ask(script);
            if let Some(id) = found[ELEMENT].as_str() {
                return id.to_owned();
            }
            assert!(begun.elapsed() < PATIENCE, "{script} finds nothing on {}: {}", self.address(), self.text());
            std::thread::sleep(PAUSE);
        }
    }

    /// The first visible link, button, label or summary that says these words.
    pub(super) fn find_words(&self, words: &str) -> String {
        self.find_by(&format!(
            "const words = {};
             const says = e => (e.getAttribute('aria-label') || e.innerText || e.value || '').replace(/\\s+/g, '');
             const all = [...document.querySelectorAll('a, button, summary, label, [role=button], [role=option], [role=tab], input[type=submit]')]
                 .filter(e => e.getClientRects().length && says(e).includes(words));
             return all.find(e => says(e) === words) || all[0] || null;",
            json!(words)
        ))
    }

    /// Clicks an element as soon as the page no longer moves under the pointer; it is found anew at every try.
    fn click_found(&self, what: &str, find: impl Fn() -> String) {
        let begun = Instant::now();
        loop {
            let done = self.call("POST", &format!("/element/{}/click", find()), &json!({}));
            if done.is_null() {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "cannot click {what}: {done}");
            std::thread::sleep(PAUSE * 2);
        }
    }

    /// Clicks the first element that a selector finds.
    pub(super) fn click(&self, selector: &str) {
        self.click_found(selector, || self.find(selector));
    }

    /// Clicks the link, button or summary that says these words.
    pub(super) fn click_words(&self, words: &str) {
        self.click_found(words, || self.find_words(words));
    }

    /// Clicks the element that a script returns.
    pub(super) fn click_by(&self, script: &str) {
        self.click_found(script, || self.find_by(script));
    }

    pub(super) fn type_into(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        self.call("POST", &format!("/element/{element}/value"), &json!({ "text": text }));
    }

    /// Empties a field.
    pub(super) fn clear(&self, selector: &str) {
        let element = self.find(selector);
        self.call("POST", &format!("/element/{element}/clear"), &json!({}));
    }

    /// Presses keys one after the other, wherever the focus is: [`key`]s or letters. A chord is one string of several:
    /// modifiers first.
    pub(super) fn press(&self, keys: &[&str]) {
        let mut actions = Vec::new();
        for chord in keys {
            let mut letters: Vec<String> = chord.chars().map(String::from).collect();
            actions.extend(letters.iter().map(|letter| json!({"type": "keyDown", "value": letter})));
            letters.reverse();
            actions.extend(letters.iter().map(|letter| json!({"type": "keyUp", "value": letter})));
        }
        let done =
            self.call("POST", "/actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}));
        assert!(done.is_null(), "{done}");
    }

    /// What a script on the page says.
    pub(super) fn ask(&self, script: &str) -> Value {
        self.call("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }

    /// What a script says when it calls its last argument.
    pub(super) fn ask_later(&self, script: &str) -> Value {
        self.call("POST", "/execute/async", &json!({"script": script, "args": []}))
    }

    /// Waits until a script says something true, and returns it.
    pub(super) fn wait_until(&self, script: &str) -> Value {
        let begun = Instant::now();
        loop {
            let said = self.ask(script);
            let error = said.get("error").is_some();
            if !error && !matches!(&said, Value::Null | Value::Bool(false)) && said != 0 && said != "" {
                return said;
            }
            assert!(begun.elapsed() < PATIENCE, "{script} on {}: {said}\n{}", self.address(), self.text());
            std::thread::sleep(PAUSE);
        }
    }

    pub(super) fn text(&self) -> String {
        self.ask("return document.body ? document.body.innerText : ''").as_str().unwrap_or_default().to_owned()
    }

    pub(super) fn wait_for(&self, words: &str) {
        let begun = Instant::now();
        while !self.text().contains(words) {
            assert!(begun.elapsed() < PATIENCE, "“{words}” did not come to {}: {}", self.address(), self.text());
            std::thread::sleep(PAUSE);
        }
    }

    /// Goes into the frame that a script returns.
    pub(super) fn enter_frame(&self, script: &str) {
        let id = self.find_by(script);
        let done = self.call("POST", "/frame", &json!({"id": {ELEMENT: id}}));
        assert!(done.is_null(), "{done}");
    }

    /// Comes back out of all frames.
    pub(super) fn leave_frames(&self) {
        self.call("POST", "/frame", &json!({"id": null}));
    }

    /// Shows pages in a window of this size, small ones too.
    pub(super) fn resize(&self, width: u32, height: u32) {
        self.magnify(width, height, 1);
    }

    /// Shows pages in this window at this zoom, as a browser does: fewer, larger pixels.
    pub(super) fn magnify(&self, width: u32, height: u32, zoom: u32) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width / zoom, "height": height / zoom, "deviceScaleFactor": zoom, "mobile": false}),
        );
    }

    /// Prefers something: `("prefers-color-scheme", "dark")`, `("forced-colors", "active")`,
    /// `("prefers-reduced-motion", "reduce")`; an empty list prefers nothing.
    pub(super) fn prefer(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.devtools("Emulation.setEmulatedMedia", &json!({"media": "", "features": features}));
    }

    /// Runs a script in every page before the page's own.
    pub(super) fn before_pages(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }));
    }

    /// Runs no scripts of pages any more, or runs them again; questions of the test are still answered.
    pub(super) fn scripts(&self, on: bool) {
        self.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": !on }));
    }

    /// A picture of the whole page, put into the folder of the tests for a person to look at.
    pub(super) fn picture(&self, name: &str) -> PathBuf {
        let shot = self.devtools("Page.captureScreenshot", &json!({"format": "png", "captureBeyondViewport": true}));
        let bytes = base64::engine::general_purpose::STANDARD.decode(shot["data"].as_str().unwrap()).unwrap();
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures").join(format!("{name}.png"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// What the console said since it was last read, warnings and errors.
    pub(super) fn console(&self) -> Vec<String> {
        let entries = self.call("POST", "/se/log", &json!({"type": "browser"}));
        let loud = |entry: &&Value| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING"));
        entries
            .as_array()
            .into_iter()
            .flatten()
            .filter(loud)
            .map(|entry| format!("{}: {}", entry["level"], entry["message"]))
            .collect()
    }

    /// Fails when the console said something severe.
    pub(super) fn assert_quiet(&self, place: &str) {
        let severe: Vec<String> = self.console().into_iter().filter(|line| line.starts_with("\"SEVERE\"")).collect();
        assert!(severe.is_empty(), "{place}: {severe:#?}");
    }

    /// What axe-core finds on the page: rule, help, and the elements. WCAG 2.2 A and AA, and its best practices.
    pub(super) fn findings(&self) -> Vec<String> {
        if self.ask("return typeof axe") != "object" {
            self.ask(&axe());
        }
        let found = self.ask_later(
            "const done = arguments[arguments.length - 1];
             axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })
               .then(found => done(found.violations.map(one => one.id + ' (' + one.impact + '): ' + one.help + '\\n' +
                   one.nodes.map(node => '    ' + node.target + ' ' + node.html.slice(0, 160) + '\\n    ' + (node.any[0] || node.all[0] || node.none[0] || {}).message).join('\\n'))),
                     error => done(['axe failed: ' + error]));",
        );
        let found = found.as_array().unwrap_or_else(|| panic!("axe says {found}"));
        found.iter().map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Fails when axe-core finds something on the page.
    pub(super) fn assert_accessible(&self, place: &str) {
        let found = self.findings();
        assert!(found.is_empty(), "{place}:\n{}", found.join("\n"));
    }

    /// Fails when the page is wider than its window: the elements that stick out are named.
    pub(super) fn assert_fits(&self, place: &str) {
        let wide = self.ask(
            "const most = document.documentElement.clientWidth;
             if (document.documentElement.scrollWidth <= most) return [];
             return [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > most + 1)
                 .map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right)).slice(0, 8);",
        );
        assert_eq!(wide, json!([]), "{place} is wider than its window");
    }

    /// Walks once through the page with the Tab key: what was focused, each as a short name. Fails when the focus is
    /// lost, is not to be seen, or never comes round.
    pub(super) fn assert_tab_path(&self, place: &str) -> Vec<String> {
        /// More stops than any page of ours has.
        const MOST: usize = 400;
        let mut names = Vec::new();
        let mut seen = HashSet::new();
        self.ask(
            "document.activeElement && document.activeElement.blur(); window.scrollTo(0, 0); window.__stops = [];",
        );
        for _ in 0..MOST {
            self.press(&[key::TAB]);
            let stop = self.ask(FOCUSED);
            let Some(name) = stop["name"].as_str() else { return names };
            if !seen.insert(stop["number"].clone().to_string()) {
                return names;
            }
            assert_eq!(stop["shown"], true, "{place}: the focus on {name} is not to be seen: {stop}");
            names.push(name.to_owned());
        }
        panic!("{place}: the focus never comes round: {names:?}");
    }
}

/// The element that has the focus: a number of its own, its name, and whether a person can see that it has it.
const FOCUSED: &str = "
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return {};
    let number = window.__stops.indexOf(e);
    if (number < 0) number = window.__stops.push(e) - 1;
    const s = getComputedStyle(e), r = e.getBoundingClientRect();
    const inView = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth && r.width > 0 && r.height > 0;
    const drawn = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none' || e.tagName === 'IFRAME';
    const name = e.getAttribute('aria-label') || e.innerText || e.name || e.id || e.tagName;
    return { number, name: String(name).trim().slice(0, 60), shown: inView && drawn, inView, drawn };";

impl Drop for Browser {
    fn drop(&mut self) {
        self.agent.delete(&self.session).call().ok();
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

/// Starts chromedriver on a port of its own choice.
fn drive() -> Option<(Child, u16)> {
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
    Some((driver, port))
}

/// axe-core, as it is published.
fn axe() -> String {
    fs::read_to_string(repository().join("tests/fixtures/axe/axe.min.js")).unwrap()
}
