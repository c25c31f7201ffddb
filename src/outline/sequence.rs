//! Sequences (序号连续性): whether a mark at the front of a unit continues a numbering or is only mentioned.

use super::letterhead::Role;
use super::marker::{Marker, Style};
use super::unit::Unit;

/// Articles a text may leave out (repealed ones, excerpts) without the next being doubted.
const ARTICLE_GAP: u32 = 60;
/// Items a text may leave out.
const ITEM_GAP: u32 = 3;
/// How many marks ahead the one that was left out is looked for.
const AHEAD: usize = 8;

/// For every unit the next one with a mark of the same style.
pub(super) struct Sequence<'u> {
    units: &'u [Unit],
    next: Vec<Option<usize>>,
}

impl<'u> Sequence<'u> {
    /// Looks at the marks of all body units.
    pub(super) fn new(units: &'u [Unit], roles: &[Role]) -> Self {
        let mut next = vec![None; units.len()];
        let mut coming = [None; Style::COUNT];
        for (index, unit) in units.iter().enumerate().rev() {
            if let Some(marker) = unit.marker.filter(|_| roles[index] == Role::Body) {
                next[index] = coming[marker.style as usize].replace(index);
            }
        }
        Self { units, next }
    }

    fn later(&self, index: usize) -> impl Iterator<Item = Marker> + '_ {
        std::iter::successors(self.next[index], |&index| self.next[index])
            .take(AHEAD)
            .filter_map(|i| self.units[i].marker)
    }

    /// Whether the next mark of the style carries this one on.
    fn carried_on(&self, index: usize, marker: &Marker) -> bool {
        self.later(index).next().is_some_and(|later| later.follows(marker))
    }

    /// Whether the mark of a unit is plausible after the last of its style.
    pub(super) fn accepts(&self, index: usize, marker: &Marker, last: Option<&Marker>) -> bool {
        let ordinal = marker.style.is_ordinal();
        let Some(last) = last else {
            let sure = if marker.style.is_decimal() { false } else { marker.is_first() };
            return sure || self.carried_on(index, marker) || (ordinal && marker.spaced);
        };
        if marker.follows(last) {
            return true;
        }
        if marker.is_first() {
            let alone = marker.spaced && self.next[index].is_none();
            return marker.style != Style::Article || alone || self.carried_on(index, marker);
        }
        if marker.exceeds(last) {
            let gap = if ordinal { ARTICLE_GAP } else { ITEM_GAP };
            return marker.number - last.number.min(marker.number) <= gap
                && !self.later(index).any(|later| later.follows(last));
        }
        let repeated = (marker.number, marker.sub, marker.above) == (last.number, last.sub, last.above);
        let plain = matches!(marker.style, Style::Comma | Style::Paren) || (ordinal && marker.spaced);
        (repeated && plain) || self.carried_on(index, marker)
    }
}
