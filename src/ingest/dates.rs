//! Dates (日期) as documents write them: 2021年8月27日, 2021-08-27, 二〇二一年八月二十七日.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"([12１２][0-9０-９]{3})\s*[年\-/.．－]\s*([0-9０-９]{1,2})\s*[月\-/.．－]\s*([0-9０-９]{1,2})\s*日?|([一二]\s*[〇零○ＯO一二三四五六七八九]\s*[〇零○ＯO一二三四五六七八九]\s*[〇零○ＯO一二三四五六七八九])\s*年\s*([一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十]{1,3})\s*日",
    )
    .unwrap()
});

/// The dates of a text with their byte ranges.
#[must_use]
pub fn find_dates(text: &str) -> Vec<(Range<usize>, Date)> {
    DATE.captures_iter(text)
        .filter_map(|captures| {
            let group = |n: usize| captures.get(n).map(|found| found.as_str());
            let (year, month, day) = match group(1) {
                Some(year) => (digits(year)?, digits(group(2)?)?, digits(group(3)?)?),
                None => (digits(group(4)?)?, numeral(group(5)?)?, numeral(group(6)?)?),
            };
            let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            captures.get(0).map(|whole| (whole.range(), date))
        })
        .collect()
}

/// The first date of a text.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    find_dates(text).into_iter().next().map(|(_, date)| date)
}

/// A number written digit by digit, in Arabic, full-width or Chinese figures.
fn digits(text: &str) -> Option<i16> {
    let mut value: i16 = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let digit = match c {
            '０'..='９' => i16::try_from(c as u32 - '０' as u32).ok()?,
            '〇' | '零' | '○' | 'Ｏ' | 'O' => 0,
            _ => match c.to_digit(10) {
                Some(digit) => i16::try_from(digit).ok()?,
                None => ones(c)?,
            },
        };
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    Some(value)
}

/// A Chinese numeral below one hundred: 五, 十, 十二, 二十, 二十七.
#[must_use]
pub(super) fn numeral(text: &str) -> Option<i16> {
    match text.split_once('十') {
        Some((tens, rest)) => {
            let tens = if tens.is_empty() { 1 } else { single(tens)? };
            let rest = if rest.is_empty() { 0 } else { single(rest)? };
            Some(tens * 10 + rest)
        }
        None => single(text),
    }
}

/// A count of years or days in either kind of figures.
#[must_use]
pub(super) fn count(text: &str) -> Option<i16> {
    let text = text.trim();
    if text == "两" { Some(2) } else { numeral(text).or_else(|| digits(text)) }
}

fn single(text: &str) -> Option<i16> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => ones(c),
        _ => None,
    }
}

fn ones(c: char) -> Option<i16> {
    "一二三四五六七八九".chars().zip(1..).find(|(figure, _)| *figure == c).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_writing_of_a_date() {
        for text in [
            "2021年8月27日",
            "2021 年 8 月 27 日",
            "2021-08-27 17:29:00",
            "2021/8/27",
            "２０２１年８月２７日",
            "二〇二一年八月二十七日",
            "二○二一年八月二十七日",
        ] {
            assert_eq!(parse_date(text), Some(date(2021, 8, 27)), "{text}");
        }
        assert_eq!(parse_date("二〇一〇年十月十日"), Some(date(2010, 10, 10)));
        assert_eq!(parse_date("2021年13月1日"), None);
        assert_eq!(count("五"), Some(5));
        assert_eq!(count("30"), Some(30));
    }
}
