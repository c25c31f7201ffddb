//! What the package says about a document beside its pages (文档信息、语义标引): believed only as far as the text bears it out.

use std::collections::HashSet;

use super::document::{Body, Contents};
use crate::ingest::{Stated, parse_date, stated};
use crate::policy::DocumentNumber;

/// Endings of names of authorities: an author of this kind published the document, others typed it.
const AUTHORITIES: [&str; 9] = ["政府", "局", "厅", "委员会", "办公室", "部", "院", "中心", "处"];

/// What is stated.
pub(super) fn stated(body: &Body, contents: &Contents, text: &str) -> Stated {
    let mut stated = Stated { attachments: contents.attachments.clone(), ..Stated::default() };
    stated.title = body.title.clone().filter(|title| is_title(title, text));
    stated.publisher =
        body.author.clone().filter(|author| AUTHORITIES.iter().any(|ending| author.trim().ends_with(ending)));
    for (name, objects) in &contents.tags {
        tagged(&mut stated, name, &words(contents, objects));
    }
    stated
}

/// Takes up a part of the text that the producer named.
fn tagged(stated: &mut Stated, name: &str, words: &str) {
    let words = words.trim();
    if words.is_empty() {
        return;
    }
    match name {
        "标题" | "公文标题" => stated.title = Some(words.to_owned()),
        "发文字号" | "文号" => stated.number = DocumentNumber::parse(words),
        "成文日期" => stated.written = parse_date(words),
        "发布日期" => stated.published = parse_date(words),
        "发文机关" | "发文机关署名" => stated.issuers = stated::names_in(words),
        "公开属性" => stated.disclosure = stated::disclosure(words),
        _ => {}
    }
}

/// The words of the named objects.
fn words(contents: &Contents, objects: &[String]) -> String {
    let wanted: HashSet<&str> = objects.iter().map(String::as_str).collect();
    let runs = contents.pages.iter().flat_map(|page| &page.drawn.runs);
    runs.filter(|run| wanted.contains(run.id.as_str())).map(|run| run.text.as_str()).collect()
}

/// Whether a title in the document information is the document's: producers fill in the name of a template, of the first
/// draft, or of what a notice forwards. It counts when it is a line of the text and no line before holds it.
fn is_title(title: &str, text: &str) -> bool {
    let title = squeeze(title);
    let first = text.lines().map(squeeze).find(|line| line.contains(&title));
    !title.is_empty() && first.as_ref() == Some(&title)
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
