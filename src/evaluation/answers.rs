//! What the answers were worth (回答质量): citations, words, values, statuses.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use crate::answer::Consultation;
use crate::policy::DocumentId;

use super::calibration::{self, Calibration, Given, share};
use super::likeness::{rouge_l, values_found, values_of};
use super::outcome::{Outcomes, Place};
use super::run::Ranked;
use super::{Dataset, Query, is_answer};

/// One answer, as `--answers` writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerLine {
    /// The query.
    #[serde(rename = "_id")]
    pub id: String,
    /// How it ended.
    pub status: String,
    /// The words of the answer.
    pub answer: String,
    /// What it cites.
    pub citations: Vec<CitedLine>,
    /// Probability that it is right.
    pub confidence: f64,
    /// What the probability was made of.
    #[serde(default)]
    pub signals: BTreeMap<String, f64>,
}

/// A citation in an answer line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CitedLine {
    /// The collection's id of the document.
    pub document: String,
    /// The quote.
    pub quote: String,
}

impl AnswerLine {
    pub(super) fn of(query: &str, consultation: &Consultation, original: impl Fn(&DocumentId) -> String) -> Self {
        let texts: Vec<&str> = consultation.statements.iter().map(|statement| statement.text.as_str()).collect();
        let cited = consultation.quotes.iter().map(|quoted| CitedLine {
            document: original(quoted.citation.document()),
            quote: quoted.citation.quote().to_owned(),
        });
        Self {
            id: query.to_owned(),
            status: consultation.status.name().to_owned(),
            answer: texts.join("\n"),
            citations: cited.collect(),
            confidence: f64::from(consultation.confidence),
            signals: consultation.signals.iter().map(|s| (s.name.to_owned(), f64::from(s.value))).collect(),
        }
    }

    /// Whether something was answered.
    pub(super) fn counts(&self) -> bool {
        is_answer(&self.status)
    }

    /// Whether a citation names a document that governs.
    pub(super) fn cites(&self, relevant: &HashSet<String>) -> bool {
        self.citations.iter().any(|cited| relevant.contains(&cited.document))
    }

    fn documents(&self) -> HashSet<&String> {
        self.citations.iter().map(|cited| &cited.document).collect()
    }

    /// ROUGE-L against the best of the references; 0 when nothing was answered.
    pub(super) fn rouge(&self, references: &[String]) -> f64 {
        if self.counts() { best_rouge(&self.answer, references) } else { 0.0 }
    }
}

/// ROUGE-L against the best of the references.
pub(super) fn best_rouge(text: &str, references: &[String]) -> f64 {
    references.iter().map(|reference| rouge_l(text, reference)).fold(0.0, f64::max)
}

/// Measures of the answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerMeasures {
    /// Share of queries with status answered or partial.
    pub answered: f64,
    /// Among answered ones: share whose citations name at least one relevant document.
    pub cited: f64,
    /// Among answered ones: mean share of the cited documents that are relevant.
    pub citation_precision: f64,
    /// Among answered ones: mean share of the relevant documents that are cited.
    pub citation_recall: f64,
    /// Mean ROUGE-L against the best reference; 0 where nothing was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rouge_l: Option<f64>,
    /// The same, had the whole of the best passage been given as answer to every question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rouge_l_whole_passage: Option<f64>,
    /// The numbers and dates of the references.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact_value: Option<ValueMeasures>,
    /// Answers by status.
    pub statuses: BTreeMap<String, usize>,
    /// Where the collection says how an answer should end: what it says, and how the answers ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_confusion: Option<StatusConfusion>,
    /// Right, wrong or no answer, by where the first relevant document stood in the run.
    pub outcomes: Outcomes,
    /// What confidence is worth.
    #[serde(flatten)]
    pub calibration: Calibration,
}

/// Whether the numbers and dates of the references stand in the quotes; nothing stands in no answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueMeasures {
    /// Queries whose references have numbers or dates.
    pub queries: usize,
    /// Share of them for which all those of one reference stand in the quotes.
    pub all: f64,
    /// Mean share that stands there, of the best reference.
    pub mean: f64,
}

