//! Answering for people (作答): a question with its parameters, as a form or an address sends them, and the view of its
//! answer. The whole page and the fragment that scripts fetch are made of the same view.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::api;
use super::super::asked;
use super::super::catalogue::Catalogue;
use super::super::posted::PostedForm;
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::again::Again;
use super::answer_view::AnswerView;
use super::chrome::page;
use super::prose::Piece;
use crate::consultation::Library;
use crate::contract::Status;
use crate::query::Setting;

/// Answers that one page can show under one another; it numbers them from 1 to keep their anchors apart.
const MOST_TURNS: usize = 9_999;

/// A question with its parameters.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Posed {
    /// The question; a form in an address calls it `q`.
    #[serde(alias = "q")]
    question: Option<String>,
    region: Option<String>,
    as_of: Option<String>,
    after: Option<String>,
    no: Option<String>,
    audience: Option<String>,
    /// Which answer of the page this is; none on a page of its own.
    turn: Option<String>,
    /// Where it is asked: `widget`, or the page.
    from: Option<String>,
}

/// The answer without a page around it.
#[derive(Template)]
#[template(path = "answer.html")]
struct Fragment<'v> {
    view: &'v AnswerView,
}

/// `POST /answer`: the answer as a piece of a page, for scripts that put it in place.
pub(super) async fn fragment(
    State(reception): State<Reception>,
    PostedForm(posed): PostedForm<Posed>,
) -> Result<Response, Problem> {
    let as_of = posed.day()?;
    let question = posed.question()?;
    let question = asked::question("问题", &question).map(str::to_owned)?;
    let shared = reception.clone();
    let view = reception.work(move |library| posed.answer(library, &shared.catalogue(), &question, as_of)).await?;
    Ok(page(status(Some(&view)), &Fragment { view: &view }))
}

/// The HTTP status of an answer, or of a page without one.
pub(super) fn status(view: Option<&AnswerView>) -> StatusCode {
    match view.map(|view| view.answer.status) {
        Some(Status::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::OK,
    }
}

impl Posed {
    /// The question; empty when there is none.
    pub(super) fn question(&self) -> Result<String, Problem> {
        match asked::stated(self.question.as_ref()) {
            Some(text) => Ok(asked::question("问题", text)?.to_owned()),
            None => Ok(String::new()),
        }
    }

    /// The day for which the answer shall hold.
    pub(super) fn day(&self) -> Result<Date, Problem> {
        asked::as_of(self.as_of.as_ref())
    }

    /// The region as it was sent.
    pub(super) fn region(&self) -> &str {
        asked::stated(self.region.as_ref()).unwrap_or_default()
    }

    /// The day as it was sent.
    pub(super) fn as_of(&self) -> &str {
        asked::stated(self.as_of.as_ref()).unwrap_or_default()
    }

    /// The answer to the question, after the one before, with what was taken back.
    pub(super) fn answer(
        &self,
        library: &Library,
        catalogue: &Catalogue,
        question: &str,
        as_of: Date,
    ) -> Result<AnswerView, Problem> {
        let audience = asked::audience(self.audience.as_ref())?;
        let enquiry = asked::enquiry(library.generation(), question, self.region.as_ref(), as_of, audience)?;
        let after = asked::stated(self.after.as_ref()).map(|text| asked::question("after", text)).transpose()?;
        let without = asked::without(self.no.as_ref())?;
        let named = asked::stated(self.as_of.as_ref()).map(|_| as_of);
        let context = api::before(library, after, &enquiry, named);
        let setting = Setting { context, without, day_open: named.is_none() };
        let (answer, _) = api::answer(library, &enquiry, &setting, named);
        let turn = asked::count("turn", self.turn.as_ref(), 0, MOST_TURNS)?;
        let again = Again {
            question: question.to_owned(),
            region: self.region().to_owned(),
            as_of: self.as_of().to_owned(),
            after: after.unwrap_or_default().to_owned(),
            no: asked::stated(self.no.as_ref()).unwrap_or_default().to_owned(),
            in_widget: asked::stated(self.from.as_ref()) == Some("widget"),
        };
        Ok(AnswerView::new(library.generation(), catalogue.places(), answer, &again, turn))
    }
}
