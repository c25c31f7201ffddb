//! When a claim can be made (申报期), seen from the day asked about.

use jiff::ToSpan;
use jiff::civil::Date;

use super::facts::{Facts, Setting, months_later};
use crate::policy::programme::{FactValue, MonthDay, Profile, SupportProgramme, Window, WindowDays};

/// The window on a day (申报期状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowState {
    /// Open all the time (常年受理).
    Always,
    /// Open; with the last day.
    Open {
        /// The last day, where there is one.
        closes: Option<Date>,
    },
    /// Not yet open.
    Opens {
        /// The first day.
        on: Date,
        /// The last day.
        closes: Option<Date>,
    },
    /// Over.
    Closed {
        /// The last day it was open.
        on: Date,
        /// When it opens again.
        next: Option<Date>,
    },
    /// It counts from a day that is not known.
    Unknown,
}

impl WindowState {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Open { .. } => "open",
            Self::Opens { .. } => "opens",
            Self::Closed { .. } => "closed",
            Self::Unknown => "unknown",
        }
    }

    /// First and last day.
    #[must_use]
    pub fn days(self) -> (Option<Date>, Option<Date>) {
        match self {
            Self::Open { closes } => (None, closes),
            Self::Opens { on, closes } => (Some(on), closes),
            Self::Closed { on, next } => (next, Some(on)),
            Self::Always | Self::Unknown => (None, None),
        }
    }

    /// Days left, the last one counted: 0 is today for the last time. Of a window not yet open, days until it opens.
    #[must_use]
    pub fn days_left(self, as_of: Date) -> Option<i32> {
        let until = match self {
            Self::Open { closes } => closes?,
            Self::Opens { on, .. } => on,
            _ => return None,
        };
        Some(days_between(as_of, until))
    }

    /// In words.
    #[must_use]
    pub fn words(self, as_of: Date) -> String {
        let left = |until| days_between(as_of, until);
        match self {
            Self::Always => "常年受理".to_owned(),
            Self::Open { closes: None } => "正在受理".to_owned(),
            Self::Open { closes: Some(closes) } if closes == as_of => "今天是最后一天".to_owned(),
            Self::Open { closes: Some(closes) } => format!("正在受理，{closes} 截止，还剩 {} 天", left(closes)),
            Self::Opens { on, .. } => format!("{on} 开始受理，还有 {} 天", left(on)),
            Self::Closed { on, next: None } => format!("已于 {on} 截止"),
            Self::Closed { on, next: Some(next) } => format!("已于 {on} 截止，下一次 {next} 开始"),
            Self::Unknown => "申报期从一个尚未填写的日期起算".to_owned(),
        }
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The window of a programme, as far as it depends on nobody's facts.
#[must_use]
pub fn public_window(programme: &SupportProgramme, setting: Setting<'_>) -> Option<WindowState> {
    let nobody = Profile::new(programme.audience);
    window_of(programme, &Facts { profile: &nobody, setting }).map(|(_, state)| state)
}

/// Of the windows of a programme, the one that counts: an open one, else the one that opens soonest, else the one that
/// closed last.
pub(super) fn window_of<'p>(
    programme: &'p SupportProgramme,
    facts: &Facts<'_, '_>,
) -> Option<(&'p Window, WindowState)> {
    let windows = programme.windows_on(facts.setting.as_of).map(|window| (window, window_state(window, facts)));
    windows.min_by_key(|(_, state)| match state {
        WindowState::Always => (0, None),
        WindowState::Open { closes } => (1, *closes),
        WindowState::Opens { on, .. } => (2, Some(*on)),
        WindowState::Unknown => (3, None),
        WindowState::Closed { next, .. } => (4, Some(next.unwrap_or(Date::MAX))),
    })
}

/// The state of a window on the day asked about.
fn window_state(window: &Window, facts: &Facts<'_, '_>) -> WindowState {
    let as_of = facts.setting.as_of;
    match &window.days {
        WindowDays::Always => WindowState::Always,
        WindowDays::Once { opens, closes } => placed(*opens, *closes, as_of),
        WindowDays::Yearly { opens, closes } => yearly(*opens, *closes, as_of),
        WindowDays::Since { days, months, of } => match facts.profile.get(of) {
            Some(FactValue::Date(span)) if span.first == span.last => {
                let months = months.map_or(span.first, |months| months_later(span.first, i64::from(months)));
                let last = months.checked_add(i64::from(days.unwrap_or(0)).days()).unwrap_or(Date::MAX);
                placed(Some(span.first), Some(last), as_of)
            }
            _ => WindowState::Unknown,
        },
    }
}

fn placed(opens: Option<Date>, closes: Option<Date>, as_of: Date) -> WindowState {
    match (opens, closes) {
        (Some(on), closes) if as_of < on => WindowState::Opens { on, closes },
        (_, Some(on)) if as_of > on => WindowState::Closed { on, next: None },
        (_, closes) => WindowState::Open { closes },
    }
}

/// The window that is open, or the next one; a window over the turn of the year closes in the year after.
fn yearly(opens: MonthDay, closes: MonthDay, as_of: Date) -> WindowState {
    let year = as_of.year();
    let of_year = |year: i16| {
        let first = opens.in_year(year)?;
        let last = closes.in_year(year).filter(|last| *last >= first).or_else(|| closes.in_year(year + 1))?;
        Some((first, last))
    };
    let windows: Vec<(Date, Date)> = (year - 1..=year + 1).filter_map(of_year).collect();
    let next = windows.iter().find(|(_, last)| *last >= as_of);
    let over = windows.iter().rev().find(|(_, last)| *last < as_of && last.year() == year);
    match (next, over) {
        (Some((first, _)), Some((_, over))) if *first > as_of => WindowState::Closed { on: *over, next: Some(*first) },
        (Some((first, last)), _) => placed(Some(*first), Some(*last), as_of),
        (None, _) => WindowState::Unknown,
    }
}
