//! Vocabulary learnt from pairs (学得词汇): plain words and the official words they stood for, with where that was seen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An official word that a plain word was seen to stand for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearntTerm {
    /// The official word.
    pub official: String,
    /// Pairs in which both stand.
    pub pairs: u32,
    /// Pairs in which the plain word stands.
    pub of: u32,
    /// Some of those pairs, by the id of the document or question with the plain words.
    pub seen_in: Vec<String>,
}

/// Everything learnt, by plain word.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Learnt {
    terms: BTreeMap<String, Vec<LearntTerm>>,
}

impl Learnt {
    /// The official words for a folded plain word, the surest first.
    #[must_use]
    pub fn terms(&self, plain: &str) -> &[LearntTerm] {
        self.terms.get(plain).map_or(&[], Vec::as_slice)
    }

    /// Whether nothing was learnt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

impl FromIterator<(String, Vec<LearntTerm>)> for Learnt {
    fn from_iter<I: IntoIterator<Item = (String, Vec<LearntTerm>)>>(terms: I) -> Self {
        Self { terms: terms.into_iter().collect() }
    }
}
