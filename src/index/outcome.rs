//! The report of a build (建库报告).

use serde::Serialize;

use crate::policy::DocumentId;

/// What a build did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct BuildReport {
    /// Number of the live generation.
    pub generation: u64,
    /// Whether nothing had changed, so that nothing was written.
    pub unchanged: bool,
    /// Why all passages were indexed anew; none for an incremental build.
    pub full: Option<String>,
    /// Public documents in the index.
    pub documents: usize,
    /// Passages in the index.
    pub passages: usize,
    /// Documents read from the corpus.
    pub read: usize,
    /// Documents whose passages were indexed in this build.
    pub indexed: usize,
    /// Documents of the former generation that are no longer there.
    pub removed: usize,
    /// Documents left out because they are not 主动公开.
    pub withheld: usize,
    /// Questions left out because nobody reviewed them or nothing public supports them.
    pub faqs_left_out: usize,
    /// Programmes left out because a basis does not stand in a public document, and why.
    pub programmes_left_out: Vec<(String, String)>,
    /// Documents that could not be read, and why.
    pub failed: Vec<(DocumentId, String)>,
}
