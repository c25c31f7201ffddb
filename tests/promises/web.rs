//! Promise 17: pages come from other sites only when the operator names the host.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};

use super::house::House;

/// A site with a list of two policies; it answers until the test ends.
fn site() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let first = lines.next().unwrap_or_default();
            while lines.next().is_some_and(|line| !line.is_empty()) {}
            let body = match first.split(' ').nth(1).unwrap_or_default() {
                "/list.html" => "<a href='t20240101_1.html'>办法</a> <a href='t20240102_2.html'>通知</a>".to_owned(),
                path @ ("/t20240101_1.html" | "/t20240102_2.html") => page(path),
                _ => String::new(),
            };
            let status = if body.is_empty() { "404 Not Found" } else { "200 OK" };
            let head = format!("Content-Type: text/html; charset=utf-8\r\nContent-Length: {}", body.len());
            let _ = write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\n{head}\r\n\r\n{body}");
        }
    });
    port
}

fn page(path: &str) -> String {
    let name = if path.contains("_1") { "试验县甲补贴办法" } else { "试验县乙补贴通知" };
    format!(
        "<html><head><title>{name}</title></head><body><div class='content'><h1>{name}</h1><p>第一条 为了试验，制定本办法。</p>\
         <p>第二条 每人每月补贴100元，按月发放。</p><p>试验县人民政府</p><p>2024年1月1日</p></div></body></html>"
    )
}

#[test]
fn a_list_page_is_imported_from_an_allowed_host_alone() {
    let house = House::empty();
    let list = format!("http://127.0.0.1:{}/list.html", site());
    let host = list.split('/').nth(2).unwrap().to_owned();
    let refused = |arguments: &[&str]| {
        let report = house.run(&[&["import", &list, "--json", "--pause", "0"], arguments].concat()).json();
        assert_eq!(report["total"]["imported"], 0, "{report}");
        report["total"]["refused"][0]["reason"].as_str().unwrap().to_owned()
    };
    assert!(refused(&[]).contains("--allow-host"));
    assert!(refused(&["--allow-host", &host]).contains("内部网络"));
    let allowed = ["--allow-host", &host, "--allow-address", "127.0.0.1", "--follow"];
    let report = house.run(&[&["import", &list, "--json", "--pause", "0"], &allowed[..]].concat()).json();
    assert_eq!(report["total"]["imported"], 2, "{report}");
    assert_eq!(report["total"]["unaccounted"], 0);
    let again = house.run(&[&["import", &list, "--json", "--pause", "0"], &allowed[..]].concat()).json();
    assert_eq!(
        (again["total"]["imported"].as_u64(), again["total"]["unchanged"].as_u64()),
        (Some(0), Some(2)),
        "{again}"
    );
}
