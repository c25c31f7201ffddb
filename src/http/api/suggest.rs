//! `GET /api/v1/suggest`: completions while typing.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::asked::{self, Asked};
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;

/// What was typed so far.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestQuery {
    /// Hanzi, pinyin or initials.
    #[param(required = true)]
    q: Option<String>,
}

/// Completions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SuggestionsJson {
    /// Questions the library can answer, and titles of documents.
    suggestions: Vec<String>,
}

/// Completes what was typed to a question or a title.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    tag = "search",
    summary = "输入提示：汉字、拼音、首字母",
    params(SuggestQuery),
    responses(
        (status = 200, description = "提示，最合适的在前", body = SuggestionsJson),
        (status = 422, description = "文字过长", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn suggest(
    State(reception): State<Reception>,
    Asked(query): Asked<SuggestQuery>,
) -> Result<Json<SuggestionsJson>, Problem> {
    let Some(typed) = asked::stated(query.q.as_ref()) else {
        return Ok(Json(SuggestionsJson { suggestions: Vec::new() }));
    };
    let typed = asked::question("q", typed)?.to_owned();
    let shared = reception.clone();
    let suggestions = reception.work(move |_| Ok(shared.catalogue().complete(&typed))).await?;
    Ok(Json(SuggestionsJson { suggestions }))
}
