//! Is one run better than another, or is it chance (显著性)? The paired bootstrap.

use serde::Serialize;

use super::chance::Chance;

/// Resamples: the third digit of p is stable.
const RESAMPLES: usize = 10_000;
/// Where chance begins: any number, but always the same.
const SEED: u64 = 20_261_121;
/// Tail of the interval on each side.
const TAIL: f64 = 0.025;

/// What one query adds to a measure: its part of the sum, and what it counts for. A query that was not answered counts
/// for nothing in a measure over answers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Part {
    pub(super) sum: f64,
    pub(super) count: f64,
}

impl Part {
    /// The part of a mean over all queries.
    pub(super) fn whole(value: f64) -> Self {
        Self { sum: value, count: 1.0 }
    }

    fn add(self, other: Self) -> Self {
        Self { sum: self.sum + other.sum, count: self.count + other.count }
    }

    fn mean(self) -> f64 {
        if self.count > 0.0 { self.sum / self.count } else { 0.0 }
    }
}

/// A measure of two runs over the same queries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The measure.
    pub measure: &'static str,
    /// Queries compared.
    pub queries: usize,
    /// Its value in the other run.
    pub before: f64,
    /// Its value in this one.
    pub after: f64,
    /// What was gained.
    pub difference: f64,
    /// Lower end of the 95 % interval of what was gained.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How often chance alone would show so much (two-sided).
    pub p: f64,
}

/// Compares two runs: before and after for each query.
pub(super) fn compare(measure: &'static str, pairs: &[(Part, Part)]) -> Comparison {
    let total = |picked: &mut dyn Iterator<Item = usize>| {
        let sum =
            picked.fold((Part::default(), Part::default()), |sum, at| (sum.0.add(pairs[at].0), sum.1.add(pairs[at].1)));
        (sum.0.mean(), sum.1.mean())
    };
    let (before, after) = total(&mut (0..pairs.len()));
    let mut chance = Chance::new(SEED);
    let mut gains: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let (before, after) = total(&mut (0..pairs.len()).map(|_| chance.below(pairs.len())));
            after - before
        })
        .collect();
    gains.sort_by(f64::total_cmp);
    let at = |share: f64| gains[((share * RESAMPLES as f64) as usize).min(RESAMPLES - 1)];
    let beyond = |wanted: &dyn Fn(f64) -> bool| {
        let count = gains.iter().filter(|gain| wanted(**gain)).count();
        (count + 1) as f64 / (RESAMPLES + 1) as f64
    };
    Comparison {
        measure,
        queries: pairs.len(),
        before,
        after,
        difference: after - before,
        low: at(TAIL),
        high: at(1.0 - TAIL),
        p: (2.0 * beyond(&|gain| gain <= 0.0).min(beyond(&|gain| gain >= 0.0))).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_difference_is_no_news() {
        let pairs: Vec<(Part, Part)> =
            (0..50).map(|n| (Part::whole(f64::from(n % 2)), Part::whole(f64::from(n % 2)))).collect();
        let same = compare("m", &pairs);
        assert_eq!((same.difference, same.low, same.high, same.p), (0.0, 0.0, 0.0, 1.0));
        assert_eq!(compare("m", &[]).queries, 0);
    }

    #[test]
    fn a_steady_gain_is_news_and_one_lucky_query_is_not() {
        let steady: Vec<(Part, Part)> =
            (0..100).map(|n| (Part::whole(0.2), Part::whole(0.3 + f64::from(n % 3) / 10.0))).collect();
        let gain = compare("m", &steady);
        assert!(gain.low > 0.0 && gain.p < 0.001 && gain.low < gain.difference && gain.difference < gain.high);
        let lucky: Vec<(Part, Part)> =
            (0..100).map(|n| (Part::whole(0.2), Part::whole(if n == 0 { 1.0 } else { 0.2 }))).collect();
        assert!(compare("m", &lucky).p > 0.05);
    }

    #[test]
    fn a_mean_over_answers_leaves_out_what_was_not_answered() {
        let pairs = [(Part::whole(1.0), Part::default()), (Part::whole(0.0), Part::whole(1.0))];
        let compared = compare("m", &pairs);
        assert_eq!((compared.before, compared.after), (0.5, 1.0));
    }
}
