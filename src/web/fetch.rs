//! Fetching (取回): one address at a time, each hop of a redirect checked like the first.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};
use url::Url;

use super::robots::{AGENT, Robots};
use super::{Fetched, Reach, Unfetched, address};

/// Ending under which a page is known.
pub(super) const HTML: &str = "html";
/// Ending under which site maps and feeds are known.
pub(super) const XML: &str = "xml";

/// Most hops of a redirect.
const MAX_HOPS: usize = 5;
/// Largest file: what the readers take.
const MAX_BYTES: u64 = 32 * 1024 * 1024;
/// Largest robots.txt, as RFC 9309 proposes.
const MAX_ROBOTS_BYTES: u64 = 500 * 1024;
/// Longest wait for one answer, all in all.
const DEADLINE: Duration = Duration::from_secs(60);
/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// Endings that name a format by themselves.
const ENDINGS: [&str; 20] = [
    "pdf", "doc", "docx", "wps", "ofd", "xls", "xlsx", "csv", "txt", "zip", "rar", "7z", "html", "htm", "shtml",
    "xhtml", "md", "xml", "rtf", "odt",
];
/// What a media type means.
const MEDIA_TYPES: [(&str, &str); 13] = [
    ("text/html", HTML),
    ("application/xhtml", HTML),
    ("application/pdf", "pdf"),
    ("application/msword", "doc"),
    ("wordprocessingml", "docx"),
    ("spreadsheetml", "xlsx"),
    ("application/vnd.ms-excel", "xls"),
    ("application/ofd", "ofd"),
    ("application/zip", "zip"),
    ("text/csv", "csv"),
    ("text/plain", "txt"),
    ("xml", XML),
    ("text/markdown", "md"),
];

/// Asks hosts, politely.
#[derive(Debug)]
pub(super) struct Fetcher<'r> {
    reach: &'r Reach,
    agent: Agent,
    robots: HashMap<String, Robots>,
    asked: bool,
}

/// Resolves names, and refuses those that lead inside a network. The connection goes to the very addresses checked here.
#[derive(Debug)]
struct Guard {
    excepted: Vec<IpAddr>,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let inside = found.iter().find(|one| !address::is_public(one.ip()) && !self.excepted.contains(&one.ip()));
        match inside {
            Some(one) => Err(Error::Io(std::io::Error::new(
                std::io::ErrorKind::PermissionDenied,
                format!("{} 属于内部网络，不允许访问", one.ip()),
            ))),
            None => Ok(found),
        }
    }
}

impl<'r> Fetcher<'r> {
    pub(super) fn new(reach: &'r Reach) -> Self {
        let config = Config::builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None) // a proxy would resolve names itself, past the guard
            .timeout_global(Some(DEADLINE))
            .timeout_connect(Some(CONNECT))
            .user_agent(format!("{AGENT}/{}", env!("CARGO_PKG_VERSION")))
            .build();
        let guard = Guard { excepted: reach.addresses.clone() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        Self { reach, agent, robots: HashMap::new(), asked: false }
    }

    /// Fetches one address, following its redirects.
    pub(super) fn fetch(&mut self, start: &Url) -> Result<Fetched, Unfetched> {
        let mut url = start.clone();
        for _ in 0..=MAX_HOPS {
            let failed = |reason: String| Unfetched { url: start.to_string(), reason };
            self.permitted(&url).map_err(failed)?;
            let mut response = self.ask(&url).map_err(failed)?;
            let status = response.status();
            if status.is_redirection() {
                let target = response.headers().get("location").and_then(|value| value.to_str().ok());
                let target = target.and_then(|target| url.join(target).ok());
                url = target.ok_or_else(|| failed(format!("返回 {status}，却没有写明转到哪里")))?;
                continue;
            }
            if !status.is_success() {
                return Err(failed(format!("网站返回 {status}")));
            }
            let media = response.headers().get("content-type").and_then(|value| value.to_str().ok());
            let extension = extension(&url, media.unwrap_or_default())
                .ok_or_else(|| failed(format!("内容类型 {} 不是可以导入的格式", media.unwrap_or("未写明"))))?;
            let bytes = read(response.body_mut(), MAX_BYTES).map_err(failed)?;
            return Ok(Fetched { url, extension: extension.to_owned(), bytes });
        }
        Err(Unfetched { url: start.to_string(), reason: format!("转址超过 {MAX_HOPS} 次") })
    }

    /// Whether an address may be asked for: by the operator's list, and by the site's own word.
    fn permitted(&mut self, url: &Url) -> Result<(), String> {
        if !address::is_plain(url) {
            return Err(format!("只能取 http 和 https 网址，且不带用户名和密码，不能取 {}", url.scheme()));
        }
        let host = url.host_str().unwrap_or_default();
        if !self.reach.hosts.iter().any(|rule| rule.allows(url)) {
            let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
            return Err(format!("主机 {host}{port} 不在允许之列；如要从那里导入，请加 --allow-host {host}{port}"));
        }
        let origin = url.origin().ascii_serialization();
        if !self.robots.contains_key(&origin) {
            let robots = self.robots_of(url)?;
            self.robots.insert(origin.clone(), robots);
        }
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let allowed = self.robots.get(&origin).is_some_and(|robots| robots.allows(path));
        if allowed { Ok(()) } else { Err("该网站的 robots.txt 不许程序取这个地址".to_owned()) }
    }

    fn robots_of(&mut self, url: &Url) -> Result<Robots, String> {
        let address = url.join("/robots.txt").map_err(|error| error.to_string())?;
        let mut response = self.ask(&address)?;
        let status = response.status();
        if status.is_server_error() {
            return Ok(Robots::closed());
        }
        if !status.is_success() {
            return Ok(Robots::default()); // none, or one that lies elsewhere
        }
        let bytes = read(response.body_mut(), MAX_ROBOTS_BYTES).unwrap_or_default();
        Ok(Robots::parse(&String::from_utf8_lossy(&bytes)))
    }

    fn ask(&mut self, url: &Url) -> Result<ureq::http::Response<Body>, String> {
        if std::mem::replace(&mut self.asked, true) {
            std::thread::sleep(self.reach.pause);
        }
        self.agent.get(url.as_str()).call().map_err(|error| match error {
            Error::Timeout(_) => "网站没有及时应答".to_owned(),
            Error::HostNotFound => "找不到这个主机".to_owned(),
            error => format!("取不到：{error}"),
        })
    }
}

fn read(body: &mut Body, limit: u64) -> Result<Vec<u8>, String> {
    body.with_config().limit(limit).read_to_vec().map_err(|error| match error {
        Error::BodyExceedsLimit(_) => format!("超过 {} KiB 的上限", limit / 1024),
        error => format!("没有取完：{error}"),
    })
}

/// The ending of the format: as the address says, else as the media type says.
fn extension(url: &Url, media: &str) -> Option<&'static str> {
    let media = media.to_ascii_lowercase();
    let typed = MEDIA_TYPES.iter().find(|(name, _)| media.contains(name)).map(|(_, ending)| *ending);
    let name = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let named = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let named = named.and_then(|named| ENDINGS.into_iter().find(|ending| *ending == named));
    // A page of errors or a login form under a .pdf address is a page.
    match (named, typed) {
        (Some(_), Some(HTML)) => Some(HTML),
        (Some(named), _) => Some(named),
        (None, typed) => typed,
    }
}
