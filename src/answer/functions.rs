//! Functions asked for as if they were questions (功能): where the page is that does it.

use crate::contract::Status;
use crate::index::Generation;
use crate::query::{Function, kind_named};

use super::{Consultation, NextStep, StepKind, phrases};

/// The list of documents.
const DOCUMENTS: &str = "/documents";
/// The page of the people who run the service.
const ADMIN: &str = "/admin";
/// The page that takes questions.
const ASK: &str = "/";

/// Leads to the page that does what was asked; of the documents talked about, when there are any.
pub(super) fn lead(generation: &Generation, consultation: &mut Consultation, function: Function) {
    consultation.status = Status::NotFound;
    consultation.message = phrases::function(function).to_owned();
    let about = |head: &&crate::index::Head| consultation.need.titles.contains(&head.meta.title);
    let documents: Vec<NextStep> = match function {
        Function::Original | Function::Interpretation => generation
            .heads()
            .iter()
            .filter(about)
            .map(|head| page(format!("《{}》", head.meta.title), format!("{DOCUMENTS}/{}", head.meta.id)))
            .collect(),
        _ => Vec::new(),
    };
    consultation.next_steps = documents;
    if consultation.next_steps.is_empty() {
        let url = address(function, &consultation.need.question);
        consultation.next_steps.push(page(phrases::page(function).to_owned(), url));
    }
}

fn page(name: String, url: String) -> NextStep {
    NextStep { kind: StepKind::Page, name, url: Some(url), ..NextStep::default() }
}

fn address(function: Function, question: &str) -> String {
    match function {
        Function::List => match kind_named(question).and_then(kind) {
            Some(kind) => format!("{DOCUMENTS}?kind={kind}"),
            None => DOCUMENTS.to_owned(),
        },
        Function::Original => DOCUMENTS.to_owned(),
        Function::Interpretation => format!("{DOCUMENTS}?kind={}", "政策解读"),
        Function::Copy => ASK.to_owned(),
        Function::Statistics => ADMIN.to_owned(),
    }
}

/// The kind of document that an everyday word means.
fn kind(word: &str) -> Option<&'static str> {
    Some(match word {
        "行政规范性文件" | "规范性文件" => "行政规范性文件",
        "解读" => "政策解读",
        "法律" => "法律",
        _ => return None,
    })
}
