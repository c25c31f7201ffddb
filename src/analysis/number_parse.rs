//! Reading one numeral (数字) at the start of a text.

use super::NumeralKind;

/// 万.
const TEN_THOUSAND: f64 = 1e4;
/// 亿.
const HUNDRED_MILLION: f64 = 1e8;
/// Units of measure that begin with 千: in 12千克 the 千 is not a factor.
const AFTER_THOUSAND: [char; 8] = ['克', '米', '瓦', '伏', '赫', '卡', '焦', '帕'];
/// Longest Arabic numeral before 百 or 千 that can mean a factor: 5百, 12千, but not 2024百强.
const DIGITS_BEFORE_SMALL_UNIT: usize = 2;

/// What was read: bytes taken, value, kind.
pub(super) type Read = (usize, f64, NumeralKind);

/// Reads the numeral at the start of `text`.
pub(super) fn numeral_at(text: &str) -> Option<Read> {
    for (prefix, parts) in [("百分之", 100.0), ("千分之", 1000.0), ("万分之", TEN_THOUSAND)] {
        if let Some(rest) = text.strip_prefix(prefix) {
            let (len, value) = plain(rest)?;
            return Some((prefix.len() + len, value / parts, NumeralKind::Rate));
        }
    }
    let (len, value) = plain(text)?;
    match text[len..].chars().next() {
        Some(c @ ('%' | '％')) => Some((len + c.len_utf8(), value / 100.0, NumeralKind::Rate)),
        Some(c @ '‰') => Some((len + c.len_utf8(), value / 1000.0, NumeralKind::Rate)),
        _ => Some((len, value, NumeralKind::Count)),
    }
}

fn plain(text: &str) -> Option<(usize, f64)> {
    if text.chars().next().and_then(arabic_digit).is_some() { arabic(text) } else { chinese(text) }
}

fn arabic_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0),
        _ => None,
    }
}

/// 12, 1,000, 1.2, 1.2万, 3万5千.
fn arabic(text: &str) -> Option<(usize, f64)> {
    let (mut len, digits) = arabic_digits(text);
    let mut value: f64 = digits.parse().ok()?;
    let whole_digits = digits.chars().take_while(char::is_ascii_digit).count();
    let mut factor_seen = false;
    while let Some(c) = text[len..].chars().next() {
        let after = text[len + c.len_utf8()..].chars().next();
        let small_ok = factor_seen || whole_digits <= DIGITS_BEFORE_SMALL_UNIT;
        let factor = match c {
            '百' if small_ok && !text[len..].starts_with("百分之") => 100.0,
            '千' | '仟' if small_ok && !after.is_some_and(|c| AFTER_THOUSAND.contains(&c)) => 1000.0,
            '万' | '萬' if !text[len..].starts_with("万分之") => TEN_THOUSAND,
            '亿' | '億' => HUNDRED_MILLION,
            _ => break,
        };
        value *= factor;
        len += c.len_utf8();
        factor_seen = true;
        if factor >= TEN_THOUSAND {
            let (more, rest) = arabic_digits(&text[len..]);
            if let (Ok(rest), Some(c @ ('千' | '百'))) = (rest.parse::<f64>(), text[len + more..].chars().next()) {
                value += rest * if c == '千' { 1000.0 } else { 100.0 };
                len += more + c.len_utf8();
            }
        }
    }
    value.is_finite().then_some((len, value))
}

/// A run of digits with thousands separators and a decimal point, as bytes taken and plain ASCII.
fn arabic_digits(text: &str) -> (usize, String) {
    let mut digits = String::new();
    let mut len = 0;
    let mut pointed = false;
    while let Some(c) = text[len..].chars().next() {
        let rest = &text[len + c.len_utf8()..];
        let ahead = rest.chars().take_while(|&c| arabic_digit(c).is_some()).count();
        match c {
            _ if let Some(digit) = arabic_digit(c) => digits.push(digit),
            ',' | '，' if !pointed && !digits.is_empty() && digits.len() <= 12 && c == ',' && ahead == 3 => {}
            '.' | '．' if !pointed && ahead > 0 && !is_version(rest, ahead) => {
                pointed = true;
                digits.push('.');
            }
            _ => break,
        }
        len += c.len_utf8();
    }
    (len, digits)
}

/// Whether another point follows the digits: 5.4.5 and 2024.1.5 are not decimals.
fn is_version(rest: &str, digits: usize) -> bool {
    let mut after = rest.chars().skip(digits);
    matches!(after.next(), Some('.' | '．')) && after.next().and_then(arabic_digit).is_some()
}

fn chinese_digit(c: char) -> Option<f64> {
    Some(match c {
        '零' | '〇' | '○' => 0.0,
        '一' | '壹' | '弌' => 1.0,
        '二' | '两' | '贰' | '兩' | '貳' => 2.0,
        '三' | '叁' | '參' | '叄' => 3.0,
        '四' | '肆' => 4.0,
        '五' | '伍' => 5.0,
        '六' | '陆' | '陸' => 6.0,
        '七' | '柒' => 7.0,
        '八' | '捌' => 8.0,
        '九' | '玖' => 9.0,
        _ => return None,
    })
}

