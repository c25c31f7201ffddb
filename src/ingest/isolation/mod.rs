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
pub use fence::missing_fence;
pub(super) use guard::guarded;

use super::{Emit, Format, Reading, SourceFile, Tools};

/// Where readers of risky formats run, and which tools they have (隔离方式).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Isolation {
    /// In a process of their own.
    Child {
        /// This program, which is started with a hidden command.
        program: PathBuf,
        /// The tools readers may use.
        tools: Tools,
    },
    /// Here, with what the system has: for tests of readers.
    InProcess,
}

/// The tools of those who name none.
static NO_TOOLS: Tools = Tools { pdfium: Vec::new(), pdftotext: None, ocr_command: None };

impl Isolation {
    pub(super) fn tools(&self) -> &Tools {
        match self {
            Self::Child { tools, .. } => tools,
            Self::InProcess => &NO_TOOLS,
        }
    }

    pub(super) fn read(&self, format: &Format, source: &SourceFile, emit: Emit<'_>) -> Reading {
        match self {
            Self::Child { program, tools } if format.isolated => parent::Keeper::new(program, tools).read(source, emit),
            Self::Child { .. } | Self::InProcess => {
                guarded(source, self.tools(), format.read, emit);
                Reading::Finished
            }
        }
    }
}
