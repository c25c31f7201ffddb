//! Words (文字) that people write: bounded, visible, and without personal numbers before anything keeps them.

use serde::Serialize;

use crate::query::mask_personal_numbers;

/// A text that may be kept: no longer than its bound, without hidden characters, personal numbers masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words(String);

impl Words {
    /// Takes up to `most` characters; none when the text is longer, so that nothing is cut off without a word.
    /// An empty text is taken too.
    #[must_use]
    pub fn parse(text: &str, most: usize) -> Option<Self> {
        let visible: String = text.trim().chars().filter_map(visible).collect();
        if visible.chars().nth(most).is_some() {
            return None;
        }
        Some(Self(mask_personal_numbers(visible.trim())))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A character as it is kept: control characters become spaces, those that hide or turn text around are left out.
fn visible(c: char) -> Option<char> {
    match c {
        '\n' => Some('\n'),
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
        c if c.is_control() => Some(' '),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_masked_also_when_something_invisible_divides_them() {
        let words = |text: &str| Words::parse(text, 40).unwrap().0;
        assert!(!words("我的手机13812345678，请回电").contains("13812345678"));
        assert!(!words("手机138\u{200b}1234\u{202e}5678").contains("5678"));
        assert_eq!(words("\u{7}一\u{202e}二\r\n三"), "一二 \n三");
        assert_eq!(Words::parse("长", 0), None);
        assert!(Words::parse("  ", 0).unwrap().is_empty());
    }
}
