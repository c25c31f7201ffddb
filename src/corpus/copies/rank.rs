//! Rank (主本次序): which copy of a work leads.

use std::cmp::Reverse;

use super::super::register::{Digest, digest};
use crate::policy::{Level, Metadata};

/// Where a copy comes from, the more authoritative the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::corpus) enum Standing {
    /// Any place.
    Elsewhere,
    /// A site of some government.
    Government,
    /// A site of the issuer's own level.
    Issuer,
    /// The official gazette.
    Gazette,
}

/// The rank of a copy: gazette, issuer's own site, other government sites, others; then read rather than recognised;
/// then the longer text; then the digest, so that the order of imports never decides.
pub(in crate::corpus) fn rank(meta: &Metadata, text: &str) -> (Standing, bool, usize, Reverse<Digest>) {
    let characters = text.chars().filter(|c| c.is_alphanumeric()).count();
    (standing(meta), !meta.recognised, characters, Reverse(digest(text)))
}

/// Where a document comes from: what its first file and page say. Of a document with several sources only the sources
/// up to its own file are its own.
fn standing(meta: &Metadata) -> Standing {
    let file = meta.sources.iter().position(|source| !source.sha256.is_empty());
    let own = &meta.sources[..file.map_or(meta.sources.len(), |at| at + 1)];
    let of = |location: &str| {
        let Some(host) = host(location) else { return Standing::Elsewhere };
        match government_labels(&host) {
            None => Standing::Elsewhere,
            Some(labels) if is_own(labels, &host, meta.level) => Standing::Issuer,
            Some(_) => Standing::Government,
        }
    };
    let in_gazette = own.iter().any(|source| source.gazette.is_some() || source.location.contains("公报"));
    let best = own.iter().map(|source| of(&source.location)).max().unwrap_or(Standing::Elsewhere);
    if in_gazette { Standing::Gazette } else { best }
}

fn host(location: &str) -> Option<String> {
    let rest = location.strip_prefix("https://").or_else(|| location.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.trim_end_matches('.').to_ascii_lowercase())
}

/// Labels of a host before gov.cn, without www.
fn government_labels(host: &str) -> Option<usize> {
    let before = if host == "gov.cn" { "" } else { host.strip_suffix(".gov.cn")? };
    Some(before.split('.').filter(|label| !label.is_empty() && *label != "www").count())
}

/// Whether a government host is one of the issuer's level: the State Council is www.gov.cn, its departments are
/// one.gov.cn; places have one.gov.cn and their departments two.one.gov.cn.
fn is_own(labels: usize, host: &str, level: Option<Level>) -> bool {
    match level {
        Some(Level::National) => labels == 0 || (labels == 1 && host.starts_with("www.")),
        Some(_) => labels >= 1,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{DocumentId, DocumentKind, GazetteIssue, Source};

    #[test]
    fn the_gazette_leads_then_the_issuer() {
        let of = |location: &str, level: Level| {
            let mut meta = Metadata::new(DocumentId::parse("a").unwrap(), "甲", DocumentKind::Normative);
            meta.level = Some(level);
            meta.sources = vec![Source::named(location)];
            meta
        };
        let standing_of = |location: &str, level| standing(&of(location, level));
        assert_eq!(standing_of("https://www.gov.cn/zhengce/1.htm", Level::National), Standing::Issuer);
        assert_eq!(standing_of("https://www.mof.gov.cn/1.htm", Level::National), Standing::Issuer);
        assert_eq!(standing_of("https://kjt.example.gov.cn/1.htm", Level::National), Standing::Government);
        assert_eq!(standing_of("https://kjt.example.gov.cn/1.htm", Level::Provincial), Standing::Issuer);
        assert_eq!(standing_of("https://news.example.com/1.htm", Level::Provincial), Standing::Elsewhere);
        let mut gazette = of("a.pdf", Level::County);
        gazette.sources[0].gazette = Some(GazetteIssue { name: "甲县公报".into(), year: 2023, number: 1 });
        assert!(rank(&gazette, "短") > rank(&of("https://a.b.gov.cn/1", Level::County), "长得多的正文"));
    }
}
