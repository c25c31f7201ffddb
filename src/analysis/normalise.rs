//! Folding (归一): one writing for what people write in several ways, with the way back to the original bytes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use zhconv::{Variant, zhconv};

/// Folded text together with the way back to the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalised {
    /// The folded text.
    pub text: String,
    /// Where folding changed the number of bytes or characters, in order.
    offsets: Vec<Change>,
}

/// A character whose folding has another length or other characters than itself.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    folded: Range<usize>,
    original: Range<usize>,
}

impl Normalised {
    /// The original bytes that a range of the folded text came from. A range that cuts the expansion of one character
    /// (㈠ becomes (一)) gives the whole character.
    #[must_use]
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.back(range.start, false);
        start..self.back(range.end, true).max(start)
    }

    fn back(&self, at: usize, is_end: bool) -> usize {
        // The last change that begins before `at`; for a start also the one that begins at it.
        let before = |change: &Change| if is_end { change.folded.start < at } else { change.folded.start <= at };
        match self.offsets.partition_point(before).checked_sub(1).map(|index| &self.offsets[index]) {
            None => at,
            Some(change) if at >= change.folded.end => change.original.end + (at - change.folded.end),
            Some(change) if is_end => change.original.end,
            Some(change) => change.original.start,
        }
    }
}

/// Folds a text: compatibility forms (NFKC), Traditional to Simplified, lower case, one form for each kind of bracket,
/// quote and dash; invisible characters vanish.
#[must_use]
pub fn normalise(text: &str) -> Normalised {
    let table = &*TABLE;
    let mut folded = String::with_capacity(text.len());
    let mut offsets = Vec::new();
    for (at, c) in text.char_indices() {
        let from = folded.len();
        let one = match table.fold(c) {
            Folded::One(to) => {
                folded.push(to);
                true
            }
            Folded::Many(to) => {
                folded.push_str(to);
                false
            }
        };
        if !one || folded.len() - from != c.len_utf8() {
            offsets.push(Change { folded: from..folded.len(), original: at..at + c.len_utf8() });
        }
    }
    Normalised { text: folded, offsets }
}

/// Folds one character; none when it has no single-character folding.
#[must_use]
pub fn normalise_char(c: char) -> Option<char> {
    match TABLE.fold(c) {
        Folded::One(to) => Some(to),
        Folded::Many(_) => None,
    }
}

/// Whether this is a Chinese character (汉字), 〇 and 々 included.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '〇' | '々'
        | '\u{20000}'..='\u{323af}')
}

enum Folded<'t> {
    One(char),
    Many(&'t str),
}

/// The folding of every character of the basic plane, computed once (about 256 KB); others are listed only when they
/// change.
struct FoldTable {
    basic: Box<[char]>,
    many: HashMap<char, Box<str>>,
}

/// Stands in `FoldTable::basic` for “look into `many`”; a noncharacter, so no folding can yield it.
const MANY: char = '\u{ffff}';

static TABLE: LazyLock<FoldTable> = LazyLock::new(FoldTable::new);

impl FoldTable {
    fn new() -> Self {
        let simplified = simplifications();
        let mut basic = vec![MANY; 0x1_0000].into_boxed_slice();
        let mut many = HashMap::new();
        // Beyond the basic plane only these blocks hold compatibility forms: alphanumerics, enclosed ones, ideographs.
        let beyond = ('\u{1d400}'..='\u{1d7ff}').chain('\u{1f100}'..='\u{1f2ff}').chain('\u{2f800}'..='\u{2fa1f}');
        for c in ('\u{0}'..='\u{ffff}').chain(beyond) {
            let folded = fold_slowly(c, &simplified);
            let mut chars = folded.chars();
            match (chars.next(), chars.next(), basic.get_mut(c as usize)) {
                (Some(one), None, Some(slot)) => *slot = one,
                (Some(one), None, None) if one == c => {}
                _ => drop(many.insert(c, folded.into())),
            }
        }
        Self { basic, many }
    }

    fn fold(&self, c: char) -> Folded<'_> {
        match self.basic.get(c as usize) {
            Some(&one) if one != MANY => Folded::One(one),
            _ => self.many.get(&c).map_or(Folded::One(c), |many| Folded::Many(many)),
        }
    }
}

/// Traditional characters with exactly one Simplified character.
fn simplifications() -> HashMap<char, char> {
    let han: Vec<char> = ('\u{3400}'..='\u{9fff}').filter(|&c| is_han(c)).collect();
    // One line each, so that no phrase rule sees two of them together.
    let lines: String = han.iter().flat_map(|&c| [c, '\n']).collect();
    let converted = zhconv(&lines, Variant::ZhHans);
    let one = |line: &str| {
        let mut chars = line.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    han.into_iter()
        .zip(converted.lines())
        .filter_map(|(from, line)| one(line).filter(|&to| to != from).map(|to| (from, to)))
        .collect()
}

fn fold_slowly(c: char, simplified: &HashMap<char, char>) -> String {
    if is_invisible(c) {
        return String::new();
    }
    std::iter::once(c)
        .nfkc()
        .map(|c| simplified.get(&c).copied().unwrap_or(c))
        .flat_map(char::to_lowercase)
        .map(fold_punctuation)
        .collect()
}

/// Zero-width and direction marks, soft hyphen, byte order mark: they hide or reorder text and mean nothing in it.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn fold_punctuation(c: char) -> char {
    match c {
        '〔' | '﹝' | '[' | '【' | '〖' | '{' | '｟' => '(',
        '〕' | '﹞' | ']' | '】' | '〗' | '}' | '｠' => ')',
        '〈' | '‹' | '«' => '《',
        '〉' | '›' | '»' => '》',
        '“' | '”' | '„' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‚' => '\'',
        '—' | '–' | '‐' | '‑' | '‒' | '―' | '─' | '−' | '～' => '-',
        '•' | '‧' | '・' | '∙' | '⋅' => '·',
        '○' | '◯' => '〇',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn writings_fold_into_one() {
        for (from, to) in [
            ("ＡＢＣ１２３％", "abc123%"),
            ("國務院辦公廳", "国务院办公厅"),
            ("㈠①", "(一)1"),
            ("国办发〔2021〕25号", "国办发(2021)25号"),
            ("【通知】", "(通知)"),
            ("政\u{200b}策", "政策"),
            ("⼀次性", "一次性"),
        ] {
            assert_eq!(normalise(from).text, to, "{from}");
        }
    }

    #[test]
    fn folded_ranges_lead_back() {
        let text = "甲㈠乙…\u{feff}丙１";
        let normalised = normalise(text);
        for word in ["甲", "乙", "丙"] {
            let at = normalised.text.find(word).unwrap();
            assert_eq!(&text[normalised.original_range(at..at + word.len())], word);
        }
        let at = normalised.text.find('一').unwrap();
        assert_eq!(&text[normalised.original_range(at..at + 3)], "㈠");
    }

    proptest! {
        #[test]
        fn every_range_lies_on_characters(text in "[国國甲㈠①ａ１℃〔\u{200b}… \n\u{1f100}𝐀]{0,40}") {
            let normalised = normalise(&text);
            let bounds: Vec<usize> =
                normalised.text.char_indices().map(|(at, _)| at).chain([normalised.text.len()]).collect();
            for pair in bounds.windows(2) {
                let range = normalised.original_range(pair[0]..pair[1]);
                prop_assert!(text.get(range.clone()).is_some_and(|original| !original.is_empty()), "{range:?}");
            }
            prop_assert_eq!(normalised.original_range(0..normalised.text.len()).end <= text.len(), true);
        }
    }
}
