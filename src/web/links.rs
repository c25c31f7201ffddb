//! Links (链接): the documents and further listings that a list page, a site map or a feed leads to.

use quick_xml::events::Event;
use scraper::{Html, Selector};
use url::Url;

/// Digits in the last part of an address from which on it names one document: t20230510_123.html, content_5352666.htm.
const DOCUMENT_DIGITS: usize = 4;
/// Most links taken from one page: a site map may hold 50,000.
const MAX_LINKS: usize = 50_000;
/// Endings of files that are documents whatever they are called.
const FILES: [&str; 10] = ["pdf", "doc", "docx", "wps", "ofd", "xls", "xlsx", "csv", "txt", "zip"];

/// What a page leads to, in the order in which it stands there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    pub(super) documents: Vec<Url>,
    pub(super) listings: Vec<Url>,
}

/// The links of a list page.
pub(super) fn linked(bytes: &[u8], base: &Url) -> Links {
    // Addresses are ASCII in every encoding a page may have.
    let page = Html::parse_document(&String::from_utf8_lossy(bytes));
    let mut found = Links::default();
    let (Ok(anchors), Ok(bases)) = (Selector::parse("a[href]"), Selector::parse("base[href]")) else { return found };
    let stated = page.select(&bases).next().and_then(|tag| base.join(tag.attr("href")?).ok());
    let base = stated.as_ref().unwrap_or(base);
    for anchor in page.select(&anchors).take(MAX_LINKS) {
        let Some(url) = anchor.attr("href").and_then(|href| base.join(href.trim()).ok()) else { continue };
        let words: String = anchor.text().collect();
        if is_document(&url) {
            found.documents.push(url);
        } else if is_next(&url, words.trim()) {
            found.listings.push(url);
        }
    }
    found
}

fn file_name(url: &Url) -> &str {
    url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default()
}

fn is_document(url: &Url) -> bool {
    let name = file_name(url);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    FILES.contains(&ending.as_str()) || (digits >= DOCUMENT_DIGITS && !is_page_of_list(name))
}

/// index_2.html, list-3.shtml: a further page of a list.
fn is_page_of_list(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let rest = ["index", "list", "node", "default", "page"].iter().find_map(|word| name.strip_prefix(word));
    rest.is_some_and(|rest| rest.trim_start_matches(['_', '-']).starts_with(|c: char| c.is_ascii_digit()))
}

fn is_next(url: &Url, words: &str) -> bool {
    matches!(words, "下一页" | "下页" | "后一页" | "末页" | ">" | ">>" | "›" | "»")
        || (!words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit()) && words.len() <= 3)
        || is_page_of_list(file_name(url))
}

/// The entries of a site map (sitemaps.org) or a feed (RSS, Atom).
pub(super) fn listed(bytes: &[u8], base: &Url) -> Result<Links, String> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut found = Links::default();
    let (mut index, mut inside, mut words) = (false, false, String::new());
    loop {
        let event = reader.read_event().map_err(|error| format!("XML 有误：{error}"))?;
        match event {
            Event::Eof => return Ok(found),
            Event::DocType(_) => return Err("XML 带有文档类型声明，拒绝读取".to_owned()),
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                index |= name == "sitemapindex";
                inside = matches!(name.as_str(), "loc" | "link");
                words.clear();
                let href = tag.try_get_attribute("href").ok().flatten();
                let href = href.map(|href| href.value.into_owned());
                let rel = tag.try_get_attribute("rel").ok().flatten();
                let alternate = rel.is_none_or(|rel| rel.value == "alternate");
                if let Some(href) = href.filter(|_| inside && alternate) {
                    add(&mut found, index, base, &href);
                }
            }
            Event::Text(text) if inside => words.push_str(&text),
            Event::CData(text) if inside => words.push_str(&text),
            Event::GeneralRef(name) if inside && &*name == "amp" => words.push('&'),
            Event::End(_) if inside => {
                inside = false;
                add(&mut found, index, base, &words);
            }
            _ => {}
        }
        if found.documents.len() + found.listings.len() >= MAX_LINKS {
            return Ok(found);
        }
    }
}

fn add(found: &mut Links, index: bool, base: &Url, words: &str) {
    let words = words.trim().replace("&amp;", "&");
    let Some(url) = Some(words).filter(|words| !words.is_empty()).and_then(|words| base.join(&words).ok()) else {
        return;
    };
    // The link of a feed or a site to itself is no document.
    if index {
        found.listings.push(url);
    } else if url.path().len() > 1 && url != *base {
        found.documents.push(url);
    }
}
