//! Likeness (相似度): how much two texts are the same, whatever a site did to spacing and punctuation.

use std::collections::BTreeSet;

/// Letters of a shingle: shorter ones are shared by all official texts, longer ones break at every typing error.
const SHINGLE_CHARS: usize = 5;
/// Shingles kept of a text, those with the smallest hashes: the estimate is off by some six in a hundred, 256 bytes a
/// document, 13 MB for fifty thousand.
const SKETCH: usize = 64;
/// Odd multiplier of the hash, with bits spread over the word.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// A text by its shingles.
pub(crate) struct Shingles(Vec<u32>);

/// What is kept of a text to find others like it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::corpus) struct Sketch(Box<[u32]>);

/// How alike two texts are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likeness {
    /// Shingles in both, of those in either, 0–1.
    pub alike: f32,
    /// Shingles in both, of those in the shorter text, 0–1: 1 when an annex is missing and nothing else.
    pub contained: f32,
}

impl Shingles {
    /// Cuts a text, letters and figures only.
    pub(crate) fn new(text: &str) -> Self {
        let letters: Vec<u64> = text.chars().filter(|c| c.is_alphanumeric()).map(|c| u64::from(u32::from(c))).collect();
        let size = SHINGLE_CHARS.min(letters.len().max(1));
        let mut hashes: Vec<u32> = letters.windows(size).map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// How alike two texts are.
    pub(crate) fn likeness(&self, other: &Self) -> Likeness {
        let both = common(&self.0, &other.0);
        let (shorter, either) = (self.0.len().min(other.0.len()), self.0.len() + other.0.len() - both);
        Likeness { alike: share(both, either), contained: share(both, shorter) }
    }

    pub(in crate::corpus) fn sketch(&self) -> Sketch {
        Sketch(self.0.iter().take(SKETCH).copied().collect())
    }
}

impl Sketch {
    /// Estimates how alike two texts are.
    pub(in crate::corpus) fn alike(&self, other: &Self) -> f32 {
        let union: BTreeSet<u32> = self.0.iter().chain(&other.0).copied().collect();
        let smallest: Vec<u32> = union.into_iter().take(SKETCH).collect();
        let both =
            smallest.iter().filter(|hash| self.0.binary_search(hash).is_ok() && other.0.binary_search(hash).is_ok());
        share(both.count(), smallest.len())
    }

    /// The hashes under which texts like this one are found: of near-identical texts one of them is almost surely shared.
    pub(in crate::corpus) fn keys(&self) -> &[u32] {
        /// Nine of ten shingles shared leave one text in a million without a common key of four… in ten thousand.
        const KEYS: usize = 4;
        &self.0[..self.0.len().min(KEYS)]
    }
}

fn hash(letters: &[u64]) -> u32 {
    let sum = letters.iter().fold(0u64, |hash, letter| hash.wrapping_mul(BASE).wrapping_add(*letter));
    let mixed = (sum ^ (sum >> 29)).wrapping_mul(BASE);
    #[expect(clippy::cast_possible_truncation, reason = "the upper half of the word fits")]
    let upper = (mixed >> 32) as u32;
    upper
}

/// Members of two sorted lists.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut at, mut count) = (0, 0);
    for hash in a {
        while at < b.len() && b[at] < *hash {
            at += 1;
        }
        count += usize::from(b.get(at) == Some(hash));
    }
    count
}

fn share(part: usize, of: usize) -> f32 {
    if of == 0 { 0.0 } else { part as f32 / of as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_differences_stay_small_and_a_sketch_comes_close() {
        let long: String = (0..400).map(|n| format!("第{n}条 申请人应当提交材料{}。", n * 7919)).collect();
        let near = long.replace("第7条", "第 七 条").replace("第90条", "");
        let other: String = (0..400).map(|n| format!("{n}号窗口办理社会保险{}业务", n * 104_729)).collect();
        let [a, b, c] = [&long, &near, &other].map(|text| Shingles::new(text));
        assert!(a.likeness(&b).alike > 0.95);
        assert!(a.likeness(&c).alike < 0.1);
        assert!((a.sketch().alike(&b.sketch()) - a.likeness(&b).alike).abs() < 0.2);
        let half: String = long.chars().take(long.chars().count() / 2).collect();
        assert!(a.likeness(&Shingles::new(&half)).contained > 0.95);
        assert_eq!(Shingles::new("").likeness(&Shingles::new("")).alike, 0.0);
    }
}
