//! The frame (外框) around every answer: request id, time limit, measures, security headers, problems as pages.

use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{ACCEPT, ALLOW, CACHE_CONTROL, HeaderName, ORIGIN, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Response};
use axum::middleware::Next;
use axum::response::IntoResponse;
use tower_http::request_id::{MakeRequestId, MakeRequestUuid};

use super::problem::Problem;
use super::reception::Reception;
use super::{guarding, measures, pages};

/// Header by which a request is known in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest request id taken over from a proxy; a UUID has 36.
const MAX_REQUEST_ID: usize = 64;

/// Frames one request.
pub(super) async fn frame(
    State(reception): State<Reception>,
    route: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let began = Instant::now();
    let id = request_id(&request);
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let method = request.method().clone();
    let wants_page = wants_page(request.uri().path(), request.headers());
    let route = route.as_ref().map_or("unknown", MatchedPath::as_str);
    let origin = request.headers().get(ORIGIN).cloned();
    let mut response = match guarding::preflight(&method, route, request.headers(), reception.embed()) {
        Some(allowed) => allowed,
        None => {
            let answer = tokio::time::timeout(reception.limits().request, next.run(request)).await;
            answer.unwrap_or_else(|_| Problem::timeout().into_response())
        }
    };
    if wants_page && let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = as_page(&problem, &response);
    }
    guarding::guard(response.headers_mut(), route, origin.as_ref(), reception.embed());
    dress(response.headers_mut(), id.clone());
    let took = began.elapsed();
    measures::answered(route, method.as_str(), response.status().as_u16(), took);
    tracing::info!(
        request_id = id.to_str().unwrap_or_default(),
        method = %method,
        route,
        status = response.status().as_u16(),
        took_ms = took.as_millis(),
        "请求已处理"
    );
    response
}

/// The id the proxy gave, when it is a plain one, or a new one.
fn request_id(request: &Request) -> HeaderValue {
    let plain = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        (1..=MAX_REQUEST_ID).contains(&bytes.len())
            && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let given = request.headers().get(REQUEST_ID).filter(plain).cloned();
    given
        .or_else(|| Some(MakeRequestUuid.make_request_id(request)?.into_header_value()))
        .unwrap_or_else(|| HeaderValue::from_static("-"))
}

/// Whether a person in a browser asks, rather than a program.
fn wants_page(path: &str, headers: &HeaderMap) -> bool {
    let accepts = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    !path.starts_with("/api/") && accepts.contains("text/html")
}

/// The same problem as a page.
fn as_page(problem: &Problem, response: &Response<Body>) -> Response<Body> {
    let mut page = pages::problem_page(problem);
    for name in [RETRY_AFTER, ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}

/// What says nothing about caching is not to be kept; the id is told.
fn dress(headers: &mut HeaderMap, id: HeaderValue) {
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(REQUEST_ID, id);
}
