//! Validity (效力) of a document on a day: computed from its dates and from what other documents did to it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DocumentId, DocumentKind, Metadata, Term, TermKind};

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
    /// Its period was prolonged (延长有效期).
    Extended,
    /// A review found that it stays in force (确认继续有效).
    Confirmed,
}

impl LifeEventKind {
    /// Whether it ends what it happens to.
    #[must_use]
    pub fn ends(self) -> bool {
        matches!(self, Self::Repealed | Self::Replaced)
    }

    /// The Chinese verb.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Repealed => "废止",
            Self::Replaced => "替代",
            Self::Amended => "修改",
            Self::Extended => "延长有效期",
            Self::Confirmed => "确认继续有效",
        }
    }

    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Repealed => "repealed",
            Self::Replaced => "replaced",
            Self::Amended => "amended",
            Self::Extended => "extended",
            Self::Confirmed => "confirmed",
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
    /// The new last day, when the event prolongs.
    pub until: Option<Date>,
    /// The clauses it happened to; none: the whole document.
    pub clauses: Vec<String>,
    /// Whether the program inferred it (推定) and no text states it.
    pub inferred: bool,
    /// The acting document.
    pub by: DocumentId,
    /// Its customary name.
    pub by_name: String,
    /// Its words, when stated.
    pub basis: Option<String>,
}

impl LifeEvent {
    /// Whether it has happened by this day.
    #[must_use]
    pub fn by_then(&self, as_of: Date) -> bool {
        self.on.is_none_or(|on| on <= as_of)
    }

    /// The event in words: 自2023-07-01起被《…》废止：“……”.
    #[must_use]
    pub fn told(&self) -> String {
        let day = self.on.map_or(String::new(), |on| format!("自{on}起"));
        let words = self.basis.as_ref().map_or(String::new(), |words| format!("：“{words}”"));
        format!("{day}被{}{}{words}", self.by_name, self.kind.verb())
    }

    /// The event in a few words, for a document that stays in force: 2024-01-01经《…》修改（第三条、第五条）.
    fn noted(&self) -> String {
        let day = self.on.map_or(String::new(), |on| on.to_string());
        let clauses = match self.clauses.as_slice() {
            [] => String::new(),
            clauses if clauses.len() > MOST_CLAUSES_TOLD => {
                format!("（{}等{}处）", clauses[..MOST_CLAUSES_TOLD].join("、"), clauses.len())
            }
            clauses => format!("（{}）", clauses.join("、")),
        };
        let verb = if self.kind.ends() { "废止部分条款" } else { self.kind.verb() };
        format!("{day}经{}{verb}{clauses}", self.by_name)
    }
}

/// Clauses named in the basis of a verdict before the rest is counted: a decision may change forty.
const MOST_CLAUSES_TOLD: usize = 12;

/// Validity on a day, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidityVerdict {
    /// The state.
    pub state: Validity,
    /// What it rests on, in Chinese.
    pub basis: String,
    /// The document that repealed or replaced it, or seems to.
    pub by: Option<DocumentId>,
}

impl ValidityVerdict {
    fn new(state: Validity, basis: impl Into<String>) -> Self {
        Self { state, basis: basis.into(), by: None }
    }

    /// Whether the document may be cited as governing: nothing says that it does not hold, and no newer edition of it is
    /// in the library.
    #[must_use]
    pub fn may_govern(&self) -> bool {
        self.state.may_govern() && self.by.is_none()
    }
}

/// The validity of a document on a day.
#[must_use]
pub fn validity(meta: &Metadata, events: &[LifeEvent], as_of: Date) -> ValidityVerdict {
    if !meta.kind.is_authority() {
        return ValidityVerdict::new(Validity::Unknown, "解读和问答只作说明，不作依据");
    }
    if meta.kind == DocumentKind::Draft {
        return ValidityVerdict::new(Validity::Draft, "本件为征求意见稿，未经正式印发");
    }
    if let Some(event) = ending(events, as_of) {
        return ValidityVerdict { state: Validity::Repealed, basis: event.told(), by: Some(event.by.clone()) };
    }
    let verdict = period(meta, events, as_of);
    if verdict.state != Validity::InForce {
        return verdict;
    }
    if let Some(event) = events.iter().rev().find(|event| event.inferred && event.kind.ends() && event.by_then(as_of)) {
        let basis = format!("同名文件已有新版本{}（推定），库中未见明文废止本件；{}", event.by_name, verdict.basis);
        return ValidityVerdict { state: Validity::Unknown, basis, by: Some(event.by.clone()) };
    }
    ValidityVerdict::new(Validity::InForce, with_notes(verdict.basis, events, as_of))
}

