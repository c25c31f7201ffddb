//! The citation (引用): a clause and its own words. It cannot be made from anything else.

use std::fmt::Write as _;
use std::ops::Range;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Clause, ClauseId, DocumentId};

/// A verbatim quote of a clause. Only [`Clause::cite`] makes one, so that a quote which is not the clause's own bytes
/// cannot exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    document: DocumentId,
    clause: ClauseId,
    quote: String,
    start: usize,
    end: usize,
    text_sha256: String,
}

/// Why a range cannot be cited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CiteError {
    /// The range leaves the clause.
    #[error("引用范围 {0:?} 超出条款")]
    OutsideClause(Range<usize>),
    /// The range is empty or cuts a character.
    #[error("引用范围 {0:?} 为空或切断了字符")]
    NotText(Range<usize>),
}

impl Clause<'_> {
    /// Cites a range of the document's canonical text that lies in this clause.
    pub fn cite(&self, range: Range<usize>) -> Result<Citation, CiteError> {
        let node = self.node();
        if range.start < node.start || range.end > node.end {
            return Err(CiteError::OutsideClause(range));
        }
        let quote = self.document().text().get(range.clone()).filter(|quote| !quote.trim().is_empty());
        match quote {
            Some(quote) => Ok(Citation {
                document: self.document().id().clone(),
                clause: node.id.clone(),
                quote: quote.to_owned(),
                start: range.start,
                end: range.end,
                text_sha256: self.document().text_sha256().to_owned(),
            }),
            None => Err(CiteError::NotText(range)),
        }
    }
}

impl Citation {
    /// The document cited.
    #[must_use]
    pub fn document(&self) -> &DocumentId {
        &self.document
    }

    /// The clause cited.
    #[must_use]
    pub fn clause(&self) -> &ClauseId {
        &self.clause
    }

    /// The clause's own words.
    #[must_use]
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// Byte range of the quote in the canonical text.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// SHA-256 of the canonical text the quote was taken from.
    #[must_use]
    pub fn text_sha256(&self) -> &str {
        &self.text_sha256
    }
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
