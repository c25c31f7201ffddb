//! `GET /api/v1/documents…`: the library as it is.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::asked::{self, Asked, FilterQuery, shown};
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use crate::consultation::document_json;
use crate::contract::{DocumentJson, DocumentListJson};
use crate::index::{Generation, Head};
use crate::policy::DocumentId;

/// Documents a page unless asked otherwise.
const PER_PAGE: usize = 20;
/// Most documents a page.
const MOST_PER_PAGE: usize = 100;

/// How the list is cut into pages.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Documents a page, 1 to 100; 20 when left out.
    per_page: Option<String>,
    /// Order: `newest`, `oldest`, `title`, `number`; newest when left out.
    sort: Option<String>,
    #[serde(flatten)]
    #[param(ignore)]
    filter: FilterQuery,
}

/// For which day validity is told.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DayQuery {
    /// The day (`YYYY-MM-DD`); today when left out.
    as_of: Option<String>,
}

/// The document with this id.
pub(crate) fn find<'g>(generation: &'g Generation, id: &str) -> Result<&'g Head, Problem> {
    let known = DocumentId::parse(id).ok().and_then(|id| generation.by_any_id(&id));
    known.ok_or_else(|| {
        Problem::not_found(format!("库中没有标识为“{}”的文件；它可能已被移除，请在 /documents 中查找。", shown(id)))
    })
}

/// Lists the documents: filtered, sorted, by pages, with counts by property.
#[utoipa::path(
    get,
    path = "/api/v1/documents",
    tag = "documents",
    summary = "文件列表：筛选、排序、分页，各项计数",
    params(ListQuery, FilterQuery),
    responses(
        (status = 200, description = "一页文件", body = DocumentListJson),
        (status = 422, description = "参数不合规", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(reception): State<Reception>,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<DocumentListJson>, Problem> {
    let page = asked::page(query.filter.page.as_ref())?;
    let per_page = asked::count("per_page", query.per_page.as_ref(), PER_PAGE, MOST_PER_PAGE)?;
    let order = asked::order(query.sort.as_ref())?;
    let list = reception
        .work(move |library| {
            let (filter, as_of) = query.filter.parse(library.generation())?;
            Ok(library.list(&filter, order, as_of, page, per_page))
        })
        .await?;
    Ok(Json(list))
}

/// Gives a document's metadata, relations, versions and clauses.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}",
    tag = "documents",
    summary = "一份文件：版头、关系、版本、条款",
    params(("id" = String, Path, description = "文件标识"), DayQuery),
    responses(
        (status = 200, description = "文件", body = DocumentJson),
        (status = 404, description = "没有这份文件", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn one(
    State(reception): State<Reception>,
    Path(id): Path<String>,
    Asked(query): Asked<DayQuery>,
) -> Result<Json<DocumentJson>, Problem> {
    let as_of = asked::as_of(query.as_of.as_ref())?;
    let document = reception
        .work(move |library| {
            let generation = library.generation();
            let head = find(generation, &id)?;
            let document = generation.document(head.serial)?;
            Ok(document_json(generation, head, &document, as_of))
        })
        .await?;
    Ok(Json(document))
}

/// Gives a document's canonical text, in which all offsets count. The entity tag is its SHA-256.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}/text",
    tag = "documents",
    summary = "规范文本，一切偏移量按它计；ETag 是它的 SHA-256",
    params(("id" = String, Path, description = "文件标识")),
    responses(
        (status = 200, description = "规范文本", body = String, content_type = "text/plain; charset=utf-8"),
        (status = 304, description = "文本没有变化"),
        (status = 404, description = "没有这份文件", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn text(
    State(reception): State<Reception>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let document = reception
        .work(move |library| {
            let generation = library.generation();
            Ok(generation.document(find(generation, &id)?.serial)?)
        })
        .await?;
    let etag = format!("\"{}\"", document.text_sha256());
    let kept = [(ETAG, etag.as_str()), (CACHE_CONTROL, "no-cache")];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    Ok((kept, [(CONTENT_TYPE, "text/plain; charset=utf-8")], document.text().to_owned()).into_response())
}
