//! Lines of a raw text, measured.

use super::super::unit;

/// A line that is not blank.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line<'t> {
    /// Its words, without white space at the ends.
    pub(super) text: &'t str,
    /// Its width in columns: a Han character takes two.
    pub(super) width: usize,
    /// Whether it is set in from the left as the first line of a paragraph is.
    pub(super) indented: bool,
    /// Whether a page starts with it.
    pub(super) page_start: bool,
    /// Whether noise stood between it and the line before that is kept.
    pub(super) after_noise: bool,
    /// Why it is noise.
    pub(super) noise: Option<&'static str>,
}

/// Columns of white space that make an indent.
const INDENT: usize = 3;

/// The lines of a text that are not blank.
pub(super) fn read(text: &str) -> Vec<Line<'_>> {
    let mut found: Vec<Line<'_>> = Vec::with_capacity(text.len() / 80);
    let mut page_start = false;
    for range in unit::lines(text) {
        let raw = &text[range.clone()];
        let words = raw.trim();
        if !words.is_empty() {
            let lead = &raw[..raw.len() - raw.trim_start().len()];
            found.push(Line {
                text: words,
                width: width(words),
                indented: width(lead) >= INDENT,
                page_start,
                after_noise: false,
                noise: None,
            });
            page_start = false;
        }
        page_start |= text[range.end..].starts_with('\u{c}');
    }
    found
}

/// Width in columns.
pub(super) fn width(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if c == '\t' {
                4
            } else {
                1 + usize::from(c as u32 >= 0x1100 || matches!(c, '“' | '”' | '—' | '…'))
            }
        })
        .sum()
}
