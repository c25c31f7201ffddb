//! Accepts connections and serves requests on them, each with its deadlines.

use std::convert::Infallible;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;

use super::super::limits::{ACCEPT_PAUSE, HEAD_BYTES, HEADERS, Limits};
use super::super::measures;
use super::Admission;
use super::admission::Place;
use super::pulse::{Pulse, Timed};

/// Serves until `stop` is ready; then open requests may finish until the drain time is over.
pub(crate) async fn serve_connections(
    socket: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let admission = Admission::new(&limits);
    let house = House { router, limits, http: Arc::new(protocol(&limits)), graceful: GracefulShutdown::new() };
    let (close, closing) = watch::channel(false);
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = next(&socket, &admission) => match accepted {
                Some((stream, client, place)) => house.receive(stream, client, place, closing.clone()),
                None => continue,
            },
        }
    }
    drop(socket);
    if tokio::time::timeout(limits.drain, house.graceful.shutdown()).await.is_err() {
        tracing::warn!("仍有连接未在限期内结束，已强制关闭");
    }
    // Whoever is still here is shown out; the receivers see the change or the dropped sender.
    let _ = close.send(true);
}

/// HTTP/1.1 with its limits. HTTP/2 belongs to the proxy in front.
fn protocol(limits: &Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        // hyper counts the idle time as part of reading the next head; `Timed` holds the head itself to less.
        .header_read_timeout(limits.idle.max(limits.head))
        .max_headers(HEADERS)
        .max_header_size(HEAD_BYTES)
        .max_buf_size(HEAD_BYTES)
        .pipeline_flush(false);
    http
}

/// The next admitted client; none when there is none to admit this time.
async fn next(socket: &TcpListener, admission: &Admission) -> Option<(TcpStream, Client, Place)> {
    let permit = admission.room().await?;
    match socket.accept().await {
        Ok((stream, address)) => {
            let place = admission.admit(address.ip(), permit);
            if place.is_none() {
                measures::connection_refused();
                tracing::debug!(%address, "同一来源的连接过多，已拒绝");
            }
            place.map(|place| (stream, Client(address.ip()), place))
        }
        Err(error) => {
            measures::accept_failed();
            tracing::warn!(%error, "接受连接失败，稍后再试");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            None
        }
    }
}

/// The other end of the connection a request came on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Client(pub(crate) IpAddr);

/// What every connection needs.
struct House {
    router: Router,
    limits: Limits,
    http: Arc<http1::Builder>,
    graceful: GracefulShutdown,
}

impl House {
    /// Serves one connection in a task of its own.
    fn receive(&self, stream: TcpStream, client: Client, place: Place, mut closing: watch::Receiver<bool>) {
        // Small answers must not wait for acknowledgements; a socket that refuses still works.
        let _ = stream.set_nodelay(true);
        let pulse = Pulse::new();
        let timed = Timed::new(stream, pulse.clone(), self.limits.head, self.limits.write);
        let router = self.router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(client);
            pulse.request_begins();
            let (router, pulse) = (router.clone(), pulse.clone());
            async move {
                let Ok(response) = router.oneshot(request.map(Body::new)).await;
                Ok::<_, Infallible>(response.map(|body| pulse.until_written(body)))
            }
        });
        let connection = self.graceful.watch(self.http.serve_connection(TokioIo::new(timed), service));
        tokio::spawn(async move {
            let _place = place;
            let _counted = measures::Connection::begin();
            tokio::select! {
                ended = connection => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "连接中断");
                    }
                }
                _ = closing.changed() => {}
            }
        });
    }
}
