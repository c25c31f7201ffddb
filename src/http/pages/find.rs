//! Words looked for in one document (文中查找): where they stand, clause by clause. Works without scripts.

use std::ops::Range;

use super::prose::{Prose, Run};
use crate::analysis::parse_number;
use crate::policy::{ClauseKind, PolicyDocument};

/// Places marked; a word that stands more often does not tell anything apart.
const MOST_MARKS: usize = 2000;
/// Clauses listed.
const MOST_CLAUSES: usize = 60;
/// Characters shown before and after the first place in a clause.
const AROUND_CHARS: usize = 24;

/// A clause in which the words stand.
#[derive(Debug)]
pub(super) struct FoundClause {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) runs: Vec<Run>,
    pub(super) count: usize,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) words: String,
    pub(super) marks: Vec<Range<usize>>,
    pub(super) clauses: Vec<FoundClause>,
    /// Clauses beyond those listed.
    pub(super) more: usize,
    /// The article asked for by its number.
    pub(super) article: Option<(String, String)>,
}

/// Looks for words, and for an article when they are its number (第十二条, 第12条, 12).
pub(super) fn find(document: &PolicyDocument, words: &str) -> Found {
    let words = words.trim();
    let mut found = Found { words: words.to_owned(), article: article(document, words), ..Found::default() };
    if words.is_empty() {
        return found;
    }
    let text = document.text();
    let marks = text.match_indices(words).map(|(at, word)| at..at + word.len());
    found.marks = marks.take(MOST_MARKS).collect();
    let nodes = document.outline().nodes();
    let mut last = None;
    for mark in &found.marks {
        let Some(at) = document.outline().deepest_at(mark.start) else { continue };
        if last == Some(at) {
            if let Some(clause) = found.clauses.last_mut().filter(|_| found.more == 0) {
                clause.count += 1;
            }
            continue;
        }
        last = Some(at);
        if found.clauses.len() == MOST_CLAUSES {
            found.more += 1;
            continue;
        }
        let node = &nodes[at];
        let label = if node.label.is_empty() { "正文" } else { node.label.as_str() };
        let around = around(text, mark, node.start..node.end);
        let runs = Prose::marking(text, [mark.clone()]).runs(around);
        found.clauses.push(FoundClause { id: node.id.to_string(), label: label.to_owned(), runs, count: 1 });
    }
    found
}

/// Some characters around a place, within its clause and its line.
fn around(text: &str, mark: &Range<usize>, clause: Range<usize>) -> Range<usize> {
    let before = text.get(clause.start..mark.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let start = before[line..].char_indices().rev().nth(AROUND_CHARS - 1).map_or(line, |(at, _)| line + at);
    let after = text.get(mark.end..clause.end.max(mark.end)).unwrap_or_default();
    let after = after.lines().next().unwrap_or_default();
    let end = after.char_indices().nth(AROUND_CHARS).map_or(after.len(), |(at, _)| at);
    clause.start + start..mark.end + end
}

/// Anchor and label of the article with this number.
fn article(document: &PolicyDocument, words: &str) -> Option<(String, String)> {
    let bare = words.strip_prefix('第').unwrap_or(words);
    let bare = bare.strip_suffix('条').unwrap_or(bare);
    let wanted = parse_number(bare).filter(|number| *number >= 1.0 && number.fract() == 0.0)?;
    let articles = document.outline().nodes().iter().filter(|node| node.kind == ClauseKind::Article);
    let number = |label: &str| parse_number(label.strip_prefix('第')?.strip_suffix('条')?);
    articles
        .into_iter()
        .find(|node| number(&node.label) == Some(wanted))
        .map(|node| (node.id.to_string(), node.label.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline;
    use crate::policy::{DocumentId, DocumentKind, Metadata};

    #[test]
    fn words_are_found_by_clause_and_articles_by_number() {
        let text = "某办法\n\n第一条　补贴由县民政局发放。\n\n第二条　补贴每月100元，补贴按月发放。\n";
        let meta = Metadata::new(DocumentId::parse("a").unwrap(), "某办法", DocumentKind::Normative);
        let document = PolicyDocument::new(meta, text.into(), outline::outline(text)).unwrap();
        let found = find(&document, "补贴");
        assert_eq!((found.marks.len(), found.clauses.len(), found.clauses[1].count), (3, 2, 2));
        assert!(found.clauses[1].runs.iter().any(|run| run.marked && run.text == "补贴"));
        for words in ["第二条", "第2条", "2"] {
            assert_eq!(find(&document, words).article.unwrap().1, "第二条", "{words}");
        }
        assert!(find(&document, "没有的词").clauses.is_empty() && find(&document, " ").marks.is_empty());
    }
}
