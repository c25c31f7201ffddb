//! Sounds (读音): words by their pinyin, to read what was typed in pinyin and to notice words that only sound right.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pinyin::{ToPinyin, ToPinyinMulti};

use super::is_han;

/// A syllable without its tone, by number.
type Syllable = u16;

/// Longest word kept, in syllables: longer ones are sentences.
const LONGEST_WORD: usize = 12;
/// Readings kept of one word: a name with several characters of two readings has more, none of them usual.
const MOST_READINGS: usize = 4;
/// Letters of the longest syllable (zhuang).
const LONGEST_SYLLABLE: usize = 6;
/// Longest text in letters that is read; a question is shorter.
const MOST_LETTERS: usize = 300;
/// What a word costs beside its rarity: few long words are likelier than many short ones.
const WORD_COST: f32 = 3.0;
/// What a syllable without a consonant costs in the middle of letters: pinyin writes xi'an, and yue is no yu'e.
const BARE_VOWEL_COST: f32 = 6.0;
/// What a reading other than the usual one of a character costs: 贴 is never read as another.
const RARE_READING_COST: f32 = 4.0;

static SYLLABLES: LazyLock<HashMap<&'static str, Syllable>> = LazyLock::new(|| {
    let mut by_letters = HashMap::new();
    for reading in ('\u{4e00}'..='\u{9fff}').filter_map(|c| c.to_pinyin()) {
        let letters = plain(reading.plain());
        // 呣, 嗯 are written m, n, ng: no syllable anyone types, and they make pinyin of any Latin word.
        if letters.contains(['a', 'e', 'i', 'o', 'u', 'v']) {
            let next = Syllable::try_from(by_letters.len()).unwrap_or(Syllable::MAX);
            by_letters.entry(letters).or_insert(next);
        }
    }
    by_letters
});

/// The letters one types for ü.
fn plain(reading: &'static str) -> &'static str {
    match reading {
        "lü" => "lv",
        "lüe" => "lve",
        "nü" => "nv",
        "nüe" => "nve",
        other => other,
    }
}

/// The readings of a character, the usual one first.
fn readings(c: char) -> Vec<Syllable> {
    let known = |letters: &'static str| SYLLABLES.get(plain(letters)).copied();
    let mut found: Vec<Syllable> = c.to_pinyin().and_then(|reading| known(reading.plain())).into_iter().collect();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        if let Some(other) = known(reading.plain()).filter(|other| !found.contains(other)) {
            found.push(other);
        }
    }
    found
}

/// A word that may be read, with how usual it is.
#[derive(Debug, Clone, PartialEq)]
struct Word {
    text: Box<str>,
    /// Minus the logarithm of its share.
    cost: f32,
}

/// A reading, the word it is of, and what the reading costs.
type Entry = (Box<[Syllable]>, u32, f32);

/// Words by their sound (音表).
#[derive(Debug, Clone, Default)]
pub struct SoundTable {
    words: Vec<Word>,
    /// The sum of all weights.
    total: f32,
    /// In the order of their syllables.
    entries: Vec<Entry>,
    by_initials: HashMap<Box<str>, Option<u32>>,
    /// Words by their usual reading.
    by_usual: HashMap<Box<[Syllable]>, Vec<u32>>,
    known: HashSet<Box<str>>,
}

