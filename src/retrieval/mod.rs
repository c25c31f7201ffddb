//! Which clauses could answer it?
//!
//! Terms are characters and character pairs (bigrams): measured best on lay questions about law, and independent of any
//! dictionary. Queries are flat lists of weighted terms built here; no text of a user reaches a query parser.

mod terms;
mod weights;

use std::collections::{HashMap, HashSet};

use crate::index::{Generation, IndexError, PassageKey, View};
use crate::query::InformationNeed;

pub use terms::{QueryTerm, QueryTerms};

/// A passage that could answer, with what each view of the index says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Where it is.
    pub key: PassageKey,
    /// BM25 of the passage with its title and headings.
    pub body: f32,
    /// BM25 of the plain words of interpretations and FAQ that explain it.
    pub bridge: f32,
    /// Whether the question names its document.
    pub named: bool,
}

/// The candidates of a need and the terms that found them.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    /// The candidates, best body score first.
    pub list: Vec<Candidate>,
    /// The terms searched.
    pub terms: QueryTerms,
}

/// Retrieves the candidates of a need.
pub fn candidates(generation: &Generation, need: &InformationNeed) -> Result<Candidates, IndexError> {
    candidates_without(generation, need, &HashSet::new())
}

/// Retrieves the candidates of a need as if these documents (serials) were not in the library; their words still count
/// in the document frequencies. Evaluation asks so whether an answer is given although what governs is gone.
pub fn candidates_without(
    generation: &Generation,
    need: &InformationNeed,
    hidden: &HashSet<u32>,
) -> Result<Candidates, IndexError> {
    let terms = QueryTerms::of(generation, need)?;
    let mut found: HashMap<PassageKey, Candidate> = HashMap::new();
    let depth = if need.region.is_some() { weights::DEPTH_WITH_REGION } else { weights::DEPTH };
    let views = [(View::Grams, depth), (View::Bridge, weights::DEPTH_BRIDGE)];
    for (view, k) in views {
        for (key, score) in generation.top(view, terms.searched(), k)? {
            if hidden.contains(&key.serial()) {
                continue;
            }
            let candidate = found.entry(key).or_insert_with(|| Candidate::new(key));
            match view {
                View::Grams => candidate.body = score,
                _ => candidate.bridge = score,
            }
        }
    }
    add_named(generation, need, hidden, &mut found);
    let mut list: Vec<Candidate> = found.into_values().collect();
    list.sort_by(|a, b| b.body.total_cmp(&a.body).then(a.key.cmp(&b.key)));
    Ok(Candidates { list, terms })
}

impl Candidate {
    fn new(key: PassageKey) -> Self {
        Self { key, body: 0.0, bridge: 0.0, named: false }
    }
}

/// Adds the passages of documents that the question names by number or title, and marks them.
fn add_named(
    generation: &Generation,
    need: &InformationNeed,
    hidden: &HashSet<u32>,
    found: &mut HashMap<PassageKey, Candidate>,
) {
    if need.numbers.is_empty() && need.titles.is_empty() {
        return;
    }
    // What was understood is folded; titles have the brackets of Chinese print.
    let printed = need.titles.iter().map(|title| title.replace('(', "（").replace(')', "）"));
    let titles: Vec<String> = need.titles.iter().cloned().chain(printed).collect();
    let named = generation.heads().iter().filter(|head| {
        let by_number = head.meta.number.as_ref().is_some_and(|number| need.numbers.iter().any(|m| m.matches(number)));
        by_number || titles.iter().any(|title| head.meta.title.contains(title.as_str()))
    });
    for head in named.filter(|head| !hidden.contains(&head.serial)).take(weights::MOST_NAMED_DOCUMENTS) {
        for key in head.keys().take(weights::MOST_NAMED_PASSAGES) {
            found.entry(key).or_insert_with(|| Candidate::new(key)).named = true;
        }
    }
}
