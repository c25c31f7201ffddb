//! What an evaluation reports.

use serde::Serialize;

use super::{AnswerMeasures, Comparison, Fit, Latency, Ratio, Removal, RetrievalMeasures};

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
    /// The same questions without what governs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removal>,
    /// Compared with an earlier run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<Comparison>,
    /// Weights proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit: Option<Fit>,
    /// The line proposed through the logits of confidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_fit: Option<Fit>,
    /// Seconds to build the index.
    pub build_seconds: f64,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// Latency of a whole consultation, nothing cached, its documents not yet read.
    pub consult_ms: Latency,
    /// Latency of the same consultation again: its answer not cached, its documents at hand.
    pub consult_again_ms: Latency,
    /// Latency of the bare search engine's top ten on the same index, same questions.
    pub bare_top10_ms: Latency,
    /// How many times the bare latency a consultation takes.
    pub consult_ratio: Ratio,
    /// How many times the bare latency a consultation takes whose documents are at hand.
    pub consult_again_ratio: Ratio,
}
