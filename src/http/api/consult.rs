//! `POST /api/v1/consult`: one question, one answer.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::asked;
use super::super::measures;
use super::super::posted::Posted;
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use crate::consultation::{Library, context_after, render};
use crate::contract::{AnswerJson, Status, UnderstoodJson};
use crate::query::{Context, Enquiry, Setting, mask_personal_numbers};

/// What is said when the library cannot be read.
const UNAVAILABLE: &str = "政策库暂时不能读取，没有作出回答；请稍后再试，急事请拨打12345。";

/// A question.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub(crate) struct ConsultRequest {
    /// The question, 1 to 300 characters.
    #[schema(min_length = 1, max_length = 300, examples("80岁以上老人津贴怎么申请"))]
    question: String,
    /// Region: a division code or a name.
    region: Option<String>,
    /// The day for which the answer shall hold (`YYYY-MM-DD`); today when left out.
    as_of: Option<String>,
    /// Who asks: 个人, 企业 or 部门.
    audience: Option<String>,
    /// The client's own name for the conversation, at most 128 characters; with it follow-up questions (那谁负责的) are
    /// understood. Kept in memory for half an hour of silence.
    #[schema(max_length = 128)]
    session: Option<String>,
    /// The question before, for clients that keep no session: `understood.standalone` of its answer, else `question`.
    #[schema(max_length = 300)]
    after: Option<String>,
    /// What to take back of an understanding, separated by commas: `matter`, `region`, `as_of`, `documents`, `clause`,
    /// `answer_type`, or an expansion such as `低保>最低生活保障`.
    no: Option<String>,
}

/// Answers a question with quotes of the documents, or says why it does not.
#[utoipa::path(
    post,
    path = "/api/v1/consult",
    tag = "consult",
    summary = "提问：用文件原文回答，没有依据就说明",
    request_body = ConsultRequest,
    responses(
        (status = 200, description = "答案；status 说明结果", body = AnswerJson),
        (status = 400, description = "请求体不是 JSON", body = ProblemJson, content_type = "application/problem+json"),
        (status = 413, description = "请求体过大", body = ProblemJson, content_type = "application/problem+json"),
        (status = 422, description = "字段不合规", body = ProblemJson, content_type = "application/problem+json"),
        (status = 503, description = "政策库不能读取（status 为 unavailable），或处理能力已满（problem 文档）", body = AnswerJson),
    )
)]
pub(super) async fn consult(
    State(reception): State<Reception>,
    Posted(request): Posted<ConsultRequest>,
) -> Result<Response, Problem> {
    let as_of = asked::as_of(request.as_of.as_ref())?;
    let audience = asked::audience(request.audience.as_ref())?;
    let question = asked::question("question", &request.question)?.to_owned();
    let session = asked::session(request.session.as_ref())?.map(str::to_owned);
    let without = asked::without(request.no.as_ref())?;
    let after = asked::stated(request.after.as_ref()).map(|text| asked::question("after", text)).transpose()?;
    let after = after.map(str::to_owned);
    let shared = reception.clone();
    let answer = reception
        .work(move |library| {
            let enquiry = asked::enquiry(library.generation(), &question, request.region.as_ref(), as_of, audience)?;
            let day = asked::stated(request.as_of.as_ref()).map(|_| as_of);
            let recalled = session.as_ref().and_then(|name| shared.sessions().recall(name, Instant::now()));
            let context = recalled.or_else(|| before(library, after.as_deref(), &enquiry, day));
            let setting = Setting { context, without, day_open: day.is_none() };
            let (answer, left) = answer(library, &enquiry, &setting, day);
            if let (Some(name), Some(left)) = (&session, left) {
                shared.sessions().remember(name, left, Instant::now());
            }
            Ok(answer)
        })
        .await?;
    let status = if answer.status == Status::Unavailable { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    Ok((status, Json(answer)).into_response())
}

/// The answer to a question, and what it leaves behind for the next one; a library that cannot be read gives an answer
/// too, which says so. `day` is the one the asker named.
pub(crate) fn answer(
    library: &Library,
    enquiry: &Enquiry,
    setting: &Setting,
    day: Option<Date>,
) -> (AnswerJson, Option<Context>) {
    let began = Instant::now();
    let consulted = library.consult_in(enquiry, setting);
    let took = began.elapsed();
    let took_ms = (took.as_secs_f64() * 1e5).round() / 100.0;
    let (answer, left) = match consulted {
        Ok(consultation) => (render(&consultation, took_ms), context_after(&consultation, day)),
        Err(error) => {
            tracing::error!(%error, "读取索引失败，未能回答");
            (unavailable(enquiry, took_ms), None)
        }
    };
    measures::consulted(answer.status, took);
    (answer, left)
}

/// What the question before leaves behind, asked again beside the one that follows it: a page needs no memory of ours.
pub(crate) fn before(
    library: &Library,
    after: Option<&str>,
    enquiry: &Enquiry,
    day: Option<Date>,
) -> Option<Arc<Context>> {
    let earlier = Enquiry { question: after?.to_owned(), ..enquiry.clone() };
    let consulted = library.consult(&earlier).ok()?;
    context_after(&consulted, day).map(Arc::new)
}

fn unavailable(enquiry: &Enquiry, took_ms: f64) -> AnswerJson {
    AnswerJson {
        question: mask_personal_numbers(&enquiry.question),
        status: Status::Unavailable,
        as_of: enquiry.as_of.to_string(),
        region: None,
        understood: UnderstoodJson::default(),
        answer: Vec::new(),
        notes: Vec::new(),
        message: UNAVAILABLE.to_owned(),
        missing: Vec::new(),
        reason: None,
        ask: None,
        contacts: Vec::new(),
        citations: Vec::new(),
        values: Vec::new(),
        comparison: Vec::new(),
        interpretations: Vec::new(),
        next_steps: Vec::new(),
        programmes: Vec::new(),
        related_questions: Vec::new(),
        confidence: 0.0,
        took_ms,
    }
}
