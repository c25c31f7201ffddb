//! Addresses of our own pages, with parameters encoded once, here.

use std::fmt::Write as _;

/// An address with these parameters; empty ones are left out.
pub(super) fn link(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut url = path.to_owned();
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(name);
        url.push('=');
        encode(value, &mut url);
    }
    url
}

/// Percent-encodes everything but unreserved characters (RFC 3986).
fn encode(text: &str, url: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
}

/// Links to the neighbours of a page of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    /// This page, from 1.
    pub(super) here: usize,
    /// The last page.
    pub(super) last: usize,
    /// Address of the page before.
    pub(super) before: Option<String>,
    /// Address of the page after.
    pub(super) after: Option<String>,
}

impl Pages {
    /// The neighbours of page `here` of `total` things.
    pub(super) fn of(path: &str, parameters: &[(&str, &str)], here: usize, total: usize, per_page: usize) -> Self {
        let last = total.div_ceil(per_page.max(1)).max(1);
        let to = |page: usize| {
            let page = page.to_string();
            let all: Vec<(&str, &str)> = parameters.iter().copied().chain([("page", page.as_str())]).collect();
            link(path, &all)
        };
        let before = (here > 1).then(|| to(here.min(last + 1) - 1));
        let after = (here < last).then(|| to(here + 1));
        Self { here, last, before, after }
    }
}

/// The address at which a quote is shown in its document.
pub(super) fn quote(document: &str, clause: &str, start: usize, end: usize) -> String {
    format!("/documents/{document}?quote={start}-{end}#{clause}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded_and_pages_have_neighbours() {
        assert_eq!(link("/", &[("q", "a&b=c 津"), ("region", "")]), "/?q=a%26b%3Dc%20%E6%B4%A5");
        let pages = Pages::of("/documents", &[("kind", "法律")], 2, 41, 20);
        assert_eq!((pages.last, pages.before.is_some(), pages.after.is_some()), (3, true, true));
        assert_eq!(Pages::of("/documents", &[], 9, 0, 20).before.as_deref(), Some("/documents?page=1"));
    }
}
