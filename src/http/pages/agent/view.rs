//! The console as it shows one question: everything on one screen.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::super::super::measures;
use super::super::super::problem::Problem;
use super::super::super::{api, asked};
use super::asking::AgentQuery;
use super::beside::{self, AskView, ClauseView, RunnerView, SimilarView};
use super::order::chosen_order;
use super::paper::Leads;
use super::unit::{self, UnitView};
use super::words::Words;
use crate::consultation::{Library, RunnerUp, render, runners_up};
use crate::contract::{AnswerJson, Status};
use crate::corpus::InternalNote;
use crate::query::{Enquiry, Setting};

/// Runners-up shown: more than four nobody reads with a caller waiting, and no screen holds.
const RUNNERS_UP: usize = 4;

/// Expansions shown as chips: the first weigh most.
const EXPANSIONS: usize = 3;

/// One question on the console.
#[derive(Debug)]
pub(super) struct ConsoleView {
    pub(super) answer: AnswerJson,
    pub(super) words: Words,
    /// What the live region says.
    pub(super) said: String,
    pub(super) chips: Vec<Leads>,
    pub(super) ask: AskView,
    pub(super) clauses: Vec<ClauseView>,
    pub(super) beside: Option<ClauseView>,
    /// The address without the clause set beside.
    pub(super) alone: String,
    pub(super) notes: Vec<InternalNote>,
    /// Why the notes cannot be read, if so.
    pub(super) notes_problem: String,
    pub(super) units: Vec<UnitView>,
    pub(super) similar: Vec<SimilarView>,
    pub(super) runners: Vec<RunnerView>,
    /// The question that the next one follows.
    pub(super) after: String,
    /// How sure it is, in percent; none when nothing is stated.
    pub(super) confidence: Option<u8>,
}

/// Answers a question for the console.
pub(super) fn console(library: &Library, corpus: &Path, query: &AgentQuery) -> Result<ConsoleView, Problem> {
    let question = asked::question("问题", query.text("q"))?;
    let day = query.day()?;
    let enquiry = asked::enquiry(library.generation(), question, query.region.as_ref(), day, None)?;
    let began = Instant::now();
    let consultation = match query.hidden(library)? {
        Some(hidden) => Arc::new(library.consult_without(&enquiry, &hidden)?),
        None => library.consult_in(&enquiry, &setting(library, query, &enquiry)?)?,
    };
    let took = began.elapsed();
    measures::consulted(consultation.status, took);
    let answer = render(&consultation, (took.as_secs_f64() * 1e4).round() / 10.0);
    let runners = runners_up(library, &consultation, RUNNERS_UP)?;
    Ok(view(library, corpus, query, answer, &runners))
}

/// The setting of a question: after the one before in the same call, with what was taken back.
fn setting(library: &Library, query: &AgentQuery, enquiry: &Enquiry) -> Result<Setting, Problem> {
    let after = asked::stated(query.after.as_ref()).map(|text| asked::question("after", text)).transpose()?;
    let named = asked::stated(query.as_of.as_ref()).map(|_| enquiry.as_of);
    let context = api::before(library, after, enquiry, named);
    Ok(Setting { context, without: asked::without(query.no.as_ref())?, day_open: named.is_none() })
}

fn view(library: &Library, corpus: &Path, query: &AgentQuery, answer: AnswerJson, runners: &[RunnerUp]) -> ConsoleView {
    let units = unit::of(library, &answer, beside::same(library, &answer));
    let cited: Vec<(&str, &str)> =
        answer.citations.iter().map(|one| (one.document.id.as_str(), one.clause.label.as_str())).collect();
    let (notes, notes_problem) = beside::notes(corpus, &cited);
    let states = matches!(answer.status, Status::Answered | Status::Partial);
    let unit = units.first().map(|unit| (unit.present(), unit.line()));
    let line = unit.as_ref().map(|(_, line)| line.as_str());
    let order = |runner| chosen_order(&answer, runner, line);
    let runners = runners.iter().map(|runner| RunnerView::new(runner, query, order(runner))).collect();
    let words = Words::of(&answer, unit.as_ref().map(|(name, line)| (*name, line.as_str())));
    ConsoleView {
        words,
        said: said(&answer),
        chips: chips(&answer, query),
        ask: AskView::of(&answer, query),
        clauses: answer
            .citations
            .iter()
            .map(|one| {
                let words = (one.quote.as_str(), one.start..one.end);
                ClauseView::of(library, one.number, (&one.document, &one.clause), words)
            })
            .collect(),
        beside: ClauseView::set_beside(library, query),
        alone: query.with(&[("beside", "")]),
        notes,
        notes_problem,
        units,
        similar: beside::similar(library, &answer, query),
        runners,
        after: answer.understood.standalone.clone().unwrap_or_else(|| answer.question.clone()),
        // Between 0 and 100, so that the cast cannot lose anything.
        confidence: states.then(|| (answer.confidence * 100.0).round().clamp(0.0, 100.0) as u8),
        answer,
    }
}

/// What the live region says: how it ended, and on which clause it rests.
fn said(answer: &AnswerJson) -> String {
    let first = answer.citations.first().map(|one| format!("，{}{}", one.document.title, one.clause.label));
    format!("{}{}", answer.status.label(), first.unwrap_or_default())
}

/// What was understood, each with the address that takes it back; an empty address where it cannot be taken back.
fn chips(answer: &AnswerJson, query: &AgentQuery) -> Vec<Leads> {
    let understood = &answer.understood;
    let mut chips: Vec<Leads> = Vec::new();
    let mut chip = |text: String, url: String| chips.push(Leads { text, url });
    if let Some(region) = &answer.region {
        let chosen = region.from == "request";
        chip(region.name.clone(), if chosen { query.with(&[("region", "")]) } else { query.without("region") });
    }
    for one in understood.inherited.iter().filter(|one| one.fact != "region") {
        chip(format!("沿用：{}", one.value), query.without(&one.fact));
    }
    for fact in &understood.facts {
        chip(format!("{}：{}", fact.label, fact.words), query.without("facts"));
    }
    for one in understood.expansions.iter().take(EXPANSIONS) {
        chip(format!("{} → {}", one.from, one.to), query.without(&format!("{}>{}", one.from, one.to)));
    }
    if !query.text("no").is_empty() {
        chip("恢复全部理解".to_owned(), query.with(&[("no", "")]));
    }
    chips
}
