//! The interface (接口) for programs: requests and responses as promised in `contract`.

mod akn;
mod consult;
mod copies;
mod describe;
mod documents;
mod feedback;
mod feeds;
mod gazettes;
mod health;
mod matching;
mod original;
mod search;
mod suggest;
mod tickets;
mod verify;

use axum::Router;
use axum::routing::{get, post};

use super::reception::Reception;

pub(super) use consult::{answer, before};
pub(super) use copies::differing;
pub(super) use describe::description;
pub(super) use documents::find;
pub(super) use feedback::{FeedbackRequest, keep_feedback};
pub(super) use original::kept_original;
pub(super) use tickets::{TicketRequest, keep_ticket};

/// The routes of the interface.
pub(super) fn routes() -> Router<Reception> {
    Router::new()
        .route("/api/v1/consult", post(consult::consult))
        .route("/api/v1/search", get(search::search))
        .route("/api/v1/suggest", get(suggest::suggest))
        .route("/api/v1/documents", get(documents::list))
        .route("/api/v1/documents/{id}", get(documents::one))
        .route("/api/v1/documents/{id}/text", get(documents::text))
        .route("/api/v1/documents/{id}/copies", get(copies::copies))
        .route("/api/v1/documents/{id}/original", get(original::original))
        .route("/api/v1/documents/{id}/akn", get(akn::akn))
        .route("/feeds/news.atom", get(feeds::news_atom))
        .route("/feeds/news.json", get(feeds::news_json))
        .route("/api/v1/gazettes", get(gazettes::list))
        .route("/api/v1/gazettes/{name}/{year}/{number}", get(gazettes::issue))
        .route("/api/v1/match", post(matching::matching))
        .route("/api/v1/match/facts", get(matching::facts))
        .route("/api/v1/match/verify", post(verify::verify_match))
        .route("/api/v1/verify", post(verify::verify))
        .route("/api/v1/feedback", post(feedback::feedback))
        .route("/api/v1/tickets", post(tickets::tickets))
        .route("/api/v1/openapi.json", get(describe::openapi))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
}
