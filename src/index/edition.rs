//! Editions (新旧版本): documents of one title and issuer of which the newer seems to take the place of the older.

use std::collections::HashMap;

use super::head::Head;
use super::resolve::work_keys;
use crate::policy::{LifeEvent, LifeEventKind};

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
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
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
