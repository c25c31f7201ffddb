//! A small site on the loopback address, and what is taken from it.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Fetched, Reach, Unfetched, gather};

/// What the site answers: path → status, header lines, body.
type Pages = HashMap<&'static str, (&'static str, String, String)>;

/// A site that serves some pages, and the paths it was asked for.
struct Site {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn serve(pages: Pages) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let first = lines.next().and_then(Result::ok).unwrap_or_default();
                while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
                let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
                log.lock().unwrap().push(path.clone());
                let missing = ("404 Not Found", String::new(), String::new());
                let (status, head, body) = pages.get(path.as_str()).unwrap_or(&missing);
                let head = head.replace("PORT", &port.to_string());
                let body = body.replace("PORT", &port.to_string());
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{head}\r\n{body}"
                );
            }
        });
        Self { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn reach(&self) -> Reach {
        Reach {
            hosts: vec![format!("127.0.0.1:{}", self.port).parse().unwrap()],
            addresses: vec![IpAddr::V4(Ipv4Addr::LOCALHOST)],
            follow: true,
            limit: 100,
            pause: Duration::ZERO,
        }
    }

    fn asked_for(&self, path: &str) -> bool {
        self.asked.lock().unwrap().iter().any(|asked| asked == path)
    }
}

fn page(body: &str) -> (&'static str, String, String) {
    ("200 OK", "Content-Type: text/html; charset=utf-8\r\n".to_owned(), body.to_owned())
}

fn moved(to: &str) -> (&'static str, String, String) {
    ("302 Found", format!("Location: {to}\r\n"), String::new())
}

fn taken(start: &str, reach: &Reach) -> (Vec<Fetched>, Vec<Unfetched>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    gather(start, reach, &mut |result| match result {
        Ok(fetched) => good.push(fetched),
        Err(unfetched) => bad.push(unfetched),
    });
    (good, bad)
}

#[test]
fn a_list_page_leads_to_its_documents() {
    let list = "<a href=/zc/t20230510_1.html>办法</a><a href='/zc/t20230511_2.html#top'>通知</a><a href='t20230511_2.html'>\
                通知</a><a href=/about.html>关于我们</a><a href='index_2.html'>下一页</a><a href='https://other.example/t20230101_9.html'>外站</a>";
    let more = "<a href=/files/fujian.PDF>附件</a><a href=index_1.html>上一页</a><a href=/zc/private/t20230512_3.html>内部</a>";
    let site = Site::serve(HashMap::from([
        ("/zc/", page(list)),
        ("/zc/index_2.html", page(more)),
        ("/zc/t20230510_1.html", page("办法正文")),
        ("/zc/t20230511_2.html", moved("/new/t20230511_2.html")),
        ("/new/t20230511_2.html", page("通知正文")),
        (
            "/files/fujian.PDF",
            ("200 OK", "Content-Type: application/octet-stream\r\n".to_owned(), "%PDF-1.4".to_owned()),
        ),
        ("/robots.txt", ("200 OK", String::new(), "User-agent: *\nDisallow: /zc/private/\n".to_owned())),
    ]));
    let (good, bad) = taken(&site.url("/zc/"), &site.reach());
    let found: Vec<(&str, &str)> = good.iter().map(|one| (one.url.path(), one.extension.as_str())).collect();
    assert_eq!(
        found,
        [("/zc/t20230510_1.html", "html"), ("/new/t20230511_2.html", "html"), ("/files/fujian.PDF", "pdf")]
    );
    assert!(bad.iter().any(|one| one.reason.contains("robots.txt")));
    assert!(!site.asked_for("/about.html") && !site.asked_for("/zc/private/t20230512_3.html"));

    let few = Reach { limit: 1, ..site.reach() };
    let (good, bad) = taken(&site.url("/zc/"), &few);
    assert_eq!((good.len(), bad.len()), (1, 1));
    assert!(bad[0].reason.contains("--limit"));

    let alone = Reach { follow: false, ..site.reach() };
    let (good, bad) = taken(&site.url("/zc/"), &alone);
    assert_eq!((good.len(), bad.len()), (1, 0));
    assert_eq!(good[0].url.path(), "/zc/");
}

