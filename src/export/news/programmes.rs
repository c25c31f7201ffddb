//! What happened to programmes: begun, ended, open for claims, about to close.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{NewsItem, NewsKind, NewsSpan, Subject};
use crate::eligibility::{Setting, WindowState, public_window};
use crate::index::Generation;
use crate::policy::RegionCode;
use crate::policy::programme::{Condition, Measure, SupportProgramme, Test};

/// Which programmes are news.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeFilter {
    /// Those that hold in this region.
    pub region: Option<RegionCode>,
    /// With this theme.
    pub theme: Option<String>,
    /// For 企业 or 个人.
    pub audience: Option<String>,
    /// Open to this industry (GB/T 4754 code).
    pub industry: Option<String>,
}

impl ProgrammeFilter {
    fn admits(&self, generation: &Generation, programme: &SupportProgramme) -> bool {
        let here = |asked| generation.gazetteer().fit(asked, programme.region.as_ref()).applies();
        self.region.as_ref().is_none_or(here)
            && self.theme.as_ref().is_none_or(|theme| programme.themes.contains(theme))
            && self.audience.as_ref().is_none_or(|audience| programme.audience.label() == audience)
            && self.industry.as_ref().is_none_or(|code| is_open_to(programme, code))
    }
}

/// Whether no condition on the industry leaves this one out.
fn is_open_to(programme: &SupportProgramme, industry: &str) -> bool {
    let leaves = programme.conditions.leaves();
    let asks = |condition: &Condition| matches!(condition, Condition::None(_));
    // Exclusions are for the match to judge; here only what is asked for narrows.
    let excluding = matches!(&programme.conditions, Condition::All(parts) if parts.iter().any(asks));
    leaves.iter().all(|leaf| match (&leaf.of, leaf.tests.as_slice()) {
        (Measure::Fact(fact), [Test::Within(codes)]) if fact == "industry" => {
            excluding || codes.iter().any(|code| industry.starts_with(code.as_str()) || code.starts_with(industry))
        }
        _ => true,
    })
}

/// The news of the programmes of a generation, in no order.
#[must_use]
pub fn news_of_programmes(generation: &Generation, filter: &ProgrammeFilter, span: NewsSpan) -> Vec<NewsItem> {
    let programmes = generation.book().programmes.iter().filter(|programme| filter.admits(generation, programme));
    programmes.flat_map(|programme| news_of(generation, programme, span)).collect()
}

fn news_of(generation: &Generation, programme: &SupportProgramme, span: NewsSpan) -> Vec<NewsItem> {
    let subject = Subject {
        about: "programme",
        id: &programme.id,
        title: &programme.name,
        path: format!("/match?programme={}", programme.id),
        themes: &programme.themes,
    };
    let mut news = Vec::new();
    if let Some(first) = programme.from.filter(|day| span.covers(*day)) {
        news.push(subject.news(NewsKind::Commenced, first, format!("自{first}起实施")));
    }
    if let Some(last) = programme.until {
        let over = last.saturating_add(1.day());
        if let Some(seen) = span.sees_end(last).filter(|_| programme.holds_on(span.as_of)) {
            news.push(subject.news(NewsKind::Expiring, seen, format!("实施至{last}")));
        } else if span.covers(over) {
            news.push(subject.news(NewsKind::Expired, over, format!("实施至{last}，已到期")));
        }
    }
    if programme.holds_on(span.as_of) {
        news.extend(claims(generation, programme, &subject, span));
    }
    news
}

/// That claims may be made from a day of the span on, and that they may not for long.
fn claims(
    generation: &Generation,
    programme: &SupportProgramme,
    subject: &Subject<'_>,
    span: NewsSpan,
) -> Vec<NewsItem> {
    let state = |as_of: Date| {
        public_window(programme, Setting { book: generation.book(), places: generation.gazetteer(), as_of })
    };
    let Some(WindowState::Open { closes: Some(closes) }) = state(span.as_of) else { return Vec::new() };
    let is_open = |day: Date| matches!(state(day), Some(WindowState::Open { .. }));
    // Windows are short: the first day is found by going back one by one.
    let mut first = span.as_of;
    while first > span.first() && first.yesterday().is_ok_and(is_open) {
        first = first.saturating_sub(1.day());
    }
    let mut news = Vec::new();
    if first > span.first() {
        news.push(subject.news(NewsKind::Opened, first, format!("{closes}截止申报")));
    }
    if let Some(seen) = span.sees_end(closes) {
        news.push(subject.news(NewsKind::Closing, seen.max(first), format!("{closes}截止申报")));
    }
    news
}
