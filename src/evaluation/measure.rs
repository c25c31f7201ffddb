//! Standard measures of retrieval and of answers.

use std::collections::HashMap;

use serde::Serialize;

use super::{Dataset, RunLine};

/// Retrieval measures: means over all judged queries; one without results counts 0.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct RetrievalMeasures {
    /// Relevant documents at rank 1, as a share of all relevant ones.
    #[serde(rename = "recall@1")]
    pub recall_1: f64,
    /// Among the first 5.
    #[serde(rename = "recall@5")]
    pub recall_5: f64,
    /// Among the first 10.
    #[serde(rename = "recall@10")]
    pub recall_10: f64,
    /// Among the first 20.
    #[serde(rename = "recall@20")]
    pub recall_20: f64,
    /// Among the first 100.
    #[serde(rename = "recall@100")]
    pub recall_100: f64,
    /// Share of queries with a relevant document at rank 1.
    #[serde(rename = "hit@1")]
    pub hit_1: f64,
    /// Share of queries with a relevant document among the first 10.
    #[serde(rename = "hit@10")]
    pub hit_10: f64,
    /// Mean reciprocal rank of the first relevant document, 0 beyond rank 10.
    #[serde(rename = "mrr@10")]
    pub mrr_10: f64,
    /// Normalised discounted cumulative gain, binary gains, log2 discount (Järvelin & Kekäläinen 2002).
    #[serde(rename = "ndcg@10")]
    pub ndcg_10: f64,
}

/// Percentiles of a latency in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Latency {
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
}

impl Latency {
    /// The percentiles of these times (nearest rank).
    #[must_use]
    pub fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let rank = (share * times.len() as f64).ceil() as usize;
            times.get(rank.clamp(1, times.len().max(1)) - 1).copied().unwrap_or(0.0)
        };
        Self { p50: at(0.50), p95: at(0.95), p99: at(0.99) }
    }
}

/// Measures a run.
pub(super) fn retrieval(dataset: &Dataset, run: &[RunLine]) -> RetrievalMeasures {
    let mut ranked: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in run {
        ranked.entry(&line.query).or_default().push(&line.document);
    }
    let count = dataset.relevant().len().max(1) as f64;
    let mut sum = RetrievalMeasures::default();
    for (query, relevant) in dataset.relevant() {
        let none = Vec::new();
        let documents = ranked.get(query.as_str()).unwrap_or(&none);
        let is_relevant = |document: &&str| relevant.contains(*document);
        let found = |k: usize| documents.iter().take(k).filter(|d| is_relevant(d)).count() as f64;
        let all = relevant.len() as f64;
        sum.recall_1 += found(1) / all;
        sum.recall_5 += found(5) / all;
        sum.recall_10 += found(10) / all;
        sum.recall_20 += found(20) / all;
        sum.recall_100 += found(100) / all;
        sum.hit_1 += f64::from(u8::from(found(1) > 0.0));
        sum.hit_10 += f64::from(u8::from(found(10) > 0.0));
        sum.mrr_10 += documents.iter().take(10).position(is_relevant).map_or(0.0, |at| 1.0 / (at + 1) as f64);
        let gain = |at: usize| 1.0 / ((at + 2) as f64).log2();
        let dcg: f64 =
            documents.iter().take(10).enumerate().filter(|(_, d)| is_relevant(d)).map(|(at, _)| gain(at)).sum();
        let ideal: f64 = (0..relevant.len().min(10)).map(gain).sum();
        sum.ndcg_10 += dcg / ideal;
    }
    RetrievalMeasures {
        recall_1: sum.recall_1 / count,
        recall_5: sum.recall_5 / count,
        recall_10: sum.recall_10 / count,
        recall_20: sum.recall_20 / count,
        recall_100: sum.recall_100 / count,
        hit_1: sum.hit_1 / count,
        hit_10: sum.hit_10 / count,
        mrr_10: sum.mrr_10 / count,
        ndcg_10: sum.ndcg_10 / count,
    }
}

/// ROUGE-L: F1 of the longest common subsequence of characters (Lin 2004), white space aside.
#[must_use]
pub fn rouge_l(answer: &str, reference: &str) -> f64 {
    let a: Vec<char> = answer.chars().filter(|c| !c.is_whitespace()).collect();
    let r: Vec<char> = reference.chars().filter(|c| !c.is_whitespace()).collect();
    let common = longest_common_subsequence(&a, &r) as f64;
    if common == 0.0 { 0.0 } else { 2.0 * common / (a.len() + r.len()) as f64 }
}

fn longest_common_subsequence(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rouge_by_hand() {
        assert_eq!(rouge_l("", "甲"), 0.0);
        assert_eq!(rouge_l("每人每月100元", "每人每月100元"), 1.0);
        assert!((rouge_l("每月100元", "100元") - 2.0 * 4.0 / 10.0).abs() < 1e-9);
    }

    #[test]
    fn percentiles_by_nearest_rank() {
        let latency = Latency::of((1..=100).map(f64::from).collect());
        assert_eq!((latency.p50, latency.p95, latency.p99), (50.0, 95.0, 99.0));
        assert_eq!(Latency::of(vec![]).p50, 0.0);
    }
}
