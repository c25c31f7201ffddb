//! Personal numbers: found by digit runs, because 汉字 around them give no word boundary, and masked before anything else.

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
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Masks identity card, mobile and bank card numbers (身份证号、手机号、银行卡号) in a text.
#[must_use]
pub fn mask_personal_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' | '０'..='９' => run.push(c),
            'x' | 'X' | 'Ｘ' if run.chars().count() == 17 => run.push(c),
            _ => {
                flush(&mut out, &mut run);
                out.push(c);
            }
        }
    }
    flush(&mut out, &mut run);
    out
}

fn flush(out: &mut String, run: &mut String) {
    let digits: Vec<u32> = run.chars().map(|c| if c >= '０' { c as u32 - 0xFF10 } else { c as u32 - 0x30 }).collect();
    let personal = match digits.len() {
        11 => digits[0] == 1 && (3..=9).contains(&digits[1]),
        15..=19 => true,
        _ => false,
    };
    out.push_str(if personal { MASK } else { run });
    run.clear();
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
        assert_eq!(mask_personal_numbers("0990-8800107"), "0990-8800107");
    }
}
