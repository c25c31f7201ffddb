//! The routes (路由): which address is answered by which handler.

use axum::Router;
use axum::body::Body;
use axum::http::Response;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use super::problem::Problem;
use super::reception::Reception;
use super::{api, assets, frame, pages};

/// All routes with what stands around them.
pub(super) fn router(reception: Reception) -> Router {
    Router::new()
        .merge(api::routes())
        .merge(pages::routes())
        .merge(assets::routes())
        .fallback(unknown)
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(reception.clone(), frame::frame))
        .layer(CompressionLayer::new())
        .with_state(reception)
}

async fn unknown() -> Problem {
    Problem::not_found("没有这个地址；接口见 /docs，文件见 /documents，也可以从首页提问。")
}

/// A handler that panicked: the message goes to the log of the panic, never to the asker.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response<Body> {
    tracing::error!("处理请求时程序异常");
    Problem::internal().into_response()
}
