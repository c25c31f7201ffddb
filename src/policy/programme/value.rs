//! Values of facts (事实值) and where a set of choices may be known only in part.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Decimal;

/// A value of a fact (事实值).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactValue {
    /// 是 or 否.
    YesNo(bool),
    /// A number, an amount in yuan, a rate as a part of one.
    Number(Decimal),
    /// A day, or a month or year of which the day is not known.
    Date(Days),
    /// A choice, a division code or an industry code.
    Word(String),
    /// A set of choices or of programmes received.
    Set(Holdings),
}

/// A day known as closely as it was told (日期): “2024年3月” is any day of that month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The first day it can be.
    pub first: Date,
    /// The last day it can be.
    pub last: Date,
}

impl Days {
    /// An exact day.
    #[must_use]
    pub fn exact(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// Some day of a month.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month() })
    }

    /// Some day of a year.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        Some(Self { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? })
    }

    /// Reads 2024-03-05, 2024年3月5日, 2024-03, 2024年3月, 2024年.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.trim().trim_end_matches(['日', '号', '年', '月']).replace(['年', '月', '/', '.'], "-");
        let parts: Vec<i16> = plain.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        match parts[..] {
            [year, month, day] => {
                Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Self::exact)
            }
            [year, month] => Self::month(year, i8::try_from(month).ok()?),
            [year] if year >= LEAST_YEAR => Self::year(year),
            _ => None,
        }
    }
}

/// A bare number below this is no year.
const LEAST_YEAR: i16 = 1900;

/// What is held of a set (所持), perhaps known only in part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Holdings {
    /// What is held.
    pub held: Vec<Holding>,
    /// What is known not to be held.
    pub lacking: Vec<String>,
    /// Whether nothing else is held; not so for what was read from free words.
    pub complete: bool,
}

/// One thing held (一项所持).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Holding {
    /// The choice, or the id of a programme.
    pub value: String,
    /// Since when.
    pub since: Option<Date>,
    /// The last day it is held.
    pub until: Option<Date>,
    /// The year a programme was received.
    pub year: Option<i16>,
    /// How much was received.
    pub amount: Option<Decimal>,
}

impl Holding {
    /// A thing held without dates.
    #[must_use]
    pub fn of(value: impl Into<String>) -> Self {
        Self { value: value.into(), ..Self::default() }
    }

    /// Whether it is held on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Holdings {
    /// All that is held.
    #[must_use]
    pub fn all(held: Vec<Holding>) -> Self {
        Self { held, lacking: Vec::new(), complete: true }
    }
}
