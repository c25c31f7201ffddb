//! How sure are we (信心)? A logistic sum of signals, each with a name a person understands.
//!
//! The weights are fitted by `zhengda evaluate --fit`, which proposes new ones from judged questions with
//! cross-validation. What tells most: how much of the question the evidence holds, and how far the next documents lie
//! behind; a field of equals is a guess.

use std::collections::HashSet;

use crate::ranking::{RankedPassage, Ranking, Signal};
use crate::retrieval::QueryTerms;

use super::weights as w;

/// Rivals are compared at these places behind the leading document.
const RIVALS: [usize; 3] = [1, 2, 9];
/// What a rival usually scores, for libraries too small to have one at its place: the mean over `stard` and `ncp`.
const USUAL: [f32; 3] = [0.75, 0.67, 0.5];
/// A rival that scores more than the leading document (a lapsed or foreign one) counts at most so much.
const RIVAL_AT_MOST: f32 = 1.2;

/// What is known of the evidence.
pub(super) struct Standing<'r> {
    pub(super) ranking: &'r Ranking,
    pub(super) lead: &'r RankedPassage,
    /// The share of what was asked that the evidence speaks of.
    pub(super) support: f32,
    pub(super) reviewed: bool,
    /// Documents of the library.
    pub(super) documents: usize,
}

impl Standing<'_> {
    /// The signals, with their weights.
    pub(super) fn signals(&self) -> Vec<Signal> {
        let flag = |on: bool| f32::from(u8::from(on));
        let [second, third, tenth] = self.rivals();
        let all = [
            ("所据与所问相合", self.support, w::CONFIDENCE_SUPPORT),
            ("首条覆盖所问", self.lead.coverage, w::CONFIDENCE_COVERAGE),
            ("词语相合程度", saturation(self.ranking.strongest, &self.ranking.terms), w::CONFIDENCE_SATURATION),
            ("第二份相近", second, w::CONFIDENCE_SECOND),
            ("第三份相近", third, w::CONFIDENCE_THIRD),
            ("第十份相近", tenth, w::CONFIDENCE_TENTH),
            ("审核问答", flag(self.reviewed), w::CONFIDENCE_REVIEWED),
            ("点名文件", flag(self.lead.named), w::CONFIDENCE_NAMED),
        ];
        all.into_iter().map(|(name, value, weight)| Signal { name, value, weight }).collect()
    }

    /// Scores of other documents behind the leading one, as shares of its score.
    fn rivals(&self) -> [f32; 3] {
        let own = self.lead.key.serial();
        let mut seen = HashSet::from([own]);
        let others = self.ranking.passages.iter().filter(|passage| seen.insert(passage.key.serial()));
        let scores: Vec<f32> = others.take(RIVALS[2]).map(|passage| passage.score).collect();
        let lead = self.lead.score.max(f32::MIN_POSITIVE);
        // Among few documents a wrong one has no rival either: what is usual counts beside what is seen.
        let seen = self.documents.saturating_sub(1) as f32;
        let trust = seen / (seen + w::RIVALS_USUAL);
        std::array::from_fn(|at| {
            let own = scores.get(RIVALS[at] - 1).map(|score| (score / lead).clamp(0.0, RIVAL_AT_MOST));
            own.map_or(USUAL[at], |own| trust * own + (1.0 - trust) * USUAL[at].max(own))
        })
    }
}

/// The best score of the words as a share of what the rarest words together could give.
fn saturation(strongest: f32, terms: &QueryTerms) -> f32 {
    let most: f32 = terms.all().iter().filter(|term| term.own).map(|term| term.weight * term.idf).sum();
    if most > 0.0 { strongest / most } else { 0.0 }
}

/// The probability that signals add up to.
pub(super) fn of(signals: &[Signal]) -> f32 {
    let logit = w::CONFIDENCE_BASE + signals.iter().map(|signal| signal.value * signal.weight).sum::<f32>();
    1.0 / (1.0 + (-logit).exp())
}
