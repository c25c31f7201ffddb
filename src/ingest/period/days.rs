//! Days that are stated loosely (2025年底, 2025年6月): the first or the last day of what is named.

use jiff::civil::Date;

use crate::ingest::find_dates;

pattern!(YEAR_MONTH, r"^\s*((?:19|20)[0-9]{2})\s*年\s*([0-9]{1,2})\s*月\s*(?:底|末|份)?\s*$");
pattern!(YEAR_END, r"^\s*((?:19|20)[0-9]{2})\s*年?(?:年)?\s*(?:底|末|年终)\s*$");

/// The first day that a text names and nothing else: a day, or a month.
pub(super) fn first_day(text: &str) -> Option<Date> {
    only_date(text).or_else(|| month(text))
}

/// The last day that a text names and nothing else: a day, the end of a month or of a year.
pub(in crate::ingest) fn last_day(text: &str) -> Option<Date> {
    only_date(text).or_else(|| month(text).map(Date::last_of_month)).or_else(|| {
        let year = YEAR_END.captures(text)?.get(1)?.as_str().parse().ok()?;
        Date::new(year, 12, 31).ok()
    })
}

fn month(text: &str) -> Option<Date> {
    let captures = YEAR_MONTH.captures(text)?;
    Date::new(captures.get(1)?.as_str().parse().ok()?, captures.get(2)?.as_str().parse().ok()?, 1).ok()
}

fn only_date(text: &str) -> Option<Date> {
    let (range, date) = find_dates(text).into_iter().next()?;
    (text[..range.start].trim().is_empty() && text[range.end..].trim().is_empty()).then_some(date)
}
