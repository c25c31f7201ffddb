//! `/healthz`, `/readyz`, `/metrics`: is it alive, can it answer, how is it doing?

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::measures;
use super::super::problem::Problem;
use super::super::reception::Reception;

/// State of the service.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HealthJson {
    /// `ok` or `stopping`.
    status: &'static str,
    /// Number of the generation of the index that answers.
    generation: u64,
    /// Public documents in it.
    documents: usize,
}

/// Tells that the process is alive. Touches nothing that could be busy.
#[utoipa::path(get, path = "/healthz", tag = "operation", summary = "进程是否存活", responses((status = 200, description = "存活", body = String, content_type = "text/plain")))]
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// Tells whether questions can be answered.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "operation",
    summary = "能否回答问题",
    responses(
        (status = 200, description = "索引已打开", body = HealthJson),
        (status = 503, description = "正在停止", body = HealthJson),
    )
)]
pub(super) async fn ready(State(reception): State<Reception>) -> Response {
    let library = reception.desk().library();
    let generation = library.generation();
    let (code, status) =
        if reception.is_draining() { (StatusCode::SERVICE_UNAVAILABLE, "stopping") } else { (StatusCode::OK, "ok") };
    let health = HealthJson { status, generation: generation.number(), documents: generation.heads().len() };
    (code, Json(health)).into_response()
}

/// Gives the measures for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "operation", summary = "运行指标", responses((status = 200, description = "Prometheus 文本格式", body = String, content_type = "text/plain; version=0.0.4")))]
pub(super) async fn metrics() -> Result<Response, Problem> {
    let rendered = measures::rendered().ok_or_else(|| Problem::not_found("指标记录器没有启用；请查看启动日志。"))?;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], rendered).into_response())
}
