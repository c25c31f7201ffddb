//! Levels (层级): where in the open clauses a numbering mark belongs.

use super::marker::{Marker, Style};

/// An open clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    /// Its draft.
    pub(super) draft: usize,
    /// Its mark.
    pub(super) marker: Marker,
}

/// The open clauses from the top down, and what has been learned about the levels of this document.
pub(super) struct Levels {
    open: Vec<Open>,
    last: [Option<Marker>; Style::COUNT],
    above: [[bool; Style::COUNT]; Style::COUNT],
}

impl Levels {
    /// Nothing open, nothing learned.
    pub(super) fn new() -> Self {
        Self { open: Vec::new(), last: [None; Style::COUNT], above: [[false; Style::COUNT]; Style::COUNT] }
    }

    /// Closes everything and forgets the numbers: another document begins.
    pub(super) fn reset(&mut self) {
        *self = Self::new();
    }

    /// The deepest open clause.
    pub(super) fn top(&self) -> Option<Open> {
        self.open.last().copied()
    }

    /// The place of the deepest open article.
    fn article(&self) -> Option<usize> {
        self.open.iter().rposition(|open| open.marker.style == Style::Article)
    }

    /// Whether an article is open.
    pub(super) fn in_article(&self) -> bool {
        self.article().is_some()
    }

    /// Closes what is open below the article.
    pub(super) fn close_items(&mut self) {
        if let Some(article) = self.article() {
            self.open.truncate(article + 1);
        }
    }

    /// The open mark this one directly continues.
    pub(super) fn continued(&self, marker: &Marker) -> Option<usize> {
        self.open.iter().rposition(|open| open.marker.style == marker.style && marker.follows(&open.marker))
    }

    /// The mark of this style to compare the next with: the one it continues, an open one, the last one seen.
    pub(super) fn reference(&self, marker: &Marker) -> Option<Marker> {
        let open =
            self.continued(marker).or_else(|| self.open.iter().rposition(|open| open.marker.style == marker.style));
        match open {
            Some(at) => Some(self.open[at].marker),
            // Items of the article before do not count on.
            None if self.in_article() && !marker.style.is_ordinal() => None,
            None => self.last[marker.style as usize],
        }
    }

    /// Whether an open clause has this number; 1.1 belongs below 一、 and 1.
    pub(super) fn has_number(&self, number: u32) -> bool {
        self.open.iter().any(|open| open.marker.number == number && !open.marker.style.is_decimal())
    }

    /// How many open clauses stay open above this mark.
    fn depth(&self, marker: &Marker) -> usize {
        let style = marker.style;
        if style.is_ordinal() {
            return self.ordinal_depth(style);
        }
        let floor = self.article().map_or(0, |at| at + 1);
        if let Some(at) = self.continued(marker) {
            return at;
        }
        if let Some(at) = self.open[floor..].iter().rposition(|open| open.marker.style == style) {
            return floor + at;
        }
        let free = self.open[floor..].iter().position(|open| !open.marker.style.is_ordinal()).map(|at| floor + at);
        match free {
            // 一、 is the highest of its kind everywhere.
            Some(at) if style == Style::Comma => at,
            Some(from) => {
                let below = |open: &Open| {
                    let other = open.marker.style as usize;
                    self.above[style as usize][other] && !self.above[other][style as usize]
                };
                self.open[from..].iter().position(below).map_or(self.open.len(), |at| from + at)
            }
            None => self.open.len(),
        }
    }

    fn ordinal_depth(&self, style: Style) -> usize {
        if let Some(at) = self.open.iter().position(|open| open.marker.style == style) {
            return at;
        }
        self.open
            .iter()
            .position(|open| match open.marker.style {
                other if other.is_ordinal() => other as usize > style as usize,
                // 第一条 may stand below 一、 and （一）; a chapter may not.
                Style::Comma | Style::Paren => style != Style::Article,
                _ => true,
            })
            .unwrap_or(self.open.len())
    }

    /// Closes what ends before this mark.
    pub(super) fn close_for(&mut self, marker: &Marker) {
        let depth = self.depth(marker);
        self.open.truncate(depth);
    }

    /// Opens a clause below what is open.
    pub(super) fn push(&mut self, draft: usize, marker: Marker) {
        let floor = self.article().map_or(0, |at| at + 1);
        for open in &self.open[floor..] {
            self.above[open.marker.style as usize][marker.style as usize] = true;
        }
        self.last[marker.style as usize] = Some(marker);
        self.open.push(Open { draft, marker });
    }
}
