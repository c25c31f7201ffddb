//! `POST /api/v1/feedback`: whether an answer was of use, and why not.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::door::Client;
use super::super::posted::Posted;
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use super::super::{asked, clock};
use crate::casework::{Feedback, Rating, Words};
use crate::query::MAX_QUESTION_CHARS;

/// A reason is chosen from a few or said in a sentence.
const REASON_CHARS: usize = 100;
/// What else is said: some sentences; a letter belongs to the department.
const COMMENT_CHARS: usize = 300;
/// A day, a status, a region: all are shorter.
const NAME_CHARS: usize = 40;
/// Citations of one answer; real answers have fewer than ten.
const CITATIONS: usize = 30;
/// A document's id and a clause's id.
const CITATION_CHARS: usize = 200;

/// A rating of an answer. Nothing about the sender is kept; personal numbers in the texts are masked first.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub(crate) struct FeedbackRequest {
    /// The question that was answered.
    #[schema(min_length = 1, max_length = 300)]
    pub(crate) question: String,
    /// Region for which it was answered: a division code or a name.
    pub(crate) region: Option<String>,
    /// The day for which it was answered (`YYYY-MM-DD`).
    pub(crate) as_of: Option<String>,
    /// Status of the answer.
    pub(crate) status: Option<String>,
    /// `useful` or `useless`.
    #[schema(examples("useful", "useless"))]
    pub(crate) rating: String,
    /// Why, at most 100 characters.
    pub(crate) reason: Option<String>,
    /// The clauses the answer rested on.
    #[serde(default)]
    pub(crate) citations: Vec<String>,
    /// What else there is to say, at most 300 characters.
    pub(crate) comment: Option<String>,
}

/// What becomes of a rating.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FeedbackJson {
    /// Always true: what could not be kept is a problem document.
    received: bool,
    /// Who acts on it.
    pub(crate) message: &'static str,
}

/// Who acts on a rating.
const ACTS: &str = "已记下。由本站政策库的编辑人员查看，用来核对文件、改正回答；只记下问题和评价，不记是谁。";

/// Keeps a rating.
#[utoipa::path(
    post,
    path = "/api/v1/feedback",
    tag = "casework",
    summary = "评价一个答案：有用或没用，为什么",
    request_body = FeedbackRequest,
    responses(
        (status = 201, description = "已写入磁盘", body = FeedbackJson),
        (status = 422, description = "字段不合规", body = ProblemJson, content_type = "application/problem+json"),
        (status = 429, description = "提交得太频繁", body = ProblemJson, content_type = "application/problem+json"),
        (status = 503, description = "没有保存", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn feedback(
    State(reception): State<Reception>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    Posted(request): Posted<FeedbackRequest>,
) -> Result<(StatusCode, Json<FeedbackJson>), Problem> {
    let kept = keep_feedback(&reception, client.map(|client| client.0), &headers, request).await?;
    Ok((StatusCode::CREATED, Json(kept)))
}

/// Checks and keeps a rating, whichever way it came.
pub(crate) async fn keep_feedback(
    reception: &Reception,
    client: Option<Client>,
    headers: &HeaderMap,
    request: FeedbackRequest,
) -> Result<FeedbackJson, Problem> {
    let feedback = request.checked()?;
    reception.admit_writing(client, headers)?;
    let at = clock::now();
    reception.keep(move |ledger| ledger.keep_feedback(&feedback, at)).await?.map_err(Problem::not_kept)?;
    Ok(FeedbackJson { received: true, message: ACTS })
}

impl FeedbackRequest {
    fn checked(&self) -> Result<Feedback, Problem> {
        let question = asked_words(&self.question)?;
        let rating = Rating::ALL.into_iter().find(|rating| rating.name() == self.rating.trim()).ok_or_else(|| {
            let given = asked::shown(&self.rating);
            Problem::invalid(format!("rating “{given}” 不合规；请写 useful（有用）或 useless（没用）。"))
        })?;
        if self.citations.len() > CITATIONS {
            return Err(Problem::invalid(format!("citations 超过 {CITATIONS} 条；请只写这个答案的依据。")));
        }
        let citations = self.citations.iter().map(|one| words("citations", one, CITATION_CHARS));
        Ok(Feedback {
            question,
            region: optional("region", self.region.as_ref(), NAME_CHARS)?,
            as_of: asked::day("as_of", self.as_of.as_ref())?
                .map(|day| words("as_of", &day.to_string(), NAME_CHARS))
                .transpose()?,
            status: optional("status", self.status.as_ref(), NAME_CHARS)?,
            rating,
            reason: optional("reason", self.reason.as_ref(), REASON_CHARS)?,
            citations: citations.collect::<Result<_, _>>()?,
            comment: optional("comment", self.comment.as_ref(), COMMENT_CHARS)?,
        })
    }
}

/// A question as it may be kept: something must be left of it when what cannot be seen is gone.
pub(super) fn asked_words(text: &str) -> Result<Words, Problem> {
    let question = words("question", asked::question("question", text)?, MAX_QUESTION_CHARS)?;
    asked::question("question", question.as_str())?;
    Ok(question)
}

/// A text within its bound.
pub(super) fn words(name: &str, text: &str, most: usize) -> Result<Words, Problem> {
    Words::parse(text, most).ok_or_else(|| Problem::invalid(format!("{name} 超过 {most} 字；请写短一些。")))
}

/// A text within its bound, where something was written.
pub(super) fn optional(name: &str, text: Option<&String>, most: usize) -> Result<Option<Words>, Problem> {
    asked::stated(text).map(|text| words(name, text, most)).transpose()
}
