//! The pages (网页) for people: the same answers and documents as the interface gives, readable without scripts.

mod admin;
mod again;
mod agent;
mod answer_view;
mod answering;
mod ask;
mod casework;
mod chips;
mod chrome;
mod copying;
mod docs;
mod duties;
mod family;
mod find;
mod gazette;
mod labels;
mod library;
mod link;
mod matching;
mod moments;
mod next_steps;
mod outline_view;
mod picks;
mod prose;
mod quotes;
mod reader;
mod search;
mod trouble;
mod versions;
mod widget;

use axum::Router;
use axum::routing::{get, post};

use super::reception::Reception;

pub(super) use trouble::problem_page;

/// The routes of the pages.
pub(super) fn routes() -> Router<Reception> {
    Router::new()
        .route("/", get(ask::ask))
        .route("/answer", post(answering::fragment))
        .route("/match", get(matching::start).post(matching::matched))
        .route("/match/file", post(matching::file))
        .route("/search", get(search::search))
        .route("/documents", get(library::library))
        .route("/documents/{id}", get(reader::reader))
        .route("/documents/{id}/compare", get(versions::compare))
        .route("/documents/{id}/duties.csv", get(duties::csv))
        .route("/gazette", get(gazette::gazette))
        .route(agent::PATH, get(agent::agent))
        .route("/agent/answer", post(agent::answer))
        .route("/admin/library", get(admin::admin))
        .route("/admin/library.csv", get(admin::csv))
        .route("/admin/library.json", get(admin::json))
        .route("/feedback", post(casework::feedback))
        .route("/tickets", get(casework::tickets).post(casework::hand_on))
        .route("/tickets/{code}", get(casework::ticket))
        .route("/widget", get(widget::widget))
        .route("/docs", get(docs::docs))
        .route("/docs/widget", get(widget::embedding))
}
