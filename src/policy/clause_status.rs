//! The standing of a clause (条款效力) on a day, where it differs from that of its document.

use jiff::civil::Date;

use super::clause_label::{covers, plain_label};
use super::{DocumentId, LifeEvent, LifeEventKind, Metadata, TermKind, Validity, ValidityVerdict};

/// The standing of a clause (条款效力).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseStatus {
    /// Nothing is known of it beyond its document.
    AsDocument,
    /// It, or a clause that holds it, does not hold yet (尚未施行).
    NotYetEffective {
        /// What it rests on.
        basis: String,
    },
    /// It, or a clause that holds it, was repealed (已废止).
    Repealed {
        /// What it rests on.
        basis: String,
        /// The acting document.
        by: DocumentId,
    },
    /// It, or a part of it, was changed: the text in the library may be the former one (已修改).
    Amended {
        /// What it rests on.
        basis: String,
        /// The acting document.
        by: DocumentId,
    },
}

impl ClauseStatus {
    /// The verdict on a passage of this clause, where the document's own is no longer true of it. A changed clause counts
    /// as repealed in its former wording.
    #[must_use]
    pub fn verdict(self) -> Option<ValidityVerdict> {
        let verdict = |state, basis, by| Some(ValidityVerdict { state, basis, by });
        match self {
            Self::AsDocument => None,
            Self::NotYetEffective { basis } => verdict(Validity::NotYetEffective, basis, None),
            Self::Repealed { basis, by } | Self::Amended { basis, by } => verdict(Validity::Repealed, basis, Some(by)),
        }
    }
}

/// The standing of a clause on a day. `labels` are its own label, then those of the clauses above it (第八条第二款, 第八条,
/// 第三章).
#[must_use]
pub fn clause_status(meta: &Metadata, events: &[LifeEvent], labels: &[&str], as_of: Date) -> ClauseStatus {
    let labels: Vec<String> = labels.iter().map(|label| plain_label(label)).collect();
    let inside = |clause: &&String| labels.iter().any(|label| covers(&plain_label(clause), label));
    let touches = |clause: &&String| labels.first().is_some_and(|own| covers(own, &plain_label(clause)));
    let acts = events.iter().filter(|event| !event.inferred && event.by_then(as_of) && !event.clauses.is_empty());
    for event in acts.clone().filter(|event| event.kind.ends()) {
        if let Some(clause) = event.clauses.iter().find(inside) {
            return ClauseStatus::Repealed { basis: format!("{clause}{}", event.told()), by: event.by.clone() };
        }
    }
    let changes = |event: &&LifeEvent| event.kind == LifeEventKind::Amended || event.kind.ends();
    for event in acts.filter(changes) {
        if let Some(clause) = event.clauses.iter().find(|clause| inside(clause) || touches(clause)) {
            let basis = format!("{clause}{}，库中文字可能是修改前的", event.told());
            return ClauseStatus::Amended { basis, by: event.by.clone() };
        }
    }
    let later = meta.terms.iter().filter(|term| {
        term.kind == TermKind::Commences
            && term.on.is_some_and(|on| on > as_of)
            && term.clauses.iter().any(|c| inside(&c))
    });
    later.max_by_key(|term| term.on).map_or(ClauseStatus::AsDocument, |term| {
        let day = term.on.map_or(String::new(), |on| on.to_string());
        ClauseStatus::NotYetEffective {
            basis: format!("{}自{day}起施行（{}）", term.clauses.join("、"), term.cited())
        }
    })
}
