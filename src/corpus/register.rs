//! The register (登记簿): small maps by which an import finds what the library already holds.

use std::collections::HashMap;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::copies::{Shingles, Sketch};
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
    /// By which texts like it are found.
    sketch: Sketch,
}

/// Documents looked at closely for a copy: those most alike.
const MOST_CANDIDATES: usize = 6;
/// Estimated likeness from which a document of the same number or title is looked at: an annex may be missing.
const LIKE_WHEN_NAMED: f32 = 0.12;
/// Estimated likeness from which any document is looked at.
const LIKE: f32 = 0.6;

/// The documents by id, by place of origin and by identity.
#[derive(Debug, Default)]
pub(super) struct Register {
    slots: Vec<Slot>,
    by_id: HashMap<DocumentId, usize>,
    by_location: HashMap<Digest, usize>,
    by_identity: HashMap<Digest, Vec<usize>>,
    by_name: HashMap<Digest, Vec<usize>>,
    by_words: HashMap<u32, Vec<usize>>,
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
            sketch: Shingles::new(text).sketch(),
        };
        let words = slot.sketch.keys().to_vec();
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
        enter(self.by_identity.entry(digest(&identity(meta))).or_default(), index);
        for name in names(meta) {
            enter(self.by_name.entry(name).or_default(), index);
        }
        for word in words {
            enter(self.by_words.entry(word).or_default(), index);
        }
    }

    /// Documents of which this may be a copy, the likest first.
    pub(super) fn like(&self, meta: &Metadata, text: &str) -> Vec<&Slot> {
        let sketch = Shingles::new(text).sketch();
        let named = names(meta).into_iter().filter_map(|name| self.by_name.get(&name)).flatten();
        let worded = sketch.keys().iter().filter_map(|word| self.by_words.get(word)).flatten();
        let mut likeness: HashMap<usize, f32> = HashMap::new();
        for (index, least) in named.map(|index| (*index, LIKE_WHEN_NAMED)).chain(worded.map(|index| (*index, LIKE))) {
            if !likeness.contains_key(&index) {
                let alike = self.slots[index].sketch.alike(&sketch);
                if alike >= least {
                    likeness.insert(index, alike);
                }
            }
        }
        let mut found: Vec<(usize, f32)> = likeness.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(self.slots[a.0].id.cmp(&self.slots[b.0].id)));
        found.into_iter().take(MOST_CANDIDATES).map(|(index, _)| &self.slots[index]).collect()
    }

    fn reserve(&mut self, id: DocumentId, path: PathBuf) {
        let (text, title, file) = (Digest::default(), Digest::default(), Digest::default());
        self.push(Slot { id, path, text, title, file, sketch: Sketch::default() });
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

fn enter(held: &mut Vec<usize>, index: usize) {
    if !held.contains(&index) {
        held.push(index);
    }
}

/// The names under which copies are looked for: number and title.
fn names(meta: &Metadata) -> Vec<Digest> {
    let number = meta.number.as_ref().map(|number| digest(&format!("number {}", number.key())));
    let title = digest(&format!("title {}", super::identity::normal_title(&meta.title)));
    number.into_iter().chain([title]).collect()
}
