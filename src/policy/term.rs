//! What a text says of its own life (期限条款): from when and until when it, or a clause of it, holds, in its own words.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a term settles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// 施行: the first day.
    Commences,
    /// 有效期: the last day, or the event that ends it when no day is stated.
    Expires,
}

/// A term (期限条款): the words that say from when or until when the text holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// What it settles.
    pub kind: TermKind,
    /// The day; none when the words name an event instead (有效期至新办法出台之日).
    pub on: Option<Date>,
    /// The clauses it is about (第三章); none: the whole text.
    pub clauses: Vec<String>,
    /// The label of the clause in which the words stand; empty when it has none.
    pub at: String,
    /// The words, verbatim.
    pub words: String,
}

impl Term {
    /// The words with the label of their clause: 第九条：“本办法自……起施行”.
    #[must_use]
    pub fn cited(&self) -> String {
        if self.at.is_empty() { format!("“{}”", self.words) } else { format!("{}：“{}”", self.at, self.words) }
    }
}
