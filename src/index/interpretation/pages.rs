//! Pages (页面): which documents of the library the pages of others link to.

use std::collections::{BTreeMap, HashMap};

use crate::index::head::Head;
use crate::policy::DocumentKind;

/// Figures in the name of a page that tell it from the pages of other sites: t20230512_1234.html, not content.html.
const TELLING_FIGURES: usize = 6;
/// Characters of a link's words that are shown.
const SHOWN_CHARS: usize = 40;

/// A link between the page of an interpretation and that of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Linked {
    /// Of the document.
    pub(super) place: usize,
    /// Whether the document's page leads to the interpretation; otherwise the other way round.
    pub(super) from_policy: bool,
    pub(super) reason: String,
}

/// The links between pages, by the place of the interpretation.
pub(super) fn linked(heads: &[Head]) -> BTreeMap<usize, Vec<Linked>> {
    let mut found: BTreeMap<usize, Vec<Linked>> = BTreeMap::new();
    if heads.iter().all(|head| head.meta.links.is_empty()) {
        return found;
    }
    let pages = Pages::new(heads);
    for (from, head) in heads.iter().enumerate() {
        for link in &head.meta.links {
            let Some(to) = pages.at(&link.url).filter(|to| *to != from) else { continue };
            let words: String = link.title.chars().take(SHOWN_CHARS).collect();
            let words = words.trim_matches(['《', '》']);
            let interprets = |place: usize| heads[place].meta.kind == DocumentKind::Interpretation;
            let (place, one) = match (interprets(from), interprets(to)) {
                (true, false) => {
                    (from, Linked { place: to, from_policy: false, reason: format!("页面链接到《{words}》") })
                }
                (false, true) => (
                    to,
                    Linked {
                        place: from, from_policy: true, reason: format!("政策页面链接到本解读“{words}”")
                    },
                ),
                _ => continue,
            };
            let held = found.entry(place).or_default();
            if held.iter().all(|known| known.place != one.place || known.from_policy != one.from_policy) {
                held.push(one);
            }
        }
    }
    found
}

/// The documents by address, and by the names of their pages where these tell.
struct Pages {
    addresses: HashMap<String, usize>,
    /// None where two documents have pages of one name.
    names: HashMap<String, Option<usize>>,
}

impl Pages {
    fn new(heads: &[Head]) -> Self {
        let mut pages = Self { addresses: HashMap::new(), names: HashMap::new() };
        for (place, head) in heads.iter().enumerate() {
            for location in head.meta.sources.iter().map(|source| source.location.as_str()) {
                if let Some(address) = address(location) {
                    pages.addresses.entry(address).or_insert(place);
                }
                if let Some(name) = telling_name(location) {
                    let held = pages.names.entry(name).or_insert(Some(place));
                    *held = held.filter(|known| *known == place);
                }
            }
        }
        pages
    }

    fn at(&self, url: &str) -> Option<usize> {
        let by_address = address(url).and_then(|address| self.addresses.get(&address).copied());
        by_address.or_else(|| telling_name(url).and_then(|name| self.names.get(&name).copied().flatten()))
    }
}

/// An address without what does not tell pages apart: the scheme, www., the part of the page.
fn address(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let rest = rest.split('#').next().unwrap_or(rest).trim_end_matches('/');
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    Some(format!("{}/{path}", host.to_ascii_lowercase()))
}

/// The name of a page's file, when it is one of many numbers.
fn telling_name(location: &str) -> Option<String> {
    let path = location.split(['?', '#']).next().unwrap_or(location);
    let name = path.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let is_page = [".html", ".htm", ".shtml", ".jhtml"].iter().any(|ending| name.ends_with(ending));
    let figures = name.chars().filter(char::is_ascii_digit).count();
    (is_page && figures >= TELLING_FIGURES).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_one_writing() {
        assert_eq!(address("https://www.A.gov.cn/x/1.html#top"), address("http://a.gov.cn/x/1.html"));
        assert_ne!(address("http://a.gov.cn/x?id=1"), address("http://a.gov.cn/x?id=2"));
        assert_eq!(telling_name("../zc/t20230512_12.html"), Some("t20230512_12.html".to_owned()));
        assert_eq!(telling_name("/下载/content.html"), None);
    }
}
