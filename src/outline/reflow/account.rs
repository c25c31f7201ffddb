//! Accounting (逐字核对): every character of the raw text is in the canonical text or in the noise.

use super::Reflowed;

/// Most ways of reading that are followed at once; they differ only while noise and text begin alike.
const MOST_READINGS: usize = 512;

/// How many non-white characters of the raw text are neither in the text nor in the noise, in order — or were added.
#[must_use]
pub fn unaccounted(raw: &str, reflowed: &Reflowed) -> usize {
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
    let text = solid(&reflowed.text);
    let noise: Vec<char> = reflowed.noise.iter().flat_map(|noise| solid(&noise.text)).collect();
    let mut missing = 0;
    // A reading is how many characters of text and of noise have been seen.
    let mut readings = vec![(0usize, 0usize)];
    let mut next = Vec::new();
    for c in raw.chars().filter(|c| !c.is_whitespace()) {
        next.clear();
        for &(t, n) in &readings {
            if text.get(t) == Some(&c) && next.last() != Some(&(t + 1, n)) {
                next.push((t + 1, n));
            }
            if noise.get(n) == Some(&c) {
                next.push((t, n + 1));
            }
        }
        if next.is_empty() {
            missing += 1;
            continue;
        }
        next.truncate(MOST_READINGS);
        std::mem::swap(&mut readings, &mut next);
    }
    let left = readings.iter().map(|&(t, n)| (text.len() - t) + (noise.len() - n)).min().unwrap_or(0);
    missing + left
}
