//! The signals of ranked passages as a table (特征表), for fitting their weights.

use std::collections::HashSet;

use crate::ranking::Ranking;

use super::fit::{Fit, Parameter, Plan, Problem, fit};

/// Documents that count in the objective.
const DEPTH: usize = 10;
/// Passages kept of a question: all that had a second look, and no more than this.
const MOST_ROWS: usize = 200;

/// A passage with its signals.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What each signal adds to the score now, in the order of the table's names; those missing at the end add 0.
    pub features: Vec<f32>,
    /// Its document.
    pub document: u32,
    /// Whether the document is relevant.
    pub relevant: bool,
}

/// A question with its passages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Example {
    /// How many documents are relevant, found or not.
    pub relevant: usize,
    /// Its passages, in their present order.
    pub rows: Vec<Row>,
}

/// Questions with their passages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FeatureTable {
    /// Names of the signals.
    pub names: Vec<String>,
    /// The questions.
    pub examples: Vec<Example>,
}

impl FeatureTable {
    /// Adds a question. A feature is what the signal adds to the score today, so that a weight of 1 is the present.
    pub fn add(&mut self, ranking: &Ranking, relevant: &HashSet<u32>) {
        let looked_at = ranking.passages.iter().filter(|passage| passage.document.is_some()).take(MOST_ROWS);
        let mut rows = Vec::new();
        for passage in looked_at {
            let mut features = vec![0.0; self.names.len()];
            for signal in &passage.explanation.signals {
                let at = self.place(signal.name);
                features.resize(self.names.len().max(features.len()), 0.0);
                features[at] += signal.value * signal.weight;
            }
            let document = passage.key.serial();
            rows.push(Row { features, document, relevant: relevant.contains(&document) });
        }
        self.examples.push(Example { relevant: relevant.len(), rows });
    }

    fn place(&mut self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }

    /// The signal that adds most over all passages.
    fn leading(&self) -> Option<usize> {
        let mut sums = vec![0.0_f64; self.names.len()];
        for row in self.examples.iter().flat_map(|example| &example.rows) {
            for (sum, feature) in sums.iter_mut().zip(&row.features) {
                *sum += f64::from(feature.abs());
            }
        }
        (0..sums.len()).max_by(|&a, &b| sums[a].total_cmp(&sums[b]))
    }

    /// nDCG@10 over documents when the passages of a question are ranked by the weighted sum of their features.
    #[must_use]
    pub fn ndcg(&self, weights: &[f64], question: usize) -> f64 {
        let Some(example) = self.examples.get(question) else { return 0.0 };
        let score = |row: &Row| row.features.iter().zip(weights).map(|(f, w)| f64::from(*f) * w).sum::<f64>();
        let mut order: Vec<(f64, &Row)> = example.rows.iter().map(|row| (score(row), row)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut seen = HashSet::new();
        let documents = order.into_iter().filter(|(_, row)| seen.insert(row.document)).take(DEPTH);
        let gain = |at: usize| 1.0 / ((at + 2) as f64).log2();
        let gained: f64 = documents.enumerate().filter(|(_, (_, row))| row.relevant).map(|(at, _)| gain(at)).sum();
        gained / (0..example.relevant.clamp(1, DEPTH)).map(gain).sum::<f64>()
    }

    /// Fits a factor for each signal, 1 being the present, so that nDCG@10 is highest. The signal that adds most is the
    /// unit of the others and stays.
    pub fn fit(&self, plan: &Plan, progress: &mut dyn FnMut(u64, u64)) -> Fit {
        let unit = self.leading();
        let parameter = |(at, name): (usize, &String)| Parameter {
            name: name.clone(),
            present: 1.0,
            may_be_negative: false,
            held: Some(at) == unit,
        };
        let parameters: Vec<Parameter> = self.names.iter().enumerate().map(parameter).collect();
        let problem = Problem {
            objective: "nDCG@10",
            parameters: &parameters,
            questions: self.examples.len(),
            worth: &|weights, question| self.ndcg(weights, question),
        };
        fit(&problem, plan, progress)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(features: [f32; 2], document: u32, relevant: bool) -> Row {
        Row { features: features.to_vec(), document, relevant }
    }

    /// Questions in which the second signal tells the relevant document and the first misleads.
    fn misled() -> FeatureTable {
        let example = |n: u32| Example {
            relevant: 1,
            rows: vec![
                row([0.9, 0.1], 1, false),
                row([0.8, 0.1], 1, false),
                row([0.5, 0.3 + 0.001 * n as f32], 2, true),
                row([0.7, 0.2], 3, false),
            ],
        };
        FeatureTable { names: vec!["词".into(), "题".into()], examples: (0..20).map(example).collect() }
    }

    #[test]
    fn ndcg_counts_documents_not_passages() {
        let table = misled();
        // By the first signal: documents 1, 3, 2.
        assert!((table.ndcg(&[1.0, 0.0], 0) - 0.5).abs() < 1e-9);
        assert!((table.ndcg(&[0.0, 1.0], 0) - 1.0).abs() < 1e-9);
        assert_eq!(table.ndcg(&[1.0], 99), 0.0);
    }

    #[test]
    fn the_signal_that_tells_is_given_weight() {
        let fit = misled().fit(&Plan::default(), &mut |_, _| {});
        assert!(fit.present < 0.7 && fit.held_out > 0.99, "{}", fit.table());
        let weight = |at: usize| fit.parameters[at].proposed;
        assert!(weight(1) >= 2.0 * weight(0), "{}", fit.table());
    }
}
