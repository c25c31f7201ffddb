//! Units (行、句群): the smallest stretches the parser looks at — lines, and what run-on lines are cut into.

use std::ops::Range;

use super::marker::{self, Marker, Style};
use super::{inline, run_on};

/// A stretch of text without white space at its ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    /// Where it starts.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Where its words start, after a bullet.
    pub(super) body: usize,
    /// The numbering mark its words start with.
    pub(super) marker: Option<Marker>,
    /// Whether it is a line of a table.
    pub(super) row: bool,
}

impl Unit {
    /// A unit of this range of the text; white space at its ends is cut off.
    pub(super) fn new(text: &str, range: Range<usize>) -> Option<Self> {
        let raw = &text[range.clone()];
        let start = range.start + (raw.len() - raw.trim_start().len());
        let end = start + raw.trim().len();
        (start < end).then(|| {
            let body = start + bullet(&text[start..end]);
            let marker = marker::read(&text[body..end]).filter(|marker| fits(marker, &text[body + marker.length..end]));
            Self { start, end, body, marker, row: false }
        })
    }

    /// Its words.
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// Its words after the numbering mark.
    pub(super) fn rest<'t>(&self, text: &'t str) -> &'t str {
        text[self.after_marker()..self.end].trim_start()
    }

    /// Where its numbering mark ends.
    pub(super) fn after_marker(&self) -> usize {
        self.body + self.marker.map_or(0, |marker| marker.length)
    }

    /// Its range.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Longest heading of a chapter, in bytes (some 60 characters).
const LONGEST_CHAPTER: usize = 180;

/// Whether the words after a mark can be those of its style: chapters have short titles, not sentences.
fn fits(marker: &Marker, rest: &str) -> bool {
    if !marker.style.is_ordinal() || marker.style == Style::Article {
        return true;
    }
    rest.len() <= LONGEST_CHAPTER && !rest.contains(['。', '；'])
}

/// Length of the bullets at the front of a line: `- `, `· `, `● ` and the like.
fn bullet(line: &str) -> usize {
    let words = line.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '*' | '·' | '•' | '●' | '■' | '◆' | '▪' | '►' | '#' | '>' | '\u{f0b7}' | '\u{feff}' | '\u{200b}'
            )
    });
    let length = line.len() - words.len();
    // -1.5 is a number, and a line of nothing but marks has no words.
    let negative = line[..length].ends_with('-') && words.starts_with(|c: char| c.is_ascii_digit());
    if negative || words.is_empty() { 0 } else { length }
}

/// Every character that ends a line.
const LINE_ENDS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Lines of a text with their offsets, in every way a line can end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = 0;
    text.split_inclusive(LINE_ENDS).map(move |line| {
        let start = next;
        next += line.len();
        start..start + line.trim_end_matches(LINE_ENDS).len()
    })
}

/// The units of a text, in order.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let mut found = Vec::with_capacity(text.len() / 100);
    for line in lines(text) {
        if is_row(&text[line.clone()]) {
            found.extend(Unit::new(text, line).map(|unit| Unit { row: true, marker: None, ..unit }));
        } else {
            run_on::split(text, line, &mut found);
        }
    }
    keep_tables(text, &mut found);
    run_on::split_head(text, &mut found);
    run_on::split_tail(text, &mut found);
    inline::split(text, found)
}

/// Whether a line looks like one of a table: GitHub pipes, or cells set apart by tabs.
fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') || line.contains('\t')
}

/// A single line with a tab is no table.
fn keep_tables(text: &str, units: &mut [Unit]) {
    for at in 0..units.len() {
        let piped = |unit: &Unit| unit.text(text).starts_with('|');
        let alone = (at == 0 || !units[at - 1].row) && units.get(at + 1).is_none_or(|next| !next.row);
        if units[at].row && alone && !piped(&units[at]) {
            let range = units[at].range();
            if let Some(unit) = Unit::new(text, range) {
                units[at] = unit;
            }
        }
    }
}
