//! Selects the sentences that answer, or says why there are none.

use std::ops::Range;
use std::sync::Arc;

use crate::index::{Generation, IndexError, PassageKey};
use crate::policy::{PolicyDocument, Region, RegionFit, Validity};
use crate::query::{AnswerType, InformationNeed};
use crate::ranking::{RankedPassage, Ranking, same_label};
use crate::retrieval::QueryTerms;

use super::sentence::{Sentence, sentences};
use super::{Abstention, Evidence, Judgement, NotFound, Quoted, weights};

/// What kind of passages evidence may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Authority, in force, for the region.
    Governing,
    /// Authority for the region that does not hold on that day.
    Lapsed,
    /// Authority of another region.
    Elsewhere,
    /// Interpretations and the like.
    Explaining,
}

/// Decides what answers the need.
pub fn select_evidence(
    generation: &Generation,
    need: &InformationNeed,
    ranking: &Ranking,
) -> Result<Judgement, IndexError> {
    let abstain = |abstention| Ok(Judgement::Abstention(abstention));
    if let Some(why) = missing_reference(generation, need, ranking) {
        return abstain(Abstention::NotFound(why));
    }
    let selection = Selection { generation, need, terms: &ranking.terms };
    let sides = Sides::of(generation, need, ranking);
    let Some(lead) = sides.governing.first().copied() else {
        return Ok(Judgement::Abstention(selection.without_governing(&sides)?));
    };
    if let Some(abstention) = selection.outdone(lead, &sides)? {
        return abstain(abstention);
    }
    if !need_is_pinned(need, lead) && lead.coverage < weights::LEAST_COVERAGE {
        return Ok(Judgement::Abstention(selection.without_governing(&sides)?));
    }
    if let Some(why) = other_year(need, lead) {
        return abstain(Abstention::NotFound(why));
    }
    if let Some(regions) = selection.regions_in_tie(&sides.governing) {
        return abstain(Abstention::NeedsRegion(regions));
    }
    match selection.evidence(&sides.governing)? {
        Some(evidence) => Ok(Judgement::Evidence(evidence)),
        None => abstain(Abstention::NotFound(NotFound::Nothing)),
    }
}

/// Whether the question points at the passage itself.
fn need_is_pinned(need: &InformationNeed, lead: &RankedPassage) -> bool {
    lead.named && (need.clause.is_some() || need.subject.is_empty())
}

/// The leading passages by what they may be used for.
struct Sides<'r> {
    governing: Vec<&'r RankedPassage>,
    lapsed: Vec<&'r RankedPassage>,
    elsewhere: Vec<&'r RankedPassage>,
    explaining: Vec<&'r RankedPassage>,
}

impl<'r> Sides<'r> {
    fn of(generation: &Generation, need: &InformationNeed, ranking: &'r Ranking) -> Self {
        let mut sides = Self { governing: vec![], lapsed: vec![], elsewhere: vec![], explaining: vec![] };
        let pinned = ranking.passages.iter().any(|passage| passage.named) && pins(need);
        for passage in ranking.passages.iter().take(weights::PASSAGES) {
            if passage.document.is_none() || pinned && !passage.named {
                continue;
            }
            match side(generation, passage) {
                Side::Governing => sides.governing.push(passage),
                Side::Lapsed => sides.lapsed.push(passage),
                Side::Elsewhere => sides.elsewhere.push(passage),
                Side::Explaining => sides.explaining.push(passage),
            }
        }
        sides
    }
}

/// Whether the question names documents: then only those can answer.
fn pins(need: &InformationNeed) -> bool {
    !need.numbers.is_empty() || !need.titles.is_empty()
}

fn side(generation: &Generation, passage: &RankedPassage) -> Side {
    let authority = generation.head(passage.key.serial()).is_some_and(|head| head.meta.kind.is_authority());
    match (authority, passage.region_fit) {
        (false, _) => Side::Explaining,
        (true, RegionFit::Elsewhere | RegionFit::Below(_)) => Side::Elsewhere,
        (true, _) if passage.validity.state.may_govern() => Side::Governing,
        (true, _) => Side::Lapsed,
    }
}

