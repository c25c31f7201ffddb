//! Isolation (隔离): readers that a hostile file may take down run in a process of their own, fenced in and limited.
//!
//! The program starts itself with a hidden command; the child limits itself before it looks at the file, reads it, and
//! hands documents and refusals back as [`frame`]s. However it dies, one file is refused and the rest goes in.

mod child;
mod fence;
mod frame;
mod guard;
mod parent;

use std::path::PathBuf;

pub use child::read_confined;
pub(super) use guard::guarded;

use super::{Emit, Format, SourceFile};

/// Where readers of risky formats run (隔离方式).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Isolation {
    /// In a process of their own, started from this program.
    Child(PathBuf),
    /// Here: for the child itself, and for tests of readers.
    InProcess,
}

impl Isolation {
    pub(super) fn read(&self, format: &Format, source: &SourceFile, emit: Emit<'_>) {
        match self {
            Self::Child(program) if format.isolated => parent::Keeper::new(program).read(source, emit),
            Self::Child(_) | Self::InProcess => guarded(source, format.read, emit),
        }
    }
}