/// How the answers should have ended, and how they did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatusConfusion {
    /// Queries with a status expected.
    pub queries: usize,
    /// Share that ended so.
    pub right: f64,
    /// By the status expected: answers by the status given.
    pub table: BTreeMap<String, BTreeMap<String, usize>>,
}

/// Measures the answers to judged queries.
pub(super) fn measure(dataset: &Dataset, answers: &[&AnswerLine], run: &Ranked<'_>) -> AnswerMeasures {
    let none = HashSet::new();
    let relevant = |line: &AnswerLine| dataset.relevant().get(&line.id).unwrap_or(&none);
    let given: Vec<&AnswerLine> = answers.iter().copied().filter(|line| line.counts()).collect();
    let mean =
        |of: &dyn Fn(&AnswerLine) -> f64| given.iter().map(|line| of(line)).sum::<f64>() / given.len().max(1) as f64;
    let common = |line: &AnswerLine| line.documents().iter().filter(|id| relevant(line).contains(**id)).count();
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    let mut outcomes = Outcomes::default();
    for line in answers {
        *statuses.entry(line.status.clone()).or_default() += 1;
        let place = Place::of(relevant(line), run.get(line.id.as_str()).map_or(&[], Vec::as_slice));
        outcomes.count(line.counts().then(|| line.cites(relevant(line))), place);
    }
    let pairs = self::given(dataset, answers.iter().copied());
    AnswerMeasures {
        answered: share(given.len(), answers.len()),
        cited: share(pairs.iter().filter(|pair| pair.right).count(), given.len()),
        citation_precision: mean(&|line| share(common(line), line.documents().len())),
        citation_recall: mean(&|line| share(common(line), relevant(line).len())),
        rouge_l: dataset.has_references().then(|| mean_rouge(dataset, answers)),
        rouge_l_whole_passage: None,
        exact_value: values(dataset, answers),
        statuses,
        status_confusion: None,
        outcomes,
        calibration: calibration::of(&pairs, answers.len()),
    }
}

/// The answers given to judged queries: how confident, and whether they cite what governs.
pub(super) fn given<'a>(dataset: &Dataset, answers: impl IntoIterator<Item = &'a AnswerLine>) -> Vec<Given> {
    let judged =
        answers.into_iter().filter_map(|line| dataset.relevant().get(&line.id).map(|relevant| (line, relevant)));
    judged
        .filter(|(line, _)| line.counts())
        .map(|(line, relevant)| Given { confidence: line.confidence, right: line.cites(relevant) })
        .collect()
}

fn mean_rouge(dataset: &Dataset, answers: &[&AnswerLine]) -> f64 {
    let referenced: Vec<&&AnswerLine> =
        answers.iter().filter(|line| !dataset.references(&line.id).is_empty()).collect();
    let sum: f64 = referenced.iter().map(|line| line.rouge(dataset.references(&line.id))).sum();
    sum / referenced.len().max(1) as f64
}

fn values(dataset: &Dataset, answers: &[&AnswerLine]) -> Option<ValueMeasures> {
    let mut found = Vec::new();
    for line in answers {
        let quotes = line.citations.iter().filter(|_| line.counts()).map(|cited| values_of(&cited.quote));
        let quotes: BTreeSet<String> = quotes.flatten().collect();
        let shares = dataset.references(&line.id).iter().filter_map(|reference| values_found(reference, &quotes));
        found.extend(shares.max_by(f64::total_cmp));
    }
    let all = found.iter().filter(|share| **share >= 1.0).count();
    (!found.is_empty()).then(|| ValueMeasures {
        queries: found.len(),
        all: share(all, found.len()),
        mean: found.iter().sum::<f64>() / found.len() as f64,
    })
}

/// How answers ended and should have ended, query by query.
pub(super) fn confusion(queries: &[Query], answers: &[AnswerLine]) -> Option<StatusConfusion> {
    let mut table: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let (mut count, mut right) = (0, 0);
    for (query, line) in queries.iter().zip(answers) {
        let Some(expected) = &query.status else { continue };
        count += 1;
        right += usize::from(*expected == line.status);
        *table.entry(expected.clone()).or_default().entry(line.status.clone()).or_default() += 1;
    }
    (count > 0).then(|| StatusConfusion { queries: count, right: share(right, count), table })
}
