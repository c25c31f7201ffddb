//! The abstention test (拒答检验): the same questions, asked as if what governs were not in the library.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Dataset;
use super::answers::AnswerLine;
use super::calibration::share;

/// Least confidences for which the test is told, beside the product's own rule.
const THRESHOLDS: [f64; 8] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/// Answers with what governs and without it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Removal {
    /// Queries.
    pub queries: usize,
    /// Share answered with what governs in the library.
    pub answered: f64,
    /// Share answered without it, by the same rule.
    pub answered_without: f64,
    /// The second as a share of the first.
    pub ratio: f64,
    /// Answers that are not the same without it: another status, or other quotes.
    pub changed: usize,
    /// Answers without it that cite it all the same; anything but 0 is a fault of the test.
    pub leaked: usize,
    /// How the questions ended without it.
    pub statuses_without: BTreeMap<String, usize>,
    /// The same, had only answers with so much confidence been given.
    pub thresholds: Vec<Threshold>,
}

/// Answers with at least this confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Threshold {
    /// The least confidence.
    pub confidence: f64,
    /// Share of queries answered.
    pub answered: f64,
    /// Share of these that cite a relevant document.
    pub cited: f64,
    /// Share of queries answered without what governs.
    pub answered_without: f64,
    /// The last as a share of the first.
    pub ratio: f64,
}

/// Compares the answers, in the order of the queries.
pub(super) fn compare(dataset: &Dataset, with: &[&AnswerLine], without: &[AnswerLine]) -> Removal {
    let right = |line: &AnswerLine| dataset.relevant().get(&line.id).is_some_and(|relevant| line.cites(relevant));
    let row = |confidence: f64| {
        let sure = |line: &&AnswerLine| line.counts() && line.confidence >= confidence;
        let given: Vec<&AnswerLine> = with.iter().copied().filter(sure).collect();
        let still = without.iter().filter(sure).count();
        Threshold {
            confidence,
            answered: share(given.len(), with.len()),
            cited: share(given.iter().filter(|line| right(line)).count(), given.len()),
            answered_without: share(still, with.len()),
            ratio: share(still, given.len()),
        }
    };
    let mut statuses_without: BTreeMap<String, usize> = BTreeMap::new();
    for line in without {
        *statuses_without.entry(line.status.clone()).or_default() += 1;
    }
    let all = row(0.0);
    let same =
        |pair: &(&AnswerLine, &AnswerLine)| pair.0.status == pair.1.status && pair.0.citations == pair.1.citations;
    Removal {
        queries: with.len(),
        answered: all.answered,
        answered_without: all.answered_without,
        ratio: all.ratio,
        changed: with.iter().copied().zip(without).filter(|pair| !same(pair)).count(),
        leaked: without.iter().filter(|line| right(line)).count(),
        statuses_without,
        thresholds: THRESHOLDS.map(row).to_vec(),
    }
}