/// A document, or a clause of it, that the question names and the library does not have.
fn missing_reference(generation: &Generation, need: &InformationNeed, ranking: &Ranking) -> Option<NotFound> {
    let named = ranking.passages.iter().any(|passage| passage.named);
    if !named {
        if let Some(title) = need.titles.first() {
            return Some(NotFound::NoSuchDocument(title.clone()));
        }
        if let Some(number) = need.numbers.iter().find_map(crate::policy::NumberMention::number) {
            return Some(NotFound::NoSuchDocument(number.to_string()));
        }
        return None;
    }
    let label = need.clause.as_ref()?;
    let exists = ranking
        .passages
        .iter()
        .filter(|passage| passage.named)
        .any(|passage| passage.document.as_ref().is_none_or(|document| has_clause(document, label)));
    let _ = generation;
    (!exists && pins(need)).then(|| NotFound::NoSuchClause(label.clone()))
}

fn has_clause(document: &PolicyDocument, label: &str) -> bool {
    document.outline().nodes().iter().any(|node| same_label(label, &node.label))
}

/// The leading document's title names another year than the question does.
fn other_year(need: &InformationNeed, lead: &RankedPassage) -> Option<NotFound> {
    let asked = need.year?;
    let document = lead.document.as_ref()?;
    let titled = years_in(&document.meta().title);
    let other = !titled.is_empty() && !titled.contains(&asked);
    other.then(|| NotFound::OtherYear { asked, have: document.meta().name() })
}

fn years_in(title: &str) -> Vec<i16> {
    let compact: String = title.split_whitespace().collect();
    compact
        .split('年')
        .filter_map(|before| before.get(before.len().checked_sub(4)?..))
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1949..2100).contains(year))
        .collect()
}

/// What choosing sentences needs at hand.
struct Selection<'a> {
    generation: &'a Generation,
    need: &'a InformationNeed,
    terms: &'a QueryTerms,
}

/// A sentence with its score.
struct Scored {
    sentence: Sentence,
    score: f32,
    has_value: bool,
    reviewed: bool,
}

