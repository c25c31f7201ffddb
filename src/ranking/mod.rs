//! Which clauses answer it best, and why?

mod features;
mod label;
mod weights;

use std::collections::HashMap;
use std::sync::Arc;

use crate::index::{Generation, Head, IndexError, PassageKey};
use crate::policy::{PolicyDocument, RegionFit, ValidityVerdict, clause_status, validity};
use crate::query::InformationNeed;
use crate::retrieval::{Candidate, Candidates, QueryTerms};

pub use features::{Explanation, Signal};
pub(crate) use label::{AskedClause, measures};

/// A passage in its place.
#[derive(Debug, Clone)]
pub struct RankedPassage {
    /// Where it is.
    pub key: PassageKey,
    /// Its document, once it was read for the second look; the leading passages have it.
    pub document: Option<Arc<PolicyDocument>>,
    /// Its score.
    pub score: f32,
    /// How the score came about.
    pub explanation: Explanation,
    /// The share of what was asked that it holds, 0 to 1, weighted by rarity.
    pub coverage: f32,
    /// How its document's place lies to the place asked about.
    pub region_fit: RegionFit,
    /// Its document's validity on the day asked about.
    pub validity: ValidityVerdict,
    /// Whether the question names its document.
    pub named: bool,
}

/// The passages in order, and the terms they were ranked by.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// Best first.
    pub passages: Vec<RankedPassage>,
    /// The terms.
    pub terms: QueryTerms,
}

/// Ranks candidates: a first look by the scores of the views, a second look at the leading ones by their words.
pub fn rank(generation: &Generation, need: &InformationNeed, candidates: Candidates) -> Result<Ranking, IndexError> {
    let best = features::Best::of(&candidates.list);
    let wholes = features::Wholes::of(generation, &candidates.list, &best);
    let mut verdicts: HashMap<u32, features::Standing> = HashMap::new();
    let mut passages = Vec::with_capacity(candidates.list.len());
    for candidate in &candidates.list {
        let Some(head) = generation.head(candidate.key.serial()) else { continue };
        let standing =
            verdicts.entry(candidate.key.serial()).or_insert_with(|| features::Standing::of(generation, need, head));
        passages.push(first_look(candidate, &best, standing, wholes.strength(head)));
    }
    sort(&mut passages);
    for passage in passages.iter_mut().take(weights::SECOND_LOOK) {
        second_look(generation, need, &candidates.terms, passage)?;
    }
    let head = weights::SECOND_LOOK.min(passages.len());
    sort(&mut passages[..head]);
    Ok(Ranking { passages, terms: candidates.terms })
}

fn first_look(
    candidate: &Candidate,
    best: &features::Best,
    standing: &features::Standing,
    wholes: (f32, f32),
) -> RankedPassage {
    let explanation = features::first(candidate, best, standing, wholes);
    RankedPassage {
        key: candidate.key,
        document: None,
        score: explanation.total(),
        explanation,
        coverage: 0.0,
        region_fit: standing.region_fit,
        validity: standing.validity.clone(),
        named: candidate.named,
    }
}

fn second_look(
    generation: &Generation,
    need: &InformationNeed,
    terms: &QueryTerms,
    passage: &mut RankedPassage,
) -> Result<(), IndexError> {
    let document = generation.document(passage.key.serial())?;
    let Some(place) = generation.passage(passage.key) else { return Ok(()) };
    let words = features::Words::of(generation, &document, (&place, passage.key), need);
    passage.coverage = words.coverage(terms);
    passage.explanation.extend(features::second(need, terms, &words, passage.coverage));
    passage.score = passage.explanation.total();
    // A clause that was repealed, changed or has not begun governs no more than a lapsed document does.
    if let Some(verdict) = clause_verdict(generation, need, passage.key, &document, place.node as usize)
        && passage.validity.may_govern()
    {
        passage.validity = verdict;
    }
    passage.document = Some(document);
    Ok(())
}

/// The validity of a clause where it differs from that of its document: repealed, changed or not yet effective.
pub(crate) fn clause_verdict(
    generation: &Generation,
    need: &InformationNeed,
    key: PassageKey,
    document: &PolicyDocument,
    node: usize,
) -> Option<ValidityVerdict> {
    let head = generation.head(key.serial())?;
    let by_clause = head.events.iter().any(|event| !event.clauses.is_empty())
        || head.meta.terms.iter().any(|term| !term.clauses.is_empty());
    let nodes = document.outline().nodes();
    if !by_clause || node >= nodes.len() {
        return None;
    }
    let mut lineage = document.outline().lineage(node);
    // Its own label first.
    lineage.sort_unstable_by(|a, b| b.cmp(a));
    let labels: Vec<&str> = lineage.iter().map(|&index| nodes[index].label.as_str()).collect();
    clause_status(&head.meta, &head.events, &labels, need.as_of).verdict()
}

fn sort(passages: &mut [RankedPassage]) {
    passages.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.key.cmp(&b.key)));
}

/// The validity of a document on the day asked about.
pub(crate) fn standing_of(need: &InformationNeed, head: &Head) -> ValidityVerdict {
    validity(&head.meta, &head.events, need.as_of)
}
