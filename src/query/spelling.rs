//! What was meant by what was typed (纠字): pinyin read as words, initials, and words that only sound right.

use std::ops::Range;

use crate::analysis::{is_han, looks_like_pinyin};

use super::{Background, Expansion, subject};

/// Fewest letters that are read as pinyin: shorter ones are abbreviations.
const SHORTEST_PINYIN: usize = 4;
/// Fewest letters that are taken for initials: two letters fit too much.
const SHORTEST_INITIALS: usize = 4;
/// Longest word looked up by its sound, in characters.
const LONGEST_WORD: usize = 6;
/// A word of the dictionary at least this usual is no slip: 公式 is not 公示.
const USUAL: usize = 3;
/// A word of two characters is put in another's place only when it is this usual: two syllables sound like much.
const USUAL_PAIR: f32 = 1_000.0;
/// Characters of grammar, places and counting: they stand beside any word, so a pair with one of them is nothing odd, and none is a slip.
const GRAMMAR: &str = "什么谁哪怎咋啥几市县区镇乡村一二三四五六七八九十不没的了吗呢吧啊么是在有能要还和跟与及或也都就会这那几给到去来我你他她它们个把被让从向对于为以可之其每各再又才只很太最更已将得地着过说问看";

/// A question as it was meant.
pub(super) struct Meant {
    /// The folded question with pinyin and slips replaced.
    pub(super) text: String,
    /// What was replaced by what.
    pub(super) corrections: Vec<Expansion>,
}

/// Reads a folded question.
pub(super) fn read(folded: &str, background: &Background<'_>) -> Meant {
    let mut meant = Meant { text: folded.to_owned(), corrections: Vec::new() };
    let letters = letter_runs(folded);
    if !letters.is_empty() {
        meant.replace(letters.into_iter().filter_map(|run| letters_meant(folded, run, background)).collect());
    }
    let typo = |relation: &str| relation == "typo";
    if background.lexicon.find_in(&meant.text).iter().any(|hit| typo(&hit.entry.relation)) {
        let (text, corrections) = subject::correct(&meant.text, background, &["typo"]);
        meant.text = text;
        meant.corrections.extend(corrections);
    }
    let slips = slips(&meant.text, background);
    meant.replace(slips);
    meant
}

/// A stretch of text and what is put in its place.
struct Replacement {
    range: Range<usize>,
    to: String,
    because: &'static str,
}

impl Meant {
    /// Makes replacements, given in order.
    fn replace(&mut self, replacements: Vec<Replacement>) {
        for Replacement { range, to, because } in replacements.into_iter().rev() {
            let from = self.text[range.clone()].to_owned();
            self.text.replace_range(range, &to);
            self.corrections.insert(
                0,
                Expansion { from, to, because: because.to_owned(), replaces: true, loose: false, distant: false },
            );
        }
    }
}

/// Runs of Latin letters, with the spaces between them.
fn letter_runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        let joins = runs.last().is_some_and(|run| text[run.end..at].chars().all(|c| matches!(c, ' ' | '\'')));
        match c {
            'a'..='z' | 'ü' if joins => runs.last_mut().into_iter().for_each(|run| run.end = at + c.len_utf8()),
            'a'..='z' | 'ü' => runs.push(at..at + c.len_utf8()),
            _ => {}
        }
    }
    // Letters glued to figures are names: ipv6, a4.
    let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.' || c == '@' || c == '/');
    runs.retain(|run| !figure(text[run.end..].chars().next()) && !figure(text[..run.start].chars().next_back()));
    runs
}

