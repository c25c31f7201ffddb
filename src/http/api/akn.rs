//! `GET /api/v1/documents/{id}/akn`: a document as Akoma Ntoso.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use super::documents::find;
use crate::export::{ExportError, akoma_ntoso};

/// Gives a document in the vocabulary of Akoma Ntoso, each clause under its id.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}/akn",
    tag = "documents",
    summary = "Akoma Ntoso 样式的 XML，eId 即条款标识",
    params(("id" = String, Path, description = "文件标识")),
    responses(
        (status = 200, description = "XML", body = String, content_type = "application/akn+xml"),
        (status = 404, description = "没有这份文件", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn akn(State(reception): State<Reception>, Path(id): Path<String>) -> Result<Response, Problem> {
    let xml = reception
        .work(move |library| {
            let generation = library.generation();
            akoma_ntoso(generation, find(generation, &id)?).map_err(|error| match error {
                ExportError::Index(error) => error.into(),
                _ => Problem::internal(),
            })
        })
        .await?;
    Ok(([(CONTENT_TYPE, "application/akn+xml; charset=utf-8"), (CACHE_CONTROL, "no-cache")], xml).into_response())
}
