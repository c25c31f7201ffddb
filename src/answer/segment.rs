//! Segments of sentences (分句): what stands between commas. A quote begins and ends at their borders only.

use std::ops::Range;

use crate::policy::{ClauseKind, PolicyDocument};

use super::sentence::sentences;

/// A segment with its place among the sentences of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// Node of the outline.
    pub(super) node: usize,
    /// Byte range in the canonical text, trimmed.
    pub(super) range: Range<usize>,
    /// Number of its sentence in the passage.
    pub(super) sentence: usize,
    /// Whether its sentence begins with it.
    pub(super) first: bool,
    /// Whether its sentence ends with it.
    pub(super) last: bool,
    /// Whether a paragraph, an item or a line begins with it.
    pub(super) opens: bool,
}

/// Characters a sentence is divided after.
const COMMAS: &[char] = &['，', '：', ',', ':'];
const OPENERS: &[char] = &['（', '(', '“', '《', '〔', '['];
const CLOSERS: &[char] = &['）', ')', '”', '》', '〕', ']'];
/// A gap between runs of at least so many characters separates paragraphs that lost their line breaks; a shorter run is
/// a word set wide (姓  名).
const RUN_BEFORE_GAP: usize = 5;

/// The segments of a range of a document, in order.
pub(super) fn segments(document: &PolicyDocument, range: &Range<usize>) -> Vec<Segment> {
    let text = document.text();
    let mut found: Vec<Segment> = Vec::new();
    let mut number = 0;
    for sentence in sentences(document, range) {
        let row = document.outline().nodes().get(sentence.node).is_some_and(|node| node.kind == ClauseKind::Row);
        let lines = if row { vec![sentence.range.clone()] } else { lines(text, sentence.range.clone()) };
        for (at, line) in lines.iter().enumerate() {
            let opens = at > 0
                || found.last().is_none_or(|before| {
                    before.node != sentence.node
                        || text.get(before.range.end..line.start).is_some_and(|gap| !gap.is_empty())
                });
            let parts = if row { vec![line.clone()] } else { parts(text, line.clone()) };
            let count = parts.len();
            found.extend(parts.into_iter().enumerate().map(|(part, range)| Segment {
                node: sentence.node,
                range,
                sentence: number,
                first: part == 0,
                last: part + 1 == count,
                opens: opens && part == 0,
            }));
            number += 1;
        }
    }
    found
}

/// The lines of a sentence: it may run over a gap where a line break was lost after a heading.
fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let Some(sentence) = text.get(range.clone()) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (gap, c) in sentence.char_indices() {
        match c {
            _ if OPENERS.contains(&c) => depth += 1,
            _ if CLOSERS.contains(&c) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 || !c.is_whitespace() {
            continue;
        }
        // A wide gap is one gap: its other spaces come before the line it ends at.
        let Some(before) = sentence.get(start..gap).map(str::trim_end) else { continue };
        let after = sentence[gap + c.len_utf8()..].trim_start();
        let run = |part: &mut dyn Iterator<Item = char>| {
            part.take(RUN_BEFORE_GAP).take_while(|c| !c.is_ascii() && !c.is_whitespace()).count() == RUN_BEFORE_GAP
        };
        if run(&mut before.chars().rev()) && run(&mut after.chars()) {
            lines.push(range.start + start..range.start + start + before.len());
            start = sentence.len() - after.len();
        }
    }
    lines.push(range.start + start..range.end);
    lines
}

/// Divides a line after its commas and colons, never inside brackets, quotation marks, numbers or addresses.
fn parts(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let Some(line) = text.get(range.clone()) else { return Vec::new() };
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    let mut push = |part: Range<usize>| {
        let trimmed = line[part.clone()].trim();
        let lead = line[part.clone()].len() - line[part.clone()].trim_start().len();
        if trimmed.chars().any(char::is_alphanumeric) {
            let from = range.start + part.start + lead;
            parts.push(from..from + trimmed.len());
        }
    };
    for (at, c) in line.char_indices() {
        match c {
            _ if OPENERS.contains(&c) => depth += 1,
            _ if CLOSERS.contains(&c) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let end = at + c.len_utf8();
        let latin = c.is_ascii() && line[end..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '/');
        if depth == 0 && COMMAS.contains(&c) && !latin {
            push(start..end);
            start = end;
        }
    }
    push(start..line.len());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        lines(text, 0..text.len()).into_iter().flat_map(|line| parts(text, line)).map(|range| &text[range]).collect()
    }

    #[test]
    fn segments_end_at_commas_but_not_inside_numbers_or_brackets() {
        assert_eq!(
            cut("对小微企业（含个体户，下同），补助1,000元：按月发，见http://a.cn/b"),
            ["对小微企业（含个体户，下同），", "补助1,000元：", "按月发，", "见http://a.cn/b"]
        );
    }

    #[test]
    fn a_gap_separates_lines_only_between_long_runs() {
        assert_eq!(cut("一、加大补贴力度  对企业给予补贴"), ["一、加大补贴力度", "对企业给予补贴"]);
        assert_eq!(cut("负责人签 字，姓  名填全"), ["负责人签 字，", "姓  名填全"]);
    }
}
