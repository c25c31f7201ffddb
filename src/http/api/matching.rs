//! `POST /api/v1/match`: one profile, a verdict for every programme. Profiles are neither stored nor logged.

use std::time::Instant;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::super::clock;
use super::super::posted::Posted;
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use crate::consultation::MatchError;
use crate::contract::{FactDefinitionJson, MatchJson};

/// A profile to match.
#[derive(Deserialize, ToSchema)]
pub(super) struct MatchRequest {
    /// `{"subject": "企业", "as_of"?: "2026-11-21", "facts"?: {…}, "unknown"?: […], "text"?: "青禾县 食品加工 35人"}`; keys
    /// of `facts` may be ids, names or synonyms (see `GET /api/v1/match/facts`).
    #[schema(value_type = Object)]
    profile: Value,
}

/// Says for every programme whether this person or enterprise is eligible, what is missing, and where it says so.
#[utoipa::path(
    post,
    path = "/api/v1/match",
    tag = "match",
    summary = "匹配：能享受哪些事项，差什么，依据哪一条；不保存画像",
    request_body = MatchRequest,
    responses(
        (status = 200, description = "逐项结论、条件、依据和下一问", body = MatchJson),
        (status = 400, description = "请求体不是 JSON", body = ProblemJson, content_type = "application/problem+json"),
        (status = 413, description = "请求体过大", body = ProblemJson, content_type = "application/problem+json"),
        (status = 422, description = "画像有误", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn matching(
    State(reception): State<Reception>,
    Posted(request): Posted<MatchRequest>,
) -> Result<Json<MatchJson>, Problem> {
    let began = Instant::now();
    let today = clock::today();
    let matched = reception
        .work(move |library| {
            library.match_profile(&request.profile, today).map_err(|error| match error {
                MatchError::Profile(wrong) => Problem::invalid(wrong.to_string()),
                MatchError::Index(damaged) => Problem::from(damaged),
            })
        })
        .await?;
    let took_ms = (began.elapsed().as_secs_f64() * 1e5).round() / 100.0;
    Ok(Json(MatchJson { took_ms, ..matched }))
}

/// Gives the facts a profile can tell, with their questions and choices.
#[utoipa::path(
    get,
    path = "/api/v1/match/facts",
    tag = "match",
    summary = "事实词表：画像可以写哪些事实",
    responses((status = 200, description = "事实，按词表顺序", body = Vec<FactDefinitionJson>))
)]
pub(super) async fn facts(State(reception): State<Reception>) -> Result<Json<Vec<FactDefinitionJson>>, Problem> {
    Ok(Json(reception.work(|library| Ok(library.fact_definitions())).await?))
}
