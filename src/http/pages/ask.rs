//! `/`: the page that takes questions.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::api;
use super::super::asked::{self, Asked};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::answer_view::{AnswerView, Leads};
use super::chips::Again;
use super::chrome::{Choice, Chrome, Here, page};
use super::labels;
use super::link::link;
use super::prose::Piece;
use crate::consultation::Library;
use crate::contract::Status;
use crate::query::Setting;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct AskQuery {
    q: Option<String>,
    region: Option<String>,
    as_of: Option<String>,
    after: Option<String>,
    no: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage {
    chrome: Chrome,
    question: String,
    as_of: String,
    after: String,
    places: Vec<Choice>,
    examples: Vec<Leads>,
    documents: usize,
    answer: Option<AnswerView>,
}

/// Shows the form, and the answer when there is a question.
pub(super) async fn ask(
    State(reception): State<Reception>,
    Asked(query): Asked<AskQuery>,
) -> Result<Response, Problem> {
    let as_of = asked::as_of(query.as_of.as_ref())?;
    let question = match asked::stated(query.q.as_ref()) {
        Some(text) => asked::question("问题", text)?.to_owned(),
        None => String::new(),
    };
    let shared = reception.clone();
    let (template, status) = reception
        .work(move |library| {
            let catalogue = shared.catalogue();
            let region = asked::stated(query.region.as_ref()).unwrap_or_default();
            let day = asked::stated(query.as_of.as_ref()).unwrap_or_default();
            let answer = if question.is_empty() { None } else { Some(answered(library, &query, &question, as_of)?) };
            let status = status_of(answer.as_ref());
            let examples = catalogue
                .examples()
                .iter()
                .map(|example| Leads { text: example.clone(), url: link("/", &[("q", example), ("region", region)]) });
            let template = AskPage {
                chrome: Chrome::new(Here::Ask),
                as_of: day.to_owned(),
                after: answer.as_ref().map(|view| view.after.clone()).unwrap_or_default(),
                places: Choice::places(catalogue.places(), Some(region)),
                examples: examples.collect(),
                documents: catalogue.documents(),
                question,
                answer,
            };
            Ok((template, status))
        })
        .await?;
    Ok(page(status, &template))
}

/// The answer to the question, after the one before, with what was taken back.
fn answered(library: &Library, query: &AskQuery, question: &str, as_of: Date) -> Result<AnswerView, Problem> {
    let enquiry = asked::enquiry(library.generation(), question, query.region.as_ref(), as_of, None)?;
    let day = asked::stated(query.as_of.as_ref());
    let after = asked::stated(query.after.as_ref()).map(|text| asked::question("after", text)).transpose()?;
    let without = asked::without(query.no.as_ref())?;
    let named = day.map(|_| as_of);
    let context = api::before(library, after, &enquiry, named);
    let setting = Setting { context, without, day_open: named.is_none() };
    let (answer, _) = api::answer(library, &enquiry, &setting, named);
    let again = Again {
        question: question.to_owned(),
        region: asked::stated(query.region.as_ref()).unwrap_or_default().to_owned(),
        as_of: day.unwrap_or_default().to_owned(),
        after: after.unwrap_or_default().to_owned(),
        no: asked::stated(query.no.as_ref()).unwrap_or_default().to_owned(),
    };
    Ok(AnswerView::new(answer, &again))
}

fn status_of(answer: Option<&AnswerView>) -> StatusCode {
    match answer.map(|view| view.answer.status) {
        Some(Status::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::OK,
    }
}
