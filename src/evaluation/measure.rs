//! Standard measures of retrieval, and of time.

use std::collections::HashSet;

use serde::Serialize;

use super::Dataset;
use super::run::Ranked;

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

/// How many times as long the one takes as the other.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Ratio {
    /// Of the medians.
    pub p50: f64,
    /// Of the 95th percentiles.
    pub p95: f64,
    /// Of the 99th percentiles.
    pub p99: f64,
}

impl Ratio {
    /// The ratio of the percentiles of two latencies.
    #[must_use]
    pub fn of(ours: Latency, bare: Latency) -> Self {
        let share = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        Self { p50: share(ours.p50, bare.p50), p95: share(ours.p95, bare.p95), p99: share(ours.p99, bare.p99) }
    }
}

/// Measures the documents of one query.
pub(super) fn of_query(relevant: &HashSet<String>, documents: &[&str]) -> RetrievalMeasures {
    let is_relevant = |document: &&str| relevant.contains(*document);
    let found = |k: usize| documents.iter().take(k).filter(|d| is_relevant(d)).count() as f64;
    let all = relevant.len().max(1) as f64;
    let gain = |at: usize| 1.0 / ((at + 2) as f64).log2();
    let gained = documents.iter().take(10).enumerate().filter(|(_, d)| is_relevant(d));
    let gained: f64 = gained.map(|(at, _)| gain(at)).sum();
    let ideal: f64 = (0..relevant.len().clamp(1, 10)).map(gain).sum();
    RetrievalMeasures {
        recall_1: found(1) / all,
        recall_5: found(5) / all,
        recall_10: found(10) / all,
        recall_20: found(20) / all,
        recall_100: found(100) / all,
        hit_1: f64::from(u8::from(found(1) > 0.0)),
        hit_10: f64::from(u8::from(found(10) > 0.0)),
        mrr_10: documents.iter().take(10).position(is_relevant).map_or(0.0, |at| 1.0 / (at + 1) as f64),
        ndcg_10: gained / ideal,
    }
}

/// Measures a run: means over all judged queries.
pub(super) fn of_run(dataset: &Dataset, run: &Ranked<'_>) -> RetrievalMeasures {
    let each: Vec<RetrievalMeasures> = dataset
        .relevant()
        .iter()
        .map(|(query, relevant)| of_query(relevant, run.get(query.as_str()).map_or(&[], Vec::as_slice)))
        .collect();
    let mean = |of: fn(&RetrievalMeasures) -> f64| each.iter().map(of).sum::<f64>() / each.len().max(1) as f64;
    RetrievalMeasures {
        recall_1: mean(|m| m.recall_1),
        recall_5: mean(|m| m.recall_5),
        recall_10: mean(|m| m.recall_10),
        recall_20: mean(|m| m.recall_20),
        recall_100: mean(|m| m.recall_100),
        hit_1: mean(|m| m.hit_1),
        hit_10: mean(|m| m.hit_10),
        mrr_10: mean(|m| m.mrr_10),
        ndcg_10: mean(|m| m.ndcg_10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_by_nearest_rank() {
        let latency = Latency::of((1..=100).map(f64::from).collect());
        assert_eq!((latency.p50, latency.p95, latency.p99), (50.0, 95.0, 99.0));
        assert_eq!(Latency::of(vec![]).p50, 0.0);
        let twice = Ratio::of(Latency::of(vec![4.0]), Latency::of(vec![2.0]));
        assert_eq!((twice.p50, twice.p99), (2.0, 2.0));
    }
}
