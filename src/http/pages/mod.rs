//! The pages (网页) for people: the same answers and documents as the interface gives, readable without scripts.

mod answer_view;
mod ask;
mod chrome;
mod docs;
mod labels;
mod library;
mod link;
mod outline_view;
mod prose;
mod reader;
mod search;
mod trouble;

use axum::Router;
use axum::routing::get;

use super::reception::Reception;

pub(super) use trouble::problem_page;

/// The routes of the pages.
pub(super) fn routes() -> Router<Reception> {
    Router::new()
        .route("/", get(ask::ask))
        .route("/search", get(search::search))
        .route("/documents", get(library::library))
        .route("/documents/{id}", get(reader::reader))
        .route("/docs", get(docs::docs))
}
