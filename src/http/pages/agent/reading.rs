//! How figures are read aloud (读法): an aid beside the quote, which keeps its own characters.

/// Whole numbers below this are read as they stand.
const PLAIN_BELOW: u64 = 10_000;
/// The largest number that is read: beyond it nobody reads out digits.
const MOST: u64 = 1_000_000_000_000;
const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// The figures of a text that are hard to read out, each with its reading: 12000 → 一万两千, 60% → 百分之六十.
pub(super) fn of(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let figure = &rest[start..];
        let end = figure.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(figure.len());
        let number = figure[..end].trim_end_matches('.');
        let share = figure[number.len()..].chars().next().filter(|c| matches!(c, '%' | '％' | '‰'));
        // Digits joined by hyphens are a telephone or a document number.
        let joined = figure[number.len()..].starts_with('-') || rest[..start].ends_with('-');
        if let Some(reading) = reading(number, share).filter(|_| !joined) {
            found.push((format!("{number}{}", share.map_or(String::new(), String::from)), reading));
        }
        rest = &figure[number.len().max(1)..];
    }
    found
}

/// The reading of one figure; none where it reads as it stands.
fn reading(number: &str, share: Option<char>) -> Option<String> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let value: u64 = whole.parse().ok().filter(|value| *value < MOST)?;
    let long = whole.len() > 1 && whole.starts_with('0');
    if long || decimals.contains('.') || share.is_none() && decimals.is_empty() && value < PLAIN_BELOW {
        return None;
    }
    let mut said = match share {
        Some('‰') => "千分之".to_owned(),
        Some(_) => "百分之".to_owned(),
        None => String::new(),
    };
    said.push_str(&whole_number(value));
    if !decimals.is_empty() {
        said.push('点');
        said.extend(decimals.bytes().filter_map(|digit| DIGITS.get(usize::from(digit.wrapping_sub(b'0')))).copied());
    }
    Some(said)
}

/// A whole number below [`MOST`] in words.
fn whole_number(value: u64) -> String {
    if value == 0 {
        return DIGITS[0].to_owned();
    }
    let mut said = String::new();
    for (scale, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let group = value / scale % 10_000;
        if group == 0 {
            continue;
        }
        if !said.is_empty() && (group < 1_000 || (value / scale / 10_000).is_multiple_of(10)) {
            said.push('零');
        }
        // 两万, 两亿; but 二 alone.
        let group_said =
            if group == 2 && scale > 1 { "两".to_owned() } else { up_to_thousands(group, said.is_empty()) };
        said.push_str(&group_said);
        said.push_str(name);
    }
    said
}

/// A number below ten thousand in words; 两千 rather than 二千, and 十二 rather than 一十二 at the beginning.
fn up_to_thousands(group: u64, first: bool) -> String {
    let mut said = String::new();
    let mut gap = false;
    for (unit, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = group / unit % 10;
        if digit == 0 {
            gap = !said.is_empty();
            continue;
        }
        if gap {
            said.push('零');
        }
        gap = false;
        let two = digit == 2 && unit == 1_000;
        let ten = unit == 10 && digit == 1 && said.is_empty() && first;
        // The index is a decimal digit.
        said.push_str(if two {
            "两"
        } else if ten {
            ""
        } else {
            DIGITS[(digit % 10) as usize]
        });
        said.push_str(name);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_are_hard_to_say_are_spelt_out() {
        let read = |text: &str| of(text).into_iter().map(|(_, said)| said).collect::<Vec<_>>();
        assert_eq!(read("每户不超过12000元，一次性20000元"), ["一万两千", "两万"]);
        assert_eq!(read("返还60%，利率3.85%，万分之0.5"), ["百分之六十", "百分之三点八五", "零点五"]);
        assert_eq!(read("最高1050000元"), ["一百零五万"]);
        assert_eq!(read("补助105000元、10010元"), ["十万零五千", "一万零一十"]);
        assert_eq!(read("电话0990-8800107，每人每月100元，2026年"), Vec::<String>::new());
    }
}
