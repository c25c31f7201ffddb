//! Quotations (引号): amendments quote clauses, and quoted clauses are not clauses of this document.

use super::marker::{self, Style};

/// After so many units a quotation that was never closed is taken for a slip of the pen.
const LONGEST_QUOTATION: usize = 60;

/// The quotation that is open between units.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    depth: usize,
    units: usize,
    style: Option<Style>,
}

impl Quotes {
    /// Whether a quotation is open.
    pub(super) fn is_open(&self) -> bool {
        self.depth > 0 && self.units <= LONGEST_QUOTATION
    }

    /// Whether the open quotation began with a mark of this style.
    pub(super) fn quotes(&self, style: Style) -> bool {
        self.style == Some(style)
    }

    /// Ends the quotation.
    pub(super) fn close(&mut self) {
        *self = Self::default();
    }

    /// Goes over the words of a unit.
    pub(super) fn see(&mut self, words: &str) {
        if words.starts_with('“') {
            // Every paragraph of a long quotation opens it again.
            self.depth = 0;
        }
        for (at, c) in words.match_indices(['“', '”']) {
            if c == "”" {
                self.depth = self.depth.saturating_sub(1);
                continue;
            }
            if self.depth == 0 && self.units == 0 {
                self.style = marker::read(&words[at + c.len()..]).map(|marker| marker.style);
            }
            self.depth += 1;
        }
        self.units = if self.depth > 0 { self.units + 1 } else { 0 };
    }
}
