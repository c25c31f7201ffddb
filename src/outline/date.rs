//! Dates (日期) in every writing official texts have.

use std::ops::Range;

use jiff::civil::Date;

use super::numeral;

/// A date at the front of a text: its length and its value, when year, month and day make one.
pub(super) struct DateMark {
    /// Length in bytes.
    pub(super) length: usize,
    /// The day; none for 2021年6月.
    pub(super) date: Option<Date>,
}

/// Reads 2021年8月27日, 二〇二一年八月二十七日, 2021 年 6 月, 2021-08-27 at the front of a text.
pub(super) fn date_at(text: &str) -> Option<DateMark> {
    let (year, mut at) = numeral::read(text)?;
    if !(1900..=2199).contains(&year) {
        return None;
    }
    at += blank(&text[at..]);
    let separator = text[at..].chars().next()?;
    let (month_ends, day_ends): (&[char], &[char]) = match separator {
        '年' => (&['月'], &['日', '号']),
        '-' | '/' | '.' => (&['-', '/', '.'], &[]),
        _ => return None,
    };
    at += separator.len_utf8();
    let month = number_before(text, &mut at, month_ends)?;
    let before_day = at;
    let day = number_before(text, &mut at, day_ends);
    let whole =
        |day: u32| Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match day.and_then(whole) {
        Some(date) => Some(DateMark { length: at, date: Some(date) }),
        None if separator == '年' && (1..=12).contains(&month) => Some(DateMark { length: before_day, date: None }),
        None => None,
    }
}

/// Reads a number and the mark after it; without marks to expect, the number alone.
fn number_before(text: &str, at: &mut usize, ends: &[char]) -> Option<u32> {
    let mut to = *at + blank(&text[*at..]);
    let (number, length) = numeral::read(&text[to..])?;
    to += length;
    if !ends.is_empty() {
        to += blank(&text[to..]);
        to += text[to..].chars().next().filter(|c| ends.contains(c))?.len_utf8();
    }
    *at = to;
    Some(number)
}

fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Reads a text that is a date and nothing else.
pub(super) fn whole_date(text: &str) -> Option<DateMark> {
    date_at(text).filter(|mark| mark.length == text.len())
}

/// The last date of a short text and where it stands.
pub(super) fn last_date(text: &str) -> Option<(Range<usize>, Option<Date>)> {
    let mut found = None;
    let mut after = 0;
    for (at, c) in text.char_indices() {
        if at < after || !(c.is_ascii_digit() || matches!(c, '１' | '２' | '一' | '二')) {
            continue;
        }
        if let Some(mark) = date_at(&text[at..]) {
            after = at + mark.length;
            found = Some((at..after, mark.date));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_every_writing() {
        let day = jiff::civil::date(2021, 8, 27);
        for text in
            ["2021年8月27日", "2021 年 8 月 27 日", "二〇二一年八月二十七日", "2021-08-27", "２０２１年８月２７日"]
        {
            assert_eq!(whole_date(text).and_then(|mark| mark.date), Some(day), "{text}");
        }
        assert!(whole_date("2021年6月").is_some_and(|mark| mark.date.is_none()));
        assert!(whole_date("2021年6月底前").is_none());
        assert!(whole_date("2021年13月1日").is_none());
    }
}
