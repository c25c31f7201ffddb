//! The head (文件卡片): what is known of a document without reading its text.

use serde::{Deserialize, Serialize};

use super::interpretation::InterpretationLink;
use super::passage::{Passage, PassageKey, PassageRef};
use super::store::Location;
use crate::policy::{LifeEvent, Metadata, RelationKind};

/// A document that stands in a relation to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Related {
    /// What the relation is, seen from the document that states it.
    pub kind: RelationKind,
    /// The serial of the other document.
    pub serial: u32,
    /// Whether this document states it; otherwise the other one does.
    pub outgoing: bool,
}

/// What is known of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Its number within this generation.
    pub serial: u32,
    /// Its metadata.
    pub meta: Metadata,
    /// SHA-256 of its canonical text, in hexadecimal.
    pub text_sha256: String,
    /// Its passages, in order.
    pub passages: Vec<Passage>,
    /// What other documents did to it.
    pub events: Vec<LifeEvent>,
    /// Serials of the documents it interprets: the likely links, best first.
    pub interprets: Vec<u32>,
    /// Serials of the interpretations (政策解读) of it: the likely links, best first.
    pub interpreted_by: Vec<u32>,
    /// Links between interpretations and policies, either way, the possible ones too, best first.
    pub links: Vec<InterpretationLink>,
    /// Other relations, either way, as far as both documents are in the library.
    pub related: Vec<Related>,
    /// How many other works of the library name its work.
    pub cited_by: u32,
    /// Digest of the file it was read from.
    pub(crate) digest: String,
    /// Where its record is.
    pub(crate) location: Location,
    /// Digest of the plain words that explain it, as they were indexed.
    pub(crate) bridge: u64,
}

impl Head {
    /// The passage with this number.
    #[must_use]
    pub fn passage(&self, key: PassageKey) -> Option<PassageRef> {
        let passage = self.passages.get(key.number())?;
        let range = passage.range();
        Some(PassageRef { serial: self.serial, node: passage.node, start: range.start, end: range.end })
    }

    /// The keys of its passages.
    pub fn keys(&self) -> impl Iterator<Item = PassageKey> + '_ {
        (0..).zip(&self.passages).map(|(number, _)| PassageKey::new(self.serial, number))
    }
}
