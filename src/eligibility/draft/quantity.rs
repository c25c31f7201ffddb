//! Quantities (数量): amounts of money, shares, discounts and counts, in figures or in Chinese numerals.

use std::ops::Range;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Yuan.
    Money,
    /// A share: 10%, 1‰, 五折.
    Share,
    /// Persons, months, years …: the unit stands beside it.
    Count,
}

/// A number with its unit, and where it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    pub(super) value: f64,
    /// The lower end, when the text gives a range (1—3万元).
    pub(super) from: Option<f64>,
    /// 人, 个月, 周岁 …; empty for money and shares.
    pub(super) unit: String,
}

pattern!(
    QUANTITY,
    r"(?x)
    (?:(?P<from>[0-9０-９]+(?:\.[0-9]+)?|[一二两三四五六七八九十百]+)
       (?P<fromunit>万元|元|万|%|％)?(?:[-—–－~～至]+|到))?
    (?P<number>[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千]+|半)
    \s*(?:[（(]含[）)])?
    (?P<unit>亿元|亿|千万元|百万元|十万元|万元|万美元|美元|千元|百元|元|万|个百分点|个基点|%|％|‰|折|周岁|个月|个工作日|工作日|个自然日|日内|天|年|岁|人|名|户|月)"
);

/// The quantities of a text in order.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    QUANTITY.captures_iter(text).filter_map(|found| one(text, &found)).collect()
}

fn one(text: &str, found: &regex::Captures<'_>) -> Option<Quantity> {
    let whole = found.get(0)?;
    let unit = found.name("unit")?.as_str();
    let number = number(found.name("number")?.as_str())?;
    let from = found.name("from").and_then(|from| self::number(from.as_str()));
    if is_part_of_a_word(text, whole.start(), whole.end(), unit) {
        return None;
    }
    let (kind, scale) = scale(unit)?;
    let lower = found.name("fromunit").map_or(scale, |unit| self::scale(unit.as_str()).map_or(scale, |(_, s)| s));
    let left = match kind {
        Kind::Count => unit.trim_end_matches('内').to_owned(),
        _ => String::new(),
    };
    // 五折 leaves half: the share taken off is what a benefit gives.
    let value = if unit == "折" { 1.0 - tidy(number / 10.0) } else { tidy(number * scale) };
    Some(Quantity { range: whole.range(), kind, value: tidy(value), from: from.map(|n| tidy(n * lower)), unit: left })
}

/// 一年 of 一年级, 第一 of 第一名, 万企: numerals that count nothing.
fn is_part_of_a_word(text: &str, start: usize, end: usize, unit: &str) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let continues = match unit {
        "万" => !after.is_none_or(|c| matches!(c, '、' | '，' | '。' | '；' | '的' | '和' | '以' | '及' | '（')),
        "亿" => !after.is_none_or(|c| matches!(c, '、' | '，' | '和' | '以' | '的')),
        "年" => matches!(after, Some('级' | '度' | '制')),
        "元" | "人" => matches!(after, Some('素' | '才' | '次' | '均')),
        "个百分点" | "个基点" | "万美元" | "美元" => true,
        _ => false,
    };
    continues || matches!(before, Some('第' | '.'))
}

fn scale(unit: &str) -> Option<(Kind, f64)> {
    Some(match unit {
        "亿元" | "亿" => (Kind::Money, 1e8),
        "千万元" => (Kind::Money, 1e7),
        "百万元" => (Kind::Money, 1e6),
        "十万元" => (Kind::Money, 1e5),
        "万元" | "万" => (Kind::Money, 1e4),
        "千元" => (Kind::Money, 1e3),
        "百元" => (Kind::Money, 1e2),
        "元" => (Kind::Money, 1.0),
        "%" | "％" => (Kind::Share, 0.01),
        "‰" => (Kind::Share, 0.001),
        "折" => (Kind::Share, 0.1),
        "万美元" | "美元" => return None,
        _ => (Kind::Count, 1.0),
    })
}

/// Takes the dust of binary fractions off: 0.07 × 100 is 7.
fn tidy(value: f64) -> f64 {
    /// Finer than a ten-thousandth of a per mille no policy counts.
    const FINEST: f64 = 1e7;
    (value * FINEST).round() / FINEST
}

/// Reads a number: 1,500, 2.5, ３０, 十二, 两千, 半.
pub(super) fn number(text: &str) -> Option<f64> {
    if text == "半" {
        return Some(0.5);
    }
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，')).map(narrow).collect();
    plain.parse().ok().or_else(|| chinese(&plain))
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        c => c,
    }
}

fn chinese(text: &str) -> Option<f64> {
    let (mut sum, mut digit) = (0.0, None);
    for c in text.chars() {
        let figure = "零一二三四五六七八九".chars().position(|d| d == c).or((c == '两').then_some(2));
        match (figure, c) {
            (Some(figure), _) => digit = Some(figure as f64),
            (None, '十') => sum += digit.take().unwrap_or(1.0) * 10.0,
            (None, '百') => sum += digit.take().unwrap_or(1.0) * 100.0,
            (None, '千') => sum += digit.take().unwrap_or(1.0) * 1000.0,
            _ => return None,
        }
    }
    Some(sum + digit.unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Kind, f64)> {
        quantities(text).into_iter().map(|q| (q.kind, q.value)).collect()
    }

    #[test]
    fn amounts_shares_and_counts_are_read() {
        use Kind::{Count, Money, Share};
        for (text, expected) in [
            ("一次性奖励20万元", vec![(Money, 200_000.0)]),
            ("每人1,500元，最高三十万元", vec![(Money, 1500.0), (Money, 300_000.0)]),
            ("按2.5%、1‰给予", vec![(Share, 0.025), (Share, 0.001)]),
            ("租金五折", vec![(Share, 0.5)]),
            ("满6个月，30人以上，年满60周岁", vec![(Count, 6.0), (Count, 30.0), (Count, 60.0)]),
            ("奖励30万、20万和10万", vec![(Money, 300_000.0), (Money, 200_000.0), (Money, 100_000.0)]),
            ("万企转型，五年级，下降0.5个百分点，1000万美元", vec![]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_range_keeps_its_lower_end() {
        let found = quantities("一般资助每项1-3万元");
        assert_eq!((found[0].from, found[0].value), (Some(10_000.0), 30_000.0));
    }
}
