//! Shared words (共有词): what the passages of a policy have in common with a paragraph.

use std::collections::HashSet;

use crate::analysis::{Analyzer, is_han};

/// What passages share with a text.
pub(super) struct Shared {
    /// Bigrams of the text.
    pub(super) own: usize,
    /// Weight of all those that the policy holds.
    pub(super) all: f32,
    /// By passage.
    pub(super) weight: Vec<f32>,
    /// By passage.
    pub(super) count: Vec<usize>,
}

impl Shared {
    /// The passage with most weight, the first of equals.
    pub(super) fn best(&self, among: impl Iterator<Item = usize>) -> Option<usize> {
        among.max_by(|&a, &b| self.weight[a].total_cmp(&self.weight[b]).then(b.cmp(&a)))
    }
}

/// The distinct bigrams of a text, sorted.
pub(super) fn bigrams(analyzer: &Analyzer, text: &str) -> Vec<u64> {
    let mut found = HashSet::new();
    analyzer.for_each_gram(text, |term| {
        let mut chars = term.chars();
        if let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next())
            && is_han(first)
            && is_han(second)
        {
            found.insert(u64::from(u32::from(first)) << 32 | u64::from(u32::from(second)));
        }
    });
    let mut found: Vec<u64> = found.into_iter().collect();
    found.sort_unstable();
    found
}