/// What ended the whole document by then, as a text states it.
fn ending(events: &[LifeEvent], as_of: Date) -> Option<&LifeEvent> {
    events
        .iter()
        .filter(|event| event.kind.ends() && event.clauses.is_empty() && !event.inferred && event.by_then(as_of))
        .min_by_key(|event| event.on)
}

/// The verdict by the document's own dates and what prolonged them.
fn period(meta: &Metadata, events: &[LifeEvent], as_of: Date) -> ValidityVerdict {
    let did = |kind| events.iter().filter(move |event| event.kind == kind && event.by_then(as_of));
    let extension =
        did(LifeEventKind::Extended).filter(|event| event.until > meta.dates.expires).max_by_key(|e| e.until);
    let expires = extension.and_then(|event| event.until).or(meta.dates.expires);
    let from = meta.dates.commencement();
    if let Some(from) = from.filter(|from| *from > as_of) {
        let basis = format!("自{from}起施行{}", cited(meta, TermKind::Commences, Some(from)));
        return ValidityVerdict::new(Validity::NotYetEffective, basis);
    }
    let until = |expires: Date| match extension {
        Some(event) => format!("有效期至{expires}（{}）", event.told()),
        None => format!("有效期至{expires}{}", cited(meta, TermKind::Expires, Some(expires))),
    };
    if let Some(expires) = expires.filter(|expires| *expires < as_of) {
        if let Some(event) = did(LifeEventKind::Confirmed).find(|event| event.on.is_some_and(|on| on > expires)) {
            return ValidityVerdict::new(Validity::InForce, format!("{}；{}", until(expires), event.told()));
        }
        if let Some(event) = did(LifeEventKind::Extended).find(|event| event.until.is_none()) {
            let basis = format!("{}；{}，新的截止日期待核", until(expires), event.told());
            return ValidityVerdict::new(Validity::Unknown, basis);
        }
        return ValidityVerdict::new(Validity::Expired, until(expires));
    }
    let Some(from) = from else {
        return ValidityVerdict::new(Validity::Unknown, "库中未载明成文、发布或施行日期");
    };
    let stated = meta.dates.effective.is_some();
    let begins = if stated {
        let words = cited(meta, TermKind::Commences, Some(from));
        // One sentence often states both: it is quoted once.
        let twice = expires.is_some() && extension.is_none() && words == cited(meta, TermKind::Expires, expires);
        format!("自{from}起施行{}", if twice { "" } else { words.as_str() })
    } else {
        format!("{from}印发")
    };
    let open_end = meta.terms.iter().find(|term| is_open_end(term));
    match (expires, open_end) {
        (Some(expires), _) => ValidityVerdict::new(Validity::InForce, format!("{begins}，{}", until(expires))),
        (None, Some(term)) => {
            let basis = format!("{begins}，失效取决于另一事件，库中不能判断其是否发生（{}）", term.cited());
            ValidityVerdict::new(Validity::Unknown, basis)
        }
        (None, None) => ValidityVerdict::new(Validity::InForce, format!("{begins}，未载明失效日期，库中未见废止")),
    }
}

fn is_open_end(term: &Term) -> bool {
    term.kind == TermKind::Expires && term.on.is_none() && term.clauses.is_empty()
}

/// The words that state this day, in brackets; nothing when the day was entered otherwise.
fn cited(meta: &Metadata, kind: TermKind, on: Option<Date>) -> String {
    let states = |term: &&Term| term.kind == kind && term.on == on && term.clauses.is_empty();
    meta.terms.iter().find(states).map_or(String::new(), |term| format!("（{}）", term.cited()))
}

/// Adds what was changed, confirmed or is going to end.
fn with_notes(mut basis: String, events: &[LifeEvent], as_of: Date) -> String {
    for event in events.iter().filter(|event| event.by_then(as_of)) {
        let part = event.kind.ends() && !event.clauses.is_empty();
        if part || matches!(event.kind, LifeEventKind::Amended | LifeEventKind::Confirmed) {
            basis.push('；');
            basis.push_str(&event.noted());
        }
    }
    let coming = events.iter().find(|event| event.kind.ends() && event.clauses.is_empty() && !event.by_then(as_of));
    if let Some(event) = coming {
        basis.push_str("；将");
        basis.push_str(&event.told());
    }
    basis
}

#[cfg(test)]
mod tests;
