//! Completions (输入提示) while typing: by hanzi, pinyin and initials, and with slips.

use crate::analysis::{is_han, normalise, pinyin_of};

/// Completions given at once: what fits below the box on a telephone.
const COMPLETIONS: usize = 8;
/// One or two letters begin too many syllables in the middle of a title.
const INNER_LETTERS: usize = 3;

/// What can be completed to.
#[derive(Debug, Default)]
pub(super) struct Completions {
    entries: Vec<Entry>,
}

/// A title or question to complete to.
#[derive(Debug)]
struct Entry {
    text: String,
    folded: String,
    full: Vec<String>,
    initials: Vec<String>,
    question: bool,
}

impl Completions {
    /// Completions to these texts, each with whether it is a question.
    pub(super) fn of_texts<'t>(texts: impl Iterator<Item = (&'t str, bool)>) -> Self {
        Self { entries: texts.map(|(text, question)| Entry::new(text, question)).collect() }
    }

    /// Completions of what was typed so far: hanzi anywhere, pinyin and initials from the beginning, and with slips.
    pub(super) fn of(&self, typed: &str) -> Vec<String> {
        let typed = Typed::new(typed);
        let mut found: Vec<(u8, usize, &Entry)> =
            self.entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.fit(&typed)?, at, entry))).collect();
        found.sort_by_key(|(fit, at, entry)| (*fit, !entry.question, *at));
        let mut texts: Vec<String> = Vec::new();
        for (.., entry) in found {
            if !texts.contains(&entry.text) {
                texts.push(entry.text.clone());
            }
            if texts.len() == COMPLETIONS {
                break;
            }
        }
        texts
    }
}

impl Entry {
    fn new(text: &str, question: bool) -> Self {
        let spellings = pinyin_of(text);
        Self {
            text: text.to_owned(),
            folded: normalise(text).text,
            full: spellings.iter().map(|spelling| spelling.full.clone()).collect(),
            initials: spellings.into_iter().map(|spelling| spelling.initials).collect(),
            question,
        }
    }

    /// How well it completes what was typed, 0 the best; none when not at all.
    fn fit(&self, typed: &Typed) -> Option<u8> {
        let Typed { text, letters, sound } = typed;
        let spelt = |fits: &dyn Fn(&str) -> bool| self.initials.iter().chain(&self.full).any(|spelling| fits(spelling));
        if text.is_empty() {
            None
        } else if self.folded.starts_with(text) {
            Some(0)
        } else if !letters.is_empty() && spelt(&|spelling| spelling.starts_with(letters)) {
            Some(1)
        } else if self.folded.contains(text) {
            Some(2)
        } else if letters.len() >= INNER_LETTERS && spelt(&|spelling| spelling.contains(letters)) {
            Some(3)
        } else if sound.len() >= INNER_LETTERS && self.full.iter().any(|spelling| spelling.contains(sound)) {
            // 高铃津贴 sounds like 高龄津贴.
            Some(4)
        } else {
            in_order(text, &self.folded).then_some(5)
        }
    }
}

/// What was typed, in the ways in which it can fit.
struct Typed {
    text: String,
    /// Its letters, when it is pinyin.
    letters: String,
    /// How its hanzi sound, when there is nothing else.
    sound: String,
}

impl Typed {
    fn new(typed: &str) -> Self {
        let text = normalise(typed).text;
        let pinyin = text.is_ascii() && text.chars().any(|c| c.is_ascii_alphanumeric());
        let letters = text.chars().filter(|c| pinyin && c.is_ascii_alphanumeric()).collect();
        let hanzi = text.chars().all(is_han);
        let sound = pinyin_of(&text).into_iter().next().filter(|_| hanzi).map(|spelling| spelling.full);
        Self { sound: sound.unwrap_or_default(), letters, text }
    }
}

/// Whether the hanzi of a text stand in another in their order, all of them, or of four and more all but one: 老人津贴
/// in 老年人高龄津贴.
fn in_order(typed: &str, text: &str) -> bool {
    /// With fewer, almost anything fits.
    const LEAST: usize = 3;
    /// From here on one may be wrong.
    const FORGIVEN: usize = 4;
    let wanted: Vec<char> = typed.chars().filter(|c| is_han(*c)).collect();
    let mut rest = text.chars();
    let mut missed = 0;
    for c in &wanted {
        let before = rest.clone();
        if !rest.any(|other| other == *c) {
            rest = before;
            missed += 1;
        }
    }
    wanted.len() >= LEAST && missed <= usize::from(wanted.len() >= FORGIVEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completes_hanzi_pinyin_and_initials() {
        let texts = [("青禾县高龄津贴发放办法", false), ("高龄津贴怎么领？", true)];
        let completions = Completions::of_texts(texts.into_iter());
        assert_eq!(completions.of("高龄"), ["高龄津贴怎么领？", "青禾县高龄津贴发放办法"]);
        assert_eq!(completions.of("gaoling")[0], "高龄津贴怎么领？");
        assert_eq!(completions.of("QHX"), ["青禾县高龄津贴发放办法"]);
        assert_eq!(completions.of("高铃津贴")[0], "高龄津贴怎么领？");
        assert_eq!(completions.of("高令补贴"), Vec::<String>::new());
        assert_eq!(completions.of("高龄贴发放"), ["青禾县高龄津贴发放办法"]);
        assert!(completions.of("").is_empty());
        assert!(completions.of("住房").is_empty());
    }
}
