//! Sentences (句): the clauses of a document cut where a statement ends.

use std::ops::Range;

use crate::policy::{ClauseKind, PolicyDocument};

/// One sentence of a clause's own text; all ranges count in the canonical text of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence<'d> {
    pub(super) text: &'d str,
    pub(super) start: usize,
    /// The clause, as an index of the outline.
    pub(super) node: usize,
    /// Whether it is the heading of its clause.
    pub(super) heading: bool,
    /// Whether it is a row of a table.
    pub(super) row: bool,
}

impl Sentence<'_> {
    /// The range of a part of it in the document.
    pub(super) fn at(&self, part: &Range<usize>) -> Range<usize> {
        self.start + part.start..self.start + part.end
    }
}

/// The sentences of all clauses that say something, in order; a row of a table is one.
pub(super) fn sentences(document: &PolicyDocument) -> Vec<Sentence<'_>> {
    let mut found = Vec::new();
    for (node, clause) in document.clauses().enumerate() {
        let kind = clause.node().kind;
        if matches!(kind, ClauseKind::Title | ClauseKind::Contents | ClauseKind::Table) {
            continue;
        }
        if kind == ClauseKind::Row {
            let (text, start) = (clause.own_text(), clause.node().start);
            found.push(Sentence { text, start, node, heading: false, row: true });
            continue;
        }
        let heading = clause.node().heading.clone();
        cut(clause.own_text(), clause.node().start, |text, start| {
            let heading = start < heading.end && start + text.len() <= heading.end + '。'.len_utf8();
            found.push(Sentence { text, start, node, heading, row: false });
        });
    }
    found
}

/// Cuts a text at the marks that end a statement; brackets and quotation marks hold it together.
fn cut<'d>(text: &'d str, offset: usize, mut take: impl FnMut(&'d str, usize)) {
    let front = text.len() - text.trim_start().len();
    let (mut begin, mut depth) = (front + numbering(&text[front..]), 0_u32);
    let start = begin;
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < start) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '\n' => depth = 0,
            _ => {}
        }
        let ends = c == '\n' || (depth == 0 && matches!(c, '。' | '；' | ';' | '！' | '？' | '!' | '?'));
        if ends {
            let end = at + c.len_utf8();
            push(&text[begin..end], offset + begin, &mut take);
            begin = end;
        }
    }
    push(&text[begin..], offset + begin, &mut take);
}

fn push<'d>(text: &'d str, start: usize, take: &mut impl FnMut(&'d str, usize)) {
    let body = text.trim_start();
    let start = start + text.len() - body.len();
    let body = body.trim_end();
    if !body.is_empty() {
        take(body, start);
    }
}

pattern!(
    NUMBERING,
    r"^(?:第[一二三四五六七八九十百零〇0-9]+[条章节编]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[.．、]|[①-⑳])\s*"
);

/// Bytes of the number in front of an item.
fn numbering(text: &str) -> usize {
    NUMBERING.find(text).map_or(0, |found| found.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_ends_at_its_mark_and_loses_its_number() {
        let mut found = Vec::new();
        cut(
            "第六条　企业（含甲；乙）可申报。对甲奖励1万元；对乙奖励2万元\n（一）材料",
            100,
            |text, at| {
                found.push((text, at));
            },
        );
        let texts: Vec<&str> = found.iter().map(|(text, _)| *text).collect();
        assert_eq!(texts, ["企业（含甲；乙）可申报。", "对甲奖励1万元；", "对乙奖励2万元", "材料"]);
        assert_eq!(found[0].1, 100 + "第六条　".len());
    }
}
