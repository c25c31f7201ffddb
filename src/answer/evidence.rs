//! Selects the sentences that answer, or says why there are none.

use std::collections::HashSet;

use crate::index::{Generation, IndexError};
use crate::policy::{PolicyDocument, Region, RegionFit};
use crate::query::InformationNeed;
use crate::ranking::{AskedClause, RankedPassage, Ranking};

use super::selection::Selection;
use super::{Abstention, Evidence, Judgement, NotFound, weights};

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
    let selection = Selection { generation, need, ranking };
    let mut sides = Sides::of(generation, need, ranking);
    selection.successors_first(ranking, &mut sides.governing);
    let Some(lead) = sides.governing.first().copied() else {
        return Ok(Judgement::Abstention(selection.without_governing(&sides)?));
    };
    if let Some(abstention) = selection.outdone(&sides)? {
        return abstain(abstention);
    }
    if let Some(why) = other_year(need, lead) {
        return abstain(Abstention::NotFound(why));
    }
    let evidence = selection.with_value(&sides.governing)?;
    let enough = |evidence: &Evidence| evidence.on_subject && evidence.support >= weights::LEAST_COVERAGE;
    let Some(evidence) = evidence.filter(|evidence| enough(evidence) || need_is_pinned(need, lead)) else {
        return Ok(Judgement::Abstention(selection.without_governing(&sides)?));
    };
    Ok(match selection.regions_in_tie(&sides.governing) {
        Some(regions) => Judgement::Abstention(Abstention::NeedsRegion(regions)),
        None if evidence.confidence < weights::LEAST_CONFIDENCE && !need_is_pinned(need, lead) => {
            Judgement::Abstention(Abstention::NotFound(NotFound::Doubtful(nearest(&evidence))))
        }
        None => Judgement::Evidence(evidence),
    })
}

/// The clause that comes nearest, for a person to look at.
fn nearest(evidence: &Evidence) -> String {
    let quoted = &evidence.first;
    let name = quoted.document.meta().name();
    let label = quoted.document.clause_at(quoted.node).map(|clause| clause.label().to_owned()).unwrap_or_default();
    format!("{name}{label}")
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
        (true, _) if passage.validity.may_govern() => Side::Governing,
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
        // 85号文: where documents bear numbers, one that none bears leads nowhere; its other words say nothing.
        let numbered = generation.heads().iter().any(|head| head.meta.number.is_some());
        let mention = need.numbers.first().filter(|_| numbered)?;
        return Some(NotFound::NoSuchDocument(format!("{}{}号", mention.agency, mention.serial)));
    }
    let label = need.clause.as_ref()?;
    let exists = ranking
        .passages
        .iter()
        .filter(|passage| passage.named)
        .any(|passage| passage.document.as_ref().is_none_or(|document| has_clause(document, need)));
    (!exists && pins(need)).then(|| NotFound::NoSuchClause(label.clone()))
}

