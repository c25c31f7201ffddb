//! `/widget`: the same questions and answers as on `/`, in a narrow frame on the page of another site.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::asked::{self, Asked};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::super::theme::Colour;
use super::chrome::{Choice, Chrome, Here, page};

/// Questions offered: a small window shows them without scrolling.
const EXAMPLES: usize = 3;

/// What the site says about its widget. What it says wrong is left out: its visitors cannot mend it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct WidgetQuery {
    region: Option<String>,
    color: Option<String>,
}

/// The page in the frame.
#[derive(Template)]
#[template(path = "widget.html")]
struct WidgetPage {
    chrome: Chrome,
    theme: Option<String>,
    hosts: String,
    places: Vec<Choice>,
    examples: Vec<String>,
}

/// The page that shows operators how to embed it.
#[derive(Template)]
#[template(path = "embedding.html")]
struct EmbeddingPage {
    chrome: Chrome,
    hosts: String,
    region: String,
}

/// Shows the page in the frame.
pub(super) async fn widget(
    State(reception): State<Reception>,
    Asked(query): Asked<WidgetQuery>,
) -> Result<Response, Problem> {
    let shared = reception.clone();
    let catalogue = reception.work(move |_| Ok(shared.catalogue())).await?;
    let colour = asked::stated(query.color.as_ref()).and_then(Colour::parse);
    let template = WidgetPage {
        chrome: Chrome::new(Here::Elsewhere),
        theme: colour.map(|colour| colour.to_string().trim_start_matches('#').to_owned()),
        hosts: reception.embed().to_string(),
        places: Choice::places(catalogue.places(), asked::stated(query.region.as_ref())),
        examples: catalogue.examples().iter().take(EXAMPLES).cloned().collect(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// Shows operators the tag, what it may say, and the widget itself.
pub(super) async fn embedding(State(reception): State<Reception>) -> Result<Response, Problem> {
    let shared = reception.clone();
    let catalogue = reception.work(move |_| Ok(shared.catalogue())).await?;
    let template = EmbeddingPage {
        chrome: Chrome::new(Here::Docs),
        hosts: reception.embed().to_string(),
        region: catalogue.places().last().map(|place| place.code.clone()).unwrap_or_default(),
    };
    Ok(page(StatusCode::OK, &template))
}