fn small_unit(c: char) -> Option<f64> {
    Some(match c {
        '十' | '拾' => 10.0,
        '百' | '佰' => 100.0,
        '千' | '仟' => 1000.0,
        _ => return None,
    })
}

/// Whether a numeral can begin with this character.
pub(super) fn may_begin(c: char) -> bool {
    arabic_digit(c).is_some()
        || chinese_digit(c).is_some()
        || matches!(c, '十' | '拾' | '廿' | '卅' | '百' | '千' | '万')
}

fn chinese(text: &str) -> Option<(usize, f64)> {
    let digits = text.chars().take_while(|&c| chinese_digit(c).is_some()).count();
    let end_of_digits = text.char_indices().nth(digits).map_or(text.len(), |(at, _)| at);
    let next = text[end_of_digits..].chars().next();
    let has_unit = next.is_some_and(|c| small_unit(c).is_some() || matches!(c, '万' | '亿' | '萬' | '億'));
    let leading_zero = text.starts_with(['零', '〇', '○']);
    if digits >= 2 && (!has_unit || leading_zero) {
        return positional(&text[..end_of_digits], digits);
    }
    if text.starts_with("十分") && !text.starts_with("十分之") {
        return None; // 十分必要
    }
    let (len, value) = with_units(text)?;
    Some(decimal(text, len, value))
}

/// 二〇二四. Two digits without a zero (三五) are an estimate, not a number.
fn positional(run: &str, digits: usize) -> Option<(usize, f64)> {
    if digits == 2 && !run.contains(['零', '〇', '○']) {
        return None;
    }
    let value = run.chars().filter_map(chinese_digit).fold(0.0, |value, digit| value * 10.0 + digit);
    (digits <= 15).then_some((run.len(), value))
}

/// 三点五, 一点二万: the fraction after 点, and a large unit after it.
fn decimal(text: &str, len: usize, value: f64) -> (usize, f64) {
    let Some(rest) = text[len..].strip_prefix('点') else { return (len, value) };
    let digits: Vec<(f64, usize)> =
        rest.chars().map_while(|c| chinese_digit(c).map(|digit| (digit, c.len_utf8()))).take(15).collect();
    let bytes: usize = digits.iter().map(|(_, bytes)| bytes).sum();
    if digits.is_empty() || rest[bytes..].starts_with('十') {
        return (len, value); // 九点, 九点三十分
    }
    let fraction = digits.iter().fold(0.0, |all, (digit, _)| all * 10.0 + digit);
    let places = digits.iter().fold(1.0, |all, _| all * 10.0);
    let value = value + fraction / places;
    let end = len + '点'.len_utf8() + bytes;
    match text[end..].chars().next() {
        Some(c @ ('万' | '萬')) => (end + c.len_utf8(), value * TEN_THOUSAND),
        Some(c @ ('亿' | '億')) => (end + c.len_utf8(), value * HUNDRED_MILLION),
        _ => (end, value),
    }
}

/// 一百二十三, 两千, 一万五千, 三十万, 廿三, 两万三.
fn with_units(text: &str) -> Option<(usize, f64)> {
    let (mut total, mut section, mut digit, mut last_unit, mut len) = (0.0, 0.0, None, 0.0, 0);
    let mut zero_before = false;
    for (at, c) in text.char_indices() {
        if let Some(value) = chinese_digit(c) {
            if digit.is_some() {
                break;
            }
            zero_before |= value == 0.0;
            digit = (value != 0.0 || at == 0).then_some(value);
        } else if let Some(unit) = small_unit(c) {
            let Some(count) = digit.or((unit == 10.0 && section % 100.0 == 0.0).then_some(1.0)) else { break };
            section += count * unit;
            (digit, last_unit, zero_before) = (None, unit, false);
        } else if let '廿' | '卅' = c {
            section += if c == '廿' { 20.0 } else { 30.0 };
            (digit, last_unit) = (None, 10.0);
        } else if let '万' | '萬' | '亿' | '億' = c {
            let unit = if matches!(c, '万' | '萬') { TEN_THOUSAND } else { HUNDRED_MILLION };
            let count = section + digit.unwrap_or(0.0);
            if count == 0.0 && !(unit == HUNDRED_MILLION && total > 0.0) {
                break;
            }
            total = if unit == HUNDRED_MILLION { (total + count) * unit } else { total + count * unit };
            (section, digit, last_unit, zero_before) = (0.0, None, unit, false);
        } else {
            break;
        }
        len = at + c.len_utf8();
    }
    // 两万三 is 23000, but 两万零三 is 20003 and 二十三 is 23.
    let tail = digit.map_or(0.0, |d| if last_unit >= 100.0 && !zero_before { d * last_unit / 10.0 } else { d });
    let starts_well = text.chars().next().is_some_and(|c| chinese_digit(c).is_some() || "十拾廿卅".contains(c));
    (len > 0 && starts_well).then_some((len, total + section + tail))
}