fn has_clause(document: &PolicyDocument, need: &InformationNeed) -> bool {
    AskedClause::of(need, document.outline()).is_some_and(|clause| !clause.is_empty())
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

impl Selection<'_> {
    /// The evidence of the leading document; where that has no value of the kind asked for, and a document close behind
    /// has one, that one's.
    fn with_value(&self, governing: &[&RankedPassage]) -> Result<Option<Evidence>, IndexError> {
        let first = self.evidence(governing)?;
        let kind = self.need.answer_type();
        let lacks = first.as_ref().is_some_and(|evidence| evidence.missing.contains(&kind));
        let Some(lead) = governing.first().filter(|lead| lacks && !need_is_pinned(self.need, lead)) else {
            return Ok(first);
        };
        let mut tried = HashSet::from([lead.key.serial()]);
        for next in governing.iter().filter(|passage| passage.score >= lead.score * weights::CLOSE_BEHIND) {
            if tried.len() > weights::TRIED || !tried.insert(next.key.serial()) {
                continue;
            }
            let rest: Vec<&RankedPassage> =
                governing.iter().copied().filter(|passage| passage.key.serial() == next.key.serial()).collect();
            let other = self.evidence(&rest)?;
            let better = |other: &Evidence| !other.missing.contains(&kind) && other.on_subject;
            if other.as_ref().is_some_and(better) {
                return Ok(other);
            }
        }
        Ok(first)
    }

    /// Nothing governs: perhaps another region has it, or only lapsed texts, or only an interpretation.
    fn without_governing(&self, sides: &Sides<'_>) -> Result<Abstention, IndexError> {
        let enough = |passages: &[&RankedPassage]| {
            passages
                .first()
                .is_some_and(|first| first.coverage >= weights::LEAST_COVERAGE || need_is_pinned(self.need, first))
        };
        let on_subject = |evidence: &Evidence| evidence.on_subject || pins(self.need);
        if enough(&sides.lapsed)
            && let Some(evidence) = self.evidence(&sides.lapsed[..1])?.filter(on_subject)
        {
            return Ok(Abstention::LapsedOnly(evidence));
        }
        if enough(&sides.elsewhere)
            && let Some(evidence) = self.evidence(&sides.elsewhere[..1])?.filter(on_subject)
        {
            return Ok(Abstention::ElsewhereOnly(evidence));
        }
        let explaining = sides.explaining.first().filter(|passage| passage.coverage >= weights::LEAST_COVERAGE);
        let title =
            explaining.and_then(|passage| passage.document.as_ref()).map(|document| document.meta().title.clone());
        Ok(Abstention::NotFound(title.map_or(NotFound::Nothing, NotFound::OnlyInterpretation)))
    }

    /// A lapsed or foreign passage that fits far better than every governing one: the matter was ruled there, and the
    /// governing passages speak of something else.
    fn outdone(&self, sides: &Sides<'_>) -> Result<Option<Abstention>, IndexError> {
        let governing = sides.governing.iter().map(|passage| passage.coverage).fold(0.0, f32::max);
        let better = |other: &RankedPassage, share: f32| {
            other.coverage >= weights::LEAST_COVERAGE && governing < other.coverage * share
        };
        if let Some(lapsed) = sides.lapsed.first().filter(|other| better(other, weights::CLEARLY_LESS)) {
            return Ok(self.evidence(&[lapsed])?.map(Abstention::LapsedOnly));
        }
        if let Some(elsewhere) = sides.elsewhere.first().filter(|other| better(other, weights::FAR_LESS)) {
            return Ok(self.evidence(&[elsewhere])?.map(Abstention::ElsewhereOnly));
        }
        Ok(None)
    }

    /// When the best passage is lapsed and its document was replaced by one that governs, the new edition answers: its
    /// passages go first.
    fn successors_first<'r>(&self, ranking: &'r Ranking, governing: &mut Vec<&'r RankedPassage>) {
        let Some(best) = ranking.passages.first().filter(|best| !best.validity.may_govern()) else { return };
        let Some(head) = self.generation.head(best.key.serial()) else { return };
        let acts = |passage: &RankedPassage| {
            self.generation.head(passage.key.serial()).is_some_and(|other| {
                head.events.iter().any(|event| event.kind.ends() && event.by == other.meta.id)
                    && same_matter(&head.meta.title, &other.meta.title)
            })
        };
        governing.sort_by_key(|passage| !acts(passage));
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
}

/// Whether two titles name editions of the same rules: years aside, one's characters are mostly the other's.
fn same_matter(one: &str, other: &str) -> bool {
    let letters = |title: &str| -> HashSet<char> { title.chars().filter(|c| c.is_alphabetic()).collect() };
    let (one, other) = (letters(one), letters(other));
    let common = one.intersection(&other).count() as f32;
    common >= weights::SAME_TITLE * one.len().min(other.len()) as f32
}
