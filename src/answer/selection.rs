//! Chooses the sentences that answer, among the leading passages and the rest of the leading document.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::analysis::normalise;
use crate::index::{Generation, IndexError, PassageKey};
use crate::policy::{PolicyDocument, ValidityVerdict};
use crate::query::{AnswerType, InformationNeed};
use crate::ranking::{AskedClause, RankedPassage, clause_verdict};
use crate::retrieval::QueryTerms;

use super::sentence::{Sentence, sentences};
use super::{Evidence, Quoted, weights};

/// What choosing sentences needs at hand.
pub(super) struct Selection<'a> {
    pub(super) generation: &'a Generation,
    pub(super) need: &'a InformationNeed,
    pub(super) terms: &'a QueryTerms,
}

/// A passage whose sentences are looked at.
struct Place {
    key: PassageKey,
    document: Arc<PolicyDocument>,
    range: Range<usize>,
    /// Its score as a share of the leading passage's.
    strength: f32,
    validity: ValidityVerdict,
}

/// A sentence with its score.
struct Scored {
    place: usize,
    sentence: Sentence,
    score: f32,
    /// The share of what was asked that the sentence, its headings and its title hold.
    support: f32,
    /// Whether they hold the word the question turns on.
    keyed: bool,
    has_value: bool,
    reviewed: bool,
}

impl Selection<'_> {
    /// The evidence of these passages, best first.
    pub(super) fn evidence(&self, passages: &[&RankedPassage]) -> Result<Option<Evidence>, IndexError> {
        let Some(lead) = passages.first() else { return Ok(None) };
        let places = self.places(passages)?;
        let mut scored: Vec<Scored> =
            places.iter().enumerate().flat_map(|(index, place)| self.score(index, place)).collect();
        scored.sort_by(|a, b| {
            let at = |hit: &Scored| (hit.place, hit.sentence.range.start);
            b.score.total_cmp(&a.score).then(at(a).cmp(&at(b)))
        });
        let Some(best) = scored.first() else { return Ok(None) };
        let least = best.score * weights::ALMOST_AS_GOOD;
        let mut order: Vec<usize> = Vec::new();
        for hit in scored.iter().take_while(|hit| hit.score >= least) {
            if order.len() < weights::MOST_PASSAGES && !order.contains(&hit.place) {
                order.push(hit.place);
            }
        }
        let mut quotes: Vec<Quoted> = Vec::new();
        for index in &order {
            let chosen: Vec<&Scored> = scored.iter().filter(|hit| hit.place == *index).collect();
            for quoted in quotes_of(&places[*index], &chosen) {
                if quotes.iter().all(|other| other.citation.quote() != quoted.citation.quote()) {
                    quotes.push(quoted);
                }
            }
        }
        if quotes.is_empty() {
            return Ok(None);
        }
        let missing = self.missing(&quotes);
        let first = quotes.remove(0);
        let support = best.support.max(lead.coverage);
        let confidence = confidence(lead, best, support);
        let on_subject = best.keyed || best.reviewed || support >= weights::BEYOND_DOUBT;
        let passages = order.iter().map(|index| places[*index].key).collect();
        Ok(Some(Evidence { first, rest: quotes, missing, confidence, support, on_subject, passages }))
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

    /// Kinds of value asked for that no quote holds.
    fn missing(&self, quotes: &[Quoted]) -> Vec<AnswerType> {
        let holds = |kind: AnswerType| quotes.iter().any(|quoted| kind.stands_in(quoted.citation.quote()));
        let in_table = quotes.iter().any(is_table);
        // 多少 can be answered by an amount, a rate or a count alike: one of them is enough.
        let any_number = [AnswerType::Amount, AnswerType::Rate, AnswerType::Count];
        let any_time = [AnswerType::Deadline, AnswerType::Duration];
        let same_family =
            |kind: &AnswerType| -> &[AnswerType] { if any_number.contains(kind) { &any_number } else { &any_time } };
        self.need
            .answer_types
            .iter()
            .copied()
            .filter(|kind| kind.wants_value() && !holds(*kind))
            .filter(|kind| *kind == AnswerType::Telephone || !same_family(kind).iter().any(|other| holds(*other)))
            // The unit of a table's numbers stands in its head, not in its rows.
            .filter(|kind| !(in_table && any_number.contains(kind)))
            .collect()
    }

    /// Scores the sentences of a passage.
    fn score(&self, index: usize, place: &Place) -> Vec<Scored> {
        let kind = self.need.answer_type();
        let reviewed = self.reviewed_quotes(place.key);
        let asked = AskedClause::of(self.need, place.document.outline());
        let is_asked = |sentence: &Sentence| {
            let lineage = || place.document.outline().lineage(sentence.node);
            asked.as_ref().is_some_and(|clause| lineage().into_iter().any(|node| clause.holds(node)))
        };
        // A clause that no longer holds as it stands is not quoted from a document that does.
        let lapsed = |sentence: &Sentence| {
            place.validity.may_govern()
                && clause_verdict(self.generation, self.need, place.key, &place.document, sentence.node).is_some()
        };
        sentences(&place.document, &place.range)
            .into_iter()
            .filter(|sentence| !lapsed(sentence))
            .map(|sentence| {
                let original = &place.document.text()[sentence.range.clone()];
                let text = normalise(original).text;
                let context = context_of(&place.document, &sentence);
                let own = self.terms.share_of(|word| text.contains(word));
                let support = self.terms.share_of(|word| text.contains(word) || context.contains(word));
                let keyed = self.terms.holds_key(|word| text.contains(word) || context.contains(word));
                let has_value = kind.stands_in(&text) && kind != AnswerType::Open;
                let reviewed = reviewed.iter().any(|quote| original.contains(quote.as_str()));
                let value = if has_value { weights::VALUE } else { 0.0 };
                let review = if reviewed { weights::REVIEWED } else { 0.0 };
                let pinned = if is_asked(&sentence) { weights::CLAUSE_ASKED } else { 0.0 };
                let words = own + weights::CONTEXT * (support - own);
                let score = weights::PASSAGE * place.strength + words + value + review + pinned;
                Scored { place: index, sentence, score, support, keyed, has_value, reviewed }
            })
            .collect()
    }

    /// Words of the passage on which a reviewed question like this one rests.
    fn reviewed_quotes(&self, key: PassageKey) -> Vec<String> {
        self.generation
            .faqs_for(key)
            .into_iter()
            .filter(|faq| {
                std::iter::once(&faq.question)
                    .chain(&faq.variants)
                    .any(|question| self.terms.share_of(|word| question.contains(word)) >= weights::LIKE_THIS)
            })
            .flat_map(|faq| faq.cites.iter().map(|cite| cite.quote.clone()))
            .collect()
    }
}

