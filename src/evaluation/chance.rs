//! Chance (随机) that is the same in every run: resamples and folds can be made again.

/// Added at each step: 2⁶⁴ divided by the golden ratio (SplitMix64; Steele, Lea & Flood 2014).
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A seeded source of numbers.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, all equally likely; 0 when there is none. (The upper half of a product: its bias is below
    /// one in 2⁴⁰ for the few thousand questions of a collection.)
    pub(super) fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Puts a list into an order of chance (Fisher & Yates).
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.below(at + 1);
            list.swap(at, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_repeats_itself_and_is_even() {
        let draw = |seed| {
            let mut chance = Chance::new(seed);
            (0..6_000).map(|_| chance.below(6)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        let fives = draw(1).iter().filter(|&&n| n == 5).count();
        assert!((900..1_100).contains(&fives), "{fives}");
        let mut list: Vec<usize> = (0..20).collect();
        Chance::new(3).shuffle(&mut list);
        let mut sorted = list.clone();
        sorted.sort_unstable();
        assert!(list != sorted && sorted == (0..20).collect::<Vec<_>>());
        assert_eq!(Chance::new(1).below(0), 0);
    }
}
