//! Numerals (数字): Chinese or Arabic, as values with their places.

use std::ops::Range;

use super::number_parse::{may_begin, numeral_at};

/// Whether a numeral counts or tells a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumeralKind {
    /// A number (数).
    Count,
    /// A share (比率): 15% and 百分之十五 both have the value 0.15.
    Rate,
}

/// A numeral as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Numeral {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Its value.
    pub value: f64,
    /// Count or share.
    pub kind: NumeralKind,
    /// Its words.
    pub text: String,
}

/// The value of a text that is a numeral and nothing else: 一百二十三, 1.2万, 百分之十五 (0.15).
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim();
    numeral_at(text).filter(|(len, ..)| *len == text.len()).map(|(_, value, _)| value)
}

/// Every numeral of a text, in order.
#[must_use]
pub fn numerals_in(text: &str) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((skip, c)) = text[at..].char_indices().find(|&(_, c)| may_begin(c)) {
        at += skip;
        match numeral_at(&text[at..]) {
            Some((len, value, kind)) => {
                let range = at..at + len;
                found.push(Numeral { text: text[range.clone()].to_owned(), range, value, kind });
                at += len;
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

/// The Arabic form of a value: 12, 1.5, 15% for a share.
#[must_use]
pub fn canonical(value: f64, kind: NumeralKind) -> String {
    /// Decimals kept of a share, enough for 万分之 and beyond what any text states.
    const SHARE_DECIMALS: f64 = 1e6;
    match kind {
        NumeralKind::Count => value.to_string(),
        NumeralKind::Rate => format!("{}%", (value * 100.0 * SHARE_DECIMALS).round() / SHARE_DECIMALS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        for (text, value) in [
            ("一百二十三", 123.0),
            ("两千", 2000.0),
            ("一万五千", 15000.0),
            ("三十万", 300_000.0),
            ("廿", 20.0),
            ("廿三", 23.0),
            ("壹仟贰佰", 1200.0),
            ("二〇二四", 2024.0),
            ("百分之十五", 0.15),
            ("百分之零点五", 0.005),
            ("三点五", 3.5),
            ("1.2万", 12000.0),
            ("１２", 12.0),
            ("1,234,567.5", 1_234_567.5),
            ("十", 10.0),
            ("一百一十", 110.0),
            ("一百零三", 103.0),
            ("两万三", 23000.0),
            ("一亿二千万", 120_000_000.0),
            ("3万5千", 35000.0),
            ("15%", 0.15),
            ("一千零一十", 1010.0),
            ("一万亿", 1e12),
            ("零", 0.0),
        ] {
            let got = parse_number(text).unwrap_or(f64::NAN);
            assert!((got - value).abs() < 1e-9 * value.max(1.0), "{text}: {got}");
        }
        for text in ["", "条", "百姓", "千万", "三五", "十分", "12条", "万"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn places() {
        let text = "第一百二十三条 补贴三十万元，比例15%，2024年1月5日，千方百计、十分必要，12千克";
        let found = numerals_in(text);
        let words: Vec<_> = found.iter().map(|numeral| numeral.text.as_str()).collect();
        assert_eq!(words, ["一百二十三", "三十万", "15%", "2024", "1", "5", "12"]);
        assert!(found.iter().all(|numeral| text[numeral.range.clone()] == numeral.text));
        assert_eq!(canonical(found[2].value, found[2].kind), "15%");
    }
}
