//! Does confidence (信心) mean what it says? Calibration, and what is gained by answering only when sure.

use serde::Serialize;

/// Bins of the calibration table.
const BINS: usize = 10;
/// Answers given with at least this confidence count as sure (`issue 4`: at least 80 % of them shall be right).
const SURE: f64 = 0.8;
/// Shares of the most confident answers for which the share right is told.
const PARTS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];
/// The share of answers that shall cite what governs (`issue 4`).
const WANTED: f64 = 0.62;

/// An answer that was given: how confident, and whether it cites what governs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Given {
    pub(super) confidence: f64,
    pub(super) right: bool,
}

/// One bin of the calibration table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// Lower end of the bin.
    pub confidence: f64,
    /// Answers in it.
    pub answers: usize,
    /// Their mean confidence.
    pub mean: f64,
    /// Share that cite a relevant document.
    pub right: f64,
}

/// What lies at or above a confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Above {
    /// The least confidence.
    pub confidence: f64,
    /// Answers given with at least this confidence, as a share of all queries.
    pub answered: f64,
    /// Share of them that cite a relevant document.
    pub right: f64,
}

/// How well confidence tells right from wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// Per bin of confidence.
    #[serde(rename = "calibration")]
    pub bins: Vec<CalibrationBin>,
    /// Expected calibration error: the distance of confidence from the share right, mean over answers by bins.
    pub calibration_error: f64,
    /// The answers given with confidence 0.8 or more.
    pub sure: Above,
    /// The most confident 25, 50, 75 and 100 % of the answers: least confidence, share of all queries, share right.
    pub risk_coverage: Vec<Above>,
    /// The most answers that can be given so that 62 % of them cite a relevant document, by raising the least
    /// confidence; none when no threshold does.
    pub reached: Option<Above>,
}

/// Measures the answers given to so many queries.
pub(super) fn of(given: &[Given], queries: usize) -> Calibration {
    let mut sorted = given.to_vec();
    sorted.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let first = |count: usize| Above {
        confidence: count.checked_sub(1).and_then(|last| sorted.get(last)).map_or(1.0, |given| given.confidence),
        answered: share(count, queries),
        right: share_right(&sorted[..count]),
    };
    let bins: Vec<CalibrationBin> = (0..BINS).filter_map(|number| bin(given, number)).collect();
    let error: f64 = bins.iter().map(|bin| bin.answers as f64 * (bin.mean - bin.right).abs()).sum();
    let sure = sorted.partition_point(|given| given.confidence >= SURE);
    // Only where confidence falls can a threshold lie.
    let steps = (1..=sorted.len()).filter(|&n| n == sorted.len() || sorted[n].confidence < sorted[n - 1].confidence);
    Calibration {
        calibration_error: error / given.len().max(1) as f64,
        sure: Above { confidence: SURE, ..first(sure) },
        risk_coverage: PARTS.iter().map(|part| first((part * sorted.len() as f64).round() as usize)).collect(),
        reached: steps.map(first).rfind(|above| above.right >= WANTED),
        bins,
    }
}

fn bin(given: &[Given], number: usize) -> Option<CalibrationBin> {
    let of = |confidence: f64| ((confidence * BINS as f64) as usize).min(BINS - 1);
    let inside: Vec<Given> = given.iter().filter(|given| of(given.confidence) == number).copied().collect();
    let mean = inside.iter().map(|given| given.confidence).sum::<f64>() / inside.len().max(1) as f64;
    (!inside.is_empty()).then(|| CalibrationBin {
        confidence: number as f64 / BINS as f64,
        answers: inside.len(),
        mean,
        right: share_right(&inside),
    })
}

fn share_right(given: &[Given]) -> f64 {
    share(given.iter().filter(|given| given.right).count(), given.len())
}

/// A share, 0 of nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(all: &[(f64, bool)]) -> Vec<Given> {
        all.iter().map(|&(confidence, right)| Given { confidence, right }).collect()
    }

    #[test]
    fn error_and_sure_ones_by_hand() {
        let measured = of(&given(&[(0.9, true), (0.9, false), (0.3, false), (0.3, false)]), 5);
        // Bin 0.9: |0.9 - 0.5| = 0.4; bin 0.3: |0.3 - 0| = 0.3; two answers each.
        assert!((measured.calibration_error - 0.35).abs() < 1e-9);
        assert_eq!((measured.sure.answered, measured.sure.right), (0.4, 0.5));
        assert_eq!(measured.bins.iter().map(|bin| bin.answers).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(measured.risk_coverage[3].right, 0.25);
        assert_eq!(measured.reached, None);
    }

    #[test]
    fn a_threshold_cannot_part_equals() {
        let measured = of(&given(&[(0.9, true), (0.6, true), (0.6, false), (0.2, false)]), 4);
        let reached = measured.reached.unwrap();
        assert_eq!((reached.confidence, reached.answered), (0.6, 0.75));
        assert!(of(&[], 3).reached.is_none());
    }
}
