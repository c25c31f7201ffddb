//! What an evaluation reports.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::answer::Consultation;
use crate::policy::DocumentId;

use super::{Dataset, Latency, RetrievalMeasures, is_answer, rouge_l};

/// Width of a bin of the calibration table.
const BIN: f64 = 0.1;

/// The figures of an evaluation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Judged queries.
    pub queries: usize,
    /// Documents.
    pub documents: usize,
    /// Passages they were cut into.
    pub passages: usize,
    /// Retrieval.
    #[serde(flatten)]
    pub retrieval: RetrievalMeasures,
    /// Answers.
    pub answers: AnswerMeasures,
    /// Seconds to build the index.
    pub build_seconds: f64,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// Latency of a whole consultation, nothing cached.
    pub consult_ms: Latency,
    /// Latency of the bare search engine's top ten on the same index, same questions.
    pub bare_top10_ms: Latency,
}

/// Measures of the answers.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct AnswerMeasures {
    /// Share of queries with status answered or partial.
    pub answered: f64,
    /// Among answered ones: share whose citations name at least one relevant document.
    pub cited: f64,
    /// Mean ROUGE-L against the best reference; 0 where nothing was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rouge_l: Option<f64>,
    /// Answers by status.
    pub statuses: BTreeMap<String, usize>,
    /// Per bin of confidence: answers, share that cite a relevant document.
    pub calibration: Vec<CalibrationBin>,
}

/// One bin of the calibration table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// Lower end of the bin.
    pub confidence: f64,
    /// Answers in it.
    pub answers: usize,
    /// Share that cite a relevant document.
    pub right: f64,
}

/// One answer, as `--answers` writes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerLine {
    /// The query.
    #[serde(rename = "_id")]
    pub id: String,
    /// How it ended.
    pub status: &'static str,
    /// The words of the answer.
    pub answer: String,
    /// What it cites.
    pub citations: Vec<CitedLine>,
    /// Probability that it is right.
    pub confidence: f64,
    #[serde(skip)]
    counts: bool,
}

/// A citation in an answer line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitedLine {
    /// The collection's id of the document.
    pub document: String,
    /// The quote.
    pub quote: String,
}

impl AnswerLine {
    pub(super) fn of(query: &str, consultation: &Consultation, original: impl Fn(&DocumentId) -> String) -> Self {
        let texts: Vec<&str> = consultation.statements.iter().map(|statement| statement.text.as_str()).collect();
        Self {
            id: query.to_owned(),
            status: consultation.status.name(),
            answer: texts.join("\n"),
            citations: consultation
                .quotes
                .iter()
                .map(|quoted| CitedLine {
                    document: original(quoted.citation.document()),
                    quote: quoted.citation.quote().to_owned(),
                })
                .collect(),
            confidence: f64::from(consultation.confidence),
            counts: is_answer(consultation.status),
        }
    }
}

pub(super) fn answer_measures(dataset: &Dataset, answers: &[AnswerLine]) -> AnswerMeasures {
    let right = |line: &AnswerLine| {
        let relevant = dataset.relevant().get(&line.id);
        line.citations.iter().any(|cited| relevant.is_some_and(|relevant| relevant.contains(&cited.document)))
    };
    let given: Vec<&AnswerLine> = answers.iter().filter(|line| line.counts).collect();
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for line in answers {
        *statuses.entry(line.status.to_owned()).or_default() += 1;
    }
    let calibration = (0..10)
        .map(|bin| f64::from(bin) * BIN)
        .map(|low| {
            let inside: Vec<_> = given
                .iter()
                .filter(|l| l.confidence >= low && (l.confidence < low + BIN || low + BIN >= 1.0))
                .collect();
            let hits = inside.iter().filter(|line| right(line)).count();
            CalibrationBin { confidence: low, answers: inside.len(), right: share(hits, inside.len()) }
        })
        .filter(|bin| bin.answers > 0)
        .collect();
    AnswerMeasures {
        answered: share(given.len(), answers.len()),
        cited: share(given.iter().filter(|line| right(line)).count(), given.len()),
        rouge_l: dataset.has_references().then(|| mean_rouge(dataset, answers)),
        statuses,
        calibration,
    }
}

fn mean_rouge(dataset: &Dataset, answers: &[AnswerLine]) -> f64 {
    let referenced: Vec<&AnswerLine> = answers.iter().filter(|line| !dataset.references(&line.id).is_empty()).collect();
    let best = |line: &&AnswerLine| {
        let scores = dataset.references(&line.id).iter().map(|reference| rouge_l(&line.answer, reference));
        if line.counts { scores.fold(0.0, f64::max) } else { 0.0 }
    };
    referenced.iter().map(best).sum::<f64>() / referenced.len().max(1) as f64
}
