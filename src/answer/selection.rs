//! Chooses the sentences that answer, among the leading passages and the rest of the leading document.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::analysis::normalise;
use crate::index::{Generation, IndexError, PassageKey};
use crate::policy::{ClauseKind, PolicyDocument, ValidityVerdict};
use crate::query::{AnswerType, InformationNeed};
use crate::ranking::{AskedClause, RankedPassage, Ranking, clause_verdict};
use crate::retrieval::QueryTerms;

use super::asked::Asked;
use super::confidence::{self, Standing};
use super::quoting::{cited, is_drafted, overlap, quote, quotes_of};
use super::sentence::{Sentence, sentences};
use super::span::{Field, best_span};
use super::{Evidence, Quoted, beside, comparison, premise, reference, value, weights};

pattern!(
    FORMULA,
    r"制定本[^，。]{0,8}[。；]|现(?:印发|转发|公布|予以)|请(?:认真|遵照|结合实际)|特(?:制定|作如下|通知如下)"
);

/// What choosing sentences needs at hand.
pub(super) struct Selection<'a> {
    pub(super) generation: &'a Generation,
    pub(super) need: &'a InformationNeed,
    pub(super) ranking: &'a Ranking,
}

/// A passage whose sentences are looked at.
pub(super) struct Place {
    key: PassageKey,
    pub(super) document: Arc<PolicyDocument>,
    range: Range<usize>,
    /// Its score as a share of the leading passage's.
    strength: f32,
    pub(super) validity: ValidityVerdict,
}

/// A sentence with its score.
pub(super) struct Scored {
    place: usize,
    pub(super) sentence: Sentence,
    pub(super) score: f32,
    /// The share of what was asked that the sentence, its headings and its title hold.
    support: f32,
    /// Whether they hold the word the question turns on.
    keyed: bool,
    reviewed: bool,
}

impl Selection<'_> {
    fn terms(&self) -> &QueryTerms {
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
        let standing = Standing { ranking: self.ranking, lead, support, reviewed: best.reviewed };
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
        let mut order: Vec<usize> = Vec::new();
        for hit in scored.iter().take_while(|hit| hit.score >= least) {
            let same = |other: &usize| {
                *other == hit.place || compares && places[*other].document.id() == places[hit.place].document.id()
            };
            if order.len() < most && !order.iter().any(same) && !beside_it(hit) {
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

    /// What the leading document says where the question states a number that is not in what was chosen, nor another of
    /// its kind: 每月500对吧 is met with the amount.
    fn instead(&self, lead: &Place, quotes: &[Quoted]) -> Option<Quoted> {
        let document = &*lead.document;
        let claim = premise::unheld(self.need, quotes)?;
        let worth = |sentence: &Sentence| {
            let text = &document.text()[sentence.range.clone()];
            let (folded, context) = (normalise(text).text, context_of(document, sentence));
            (premise::fit(&claim, text), self.terms().share_of(|word| folded.contains(word) || context.contains(word)))
        };
        let holds = |node: usize| clause_verdict(self.generation, self.need, lead.key, document, node).is_none();
        let mut best: Option<((u8, f32), Sentence)> = None;
        for sentence in sentences(document, &(0..document.text().len())) {
            let worth = worth(&sentence);
            let better =
                best.as_ref().is_none_or(|(known, _)| worth.0 > known.0 || worth.0 == known.0 && worth.1 > known.1);
            if worth.0 > 0 && better && (!lead.validity.may_govern() || holds(sentence.node)) {
                best = Some((worth, sentence));
            }
        }
        let ((_, support), sentence) = best?;
        let chosen = Scored { place: 0, sentence, score: support, support, keyed: false, reviewed: false };
        let quoted = quotes_of(lead, &[&chosen]).into_iter().last()?;
        (!quotes.iter().any(|other| overlap(&other.citation, &quoted.citation))).then_some(quoted)
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
        let row = nodes.get(best.sentence.node).is_some_and(|node| node.kind == ClauseKind::Row);
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

    /// Kinds of value asked for that no quote holds.
    fn missing(&self, quotes: &[Quoted]) -> Vec<AnswerType> {
        let holds = |kind: AnswerType| quotes.iter().any(|quoted| value::holds(kind, quoted.citation.quote()));
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
            .filter(|sentence| !lapsed(sentence) && !is_label(&place.document, sentence))
            .map(|sentence| {
                let original = &place.document.text()[sentence.range.clone()];
                let text = normalise(original).text;
                let context = context_of(&place.document, &sentence);
                let own = self.terms().share_of(|word| text.contains(word));
                let support = self.terms().share_of(|word| text.contains(word) || context.contains(word));
                let keyed = self.terms().holds_key(|word| text.contains(word) || context.contains(word));
                let has_value = kind != AnswerType::Open
                    && (value::holds(kind, &text) || has_cell(&place.document, &sentence, kind));
                let reviewed = reviewed.iter().any(|quote| original.contains(quote.as_str()));
                let worth = match (has_value, kind.wants_value()) {
                    (true, true) => weights::VALUE_WANTED * (support / weights::VALUE_SUPPORT).min(1.0),
                    (true, false) => weights::VALUE,
                    (false, _) => 0.0,
                };
                let formula = if FORMULA.is_match(&text) { weights::FORMULA } else { 0.0 };
                let review = if reviewed { weights::REVIEWED } else { 0.0 };
                let pinned = if is_asked(&sentence) { weights::CLAUSE_ASKED } else { 0.0 };
                let words = own + weights::CONTEXT * (support - own);
                let score = weights::PASSAGE * place.strength + words + worth + review + pinned + formula;
                Scored { place: index, sentence, score, support, keyed, reviewed }
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
                    .any(|question| self.terms().share_of(|word| question.contains(word)) >= weights::LIKE_THIS)
            })
            .flat_map(|faq| faq.cites.iter().map(|cite| cite.quote.clone()))
            .collect()
    }
}

/// Whether a quote is a row of a table.
fn is_table(quoted: &Quoted) -> bool {
    quoted.citation.quote().trim_start().starts_with('|')
}

/// Whether a sentence is but the number of its clause (第五条).
fn is_label(document: &PolicyDocument, sentence: &Sentence) -> bool {
    let node = document.outline().nodes().get(sentence.node);
    node.is_some_and(|node| !node.label.is_empty() && document.text()[sentence.range.clone()] == node.label)
}

/// Whether a row of a table has a number where one is wanted: its unit stands in the table's head.
fn has_cell(document: &PolicyDocument, sentence: &Sentence, kind: AnswerType) -> bool {
    let row = document.outline().nodes().get(sentence.node).is_some_and(|node| node.kind == ClauseKind::Row);
    let number = matches!(kind, AnswerType::Amount | AnswerType::Rate | AnswerType::Count | AnswerType::Duration);
    row && number && document.text()[sentence.range.clone()].contains(|c: char| c.is_ascii_digit())
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
