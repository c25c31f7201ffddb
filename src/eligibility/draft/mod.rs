//! Which programmes does a document seem to grant, for a person to review?
//!
//! Drafting (拟稿) reads the clauses of a document and proposes programmes with conditions, benefits, windows, materials and
//! their bases. Nothing here publishes: the draft is marked, and loaders refuse what is marked. A statement that no fact of
//! the vocabulary can hold is listed as unresolved with its quote; leaving it there is preferred to a wrong condition.

mod benefit;
mod beside;
mod build;
mod condition;
mod contact;
mod grant;
mod naming;
mod pay;
mod quantity;
mod requirement;
mod scope;
mod sentence;
mod shape;
mod table;
mod vocabulary;
mod window;
mod yaml;

#[cfg(test)]
mod tests;

pub use shape::Draft;
pub use vocabulary::{Choice, Fact, Vocabulary};

use crate::policy::{Gazetteer, PolicyDocument};

/// Drafts programmes from a document.
#[must_use]
pub fn draft(document: &PolicyDocument, vocabulary: &Vocabulary, gazetteer: &Gazetteer) -> Draft {
    let sentences = sentence::sentences(document);
    let grants = grant::grants(document.text(), &sentences);
    let requirements = requirement::requirements(document, &sentences);
    let reading = build::Reading {
        document,
        vocabulary,
        names: build::place_names(document, gazetteer),
        scope: scope::Scope::new(document, &sentences, &grants),
        sentences: &sentences,
        grants: &grants,
        requirements: &requirements,
        facets: sentences.iter().map(|one| if one.row { Vec::new() } else { contact::facets(one.text) }).collect(),
    };
    Draft {
        document: document.id().as_str().to_owned(),
        title: document.meta().title.clone(),
        programmes: (0..grants.len()).map(|at| build::propose(&reading, at)).collect(),
    }
}
