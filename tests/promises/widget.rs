//! Promise 21: one tag puts the questions on another site, whatever that site's policy and styles; nobody else may frame
//! us, nothing is left on the other site, and before it is opened hardly anything is sent.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::browsing::{Browser, key};
use super::demonstration::repository;
use super::door::{Door, get_with};

const QUESTION: &str = "80岁以上老人高龄津贴每人每月多少钱";
const WORDS: &str = "每人每月100元";
/// What may be sent before the widget is opened.
const MOST_BYTES: usize = 30_000;
/// The shadow root is closed: only a test that opened it beforehand sees into it.
const OPEN_ROOTS: &str = "
    window.refused = []; window.modes = [];
    addEventListener('securitypolicyviolation', event => window.refused.push(event.violatedDirective + ' ' + event.blockedURI));
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (how) { window.modes.push(how.mode); return attach.call(this, { mode: 'open' }); };";
const FRAME: &str = "return document.querySelector('zheng-da').shadowRoot.querySelector('iframe')";

/// Another site, by another name: its page embeds the widget under a strict policy.
struct Site {
    origin: String,
    door: Arc<OnceLock<String>>,
}

impl Site {
    fn open() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://localhost:{}", socket.local_addr().unwrap().port());
        let door = Arc::new(OnceLock::new());
        let served = door.clone();
        std::thread::spawn(move || {
            for stream in socket.incoming().map_while(Result::ok) {
                let served = served.clone();
                std::thread::spawn(move || Self::serve(stream, &served));
            }
        });
        Self { origin, door }
    }

    /// The server that this site embeds.
    fn embeds(&self, door: &Door) {
        self.door.set(door.address.clone()).unwrap();
    }

    fn serve(mut stream: TcpStream, door: &OnceLock<String>) -> Option<()> {
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        let mut head = Vec::new();
        let mut buffer = [0; 2048];
        while !head.windows(4).any(|end| end == b"\r\n\r\n") {
            match stream.read(&mut buffer).ok()? {
                0 => return None,
                read => head.extend(&buffer[..read]),
            }
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let path = head.split(' ').nth(1)?;
        let fixture = |name: &str| fs::read_to_string(repository().join("tests/fixtures/widget").join(name)).unwrap();
        let door = door.get()?;
        let tag = format!(
            "<script nonce=\"n0\" src=\"{door}/widget.js\" data-region=\"990121\" data-color=\"#ffcc00\" async></script>"
        );
        let inline = if path == "/inline" { "<zheng-da mode=\"inline\" region=\"990121\"></zheng-da>" } else { "" };
        let (status, kind, body) = match path {
            "/host.css" => ("200 OK", "text/css", fixture("host.css")),
            "/" | "/inline" => (
                "200 OK",
                "text/html; charset=utf-8",
                fixture("host.html").replace("{{tag}}", &tag).replace("{{inline}}", inline),
            ),
            _ => ("404 Not Found", "text/plain", String::new()),
        };
        let policy = format!(
            "default-src 'none'; script-src 'nonce-n0'; style-src 'self'; frame-src {door}; base-uri 'none'; \
             form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        );
        let reply = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncontent-security-policy: {policy}\r\n\
             referrer-policy: no-referrer\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(reply.as_bytes()).ok()
    }
}

/// What is left on the site: nothing.
fn assert_untouched(browser: &Browser) {
    let left = browser.ask(
        "return JSON.stringify([document.cookie, localStorage.length, sessionStorage.length, window.refused, document.querySelectorAll('style, [style]').length,
             Object.keys(window).filter(name => /zhengda/i.test(name)), [...new Set(window.modes)]]);",
    );
    assert_eq!(left, "[\"\",0,0,[],0,[],[\"closed\"]]");
}

