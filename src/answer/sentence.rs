//! Sentences of a passage (句): the units among which evidence is chosen.

use std::ops::Range;

use crate::policy::{ClauseKind, PolicyDocument};

/// A sentence, list item or table row, with the node it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Node of the outline.
    pub(super) node: usize,
    /// Byte range in the canonical text, trimmed.
    pub(super) range: Range<usize>,
}

/// Characters that end a sentence.
const ENDS: &[char] = &['。', '！', '？', '；', ';', '!', '?', '\n'];
/// Characters that close after an end: they belong to the sentence.
const CLOSERS: &[char] = &['”', '’', '）', ')', '》', '』', '」', '"'];
/// A bracket that opens directly after an end belongs to the sentence before it: 。（责任单位：县民政局）
const TRAILING_OPENERS: &[char] = &['（', '('];

/// The sentences of a range of a document, in order.
pub(super) fn sentences(document: &PolicyDocument, range: &Range<usize>) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (index, node) in document.outline().nodes().iter().enumerate() {
        let own = node.start.max(range.start)..node.own_end.min(range.end);
        if own.start >= own.end || node.kind == ClauseKind::Title {
            continue;
        }
        let Some(text) = document.text().get(own.clone()) else { continue };
        if node.kind == ClauseKind::Row {
            push(&mut found, index, own.start, text);
            continue;
        }
        for piece in split(text) {
            push(&mut found, index, own.start + piece.start, &text[piece]);
        }
    }
    found
}

fn push(found: &mut Vec<Sentence>, node: usize, start: usize, text: &str) {
    let lead = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        found.push(Sentence { node, range: start + lead..start + lead + trimmed.len() });
    }
}

/// Splits a text after its sentence ends; ends inside brackets or quotation marks do not count.
fn split(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '（' | '(' | '“' | '《' => depth += 1,
            '）' | ')' | '”' | '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !ENDS.contains(&c) || (depth > 0 && c != '\n') {
            continue;
        }
        depth = 0;
        let mut end = at + c.len_utf8();
        while let Some((next, closer)) = chars.next_if(|(_, next)| CLOSERS.contains(next)) {
            end = next + closer.len_utf8();
        }
        end += trailing_bracket(&text[end..]);
        while chars.next_if(|(next, _)| *next < end).is_some() {}
        pieces.push(start..end);
        start = end;
    }
    if start < text.len() {
        pieces.push(start..text.len());
    }
    pieces
}

/// Bytes of a bracketed remark that directly follows a sentence, 0 when there is none.
fn trailing_bracket(rest: &str) -> usize {
    if !rest.starts_with(TRAILING_OPENERS) {
        return 0;
    }
    rest.char_indices()
        .find(|(_, c)| matches!(c, '）' | ')' | '\n'))
        .filter(|(_, c)| *c != '\n')
        .map_or(0, |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_their_brackets() {
        let text = "推动工作（责任单位：县政府办；时限：年底）。加强公开。（责任单位：县司法局）规范“答复。”程序；最后";
        let pieces: Vec<&str> = split(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(
            pieces,
            [
                "推动工作（责任单位：县政府办；时限：年底）。",
                "加强公开。（责任单位：县司法局）",
                "规范“答复。”程序；",
                "最后"
            ]
        );
    }
}
