//! The code (查询码) by which somebody asks after a question that was handed on.

use std::fmt;

/// Letters of a code: none that is taken for another when read aloud or written by hand; 32 of them are 5 bits each.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Characters of a code: 50 bits, so that among a million tickets a guess hits one in a thousand million.
const LENGTH: usize = 10;
/// Characters before the hyphen, for reading.
const HALF: usize = 5;

/// A random, unguessable code, such as `7KQ2M-X9D4T`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code(String);

impl Code {
    /// A new code; none when the system has no randomness to give.
    pub(super) fn random() -> Option<Self> {
        let mut bytes = [0_u8; LENGTH];
        getrandom::fill(&mut bytes).ok()?;
        Some(Self(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()))
    }

    /// A code as somebody typed it: small letters, spaces and hyphens are no mistakes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        /// Longer than any way of writing a code.
        const MOST: usize = 40;
        if text.len() > MOST {
            return None;
        }
        let code: String =
            text.chars().filter(|c| !matches!(c, '-' | ' ' | '－' | '—')).map(|c| c.to_ascii_uppercase()).collect();
        let whole = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
        whole.then_some(Self(code))
    }

    /// The code without its hyphen, as it is stored.
    pub(super) fn bare(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at(HALF.min(self.0.len()));
        write!(f, "{first}-{second}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_typed_and_never_comes_twice() {
        let code = Code::random().unwrap();
        let typed = format!(" {} ", code.to_string().to_lowercase());
        assert_eq!(Code::parse(&typed), Some(code.clone()));
        assert_ne!(Code::random(), Some(code));
        for wrong in ["", "7KQ2M-X9D4", "7KQ2M-X9D40", "7KQ2M-X9D4I", "七KQ2M-X9D4T", "<script>xx"] {
            assert_eq!(Code::parse(wrong), None, "{wrong}");
        }
    }
}
