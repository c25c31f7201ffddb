//! The role (要素) of every unit: title, field, annex, contents or body.

use super::super::unit::Unit;
use super::{head, tail};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Role {
    /// Clauses.
    Body,
    /// A line of a title.
    Title,
    /// A field with its Chinese name.
    Field(&'static str),
    /// The line that opens an annex, and its number.
    Annex(AnnexMark),
    /// A line of an annex's title.
    AnnexTitle,
    /// A line of a table of contents.
    Contents,
}

/// What an annex is called: 附件1, 附表2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct AnnexMark {
    /// 附件, 附录 or 附表.
    pub(in super::super) word: &'static str,
    /// Its number; 1 when it has none.
    pub(in super::super) number: u32,
}

/// The role of every unit.
pub(in super::super) fn roles(text: &str, units: &[Unit]) -> Vec<Role> {
    let mut roles = vec![Role::Body; units.len()];
    let body = head::read(text, units, &mut roles);
    tail::read(text, units, body, &mut roles);
    roles
}
