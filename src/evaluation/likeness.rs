//! How like an answer is to a reference answer (参考答案): its words, and the values in them.

use std::collections::BTreeSet;

use crate::analysis::{canonical, normalise, numerals_in};

/// Units that tell which value a number is, written together with it: 3个月 is not 3月. The first that fits counts.
const UNITS: &[&str] = &[
    "个月",
    "个工作日",
    "工作日",
    "小时",
    "分钟",
    "周岁",
    "平方米",
    "公里",
    "年",
    "月",
    "日",
    "天",
    "号",
    "时",
    "点",
    "分",
    "岁",
    "元",
    "人",
    "名",
    "户",
    "家",
    "个",
    "项",
    "次",
    "倍",
    "件",
    "套",
    "例",
    "吨",
    "米",
    "亩",
    "级",
    "折",
    "周",
    "只",
];
/// Units by which people name what a text names otherwise.
const SAME_UNIT: &[(&str, &str)] = &[("天", "日"), ("号", "日"), ("岁", "周岁"), ("个工作日", "工作日"), ("点", "时")];

/// ROUGE-L: F1 of the longest common subsequence of characters (Lin 2004), white space aside.
#[must_use]
pub fn rouge_l(answer: &str, reference: &str) -> f64 {
    let a: Vec<char> = answer.chars().filter(|c| !c.is_whitespace()).collect();
    let r: Vec<char> = reference.chars().filter(|c| !c.is_whitespace()).collect();
    let common = longest_common_subsequence(&a, &r) as f64;
    if common == 0.0 { 0.0 } else { 2.0 * common / (a.len() + r.len()) as f64 }
}

fn longest_common_subsequence(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// The values of a text (数值): every number with its unit, in Arabic form. Numbers that only count the parts of a text
/// (第三条, （一）, 一、) are none, nor are Chinese numerals without a unit (统一, 一些).
#[must_use]
pub fn values_of(text: &str) -> BTreeSet<String> {
    let text = normalise(text).text;
    let mut values = BTreeSet::new();
    for numeral in numerals_in(&text) {
        let before = text[..numeral.range.start].chars().next_back();
        let after = &text[numeral.range.end..];
        let counts_parts = before == Some('第') || after.starts_with('、') && starts_line(before);
        let bracketed = matches!(before, Some('(' | '（')) && after.starts_with([')', '）']);
        if counts_parts || bracketed {
            continue;
        }
        let unit = UNITS.iter().find(|unit| after.starts_with(**unit)).copied();
        let arabic = numeral.text.starts_with(|c: char| c.is_ascii_digit());
        let share = numeral.text.ends_with(['%', '‰']) || numeral.text.contains("分之");
        if unit.is_none() && !arabic && !share {
            continue;
        }
        let unit = SAME_UNIT.iter().find(|(from, _)| Some(*from) == unit).map_or(unit, |(_, to)| Some(*to));
        values.insert(canonical(numeral.value, numeral.kind) + unit.unwrap_or_default());
    }
    values
}

fn starts_line(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '。' | '；' | ';' | '：' | ':'))
}

/// The share of a reference's values that stand in the quotes; none when the reference has no value.
pub(super) fn values_found(reference: &str, quotes: &BTreeSet<String>) -> Option<f64> {
    let wanted = values_of(reference);
    let found = wanted.intersection(quotes).count();
    (!wanted.is_empty()).then(|| found as f64 / wanted.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rouge_by_hand() {
        assert_eq!(rouge_l("", "甲"), 0.0);
        assert_eq!(rouge_l("每人每月100元", "每人每月100元"), 1.0);
        assert!((rouge_l("每月100元", "100元") - 2.0 * 4.0 / 10.0).abs() < 1e-9);
    }

    #[test]
    fn values_have_units_and_one_form() {
        let values = |text: &str| values_of(text).into_iter().collect::<Vec<_>>();
        assert_eq!(values("第三条 每人每月一百元，三个月内"), ["100元", "3个月"]);
        assert_eq!(values("2020年2月9日"), ["2020年", "2月", "9日"]);
        assert_eq!(values("百分之十五，20天"), values("15%，20日"));
        assert!(values("（一）统一办理；一、一些单位").is_empty());
        assert_eq!(values("1.2万元"), values("12000元"));
    }

    #[test]
    fn values_of_a_reference_are_sought_in_the_quotes() {
        let quotes = values_of("每人每月200元，自2026年1月起");
        assert_eq!(values_found("200元", &quotes), Some(1.0));
        assert_eq!(values_found("200元，满三年", &quotes), Some(0.5));
        assert_eq!(values_found("可以", &quotes), None);
    }
}