impl SoundTable {
    /// The table of these words with their weights; words that are not Chinese throughout are left out.
    #[must_use]
    pub fn new(words: &HashMap<String, f32>) -> Self {
        let mut table = Self { total: words.values().sum::<f32>().max(1.0), ..Self::default() };
        let mut sorted: Vec<(&String, &f32)> = words.iter().collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(b.0));
        for (text, weight) in sorted {
            if text.is_empty() || !text.chars().all(is_han) || text.chars().count() > LONGEST_WORD {
                continue;
            }
            let number = u32::try_from(table.words.len()).unwrap_or(u32::MAX);
            for (at, reading) in spellings(text).into_iter().enumerate() {
                let rare = if at == 0 { 0.0 } else { RARE_READING_COST };
                if at == 0 {
                    table.note_initials(text, number);
                    table.by_usual.entry(reading.clone()).or_default().push(number);
                }
                table.entries.push((reading, number, rare));
            }
            table.known.insert(text.as_str().into());
            table.words.push(Word { text: text.as_str().into(), cost: table.cost_of(*weight) });
        }
        table.entries.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
        table
    }

    fn note_initials(&mut self, text: &str, number: u32) {
        let initials: String =
            text.chars().filter_map(|c| c.to_pinyin()).filter_map(|reading| reading.plain().chars().next()).collect();
        self.by_initials.entry(initials.into()).and_modify(|known| *known = None).or_insert(Some(number));
    }

    fn cost_of(&self, weight: f32) -> f32 {
        -(weight.max(f32::MIN_POSITIVE) / self.total).ln()
    }

    /// Whether a word is in the table.
    #[must_use]
    pub fn holds(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// The word that alone has these initials: sybxj.
    #[must_use]
    pub fn by_initials(&self, letters: &str) -> Option<&str> {
        let number = (*self.by_initials.get(letters)?)?;
        self.words.get(number as usize).map(|word| &*word.text)
    }

    /// Words of at least this weight that sound like this one and share a character with it at its place, the most usual
    /// first.
    #[must_use]
    pub fn sounding_like(&self, word: &str, least: f32) -> Vec<&str> {
        let most = self.cost_of(least);
        let mut found: Vec<&Word> = Vec::new();
        // Usual readings only: by its rare ones 还 would sound like 不.
        let Some(reading) = usual_reading(word) else { return Vec::new() };
        for number in self.by_usual.get(reading.as_slice()).into_iter().flatten() {
            let Some(other) = self.words.get(*number as usize) else { continue };
            let shared = other.text.chars().zip(word.chars()).any(|(a, b)| a == b);
            if shared
                && *other.text != *word
                && other.cost <= most
                && found.iter().all(|known| known.text != other.text)
            {
                found.push(other);
            }
        }
        found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        found.into_iter().map(|word| &*word.text).collect()
    }

    /// Reads letters as pinyin: the likeliest words, whose syllables do not cross a space; none when a part of it is no
    /// word of the table.
    #[must_use]
    pub fn read(&self, letters: &str) -> Option<Vec<&str>> {
        let (letters, breaks) = squeeze(letters)?;
        let mut best: Vec<Option<(f32, usize, u32)>> = vec![None; letters.len() + 1];
        *best.first_mut()? = Some((0.0, 0, 0));
        for start in 0..letters.len() {
            let Some((cost, ..)) = best[start] else { continue };
            let mut tell = |end: usize, number: u32, own: f32| {
                let whole = cost + own + WORD_COST;
                if best[end].is_none_or(|(known, ..)| whole < known) {
                    best[end] = Some((whole, start, number));
                }
            };
            self.descend((&letters, &breaks), start, (&self.entries, 0, 0.0), &mut tell);
        }
        let mut words = Vec::new();
        let mut at = letters.len();
        while at > 0 {
            let (_, from, number) = best[at]?;
            words.push(&*self.words.get(number as usize)?.text);
            at = from;
        }
        words.reverse();
        Some(words)
    }

    /// Tells every word that the letters from `at` on may begin with: the entries are those that agree in the first
    /// `depth` syllables, which cost so much; each syllable narrows them.
    fn descend(
        &self,
        (letters, breaks): (&str, &[bool]),
        at: usize,
        (entries, depth, cost): (&[Entry], usize, f32),
        tell: &mut impl FnMut(usize, u32, f32),
    ) {
        let bare = at > 0 && !breaks[at] && letters[at..].starts_with(['a', 'e', 'o']);
        let cost = cost + if bare { BARE_VOWEL_COST } else { 0.0 };
        for end in at + 1..=letters.len().min(at + LONGEST_SYLLABLE) {
            if end > at + 1 && breaks[end - 1] {
                break; // a space inside
            }
            let Some(&syllable) = SYLLABLES.get(&letters[at..end]) else { continue };
            let from = entries.partition_point(|entry| entry.0.get(depth).copied() < Some(syllable));
            let to = entries.partition_point(|entry| entry.0.get(depth).copied() <= Some(syllable));
            let narrowed = &entries[from..to];
            for (_, number, rare) in narrowed.iter().take_while(|entry| entry.0.len() == depth + 1) {
                if let Some(word) = self.words.get(*number as usize) {
                    tell(end, *number, word.cost + rare + cost);
                }
            }
            if !narrowed.is_empty() {
                self.descend((letters, breaks), end, (narrowed, depth + 1, cost), tell);
            }
        }
    }
}

