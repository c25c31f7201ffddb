//! Chinese words for the names that stand in JSON.

use crate::contract::CitedDocumentJson;
use crate::policy::{DocumentKind, Metadata, Validity};
use crate::query::AnswerType;

/// Every state a document can be in.
const VALIDITIES: [Validity; 6] = [
    Validity::InForce,
    Validity::NotYetEffective,
    Validity::Expired,
    Validity::Repealed,
    Validity::Draft,
    Validity::Unknown,
];

/// Every kind of answer that a person is told about; an open question has none.
const ANSWER_TYPES: [AnswerType; 16] = [
    AnswerType::Amount,
    AnswerType::Rate,
    AnswerType::Deadline,
    AnswerType::Duration,
    AnswerType::Count,
    AnswerType::Condition,
    AnswerType::Material,
    AnswerType::Procedure,
    AnswerType::Place,
    AnswerType::Telephone,
    AnswerType::Department,
    AnswerType::YesNo,
    AnswerType::Definition,
    AnswerType::List,
    AnswerType::Original,
    AnswerType::Comparison,
];

/// The words for a state.
pub(super) fn validity(name: &str) -> &'static str {
    VALIDITIES.iter().find(|state| state.name() == name).map_or("效力待核", |state| state.label())
}

/// The badge of a document: its state as class and words; an interpretation is never in force, it explains.
pub(super) fn badge(document: &CitedDocumentJson) -> (String, &'static str) {
    let authority = DocumentKind::from_name(&document.kind).is_none_or(DocumentKind::is_authority);
    if authority {
        (document.validity.clone(), validity(&document.validity))
    } else {
        ("explains".to_owned(), "不作依据")
    }
}

/// The states as value and words, for a select.
pub(super) fn validities() -> impl Iterator<Item = (&'static str, &'static str)> {
    VALIDITIES.iter().map(|state| (state.name(), state.label()))
}

/// The words for a kind of answer; empty for an open question.
pub(super) fn answer_type(name: &str) -> &'static str {
    ANSWER_TYPES.iter().find(|kind| kind.name() == name).map_or("", |kind| kind.label())
}

/// The words for where a region was taken from.
pub(super) fn region_from(name: &str) -> &'static str {
    match name {
        "question" => "问题中提到",
        "session" => "前面提到",
        _ => "您选择的",
    }
}

/// The class of the label of a clause.
pub(super) fn clause_state(state: &str) -> &'static str {
    match state {
        "repealed" => "repealed",
        "not_yet_effective" => "not_yet_effective",
        _ => "draft",
    }
}

/// What the label of a clause says.
pub(super) fn clause_label(state: &str) -> &'static str {
    match state {
        "repealed" => "本条已废止",
        "not_yet_effective" => "本条尚未施行",
        _ => "本条已修改",
    }
}

/// A day in the Chinese form: 2026年11月21日; what is no day stays as it is.
pub(super) fn day(iso: &str) -> String {
    let parts: Option<Vec<u16>> = iso.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([year, month, day]) => format!("{year}年{month}月{day}日"),
        _ => iso.to_owned(),
    }
}

/// Number, issuer and date in one line.
pub(super) fn imprint(document: &CitedDocumentJson) -> String {
    let issued = document.issued.as_deref().map(|day| format!("{}印发", self::day(day)));
    let parts = [document.document_number.clone(), Some(document.issuer.clone()), issued];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The customary name of a document: 《title》（number）.
pub(super) fn name(meta: &Metadata) -> String {
    let title = titled(&meta.title);
    meta.number.as_ref().map_or(title.clone(), |number| format!("{title}（{number}）"))
}

/// A title in its marks; a title that brings marks of its own needs no second pair.
pub(super) fn titled(title: &str) -> String {
    if title.starts_with('《') { title.to_owned() } else { format!("《{title}》") }
}
