//! `/`: the page that takes questions.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::super::asked::Asked;
use super::super::clock;
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::again::GIVEN;
use super::answer_view::{AnswerView, Leads};
use super::answering::{Posed, status};
use super::chrome::{Choice, Chrome, Here, page};
use super::link::link;
use super::prose::Piece;
use crate::contract::Status;

/// The page.
#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage {
    chrome: Chrome,
    question: String,
    as_of: String,
    today: String,
    after: String,
    places: Vec<Choice>,
    /// What can be asked; shown before anything was, and where nothing was found.
    examples: Vec<Leads>,
    offers: bool,
    documents: usize,
    answer: Option<AnswerView>,
}

/// Shows the form, and the answer when there is a question.
pub(super) async fn ask(State(reception): State<Reception>, Asked(posed): Asked<Posed>) -> Result<Response, Problem> {
    let day = posed.day()?;
    let question = posed.question()?;
    let shared = reception.clone();
    let template = reception
        .work(move |library| {
            let catalogue = shared.catalogue();
            let region = posed.region();
            let answer = match question.is_empty() {
                true => None,
                false => Some(posed.answer(library, &catalogue, &question, day)?),
            };
            let not_found = |view: &AnswerView| view.answer.status == Status::NotFound;
            let examples = catalogue.examples().iter();
            let examples = examples
                .map(|one| Leads { text: one.clone(), url: link("/", &[("q", one), ("region", region)]) + GIVEN });
            Ok(AskPage {
                chrome: Chrome::new(Here::Ask),
                as_of: posed.as_of().to_owned(),
                today: clock::today().to_string(),
                after: answer
                    .as_ref()
                    .filter(|view| !view.emergency())
                    .map(|view| view.after.clone())
                    .unwrap_or_default(),
                places: Choice::places(catalogue.places(), Some(region)),
                examples: examples.collect(),
                offers: answer.as_ref().is_none_or(not_found),
                documents: catalogue.documents(),
                question,
                answer,
            })
        })
        .await?;
    Ok(page(status(template.answer.as_ref()), &template))
}
