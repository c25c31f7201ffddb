//! `GET /api/v1/openapi.json`: the description of the interface.

use std::sync::LazyLock;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use utoipa::OpenApi;

use super::super::problem::ProblemJson;
use super::{
    akn, consult, copies, documents, feedback, feeds, gazettes, health, matching, original, search, suggest, tickets,
    verify,
};

/// All operations and shapes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "政答 zhengda",
        description = "政策解读智能问答搜索引擎：用文件原文回答，没有依据就说明。",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        consult::consult,
        verify::verify,
        matching::matching,
        matching::facts,
        verify::verify_match,
        search::search,
        suggest::suggest,
        documents::list,
        documents::one,
        documents::text,
        akn::akn,
        copies::copies,
        original::original,
        gazettes::list,
        gazettes::issue,
        feeds::news_atom,
        feeds::news_json,
        feedback::feedback,
        tickets::tickets,
        health::alive,
        health::ready,
        health::metrics,
        openapi,
    ),
    components(schemas(ProblemJson)),
    tags(
        (name = "consult", description = "提问与核验"),
        (name = "match", description = "惠企惠民事项匹配"),
        (name = "search", description = "检索"),
        (name = "documents", description = "文件库"),
        (name = "feeds", description = "订阅"),
        (name = "casework", description = "评价与转办"),
        (name = "operation", description = "运行"),
    )
)]
struct Description;

static RENDERED: LazyLock<String> = LazyLock::new(|| Description::openapi().to_json().unwrap_or_default());

/// The description as JSON.
pub(crate) fn description() -> &'static str {
    &RENDERED
}

/// Gives this description.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "operation", summary = "本接口的描述", responses((status = 200, description = "OpenAPI 3.1", body = Object)))]
pub(super) async fn openapi() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], description())
}
