//! When a claim may be made (申报期).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// When a claim may be made (申报期).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WindowData", into = "WindowData")]
pub struct Window {
    /// The days.
    pub days: WindowDays,
    /// The basis, by its key.
    pub basis: String,
    /// First day on which these days hold.
    pub from: Option<Date>,
    /// Last day on which they hold.
    pub until: Option<Date>,
}

impl Window {
    /// Whether these days hold on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// One window or several, of other periods each.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Box<Window>),
    Many(Vec<Window>),
}

/// Reads one window or a list.
pub(super) fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Window>, D::Error> {
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(one) => vec![*one],
        OneOrMany::Many(many) => many,
    })
}

/// The days of a window (起止).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowDays {
    /// All the time (常年受理).
    Always,
    /// Once, from a day to a day.
    Once {
        /// First day.
        opens: Option<Date>,
        /// Last day.
        closes: Option<Date>,
    },
    /// Every year, perhaps over the turn of the year.
    Yearly {
        /// First day.
        opens: MonthDay,
        /// Last day.
        closes: MonthDay,
    },
    /// Counted from a day that a fact tells.
    Since {
        /// So many days.
        days: Option<u32>,
        /// So many months.
        months: Option<u32>,
        /// The fact.
        of: String,
    },
}

/// A day of every year (月日).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let read = |part: &str| (part.len() == 2).then(|| part.parse::<i8>().ok()).flatten();
        let own = Self { month: read(month)?, day: read(day)? };
        // 2024 is a leap year: 02-29 may be written.
        Date::new(2024, own.month, own.day).ok().map(|_| own)
    }

    /// The day in a year; 02-29 is the last of February in other years.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).or_else(|_| Date::new(year, self.month, self.day - 1)).ok()
    }

    fn written(self) -> String {
        format!("{:02}-{:02}", self.month, self.day)
    }
}

/// A window as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WindowData {
    #[serde(skip_serializing_if = "Option::is_none")]
    opens: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    yearly: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    always: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within_days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within_months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    basis: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
}

impl TryFrom<WindowData> for Window {
    type Error = String;

    fn try_from(data: WindowData) -> Result<Self, String> {
        if data.basis.is_empty() {
            return Err("申报期 window 没有 basis；写明它依据 bases 中的哪一条".to_owned());
        }
        let days = if data.always == Some(true) {
            WindowDays::Always
        } else if data.yearly == Some(true) {
            let read = |text: &Option<String>| text.as_deref().and_then(MonthDay::parse);
            let (Some(opens), Some(closes)) = (read(&data.opens), read(&data.closes)) else {
                return Err("每年的申报期写成 opens: 05-01, closes: 06-30".to_owned());
            };
            WindowDays::Yearly { opens, closes }
        } else if data.within_days.is_some() || data.within_months.is_some() {
            let of = data.of.ok_or("申报期 within_days 缺 of：从哪个事实的日期起算")?;
            WindowDays::Since { days: data.within_days, months: data.within_months, of }
        } else {
            let (opens, closes) = (day(data.opens.as_deref())?, day(data.closes.as_deref())?);
            if opens.is_none() && closes.is_none() {
                return Err("申报期 window 写明 opens、closes、always 或 within_days 之一".to_owned());
            }
            if opens.zip(closes).is_some_and(|(opens, closes)| closes < opens) {
                return Err("申报期的 closes 早于 opens".to_owned());
            }
            WindowDays::Once { opens, closes }
        };
        Ok(Self { days, basis: data.basis, from: data.from, until: data.until })
    }
}

fn day(text: Option<&str>) -> Result<Option<Date>, String> {
    text.map(|text| text.parse().map_err(|_| format!("申报期的“{text}”不是日期；写成 2026-05-01"))).transpose()
}

impl From<Window> for WindowData {
    fn from(window: Window) -> Self {
        let data = Self { basis: window.basis, from: window.from, until: window.until, ..Self::default() };
        match window.days {
            WindowDays::Always => Self { always: Some(true), ..data },
            WindowDays::Once { opens, closes } => {
                let written = |day: Option<Date>| day.map(|day| day.to_string());
                Self { opens: written(opens), closes: written(closes), ..data }
            }
            WindowDays::Yearly { opens, closes } => {
                Self { opens: Some(opens.written()), closes: Some(closes.written()), yearly: Some(true), ..data }
            }
            WindowDays::Since { days, months, of } => {
                Self { within_days: days, within_months: months, of: Some(of), ..data }
            }
        }
    }
}
