//! The assets (静态资源): style, scripts and icon, named by what is in them, so that they may be kept for ever.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::problem::Problem;
use super::reception::Reception;
use crate::policy::sha256_hex;

/// Hexadecimal digits of the digest in a name: 64 bits, far from a collision between editions of one file.
const DIGITS: usize = 16;

/// An asset.
#[derive(Debug)]
pub(super) struct Asset {
    /// Its name: `style.0123456789abcdef.css`.
    name: String,
    /// Its address.
    pub(super) url: String,
    /// Its strong entity tag.
    etag: String,
    content_type: &'static str,
    content: &'static str,
}

impl Asset {
    fn new(stem: &str, extension: &str, content_type: &'static str, content: &'static str) -> Self {
        let digest = &sha256_hex(content.as_bytes())[..DIGITS];
        let name = format!("{stem}.{digest}.{extension}");
        Self { url: format!("/assets/{name}"), etag: format!("\"{digest}\""), name, content_type, content }
    }
}

/// The style of all pages.
pub(super) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("style", "css", "text/css; charset=utf-8", include_str!("assets/style.css")));
/// The script of the page that takes questions.
pub(super) static ASK: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("ask", "js", "text/javascript; charset=utf-8", include_str!("assets/ask.js")));
/// The icon.
pub(super) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_str!("assets/icon.svg")));

/// The routes of the assets.
pub(super) fn routes() -> Router<Reception> {
    Router::new().route("/assets/{name}", get(asset))
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = [&STYLE, &ASK, &ICON].into_iter().find(|asset| asset.name == name) else {
        return Problem::not_found("没有这个资源；它可能属于较早的版本，请刷新页面。").into_response();
    };
    let kept = [(CACHE_CONTROL, "public, max-age=31536000, immutable"), (ETAG, asset.etag.as_str())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == asset.etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(CONTENT_TYPE, asset.content_type)], asset.content).into_response()
}
