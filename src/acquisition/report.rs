//! The report of an import (导入报告).

use std::path::Path;

use serde::Serialize;

use crate::ingest::{Account, Refusal};

/// What became of one source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SourceReport {
    /// The source as the operator named it.
    pub source: String,
    /// New documents.
    pub imported: usize,
    /// Documents that were there already.
    pub unchanged: usize,
    /// Documents whose metadata or source changed.
    pub refreshed: usize,
    /// Documents whose text changed.
    pub new_versions: usize,
    /// Documents that were there from another source.
    pub duplicates: usize,
    /// Files and records refused, and why.
    pub refused: Vec<Refusal>,
    /// Where the characters went.
    #[serde(flatten)]
    pub account: Account,
}

impl SourceReport {
    pub(super) fn new(source: &Path) -> Self {
        Self { source: source.display().to_string(), ..Self::default() }
    }

    /// Documents of the source that the library now holds.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.imported + self.unchanged + self.refreshed + self.new_versions + self.duplicates
    }

    fn add(&mut self, other: &Self) {
        self.imported += other.imported;
        self.unchanged += other.unchanged;
        self.refreshed += other.refreshed;
        self.new_versions += other.new_versions;
        self.duplicates += other.duplicates;
        self.refused.extend(other.refused.iter().cloned());
        self.account += other.account;
    }
}

/// What became of all sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// Source by source.
    pub sources: Vec<SourceReport>,
    /// All together.
    pub total: SourceReport,
    /// What the operator should know of the machine (提示), each said once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl ImportReport {
    /// The report of two imports as one.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        self.sources.extend(other.sources);
        Self { notes: self.notes, ..Self::new(self.sources) }
    }

    pub(super) fn new(sources: Vec<SourceReport>) -> Self {
        let mut total = SourceReport { source: "合计".to_owned(), ..SourceReport::default() };
        sources.iter().for_each(|source| total.add(source));
        Self { sources, total, notes: Vec::new() }
    }
}
