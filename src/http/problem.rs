//! Problem documents (RFC 9457): what went wrong, said to the one who can do something about it.

use std::time::Duration;

use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::limits::RETRY_AFTER_SECONDS;
use crate::casework::CaseworkError;
use crate::index::IndexError;

/// What kinds of problem there are; each has an anchor on `/docs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A parameter or field is not acceptable.
    InvalidValue,
    /// The body is not JSON.
    MalformedBody,
    /// The body is not declared as JSON.
    UnsupportedMediaType,
    /// The body is too large.
    TooLarge,
    /// The body did not arrive in time.
    SlowBody,
    /// It is not open to everybody.
    Closed,
    /// There is no such thing.
    NotFound,
    /// The address knows other methods.
    MethodNotAllowed,
    /// One client sends too much.
    TooMany,
    /// All cores are busy.
    Busy,
    /// What was sent could not be kept.
    NotKept,
    /// The index cannot be read.
    Unavailable,
    /// The answer took too long.
    Timeout,
    /// A fault of the program.
    Internal,
}

impl Kind {
    /// Every kind, in the order of `/docs`.
    pub(super) const ALL: [Self; 14] = [
        Self::InvalidValue,
        Self::MalformedBody,
        Self::UnsupportedMediaType,
        Self::TooLarge,
        Self::SlowBody,
        Self::Closed,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::TooMany,
        Self::Busy,
        Self::NotKept,
        Self::Unavailable,
        Self::Timeout,
        Self::Internal,
    ];

    /// Its name: the anchor, HTTP status and title.
    pub(super) fn parts(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::InvalidValue => ("invalid-value", StatusCode::UNPROCESSABLE_ENTITY, "参数不合规"),
            Self::MalformedBody => ("malformed-body", StatusCode::BAD_REQUEST, "请求体不是合法的 JSON"),
            Self::UnsupportedMediaType => {
                ("unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "请求体类型不受支持")
            }
            Self::TooLarge => ("too-large", StatusCode::PAYLOAD_TOO_LARGE, "请求体过大"),
            Self::SlowBody => ("slow-body", StatusCode::REQUEST_TIMEOUT, "请求体未及时送达"),
            Self::Closed => ("closed", StatusCode::FORBIDDEN, "不对外开放"),
            Self::NotFound => ("not-found", StatusCode::NOT_FOUND, "没有找到"),
            Self::MethodNotAllowed => ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "不支持该请求方法"),
            Self::TooMany => ("too-many", StatusCode::TOO_MANY_REQUESTS, "提交得太频繁"),
            Self::NotKept => ("not-kept", StatusCode::SERVICE_UNAVAILABLE, "没有保存"),
            Self::Busy => ("busy", StatusCode::SERVICE_UNAVAILABLE, "当前咨询较多"),
            Self::Unavailable => ("unavailable", StatusCode::SERVICE_UNAVAILABLE, "服务暂不可用"),
            Self::Timeout => ("timeout", StatusCode::SERVICE_UNAVAILABLE, "处理超时"),
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR, "程序出错"),
        }
    }

    /// The address that explains it.
    fn uri(self) -> String {
        format!("/docs#problem-{}", self.parts().0)
    }
}

/// A problem on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    kind: Kind,
    detail: String,
}

/// A problem document (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct ProblemJson {
    /// Address that explains the kind of problem.
    #[serde(rename = "type")]
    kind: String,
    /// What kind of problem it is.
    title: &'static str,
    /// HTTP status.
    status: u16,
    /// What it is about and what to do.
    detail: String,
}

