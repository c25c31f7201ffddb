//! Guarding (安全响应头): what browsers are told about every answer: what it may load, who may frame it, who may read it.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, CONTENT_SECURITY_POLICY,
    HeaderName, ORIGIN, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use super::embedding::EmbedHosts;

/// What browsers may load: our own files, nothing else; text becomes markup in one place of our scripts only.
const LOADS: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types zhengda-fragment";
/// Devices no page of ours needs; the microphone only for questions that are spoken.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(self), payment=(), usb=()";
/// The widget asks for no device at all.
const WIDGET_PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(), payment=(), usb=()";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const EMBEDDER_POLICY: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");

/// The widget's page, the only one that others may frame.
pub(super) const WIDGET: &str = "/widget";
/// The widget's script, which every site may load: it holds nothing that is not public.
pub(super) const WIDGET_SCRIPT: &str = "/widget.js";
/// The page that shows the widget to operators.
pub(super) const WIDGET_GUIDE: &str = "/docs/widget";
/// What pages of the named sites may read.
const SHARED: [&str; 9] = [
    "/api/v1/consult",
    "/api/v1/search",
    "/api/v1/suggest",
    "/api/v1/match",
    "/api/v1/verify",
    "/api/v1/documents",
    "/api/v1/documents/{id}",
    "/api/v1/documents/{id}/text",
    "/api/v1/openapi.json",
];
/// How long a browser may remember that it may ask, in seconds: a named site that is taken back is gone in ten minutes.
const REMEMBERED: &str = "600";

/// Answers the question of a browser whether a page of another site may ask (preflight); none when this is no such
/// question or the answer is no.
pub(super) fn preflight(
    method: &Method,
    route: &str,
    headers: &HeaderMap,
    hosts: &EmbedHosts,
) -> Option<Response<axum::body::Body>> {
    let asks = method == Method::OPTIONS && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let origin = headers.get(ORIGIN).filter(|origin| asks && SHARED.contains(&route) && hosts.admits(origin))?;
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let answers = response.headers_mut();
    answers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    answers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    answers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    answers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(REMEMBERED));
    Some(response)
}

/// Puts the headers of its route on an answer. Never credentials: we have none.
pub(super) fn guard(headers: &mut HeaderMap, route: &str, origin: Option<&HeaderValue>, hosts: &EmbedHosts) {
    let widget = route == WIDGET;
    headers.insert(CONTENT_SECURITY_POLICY, policy(route, hosts));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static(if widget { WIDGET_PERMISSIONS } else { PERMISSIONS }));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    let open = widget || route == WIDGET_SCRIPT;
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static(if open { "cross-origin" } else { "same-origin" }));
    match (widget, hosts.is_empty()) {
        // The old header knows no list: where sites are named, only the policy above speaks.
        (true, false) => _ = headers.remove(X_FRAME_OPTIONS),
        (true, true) => _ = headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
        (false, _) => _ = headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    }
    if widget {
        // Sites that admit only frames which agree to their isolation can frame it too.
        headers.insert(EMBEDDER_POLICY, HeaderValue::from_static("require-corp"));
    }
    if route == WIDGET_SCRIPT {
        // So that a site may pin the script by its digest (integrity).
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    if SHARED.contains(&route) && !hosts.is_empty() {
        headers.append(VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = origin.filter(|origin| hosts.admits(origin)) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after, x-request-id"));
        }
    }
}

/// The content security policy of a route.
fn policy(route: &str, hosts: &EmbedHosts) -> HeaderValue {
    let text = match route {
        WIDGET => format!("{LOADS}; frame-ancestors 'self' {hosts}"),
        WIDGET_GUIDE => format!("{LOADS}; frame-src 'self'; frame-ancestors 'none'"),
        _ => format!("{LOADS}; frame-ancestors 'none'"),
    };
    // The sites are plain by construction; were they not, nothing may be loaded or framed.
    HeaderValue::from_str(text.trim_end())
        .unwrap_or(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dressed(route: &str, origin: &'static str, hosts: &EmbedHosts) -> HeaderMap {
        let mut headers = HeaderMap::new();
        guard(&mut headers, route, Some(&HeaderValue::from_static(origin)), hosts);
        headers
    }

    #[test]
    fn only_the_widget_is_framed_and_only_by_those_named() {
        let (nobody, some) = (EmbedHosts::default(), EmbedHosts::parse(&["https://a.gov.cn"]).unwrap());
        let said = |route, hosts| {
            let headers = dressed(route, "null", hosts);
            let framing = headers.get(X_FRAME_OPTIONS).map(|value| value.to_str().unwrap().to_owned());
            let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
            (policy.rsplit("frame-ancestors ").next().unwrap().to_owned(), framing.unwrap_or_default())
        };
        let pair = |ancestors: &str, framing: &str| (ancestors.to_owned(), framing.to_owned());
        assert_eq!(said(WIDGET, &nobody), pair("'self'", "SAMEORIGIN"));
        assert_eq!(said(WIDGET, &some), pair("'self' https://a.gov.cn", ""));
        assert_eq!(said("/", &some), pair("'none'", "DENY"));
        assert_eq!(said("unknown", &some), pair("'none'", "DENY"));
    }

    #[test]
    fn only_named_sites_may_ask_and_never_with_credentials() {
        let hosts = EmbedHosts::parse(&["https://a.gov.cn"]).unwrap();
        let allowed = |route, origin| dressed(route, origin, &hosts).get(ACCESS_CONTROL_ALLOW_ORIGIN).cloned();
        assert_eq!(allowed("/api/v1/consult", "https://a.gov.cn").unwrap(), "https://a.gov.cn");
        assert_eq!(allowed("/api/v1/consult", "https://b.gov.cn"), None);
        assert_eq!(allowed("/api/v1/feedback", "https://a.gov.cn"), None);
        assert_eq!(allowed("/", "https://a.gov.cn"), None);
        let headers: HeaderMap = [
            (ORIGIN, HeaderValue::from_static("https://a.gov.cn")),
            (ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("POST")),
        ]
        .into_iter()
        .collect();
        assert!(preflight(&Method::OPTIONS, "/api/v1/consult", &headers, &hosts).is_some());
        assert!(preflight(&Method::OPTIONS, "/api/v1/consult", &headers, &EmbedHosts::default()).is_none());
        assert!(preflight(&Method::OPTIONS, "/tickets", &headers, &hosts).is_none());
        assert!(preflight(&Method::POST, "/api/v1/consult", &headers, &hosts).is_none());
    }
}
