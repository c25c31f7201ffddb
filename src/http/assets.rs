//! The assets (静态资源): style, scripts and icon, named by what is in them, so that they may be kept for ever.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::guarding::WIDGET_SCRIPT;
use super::problem::Problem;
use super::reception::Reception;
use super::theme::theme;
use crate::policy::sha256_hex;

/// Hexadecimal digits of the digest in a name: 64 bits, far from a collision between editions of one file.
const DIGITS: usize = 16;

/// An asset.
#[derive(Debug)]
struct Asset {
    /// Its plain name: `style.css`.
    plain: String,
    /// Its name: `style.0123456789abcdef.css`.
    name: String,
    /// Its address.
    url: String,
    /// Its strong entity tag.
    etag: String,
    content_type: &'static str,
    content: &'static str,
}

impl Asset {
    fn new(stem: &str, extension: &str, content_type: &'static str, content: &'static str) -> Self {
        let digest = &sha256_hex(content.as_bytes())[..DIGITS];
        let name = format!("{stem}.{digest}.{extension}");
        Self {
            plain: format!("{stem}.{extension}"),
            url: format!("/assets/{name}"),
            etag: format!("\"{digest}\""),
            name,
            content_type,
            content,
        }
    }
}

/// A style or script and its media type.
macro_rules! asset {
    ($stem:literal, css) => {
        Asset::new($stem, "css", "text/css; charset=utf-8", include_str!(concat!("assets/", $stem, ".css")))
    };
    ($stem:literal, js) => {
        Asset::new($stem, "js", "text/javascript; charset=utf-8", include_str!(concat!("assets/", $stem, ".js")))
    };
    ($stem:literal, svg) => {
        Asset::new($stem, "svg", "image/svg+xml", include_str!(concat!("assets/", $stem, ".svg")))
    };
}

/// All of them.
static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        // Every page.
        asset!("style", css),
        asset!("icon", svg),
        asset!("prefs", js),
        // Asking.
        asset!("answer", css),
        asset!("fragment", js),
        asset!("ask", js),
        asset!("typing", js),
        asset!("deeds", js),
        // Matching.
        asset!("match", css),
        asset!("match", js),
        // Search, library and reader.
        asset!("library", css),
        asset!("reader", js),
        // The widget on other sites, and the page in its frame.
        asset!("widget", js),
        asset!("framed", js),
        asset!("widget", css),
        // The agents' console.
        asset!("agent", css),
        asset!("agent", js),
    ]
});

/// The address of an asset by its plain name (`style.css`).
pub(super) fn url(name: &str) -> Option<&'static str> {
    let plain = |asset: &&Asset| asset.plain == name;
    ASSETS.iter().find(plain).map(|asset| asset.url.as_str())
}

/// The routes of the assets.
pub(super) fn routes() -> Router<Reception> {
    Router::new()
        .route("/assets/{name}", get(asset))
        .route(WIDGET_SCRIPT, get(widget_script))
        .route("/widget/theme.css", get(theme))
}

/// The widget's script, under the name that sites have written into their pages: looked after again every hour.
async fn widget_script(headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.plain == "widget.js") else {
        return Problem::internal().into_response();
    };
    let kept = [(CACHE_CONTROL, "public, max-age=3600"), (ETAG, asset.etag.as_str())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == asset.etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(CONTENT_TYPE, asset.content_type)], asset.content).into_response()
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return Problem::not_found("没有这个资源；它可能属于较早的版本，请刷新页面。").into_response();
    };
    let kept = [(CACHE_CONTROL, "public, max-age=31536000, immutable"), (ETAG, asset.etag.as_str())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == asset.etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(CONTENT_TYPE, asset.content_type)], asset.content).into_response()
}
