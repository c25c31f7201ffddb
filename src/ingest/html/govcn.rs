//! Real saved pages beside the repository: what their own table says, read by other code, is what the library says.

use std::path::PathBuf;

use regex::Regex;

use super::super::{SourceFile, prepare};
use crate::policy::Gazetteer;

fn plain(html: &str) -> String {
    let text = Regex::new("<[^>]+>").unwrap().replace_all(html, "").replace("&nbsp;", " ");
    text.split_whitespace().collect()
}

fn day(text: &str) -> String {
    let found = Regex::new("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日").unwrap();
    found.captures(text).map_or_else(String::new, |c| format!("{}-{:0>2}-{:0>2}", &c[1], &c[2], &c[3]))
}

#[test]
fn saved_pages_say_what_their_table_says() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/govcn/html");
    let Some(folder) = [beside, "/work/shared/data/govcn/html".into()].into_iter().find(|path| path.exists()) else {
        println!("跳过：没有 ../shared/data/govcn");
        return;
    };
    let cell = Regex::new(r"(?s)<td[^>]*>(.*?)</td>").unwrap();
    let (mut pages, mut wrong) = (0, Vec::new());
    for file in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|f| f.file_type().is_file()) {
        let html = std::fs::read_to_string(file.path()).unwrap();
        let cells: Vec<String> = cell.captures_iter(&html).map(|cell| plain(&cell[1])).collect();
        let said = |label: &str| {
            let at = cells.iter().position(|cell| cell.trim_end_matches('：') == label);
            at.map(|at| cells[at + 1].clone()).unwrap_or_default()
        };
        let source = SourceFile::open(file.path(), None).unwrap();
        let mut found = Vec::new();
        crate::ingest::read(&source, &crate::ingest::Isolation::InProcess, &mut |raw| found.push(raw.unwrap()));
        let prepared = prepare(found.remove(0), &Gazetteer::default()).unwrap();
        assert_eq!(prepared.account.unaccounted, 0);
        let meta = prepared.incoming.meta;
        let shown = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let issuers = said("发文机关").replace('、', "");
        for (name, expected, got) in [
            ("标题", said("标题"), meta.title.clone()),
            ("发文字号", said("发文字号"), meta.number.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("发文机关", issuers, meta.issuers.concat()),
            ("索引号", said("索引号"), meta.index_number.clone().unwrap_or_default()),
            ("成文日期", day(&said("成文日期")), shown(meta.dates.written)),
            ("发布日期", day(&said("发布日期")), shown(meta.dates.published)),
        ] {
            if expected != got {
                wrong.push(format!("{} {name}: {got} ≠ {expected}", file.path().display()));
            }
        }
        pages += 1;
    }
    assert!(pages == 30 && wrong.is_empty(), "{pages} pages: {wrong:#?}");
}
