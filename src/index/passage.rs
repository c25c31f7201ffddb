//! The passage (段落): the unit that is found; an article or another stretch of about its size.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::policy::{ClauseKind, ClauseNode, PolicyDocument};

/// Characters up to which a subtree stays in one piece: an article of an ordinary measure, a short （一）-section. Smaller
/// pieces rank better (`ncp` recall@1 0.76 at 700, 0.78 at 350) and evidence is chosen by sentence anyway.
pub const PASSAGE_CHARS: usize = 350;
/// Unnumbered paragraphs are gathered up to this length: one of them alone lacks the words of its neighbours.
const GATHERED_CHARS: usize = 350;
/// An article, or a paragraph without structure, is split only above this many times [`PASSAGE_CHARS`].
const SPLIT_FACTOR: usize = 3;
/// Bits of a key that count passages.
const PASSAGE_BITS: u32 = 24;

/// A passage of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// Index in the outline of the smallest node that holds it all; [`Self::NO_NODE`] when the outline is empty.
    pub node: u32,
    /// Where it begins in the canonical text, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

impl Passage {
    /// The node of a passage of a document without outline.
    pub const NO_NODE: u32 = u32::MAX;

    /// Its bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The name of a passage within one generation: document serial and number of the passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PassageKey(pub u64);

impl PassageKey {
    /// Most passages a document can have.
    pub(crate) const MOST: usize = 1 << PASSAGE_BITS;

    /// The key of passage `number` of document `serial`.
    #[must_use]
    pub fn new(serial: u32, number: u32) -> Self {
        Self(u64::from(serial) << PASSAGE_BITS | u64::from(number) & (Self::MOST as u64 - 1))
    }

    /// The document.
    #[must_use]
    pub fn serial(self) -> u32 {
        u32::try_from(self.0 >> PASSAGE_BITS).unwrap_or(u32::MAX)
    }

    /// The number of the passage in the document, from 0.
    #[must_use]
    pub fn number(self) -> usize {
        (self.0 & (Self::MOST as u64 - 1)) as usize
    }
}

/// Where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassageRef {
    /// The document.
    pub serial: u32,
    /// Index in the outline of the smallest node that holds it all.
    pub node: u32,
    /// Where it begins in the canonical text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Cuts a document into passages. Title and table of contents are none; letterhead is.
#[must_use]
pub fn passages(document: &PolicyDocument) -> Vec<Passage> {
    cut(document.outline().nodes(), document.text())
}

pub(crate) fn cut(nodes: &[ClauseNode], text: &str) -> Vec<Passage> {
    let mut cutter = Cutter { text, nodes, ends: subtree_ends(nodes), found: Vec::new() };
    if !cutter.keep_whole() {
        cutter.visit_siblings(0, nodes.len());
    }
    if cutter.found.is_empty() {
        // Only a title, or nothing at all: the document can still be found by it.
        let node = if nodes.is_empty() { Passage::NO_NODE } else { 0 };
        cutter.found.push(Passage { node, start: 0, end: to_u32(text.len()) });
    }
    cutter.found
}

/// For each node the index after its last descendant.
pub(crate) fn subtree_ends(nodes: &[ClauseNode]) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..=nodes.len()).collect();
    for index in (0..nodes.len()).rev() {
        if let Some(parent) = nodes[index].parent.map(|parent| parent as usize).filter(|&parent| parent < index) {
            ends[parent] = ends[parent].max(ends[index]);
        }
    }
    ends
}

struct Cutter<'d> {
    text: &'d str,
    nodes: &'d [ClauseNode],
    ends: Vec<usize>,
    found: Vec<Passage>,
}

