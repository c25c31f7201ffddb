//! Feeds (订阅源): the news as Atom (RFC 4287) and as JSON Feed 1.1.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::{Value, json};

use super::{NewsItem, urn};

/// What stands above the news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedHead {
    /// Scheme and host of this service: `https://example.gov.cn`.
    pub base: String,
    /// Path and query of the feed itself.
    pub path: String,
    /// Its title.
    pub title: String,
}

/// The first moment of a day in China.
fn moment(day: jiff::civil::Date) -> String {
    format!("{day}T00:00:00+08:00")
}

/// The news as Atom.
pub fn atom(head: &FeedHead, items: &[NewsItem]) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let feed = writer.create_element("feed");
    let feed = feed.with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "zh-CN")]);
    let updated = items.iter().map(|item| item.on).max().map_or_else(|| moment(EPOCH), moment);
    feed.write_inner_content(|writer| {
        text(writer, "id", &urn(&head.path))?;
        text(writer, "title", &head.title)?;
        text(writer, "updated", &updated)?;
        let own = format!("{}{}", head.base, head.path);
        let link = writer.create_element("link");
        link.with_attributes([("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]).write_empty()?;
        writer.create_element("author").write_inner_content(|writer| text(writer, "name", "政答"))?;
        items.iter().try_for_each(|item| entry(writer, head, item))
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// The day of an empty feed: the project's own first, so that the same feed is the same bytes.
const EPOCH: jiff::civil::Date = jiff::civil::date(2026, 11, 1);

fn entry(writer: &mut Writer<Vec<u8>>, head: &FeedHead, item: &NewsItem) -> io::Result<()> {
    writer.create_element("entry").write_inner_content(|writer| {
        text(writer, "id", &item.id)?;
        text(writer, "title", &titled(item))?;
        text(writer, "updated", &moment(item.on))?;
        let href = format!("{}{}", head.base, item.path);
        let link = writer.create_element("link");
        link.with_attributes([("rel", "alternate"), ("type", "text/html"), ("href", &href)]).write_empty()?;
        for term in std::iter::once(item.kind.label()).chain(item.themes.iter().map(String::as_str)) {
            writer.create_element("category").with_attribute(("term", term)).write_empty()?;
        }
        text(writer, "summary", &item.words)
    })?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, words: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(&allowed(words)))?;
    Ok(())
}

/// Characters that XML 1.0 knows.
fn allowed(words: &str) -> String {
    words
        .chars()
        .filter(|c| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..))
        .collect()
}

fn titled(item: &NewsItem) -> String {
    format!("【{}】{}", item.kind.label(), item.title)
}

/// The news as JSON Feed 1.1.
#[must_use]
pub fn json_feed(head: &FeedHead, items: &[NewsItem]) -> Value {
    let item = |item: &NewsItem| {
        let tags: Vec<&str> =
            std::iter::once(item.kind.label()).chain(item.themes.iter().map(String::as_str)).collect();
        json!({
            "id": item.id, "url": format!("{}{}", head.base, item.path), "title": titled(item),
            "content_text": item.words, "date_published": moment(item.on), "tags": tags,
            "_zhengda": {"kind": item.kind, "about": item.about, "subject": item.subject, "on": item.on},
        })
    };
    json!({
        "version": "https://jsonfeed.org/version/1.1", "title": head.title, "language": "zh-CN",
        "feed_url": format!("{}{}", head.base, head.path), "home_page_url": format!("{}/", head.base),
        "items": items.iter().map(item).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{NewsKind, Subject};
    use super::*;

    #[test]
    fn hostile_titles_stay_text() {
        let subject = Subject {
            about: "document",
            id: "a",
            title: "《<script>alert(1)</script>&\u{0}]]>》",
            path: "/documents/a".to_owned(),
            themes: &["\"><x>".to_owned()],
        };
        let news = [subject.news(NewsKind::Ended, jiff::civil::date(2026, 5, 1), "被废止".to_owned())];
        let head = FeedHead {
            base: "https://example.gov.cn".to_owned(),
            path: "/feeds/news.atom?theme=%22".to_owned(),
            title: "政策动态".to_owned(),
        };
        let xml = String::from_utf8(atom(&head, &news).unwrap()).unwrap();
        assert!(!xml.contains("<script") && !xml.contains("<x>") && !xml.contains('\u{0}'), "{xml}");
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut entries = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) if start.name().as_ref() == "entry" => entries += 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(entries, 1);
        let json = json_feed(&head, &news);
        assert_eq!(json["items"][0]["url"], "https://example.gov.cn/documents/a");
    }
}
