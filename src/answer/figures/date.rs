//! Days as texts give them (日期): whole, or without their year, or only the day of every month.

use std::fmt;
use std::ops::Range;

use crate::analysis::parse_number;

pattern!(
    DATE,
    r"(?x)
    (?P<y>(?:19|20)[0-9]{2}|[12１２一二][0-9０-９〇○零一二三四五六七八九]{3})\s*年
        (?:\s*(?P<ym>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:份)?(?:\s*(?P<yd>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[日号])?)?
    |(?P<m>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:份)?(?:\s*(?P<d>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[日号])?
    |(?:每个?月|当月|次月|下月|每季度首月)(?P<o>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]"
);

/// A day, a month or a year, as far as a text gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year.
    pub year: Option<i16>,
    /// The month.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
}

impl Day {
    /// Whether all that this one gives is the same in the other.
    pub(in super::super) fn agrees_with(self, other: Self) -> bool {
        self.year.is_none_or(|year| other.year == Some(year))
            && self.month.is_none_or(|month| other.month == Some(month))
            && self.day.is_none_or(|day| other.day == Some(day))
    }

    /// The smallest part given.
    pub(super) fn unit(self) -> &'static str {
        match (self.day, self.month) {
            (Some(_), _) => "日",
            (None, Some(_)) => "月",
            _ => "年",
        }
    }

    fn is_plausible(self) -> bool {
        self.month.is_none_or(|month| (1..=12).contains(&month)) && self.day.is_none_or(|day| (1..=31).contains(&day))
    }
}

/// ISO 8601 as far as given; a missing year or month is a dash, as in XML Schema: 2025-12-31, 2025-12, --12-31, ---25.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "-{month:02}-{day:02}"),
            (Some(month), None) => write!(f, "-{month:02}"),
            (None, Some(day)) => write!(f, "--{day:02}"),
            (None, None) => Ok(()),
        }
    }
}

/// The days of a text, in order, each with its place.
pub(super) fn days_in(text: &str) -> Vec<(Range<usize>, Day)> {
    let mut found = Vec::new();
    for captures in DATE.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        let part = |names: [&str; 2]| names.iter().find_map(|name| captures.name(name));
        let number = |names: [&str; 2]| part(names).and_then(|part| parse_number(part.as_str()));
        // At most four digits, so that the casts cannot lose anything.
        let year = number(["y", "y"]).map(|year| year as i16);
        let (month, ordinal) = (number(["ym", "m"]), number(["yd", "d"]).or_else(|| number(["o", "o"])));
        let day = Day { year, month: month.map(|month| month as u8), day: ordinal.map(|day| day as u8) };
        let start = captures.name("o").map_or(whole.start(), |ordinal| ordinal.start());
        let read = [year.is_some(), month.is_some(), ordinal.is_some()].contains(&true);
        let counted = text[..start].ends_with(|c: char| c.is_ascii_digit() || c == '第' || c == '.');
        if read && !counted && day.is_plausible() {
            found.push((start..whole.end(), day));
        }
    }
    found
}
