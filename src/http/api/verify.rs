//! `POST /api/v1/verify`: an answer's proof, checked against the texts.

use axum::Json;
use axum::extract::State;

use super::super::limits::MATCH_BYTES;
use super::super::posted::Posted;
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use crate::contract::{AnswerJson, MatchJson, ProofJson};
use crate::index::Generation;
use crate::policy::DocumentId;
use crate::verification::{self, SourceRecord};

/// Checks every quote and statement of an answer against the files of the corpus, by other code than what made it.
#[utoipa::path(
    post,
    path = "/api/v1/verify",
    tag = "consult",
    summary = "核验：用另一套代码重读来源，逐条核对一个答案",
    request_body = AnswerJson,
    responses(
        (status = 200, description = "核对通过和未通过的条数及原因", body = ProofJson),
        (status = 400, description = "请求体不是 JSON", body = ProblemJson, content_type = "application/problem+json"),
        (status = 413, description = "请求体过大", body = ProblemJson, content_type = "application/problem+json"),
        (status = 422, description = "请求体不是答案", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn verify(
    State(reception): State<Reception>,
    Posted(answer): Posted<AnswerJson>,
) -> Result<Json<ProofJson>, Problem> {
    proof(&reception, move |source| verification::verify(&answer, source)).await
}

/// Checks every citation of a match against the files of the corpus, by other code than what made it.
#[utoipa::path(
    post,
    path = "/api/v1/match/verify",
    tag = "match",
    summary = "核验：用另一套代码重读来源，逐条核对一个匹配结果",
    request_body = MatchJson,
    responses(
        (status = 200, description = "核对通过和未通过的条数及原因", body = ProofJson),
        (status = 400, description = "请求体不是 JSON", body = ProblemJson, content_type = "application/problem+json"),
        (status = 413, description = "请求体过大", body = ProblemJson, content_type = "application/problem+json"),
        (status = 422, description = "请求体不是匹配结果", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn verify_match(
    State(reception): State<Reception>,
    Posted(matched): Posted<MatchJson, MATCH_BYTES>,
) -> Result<Json<ProofJson>, Problem> {
    proof(&reception, move |source| verification::verify_match(&matched, source)).await
}

/// What a check of the sources comes to.
async fn proof<C>(reception: &Reception, check: C) -> Result<Json<ProofJson>, Problem>
where
    C: FnOnce(&dyn Fn(&str) -> Option<SourceRecord>) -> ProofJson + Send + 'static,
{
    let shared = reception.clone();
    let proof = reception
        .work(move |library| {
            let catalogue = shared.catalogue();
            let plain = catalogue.sources();
            Ok(check(&|id: &str| match plain {
                Some(files) => files.read(id),
                None => indexed(library.generation(), id),
            }))
        })
        .await?;
    Ok(Json(proof))
}

/// A document as the index has it, for a server that runs without the corpus beside it.
fn indexed(generation: &Generation, id: &str) -> Option<SourceRecord> {
    let head = generation.by_id(&DocumentId::parse(id).ok()?)?;
    let document = generation.document(head.serial).ok()?;
    let dates = head.meta.dates;
    Some(SourceRecord {
        text: document.text().to_owned(),
        title: head.meta.title.clone(),
        issuer: head.meta.issuers.join("、"),
        number: head.meta.number.as_ref().map(ToString::to_string),
        issued: dates.issued().map(|day| day.to_string()),
        effective: dates.effective.map(|day| day.to_string()),
        expires: dates.expires.map(|day| day.to_string()),
        public: head.meta.disclosure.is_public(),
        ended_by: Vec::new(),
    })
}