impl Selection<'_> {
    /// Nothing governs: perhaps another region has it, or only lapsed texts, or only an interpretation.
    fn without_governing(&self, sides: &Sides<'_>) -> Result<Abstention, IndexError> {
        let enough =
            |passages: &[&RankedPassage]| passages.first().is_some_and(|p| p.coverage >= weights::LEAST_COVERAGE);
        if enough(&sides.lapsed)
            && let Some(evidence) = self.evidence(&sides.lapsed[..1])?
        {
            return Ok(Abstention::LapsedOnly(evidence));
        }
        if enough(&sides.elsewhere)
            && let Some(evidence) = self.evidence(&sides.elsewhere[..1])?
        {
            return Ok(Abstention::ElsewhereOnly(evidence));
        }
        let explaining = sides.explaining.first().filter(|passage| passage.coverage >= weights::LEAST_COVERAGE);
        let title =
            explaining.and_then(|passage| passage.document.as_ref()).map(|document| document.meta().title.clone());
        Ok(Abstention::NotFound(title.map_or(NotFound::Nothing, NotFound::OnlyInterpretation)))
    }

    /// A lapsed or foreign passage that fits far better than the best governing one: the matter was ruled there, and
    /// the governing passage speaks of something else.
    fn outdone(&self, lead: &RankedPassage, sides: &Sides<'_>) -> Result<Option<Abstention>, IndexError> {
        let better = |other: &&RankedPassage| {
            other.coverage >= weights::LEAST_COVERAGE && lead.coverage < other.coverage * weights::CLEARLY_LESS
        };
        if let Some(lapsed) = sides.lapsed.first().filter(|other| better(other)) {
            return Ok(self.evidence(&[lapsed])?.map(Abstention::LapsedOnly));
        }
        if let Some(elsewhere) = sides.elsewhere.first().filter(|other| better(other)) {
            return Ok(self.evidence(&[elsewhere])?.map(Abstention::ElsewhereOnly));
        }
        Ok(None)
    }

    /// The regions whose documents answer equally well, when no region was asked about and none contains the other.
    fn regions_in_tie(&self, governing: &[&RankedPassage]) -> Option<Vec<Region>> {
        let lead = governing.first()?;
        if self.need.region.is_some() || pins(self.need) {
            return None;
        }
        let gazetteer = self.generation.gazetteer();
        let of = |passage: &RankedPassage| {
            self.generation.head(passage.key.serial()).and_then(|head| head.meta.region.clone())
        };
        let first = of(lead)?;
        let mut regions = vec![first];
        for passage in governing
            .iter()
            .filter(|p| p.score >= lead.score * weights::TIE && p.coverage >= lead.coverage * weights::TIE)
        {
            let Some(code) = of(passage) else { continue };
            let unrelated = regions.iter().all(|known| gazetteer.fit(known, Some(&code)) == RegionFit::Elsewhere);
            if unrelated && regions.len() < weights::MOST_CHOICES {
                regions.push(code);
            }
        }
        (regions.len() > 1).then(|| regions.iter().filter_map(|code| gazetteer.get(code)).cloned().collect())
    }

    /// The evidence of these passages, best first.
    fn evidence(&self, passages: &[&RankedPassage]) -> Result<Option<Evidence>, IndexError> {
        let Some(lead) = passages.first() else { return Ok(None) };
        let mut quotes: Vec<Quoted> = Vec::new();
        let mut keys: Vec<PassageKey> = Vec::new();
        let mut best: Option<Scored> = None;
        for passage in passages.iter().take(weights::PASSAGES) {
            let first = keys.is_empty();
            let worthy = first
                || passage.score >= lead.score * weights::ALMOST_AS_GOOD
                    && passage.coverage >= lead.coverage * weights::ALMOST_AS_GOOD;
            if !worthy || keys.len() >= weights::MOST_PASSAGES {
                break;
            }
            let Some((found, top)) = self.quotes_of(passage) else { continue };
            let new: Vec<Quoted> = found
                .into_iter()
                .filter(|quoted| quotes.iter().all(|other| other.citation.quote() != quoted.citation.quote()))
                .collect();
            if new.is_empty() {
                continue;
            }
            quotes.extend(new);
            keys.push(passage.key);
            best = best.or(Some(top));
        }
        let (Some(best), false) = (best, quotes.is_empty()) else { return Ok(None) };
        let missing = self.missing(&quotes);
        let first = quotes.remove(0);
        let confidence = confidence(lead, &best);
        Ok(Some(Evidence { first, rest: quotes, missing, confidence, passages: keys }))
    }

    /// Kinds of value asked for that no quote holds.
    fn missing(&self, quotes: &[Quoted]) -> Vec<AnswerType> {
        let holds = |kind: AnswerType| quotes.iter().any(|quoted| kind.stands_in(quoted.citation.quote()));
        let types = &self.need.answer_types;
        // 多少 can be answered by an amount, a rate or a count alike: one of them is enough.
        let any_number = [AnswerType::Amount, AnswerType::Rate, AnswerType::Count];
        types
            .iter()
            .copied()
            .filter(|kind| kind.wants_value() && !holds(*kind))
            .filter(|kind| !(any_number.contains(kind) && any_number.iter().any(|other| holds(*other))))
            .collect()
    }

    /// The sentences of one passage that answer, as quotes, and the best of them.
    fn quotes_of(&self, passage: &RankedPassage) -> Option<(Vec<Quoted>, Scored)> {
        let document = passage.document.as_ref()?;
        let place = self.generation.passage(passage.key)?;
        let scored = self.score(document, &(place.start..place.end), passage.key);
        let best = scored.iter().enumerate().max_by(|(i, a), (j, b)| a.score.total_cmp(&b.score).then(j.cmp(i)))?.0;
        let threshold = scored[best].score * weights::JOINS;
        let mut ranges: Vec<(usize, Range<usize>)> = Vec::new();
        ranges.extend(introduction(document, &scored[best].sentence));
        let mut taken = 0;
        for (index, candidate) in scored.iter().enumerate() {
            if index == best || candidate.score >= threshold && taken + 1 < weights::MOST_SENTENCES {
                taken += usize::from(index != best);
                ranges.push(whole_list(document, &candidate.sentence));
            }
        }
        let quotes = merge(document, ranges)
            .into_iter()
            .filter_map(|(node, range)| quote(document, node, range, passage))
            .collect::<Vec<_>>();
        let best = scored.into_iter().nth(best)?;
        (!quotes.is_empty()).then_some((quotes, best))
    }

    /// Scores the sentences of a passage.
    fn score(&self, document: &Arc<PolicyDocument>, range: &Range<usize>, key: PassageKey) -> Vec<Scored> {
        let kind = self.need.answer_type();
        let reviewed = self.reviewed_quotes(key);
        sentences(document, range)
            .into_iter()
            .map(|sentence| {
                let words = crate::analysis::normalise(&document.text()[sentence.range.clone()]);
                let context = context_of(document, &sentence);
                let own = self
                    .terms
                    .share_of(|term| words.text.contains(&term.term) || self.excused(&term.term, &words.text));
                let with_context = self.terms.share_of(|term| {
                    words.text.contains(&term.term)
                        || context.contains(&term.term)
                        || self.excused(&term.term, &words.text)
                });
                let has_value = kind.stands_in(&words.text);
                let reviewed =
                    reviewed.iter().any(|quote| document.text()[sentence.range.clone()].contains(quote.as_str()));
                let value = if has_value && kind != AnswerType::Open { weights::VALUE } else { 0.0 };
                let review = if reviewed { weights::REVIEWED } else { 0.0 };
                let score = own + weights::CONTEXT * (with_context - own) + value + review;
                Scored { sentence, score, has_value, reviewed }
            })
            .collect()
    }

    /// Whether a term of the question is spoken of by the official word it was taken for.
    fn excused(&self, term: &str, text: &str) -> bool {
        self.terms.expansions().iter().any(|expansion| expansion.from.contains(term) && text.contains(&expansion.to))
    }

    /// Words of the passage on which a reviewed question like this one rests.
    fn reviewed_quotes(&self, key: PassageKey) -> Vec<String> {
        self.generation
            .faqs_for(key)
            .into_iter()
            .filter(|faq| {
                std::iter::once(&faq.question)
                    .chain(&faq.variants)
                    .any(|question| self.terms.share_of(|term| question.contains(&term.term)) >= weights::LIKE_THIS)
            })
            .flat_map(|faq| faq.cites.iter().map(|cite| cite.quote.clone()))
            .collect()
    }
}

