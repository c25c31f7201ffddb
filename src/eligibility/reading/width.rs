//! Full-width letters and digits (全角字符) as plain ones, with the bytes they stand at in the text given.

use std::ops::Range;

/// A text in plain width, and where its bytes come from.
pub(super) struct Plain {
    pub(super) text: String,
    /// For each byte of the plain text, the byte of the text given; one more for the end.
    origin: Vec<usize>,
}

impl Plain {
    pub(super) fn of(given: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(given.len()), origin: Vec::with_capacity(given.len() + 1) };
        for (at, c) in given.char_indices() {
            let narrow = narrow(c);
            plain.text.push(narrow);
            plain.origin.extend((0..narrow.len_utf8()).map(|byte| at + byte));
        }
        plain.origin.push(given.len());
        plain
    }

    /// The bytes of the text given that these bytes of the plain text stand for.
    pub(super) fn given(&self, range: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.origin.get(byte).or(self.origin.last()).copied().unwrap_or(0);
        at(range.start)..at(range.end)
    }
}

/// ３ is 3, Ｗ is w's capital, ％ is %; punctuation that ends a statement stays.
fn narrow(c: char) -> char {
    const SHIFT: u32 = 0xFEE0;
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '％' | '－' | '＄' => {
            char::from_u32(c as u32 - SHIFT).unwrap_or(c)
        }
        _ => c,
    }
}