#[test]
fn a_person_asks_in_the_corner_of_another_site_by_keyboard_alone() {
    let Some(browser) = Browser::start() else { return };
    let site = Site::open();
    let door = Door::embedded_by(&[&site.origin]);
    site.embeds(&door);
    browser.before_pages(OPEN_ROOTS);
    browser.open(&format!("{}/", site.origin));
    browser.wait_until("const e = document.querySelector('zheng-da'); return e && e.shadowRoot && e.shadowRoot.querySelector('button.opener')");
    assert!(browser.ask(FRAME).is_null(), "nothing is loaded before it is opened");
    let names =
        browser.ask("return performance.getEntriesByType('resource').map(e => new URL(e.name).pathname).join()");
    assert_eq!(names, "/host.css,/widget.js", "only the script is fetched");
    let contrast = browser.ask(
        "const s = getComputedStyle(document.querySelector('zheng-da').shadowRoot.querySelector('.opener'));
         const [r, g, b] = s.backgroundColor.match(/\\d+/g).map(n => n / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
         return [1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) >= 4.5, s.letterSpacing, s.textTransform];",
    );
    assert_eq!(contrast, serde_json::json!([true, "normal", "none"]), "legible, and untouched by the site's styles");
    browser.press(&[key::TAB, key::TAB, key::TAB, key::ENTER]);
    browser.enter_frame(FRAME);
    browser.wait_until("return document.activeElement && document.activeElement.id === 'question'");
    browser.type_into("#question", QUESTION);
    browser.press(&[key::ENTER]);
    browser.wait_for(WORDS);
    browser.wait_for("有依据");
    let links = browser.ask(
        "return [...document.querySelectorAll(\"article.answer a[href^='/documents/']\")].map(a => a.target + ' ' + a.rel)",
    );
    let links = links.as_array().unwrap();
    assert!(!links.is_empty() && links.iter().all(|one| one == "_blank noopener"), "{links:?}");
    assert_eq!(browser.ask("return document.querySelector('select[name=region]').value"), "990121");
    assert_eq!(browser.ask("return getComputedStyle(document.querySelector('.voice') || document.body).display === 'none' || !document.querySelector('.voice')"), true);
    browser.assert_accessible("the widget's page");
    browser.press(&[key::ESCAPE]);
    browser.leave_frames();
    let shut = "const root = document.querySelector('zheng-da').shadowRoot;
         return root.querySelector('.panel').hidden && root.activeElement === root.querySelector('.opener') && root.activeElement.getAttribute('aria-expanded');";
    assert_eq!(browser.wait_until(shut), "false", "closed, and the focus is back");
    browser.press(&[key::ENTER]);
    browser.wait_until("return !document.querySelector('zheng-da').shadowRoot.querySelector('.panel').hidden");
    // The site itself speaks to the widget, as if it were the frame: it is not heard.
    browser.ask("window.postMessage({ zhengda: 1, type: 'close' }, '*'); window.postMessage({ zhengda: 1, type: 'height', height: 9 }, '*');");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(
        browser.ask("return document.querySelector('zheng-da').shadowRoot.querySelector('.panel').hidden"),
        false
    );
    browser.assert_accessible("the site with the widget open");
    browser.picture("widget-corner");
    browser.resize(320, 640);
    browser.picture("widget-corner-320");
    assert_untouched(&browser);
    browser.assert_quiet("the widget on another site");
}

#[test]
fn in_the_text_it_comes_when_it_is_near_and_is_as_high_as_what_it_says() {
    let Some(browser) = Browser::start() else { return };
    let site = Site::open();
    let door = Door::embedded_by(&[&site.origin]);
    site.embeds(&door);
    browser.before_pages(OPEN_ROOTS);
    browser.open(&format!("{}/inline", site.origin));
    browser.wait_until("return document.querySelector('zheng-da').shadowRoot && true");
    assert!(browser.ask(FRAME).is_null(), "it is far below");
    assert_eq!(
        browser.ask("return document.querySelectorAll('zheng-da').length"),
        1,
        "one was asked for, one is there"
    );
    browser.ask("document.querySelector('zheng-da').scrollIntoView()");
    browser.enter_frame(FRAME);
    browser.find("#question");
    let asked = browser.wait_until(
        "return document.documentElement.classList.contains('inline') && document.getElementById('whole').offsetHeight",
    );
    browser.type_into("#question", QUESTION);
    browser.click("form#ask button[type=submit]");
    browser.wait_for(WORDS);
    let answered = browser.ask("return document.getElementById('whole').offsetHeight");
    browser.leave_frames();
    assert!(answered.as_u64() > asked.as_u64(), "{asked} {answered}");
    browser.wait_until(&format!("{FRAME}.clientHeight >= {answered}"));
    browser.enter_frame(FRAME);
    let scrolls = browser.ask("return document.documentElement.scrollHeight > innerHeight + 1");
    assert_eq!(scrolls, false, "nothing scrolls inside");
    browser.leave_frames();
    browser.picture("widget-inline");
    assert_untouched(&browser);
    browser.assert_quiet("the widget in the text of another site");
}

