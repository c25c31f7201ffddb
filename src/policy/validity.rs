//! Validity (效力) of a document on a day: computed from its dates and from what other documents did to it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DocumentId, DocumentKind, Metadata};

/// The state of a document on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// 现行有效.
    InForce,
    /// 尚未施行.
    NotYetEffective,
    /// 已过有效期.
    Expired,
    /// 已废止.
    Repealed,
    /// 征求意见稿, never in force.
    Draft,
    /// 效力未知: neither the text nor the library says.
    Unknown,
}

impl Validity {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::NotYetEffective => "not_yet_effective",
            Self::Expired => "expired",
            Self::Repealed => "repealed",
            Self::Draft => "draft",
            Self::Unknown => "unknown",
        }
    }

    /// The Chinese words for the banner.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::InForce => "现行有效",
            Self::NotYetEffective => "尚未施行",
            Self::Expired => "已过有效期",
            Self::Repealed => "已废止",
            Self::Draft => "征求意见稿（未生效）",
            Self::Unknown => "效力待核",
        }
    }

    /// Whether the document may be cited as governing: in force, or nothing says that it is not.
    #[must_use]
    pub fn may_govern(self) -> bool {
        matches!(self, Self::InForce | Self::Unknown)
    }
}

/// What happened to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeEventKind {
    /// Repealed by another document (废止).
    Repealed,
    /// Replaced by a newer edition (替代).
    Replaced,
    /// Amended; it stays in force (修改).
    Amended,
}

impl LifeEventKind {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Repealed => "repealed",
            Self::Replaced => "replaced",
            Self::Amended => "amended",
        }
    }
}

/// Something another document did to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeEvent {
    /// What.
    pub kind: LifeEventKind,
    /// From which day; none when the acting document has no known date.
    pub on: Option<Date>,
    /// The acting document.
    pub by: DocumentId,
    /// Its customary name.
    pub by_name: String,
    /// Its words, when stated.
    pub basis: Option<String>,
}

/// Validity on a day, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidityVerdict {
    /// The state.
    pub state: Validity,
    /// What it rests on, in Chinese.
    pub basis: String,
    /// The document that repealed or replaced it.
    pub by: Option<DocumentId>,
}

/// The validity of a document on a day.
#[must_use]
pub fn validity(meta: &Metadata, events: &[LifeEvent], as_of: Date) -> ValidityVerdict {
    let verdict = |state, basis: String| ValidityVerdict { state, basis, by: None };
    if !meta.kind.is_authority() {
        return verdict(Validity::Unknown, "解读和问答只作说明，不作依据".to_owned());
    }
    if meta.kind == DocumentKind::Draft {
        return verdict(Validity::Draft, "本件为征求意见稿，未经正式印发".to_owned());
    }
    if let Some(event) = ending(events, as_of) {
        let verb = if event.kind == LifeEventKind::Replaced { "替代" } else { "废止" };
        let day = event.on.map_or(String::new(), |on| format!("自{on}起"));
        let words = event.basis.as_ref().map_or(String::new(), |words| format!("：“{words}”"));
        return ValidityVerdict {
            state: Validity::Repealed,
            basis: format!("{day}被{}{verb}{words}", event.by_name),
            by: Some(event.by.clone()),
        };
    }
    if let Some(expires) = meta.dates.expires.filter(|expires| *expires < as_of) {
        return verdict(Validity::Expired, format!("有效期至{expires}"));
    }
    match (meta.dates.commencement(), meta.dates.expires) {
        (None, _) => verdict(Validity::Unknown, "库中未载明成文、发布或施行日期".to_owned()),
        (Some(from), _) if from > as_of => verdict(Validity::NotYetEffective, format!("自{from}起施行")),
        (Some(from), Some(until)) => verdict(Validity::InForce, format!("自{from}起施行，有效期至{until}")),
        (Some(from), None) if meta.dates.effective.is_some() => {
            verdict(Validity::InForce, format!("自{from}起施行，未载明失效日期，库中未见废止"))
        }
        (Some(from), None) => verdict(Validity::InForce, format!("{from}印发，未载明失效日期，库中未见废止")),
    }
}

fn ending(events: &[LifeEvent], as_of: Date) -> Option<&LifeEvent> {
    events
        .iter()
        .filter(|event| event.kind != LifeEventKind::Amended && event.on.is_none_or(|on| on <= as_of))
        .min_by_key(|event| event.on)
}
