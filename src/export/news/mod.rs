//! What is new in the library (动态): published, taking effect, changed, ended, about to end. For feeds and pushes.

mod documents;
mod feed;
mod programmes;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::policy::sha256_hex;

pub use documents::news_of_documents;
pub use feed::{FeedHead, atom, json_feed};
pub use programmes::{ProgrammeFilter, news_of_programmes};

/// Days looked back unless asked otherwise: a subscriber who reads once a quarter misses nothing.
pub const DAYS_BACK: u32 = 90;
/// Days looked ahead for what ends: two months leave time to claim or to renew.
pub const DAYS_AHEAD: u32 = 60;
/// Most items of a feed.
const MOST_ITEMS: usize = 200;

/// The days a feed covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewsSpan {
    /// The day on which it is made.
    pub as_of: Date,
    /// Days before.
    pub back: u32,
    /// Days ahead.
    pub ahead: u32,
}

impl NewsSpan {
    /// The usual span.
    #[must_use]
    pub fn of(as_of: Date) -> Self {
        Self { as_of, back: DAYS_BACK, ahead: DAYS_AHEAD }
    }

    fn first(self) -> Date {
        self.as_of.saturating_sub(i64::from(self.back).days())
    }

    /// Whether something of that day is news.
    #[must_use]
    pub fn covers(self, day: Date) -> bool {
        (self.first()..=self.as_of).contains(&day)
    }

    /// The day on which what ends on `last` comes into view, when it is in view.
    #[must_use]
    pub fn sees_end(self, last: Date) -> Option<Date> {
        let seen = last.saturating_sub(i64::from(self.ahead).days());
        (seen <= self.as_of && self.as_of <= last).then_some(seen)
    }
}

/// What happened (动态类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsKind {
    /// Issued.
    Published,
    /// Its first day.
    Commenced,
    /// Amended, prolonged or confirmed.
    Changed,
    /// Repealed or replaced.
    Ended,
    /// Its last day comes near.
    Expiring,
    /// Its last day is over.
    Expired,
    /// Claims may be made from now on.
    Opened,
    /// Claims may be made for some days more.
    Closing,
}

impl NewsKind {
    /// The Chinese words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Published => "新发布",
            Self::Commenced => "开始施行",
            Self::Changed => "有变化",
            Self::Ended => "已废止或被替代",
            Self::Expiring => "即将到期",
            Self::Expired => "已到期",
            Self::Opened => "开始申报",
            Self::Closing => "申报即将截止",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Commenced => "commenced",
            Self::Changed => "changed",
            Self::Ended => "ended",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Opened => "opened",
            Self::Closing => "closing",
        }
    }
}

/// One piece of news (一条动态).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewsItem {
    /// The same for the same event, whenever it is asked.
    pub id: String,
    /// What happened.
    pub kind: NewsKind,
    /// On which day.
    pub on: Date,
    /// `document` or `programme`.
    pub about: &'static str,
    /// The document or programme.
    pub subject: String,
    /// Its name.
    pub title: String,
    /// What is to be known, made of dates, names and quotes.
    pub words: String,
    /// Its page.
    pub path: String,
    /// Themes.
    pub themes: Vec<String>,
}

/// What an event happened to.
struct Subject<'a> {
    about: &'static str,
    id: &'a str,
    title: &'a str,
    path: String,
    themes: &'a [String],
}

impl Subject<'_> {
    fn news(&self, kind: NewsKind, on: Date, words: String) -> NewsItem {
        NewsItem {
            id: urn(&format!("{}/{}/{}/{on}/{words}", self.about, self.id, kind.name())),
            kind,
            on,
            about: self.about,
            subject: self.id.to_owned(),
            title: self.title.to_owned(),
            words,
            path: self.path.clone(),
            themes: self.themes.to_vec(),
        }
    }
}

/// A UUID (RFC 9562, version 8: made of a digest) as a URN.
fn urn(of: &str) -> String {
    let digest = sha256_hex(of.as_bytes());
    let part = |range| digest.get(range).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-a{}-{}", part(0..8), part(8..12), part(13..16), part(17..20), part(20..32))
}

/// The newest first; of one day in a fixed order; not more than a reader takes.
#[must_use]
pub fn in_order(mut items: Vec<NewsItem>) -> Vec<NewsItem> {
    items.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| a.id.cmp(&b.id)));
    items.truncate(MOST_ITEMS);
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_event_keeps_its_id_and_an_end_is_seen_in_time() {
        let subject =
            Subject { about: "document", id: "a", title: "甲", path: "/documents/a".to_owned(), themes: &[] };
        let item = subject.news(NewsKind::Published, date(2026, 5, 1), "乙".to_owned());
        assert_eq!(item, subject.news(NewsKind::Published, date(2026, 5, 1), "乙".to_owned()));
        assert_ne!(item.id, subject.news(NewsKind::Changed, date(2026, 5, 1), "乙".to_owned()).id);
        assert_eq!(item.id.len(), "urn:uuid:".len() + 36);
        let span = NewsSpan { as_of: date(2026, 11, 21), back: 90, ahead: 60 };
        assert_eq!(span.sees_end(date(2027, 1, 20)), Some(date(2026, 11, 21)));
        assert_eq!(span.sees_end(date(2027, 1, 21)), None);
        assert_eq!(span.sees_end(date(2026, 11, 20)), None);
        assert!(span.covers(date(2026, 8, 23)) && !span.covers(date(2026, 8, 22)) && !span.covers(date(2026, 11, 22)));
    }
}
