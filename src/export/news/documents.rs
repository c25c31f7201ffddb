//! What happened to documents.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::Selection;
use super::{NewsItem, NewsKind, NewsSpan, Subject};
use crate::index::Head;
use crate::policy::{LifeEventKind, validity};

/// The news of the selected documents, in no order.
#[must_use]
pub fn news_of_documents(selection: &Selection<'_>, span: NewsSpan) -> Vec<NewsItem> {
    selection.heads().flat_map(|head| news_of(head, span)).collect()
}

fn news_of(head: &Head, span: NewsSpan) -> Vec<NewsItem> {
    let meta = &head.meta;
    let subject = Subject {
        about: "document",
        id: meta.id.as_str(),
        title: &meta.title,
        path: format!("/documents/{}", meta.id),
        themes: &meta.themes,
    };
    let mut news = Vec::new();
    let issued = meta.dates.issued();
    if let Some(day) = issued.filter(|day| span.covers(*day)) {
        news.push(subject.news(NewsKind::Published, day, imprint(head)));
    }
    if !meta.kind.is_authority() {
        return news;
    }
    let first = meta.dates.effective.filter(|day| Some(*day) != issued);
    if let Some(day) = first.filter(|day| span.covers(*day)) {
        news.push(subject.news(NewsKind::Commenced, day, format!("自{day}起施行。{}", imprint(head))));
    }
    for event in head.events.iter().filter(|event| !event.inferred) {
        let kind = match event.kind {
            LifeEventKind::Repealed | LifeEventKind::Replaced if event.clauses.is_empty() => NewsKind::Ended,
            _ => NewsKind::Changed,
        };
        if let Some(day) = event.on.filter(|day| span.covers(*day)) {
            let clauses = if event.clauses.is_empty() { String::new() } else { event.clauses.join("、") + " " };
            news.push(subject.news(kind, day, format!("{clauses}{}", event.told())));
        }
    }
    news.extend(last_day(head).and_then(|last| end(head, &subject, last, span)));
    news
}

/// The last day in force, as it was prolonged.
fn last_day(head: &Head) -> Option<Date> {
    let prolonged = head.events.iter().filter(|event| event.kind == LifeEventKind::Extended).filter_map(|e| e.until);
    head.meta.dates.expires.into_iter().chain(prolonged).max()
}

fn end(head: &Head, subject: &Subject<'_>, last: Date, span: NewsSpan) -> Option<NewsItem> {
    // What ended otherwise before has been told as that.
    let governs = |day| validity(&head.meta, &head.events, day).may_govern();
    if let Some(seen) = span.sees_end(last).filter(|_| governs(span.as_of)) {
        return Some(subject.news(NewsKind::Expiring, seen, format!("有效期至{last}。{}", imprint(head))));
    }
    let over = last.saturating_add(1.day());
    let ended = span.covers(over) && governs(last) && !governs(over);
    ended.then(|| subject.news(NewsKind::Expired, over, format!("有效期至{last}，已到期。{}", imprint(head))))
}

/// Kind, number and issuer.
fn imprint(head: &Head) -> String {
    let meta = &head.meta;
    let number = meta.number.as_ref().map(ToString::to_string);
    let parts = [Some(meta.kind.name().to_owned()), number, Some(meta.issuers.join("、"))];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
