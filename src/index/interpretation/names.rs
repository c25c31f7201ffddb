//! Names (指称): the works that an interpretation names, and how.

use std::sync::LazyLock;

use regex::Regex;

use super::titles::bare;
use crate::policy::{DocumentNumber, Metadata, NamedWork, RelationKind};

/// How an interpretation names a work, the surer ways first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// The metadata state it, or a person does.
    Stated,
    /// Its title names it.
    Titled,
    /// Its opening announces it: 印发了《…》, 《…》（以下简称《办法》）.
    Announced,
    /// Its text mentions it.
    Mentioned,
}

/// A work that an interpretation names.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) how: How,
    /// As it stands there.
    pub(super) words: String,
    /// Folded.
    pub(super) key: String,
    /// Whether only the beginning stands there.
    pub(super) cut: bool,
    /// Whether it stands in 《》.
    pub(super) quoted: bool,
    pub(super) number: Option<DocumentNumber>,
}

/// Bytes in which an opening announces what is interpreted: some four hundred Han.
const OPENING_BYTES: usize = 1200;
/// Most works taken from a text: one that names more is a list.
const MOST_NAMES: usize = 40;
/// Han before a name that tell what is done to it.
const BEFORE_CHARS: usize = 12;

/// Compiles a constant pattern.
macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| {
            #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
            Regex::new($pattern).unwrap()
        });
    };
}

pattern!(
    QUOTED,
    r"《([^《》]{3,160}(?:《[^《》]{2,120}》[^《》]{0,80})*)》\s*(?:[（(【〔\[]([^（）()《》]{4,40})[）)])?(\s*[（(]以下|\s*[（(]简称)?"
);
pattern!(
    ANNOUNCES,
    r"(?:印发|公布|出台|发布|颁布|制定|修订|转发|下发|颁发|通过|审议|公开|就|解读)(?:修订后)?(?:的|了|实施|并印发)?[^，。；《》]{0,8}$"
);
pattern!(RESTS_ON, r"(?:根据|依据|按照|依照|贯彻|落实|结合|遵照|对照|符合|执行|为落实|与)[^，。；《》]{0,10}$");
pattern!(JOINED, r"》(?:[（(][^（）()]{0,40}[）)])?(?:和|、|及|以及|与|，)?$");

/// Every work that an interpretation names.
pub(super) fn names(meta: &Metadata, text: &str) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for relation in meta.relations.iter().filter(|relation| relation.kind == RelationKind::Interprets) {
        // What the import read off the title is read again below, with its place.
        let of_title = relation.basis.as_deref() == Some(meta.title.as_str());
        if !of_title {
            let words = relation.target.title.clone().unwrap_or_default();
            found.push(Name::new(How::Stated, &words, relation.target.number.clone()));
        }
    }
    let titled = NamedWork::of_title(&meta.title);
    found.extend(titled.into_iter().map(|work| Name {
        cut: work.cut,
        quoted: work.quoted,
        ..Name::new(How::Titled, &work.name, None)
    }));
    found.extend(of_text(text));
    found
}

impl Name {
    fn new(how: How, words: &str, number: Option<DocumentNumber>) -> Self {
        let words: String = words.split_whitespace().collect();
        Self { how, key: bare(&words), words, cut: false, quoted: true, number }
    }
}

fn of_text(text: &str) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    let mut rests = false;
    for captures in QUOTED.captures_iter(text) {
        let (Some(whole), Some(name)) = (captures.get(0), captures.get(1)) else { continue };
        let before = tail(&text[..whole.start()]);
        // 根据《甲》《乙》: what holds of the first holds of those joined to it.
        rests = RESTS_ON.is_match(before) || (rests && JOINED.is_match(before));
        let shortened = captures.get(3).is_some();
        let announced = !rests && whole.start() < OPENING_BYTES && (shortened || ANNOUNCES.is_match(before));
        let how = if announced { How::Announced } else { How::Mentioned };
        let number = captures.get(2).and_then(|number| DocumentNumber::parse(number.as_str()));
        let one = Name::new(how, name.as_str(), number);
        let full = found.len() >= MOST_NAMES;
        match found.iter_mut().find(|other| other.key == one.key) {
            Some(known) => {
                known.how = known.how.min(one.how);
                known.number = known.number.take().or(one.number);
            }
            None if full => {}
            None => found.push(one),
        }
    }
    found
}

fn tail(text: &str) -> &str {
    let from = text.char_indices().rev().nth(BEFORE_CHARS + 8).map_or(0, |(at, _)| at);
    &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{DocumentId, DocumentKind};

    #[test]
    fn what_is_announced_is_told_from_what_it_rests_on() {
        let text = "根据《甲条例》《乙办法》，近日，县政府印发了《丙高龄津贴办法》（青政规〔2023〕4号），现解读如下。\
                    申请人还可以依照《丁规定》办理。";
        let meta = Metadata::new(DocumentId::parse("a").unwrap(), "让老人放心", DocumentKind::Interpretation);
        let found = names(&meta, text);
        let how = |words: &str| found.iter().find(|name| name.words == words).map(|name| name.how);
        assert_eq!(how("甲条例"), Some(How::Mentioned));
        assert_eq!(how("乙办法"), Some(How::Mentioned));
        assert_eq!(how("丙高龄津贴办法"), Some(How::Announced));
        assert_eq!(how("丁规定"), Some(How::Mentioned));
        let number = found.iter().find_map(|name| name.number.clone()).unwrap();
        assert_eq!(number.to_string(), "青政规〔2023〕4号");
    }
}
