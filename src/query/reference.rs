//! References in a question: document numbers, titles, clause labels, quoted words.

use crate::policy::{DocumentNumber, NumberMention};
use std::ops::Range;

use super::Background;

/// What a question points at, and the ranges that say so.
#[derive(Debug, Clone, Default)]
pub(super) struct Reference {
    pub(super) numbers: Vec<NumberMention>,
    pub(super) titles: Vec<String>,
    pub(super) clause: Option<String>,
    pub(super) quotations: Vec<String>,
    pub(super) covered: Vec<Range<usize>>,
}

/// Titles that one name may mean at most.
const MOST_MEANT: usize = 5;

pattern!(TITLE, r"《([^《》]{2,200})》");
pattern!(QUOTED, r#"[“"「『]([^“”"「」『』]{2,60})[”"」』]"#);
// 第十二条之一第二款第（三）项; 第三章; 三（二）; （八）; 第（八）项; 附件2.
pattern!(
    CLAUSE,
    concat!(
        r"第\s*[0-9〇零一二三四五六七八九十百千]{1,8}\s*条(?:之[一二三四五六七八九十]{1,3})?",
        r"(?:第?\s*[0-9一二三四五六七八九十]{1,4}\s*款)?(?:第?\s*[（(]?[0-9一二三四五六七八九十]{1,4}[）)]?\s*项)?",
        r"|第\s*[0-9一二三四五六七八九十百]{1,4}\s*[章节]|[一二三四五六七八九十]{1,3}、?\s*[（(][一二三四五六七八九十]{1,4}[）)]",
        r"|第?[（(][一二三四五六七八九十]{1,4}[）)](?:项|条|点)?|附件\s*[0-9一二三四五六七八九十]{1,2}",
    )
);

/// Finds the references of a folded question. A title that the library has is told by its name there.
pub(super) fn find(question: &str, background: &Background<'_>) -> Reference {
    let mut found = Reference { numbers: DocumentNumber::mentions(question), ..Reference::default() };
    found.covered.extend(found.numbers.iter().map(|mention| mention.range.clone()));
    for captures in TITLE.captures_iter(question) {
        if let (Some(whole), Some(title)) = (captures.get(0), captures.get(1)) {
            match background.vocabulary.titles.named(title.as_str()).as_slice() {
                [] => found.titles.push(title.as_str().to_owned()),
                known => found.titles.extend(known.iter().take(MOST_MEANT).map(|&title| title.to_owned())),
            }
            found.covered.push(whole.range());
        }
    }
    found.quotations = QUOTED
        .captures_iter(question)
        .filter_map(|captures| captures.get(1).map(|quoted| quoted.as_str().to_owned()))
        .collect();
    if let Some(clause) = CLAUSE.find(question) {
        found.clause = Some(clause.as_str().split_whitespace().collect());
        found.covered.push(clause.range());
    }
    found
}
