//! Puts the quotes into an answer, with interpretations, next steps and related questions beside it.

use std::collections::HashSet;

use crate::contract::Status;
use crate::index::{Generation, IndexError};
use crate::policy::validity;
use crate::query::InformationNeed;
use crate::ranking::Ranking;

use super::{
    Consultation, Evidence, Explained, Quoted, Statement, absence, comparison, figures, phrases, premise, related,
    steps,
};

/// The consultation that answers.
pub fn compose(
    generation: &Generation,
    need: InformationNeed,
    evidence: Evidence,
    ranking: Ranking,
) -> Result<Consultation, IndexError> {
    let quotes: Vec<Quoted> = evidence.quotes().cloned().collect();
    let values = evidence.missing.iter().copied().map(phrases::missing);
    let missing: Vec<String> = values.chain(absence::of(&need, &quotes)).collect();
    let status = if missing.is_empty() { Status::Answered } else { Status::Partial };
    let comparison = comparison::of(generation, &need, quotes.get(..evidence.said).unwrap_or(&quotes));
    let answering = statements(quotes.get(..evidence.said).unwrap_or(&quotes));
    let premises = premise::of(&need, &quotes, evidence.said).into_iter();
    let ours = premises.map(|text| Statement { text: text.to_owned(), quotes: Vec::new() });
    Ok(Consultation {
        status,
        message: if missing.is_empty() { String::new() } else { phrases::PARTIAL.to_owned() },
        notes: Vec::new(),
        offers: Vec::new(),
        statements: ours.chain(comparison::marked(&comparison, answering)).collect(),
        figures: figures::of(&quotes),
        comparison,
        missing,
        refusal: None,
        ask: None,
        contacts: Vec::new(),
        explanations: explanations(generation, &need, &evidence, &quotes)?,
        next_steps: steps::of(generation, &need, &quotes),
        related: related::of(generation, &need, Some(&ranking.terms), &documents(&evidence)),
        confidence: evidence.confidence,
        signals: evidence.signals.clone(),
        quotes,
        need,
        ranking: Some(ranking),
    })
}

/// One statement a quote.
pub(super) fn statements(quotes: &[Quoted]) -> Vec<Statement> {
    quotes
        .iter()
        .enumerate()
        .map(|(index, quoted)| Statement { text: quoted.citation.quote().to_owned(), quotes: vec![index] })
        .collect()
}

/// The paragraphs of interpretations that explain the quoted passages.
fn explanations(
    generation: &Generation,
    need: &InformationNeed,
    evidence: &Evidence,
    quotes: &[Quoted],
) -> Result<Vec<Explained>, IndexError> {
    let mut explained: Vec<Explained> = Vec::new();
    for key in &evidence.passages {
        let Some(place) = generation.passage(*key) else { continue };
        let Some(explains) = quotes.iter().position(|quoted| {
            let range = quoted.citation.range();
            generation.by_id(quoted.citation.document()).is_some_and(|head| head.serial == place.serial)
                && place.start <= range.start
                && range.end <= place.end
        }) else {
            continue;
        };
        for explanation in generation.explanations(*key) {
            let document = generation.document(explanation.serial)?;
            let node = document.outline().deepest_at(explanation.start);
            let clause = node.and_then(|node| document.clause_at(node));
            let cited = clause.and_then(|clause| {
                let end = explanation.end.min(clause.node().end);
                clause.cite(explanation.start.max(clause.node().start)..end).ok()
            });
            if let (Some(citation), Some(node)) = (cited, node) {
                let validity = validity(document.meta(), &[], need.as_of);
                let quoted = Quoted { citation, document: document.clone(), node, validity };
                explained.push(Explained { quoted, explains });
            }
        }
    }
    Ok(explained)
}

/// Ids of the documents that are quoted.
fn documents(evidence: &Evidence) -> HashSet<&str> {
    evidence.quotes().map(|quoted| quoted.citation.document().as_str()).collect()
}
