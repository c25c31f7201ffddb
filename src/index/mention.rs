//! Mentions (点名): how an interpretation names a clause of the policy.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::passage::Passage;
use crate::analysis::{normalise, parse_number};
use crate::policy::{ClauseKind, ClauseNode};

/// 第十二条, 第12条, 第三部分; 二（四）.
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
    Regex::new("第([0-9０-９一二三四五六七八九十百千零〇两]{1,9})(条|部分)|[一二三四五六七八九十]{1,3}[（(][一二三四五六七八九十]{1,3}[）)]")
        .unwrap()
});

/// How an interpretation names a clause.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Named {
    /// 第十二条; in a document without articles also the heading 十二、.
    Article(u64),
    /// 第三部分: the heading 三、.
    Part(u64),
    /// 二（四）, folded.
    Label(String),
}

/// The clauses that can be named, with the passages they lie in.
pub(super) fn named_clauses(nodes: &[ClauseNode], passages: &[Passage]) -> HashMap<Named, Vec<usize>> {
    let has_articles = nodes.iter().any(|node| node.kind == ClauseKind::Article);
    let mut named: HashMap<Named, Vec<usize>> = HashMap::new();
    for node in nodes {
        let number = || number(node.label.as_str());
        let keys = match node.kind {
            ClauseKind::Article => names(&node.label).next().map(|(named, _)| named).into_iter().collect(),
            ClauseKind::Heading => match number() {
                Some(number) if has_articles => vec![Named::Part(number)],
                Some(number) => vec![Named::Part(number), Named::Article(number)],
                None => vec![Named::Label(normalise(&node.label).text)],
            },
            _ => Vec::new(),
        };
        let meets = |passage: &Passage| (passage.start as usize) < node.end && node.start < passage.end as usize;
        let held: Vec<usize> = (0..passages.len()).filter(|&index| meets(&passages[index])).collect();
        for key in keys {
            // Annexes begin again with 第一条: the first one is meant.
            named.entry(key).or_insert_with(|| held.clone());
        }
    }
    named
}

/// The clauses a text names, with the places of the names.
pub(super) fn names(text: &str) -> impl Iterator<Item = (Named, Range<usize>)> + '_ {
    MENTION.captures_iter(text).filter_map(|captures| {
        let whole = captures.get(0)?;
        let named = match (captures.get(1), captures.get(2)) {
            (Some(digits), Some(unit)) if unit.as_str() == "条" => Named::Article(number(digits.as_str())?),
            (Some(digits), _) => Named::Part(number(digits.as_str())?),
            _ => Named::Label(normalise(whole.as_str()).text),
        };
        Some((named, whole.range()))
    })
}

fn number(digits: &str) -> Option<u64> {
    let value = parse_number(digits).filter(|value| (1.0..1e6).contains(value))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie in 1..1e6")]
    Some(value as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_a_clause() {
        let found: Vec<Named> =
            names("二（四）规定，见第三部分、第十二条和第12条；四(一)").map(|(named, _)| named).collect();
        let label = |text: &str| Named::Label(text.to_owned());
        let twelve = Named::Article(12);
        assert!(found == [label("二(四)"), Named::Part(3), Named::Article(12), twelve, label("四(一)")]);
    }
}
