//! The draft (草稿) of an outline: nodes while levels are still being decided.

use std::ops::Range;

use super::letterhead::AnnexMark;
use super::marker::Marker;
use crate::policy::ClauseKind;

/// What a draft's id and label are made from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Segment {
    /// A numbering mark.
    Mark(Marker),
    /// 款 of an article.
    Paragraph,
    /// An unnumbered paragraph elsewhere.
    Block,
    /// A title.
    Title,
    /// A letterhead field.
    Letterhead,
    /// A table of contents.
    Contents,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// An annex.
    Annex(AnnexMark),
}

/// A node in the making.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) parent: Option<usize>,
    pub(super) kind: ClauseKind,
    pub(super) segment: Segment,
    pub(super) start: usize,
    pub(super) own_end: usize,
    pub(super) heading: Range<usize>,
}

impl Draft {
    /// A draft without a heading.
    pub(super) fn new(parent: Option<usize>, kind: ClauseKind, segment: Segment, own: Range<usize>) -> Self {
        Self { parent, kind, segment, start: own.start, own_end: own.end, heading: own.start..own.start }
    }
}