#[test]
fn site_maps_and_feeds_are_read() {
    let xml = |body: &str| ("200 OK", "Content-Type: application/xml\r\n".to_owned(), body.to_owned());
    let site = Site::serve(HashMap::from([
        (
            "/sitemap.xml",
            xml("<sitemapindex><sitemap><loc>http://127.0.0.1:PORT/map1.xml</loc></sitemap></sitemapindex>"),
        ),
        ("/map1.xml", xml("<urlset><url><loc>http://127.0.0.1:PORT/a?x=1&amp;y=2</loc></url></urlset>")),
        ("/a?x=1&y=2", page("甲")),
        (
            "/rss.xml",
            xml(
                "<rss><channel><link>http://127.0.0.1:PORT/</link><item><link>http://127.0.0.1:PORT/b</link></item></channel></rss>",
            ),
        ),
        ("/b", page("乙")),
        ("/atom.xml", xml("<feed><link rel='self' href='/atom.xml'/><entry><link href='/c'/></entry></feed>")),
        ("/c", page("丙")),
        ("/evil.xml", xml("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><loc>&a;</loc></urlset>")),
    ]));
    for (start, wanted) in [("/sitemap.xml", "甲"), ("/rss.xml", "乙"), ("/atom.xml", "丙")] {
        let (good, bad) = taken(&site.url(start), &site.reach());
        assert_eq!(bad, [], "{start}");
        let bodies: Vec<_> = good.iter().map(|one| String::from_utf8_lossy(&one.bytes).into_owned()).collect();
        assert_eq!(bodies, [wanted], "{start}");
    }
    let (good, bad) = taken(&site.url("/evil.xml"), &site.reach());
    assert!(good.is_empty() && bad[0].reason.contains("文档类型"));
}

#[test]
fn what_is_not_allowed_is_not_asked() {
    let inside = Site::serve(HashMap::from([("/secret", page("内部"))]));
    let site = Site::serve(HashMap::from([
        ("/away", moved(&inside.url("/secret"))),
        ("/file", moved("file:///etc/passwd")),
        ("/loop", moved("/loop")),
        ("/none", ("302 Found", String::new(), String::new())),
        ("/broken", ("500 Internal Server Error", String::new(), String::new())),
        ("/picture", ("200 OK", "Content-Type: image/png\r\n".to_owned(), "x".to_owned())),
    ]));
    let reason = |url: &str, reach: &Reach| {
        let (good, bad) = taken(url, reach);
        assert!(good.is_empty(), "{url}");
        bad[0].reason.clone()
    };
    let reach = site.reach();
    assert!(reason(&site.url("/away"), &reach).contains("--allow-host"));
    assert!(!inside.asked_for("/secret"));
    assert!(reason(&site.url("/file"), &reach).contains("http"));
    assert!(reason(&site.url("/loop"), &reach).contains("转址超过"));
    assert!(reason(&site.url("/none"), &reach).contains("转到哪里"));
    assert!(reason(&site.url("/broken"), &reach).contains("500"));
    assert!(reason(&site.url("/picture"), &reach).contains("image/png"));
    assert!(reason("http://user:word@127.0.0.1/", &reach).contains("密码"));
    assert!(reason("ftp://127.0.0.1/", &reach).contains("http"));
    assert!(reason("不是网址", &reach).contains("网址"));
    // The host is allowed, its address is not: names that lead inside are refused when they are resolved.
    let unexcepted = Reach { addresses: Vec::new(), ..site.reach() };
    assert!(reason(&site.url("/away"), &unexcepted).contains("内部网络"));
    let named = Reach { hosts: vec![format!("localhost:{}", site.port).parse().unwrap()], ..unexcepted };
    assert!(reason(&format!("http://localhost:{}/away", site.port), &named).contains("内部网络"));
    assert_eq!(Reach::default().hosts, []);
    assert!(reason(&site.url("/away"), &Reach::default()).contains("--allow-host"));
}
