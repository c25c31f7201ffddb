//! Verbatim words (逐字引用): how much of one text is copied from another.

use std::collections::{HashMap, HashSet, VecDeque};

use serde::{Deserialize, Serialize};

/// Letters in a row that are a quotation: the longest names of works and offices that two texts share by speaking of
/// the same thing are about as long.
pub(crate) const RUN_CHARS: usize = 15;
/// Odd multiplier of the rolling hash, with bits spread over the word.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
/// Longest heading: a numbered line without a full stop that is longer says something.
const HEADING_CHARS: usize = 40;
/// Part of a text's letters in headings above which it consists of bare headings.
const HEADINGS_SHARE: f32 = 0.6;

/// How much an interpretation copies from its policy (照抄程度).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Copying {
    /// Letters and figures of the interpretation.
    pub characters: usize,
    /// Those that stand in a run copied word for word, 15 or more in a row.
    pub verbatim: usize,
    /// The part of it that is copied, 0–1.
    pub verbatim_share: f32,
    /// The longest run copied.
    pub longest_run: usize,
    /// The part of it that stands in numbered headings, 0–1.
    pub headings_share: f32,
    /// Whether it consists of bare headings.
    pub bare_headings: bool,
}

/// Measures how much of an interpretation is copied from its policy, in time linear in both.
#[must_use]
pub fn copying(interpretation: &str, policy: &str) -> Copying {
    let of_policy: HashSet<u64> = Windows::new(policy).map(|window| window.hash).collect();
    let (mut verbatim, mut longest_run, mut run, mut covered_to) = (0, 0, 0, 0);
    for window in Windows::new(interpretation) {
        if of_policy.contains(&window.hash) {
            run = if run == 0 { RUN_CHARS } else { run + 1 };
            verbatim += (window.letter + RUN_CHARS) - covered_to.max(window.letter);
            covered_to = window.letter + RUN_CHARS;
            longest_run = longest_run.max(run);
        } else {
            run = 0;
        }
    }
    let characters = interpretation.chars().filter(|c| c.is_alphanumeric()).count();
    let headings_share = share(letters_in_headings(interpretation), characters);
    Copying {
        characters,
        verbatim,
        verbatim_share: share(verbatim, characters),
        longest_run,
        headings_share,
        bare_headings: headings_share >= HEADINGS_SHARE,
    }
}

fn share(part: usize, of: usize) -> f32 {
    if of == 0 { 0.0 } else { part as f32 / of as f32 }
}

/// Letters in short numbered pieces that no sentence follows: 一、总体要求 （二）工作目标.
fn letters_in_headings(text: &str) -> usize {
    let letters = |piece: &str| piece.chars().filter(|c| c.is_alphanumeric()).count();
    let is_heading = |line: &&str| {
        let line = line.trim();
        let numbered = line.starts_with(['（', '(', '第', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
            || line.starts_with(|c: char| c.is_ascii_digit());
        let sentence = line.trim_end_matches(['。', '；', ';']).contains(['。', '，', '；']);
        numbered && !sentence && letters(line) <= HEADING_CHARS
    };
    text.lines().filter(is_heading).map(letters).sum()
}

/// What of one text stands word for word in the parts of another.
pub(crate) struct Quotable {
    /// Parts that hold each window.
    holders: HashMap<u64, Vec<u32>>,
}

impl Quotable {
    /// Over the parts of a text.
    pub(crate) fn new<'t>(parts: impl Iterator<Item = &'t str>) -> Self {
        let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
        for (part, text) in (0..).zip(parts) {
            for window in Windows::new(text) {
                let held = holders.entry(window.hash).or_default();
                if held.last() != Some(&part) {
                    held.push(part);
                }
            }
        }
        Self { holders }
    }

    /// Parts that a text quotes, with the letters of the longest run of each, the longest first.
    pub(crate) fn quoted(&self, text: &str) -> Vec<(usize, usize)> {
        let mut runs: HashMap<u32, (usize, usize, usize)> = HashMap::new(); // longest, running, last letter
        for window in Windows::new(text) {
            for &part in self.holders.get(&window.hash).into_iter().flatten() {
                let run = runs.entry(part).or_insert((0, 0, usize::MAX));
                run.1 = if run.2.wrapping_add(1) == window.letter { run.1 + 1 } else { RUN_CHARS };
                run.2 = window.letter;
                run.0 = run.0.max(run.1);
            }
        }
        let mut found: Vec<(usize, usize)> =
            runs.into_iter().map(|(part, (longest, _, _))| (part as usize, longest)).collect();
        found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }
}

/// A run of [`RUN_CHARS`] letters and figures.
struct Window {
    /// Its first letter, counted in letters.
    letter: usize,
    hash: u64,
}

/// The windows of a text, white space and punctuation left out; each hash comes from the last in constant time.
struct Windows<'t> {
    letters: Box<dyn Iterator<Item = u64> + 't>,
    inside: VecDeque<u64>,
    hash: u64,
    /// The weight of the letter that leaves.
    leaving: u64,
    read: usize,
}