impl Problem {
    fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }

    /// A parameter or field is not acceptable.
    pub(super) fn invalid(detail: impl Into<String>) -> Self {
        Self::new(Kind::InvalidValue, detail)
    }

    /// The body is not JSON.
    pub(super) fn malformed(why: &str) -> Self {
        Self::new(Kind::MalformedBody, format!("请求体不是合法的 JSON（{why}）；请检查括号、引号和 UTF-8 编码。"))
    }

    /// The body is not declared as JSON.
    pub(super) fn not_json() -> Self {
        Self::new(Kind::UnsupportedMediaType, "这里只接受 JSON；请把 Content-Type 设为 application/json。")
    }

    /// The body is not declared as a form.
    pub(super) fn not_a_form() -> Self {
        Self::new(
            Kind::UnsupportedMediaType,
            "这里只接受表单；请把 Content-Type 设为 application/x-www-form-urlencoded。",
        )
    }

    /// The body is too large.
    pub(super) fn too_large(most: usize) -> Self {
        Self::new(Kind::TooLarge, format!("请求体超过 {} KiB；请缩短后再发送。", most / 1024))
    }

    /// The body did not arrive in time.
    pub(super) fn slow_body(limit: Duration) -> Self {
        Self::new(Kind::SlowBody, format!("请求体没有在 {} 秒内送达；请检查网络后重发。", limit.as_secs()))
    }

    /// It is not open to everybody.
    pub(super) fn closed(detail: impl Into<String>) -> Self {
        Self::new(Kind::Closed, detail)
    }

    /// There is no such thing.
    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, detail)
    }

    /// The address knows other methods.
    pub(super) fn method_not_allowed() -> Self {
        Self::new(Kind::MethodNotAllowed, "该地址不支持这个请求方法；可用的方法见 Allow 头和 /docs。")
    }

    /// All cores are busy.
    pub(super) fn busy() -> Self {
        Self::new(
            Kind::Busy,
            format!("当前咨询较多，没有空闲的处理能力；请 {RETRY_AFTER_SECONDS} 秒后再试，急事请拨打12345。"),
        )
    }

    /// One client sends too much.
    pub(super) fn too_many(seconds: u64) -> Self {
        Self::new(Kind::TooMany, format!("提交得太频繁，这一条没有保存；请 {seconds} 秒后再提交，急事请拨打12345。"))
    }

    /// A rating or a ticket could not be kept: the operator reads why in the log, the sender what to do.
    pub(super) fn not_kept(error: CaseworkError) -> Self {
        tracing::error!(%error, "评价或转办问题没有保存");
        Self::new(Kind::NotKept, "没有保存，您写的内容没有送达；请稍后再提交，急事请拨打12345。")
    }

    /// The ledger cannot be read.
    pub(super) fn not_read(error: CaseworkError) -> Self {
        tracing::error!(%error, "办理情况读取失败");
        Self::new(Kind::Unavailable, "办理情况暂时查不到；请稍后再试，或拨打12345询问。")
    }

    /// Another site's page sent a form of ours.
    pub(super) fn from_elsewhere() -> Self {
        Self::new(Kind::InvalidValue, "这份表单是从别的网站提交的，没有保存；请从本站页面提交。")
    }

    /// The answer took too long.
    pub(super) fn timeout() -> Self {
        Self::new(Kind::Timeout, "没有在限定时间内处理完；请稍后再试，或把问题说得短一些。")
    }

    /// A fault of the program.
    pub(super) fn internal() -> Self {
        Self::new(Kind::Internal, "程序出错，未能处理这个请求；请把响应头中的 x-request-id 告知管理员。")
    }

    /// The HTTP status.
    pub(super) fn status(&self) -> StatusCode {
        self.kind.parts().1
    }

    /// What kind of problem it is.
    pub(super) fn title(&self) -> &'static str {
        self.kind.parts().2
    }

    /// What it is about and what to do.
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }
}

/// The index failed: the operator reads why in the log, the asker what to do.
impl From<IndexError> for Problem {
    fn from(error: IndexError) -> Self {
        tracing::error!(%error, "读取索引失败");
        Self::new(Kind::Unavailable, "政策库暂时不能读取；请稍后再试，急事请拨打12345。")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let document = ProblemJson {
            kind: self.kind.uri(),
            title: self.title(),
            status: status.as_u16(),
            detail: self.detail.clone(),
        };
        let mut response = (status, axum::Json(document)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            headers.insert(RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS));
        }
        headers.remove(ALLOW);
        // `frame` makes a page of it for those who asked for pages.
        response.extensions_mut().insert(self);
        response
    }
}