/// What a run of letters means: words by their pinyin, or one word by its initials.
fn letters_meant(text: &str, range: Range<usize>, background: &Background<'_>) -> Option<Replacement> {
    let letters = &text[range.clone()];
    let known = background.analyzer.is_word(letters) || (background.stands)(letters);
    if letters.len() < SHORTEST_PINYIN || known {
        return None;
    }
    let sounds = &background.vocabulary.sounds;
    if looks_like_pinyin(letters)
        && let Some(words) = sounds.read(letters).filter(|words| words.iter().any(|word| word.chars().nth(1).is_some()))
    {
        return Some(Replacement { range, to: words.concat(), because: "拼音" });
    }
    let word = sounds.by_initials(letters).filter(|_| letters.len() >= SHORTEST_INITIALS)?;
    Some(Replacement { range, to: word.to_owned(), because: "拼音首字母" })
}

/// Words nobody writes that sound like words of the library or the lexicon and share a character with them.
fn slips(text: &str, background: &Background<'_>) -> Vec<Replacement> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let odd = odd_pairs(text, &chars, background);
    if odd.iter().all(|odd| !odd) {
        return Vec::new();
    }
    let kept = kept_together(text, background);
    let end_of = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    let mut from = 0;
    while from + 1 < chars.len() {
        let hit = (2..=LONGEST_WORD.min(chars.len() - from)).rev().find_map(|len| {
            let range = chars[from].0..end_of(from + len);
            // Every slip makes at least one pair of characters that stands nowhere.
            let strange = odd[from..from + len - 1].iter().any(|odd| *odd);
            let cuts = kept.iter().any(|word| {
                let apart = word.end <= range.start || range.end <= word.start;
                let inside = range.start <= word.start && word.end <= range.end;
                !apart && !inside
            });
            if !strange || cuts {
                return None;
            }
            meant_by_sound(&text[range.clone()], background)
                .map(|to| (len, Replacement { range, to, because: "同音错字" }))
        });
        match hit {
            Some((len, replacement)) => {
                found.push(replacement);
                from += len;
            }
            None => from += 1,
        }
    }
    found
}

/// For each pair of neighbours whether it stands neither in the library nor in the lexicon nor in the dictionary.
fn odd_pairs(text: &str, chars: &[(usize, char)], background: &Background<'_>) -> Vec<bool> {
    chars
        .windows(2)
        .map(|pair| {
            let end = pair[1].0 + pair[1].1.len_utf8();
            let two = &text[pair[0].0..end];
            let plain = |(_, c): &(usize, char)| is_han(*c) && !GRAMMAR.contains(*c);
            let known = || {
                (background.stands)(two)
                    || background.vocabulary.sounds.holds(two)
                    || background.analyzer.is_word(two) && background.analyzer.usage(two) >= USUAL
            };
            pair.iter().all(plain) && !known()
        })
        .collect()
}

/// Words of the text that the dictionary knows: a slip cuts none of them in two.
fn kept_together(text: &str, background: &Background<'_>) -> Vec<Range<usize>> {
    background
        .analyzer
        .words(text)
        .into_iter()
        .map(|token| token.start..token.end)
        .filter(|range| {
            text[range.clone()].chars().nth(1).is_some() && background.analyzer.is_word(&text[range.clone()])
        })
        .collect()
}

/// The word meant by one that is unknown: it sounds the same, and at least half of its characters are the same.
fn meant_by_sound(word: &str, background: &Background<'_>) -> Option<String> {
    let changes = |c: char, other: char| c != other && (GRAMMAR.contains(c) || GRAMMAR.contains(other));
    if !word.chars().all(is_han) || background.analyzer.is_word(word) && background.analyzer.usage(word) >= USUAL {
        return None;
    }
    let sounds = &background.vocabulary.sounds;
    if sounds.holds(word) {
        return None;
    }
    let count = word.chars().count();
    let alike = |other: &&str| {
        let pairs = || other.chars().zip(word.chars());
        pairs().filter(|(a, b)| a == b).count() * 2 >= count && !pairs().any(|(a, b)| changes(a, b))
    };
    let least = if count > 2 { 0.0 } else { USUAL_PAIR };
    sounds.sounding_like(word, least).into_iter().find(alike).map(str::to_owned)
}
