//! Counting days (期限推算): 3月1号印发，20个工作日是哪天.
//!
//! The day of the event does not count; the day after it is the first. Working days leave out weekends, and the public
//! holidays of the years for which the library has a calendar.

use crate::analysis::parse_number;
use crate::policy::HolidayYear;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::ops::Range;

use super::calendar_words::TimeWord;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReckonUnit {
    /// 工作日.
    WorkingDay,
    /// 日、天、自然日.
    Day,
    /// 周、星期.
    Week,
    /// 个月.
    Month,
    /// 年.
    Year,
}

impl ReckonUnit {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WorkingDay => "working_day",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The Chinese name, as it stands after a number.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::WorkingDay => "个工作日",
            Self::Day => "日",
            Self::Week => "周",
            Self::Month => "个月",
            Self::Year => "年",
        }
    }
}

/// A day to be counted to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoning {
    /// The day of the event.
    pub from: Date,
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: ReckonUnit,
    /// The words that say so.
    pub words: String,
}

/// The day counted to, and what was left out on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The last day.
    pub day: Date,
    /// Whether public holidays of every year on the way were known; of no meaning but for working days.
    pub holidays_known: bool,
}

/// Longest term that is counted: a slip of the keyboard beyond it.
const MOST: u32 = 3_660;

pattern!(
    TERM,
    r"([0-9]{1,4}|[一二两三四五六七八九十百]{1,5})\s*个?\s*(工作日|自然日|日历日|天|日|周|星期|月|年)(?:[之以]?内|[之以]?后|后|到期|期满)?"
);

/// Words that ask for a day.
const WHICH_DAY: &[&str] =
    &["哪天", "几号", "哪一天", "哪日", "什么时候", "啥时候", "啥时", "何时", "到期", "截止", "最晚", "最迟", "算到"];

/// The count that a question asks for: a day, a length, and the wish to know the day it ends.
pub(super) fn find(question: &str, times: &[TimeWord]) -> Option<Reckoning> {
    if !WHICH_DAY.iter().any(|word| question.contains(word)) {
        return None;
    }
    let base = times.iter().find(|time| time.period.is_day())?;
    let outside =
        |range: &Range<usize>| times.iter().all(|time| range.end <= time.range.start || time.range.end <= range.start);
    TERM.captures_iter(question).find_map(|captures| {
        let whole = captures.get(0)?;
        let unit = captures.get(2)?.as_str();
        let counted = !question[..whole.start()].ends_with('第');
        if !outside(&whole.range()) || !counted || (unit == "月" && !whole.as_str().contains('个')) {
            return None;
        }
        let count = parse_number(captures.get(1)?.as_str()).filter(|count| (1.0..=f64::from(MOST)).contains(count))?;
        let unit = match unit {
            "工作日" => ReckonUnit::WorkingDay,
            "周" | "星期" => ReckonUnit::Week,
            "月" => ReckonUnit::Month,
            "年" => ReckonUnit::Year,
            _ => ReckonUnit::Day,
        };
        let from = base.range.start.min(whole.start())..base.range.end.max(whole.end());
        // A whole number of at most four figures.
        Some(Reckoning { from: base.period.from, count: count as u32, unit, words: question[from].to_owned() })
    })
}

impl Reckoning {
    /// The day on which the count ends.
    #[must_use]
    pub fn due(&self, holidays: &[HolidayYear]) -> Option<Due> {
        let span = i64::from(self.count);
        let day = match self.unit {
            ReckonUnit::Day => self.from.checked_add(span.days()),
            ReckonUnit::Week => self.from.checked_add(span.weeks()),
            ReckonUnit::Month => self.from.checked_add(span.months()),
            ReckonUnit::Year => self.from.checked_add(span.years()),
            ReckonUnit::WorkingDay => return self.working_days(holidays),
        };
        day.ok().map(|day| Due { day, holidays_known: true })
    }

    fn working_days(&self, holidays: &[HolidayYear]) -> Option<Due> {
        let (mut day, mut left, mut holidays_known) = (self.from, self.count, true);
        while left > 0 {
            day = day.tomorrow().ok()?;
            let of_year = holidays.iter().find(|year| year.year == day.year());
            holidays_known &= of_year.is_some();
            left -= u32::from(is_working_day(day, of_year));
        }
        Some(Due { day, holidays_known })
    }
}

fn is_working_day(day: Date, holidays: Option<&HolidayYear>) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    match holidays {
        Some(year) if year.off.contains(&day) => false,
        Some(year) if year.work.contains(&day) => true,
        _ => !weekend,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::calendar_words;
    use super::*;

    fn of(question: &str) -> Option<Reckoning> {
        find(question, &calendar_words::find(question, date(2026, 11, 21)))
    }

    #[test]
    fn days_are_counted_from_the_next_one() {
        for (question, unit, day) in [
            ("6月1号受理的 15个工作日是哪天", ReckonUnit::WorkingDay, date(2026, 6, 22)),
            ("2026年1月31日签的合同，一个月后是几号", ReckonUnit::Month, date(2026, 2, 28)),
            ("昨天交的申请，十天内答复，最晚是哪天", ReckonUnit::Day, date(2026, 11, 30)),
            ("11月19日公示 五个工作日 到几号", ReckonUnit::WorkingDay, date(2026, 11, 26)),
            ("2025年2月10日起两年 哪天到期", ReckonUnit::Year, date(2027, 2, 10)),
        ] {
            let found = of(question).unwrap_or_else(|| panic!("{question}"));
            assert_eq!((found.unit, found.due(&[]).map(|due| due.day)), (unit, Some(day)), "{question}");
        }
        for question in
            ["3月1日印发的文件第20条", "20个工作日答复", "6月1号交的材料啥时候到账", "去年5月的事3年了什么时候算完"]
        {
            assert_eq!(of(question), None, "{question}");
        }
    }

    #[test]
    fn holidays_of_the_library_are_left_out() {
        let reckoning =
            Reckoning { from: date(2026, 4, 30), count: 3, unit: ReckonUnit::WorkingDay, words: String::new() };
        let year = HolidayYear {
            year: 2026,
            off: vec![date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5)],
            work: vec![date(2026, 5, 9)],
            basis: "示例".to_owned(),
        };
        let with = reckoning.due(std::slice::from_ref(&year)).unwrap();
        assert_eq!((with.day, with.holidays_known), (date(2026, 5, 8), true));
        let without = reckoning.due(&[]).unwrap();
        assert_eq!((without.day, without.holidays_known), (date(2026, 5, 5), false));
    }
}
