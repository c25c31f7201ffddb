//! Layout (版面): from text at places on pages to lines, columns, tables and paragraphs.
//!
//! ```text
//! Page { runs, rules } → grid (ruled tables) → row → margin (page numbers, running heads) → column (reading order)
//!                      → aligned (tables without rules) → paragraph (wrapped lines joined) → Laid { text, noise, added }
//! ```
//!
//! Places are better evidence than text: a line that ends where the next word would not have fitted was wrapped, a line set
//! in opens a paragraph. What places cannot tell is left to `outline::reflow`, which reads the text afterwards.

mod aligned;
mod column;
mod flow;
mod grid;
mod margin;
mod paragraph;
mod row;
mod spacing;
mod table;

#[cfg(test)]
mod tests;

pub(super) use spacing::WIDE_SPACE;

use crate::policy::Noise;

/// A run of text at one place (文字串): no gap inside is wide enough to matter.
///
/// Lengths are in points, from the left and the top edge of the page as it is read. A run that ends with a space, or with wide
/// ones (U+3000), was followed by them in the source.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// The page, counted from 1.
    pub(super) page: u32,
    /// The left edge.
    pub(super) x: f32,
    /// The baseline, from the top.
    pub(super) y: f32,
    /// The width.
    pub(super) width: f32,
    /// The height of the box.
    pub(super) height: f32,
    /// The size of the font.
    pub(super) size: f32,
    /// The words.
    pub(super) text: String,
}

impl Run {
    fn right(&self) -> f32 {
        self.x + self.width
    }
}

/// A straight line drawn on a page (线条), level or upright; tables are made of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// The left end.
    pub(super) left: f32,
    /// The upper end.
    pub(super) top: f32,
    /// The right end.
    pub(super) right: f32,
    /// The lower end.
    pub(super) bottom: f32,
}

/// A page (页).
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    /// Its number, counted from 1.
    pub(super) number: u32,
    /// Its width.
    pub(super) width: f32,
    /// Its height.
    pub(super) height: f32,
    /// What is written on it, in the order of the file.
    pub(super) runs: Vec<Run>,
    /// What is ruled on it, as far as the engine tells.
    pub(super) rules: Vec<Rule>,
}

/// Pages laid out: the text, what does not belong to it, and how many characters were put in.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Laid {
    /// A paragraph or a row of a table a line, in reading order.
    pub(super) text: String,
    /// Page numbers, running heads and feet, heads of tables that come again.
    pub(super) noise: Vec<Noise>,
    /// Characters put in: the bars of tables.
    pub(super) added: usize,
}

/// Reads pages as a person does: columns, tables, paragraphs.
#[must_use]
pub(super) fn lay_out(pages: &[Page]) -> Laid {
    let mut sheets: Vec<flow::Sheet> = pages.iter().map(flow::Sheet::of).collect();
    let noise = margin::clear(&mut sheets);
    let pieces = sheets.into_iter().flat_map(flow::Sheet::pieces).collect();
    paragraph::write(pieces, noise)
}
