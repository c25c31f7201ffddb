//! Gazettes (政府公报): the documents of each issue, gathered once a generation.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::index::{Generation, Head};
use crate::policy::GazetteIssue;

/// The issues, by name, the newest first.
#[derive(Debug, Default)]
pub(super) struct Gazettes(Vec<(GazetteIssue, Vec<u32>)>);

impl Gazettes {
    /// The issues from which documents of a generation came.
    pub(super) fn of(generation: &Generation) -> Self {
        let mut issues: BTreeMap<(&str, Reverse<i16>, Reverse<u16>), Vec<(&str, &Head)>> = BTreeMap::new();
        for head in generation.heads() {
            for source in &head.meta.sources {
                if let Some(issue) = &source.gazette {
                    let key = (issue.name.as_str(), Reverse(issue.year), Reverse(issue.number));
                    issues.entry(key).or_default().push((&source.location, head));
                }
            }
        }
        let issue =
            |((name, year, number), mut documents): ((&str, Reverse<i16>, Reverse<u16>), Vec<(&str, &Head)>)| {
                // Files of an issue are named in its order more often than not; the number of pages is not known.
                documents.sort_by(|a, b| natural(a.0).cmp(&natural(b.0)).then_with(|| a.1.meta.id.cmp(&b.1.meta.id)));
                let mut serials: Vec<u32> = documents.iter().map(|(_, head)| head.serial).collect();
                serials.dedup();
                (GazetteIssue { name: name.to_owned(), year: year.0, number: number.0 }, serials)
            };
        Self(issues.into_iter().map(issue).collect())
    }

    /// All issues with the serials of their documents.
    pub(super) fn issues(&self) -> &[(GazetteIssue, Vec<u32>)] {
        &self.0
    }

    /// The documents of an issue, in order.
    pub(super) fn documents(&self, wanted: &GazetteIssue) -> Option<&[u32]> {
        self.0.iter().find(|(issue, _)| issue == wanted).map(|(_, serials)| serials.as_slice())
    }
}

/// The parts of a place, figures by their value: 2.html stands before 10.html.
fn natural(location: &str) -> Vec<(u64, String)> {
    let mut parts: Vec<(u64, String)> = vec![(0, String::new())];
    let mut figures = String::new();
    for c in location.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            figures.push(c);
            continue;
        }
        if !figures.is_empty() {
            parts.push((figures.parse().unwrap_or(u64::MAX), String::new()));
            figures.clear();
        }
        if let Some((_, words)) = parts.last_mut() {
            words.push(c);
        }
    }
    parts
}