impl Cutter<'_> {
    /// A short document without articles is one matter: its items and paragraphs are not cut apart. One without any
    /// numbering is kept whole like a long article.
    fn keep_whole(&mut self) -> bool {
        let Some(first) = self.nodes.iter().position(|node| node.kind != ClauseKind::Title) else { return false };
        let range = self.nodes[first].start..self.text.len();
        let divided = |node: &ClauseNode| {
            use ClauseKind::{Annex, Article, Chapter, Part, Section};
            matches!(node.kind, Part | Chapter | Section | Article | Annex)
        };
        let numbered = self.nodes.iter().any(|node| node.kind == ClauseKind::Heading);
        let limit = if numbered { PASSAGE_CHARS } else { SPLIT_FACTOR * PASSAGE_CHARS };
        let whole = !self.nodes.iter().any(divided) && self.chars(range.clone()) <= limit;
        if whole {
            self.push(first, range);
        }
        whole
    }

    /// Visits nodes of one parent; short paragraphs that follow one another go together.
    fn visit_siblings(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let gathered = self.paragraphs(at, to);
            if gathered > at + 1 {
                self.push(at, self.nodes[at].start..self.nodes[gathered - 1].end);
                at = gathered;
            } else {
                self.visit(at);
                at = self.ends[at];
            }
        }
    }

    /// The index after the run of short unnumbered paragraphs that begins here.
    fn paragraphs(&self, from: usize, to: usize) -> usize {
        let mut at = from;
        while at < to
            && self.nodes[at].kind == ClauseKind::Paragraph
            && self.ends[at] == at + 1
            && self.chars(self.nodes[from].start..self.nodes[at].end) <= GATHERED_CHARS
        {
            at += 1;
        }
        at
    }

    fn visit(&mut self, at: usize) {
        let node = &self.nodes[at];
        let leaf = self.ends[at] == at + 1;
        if matches!(node.kind, ClauseKind::Title | ClauseKind::Contents) && leaf {
            return;
        }
        // Articles are the unit people cite: a chapter of three short ones is three passages, not one.
        let holds_articles = self.nodes[at + 1..self.ends[at]].iter().any(|node| node.kind == ClauseKind::Article);
        let stays_whole = leaf || node.kind == ClauseKind::Article;
        let limit = if stays_whole { SPLIT_FACTOR * PASSAGE_CHARS } else { PASSAGE_CHARS };
        if !holds_articles && self.chars(node.start..node.end) <= limit {
            self.push(at, node.start..node.end);
            return;
        }
        if !self.is_only_heading(at) {
            self.split(at, node.start..node.own_end);
        }
        if node.kind == ClauseKind::Table {
            self.rows(at);
            return;
        }
        self.visit_siblings(at + 1, self.ends[at]);
    }

    /// Rows are gathered up to the limit: one row alone says little.
    fn rows(&mut self, table: usize) {
        let mut group: Option<(usize, Range<usize>)> = None;
        let mut row = table + 1;
        while row < self.ends[table] {
            let range = self.nodes[row].start..self.nodes[row].end;
            group = match group {
                Some((_, gathered)) if self.chars(gathered.start..range.end) <= PASSAGE_CHARS => {
                    Some((table, gathered.start..range.end))
                }
                Some((node, gathered)) => {
                    self.split(node, gathered);
                    Some((row, range))
                }
                None => Some((row, range)),
            };
            row = self.ends[row];
        }
        if let Some((node, gathered)) = group {
            self.split(node, gathered);
        }
    }

    /// Whether a node's own text is nothing but its heading.
    fn is_only_heading(&self, at: usize) -> bool {
        let node = &self.nodes[at];
        let heading = node.heading.start.max(node.start)..node.heading.end.min(node.own_end);
        if heading.is_empty() {
            return self.text[node.start..node.own_end].trim().is_empty();
        }
        let rest = [node.start..heading.start, heading.end..node.own_end];
        rest.into_iter().all(|range| self.text[range].trim().is_empty())
    }

    /// Pushes a range, in pieces that end with a sentence when it is too long.
    fn split(&mut self, node: usize, range: Range<usize>) {
        if self.chars(range.clone()) <= SPLIT_FACTOR * PASSAGE_CHARS {
            self.push(node, range);
            return;
        }
        let (mut from, mut last_end, mut chars) = (range.start, None, 0);
        for (offset, c) in self.text[range.clone()].char_indices() {
            let after = range.start + offset + c.len_utf8();
            chars += 1;
            if matches!(c, '。' | '；' | '！' | '？' | '\n') {
                last_end = Some(after);
            }
            // A sentence that alone exceeds the long limit is cut where it stands.
            let cut = last_end
                .filter(|_| chars >= PASSAGE_CHARS)
                .or((chars >= SPLIT_FACTOR * PASSAGE_CHARS).then_some(after));
            if let Some(end) = cut {
                self.push(node, from..end);
                chars = self.chars(end..after);
                (from, last_end) = (end, None);
            }
        }
        self.push(node, from..range.end);
    }

    fn push(&mut self, node: usize, range: Range<usize>) {
        let inside = &self.text[range.clone()];
        let start = range.start + (inside.len() - inside.trim_start().len());
        let end = start + inside.trim().len();
        if start < end && self.found.len() < PassageKey::MOST {
            self.found.push(Passage { node: to_u32(node), start: to_u32(start), end: to_u32(end) });
        }
    }

    fn chars(&self, range: Range<usize>) -> usize {
        self.text[range].chars().count()
    }
}

/// Sizes are checked when a document enters the build; a document is far below 4 GiB.
fn to_u32(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
