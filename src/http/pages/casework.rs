//! `/feedback`, `/tickets`: ratings and open questions as plain forms send them, and what became of a question.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::super::api::{self, FeedbackRequest, TicketRequest};
use super::super::asked::{self, Asked};
use super::super::clock;
use super::super::door::Client;
use super::super::posted::PostedForm;
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::chrome::{Choice, Chrome, Here, page};
use crate::casework::Code;

/// A rating as a form sends it: the clauses in one field.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FeedbackForm {
    question: String,
    region: Option<String>,
    as_of: Option<String>,
    status: Option<String>,
    rating: String,
    reason: Option<String>,
    citations: Option<String>,
    comment: Option<String>,
}

/// What the page of tickets is asked for: a code to look up, or a question to hand on.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct TicketsQuery {
    code: Option<String>,
    question: Option<String>,
    region: Option<String>,
    as_of: Option<String>,
    department: Option<String>,
}

/// Thanks for a rating, and who acts on it.
#[derive(Template)]
#[template(path = "thanks.html")]
struct ThanksPage {
    chrome: Chrome,
    message: &'static str,
}

/// Handing a question on, and asking after one.
#[derive(Template)]
#[template(path = "tickets.html")]
struct TicketsPage {
    chrome: Chrome,
    wrong: bool,
    code: String,
    question: String,
    as_of: String,
    department: String,
    places: Vec<Choice>,
}

/// What became of a question.
#[derive(Template)]
#[template(path = "ticket.html")]
struct TicketPage {
    chrome: Chrome,
    code: String,
    at: String,
    department: String,
    state: &'static str,
}

/// `POST /feedback`: keeps a rating and says who acts on it.
pub(super) async fn feedback(
    State(reception): State<Reception>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    PostedForm(form): PostedForm<FeedbackForm>,
) -> Result<Response, Problem> {
    from_here(&headers)?;
    let citations = form.citations.unwrap_or_default();
    let request = FeedbackRequest {
        question: form.question,
        region: form.region,
        as_of: form.as_of,
        status: form.status,
        rating: form.rating,
        reason: form.reason,
        citations: citations.split(',').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
        comment: form.comment,
    };
    let kept = api::keep_feedback(&reception, client.map(|client| client.0), &headers, request).await?;
    let template = ThanksPage { chrome: Chrome::new(Here::Elsewhere), message: kept.message };
    Ok(page(StatusCode::CREATED, &template))
}

/// `POST /tickets`: hands a question on and shows where it is now.
pub(super) async fn hand_on(
    State(reception): State<Reception>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    PostedForm(request): PostedForm<TicketRequest>,
) -> Result<Redirect, Problem> {
    from_here(&headers)?;
    let kept = api::keep_ticket(&reception, client.map(|client| client.0), &headers, request).await?;
    Ok(Redirect::to(&kept.url))
}

/// `GET /tickets`: the forms.
pub(super) async fn tickets(
    State(reception): State<Reception>,
    Asked(query): Asked<TicketsQuery>,
) -> Result<Response, Problem> {
    let typed = asked::stated(query.code.as_ref());
    if let Some(code) = typed.and_then(Code::parse) {
        return Ok(Redirect::to(&format!("/tickets/{code}")).into_response());
    }
    let question = asked::stated(query.question.as_ref()).map(|text| asked::question("问题", text)).transpose()?;
    let region = asked::stated(query.region.as_ref());
    let as_of = asked::day("as_of", query.as_of.as_ref())?.map(|day| day.to_string());
    let shared = reception.clone();
    let catalogue = reception.work(move |_| Ok(shared.catalogue())).await?;
    let template = TicketsPage {
        chrome: Chrome::new(Here::Elsewhere),
        wrong: typed.is_some(),
        code: typed.map(asked::shown).unwrap_or_default(),
        question: question.unwrap_or_default().to_owned(),
        as_of: as_of.unwrap_or_default(),
        department: asked::stated(query.department.as_ref()).map(asked::shown).unwrap_or_default(),
        places: Choice::places(catalogue.places(), region),
    };
    Ok(page(StatusCode::OK, &template))
}

/// `GET /tickets/{code}`: where a question is now. The question itself is not told: the code may be in another's hands.
pub(super) async fn ticket(State(reception): State<Reception>, Path(code): Path<String>) -> Result<Response, Problem> {
    let unknown = || Problem::not_found("没有这个查询码；请核对后在 /tickets 重新输入，或拨打12345询问。");
    let code = Code::parse(&code).ok_or_else(unknown)?;
    let found = reception.keep(move |ledger| ledger.receipt(&code)).await?.map_err(Problem::not_read)?;
    let receipt = found.ok_or_else(unknown)?;
    let template = TicketPage {
        chrome: Chrome::new(Here::Elsewhere),
        code: receipt.code.to_string(),
        at: clock::shown(receipt.at),
        department: receipt.department,
        state: state(&receipt.state),
    };
    Ok(page(StatusCode::OK, &template))
}

/// The words for what became of a question.
fn state(name: &str) -> &'static str {
    match name {
        "received" => "已收到，等待办理",
        _ => "办理中",
    }
}

/// Refuses a form that a page of another site sent: it would speak in the name of whoever opened that page.
fn from_here(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get("sec-fetch-site").map(|value| value.as_bytes()) {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => Err(Problem::from_elsewhere()),
    }
}
