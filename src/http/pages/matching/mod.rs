//! `/match`: what one is eligible for, what is missing, and where it says so. A conversation or a form; the case travels
//! in the page and in nothing else: it is neither stored nor logged.

mod case;
mod code;
mod view;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;

use super::super::asked::{self, Asked};
use super::super::clock;
use super::super::posted::PostedForm;
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::answer_view::Leads;
use super::chrome::{Chrome, Here, page};
use super::link::link;
use crate::consultation::{Library, MatchError};
use case::Case;
use view::MatchView;

/// The page.
#[derive(Template)]
#[template(path = "matching/matching.html")]
struct MatchPage {
    chrome: Chrome,
    view: Option<MatchView>,
    /// What is wrong with what was sent.
    trouble: String,
    count: usize,
    /// The programmes by audience.
    lists: Vec<(&'static str, Vec<Leads>)>,
}

/// What the address may ask for: one programme, never a case.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct MatchQuery {
    programme: Option<String>,
    as_of: Option<String>,
}

/// Shows the beginning, or one programme with nothing known yet.
pub(super) async fn start(
    State(reception): State<Reception>,
    Asked(query): Asked<MatchQuery>,
) -> Result<Response, Problem> {
    let chosen = asked::day("as_of", query.as_of.as_ref())?;
    let today = clock::today();
    let named = asked::stated(query.programme.as_ref()).map(str::to_owned);
    let template = reception
        .work(move |library| {
            let Some(id) = named else { return Ok(beginning(library, String::new())) };
            let book = library.generation().book();
            let programme = book.programme(&id).ok_or_else(|| {
                Problem::not_found(format!("没有标识为“{}”的事项；全部事项见 /match。", asked::shown(&id)))
            })?;
            let case = Case::of(programme.audience.label(), chosen, &programme.id);
            answered(library, &case, &Turn { today, trouble: String::new(), typed: BTreeMap::new() })
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

/// Takes what was told and shows what it comes to.
pub(super) async fn matched(
    State(reception): State<Reception>,
    PostedForm(fields): PostedForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let today = clock::today();
    let template = reception
        .work(move |library| {
            let before = match Case::carried(&fields) {
                Ok(case) => case,
                Err(trouble) => return Ok(beginning(library, trouble)),
            };
            let told = before.with(&fields, library.generation().book());
            if told.is_empty() {
                let trouble = "请选择企业或个人，或者写一句情况。".to_owned();
                return Ok(beginning(library, trouble));
            }
            let well = Turn { today, trouble: String::new(), typed: BTreeMap::new() };
            let wrong = match answered(library, &told, &well) {
                Err(problem) => problem.detail().to_owned(),
                done => return done,
            };
            // What was told before stands, and what was typed is there to be mended.
            let again = Turn { today, trouble: wrong.clone(), typed: case::typed(&fields) };
            let before = (!before.is_empty()).then(|| answered(library, &before, &again).ok()).flatten();
            Ok(before.unwrap_or_else(|| beginning(library, wrong)))
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

/// Gives the case back as a file of the asker's own.
pub(super) async fn file(PostedForm(fields): PostedForm<Vec<(String, String)>>) -> Result<Response, Problem> {
    let case = Case::carried(&fields).map_err(Problem::invalid)?;
    let headers = [
        (CONTENT_TYPE, "application/json; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"zhengda-qingkuang.json\""),
    ];
    Ok((headers, case.to_file()).into_response())
}

/// What surrounds a turn of the conversation.
struct Turn {
    today: Date,
    trouble: String,
    /// What was typed and could not be taken, by fact.
    typed: BTreeMap<String, Vec<String>>,
}

fn beginning(library: &Library, trouble: String) -> MatchPage {
    let programmes = &library.generation().book().programmes;
    let list = |audience: &'static str| {
        let own = programmes.iter().filter(|programme| programme.audience.label() == audience);
        let leads = own.map(|programme| Leads {
            text: programme.name.clone(),
            url: link("/match", &[("programme", &programme.id)]),
        });
        (audience, leads.collect())
    };
    MatchPage {
        chrome: Chrome::new(Here::Match),
        view: None,
        trouble,
        count: programmes.len(),
        lists: vec![list("企业"), list("个人")],
    }
}

fn answered(library: &Library, case: &Case, turn: &Turn) -> Result<MatchPage, Problem> {
    let matched = library.match_profile(&case.profile(), turn.today).map_err(|error| match error {
        MatchError::Profile(wrong) => Problem::invalid(wrong.to_string()),
        MatchError::Index(damaged) => Problem::from(damaged),
    })?;
    let view = MatchView::new(&matched, case, &library.fact_definitions(), &turn.typed);
    let (chrome, trouble) = (Chrome::new(Here::Match), turn.trouble.clone());
    Ok(MatchPage { chrome, view: Some(view), trouble, count: 0, lists: Vec::new() })
}
