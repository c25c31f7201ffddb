//! Words for times (时间词): 2021年9月, 去年, 上个月, 3月1号, 年底, each with the days it means.

use jiff::ToSpan;
use jiff::civil::Date;
use regex::Captures;
use std::ops::Range;

use crate::analysis::parse_number;

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// Whether it is a single day.
    #[must_use]
    pub fn is_day(&self) -> bool {
        self.from == self.to
    }
}

/// A time named in a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimeWord {
    pub(super) range: Range<usize>,
    pub(super) period: Period,
    /// Whether it is written with its year rather than told from today.
    pub(super) absolute: bool,
}

// 2021年, 2021年9月, 2021年9月1日, 二〇二一年, 2021-09-01, 21年9月, 去年3月, 3月1号, 上个月, 昨天, 今年上半年.
pattern!(
    TIME,
    concat!(
        r"(?:(?P<year>(?:19|20)[0-9]{2}|[一二][〇零○九一二三四五六七八九0]{3})\s*年度?|",
        r"(?P<said>大前年|前年|去年|上一年度|上年度?|今年|本年度?|这一年|明年|下一年|后年))",
        r"(?:(?:的|\s)?(?:(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*月份?(?:\s*(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*[日号])?|(?P<part>上半年|下半年|年初|年底|年末|初|底)))?",
        r"|(?P<s>[0-9]{2})年(?:(?P<sm>[0-9]{1,2})月份?(?:\s*(?P<sd>[0-9]{1,2})[日号])?|(?P<mark>那))",
        r"|(?P<y>(?:19|20)[0-9]{2})[-./](?P<m>[0-9]{1,2})[-./](?P<d>[0-9]{1,2})",
        r"|(?P<mm>[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*月份?\s*(?P<dd>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]",
        r"|(?P<near>上上个?月|上个?月|本月|这个月|下个?月|大前天|前天|昨天|昨日|今天|今日|今儿|明天|后天|上周|上个?星期|上半年|下半年|年底前?|年初)",
    )
);

/// The times a text names, in order.
pub(super) fn find(text: &str, today: Date) -> Vec<TimeWord> {
    let may = |c: char| "年月天日周期-./今昨".contains(c);
    if !text.contains(may) {
        return Vec::new();
    }
    TIME.captures_iter(text)
        .filter_map(|captures| {
            let whole = captures.get(0)?;
            let (period, absolute) = period(&captures, today)?;
            // 2021年初中招生 names no beginning of a year.
            let school = captures
                .name("part")
                .filter(|part| part.as_str() == "初" && text[part.end()..].starts_with(['中', '级', '审']));
            let end = captures.name("mark").or(school).map_or(whole.end(), |after| after.start());
            Some(TimeWord { range: whole.start()..end, period, absolute })
        })
        .collect()
}

fn number<T: TryFrom<i64>>(captures: &Captures<'_>, group: &str) -> Option<T> {
    let text = captures.name(group)?.as_str().replace('○', "〇");
    // Whole numbers of a calendar: far below the precision of f64.
    T::try_from(parse_number(&text)? as i64).ok()
}

fn period(captures: &Captures<'_>, today: Date) -> Option<(Period, bool)> {
    if let Some(near) = captures.name("near") {
        return Some((near_period(near.as_str(), today)?, false));
    }
    if let Some(year) = number(captures, "y") {
        return Some((day(year, number(captures, "m")?, number(captures, "d")?)?, true));
    }
    if let Some(month) = number(captures, "mm") {
        return Some((day(today.year(), month, number(captures, "dd")?)?, false));
    }
    if let Some(year) = number::<i16>(captures, "s").map(|year| 2000 + year).filter(|year| *year <= today.year() + 1) {
        return Some((dated(year, number(captures, "sm"), number(captures, "sd"))?, true));
    }
    let written = number(captures, "year");
    let said = captures.name("said").map(|said| today.year() + said_year(said.as_str()));
    let year = written.or(said)?;
    let found = match captures.name("part") {
        Some(part) => part_of(year, part.as_str())?,
        None => dated(year, number(captures, "month"), number(captures, "day"))?,
    };
    Some((found, written.is_some()))
}

