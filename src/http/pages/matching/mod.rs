//! `/match`: what one is eligible for, what is missing, and where it says so. A conversation or a form; the case travels
//! in the page and in nothing else: it is neither stored nor logged.

mod case;
mod code;
mod view;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
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
    as_of: String,
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
    let as_of = asked::as_of(query.as_of.as_ref())?;
    let named = asked::stated(query.programme.as_ref()).map(str::to_owned);
    let template = reception
        .work(move |library| {
            let Some(id) = named else { return Ok(beginning(library, as_of.to_string(), String::new())) };
            let book = library.generation().book();
            let programme = book.programme(&id).ok_or_else(|| {
                Problem::not_found(format!("没有标识为“{}”的事项；全部事项见 /match。", asked::shown(&id)))
            })?;
            let case = Case::of(programme.audience.label(), &as_of.to_string(), &programme.id);
            answered(library, &case, None, String::new())
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
                Err(trouble) => return Ok(beginning(library, today.to_string(), trouble)),
            };
            let told = before.with(&fields, library.generation().book());
            if told.is_empty() {
                let trouble = "请选择企业或个人，或者写一句情况。".to_owned();
                return Ok(beginning(library, today.to_string(), trouble));
            }
            match answered(library, &told, Some(today), String::new()) {
                Err(problem) if !before.is_empty() => {
                    answered(library, &before, Some(today), problem.detail().to_owned())
                }
                Err(problem) => Ok(beginning(library, today.to_string(), problem.detail().to_owned())),
                done => done,
            }
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

fn beginning(library: &Library, as_of: String, trouble: String) -> MatchPage {
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
        as_of,
        count: programmes.len(),
        lists: vec![list("企业"), list("个人")],
    }
}

fn answered(
    library: &Library,
    case: &Case,
    today: Option<jiff::civil::Date>,
    trouble: String,
) -> Result<MatchPage, Problem> {
    let today = today.or_else(|| case.day()).unwrap_or_else(clock::today);
    let matched = library.match_profile(&case.profile(), today).map_err(|error| match error {
        MatchError::Profile(wrong) => Problem::invalid(wrong.to_string()),
        MatchError::Index(damaged) => Problem::from(damaged),
    })?;
    let as_of = matched.as_of.clone();
    let view = MatchView::new(&matched, case, &library.fact_definitions());
    Ok(MatchPage { chrome: Chrome::new(Here::Match), view: Some(view), trouble, as_of, count: 0, lists: Vec::new() })
}
