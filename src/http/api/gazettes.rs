//! `GET /api/v1/gazettes…`: the gazettes, their issues and the documents in them.

use axum::Json;
use axum::extract::{Path, State};

use super::super::asked;
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use crate::consultation::document_summary;
use crate::contract::{GazetteContentsJson, GazetteIssueJson, GazetteJson, GazetteListJson};
use crate::policy::GazetteIssue;

/// Lists the gazettes with their issues.
#[utoipa::path(
    get,
    path = "/api/v1/gazettes",
    tag = "documents",
    summary = "政府公报：刊名、年份、期号",
    responses((status = 200, description = "公报", body = GazetteListJson))
)]
pub(super) async fn list(State(reception): State<Reception>) -> Result<Json<GazetteListJson>, Problem> {
    let shared = reception.clone();
    let gazettes = reception
        .work(move |_| {
            let catalogue = shared.catalogue();
            let mut gazettes: Vec<GazetteJson> = Vec::new();
            for (issue, documents) in catalogue.gazettes().issues() {
                if gazettes.last().is_none_or(|gazette| gazette.name != issue.name) {
                    gazettes.push(GazetteJson { name: issue.name.clone(), issues: Vec::new() });
                }
                let url = format!("/api/v1/gazettes/{}/{}/{}", issue.name, issue.year, issue.number);
                let (year, number, count) = (issue.year, issue.number, documents.len());
                if let Some(gazette) = gazettes.last_mut() {
                    gazette.issues.push(GazetteIssueJson { year, number, count, url });
                }
            }
            Ok(gazettes)
        })
        .await?;
    Ok(Json(GazetteListJson { gazettes }))
}

/// Gives the documents of an issue, in order.
#[utoipa::path(
    get,
    path = "/api/v1/gazettes/{name}/{year}/{number}",
    tag = "documents",
    summary = "一期公报的文件，按期内顺序",
    params(
        ("name" = String, Path, description = "刊名"),
        ("year" = i16, Path, description = "年份"),
        ("number" = u16, Path, description = "期号"),
    ),
    responses(
        (status = 200, description = "本期文件", body = GazetteContentsJson),
        (status = 404, description = "没有这一期", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn issue(
    State(reception): State<Reception>,
    Path((name, year, number)): Path<(String, String, String)>,
) -> Result<Json<GazetteContentsJson>, Problem> {
    let as_of = asked::as_of(None)?;
    let absent = || Problem::not_found("库中没有这一期公报的文件；已收录的公报见 /api/v1/gazettes。");
    let year = year.parse().map_err(|_| absent())?;
    let number = number.parse().map_err(|_| absent())?;
    let wanted = GazetteIssue { name, year, number };
    let shared = reception.clone();
    let contents = reception
        .work(move |library| {
            let generation = library.generation();
            let catalogue = shared.catalogue();
            let serials = catalogue.gazettes().documents(&wanted).ok_or_else(absent)?;
            let heads = serials.iter().filter_map(|serial| generation.head(*serial));
            let documents = heads.map(|head| document_summary(head, as_of)).collect();
            Ok(GazetteContentsJson { name: wanted.name, year, number, documents })
        })
        .await?;
    Ok(Json(contents))
}