#[test]
fn only_named_sites_frame_the_widget_and_nobody_frames_anything_else() {
    let named = Door::embedded_by(&["https://www.example.gov.cn"]);
    let nobody = Door::open();
    let ancestors = |door: &Door, path: &str| {
        let reply = door.get(path);
        let policy = reply.header("content-security-policy").to_owned();
        let ancestors = policy
            .split("frame-ancestors ")
            .nth(1)
            .unwrap_or_default()
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        (ancestors, reply.header("x-frame-options").to_owned())
    };
    assert_eq!(ancestors(&named, "/widget").0, "'self' https://www.example.gov.cn");
    assert_eq!(ancestors(&named, "/widget").1, "", "the old header knows no list");
    assert_eq!(ancestors(nobody, "/widget"), ("'self'".to_owned(), "SAMEORIGIN".to_owned()));
    for path in ["/", "/documents", "/docs", "/docs/widget", "/tickets", "/nothing", "/api/v1/documents", "/widget.js"]
    {
        assert_eq!(ancestors(&named, path), ("'none'".to_owned(), "DENY".to_owned()), "{path}");
    }
    let script = get_with(&named.url("/widget.js"), &[("accept-encoding", "gzip")]);
    let bytes: usize = script.header("content-length").parse().unwrap_or(script.body.len());
    assert!(bytes < MOST_BYTES && script.body.len() < MOST_BYTES, "{bytes} {}", script.body.len());
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(nobody.get("/").header("cross-origin-resource-policy"), "same-origin");
    for page in ["/widget", "/widget?region=nonsense&color=red&x=%3Cscript%3E"] {
        let reply = named.get(page);
        assert!(reply.status == 200 && reply.header("set-cookie").is_empty(), "{page}");
        assert!(!reply.body.contains("style=") && !reply.body.contains("<script>"), "{page}");
    }
    assert_eq!(named.get("/widget/theme.css?color=red").status, 422);
    assert!(named.get("/widget/theme.css?color=ffff00").body.contains("--brand"));
}

#[test]
fn only_named_sites_read_answers_and_never_with_credentials() {
    let door = Door::embedded_by(&["https://www.example.gov.cn"]);
    let allowed = |path: &str, origin: &str| {
        let reply = get_with(&door.url(path), &[("origin", origin)]);
        assert!(reply.header("access-control-allow-credentials").is_empty());
        reply.header("access-control-allow-origin").to_owned()
    };
    assert_eq!(allowed("/api/v1/suggest?q=gl", "https://www.example.gov.cn"), "https://www.example.gov.cn");
    assert_eq!(
        allowed("/api/v1/search?q=%E8%A1%A5%E8%B4%B4", "https://www.example.gov.cn"),
        "https://www.example.gov.cn"
    );
    for (path, origin) in [
        ("/api/v1/suggest?q=gl", "https://evil.example"),
        ("/api/v1/suggest?q=gl", "null"),
        ("/", "https://www.example.gov.cn"),
        ("/tickets", "https://www.example.gov.cn"),
        ("/healthz", "https://www.example.gov.cn"),
    ] {
        assert_eq!(allowed(path, origin), "", "{path} {origin}");
    }
    let ask = |origin: &str| {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
        let request = agent.options(door.url("/api/v1/consult"));
        let reply = request.header("origin", origin).header("access-control-request-method", "POST").call().unwrap();
        (reply.status().as_u16(), reply.headers().contains_key("access-control-allow-methods"))
    };
    assert_eq!(ask("https://www.example.gov.cn"), (204, true));
    assert_eq!(ask("https://evil.example"), (405, false));
}
