//! `/`: the page that takes questions.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::api;
use super::super::asked::{self, Asked};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::answer_view::{AnswerView, Leads};
use super::chrome::{Choice, Chrome, Here, page};
use super::link::link;
use super::prose::Piece;
use crate::contract::Status;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct AskQuery {
    q: Option<String>,
    region: Option<String>,
    as_of: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage {
    chrome: Chrome,
    question: String,
    as_of: String,
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
            let answer = if question.is_empty() {
                None
            } else {
                let generation = library.generation();
                let enquiry = asked::enquiry(generation, &question, query.region.as_ref(), as_of, None)?;
                Some(AnswerView::new(api::answer(library, &enquiry, &crate::query::Setting::default(), None).0, region, day))
            };
            let status = status_of(answer.as_ref());
            let examples = catalogue
                .examples()
                .iter()
                .map(|example| Leads { text: example.clone(), url: link("/", &[("q", example), ("region", region)]) });
            let template = AskPage {
                chrome: Chrome::new(Here::Ask),
                as_of: day.to_owned(),
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

fn status_of(answer: Option<&AnswerView>) -> StatusCode {
    match answer.map(|view| view.answer.status) {
        Some(Status::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::OK,
    }
}
