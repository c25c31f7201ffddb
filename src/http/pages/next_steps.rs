//! Next steps in words (下一步): whom to turn to, and what the clauses beside say of place, papers and procedure.

use super::prose::Piece;
use super::quotes;
use crate::contract::{AnswerJson, NextStepJson, Status};
use crate::index::Generation;

/// A step.
#[derive(Debug)]
pub(super) struct StepView {
    pub(super) step: NextStepJson,
    /// What it is for: 找谁, 带什么.
    pub(super) heading: &'static str,
    /// What the clause holds: 申请材料（第六条）; else the name.
    pub(super) words: String,
    /// The clause's own words, to open in place; empty where they stand above already.
    pub(super) pieces: Vec<Piece>,
}

/// The hotline for everything, in every place of the country.
const HOTLINE: (&str, &str) = ("12345政务服务便民热线", "12345");

/// The steps of an answer. Nobody is left without a number to call: where no office has one, it is the hotline's.
pub(super) fn of(generation: &Generation, answer: &AnswerJson) -> Vec<StepView> {
    let mut steps = answer.next_steps.clone();
    let settled = !matches!(answer.status, Status::Emergency | Status::NeedsFact);
    if settled && steps.iter().all(|step| step.phone.is_none()) {
        steps.push(hotline());
    }
    steps.iter().map(|step| view(generation, answer, step)).collect()
}

fn hotline() -> NextStepJson {
    NextStepJson {
        kind: "window".to_owned(),
        name: HOTLINE.0.to_owned(),
        now: None,
        basis: None,
        office: None,
        citation: None,
        phone: Some(HOTLINE.1.to_owned()),
        address: None,
        url: None,
    }
}

/// The department to hand an open question to: the first office named.
pub(super) fn department(answer: &AnswerJson) -> String {
    let office = answer.next_steps.iter().find(|step| step.kind == "department");
    let name = |step: &NextStepJson| step.now.clone().or_else(|| step.office.clone()).unwrap_or(step.name.clone());
    office.map(name).unwrap_or_default()
}

fn view(generation: &Generation, answer: &AnswerJson, step: &NextStepJson) -> StepView {
    let (heading, holds) = match step.kind.as_str() {
        "place" => ("在哪办", "办理地点"),
        "material" => ("带什么", "申请材料"),
        "procedure" => ("怎么办", "办理流程"),
        "window" => ("打电话", ""),
        "page" => ("看页面", ""),
        _ => ("找谁", ""),
    };
    let clause = step.url.as_deref().filter(|_| !holds.is_empty()).and_then(target);
    let stands = |one: &crate::contract::CitationJson| {
        clause.is_some_and(|(document, id)| one.document.id == document && one.clause.id == id)
    };
    let above = answer.citations.iter().any(stands);
    let pieces =
        clause.filter(|_| !above).and_then(|(document, id)| quotes::clause(generation, document, id, None, ""));
    StepView {
        heading,
        words: if holds.is_empty() { step.name.clone() } else { format!("{holds}（{}）", step.name) },
        pieces: pieces.unwrap_or_default(),
        step: step.clone(),
    }
}

/// Document and clause of an address of the reader.
fn target(url: &str) -> Option<(&str, &str)> {
    url.strip_prefix("/documents/")?.split_once('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_document_and_clause() {
        assert_eq!(target("/documents/qh-1#art_6"), Some(("qh-1", "art_6")));
        assert_eq!(target("/documents?kind=x"), None);
    }
}
