//! Symbol fonts (符号字体): their glyphs come as private-use codes, but what they mean is published.

/// The character a private-use code stands for, by the font it is set in; none when that is not known.
pub(super) fn meaning(c: char, font: &str) -> Option<char> {
    if let Some(piece) = corporate(c) {
        return Some(piece);
    }
    // Windows puts the 8-bit codes of symbol fonts here.
    let code = u8::try_from((c as u32).checked_sub(0xf000)?).ok()?;
    let font = font.to_ascii_lowercase();
    if font.contains("wingdings") || font.contains("webdings") {
        return dingbat(code);
    }
    if font.contains("symbol") { symbol(code) } else { None }
}

/// Adobe's private codes for the pieces of brackets and rules in Symbol; Unicode 3.2 gave them codes of their own.
fn corporate(c: char) -> Option<char> {
    Some(match c {
        '\u{f8e5}' => '\u{203e}',
        '\u{f8e6}' => '\u{23d0}',
        '\u{f8e7}' => '\u{23af}',
        '\u{f8e8}' => '®',
        '\u{f8e9}' => '©',
        '\u{f8ea}' => '™',
        '\u{f8eb}'..='\u{f8fe}' => PIECES.chars().nth((c as u32 - 0xf8eb) as usize)?,
        _ => return None,
    })
}

/// Adobe's codes from F8EB to F8FE.
const PIECES: &str = "⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭";
/// The upper half of the Symbol encoding, from 0xA1.
const SYMBOL_HIGH: &str =
    "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪€〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";
/// The letters of the Symbol encoding from 0x41 on, and from 0x61 on.
const SYMBOL_CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SYMBOL_LETTERS: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

fn symbol(code: u8) -> Option<char> {
    let nth = |text: &str, from: u8| text.chars().nth(usize::from(code - from));
    match code {
        b'"' => Some('∀'),
        b'$' => Some('∃'),
        b'\'' => Some('∋'),
        b'*' => Some('∗'),
        b'-' => Some('−'),
        b'@' => Some('≅'),
        b'A'..=b'Z' => nth(SYMBOL_CAPITALS, b'A'),
        b'\\' => Some('∴'),
        b'^' => Some('⊥'),
        b'`' => Some('‾'),
        b'a'..=b'z' => nth(SYMBOL_LETTERS, b'a'),
        b'~' => Some('∼'),
        0x20..=0x7e => Some(char::from(code)),
        0xa0 => Some('€'),
        0xa1..=0xef | 0xf1..=0xfe => nth(SYMBOL_HIGH, 0xa1),
        _ => None,
    }
}

/// The marks of Wingdings that Word offers for lists and boxes.
fn dingbat(code: u8) -> Option<char> {
    Some(match code {
        0x6c => '●',
        0x6e => '■',
        0x6f | 0x71 | 0xa8 => '□',
        0x75 | 0x76 => '◆',
        0x9f => '•',
        0xa1 => '○',
        0xa7 => '▪',
        0xb2 => '✧',
        0xd8 => '➢',
        0xe0 | 0xe8 => '→',
        0xfb | 0xfd => '☒',
        0xfc => '✓',
        0xfe => '☑',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_codes_have_their_meaning_and_others_none() {
        assert_eq!(meaning('\u{f0a2}', "ABCDEF+Symbol"), Some('′'));
        assert_eq!(meaning('\u{f0b0}', "SymbolMT"), Some('°'));
        assert_eq!(meaning('\u{f0be}', "Symbol"), Some('⎯'));
        assert_eq!(meaning('\u{f0e5}', "Symbol"), Some('∑'));
        assert_eq!(meaning('\u{f0f2}', "Symbol"), Some('∫'));
        assert_eq!(meaning('\u{f0fe}', "Symbol"), Some('⎭'));
        assert_eq!(meaning('\u{f0d8}', "Wingdings-Regular"), Some('➢'));
        assert_eq!(meaning('\u{f8e7}', "SimSun"), Some('⎯'));
        assert_eq!(meaning('\u{f8eb}', ""), Some('⎛'));
        assert_eq!(meaning('\u{f8fe}', ""), Some('⎭'));
        assert_eq!(meaning('\u{e123}', "Symbol"), None);
        assert_eq!(meaning('\u{f0a2}', "SimSun"), None);
    }
}