/// A year, a month of it, or a day of that.
fn dated(year: i16, month: Option<i8>, of_month: Option<i8>) -> Option<Period> {
    match (month, of_month) {
        (Some(month), Some(of_month)) => day(year, month, of_month),
        (Some(month), None) => month_of(year, month),
        (None, _) => Some(Period { from: first(year, 1)?, to: month_of(year, 12)?.to }),
    }
}

/// How many years from this one.
fn said_year(word: &str) -> i16 {
    match word {
        "大前年" => -3,
        "前年" => -2,
        "去年" | "上一年度" | "上年" | "上年度" => -1,
        "明年" | "下一年" => 1,
        "后年" => 2,
        _ => 0,
    }
}

fn near_period(word: &str, today: Date) -> Option<Period> {
    let month = |by: i64| {
        let day = today.checked_add(by.months()).ok()?;
        month_of(day.year(), day.month())
    };
    let one = |by: i64| today.checked_add(by.days()).ok().map(|day| Period { from: day, to: day });
    match word {
        "上上月" | "上上个月" => month(-2),
        "上月" | "上个月" => month(-1),
        "本月" | "这个月" => month(0),
        "下月" | "下个月" => month(1),
        "大前天" => one(-3),
        "前天" => one(-2),
        "昨天" | "昨日" => one(-1),
        "今天" | "今日" | "今儿" => one(0),
        "明天" => one(1),
        "后天" => one(2),
        "上周" | "上星期" | "上个星期" => {
            let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset() + 7).days()).ok()?;
            Some(Period { from: monday, to: monday.checked_add(6.days()).ok()? })
        }
        part => part_of(today.year(), part),
    }
}

fn part_of(year: i16, part: &str) -> Option<Period> {
    let (from, to) = match part {
        "上半年" => (1, 6),
        "下半年" => (7, 12),
        "初" | "年初" => (1, 1),
        _ => (12, 12),
    };
    Some(Period { from: first(year, from)?, to: month_of(year, to)?.to })
}

fn first(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

fn month_of(year: i16, month: i8) -> Option<Period> {
    let from = first(year, month)?;
    Some(Period { from, to: from.last_of_month() })
}

fn day(year: i16, month: i8, of_month: i8) -> Option<Period> {
    let day = Date::new(year, month, of_month).ok()?;
    Some(Period { from: day, to: day })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn times_are_told_from_today() {
        let today = date(2026, 11, 21);
        for (text, from, to) in [
            ("去年领过", date(2025, 1, 1), date(2025, 12, 31)),
            ("前年3月办的", date(2024, 3, 1), date(2024, 3, 31)),
            ("2019年9月那会儿", date(2019, 9, 1), date(2019, 9, 30)),
            ("19年9月那会儿", date(2019, 9, 1), date(2019, 9, 30)),
            ("20年那会儿", date(2020, 1, 1), date(2020, 12, 31)),
            ("二〇二三年五月十二日印发", date(2023, 5, 12), date(2023, 5, 12)),
            ("3月1号印发", date(2026, 3, 1), date(2026, 3, 1)),
            ("2024-02-29提交", date(2024, 2, 29), date(2024, 2, 29)),
            ("上个月交的", date(2026, 10, 1), date(2026, 10, 31)),
            ("今年上半年", date(2026, 1, 1), date(2026, 6, 30)),
            ("去年底", date(2025, 12, 1), date(2025, 12, 31)),
            ("昨天", date(2026, 11, 20), date(2026, 11, 20)),
            ("上周", date(2026, 11, 9), date(2026, 11, 15)),
        ] {
            let found = find(text, today);
            assert_eq!(found.first().map(|time| time.period), Some(Period { from, to }), "{text}");
        }
        for text in ["工龄20年", "满3年以上", "2月30日", "几年", "80年代"] {
            assert_eq!(find(text, today), [], "{text}");
        }
    }
}