/// Headings above a sentence, the title, and the introduction of its list.
fn context_of(document: &PolicyDocument, sentence: &Sentence) -> String {
    let mut context = document.meta().title.clone();
    for index in document.outline().lineage(sentence.node) {
        let Some(clause) = document.clause_at(index) else { continue };
        context.push(' ');
        context.push_str(if index == sentence.node { clause.heading() } else { clause.own_text() });
    }
    crate::analysis::normalise(&context).text
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

fn quote(document: &Arc<PolicyDocument>, node: usize, range: Range<usize>, passage: &RankedPassage) -> Option<Quoted> {
    let text = document.text().get(range.clone())?;
    let range = range.start..range.start + text.trim_end().len();
    let citation = document.clause_at(node)?.cite(range).ok()?;
    Some(Quoted { citation, document: document.clone(), node, validity: passage.validity.clone() })
}

fn confidence(lead: &RankedPassage, best: &Scored) -> f32 {
    let flag = |on: bool, weight: f32| if on { weight } else { 0.0 };
    let lapsed = lead.validity.state == Validity::Unknown;
    let logit = weights::CONFIDENCE_BASE
        + weights::CONFIDENCE_COVERAGE * lead.coverage
        + flag(best.reviewed, weights::CONFIDENCE_REVIEWED)
        + flag(lead.named, weights::CONFIDENCE_NAMED)
        + flag(best.has_value && !lapsed, weights::CONFIDENCE_VALUE);
    1.0 / (1.0 + (-logit).exp())
}
