//! The pages (网页) for people: the same answers and documents as the interface gives, readable without scripts.

mod admin;
mod answer_view;
mod ask;
mod chips;
mod chrome;
mod docs;
mod duties;
mod family;
mod find;
mod gazette;
mod labels;
mod library;
mod link;
mod moments;
mod outline_view;
mod picks;
mod prose;
mod reader;
mod search;
mod trouble;
mod versions;

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
        .route("/documents/{id}/compare", get(versions::compare))
        .route("/documents/{id}/duties.csv", get(duties::csv))
        .route("/gazette", get(gazette::gazette))
        .route("/admin/library", get(admin::admin))
        .route("/admin/library.csv", get(admin::csv))
        .route("/admin/library.json", get(admin::json))
        .route("/docs", get(docs::docs))
}
