//! Days in free words (自述中的日期): 2024年3月5日, 2024-03-05, 去年3月, 今年.

use jiff::civil::Date;

use super::super::facts::months_later;
use crate::policy::programme::Days;

pattern!(WRITTEN, r"^((?:19|20)\d\d)(?:年|-|/|\.)(?:(\d{1,2})(?:月份?|-|/|\.)?(?:(\d{1,2})[日号]?)?)?");
pattern!(LAST_MONTH, r"^(上个?月|本月|这个月|当月)");
pattern!(RELATIVE, r"^(今年|本年|去年|上年|前年|大前年)(?:(\d{1,2})月份?(?:(\d{1,2})[日号])?)?");

/// The day that begins at this byte, with its length.
pub(super) fn days_at(text: &str, at: usize, as_of: Date) -> Option<(usize, Days)> {
    let rest = &text[at..];
    // 12024年 is not a year.
    if text[..at].ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(found) = LAST_MONTH.find(rest) {
        let back = i64::from(found.as_str().starts_with('上'));
        return Some((found.len(), month_before(as_of, back)?));
    }
    let (found, year) = match WRITTEN.captures(rest) {
        Some(found) => {
            let year = found.get(1)?.as_str().parse::<i16>().ok()?;
            (found, year)
        }
        None => {
            let found = RELATIVE.captures(rest)?;
            let back = match found.get(1)?.as_str() {
                "今年" | "本年" => 0,
                "去年" | "上年" => 1,
                "前年" => 2,
                _ => 3,
            };
            (found, as_of.year() - back)
        }
    };
    let part = |index: usize| found.get(index).map(|part| part.as_str().parse::<i8>());
    let days = match (part(2), part(3)) {
        (None, _) => Days::year(year)?,
        (Some(month), None) => Days::month(year, month.ok()?)?,
        (Some(month), Some(day)) => Days::exact(Date::new(year, month.ok()?, day.ok()?).ok()?),
    };
    Some((found.get(0)?.len(), days))
}

/// The month so many months before a day.
pub(super) fn month_before(as_of: Date, months: i64) -> Option<Days> {
    let day = months_later(as_of, -months);
    Days::month(day.year(), day.month())
}
