//! Words (词): jieba's cut, the dictionary words inside a word, and numbers in one writing.

use std::ops::Range;

use jieba_rs::Jieba;

use super::gram::is_decimal_point;
use super::{NumeralKind, canonical, numerals_in};

/// Units after which a number becomes a term of its own, with the writing of the term: 十二条 and 12条 both give 12条.
/// 岁 counts as 周岁, because people ask with one and documents answer with the other.
const UNITS: [(&str, &str); 9] = [
    ("周岁", "周岁"),
    ("岁", "周岁"),
    ("条", "条"),
    ("款", "款"),
    ("项", "项"),
    ("年", "年"),
    ("月", "月"),
    ("日", "日"),
    ("元", "元"),
];

/// Longest word searched for shorter words inside; longer ones are runs of letters or digits.
const LONGEST_COMPOUND: usize = 16;

/// Calls `emit` with term, folded range and position of every word of a folded text. Words inside a word stand at its
/// position; punctuation and spaces are dropped and take no position.
pub(super) fn visit(jieba: &Jieba, text: &str, mut emit: impl FnMut(&str, Range<usize>, u32)) {
    let mut numbers = numbers_with_units(text).into_iter().peekable();
    let mut position = 0;
    for token in jieba.cut(text, true) {
        let range = token.byte_start..token.byte_end;
        if !token.word.chars().any(char::is_alphanumeric) {
            continue;
        }
        emit(token.word, range.clone(), position);
        parts(jieba, token.word, |part| emit(&token.word[part.clone()], shift(part, range.start), position));
        while let Some(number) = numbers.next_if(|number| number.range.start < range.end) {
            let whole = number.arabic || number.range.start <= range.start || number.ordinal;
            if whole && number.term != token.word {
                emit(&number.term, number.range, position);
            }
        }
        position += 1;
    }
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The dictionary words of two characters or more inside a word, and the pieces of a compound such as 18-60.
fn parts(jieba: &Jieba, word: &str, mut emit: impl FnMut(Range<usize>)) {
    if word.is_ascii() {
        let pieces = pieces(word);
        if pieces.len() > 1 {
            pieces.into_iter().for_each(emit);
        }
        return;
    }
    let bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let chars = bounds.len() - 1;
    if !(3..=LONGEST_COMPOUND).contains(&chars) {
        return;
    }
    for from in 0..chars - 1 {
        for to in from + 2..=chars {
            let range = bounds[from]..bounds[to];
            if to - from < chars && jieba.has_word(&word[range.clone()]) {
                emit(range);
            }
        }
    }
}

/// Runs of letters and digits in an ASCII word; a decimal point does not end a run.
fn pieces(word: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in word.char_indices() {
        if c.is_ascii_alphanumeric() || start.is_some() && is_decimal_point(word, at, c) {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            found.push(from..at);
        }
    }
    found.extend(start.map(|from| from..word.len()));
    found
}

struct UnitNumber {
    term: String,
    range: Range<usize>,
    /// Written with Arabic digits: no Chinese word can begin with it by accident.
    arabic: bool,
    /// Preceded by 第.
    ordinal: bool,
}

fn numbers_with_units(text: &str) -> Vec<UnitNumber> {
    let term = |numeral: &super::Numeral| {
        if numeral.kind == NumeralKind::Rate {
            return Some((canonical(numeral.value, numeral.kind), 0));
        }
        let rest = &text[numeral.range.end..];
        UNITS
            .iter()
            .find(|(unit, _)| rest.starts_with(unit))
            .map(|(unit, written)| (canonical(numeral.value, numeral.kind) + written, unit.len()))
    };
    numerals_in(text)
        .into_iter()
        .filter_map(|numeral| {
            let (term, unit) = term(&numeral)?;
            Some(UnitNumber {
                term,
                range: numeral.range.start..numeral.range.end + unit,
                arabic: numeral.text.starts_with(|c: char| c.is_ascii_digit()),
                ordinal: text[..numeral.range.start].ends_with('第'),
            })
        })
        .collect()
}
