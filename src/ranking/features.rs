//! The signals of a score, each with a name a person understands.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use crate::analysis::normalise;
use crate::index::{Generation, Head, PassageKey, PassageRef};
use crate::policy::{ClauseKind, DocumentKind, PolicyDocument, RegionFit, Validity, ValidityVerdict, work_title};
use crate::query::{AnswerType, InformationNeed};
use crate::retrieval::{Candidate, QueryTerms};

use super::AskedClause;
use super::weights as w;

/// One part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// Its name, in Chinese.
    pub name: &'static str,
    /// How strongly it is there, mostly 0 to 1.
    pub value: f32,
    /// What it is worth.
    pub weight: f32,
}

/// How a score came about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Explanation {
    /// The parts; the score is the sum of value × weight.
    pub signals: Vec<Signal>,
}

impl Explanation {
    /// The score.
    #[must_use]
    pub fn total(&self) -> f32 {
        self.signals.iter().map(|signal| signal.value * signal.weight).sum()
    }

    pub(super) fn extend(&mut self, signals: Vec<Signal>) {
        self.signals.extend(signals);
    }
}

/// The best score of each view among the candidates.
pub(super) struct Best {
    body: f32,
    bridge: f32,
}

impl Best {
    pub(super) fn of(list: &[Candidate]) -> Self {
        let most = |score: fn(&Candidate) -> f32| list.iter().map(score).fold(f32::MIN_POSITIVE, f32::max);
        Self { body: most(|c| c.body), bridge: most(|c| c.bridge) }
    }

    pub(super) fn body(&self) -> f32 {
        self.body
    }
}

/// How a document stands to the need: in force, where, of which year.
pub(super) struct Standing {
    pub(super) region_fit: RegionFit,
    pub(super) validity: ValidityVerdict,
    authority: bool,
    kind: (&'static str, f32),
    cited: f32,
    year: f32,
}

impl Standing {
    pub(super) fn of(generation: &Generation, need: &InformationNeed, head: &Head) -> Self {
        let region_fit = need
            .region
            .as_ref()
            .map_or(RegionFit::Everywhere, |asked| generation.gazetteer().fit(&asked.code, head.meta.region.as_ref()));
        let past = need.as_of_asked.then(|| need.as_of.year());
        let year = need.year.map_or_else(
            || past.map_or(0.0, |year| of_that_time(head, year)),
            |year| {
                let own = head.meta.dates.issued().map(|day| day.year());
                let titled =
                    head.meta.title.contains(&format!("{year}年")) || head.meta.title.contains(&format!("{year} 年"));
                match () {
                    () if titled => w::YEAR,
                    () if own == Some(year) => w::YEAR / 2.0,
                    () if own.is_some() => w::OTHER_YEAR,
                    () => 0.0,
                }
            },
        );
        Self {
            region_fit,
            validity: super::standing_of(need, head),
            authority: head.meta.kind.is_authority(),
            kind: rank_of(head.meta.kind),
            cited: (head.cited_by as f32).ln_1p(),
            year,
        }
    }

    /// What the standing of a document makes of the score of its words.
    fn lift(&self) -> f32 {
        w::BODY + self.kind.1 + w::CITED * self.cited
    }
}

/// How a document's title stands to the year of a past day that is asked about: the one of that year goes first.
fn of_that_time(head: &Head, year: i16) -> f32 {
    let compact: String = head.meta.title.split_whitespace().collect();
    let years =
        compact.split('年').filter_map(|before| before.get(before.len().checked_sub(4)?..)?.parse::<i16>().ok());
    let years: Vec<i16> = years.filter(|known| (1949..2100).contains(known)).collect();
    match () {
        () if years.contains(&year) => w::YEAR,
        () if years.is_empty() => 0.0,
        () => w::OTHER_YEAR,
    }
}

/// What the authority of a kind adds to the score of its words.
fn rank_of(kind: DocumentKind) -> (&'static str, f32) {
    match kind {
        DocumentKind::Law => ("法律", w::LAW),
        DocumentKind::JudicialInterpretation => ("司法解释", w::JUDICIAL),
        DocumentKind::Regulation => ("行政法规", 0.0),
        _ => ("其他文种", w::OTHER_KIND),
    }
}

/// How strongly documents and works speak of the matter as wholes.
pub(super) struct Wholes {
    works: HashMap<u64, f32>,
    documents: HashMap<u32, f32>,
}

impl Wholes {
    pub(super) fn of(
        generation: &Generation,
        list: &[Candidate],
        best: &Best,
        standings: &HashMap<u32, Standing>,
    ) -> Self {
        let mut strongest: HashMap<u32, f32> = HashMap::new();
        let mut documents: HashMap<u32, f32> = HashMap::new();
        let mut counted: HashMap<u32, usize> = HashMap::new();
        for candidate in list {
            let share = candidate.body / best.body;
            let lift = standings.get(&candidate.key.serial()).map_or(w::BODY, Standing::lift);
            let most = strongest.entry(candidate.key.serial()).or_default();
            *most = most.max(share * lift);
            // The list begins with the best.
            let passages = counted.entry(candidate.key.serial()).or_default();
            *passages += 1;
            if *passages <= w::MEAN_OVER {
                *documents.entry(candidate.key.serial()).or_default() += share;
            }
        }
        let highest = strongest.values().copied().fold(f32::MIN_POSITIVE, f32::max);
        let mut works: HashMap<u64, f32> = HashMap::new();
        for (serial, share) in strongest {
            if let Some(head) = generation.head(serial) {
                *works.entry(work_of(head)).or_default() += (share / highest).powi(4);
            }
        }
        for (serial, sum) in &mut documents {
            let passages = generation.head(*serial).map_or(1, |head| head.passages.len());
            *sum /= passages.clamp(1, w::MEAN_OVER) as f32;
        }
        for sum in works.values_mut() {
            *sum = sum.powf(0.25);
        }
        Self { works, documents }
    }

