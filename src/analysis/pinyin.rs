//! Pinyin (拼音): spellings of titles and words, for completion only, never for ranking.

use std::collections::HashSet;
use std::sync::LazyLock;

use pinyin::{ToPinyin, ToPinyinMulti};

use super::{is_han, normalise};

/// Most spellings kept of one text: every reading of two characters with two or three each.
const MOST_SPELLINGS: usize = 8;
/// Longest text that is spelled; completion keys are titles and questions, not paragraphs.
const LONGEST_SPELLED: usize = 64;
/// Longest syllable (zhuang, shuang, chuang).
const LONGEST_SYLLABLE: usize = 6;

/// One way to type a text with Latin letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spelling {
    /// All syllables, run together: shiyebaoxian.
    pub full: String,
    /// First letters: sybx.
    pub initials: String,
}

/// The spellings of a text, with every reading of its characters as far as there are not too many; the most usual
/// reading first. Latin letters and digits stay, punctuation and spaces are left out.
#[must_use]
pub fn pinyin_of(text: &str) -> Vec<Spelling> {
    let mut spellings = vec![Spelling { full: String::new(), initials: String::new() }];
    for c in normalise(text).text.chars().filter(|c| c.is_alphanumeric()).take(LONGEST_SPELLED) {
        let readings = readings(c);
        if spellings.len() * readings.len() > MOST_SPELLINGS {
            let first = readings.into_iter().next().unwrap_or_default();
            spellings.iter_mut().for_each(|spelling| append(spelling, &first));
            continue;
        }
        let longer = spellings.iter().flat_map(|spelling| {
            readings.iter().map(|reading| {
                let mut longer = spelling.clone();
                append(&mut longer, reading);
                longer
            })
        });
        spellings = longer.collect();
    }
    spellings.retain(|spelling| !spelling.full.is_empty());
    spellings
}

fn append(spelling: &mut Spelling, reading: &str) {
    spelling.full.push_str(reading);
    spelling.initials.extend(reading.chars().next());
}

/// Plain readings of a character; a character without pinyin reads as itself.
fn readings(c: char) -> Vec<String> {
    if !is_han(c) {
        return vec![c.to_string()];
    }
    let mut readings: Vec<String> = c.to_pinyin().map(|reading| ascii(reading.plain())).into_iter().collect();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let reading = ascii(reading.plain());
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    if readings.is_empty() { vec![c.to_string()] } else { readings }
}

fn ascii(reading: &str) -> String {
    reading.replace('ü', "v")
}

static SYLLABLES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    ('\u{4e00}'..='\u{9fff}').filter_map(|c| c.to_pinyin()).map(|reading| ascii(reading.plain())).collect()
});

/// Whether a text of Latin letters can be read as pinyin: gaolingjintie, gao ling jin tie.
#[must_use]
pub fn looks_like_pinyin(text: &str) -> bool {
    let letters: String = normalise(text)
        .text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'')
        .map(|c| if c == 'ü' { 'v' } else { c })
        .collect();
    if letters.len() < 2 || letters.len() > LONGEST_SPELLED * LONGEST_SYLLABLE {
        return false;
    }
    if !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let mut reachable = vec![false; letters.len() + 1];
    reachable[0] = true;
    for end in 1..=letters.len() {
        let first = end.saturating_sub(LONGEST_SYLLABLE);
        reachable[end] = (first..end).any(|start| reachable[start] && SYLLABLES.contains(&letters[start..end]));
    }
    reachable[letters.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_every_reading() {
        let spellings = pinyin_of("长期护理");
        assert!(spellings.iter().any(|s| s.full == "changqihuli" && s.initials == "cqhl"), "{spellings:?}");
        assert!(pinyin_of("，。").is_empty());
        assert_eq!(pinyin_of("A类")[0].full, "alei");
        assert!(pinyin_of(&"长行重".repeat(90)).len() <= MOST_SPELLINGS);
    }

    #[test]
    fn knows_pinyin_from_other_letters() {
        for text in ["gaolingjintie", "gao ling", "xi'an", "lvshi"] {
            assert!(looks_like_pinyin(text), "{text}");
        }
        for text in ["policy", "12345", "", "高龄", "x"] {
            assert!(!looks_like_pinyin(text), "{text}");
        }
    }
}
