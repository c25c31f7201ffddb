//! Chooses the sentences that answer, among the leading passages and the rest of the leading document.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::index::{Generation, IndexError, PassageKey};
use crate::policy::{ClauseKind, PolicyDocument, ValidityVerdict};
use crate::query::{AnswerType, InformationNeed};
use crate::ranking::{RankedPassage, Ranking, clause_verdict};
use crate::retrieval::QueryTerms;

use super::asked::Asked;
use super::confidence::{self, Standing};
use super::quoting::{cited, is_drafted, overlap, quote, quotes_of, table_of};
use super::scoring::Scored;
use super::span::{Field, best_span};
use super::{Evidence, Quoted, beside, comparison, reference, weights};

/// What choosing sentences needs at hand.
pub(super) struct Selection<'a> {
    pub(super) generation: &'a Generation,
    pub(super) need: &'a InformationNeed,
    pub(super) ranking: &'a Ranking,
}

/// A passage whose sentences are looked at.
pub(super) struct Place {
    pub(super) key: PassageKey,
    pub(super) document: Arc<PolicyDocument>,
    pub(super) range: Range<usize>,
    /// Its score as a share of the leading passage's.
    pub(super) strength: f32,
    pub(super) validity: ValidityVerdict,
}

impl Selection<'_> {
    pub(super) fn terms(&self) -> &QueryTerms {
        &self.ranking.terms
    }

    /// The evidence of these passages, best first.
    pub(super) fn evidence(&self, passages: &[&RankedPassage]) -> Result<Option<Evidence>, IndexError> {
        let Some(lead) = passages.first() else { return Ok(None) };
        let places = self.places(passages)?;
        let compares = comparison::is_wanted(self.need);
        let leading =
            |place: &Place| lead.document.as_ref().is_some_and(|document| document.id() == place.document.id());
        let drawn_upon = |place: &Place| compares || leading(place) || place.strength >= weights::OF_ANOTHER;
        let drawn = places.iter().enumerate().filter(|(_, place)| drawn_upon(place));
        let mut scored: Vec<Scored> = drawn.flat_map(|(index, place)| self.score(index, place)).collect();
        scored.sort_by(|a, b| {
            let at = |hit: &Scored| (hit.place, hit.sentence.range.start);
            b.score.total_cmp(&a.score).then(at(a).cmp(&at(b)))
        });
        let Some(best) = scored.first() else { return Ok(None) };
        let order = self.order(&places, &scored);
        let (mut quotes, said) = self.quotes(&places, &scored, &order);
        if quotes.is_empty() {
            return Ok(None);
        }
        let missing = self.missing(&quotes);
        let first = quotes.remove(0);
        let support = best.support.max(lead.coverage);
        let standing = Standing {
            ranking: self.ranking,
            lead,
            support,
            reviewed: best.reviewed,
            documents: self.generation.heads().len(),
        };
        let signals = standing.signals();
        let confidence = confidence::of(&signals);
        let on_subject = best.keyed || best.reviewed || support >= weights::BEYOND_DOUBT;
        let passages = order.iter().map(|index| places[*index].key).collect();
        Ok(Some(Evidence { first, rest: quotes, said, missing, confidence, signals, support, on_subject, passages }))
    }

    /// The places to quote from, best first: the ones almost as good as the best; for a comparison the best one of each
    /// document that speaks of the matter.
    fn order(&self, places: &[Place], scored: &[Scored]) -> Vec<usize> {
        let compares = comparison::is_wanted(self.need);
        let (share, most) = if compares {
            (weights::COMPARED, weights::MOST_COMPARED)
        } else {
            (weights::ALMOST_AS_GOOD, weights::MOST_PASSAGES)
        };
        let least = scored.first().map_or(0.0, |best| best.score * share);
        // A document on the matter bears its name; where two do, the others only mention it.
        let named =
            |hit: &&Scored| self.terms().holds_key(|word| places[hit.place].document.meta().title.contains(word));
        let good = scored.iter().take_while(|hit| hit.score >= least);
        let on_matter: HashSet<_> =
            good.filter(named).map(|hit| places[hit.place].document.id()).filter(|_| compares).collect();
        let beside_it = |hit: &Scored| on_matter.len() > 1 && !on_matter.contains(places[hit.place].document.id());
        // Where nothing but a value is asked for, what has none stands beside no value.
        let values = !self.need.answer_types.is_empty() && self.need.answer_types.iter().all(|kind| kind.wants_value());
        let best_has = values && scored.first().is_some_and(|best| best.has_value);
        let mut order: Vec<usize> = Vec::new();
        for hit in scored.iter().take_while(|hit| hit.score >= least) {
            let same = |other: &usize| {
                *other == hit.place || compares && places[*other].document.id() == places[hit.place].document.id()
            };
            if order.len() < most && !order.iter().any(same) && !beside_it(hit) && (hit.has_value || !best_has) {
                order.push(hit.place);
            }
        }
        order
    }

    /// The quotes of these places, best first, and how many of them make the answer: the span that answers, else all;
    /// beside them the clauses they refer to.
    fn quotes(&self, places: &[Place], scored: &[Scored], order: &[usize]) -> (Vec<Quoted>, usize) {
        let mut quotes: Vec<Quoted> = self.span(places, scored);
        let span = quotes.len();
        for index in order {
            let chosen: Vec<&Scored> = scored.iter().filter(|hit| hit.place == *index).collect();
            for quoted in quotes_of(&places[*index], &chosen) {
                let repeats = |other: &Quoted| other.citation.quote() == quoted.citation.quote();
                let within = |other: &Quoted| overlap(&other.citation, &quoted.citation);
                if !quotes.iter().any(repeats) && !quotes[..span].iter().any(within) {
                    quotes.push(quoted);
                }
            }
        }
        let mut said = if span > 0 { span } else { quotes.len() };
        if let Some(own) = order.first().and_then(|index| self.instead(&places[*index], &quotes[..said])) {
            // A clause that was asked for stands first.
            quotes.insert(if self.need.clause.is_some() { said } else { 0 }, own);
            said += 1;
        }
        if let Some(own) = order.first().map(|index| self.supplied(&places[*index], &quotes[..said])) {
            let at = said;
            said += own.len();
            quotes.splice(at..at, own);
        }
        if let Some(lead) = order.first().and_then(|index| places.get(*index)) {
            let referred = self.referred(lead, &quotes);
            quotes.extend(referred);
            let read_beside = self.beside(lead, &quotes, said);
            quotes.extend(read_beside);
        }
        (quotes, said)
    }

    /// The clauses of the leading document to which its quotes refer, as far as they hold.
    fn referred(&self, lead: &Place, quotes: &[Quoted]) -> Vec<Quoted> {
        let own = quotes.iter().filter(|quoted| quoted.citation.document() == lead.document.id());
        let holds = |node: usize| clause_verdict(self.generation, self.need, lead.key, &lead.document, node).is_none();
        let mut found: Vec<Quoted> = own
            .flat_map(reference::meant_by)
            .filter(|(node, _)| !lead.validity.may_govern() || holds(*node))
            .filter_map(|(node, range)| quote(lead, node, range))
            .filter(|quoted| !quotes.iter().any(|other| overlap(&other.citation, &quoted.citation)))
            .collect();
        found.dedup_by(|a, b| a.citation == b.citation);
        found.truncate(weights::REFERENCES);
        found
    }

    /// The definitions and exceptions of the leading document that belong to what is said, as far as they hold.
    fn beside(&self, lead: &Place, quotes: &[Quoted], said: usize) -> Vec<Quoted> {
        let own = quotes.iter().take(said).filter(|quoted| quoted.citation.document() == lead.document.id());
        let own: Vec<&Quoted> = own.collect();
        let holds = |node: usize| clause_verdict(self.generation, self.need, lead.key, &lead.document, node).is_none();
        let mut found: Vec<Quoted> = Vec::new();
        for (node, range) in beside::of(self.need, &own) {
            let stands = !lead.validity.may_govern() || holds(node);
            let Some(quoted) = quote(lead, node, range).filter(|_| stands) else { continue };
            if !quotes.iter().chain(&found).any(|other| overlap(&other.citation, &quoted.citation)) {
                found.push(quoted);
            }
        }
        found
    }

    /// The span that answers, among the good sentences of the best one's document. None where a whole clause or a row
    /// of a table is wanted.
    fn span(&self, places: &[Place], scored: &[Scored]) -> Vec<Quoted> {
        let Some(best) = scored.first() else { return Vec::new() };
        let lead = &places[best.place];
        let nodes = lead.document.outline().nodes();
        let row = nodes.get(best.sentence.node).is_some_and(|node| node.kind == ClauseKind::Row)
            || table_of(lead, &best.sentence).is_some();
        // Who is responsible stands at the end of a sentence, and what it is for at its head.
        let whole =
            matches!(self.need.answer_type(), AnswerType::Department | AnswerType::Original | AnswerType::Comparison);
        if row || whole || self.need.clause.is_some() || is_drafted(lead.document.meta().kind) {
            return Vec::new();
        }
        let mut fields: Vec<Field> = Vec::new();
        for (index, place) in places.iter().enumerate().filter(|(_, place)| place.document.id() == lead.document.id()) {
            let good = scored.iter().filter(|hit| hit.place == index && hit.score >= best.score * weights::GOOD);
            let good: Vec<_> = good.map(|hit| (hit.sentence.range.clone(), hit.score / best.score)).collect();
            if !good.is_empty() {
                fields.push(Field { range: place.range.clone(), good });
            }
        }
        let asked = Asked::of(self.need, self.terms(), &lead.document.meta().title);
        let Some(range) = best_span(&lead.document, &asked, &fields) else { return Vec::new() };
        cited(&lead.document, range).into_iter().filter_map(|(node, range)| quote(lead, node, range)).collect()
    }

    /// The passages to look at: the leading ones, and the others of the leading document, because the sentence that
    /// answers often shares no word with the question when its document's title does.
    fn places(&self, passages: &[&RankedPassage]) -> Result<Vec<Place>, IndexError> {
        let best = passages.first().map_or(1.0, |lead| lead.score.max(f32::MIN_POSITIVE));
        let mut places = Vec::new();
        let mut seen = HashSet::new();
        for passage in passages {
            let (Some(document), Some(place)) = (&passage.document, self.generation.passage(passage.key)) else {
                continue;
            };
            seen.insert(passage.key);
            places.push(Place {
                key: passage.key,
                document: document.clone(),
                range: place.start..place.end,
                strength: passage.score / best,
                validity: passage.validity.clone(),
            });
        }
        let Some(lead) = passages.first() else { return Ok(places) };
        let Some(head) = self.generation.head(lead.key.serial()) else { return Ok(places) };
        let document = self.generation.document(lead.key.serial())?;
        for key in head.keys().filter(|key| !seen.contains(key)).take(weights::REST_OF_DOCUMENT) {
            let Some(place) = self.generation.passage(key) else { continue };
            places.push(Place {
                key,
                document: document.clone(),
                range: place.start..place.end,
                strength: weights::UNRANKED,
                validity: lead.validity.clone(),
            });
        }
        Ok(places)
    }
}