impl<'t> Windows<'t> {
    fn new(text: &'t str) -> Self {
        let letters = Box::new(text.chars().filter(|c| c.is_alphanumeric()).map(|c| u64::from(u32::from(c))));
        let leaving = (1..RUN_CHARS).fold(1u64, |weight, _| weight.wrapping_mul(BASE));
        Self { letters, inside: VecDeque::with_capacity(RUN_CHARS), hash: 0, leaving, read: 0 }
    }
}

impl Iterator for Windows<'_> {
    type Item = Window;

    fn next(&mut self) -> Option<Window> {
        loop {
            let letter = self.letters.next()?;
            if self.inside.len() == RUN_CHARS
                && let Some(first) = self.inside.pop_front()
            {
                self.hash = self.hash.wrapping_sub(first.wrapping_mul(self.leaving));
            }
            self.hash = self.hash.wrapping_mul(BASE).wrapping_add(letter);
            self.inside.push_back(letter);
            self.read += 1;
            if self.inside.len() == RUN_CHARS {
                // Mixed once more: the high bits of a sum of products say more than the low ones.
                let mixed = (self.hash ^ (self.hash >> 32)).wrapping_mul(BASE);
                return Some(Window { letter: self.read - RUN_CHARS, hash: mixed });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "第四条 补贴标准：（一）80周岁至89周岁的，每人每月100元；（二）90周岁以上的，每人每月200元。";

    #[test]
    fn copied_words_are_counted_once() {
        let all = copying(POLICY, POLICY);
        assert_eq!((all.verbatim, all.longest_run), (all.characters, all.characters));
        let none = copying("老人家现在可以去村里办理这一项补助，带上身份证就行。", POLICY);
        assert_eq!((none.verbatim, none.longest_run), (0, 0));
        let some = copying("就是说，80周岁至89周岁的，每人每月100元，由村里发。", POLICY);
        assert_eq!(some.verbatim, "80周岁至89周岁的每人每月100元".chars().count());
        assert!(some.verbatim_share > 0.5 && some.verbatim_share < 0.9);
        assert_eq!(copying("", POLICY), Copying::default());
    }

    #[test]
    fn bare_headings_are_told_from_text() {
        assert!(copying("一、总体要求\n（一）工作目标\n（二）基本原则\n二、重点任务", "").bare_headings);
        assert!(!copying("一、补贴谁\n八十岁以上的老人都能领，每月一百元起，向户口所在的村里申请。", "").bare_headings);
    }

    #[test]
    fn the_part_quoted_longest_comes_first() {
        let quotable = Quotable::new(
            [
                "申请人应当向户籍所在地的村民委员会提出书面申请并提交身份证",
                "村民委员会应当在五个工作日内进行初审并且公示",
            ]
            .into_iter(),
        );
        let found = quotable.quoted("《办法》说：村民委员会应当在五个工作日内进行初审，您只要等着。");
        assert_eq!(found, [(1, 18)]);
        assert!(quotable.quoted("村民委员会会办的").is_empty());
    }
}
