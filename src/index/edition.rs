//! Editions (新旧版本): documents of one title and issuer of which the newer seems to take the place of the older.

use std::collections::HashMap;

use jiff::ToSpan as _;

use super::head::Head;
use super::resolve::work_keys;
use crate::policy::{LifeEvent, LifeEventKind, Metadata, RelationKind};

/// What rules are called: only of these does a new edition end the old one without saying so. Plans of a year do not.
const RULES: [&str; 9] = ["办法", "规定", "细则", "条例", "规则", "规程", "规范", "准则", "制度"];

/// For each document whose title has a newer edition by the same issuer: its place, and what is inferred from that.
pub(crate) fn newer_editions(heads: &[Head]) -> Vec<(usize, LifeEvent)> {
    let mut groups: HashMap<(String, String, String), Vec<usize>> = HashMap::new();
    for (place, head) in heads.iter().enumerate() {
        let meta = &head.meta;
        let rules =
            work_keys(&meta.title, "").into_iter().next().filter(|key| RULES.iter().any(|rule| key.ends_with(rule)));
        let binding = meta.kind.is_authority() && meta.kind != crate::policy::DocumentKind::Draft;
        if let (Some(key), Some(issuer), true) = (rules, meta.issuers.first(), binding) {
            let region = meta.region.as_ref().map(ToString::to_string).unwrap_or_default();
            groups.entry((key, region, issuer.clone())).or_default().push(place);
        }
    }
    let mut found = Vec::new();
    for mut places in groups.into_values().filter(|places| places.len() > 1) {
        places.sort_by_key(|&place| (heads[place].meta.dates.commencement(), place));
        for (at, &older) in places.iter().enumerate() {
            let newer = places[at + 1..].iter().find(|&&newer| is_newer(&heads[newer], &heads[older]));
            found.extend(newer.map(|&newer| (older, replaced_by(&heads[newer]))));
        }
    }
    found.sort_by_key(|(older, _)| *older);
    found
}

/// Most days between a decision and the page that publishes it, where only the page is dated.
const LATE_PAGE_DAYS: i64 = 366;

/// Whether the text of a document already has what a decision changed in its clauses: the note below its title tells of a
/// later revision, or of one by this very decision.
pub(crate) fn is_incorporated(event: &LifeEvent, decision: &Metadata, target: &Metadata) -> bool {
    let of_clauses = !event.clauses.is_empty() && (event.kind == LifeEventKind::Amended || event.kind.ends());
    let revision = target.relations.iter().find(|relation| {
        relation.kind == RelationKind::Replaces && relation.target.title.as_deref() == Some(target.title.as_str())
    });
    let Some(revision) = revision.filter(|_| of_clauses) else { return false };
    let revised = revision.on.or(target.dates.commencement());
    let later = matches!((event.on, revised), (Some(changed), Some(revised)) if changed <= revised);
    let named = revision.basis.as_ref().is_some_and(|words| words.contains(decision.title.as_str()));
    let decided = decision.dates.written.or(decision.dates.published);
    let close = match (decided, revised) {
        (Some(decided), Some(revised)) => decided <= revised.saturating_add(LATE_PAGE_DAYS.days()),
        _ => true,
    };
    later || named && close
}

/// Whether one is another, later document: copies of one document share number, day and text.
fn is_newer(newer: &Head, older: &Head) -> bool {
    let (one, other) = (&newer.meta, &older.meta);
    let numbers = matches!((&one.number, &other.number), (Some(a), Some(b)) if a != b);
    let days = matches!((one.dates.effective, other.dates.effective), (Some(a), Some(b)) if a > b);
    let later = one.dates.commencement() > other.dates.commencement() && other.dates.commencement().is_some();
    later && (numbers || days) && newer.text_sha256 != older.text_sha256
}

fn replaced_by(newer: &Head) -> LifeEvent {
    LifeEvent {
        kind: LifeEventKind::Replaced,
        on: newer.meta.dates.commencement(),
        until: None,
        clauses: Vec::new(),
        inferred: true,
        by: newer.meta.id.clone(),
        by_name: newer.meta.name(),
        basis: None,
    }
}
