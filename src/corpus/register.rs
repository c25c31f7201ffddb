//! The register (登记簿): small maps by which an import finds what the library already holds.

use std::collections::HashMap;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::documents::read_document;
use super::{Corpus, CorpusError, identity};
use crate::policy::{DocumentId, Metadata};

/// Half a SHA-256: enough to tell texts apart, small enough for millions of them.
pub(super) type Digest = [u8; 16];

/// What the register keeps of one document.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) id: DocumentId,
    pub(super) path: PathBuf,
    pub(super) text: Digest,
    pub(super) title: Digest,
    /// The file it came from.
    pub(super) file: Digest,
}

/// The documents by id, by place of origin and by identity.
#[derive(Debug, Default)]
pub(super) struct Register {
    slots: Vec<Slot>,
    by_id: HashMap<DocumentId, usize>,
    by_location: HashMap<Digest, usize>,
    by_identity: HashMap<Digest, Vec<usize>>,
}

/// The digest of a text.
pub(super) fn digest(text: &str) -> Digest {
    let mut half = Digest::default();
    half.copy_from_slice(&Sha256::digest(text.as_bytes())[..16]);
    half
}

impl Register {
    /// Reads the whole library once. A damaged document keeps its id, so that nothing is ever written over it.
    pub(super) fn read(corpus: &Corpus) -> Result<Self, CorpusError> {
        let mut register = Self::default();
        for file in corpus.document_files() {
            let (id, path) = match file {
                Err(CorpusError::Damaged { .. }) => continue, // a stray file with a name that is no id
                other => other?,
            };
            match read_document(&id, &path) {
                Ok((meta, _, text)) => register.insert(&meta, &text, path),
                Err(CorpusError::Damaged { .. }) => register.reserve(id, path),
                Err(error) => return Err(error),
            }
        }
        Ok(register)
    }

    /// Enters a document, or what has changed about it.
    pub(super) fn insert(&mut self, meta: &Metadata, text: &str, path: PathBuf) {
        let slot = Slot {
            id: meta.id.clone(),
            path,
            text: digest(text),
            title: digest(&super::identity::normal_title(&meta.title)),
            file: meta.file().map(|source| digest(&source.sha256)).unwrap_or_default(),
        };
        let index = match self.by_id.get(&meta.id) {
            Some(&index) => {
                self.slots[index] = slot;
                index
            }
            None => self.push(slot),
        };
        // Only files name a place of origin; an address without a digest is a note to the reader.
        for source in meta.sources.iter().filter(|source| !source.sha256.is_empty()) {
            self.by_location.insert(digest(&source.location), index);
        }
        let alike = self.by_identity.entry(digest(&identity(meta))).or_default();
        if !alike.contains(&index) {
            alike.push(index);
        }
    }

    fn reserve(&mut self, id: DocumentId, path: PathBuf) {
        self.push(Slot { id, path, text: Digest::default(), title: Digest::default(), file: Digest::default() });
    }

    fn push(&mut self, slot: Slot) -> usize {
        let index = self.slots.len();
        self.by_id.insert(slot.id.clone(), index);
        self.slots.push(slot);
        index
    }

    /// The document with this id.
    pub(super) fn with_id(&self, id: &DocumentId) -> Option<&Slot> {
        self.by_id.get(id).map(|&index| &self.slots[index])
    }

    /// The document that came from this place.
    pub(super) fn at_location(&self, location: &str) -> Option<&Slot> {
        self.by_location.get(&digest(location)).map(|&index| &self.slots[index])
    }

    /// The documents with this identity.
    pub(super) fn alike(&self, identity: &str) -> impl Iterator<Item = &Slot> {
        self.by_identity.get(&digest(identity)).into_iter().flatten().map(|&index| &self.slots[index])
    }
}