/// The letters without spaces, and before which of them a space stood; none when it is not letters throughout.
fn squeeze(text: &str) -> Option<(String, Vec<bool>)> {
    let mut letters = String::with_capacity(text.len());
    let mut breaks = Vec::with_capacity(text.len() + 1);
    let mut broken = false;
    for c in text.chars() {
        match c {
            'a'..='z' => {
                letters.push(c);
                breaks.push(std::mem::take(&mut broken));
            }
            'ü' => {
                letters.push('v');
                breaks.push(std::mem::take(&mut broken));
            }
            '\'' | '-' | ' ' => broken = true,
            _ => return None,
        }
    }
    breaks.push(true);
    (!letters.is_empty() && letters.len() <= MOST_LETTERS).then_some((letters, breaks))
}

/// The usual reading of a word; none when a character has no reading.
fn usual_reading(word: &str) -> Option<Vec<Syllable>> {
    word.chars().map(|c| c.to_pinyin().and_then(|reading| SYLLABLES.get(plain(reading.plain())).copied())).collect()
}

/// The readings of a word, the usual one first; none when a character has no reading.
fn spellings(word: &str) -> Vec<Box<[Syllable]>> {
    let mut found: Vec<Vec<Syllable>> = vec![Vec::new()];
    for c in word.chars() {
        let readings = readings(c);
        let Some(&usual) = readings.first() else { return Vec::new() };
        if found.len() * readings.len() > MOST_READINGS {
            found.iter_mut().for_each(|spelling| spelling.push(usual));
            continue;
        }
        found = readings
            .iter()
            .flat_map(|reading| {
                found.iter().map(move |spelling| spelling.iter().copied().chain([*reading]).collect::<Vec<_>>())
            })
            .collect();
    }
    found.into_iter().map(Vec::into_boxed_slice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> SoundTable {
        let words = [
            "养老",
            "保险",
            "养老保险",
            "补贴",
            "多少",
            "危房",
            "改造",
            "工伤",
            "西安",
            "现",
            "绿化",
            "怎么",
            "申请",
            "重庆",
        ];
        SoundTable::new(&words.into_iter().map(|word| (word.to_owned(), 1.0)).collect())
    }

    #[test]
    fn pinyin_is_read_with_or_without_spaces() {
        let table = table();
        for (letters, words) in [
            ("yanglaobaoxian", vec!["养老保险"]),
            ("wei fang gai zao bu tie", vec!["危房", "改造", "补贴"]),
            ("butie duoshao", vec!["补贴", "多少"]),
            ("xi'an", vec!["西安"]),
            ("xian", vec!["现"]),
            ("lvhua", vec!["绿化"]),
            ("chongqing", vec!["重庆"]),
        ] {
            assert_eq!(table.read(letters), Some(words), "{letters}");
        }
        for letters in ["ipv6", "pdf", "online", "", "feijiping"] {
            assert_eq!(table.read(letters), None, "{letters}");
        }
        assert_eq!(table.by_initials("ylbx"), Some("养老保险"));
    }

    #[test]
    fn words_that_sound_alike_share_a_character() {
        let table = table();
        assert_eq!(table.sounding_like("公伤", 0.0), ["工伤"]);
        assert_eq!(table.sounding_like("养老宝险", 0.0), ["养老保险"]);
        assert!(table.sounding_like("公伤", 2.0).is_empty() && table.sounding_like("补贴", 0.0).is_empty());
        assert!(table.holds("补贴") && !table.holds("补帖"));
    }
}
