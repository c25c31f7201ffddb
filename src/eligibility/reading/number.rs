//! Numbers with their unit in free words (自述中的数字).

use crate::policy::programme::{Decimal, FactDefinition, FactType};

pattern!(
    NUMBER,
    r"^(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+)(亿|千万|百万|万|千|[wW]\b)?(多|余|来|几)?(元|块钱|块|周岁|虚岁|岁|号人|口人|人|名|位|个月|个|年|月|户|项|家|台|亩|平方米|平米|平|千瓦|次|张|件|%|％)?"
);
pattern!(FOREIGN_AFTER, r"^\s*(?:美元|美金|美刀|港币|港元|欧元|日元|英镑|澳元|加元|韩元|卢布|外币)");
pattern!(FOREIGN_BEFORE, r"(?:美元|美金|港币|港元|欧元|日元|英镑|USD|HKD|EUR|\$|€|£)\s*$");
pattern!(ROUGH_BEFORE, r"(?:大约|大概|约|近|将近|接近|超过|超|不到|不足|差不多|几|至|到|[-~～—])\s*$");
pattern!(ROUGH_AFTER, r"^\s*(?:左右|上下|以上|以下|以内|多|余|来|出头|[-~～—至到]\s*\d)");

/// A number in free words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number<'t> {
    pub(super) value: Decimal,
    /// Whether 万 or 亿 stood behind it.
    pub(super) factored: bool,
    pub(super) unit: &'t str,
    /// Whether it is exact.
    pub(super) exact: bool,
}

/// The number that begins at this byte, with its length.
pub(super) fn number_at(text: &str, at: usize) -> Option<(usize, Number<'_>)> {
    let found = NUMBER.captures(&text[at..])?;
    let part = |index: usize| found.get(index).map_or("", |part| part.as_str());
    let (digits, factor, unit) = (part(1), part(2), part(4));
    let spoken = !digits.starts_with(|c: char| c.is_ascii_digit());
    let unit = if matches!(unit, "号人" | "口人") { "人" } else { unit };
    let in_words = spoken && digits.contains(['千', '万', '亿']);
    if spoken && unit.is_empty() && factor.is_empty() && !in_words {
        return None;
    }
    let plain = if spoken { spoken_number(digits)? } else { Decimal::parse(&digits.replace(',', ""))? };
    let factor = match factor {
        "亿" => 100_000_000,
        "千万" => 10_000_000,
        "百万" => 1_000_000,
        "万" | "w" | "W" => 10_000,
        "千" => 1_000,
        _ => 1,
    };
    let length = found.get(0).map_or(0, |whole| whole.len());
    let rough = !part(3).is_empty()
        || ROUGH_BEFORE.is_match(&text[..at])
        || ROUGH_AFTER.is_match(&text[at + length..])
        || FOREIGN_BEFORE.is_match(&text[..at])
        || FOREIGN_AFTER.is_match(&text[at + length..])
        || unit == "虚岁"
        || text[..at].ends_with("虚岁");
    let mut value = plain.times(Decimal::whole(factor));
    if matches!(unit, "%" | "％") {
        value = value.over(Decimal::whole(100))?;
    }
    Some((length, Number { value, factored: factor > 1 || in_words, unit, exact: !rough }))
}

/// 三十五, 两, 一百二十, 两千零五十万, 二百五: numbers in words; none when they are not well formed.
fn spoken_number(text: &str) -> Option<Decimal> {
    const DIGITS: &str = "零一二三四五六七八九";
    // What is complete below 亿, what stands before the next 万 or 亿, and the unit said last.
    let (mut sum, mut part, mut last) = (0_i64, 0_i64, 0_i64);
    let mut digit: Option<i64> = None;
    for (place, c) in text.chars().enumerate() {
        match c {
            '十' | '百' | '千' => {
                let unit = if c == '十' {
                    10
                } else if c == '百' {
                    100
                } else {
                    1000
                };
                if digit.is_none() && c != '十' {
                    return None;
                }
                part += digit.take().unwrap_or(1) * unit;
                last = unit;
            }
            '万' | '亿' => {
                let unit = if c == '万' { 10_000 } else { 100_000_000 };
                let counted = part + digit.take().unwrap_or(0);
                if counted == 0 {
                    return None;
                }
                sum = (sum + counted)
                    .checked_mul(unit)
                    .filter(|_| c == '亿' || sum == 0)
                    .or_else(|| sum.checked_add(counted.checked_mul(unit)?))?;
                (part, last) = (0, unit);
            }
            '零' | '〇' if place > 0 && digit.is_none() => last = 0,
            _ if digit.is_none() => {
                let own = if c == '两' { '二' } else { c };
                digit = Some(i64::try_from(DIGITS.chars().position(|known| known == own)?).ok()?);
            }
            _ => return None,
        }
    }
    // 二百五 is 250, 两万五 is 25000.
    let tail = digit.unwrap_or(0) * if last >= 100 { last / 10 } else { 1 };
    Some(Decimal::whole(sum.checked_add(part)?.checked_add(tail)?))
}

impl Number<'_> {
    /// The value as one of this fact; none when the unit is another's or does not tell.
    pub(super) fn of(&self, fact: &FactDefinition) -> Option<Decimal> {
        let own = fact.unit.as_deref().unwrap_or_default();
        let value = match (fact.kind, own, self.unit) {
            (FactType::Money, _, "元" | "块" | "块钱") => self.value,
            (FactType::Money, _, "") if self.factored => self.value,
            (FactType::Number, "比例" | "", "%" | "％") => self.value,
            (FactType::Number, "个月" | "月", "年") => self.value.times(Decimal::whole(12)),
            (FactType::Number, "年", "个月") => return None,
            (FactType::Number, _, unit) if same_unit(own, unit) => self.value,
            _ => return None,
        };
        let fits = fact.min.is_none_or(|min| value >= min) && fact.max.is_none_or(|max| value <= max);
        fits.then_some(value)
    }
}

/// Whether two units count the same things.
fn same_unit(own: &str, said: &str) -> bool {
    const PERSONS: [&str; 4] = ["人", "名", "位", "个"];
    const YEARS_OF_AGE: [&str; 3] = ["岁", "周岁", "了"];
    own == said
        || (PERSONS.contains(&own) && PERSONS.contains(&said))
        || (YEARS_OF_AGE.contains(&own) && YEARS_OF_AGE.contains(&said))
        || matches!(
            (own, said),
            ("平方米", "平米" | "平") | ("月", "个月") | ("个月", "月") | ("项" | "家" | "户" | "台", "个")
        )
}