/// Whether a quote is a row of a table.
fn is_table(quoted: &Quoted) -> bool {
    quoted.citation.quote().trim_start().starts_with('|')
}

/// Headings above a sentence, the title, and the introduction of its list.
fn context_of(document: &PolicyDocument, sentence: &Sentence) -> String {
    let mut context = document.meta().title.clone();
    for index in document.outline().lineage(sentence.node) {
        let Some(clause) = document.clause_at(index) else { continue };
        context.push(' ');
        context.push_str(if index == sentence.node { clause.heading() } else { clause.own_text() });
    }
    normalise(&context).text
}

/// The sentences of one passage that answer, as quotes: the best one with the introduction and the items of its list,
/// and another that is as good.
fn quotes_of(place: &Place, hits: &[&Scored]) -> Vec<Quoted> {
    let Some(best) = hits.first() else { return Vec::new() };
    let least = best.score * weights::JOINS;
    let mut ranges: Vec<(usize, Range<usize>)> = introduction(&place.document, &best.sentence).into_iter().collect();
    for hit in hits.iter().filter(|hit| hit.score >= least).take(weights::MOST_SENTENCES) {
        ranges.push(whole_list(&place.document, &hit.sentence));
    }
    merge(&place.document, ranges).into_iter().filter_map(|(node, range)| quote(place, node, range)).collect()
}

/// The introduction before an item of a list (…下列材料：), when it is short.
fn introduction(document: &PolicyDocument, sentence: &Sentence) -> Option<(usize, Range<usize>)> {
    let parent = document.outline().nodes().get(sentence.node)?.parent? as usize;
    let node = document.outline().nodes().get(parent)?;
    let own = document.text().get(node.start..node.own_end)?.trim_end();
    let short = own.len() <= weights::INTRODUCTION_BYTES;
    (short && own.ends_with(['：', ':'])).then(|| (parent, node.start..node.start + own.len()))
}

/// A sentence that opens a list, with the list's items as far as they fit.
fn whole_list(document: &PolicyDocument, sentence: &Sentence) -> (usize, Range<usize>) {
    let nodes = document.outline().nodes();
    let node = &nodes[sentence.node];
    let opens = document.text()[sentence.range.clone()].ends_with(['：', ':']) && sentence.range.end <= node.own_end;
    if !opens || node.end <= node.own_end {
        return (sentence.node, sentence.range.clone());
    }
    let end = document
        .outline()
        .children(Some(sentence.node))
        .map(|child| nodes[child].end)
        .take_while(|end| end - sentence.range.start <= weights::LIST_BYTES)
        .last()
        .unwrap_or(sentence.range.end);
    (sentence.node, sentence.range.start..end.max(sentence.range.end))
}

/// Joins ranges of one node that touch or overlap; keeps the order of the text.
fn merge(document: &PolicyDocument, mut ranges: Vec<(usize, Range<usize>)>) -> Vec<(usize, Range<usize>)> {
    ranges.sort_by_key(|(_, range)| (range.start, range.end));
    let mut merged: Vec<(usize, Range<usize>)> = Vec::new();
    for (node, range) in ranges {
        match merged.last_mut() {
            Some((_, last)) if range.end <= last.end => {}
            Some((last_node, last))
                if *last_node == node
                    && document.text().get(last.end..range.start).is_some_and(|gap| gap.trim().is_empty()) =>
            {
                last.end = range.end;
            }
            _ => merged.push((node, range)),
        }
    }
    merged
}

fn quote(place: &Place, node: usize, range: Range<usize>) -> Option<Quoted> {
    let text = place.document.text().get(range.clone())?;
    let range = range.start..range.start + text.trim_end().len();
    let citation = place.document.clause_at(node)?.cite(range).ok()?;
    Some(Quoted { citation, document: place.document.clone(), node, validity: place.validity.clone() })
}

fn confidence(lead: &RankedPassage, best: &Scored, support: f32) -> f32 {
    let flag = |on: bool, weight: f32| if on { weight } else { 0.0 };
    let logit = weights::CONFIDENCE_BASE
        + weights::CONFIDENCE_SUPPORT * support
        + flag(best.reviewed, weights::CONFIDENCE_REVIEWED)
        + flag(lead.named, weights::CONFIDENCE_NAMED)
        + flag(best.has_value, weights::CONFIDENCE_VALUE);
    1.0 / (1.0 + (-logit).exp())
}
