//! Stub, thrown away at merging.
#![allow(missing_docs, clippy::allow_attributes_without_reason)]
use crate::policy::{ClauseId, ClauseKind, ClauseNode, Disclosure, DocumentNumber, Noise, Outline};
use std::ops::Range;
pub struct Reflowed {
    pub text: String,
    pub noise: Vec<Noise>,
}
pub fn reflow(raw: &str) -> Reflowed {
    let text = raw.replace("\r\n", "\n").trim().to_owned();
    Reflowed { text, noise: Vec::new() }
}
pub fn unaccounted(raw: &str, reflowed: &Reflowed) -> usize {
    let n = |t: &str| t.chars().filter(|c| !c.is_whitespace()).count();
    n(raw).abs_diff(n(&reflowed.text))
}
#[derive(Default)]
pub struct Letterhead {
    pub title: Option<Range<usize>>,
    pub title_text: String,
    pub number: Option<(Range<usize>, DocumentNumber)>,
    pub issuers: Vec<String>,
    pub addressee: Option<Range<usize>>,
    pub written: Option<(Range<usize>, jiff::civil::Date)>,
    pub disclosure: Option<(Range<usize>, Disclosure)>,
    pub fields: Vec<(Range<usize>, &'static str)>,
}
pub fn letterhead(text: &str) -> Letterhead {
    let line = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("").trim();
    Letterhead { title_text: line.to_owned(), ..Letterhead::default() }
}
pub fn outline(text: &str) -> Outline {
    let mut nodes = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = start + line.trim().len();
        at += line.len();
        if end > start {
            let n = nodes.len() + 1;
            nodes.push(ClauseNode {
                id: ClauseId(format!("p_{n}")),
                kind: ClauseKind::Paragraph,
                parent: None,
                label: String::new(),
                start,
                end,
                own_end: end,
                heading: start..start,
                responsibilities: vec![],
            });
        }
    }
    Outline::new(nodes)
}
