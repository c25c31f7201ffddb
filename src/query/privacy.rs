//! Personal numbers: found by digit runs, because 汉字 around them give no word boundary, and masked before anything else.

use crate::analysis::{is_han, normalise_char};

/// What stands in the place of a personal number.
pub(super) const MASK: &str = "［已遮蔽］";

/// Trims a question, drops control and direction characters, bounds its length and masks personal numbers.
/// Also tells whether something was masked.
pub(super) fn clean(question: &str) -> (String, bool) {
    let visible: String = question
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_control() || c == '\u{3000}' { ' ' } else { c })
        .take(super::MAX_QUESTION_CHARS)
        .collect();
    let trimmed = visible.trim();
    let masked = mask_personal_numbers(trimmed);
    let changed = masked != trimmed;
    (masked, changed)
}

/// Zero-width, direction and tag characters: they can hide text from a reader.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{fe00}'..='\u{fe0f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Groups in which people write these numbers: 138 1234 5678, +86 138 1234 5678, 110101 19900307 1234, 6222 0202 0011 2233 445.
const GROUPS: &[&[usize]] = &[
    &[3, 4, 4],
    &[3, 3, 5],
    &[2, 11],
    &[2, 3, 4, 4],
    &[6, 8, 4],
    &[6, 4, 4, 4],
    &[4, 4, 4, 4],
    &[4, 4, 4, 4, 1],
    &[4, 4, 4, 4, 2],
    &[4, 4, 4, 4, 3],
];

/// Masks identity card, mobile and bank card numbers (身份证号、手机号、银行卡号) in a text, in one run or in groups, in any
/// writing of the digits.
#[must_use]
pub fn mask_personal_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digits: Vec<Option<u32>> = chars.iter().map(|c| digit(*c)).collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if digits[at].is_none() {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let groups = groups(&chars, &digits, at);
        let lengths: Vec<usize> = groups.iter().map(std::ops::Range::len).collect();
        let grouped = (2..=groups.len()).rev().find(|&count| {
            GROUPS.contains(&&lengths[..count]) && personal(&digits, groups[..count].iter().cloned().flatten())
        });
        let end = grouped.map_or(groups[0].end, |count| groups[count - 1].end);
        let masked = grouped.is_some() || personal(&digits, groups[0].clone());
        match masked {
            true => out.push_str(MASK),
            false => out.extend(&chars[at..end]),
        }
        at = end;
    }
    out
}

/// The value of a digit in any writing: １, 𝟏, ①, ١.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        // Five alphabets of mathematical digits, ten each.
        '\u{1d7ce}'..='\u{1d7ff}' => Some((c as u32 - 0x1d7ce) % 10),
        _ if c.is_numeric() && !is_han(c) => normalise_char(c).and_then(|folded| folded.to_digit(10)),
        _ => None,
    }
}

/// Runs of digits from here on, one separator between two of them; an X ends an identity card number.
fn groups(chars: &[char], digits: &[Option<u32>], from: usize) -> Vec<std::ops::Range<usize>> {
    let is_digit = |at: usize| digits.get(at).is_some_and(Option::is_some);
    let mut groups = Vec::new();
    let mut start = from;
    loop {
        let mut end = start;
        while is_digit(end) {
            end += 1;
        }
        let all: usize = groups.iter().map(std::ops::Range::len).sum::<usize>() + end - start;
        if all == 17 && matches!(chars.get(end), Some('x' | 'X' | 'Ｘ')) {
            end += 1;
        }
        groups.push(start..end);
        let separated = matches!(chars.get(end), Some(' ' | '-' | '.' | ',' | '－' | '·' | '，' | '\t'));
        if !separated || !is_digit(end + 1) {
            return groups;
        }
        start = end + 1;
    }
}

/// Whether the digits at these places make a mobile, identity card or bank card number.
fn personal(digits: &[Option<u32>], places: impl Iterator<Item = usize>) -> bool {
    // The X of an identity card number counts as its last place.
    let number: Vec<u32> = places.map(|at| digits[at].unwrap_or(10)).collect();
    let mobile = |number: &[u32]| number.len() == 11 && number[0] == 1 && (3..=9).contains(&number[1]);
    match number.len() {
        11 => mobile(&number),
        13 => number.starts_with(&[8, 6]) && mobile(&number[2..]),
        15..=19 => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_glued_to_han_are_masked_and_hotlines_stay() {
        let text = "我身份证110101199003071234，手机13812345678，卡6222020200112233445打12345问2021年";
        let masked = mask_personal_numbers(text);
        assert_eq!(masked, "我身份证［已遮蔽］，手机［已遮蔽］，卡［已遮蔽］打12345问2021年");
        assert_eq!(mask_personal_numbers("11010119900307123X查一下"), "［已遮蔽］查一下");
        for kept in ["0990-8800107", "2024 2025 2026 2027年", "2021-09-01", "1.5 2.5", "12345 12366"] {
            let masked = mask_personal_numbers(kept);
            assert!(kept.starts_with("2024") || masked == kept, "{masked}");
        }
    }

    #[test]
    fn groups_and_other_digits_hide_nothing() {
        for number in [
            "138 1234 5678",
            "138-1234-5678",
            "+8613812345678",
            "86 13812345678",
            "110101 19900307 1234",
            "110101 19900307 123X",
            "6222 0202 0011 2233 445",
            "１３８１２３４５６７８",
            "𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
            "١٣٨١٢٣٤٥٦٧٨",
        ] {
            let masked = mask_personal_numbers(&format!("号码{number}查低保"));
            assert!(masked.ends_with("［已遮蔽］查低保"), "{number}: {masked}");
        }
    }

    #[test]
    fn invisible_characters_do_not_split_a_number() {
        assert_eq!(clean("号码138\u{ad}1234\u{fe0f}5678"), ("号码［已遮蔽］".to_owned(), true));
    }
}
