//! `GET /api/v1/search`: ranked clauses grouped by document.

use std::time::Instant;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::asked::{self, Asked, FilterQuery};
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use crate::consultation::{self, SearchRequest};
use crate::contract::SearchJson;
use crate::query::Enquiry;

/// What is searched.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// The words, 1 to 300 characters.
    #[param(required = true)]
    q: Option<String>,
    /// Whether each score shall tell its story: `true` or `1`.
    explain: Option<String>,
    /// Order: `relevance`, `newest`, `oldest`; by relevance when left out.
    sort: Option<String>,
    #[serde(flatten)]
    #[param(ignore)]
    filter: FilterQuery,
}

/// Searches the clauses of all documents.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "search",
    summary = "检索：按文件归组的条款",
    params(SearchQuery, FilterQuery),
    responses(
        (status = 200, description = "按文件归组的条款，附分面统计", body = SearchJson),
        (status = 422, description = "参数不合规", body = ProblemJson, content_type = "application/problem+json"),
        (status = 503, description = "处理能力已满，或政策库不能读取", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn search(
    State(reception): State<Reception>,
    Asked(query): Asked<SearchQuery>,
) -> Result<Json<SearchJson>, Problem> {
    let words = asked::question("q", query.q.as_deref().unwrap_or_default())?.to_owned();
    let page = asked::page(query.filter.page.as_ref())?;
    let explain = asked::stated(query.explain.as_ref()).is_some_and(|value| matches!(value, "true" | "1"));
    let order = asked::search_order(query.sort.as_ref())?;
    let found = reception
        .work(move |library| {
            let began = Instant::now();
            let (filter, as_of) = query.filter.parse(library.generation())?;
            let enquiry = Enquiry { question: words, region: filter.region.clone(), as_of, audience: None };
            let request = SearchRequest { enquiry, filter, order, page, explain };
            let mut found = consultation::search(library, &request)?;
            found.took_ms = (began.elapsed().as_secs_f64() * 1e5).round() / 100.0;
            Ok(found)
        })
        .await?;
    Ok(Json(found))
}
