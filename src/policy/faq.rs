//! Reviewed questions and answers (常见问题) of the shared FAQ library.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DocumentId, RegionCode};

/// A reviewed question that cites clauses. It leads to its clauses; the clauses are the authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faq {
    /// Its id.
    pub id: String,
    /// The question in plain words.
    pub question: String,
    /// Other ways to ask it.
    #[serde(default)]
    pub variants: Vec<String>,
    /// The reviewed answer in plain words; shown as an explanation, never as authority.
    pub answer: String,
    /// The department that answers for it.
    #[serde(default)]
    pub department: Option<String>,
    /// Where it holds.
    #[serde(default)]
    pub region: Option<RegionCode>,
    /// When a person reviewed it; an entry without a review is not used.
    #[serde(default)]
    pub reviewed: Option<Date>,
    /// The clauses it rests on.
    pub cites: Vec<FaqCitation>,
}

/// A clause a FAQ entry rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaqCitation {
    /// The document.
    pub document: DocumentId,
    /// The clause's label.
    #[serde(default)]
    pub label: String,
    /// Its words, verbatim.
    pub quote: String,
}
