//! `POST /api/v1/tickets`: an open question handed to the responsible department.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::door::Client;
use super::super::posted::Posted;
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use super::super::{asked, clock, handing};
use super::feedback::{asked_words, optional, words};
use crate::casework::Ticket;

/// The longest names of departments have some 30 characters.
const DEPARTMENT_CHARS: usize = 60;
/// `page`, `widget`, `agent`, or the name of a program.
const FROM_CHARS: usize = 40;

/// An open question. Nothing about the sender is kept; personal numbers in the question are masked first.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub(crate) struct TicketRequest {
    /// The question, 1 to 300 characters.
    #[schema(min_length = 1, max_length = 300)]
    pub(crate) question: String,
    /// Region: a division code or a name.
    pub(crate) region: Option<String>,
    /// The day for which it was asked (`YYYY-MM-DD`).
    pub(crate) as_of: Option<String>,
    /// The department that shall get it; one the directory knows, else the responsible one is found.
    pub(crate) department: Option<String>,
    /// Where it was handed on: `page`, `widget`, `agent`, or the name of a program.
    pub(crate) from: Option<String>,
}

/// A question that was handed on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TicketJson {
    /// The code by which it is asked after.
    pub(crate) code: String,
    /// The department that gets it.
    pub(crate) department: String,
    /// The page that tells what became of it.
    pub(crate) url: String,
}

/// Hands a question on.
#[utoipa::path(
    post,
    path = "/api/v1/tickets",
    tag = "casework",
    summary = "把没有解决的问题转给负责的部门",
    request_body = TicketRequest,
    responses(
        (status = 201, description = "已写入磁盘；凭 code 查询", body = TicketJson),
        (status = 422, description = "字段不合规", body = ProblemJson, content_type = "application/problem+json"),
        (status = 429, description = "提交得太频繁", body = ProblemJson, content_type = "application/problem+json"),
        (status = 503, description = "没有保存", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn tickets(
    State(reception): State<Reception>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    Posted(request): Posted<TicketRequest>,
) -> Result<(StatusCode, Json<TicketJson>), Problem> {
    let kept = keep_ticket(&reception, client.map(|client| client.0), &headers, request).await?;
    Ok((StatusCode::CREATED, Json(kept)))
}

/// Checks a question, finds who gets it and keeps it, whichever way it came.
pub(crate) async fn keep_ticket(
    reception: &Reception,
    client: Option<Client>,
    headers: &HeaderMap,
    request: TicketRequest,
) -> Result<TicketJson, Problem> {
    let question = asked_words(&request.question)?;
    let as_of = asked::as_of(request.as_of.as_ref())?;
    let named = optional("department", request.department.as_ref(), DEPARTMENT_CHARS)?;
    let from = optional("from", request.from.as_ref(), FROM_CHARS)?;
    reception.admit_writing(client, headers)?;
    let asks = question.as_str().to_owned();
    let (region, department) = reception
        .work(move |library| {
            let region = asked::region(library.generation(), request.region.as_ref())?;
            let named = named.as_ref().map(|name| name.as_str());
            let department = handing::department(library, &asks, region.as_ref(), as_of, named)?;
            Ok((region, department))
        })
        .await?;
    let ticket = Ticket {
        question,
        region: region.map(|code| words("region", code.as_str(), FROM_CHARS)).transpose()?,
        as_of: Some(words("as_of", &as_of.to_string(), FROM_CHARS)?),
        department: words("department", &department, usize::MAX)?,
        from,
    };
    let at = clock::now();
    let receipt = reception.keep(move |ledger| ledger.keep_ticket(&ticket, at)).await?.map_err(Problem::not_kept)?;
    let code = receipt.code.to_string();
    Ok(TicketJson { url: format!("/tickets/{code}"), department: receipt.department, code })
}
