//! Characters and bigrams (单字与二元组): terms that need no dictionary.

use std::ops::Range;

use super::is_han;

/// Calls `emit` with the folded range and the position of every gram of a folded text: each Chinese character, each
/// pair of neighbours, and each run of letters or digits as one word. Punctuation and spaces end a run.
pub(super) fn visit(text: &str, mut emit: impl FnMut(Range<usize>, u32)) {
    let mut position = 0;
    let mut before: Option<usize> = None; // where the Chinese character just before this one begins
    let mut word: Option<usize> = None; // where the run of letters or digits begins
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let han = is_han(c);
        if !han && (c.is_alphanumeric() || word.is_some() && is_decimal_point(text, at, c)) {
            word.get_or_insert(at);
            before = None;
            continue;
        }
        if let Some(start) = word.take() {
            emit(start..at, position);
            position += 1;
        }
        if !han {
            before = None;
            continue;
        }
        if let Some(start) = before {
            emit(start..end, position - 1);
        }
        emit(at..end, position);
        position += 1;
        before = Some(at);
    }
    if let Some(start) = word {
        emit(start..text.len(), position);
    }
}

/// Whether the point at `at` stands between two digits, as in 1.5.
pub(super) fn is_decimal_point(text: &str, at: usize, c: char) -> bool {
    c == '.'
        && text[..at].ends_with(|c: char| c.is_ascii_digit())
        && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
}
