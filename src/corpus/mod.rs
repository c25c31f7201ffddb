//! Where is it kept?
//!
//! The folder `corpus/` is the truth: plain files that a person can read, compare, copy and correct. One document is one
//! file, `documents/**/<id>.md`: front matter, then the canonical text, byte for byte. Earlier versions lie under
//! `versions/<id>/<version>.md`, copies that differ under
//! `copies/<id>/`, files as published under `originals/<sha256>.<ext>`; FAQ, lexicon, directory and places
//! have folders of their own. Everything written here is durable before it is reported, and a damaged file is refused by
//! name while the others load.

mod builtin;
mod copies;
mod copying;
mod corrections;
mod disclosure;
mod documents;
mod durable;
mod error;
mod front_matter;
mod identity;
mod intake;
mod inventory;
mod notes;
mod programmes;
mod reference;
mod register;

use std::path::{Path, PathBuf};

pub use copies::{Change, ChangeKind, ChangedLine, CopyDifference, difference};
pub use error::CorpusError;
pub use front_matter::{FrontMatter, FrontMatterError, read_front_matter, split_front_matter};
pub use identity::identity;
pub use intake::{Incoming, Intake, Original, Stored};
pub use inventory::{Entry, Inventory};
pub use notes::{InternalNote, internal_notes};
pub use programmes::{ProgrammeFault, Programmes, programmes_of};

/// Folder of the documents.
const DOCUMENTS: &str = "documents";
/// Folder of earlier versions.
const VERSIONS: &str = "versions";
/// Folder of differing copies of documents.
const COPIES: &str = "copies";
/// Folder of files as published.
const ORIGINALS: &str = "originals";

/// The library of documents on disk (文件库).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    root: PathBuf,
}

impl Corpus {
    /// Opens the library in an existing folder.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, CorpusError> {
        let root = root.into();
        if root.is_dir() { Ok(Self { root }) } else { Err(CorpusError::Missing { path: root }) }
    }

    /// Opens the library, making its folder first when it is not there.
    pub fn create(root: impl Into<PathBuf>) -> Result<Self, CorpusError> {
        let root = root.into();
        let documents = root.join(DOCUMENTS);
        std::fs::create_dir_all(&documents).map_err(|cause| CorpusError::io(&documents, cause))?;
        Self::open(root)
    }

    /// Its folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }
}
