//! Files a page links to (附件) and pictures it shows in place of text (图片).

use scraper::{ElementRef, Html, Selector};

use super::walk::text_of;
use crate::policy::Attachment;

/// Endings of files that are published with a document.
const ENDINGS: [&str; 13] =
    ["pdf", "doc", "docx", "ofd", "wps", "xls", "xlsx", "et", "zip", "rar", "7z", "ppt", "pptx"];
/// Most attachments of one document.
const MOST: usize = 200;

/// The files the page links to, each address once.
pub(super) fn attachments(page: &Html) -> Vec<Attachment> {
    let Ok(selector) = Selector::parse("a[href]") else { return Vec::new() };
    let mut found: Vec<Attachment> = Vec::new();
    for link in page.select(&selector) {
        let Some(address) = link.attr("href").map(str::trim).filter(|address| is_file(address)) else { continue };
        if found.len() >= MOST || found.iter().any(|known| known.location.as_deref() == Some(address)) {
            continue;
        }
        let words = text_of(link);
        let named = [words.as_str(), link.attr("title").unwrap_or_default().trim(), name_of(address)];
        let title = named.into_iter().find(|name| !name.is_empty()).unwrap_or(address);
        found.push(Attachment { title: title.to_owned(), location: Some(address.to_owned()) });
    }
    found
}

/// Whether an address is that of a file; download scripts name the file in their query.
fn is_file(address: &str) -> bool {
    let address = address.split('#').next().unwrap_or(address).to_ascii_lowercase();
    let (path, query) = address.split_once('?').unwrap_or((address.as_str(), ""));
    [path, query].iter().any(|part| part.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending)))
        && !address.starts_with("javascript:")
}

fn name_of(address: &str) -> &str {
    address.rsplit(['/', '=']).next().unwrap_or(address)
}

/// Shortest text alternative that says something, in characters.
const SHORTEST_ALT: usize = 4;

/// The text alternative of a picture, when it says more than the name of its file.
pub(super) fn alternative(picture: ElementRef<'_>) -> Option<String> {
    let alt = picture.attr("alt")?.split_whitespace().collect::<Vec<_>>().join(" ");
    let han = alt.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let file =
        [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"].iter().any(|end| alt.to_ascii_lowercase().ends_with(end));
    (han && !file && alt.chars().count() >= SHORTEST_ALT).then_some(alt)
}
