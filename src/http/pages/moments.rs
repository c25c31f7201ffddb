//! The days that matter in the life of a document (关键日期), as links to its text as of each.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::link::link;
use crate::index::Head;
use crate::policy::TermKind;

/// Days shown; a law amended twenty times has its list of relations for the rest.
const MOST_MOMENTS: usize = 10;

/// A day on which something changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) day: String,
    /// What happened: 施行、部分条款修改.
    pub(super) what: String,
    /// The text as of that day.
    pub(super) url: String,
    /// Whether that is the day shown.
    pub(super) current: bool,
}

/// The days of a document, in order.
pub(super) fn moments(head: &Head, shown: Date) -> Vec<Moment> {
    let mut days: BTreeMap<Date, Vec<&str>> = BTreeMap::new();
    let mut add = |day: Option<Date>, what: &'static str| {
        if let Some(day) = day {
            let what_else = days.entry(day).or_default();
            if !what_else.contains(&what) {
                what_else.push(what);
            }
        }
    };
    let dates = &head.meta.dates;
    add(dates.issued(), "印发");
    add(dates.effective, "施行");
    // The first day on which it no longer holds says more than the last on which it does.
    add(dates.expires.and_then(|day| day.tomorrow().ok()), "有效期已满");
    for term in head.meta.terms.iter().filter(|term| term.kind == TermKind::Commences && !term.clauses.is_empty()) {
        add(term.on, "部分条款施行");
    }
    for event in &head.events {
        add(event.on, if event.clauses.is_empty() { event.kind.verb() } else { "部分条款变动" });
    }
    let path = format!("/documents/{}", head.meta.id);
    let moment = |(day, what): (Date, Vec<&str>)| Moment {
        url: link(&path, &[("as_of", &day.to_string())]),
        day: day.to_string(),
        what: what.join("、"),
        current: day == shown,
    };
    days.into_iter().map(moment).take(MOST_MOMENTS).collect()
}
