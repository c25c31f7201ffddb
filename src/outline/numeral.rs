//! Numerals (数字): reading Chinese and Arabic numerals at the front of a text, and writing Chinese ones.

/// Longest numeral read, in characters: 一千二百六十 is six; more is not a clause number.
const LONGEST: usize = 12;

/// Reads an Arabic or Chinese numeral at the front; gives its value and its length in bytes.
pub(super) fn read(text: &str) -> Option<(u32, usize)> {
    arabic(text).or_else(|| chinese(text))
}

/// Reads Arabic digits, half or full width.
pub(super) fn arabic(text: &str) -> Option<(u32, usize)> {
    let mut value: u32 = 0;
    let mut length = 0;
    for c in text.chars().take(LONGEST) {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            '０'..='９' => c as u32 - '０' as u32,
            _ => break,
        };
        value = value.checked_mul(10)?.checked_add(digit)?;
        length += c.len_utf8();
    }
    (length > 0).then_some((value, length))
}

/// Reads a Chinese numeral: 十二, 一百零五, and digit by digit 二〇二一.
pub(super) fn chinese(text: &str) -> Option<(u32, usize)> {
    let (mut sum, mut current, mut length) = (0u32, 0u32, 0);
    let mut after_digit = false;
    for c in text.chars().take(LONGEST) {
        if let Some(digit) = digit(c) {
            current = if after_digit { current.checked_mul(10)?.checked_add(digit)? } else { digit };
            after_digit = true;
        } else if let Some(unit) = unit(c) {
            sum = sum.checked_add(current.max(1).checked_mul(unit)?)?;
            (current, after_digit) = (0, false);
        } else {
            break;
        }
        length += c.len_utf8();
    }
    (length > 0).then_some((sum.checked_add(current)?, length))
}

/// The digit a character stands for.
pub(super) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' | '◯' | 'Ｏ' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn unit(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// Writes a number as people say it: 12 → 十二, 105 → 一百零五.
pub(super) fn chinese_text(number: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(u32, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (size, name) in UNITS {
        let digit = (number / size) % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
        }
        gap = false;
        // 十二, not 一十二, at the front only.
        if !(size == 10 && digit == 1 && out.is_empty()) {
            out.push(DIGITS[digit as usize]);
        }
        out.push_str(name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for number in 1..=1300 {
            let text = chinese_text(number);
            assert_eq!(chinese(&text), Some((number, text.len())), "{text}");
        }
    }

    #[test]
    fn other_writings() {
        for (text, value) in [("二〇二一", 2021), ("一一〇", 110), ("贰拾壹", 21), ("１２", 12), ("007", 7)]
        {
            assert_eq!(read(text), Some((value, text.len())), "{text}");
        }
        assert_eq!(read("条"), None);
        assert_eq!(read("99999999999"), None, "too long to be a clause number");
    }
}
