//! The weighted terms of a query.

use std::collections::HashMap;

use crate::index::{Generation, IndexError, View};
use crate::query::{Expansion, InformationNeed};

use super::weights;

/// A term of the query.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// A character, a bigram, or a Latin or digit word.
    pub term: String,
    /// Its weight: 1 for a word of the question, less for an expansion or a single character.
    pub weight: f32,
    /// Passages it stands in.
    pub frequency: u64,
    /// Inverse document frequency over the passages.
    pub idf: f32,
    /// Whether it comes from the question itself rather than from an expansion.
    pub own: bool,
}

/// The terms of a need, per view of the index.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryTerms {
    terms: Vec<QueryTerm>,
    expansions: Vec<Expansion>,
    quotations: Vec<String>,
    searched: Vec<(String, f32)>,
}

impl QueryTerms {
    /// The terms of a need: those of the subject, then those of its expansions.
    pub(super) fn of(generation: &Generation, need: &InformationNeed) -> Result<Self, IndexError> {
        let total = generation.passage_count() as f64;
        let mut terms = Vec::new();
        for (term, (weight, own)) in weigh(generation, need) {
            let frequency = generation.doc_freq(View::Grams, &term)?;
            terms.push(QueryTerm { idf: idf(frequency as f64, total), frequency, term, weight, own });
        }
        terms.sort_by(|a, b| (b.weight * b.idf).total_cmp(&(a.weight * a.idf)).then_with(|| a.term.cmp(&b.term)));
        let known: Vec<&QueryTerm> = terms.iter().filter(|term| term.frequency > 0).collect();
        let rare: Vec<&QueryTerm> =
            known.iter().copied().filter(|term| term.frequency as f64 <= weights::COMMON_SHARE * total).collect();
        // In a small library every word may be common; then all of them are searched.
        let chosen = if rare.is_empty() { known } else { rare };
        let searched: Vec<(String, f32)> =
            chosen.into_iter().take(weights::MOST_TERMS).map(|term| (term.term.clone(), term.weight)).collect();
        Ok(Self { searched, terms, expansions: need.expansions.clone(), quotations: need.quotations.clone() })
    }

    /// The share of the question's own terms for which `covered` holds, weighted by rarity. Single characters count
    /// only when the question has no longer terms.
    #[must_use]
    pub fn share_of(&self, covered: impl Fn(&QueryTerm) -> bool) -> f32 {
        let long = self.terms.iter().any(|term| term.own && !is_single_han(&term.term));
        let counted = || self.terms.iter().filter(|term| term.own && long != is_single_han(&term.term));
        let worth = |term: &QueryTerm| term.weight * term.idf;
        let all: f32 = counted().map(worth).sum();
        let held: f32 = counted().filter(|term| covered(term)).map(worth).sum();
        if all > 0.0 { held / all } else { 0.0 }
    }

    /// The expansions whose terms are searched.
    #[must_use]
    pub fn expansions(&self) -> &[Expansion] {
        &self.expansions
    }

    /// The words the question quotes.
    #[must_use]
    pub fn quotations(&self) -> &[String] {
        &self.quotations
    }

    /// All terms, the most informative first; also those that no passage holds.
    #[must_use]
    pub fn all(&self) -> &[QueryTerm] {
        &self.terms
    }

    /// The terms searched, with their weights.
    #[must_use]
    pub fn searched(&self) -> &[(String, f32)] {
        &self.searched
    }
}

/// The terms of subject, quotations and expansions with their weights, and whether they are the question's own.
fn weigh(generation: &Generation, need: &InformationNeed) -> HashMap<String, (f32, bool)> {
    let subject = need.subject.iter().map(|part| (part.text.as_str(), 1.0, true));
    let quoted = need.quotations.iter().map(|text| (text.as_str(), 1.0, true));
    let worth = |loose| if loose { weights::LOOSE_EXPANSION_WEIGHT } else { weights::EXPANSION_WEIGHT };
    let expanded = need.expansions.iter().map(|e| (e.to.as_str(), worth(e.loose), false));
    let mut weighed: HashMap<String, (f32, bool)> = HashMap::new();
    for (text, weight, own) in subject.chain(quoted).chain(expanded) {
        for token in generation.analyzer().grams(text) {
            let single = if is_single_han(&token.term) { weights::CHARACTER_WEIGHT } else { 1.0 };
            let entry = weighed.entry(token.term).or_insert((0.0, false));
            *entry = (entry.0.max(weight * single), entry.1 || own);
        }
    }
    weighed
}

/// Whether a term is one Chinese character.
fn is_single_han(term: &str) -> bool {
    let mut chars = term.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if !c.is_ascii())
}

/// BM25's inverse document frequency (Robertson & Zaragoza 2009, the form Lucene and tantivy use).
fn idf(frequency: f64, total: f64) -> f32 {
    (1.0 + (total - frequency + 0.5) / (frequency + 0.5)).ln() as f32
}
