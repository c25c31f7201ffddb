//! The posted body (请求体): JSON or a form within its size and its time, or a problem.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, Method};
use axum::{Form, Json};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::limits::BODY_BYTES;
use super::problem::Problem;
use super::reception::Reception;

/// What browsers declare a form as.
const FORM: &str = "application/x-www-form-urlencoded";

/// A JSON body.
#[derive(Debug)]
pub(super) struct Posted<T, const MOST: usize = BODY_BYTES>(pub(super) T);

impl<T: DeserializeOwned, const MOST: usize> FromRequest<Reception> for Posted<T, MOST> {
    type Rejection = Problem;

    async fn from_request(request: Request, reception: &Reception) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::not_json());
        }
        let body = read(request, reception, MOST).await?;
        match Json::<T>::from_bytes(&body) {
            Ok(Json(value)) => Ok(Self(value)),
            Err(_) => Err(rejected::<T>(&body)),
        }
    }
}

/// A form (表单), as browsers send it.
#[derive(Debug)]
pub(super) struct PostedForm<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Reception> for PostedForm<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, reception: &Reception) -> Result<Self, Problem> {
        if essence(request.headers()) != FORM {
            return Err(Problem::not_a_form());
        }
        let body = read(request, reception, BODY_BYTES).await?;
        let bounded = Request::builder().method(Method::POST).header(CONTENT_TYPE, FORM).body(Body::from(body));
        let bounded = bounded.map_err(|_| Problem::internal())?;
        match Form::<T>::from_request(bounded, &()).await {
            Ok(Form(value)) => Ok(Self(value)),
            Err(_) => Err(Problem::invalid("表单的字段重复、缺失或编码不对；请回到上一页重新填写后提交。")),
        }
    }
}

/// The whole body, within its size and its time.
async fn read(request: Request, reception: &Reception, most: usize) -> Result<Bytes, Problem> {
    if declared(request.headers()).is_some_and(|bytes| bytes > most) {
        return Err(Problem::too_large(most));
    }
    let limit = reception.limits().body;
    tokio::time::timeout(limit, to_bytes(request.into_body(), most))
        .await
        .map_err(|_| Problem::slow_body(limit))?
        .map_err(|error| unread(&error, most))
}

/// The declared media type, without its parameters.
fn essence(headers: &HeaderMap) -> String {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether the body is declared as JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let essence = essence(headers);
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn declared(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Why a body could not be read: too large, or cut off.
fn unread(error: &axum::Error, most: usize) -> Problem {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(cause) = source {
        if cause.is::<http_body_util::LengthLimitError>() {
            return Problem::too_large(most);
        }
        source = cause.source();
    }
    Problem::malformed("没有收完整")
}

/// Why JSON was not accepted: not JSON at all, or not the shape that is wanted. The body itself is never repeated.
fn rejected<T: DeserializeOwned>(body: &[u8]) -> Problem {
    let Err(error) = serde_json::from_slice::<T>(body).map(|_| ()) else {
        return Problem::malformed("内容之后还有多余的文字");
    };
    let place = format!("第 {} 行第 {} 列", error.line(), error.column());
    match error.classify() {
        Category::Data => Problem::invalid(format!("请求体{place}的字段缺失或类型不对；字段说明见 /docs。")),
        _ => Problem::malformed(&place),
    }
}
