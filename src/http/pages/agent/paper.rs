//! A document (文件) and a link as the console shows them.

use super::super::labels;
use crate::contract::CitedDocumentJson;

/// A link with its words; without an address only the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leads {
    pub(super) text: String,
    pub(super) url: String,
}

/// A document in two lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paper {
    /// The title in its marks.
    pub(super) title: String,
    pub(super) number: String,
    pub(super) issuer: String,
    /// Class and words of its badge.
    pub(super) badge: (String, &'static str),
    /// What its validity rests on.
    pub(super) basis: String,
    /// Whether it belongs to the demonstration.
    pub(super) example: bool,
}

impl Paper {
    /// A cited document.
    pub(super) fn new(cited: &CitedDocumentJson) -> Self {
        Self {
            title: labels::titled(&cited.title),
            number: cited.document_number.clone().unwrap_or_default(),
            issuer: cited.issuer.clone(),
            badge: labels::badge(cited),
            basis: cited.validity_basis.clone(),
            example: cited.example,
        }
    }
}