    /// The strength of the work, and of the document.
    pub(super) fn strength(&self, head: &Head) -> (f32, f32) {
        let work = self.works.get(&work_of(head)).copied().unwrap_or(0.0);
        (work, self.documents.get(&head.serial).copied().unwrap_or(0.0))
    }
}

/// A key of the work a document belongs to: articles kept as documents of their own share it, editions too.
fn work_of(head: &Head) -> u64 {
    let mut hasher = DefaultHasher::new();
    work_title(&head.meta.title).hash(&mut hasher);
    head.meta.issuers.hash(&mut hasher);
    hasher.finish()
}

/// The signals of the first look: the views' scores and the document's standing.
pub(super) fn first(
    candidate: &Candidate,
    best: &Best,
    standing: &Standing,
    (work, document): (f32, f32),
) -> Explanation {
    let region = match standing.region_fit {
        RegionFit::Same => w::REGION_SAME,
        RegionFit::Above(_) => w::REGION_ABOVE,
        RegionFit::Everywhere => 0.0,
        RegionFit::Below(_) | RegionFit::Elsewhere => w::REGION_ELSEWHERE,
    };
    let body = candidate.body / best.body;
    let lapsed = !matches!(standing.validity.state, Validity::InForce | Validity::Unknown);
    let all = [
        ("正文词语", body, w::BODY),
        (standing.kind.0, body, standing.kind.1),
        ("被引次数", body * standing.cited, w::CITED),
        ("同一法规各条", work, w::WORK),
        ("全文平均", document, w::DOCUMENT),
        ("解读与问答用语", candidate.bridge / best.bridge, w::BRIDGE),
        ("点名文件", f32::from(u8::from(candidate.named)), w::NAMED),
        ("地区", 1.0, region),
        ("年份", 1.0, standing.year),
        ("效力", f32::from(u8::from(lapsed)), w::LAPSED),
        ("非规范依据", f32::from(u8::from(!standing.authority)), w::NOT_AUTHORITY),
    ];
    let signals = all
        .into_iter()
        .filter(|(_, value, weight)| *value != 0.0 && *weight != 0.0)
        .map(|(name, value, weight)| Signal { name, value, weight })
        .collect();
    Explanation { signals }
}

/// The words of a passage, with those of its title, headings and reviewed questions.
pub(super) struct Words<'a> {
    text: String,
    title: String,
    path: String,
    questions: Vec<&'a str>,
    kind: ClauseKind,
    /// Whether it is the clause that the question names.
    is_asked: bool,
}

impl<'a> Words<'a> {
    pub(super) fn of(
        generation: &'a Generation,
        document: &'a Arc<PolicyDocument>,
        (place, key): (&PassageRef, PassageKey),
        need: &InformationNeed,
    ) -> Self {
        let clause = document.clause_at(place.node as usize);
        let questions = generation
            .faqs_for(key)
            .into_iter()
            .flat_map(|faq| std::iter::once(faq.question.as_str()).chain(faq.variants.iter().map(String::as_str)))
            .collect();
        Self {
            text: normalise(document.text().get(place.start..place.end).unwrap_or_default()).text,
            title: normalise(&document.meta().title).text,
            path: clause.and_then(|c| c.parent()).map(|c| normalise(&c.path().join(" ")).text).unwrap_or_default(),
            questions,
            kind: clause.map_or(ClauseKind::Paragraph, |clause| clause.node().kind),
            is_asked: AskedClause::of(need, document.outline()).is_some_and(|asked| asked.holds(place.node as usize)),
        }
    }

    fn holds(&self, term: &str) -> bool {
        self.text.contains(term) || self.title.contains(term) || self.path.contains(term)
    }

    fn asked_before(&self, term: &str) -> bool {
        self.questions.iter().any(|question| question.contains(term))
    }

    /// The share of what was asked that the passage, its headings, its title or a reviewed question about it holds.
    pub(super) fn coverage(&self, terms: &QueryTerms) -> f32 {
        terms.share_of(|word| self.holds(word) || self.asked_before(word))
    }
}

/// The signals of the second look: what the words themselves say.
pub(super) fn second(need: &InformationNeed, terms: &QueryTerms, words: &Words<'_>, coverage: f32) -> Vec<Signal> {
    let wanted = need.answer_type();
    let has_value = wanted != AnswerType::Open && wanted.stands_in(&words.text);
    let about_document = matches!(wanted, AnswerType::Original | AnswerType::YesNo | AnswerType::Deadline);
    let quoted = terms.quotations().iter().any(|quotation| words.text.contains(quotation.as_str()));
    let letterhead = words.kind == ClauseKind::Letterhead && !about_document;
    let all = [
        ("覆盖所问", coverage, w::COVERAGE),
        ("有所问类型的内容", f32::from(u8::from(has_value)), w::ANSWER_TYPE),
        ("点名条款", f32::from(u8::from(words.is_asked)), w::CLAUSE),
        ("引语原文", f32::from(u8::from(quoted)), w::QUOTATION),
        ("版头落款", f32::from(u8::from(letterhead)), w::LETTERHEAD),
    ];
    all.into_iter()
        .filter(|(_, value, _)| *value != 0.0)
        .map(|(name, value, weight)| Signal { name, value, weight })
        .collect()
}
