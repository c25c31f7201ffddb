//! Serving: the listener, the routes and the task that takes up new generations, together.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::door::{Listener, serve_connections};
use super::embedding::EmbedHosts;
use super::limits::{Limits, REFRESH};
use super::reception::Reception;
use super::{measures, router};
use crate::consultation::Desk;

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The address to listen on; `[::]:8080` takes IPv4 too.
    pub listen: SocketAddr,
    /// The corpus, for the files as published.
    pub corpus: PathBuf,
    /// The folder of what people do with the answers.
    pub var: PathBuf,
    /// The sites that may embed the widget.
    pub embed: EmbedHosts,
    /// Proxies, beside those on this machine, that are believed when they name the sender.
    pub proxies: Vec<IpAddr>,
    /// How much a knock may cost.
    pub limits: Limits,
}

/// Why serving could not begin.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken.
    #[error("地址 {0} 已被占用；请停掉占用它的程序，或用 --listen 换一个端口")]
    Busy(SocketAddr),
    /// The address cannot be bound.
    #[error("无法监听 {listen}：{source}；请检查地址和权限（1024 以下的端口需要特权），或用 --listen 换一个")]
    Bind {
        /// The address.
        listen: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The asynchronous runtime refused.
    #[error("无法启动网络服务：{0}；请检查系统的线程数和文件数限制")]
    Runtime(io::Error),
}

/// Binds and serves until `shutdown` is ready.
pub async fn serve(
    desk: Arc<Desk>,
    options: ServeOptions,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let listener = Listener::bind(options.listen)?;
    serve_on(listener, desk, options, shutdown).await
}

/// Serves on a bound listener until `shutdown` is ready, then lets open requests finish.
pub async fn serve_on(
    listener: Listener,
    desk: Arc<Desk>,
    options: ServeOptions,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let socket = tokio::net::TcpListener::from_std(listener.into_socket()).map_err(ServeError::Runtime)?;
    let limits = options.limits;
    let reception = Reception::new(desk, options);
    let (stop, stopping) = watch::channel(());
    let refreshing = refresh(reception.clone(), stopping);
    let draining = reception.clone();
    let stop_signal = async move {
        shutdown.await;
        draining.drain();
    };
    serve_connections(socket, router::router(reception), limits, stop_signal).await;
    drop(stop);
    // A refresh that is under way ends by itself; its result is of no use to anyone now.
    refreshing.abort();
    Ok(())
}

/// Serves in a runtime of its own until the process is told to stop (SIGINT, SIGTERM).
pub fn serve_until_signal(listener: Listener, desk: Arc<Desk>, options: ServeOptions) -> Result<(), ServeError> {
    let drain = options.limits.drain;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Runtime)?;
    let served = runtime.block_on(serve_on(listener, desk, options, told_to_stop()));
    runtime.shutdown_timeout(drain);
    served
}

/// Ready when the process is told to stop.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => _ = signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
    tracing::info!("收到停止信号，正在结束未完成的请求");
}

/// Looks for new generations until the server stops.
fn refresh(reception: Reception, mut stopping: watch::Receiver<()>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut failed = false;
        loop {
            failed = refresh_once(&reception, failed).await;
            tokio::select! {
                () = tokio::time::sleep(REFRESH) => {}
                _ = stopping.changed() => return,
            }
        }
    })
}

/// Takes up a newer generation when there is one; tells whether that failed, and logs a failure only once.
async fn refresh_once(reception: &Reception, failed_before: bool) -> bool {
    let working = reception.clone();
    let refreshed = tokio::task::spawn_blocking(move || {
        let taken = working.desk().refresh();
        working.catalogue();
        measures::upkeep();
        taken
    });
    match refreshed.await {
        Ok(Ok(taken)) => {
            if taken {
                let generation = reception.desk().library().generation().number();
                tracing::info!(generation, "已换用新一代索引");
            }
            false
        }
        Ok(Err(error)) => {
            measures::refresh_failed();
            if !failed_before {
                tracing::error!(%error, "新一代索引不能打开，继续使用原有索引");
            }
            true
        }
        Err(error) => {
            measures::refresh_failed();
            tracing::error!(%error, "更新索引的任务异常");
            true
        }
    }
}
