//! Inspecting (检查): the state of the library, looked at once a generation and day, away from the questions.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::HeaderMap;
use axum::http::header::{FORWARDED, HOST, HeaderName, VIA};
use jiff::civil::Date;

use super::clock;
use super::problem::Problem;
use super::reception::Reception;
use crate::corpus::Corpus;
use crate::inspection::{Inspection, inspect};

/// How long a page waits for an inspection under way before it says so; well below the time of a request.
const PATIENCE: Duration = Duration::from_secs(6);
/// How often it looks.
const PAUSE: Duration = Duration::from_millis(50);
/// Headers by which a proxy tells for whom it asks.
const PROXIED: [HeaderName; 4] =
    [FORWARDED, VIA, HeaderName::from_static("x-forwarded-for"), HeaderName::from_static("x-real-ip")];

/// The generation and the day of an inspection.
type Of = (u64, Date);

/// The last inspection, and the one under way.
#[derive(Default)]
pub(super) struct Inspecting {
    done: Mutex<Option<(Of, Arc<Inspection>)>>,
    under_way: Mutex<Option<Of>>,
}

impl Inspecting {
    fn done(&self, of: Of) -> Option<Arc<Inspection>> {
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.as_ref().filter(|(known, _)| *known == of).map(|(_, inspection)| inspection.clone())
    }

    /// Whether nobody inspects this yet; the caller does then.
    fn begin(&self, of: Of) -> bool {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let free = under_way.is_none();
        *under_way = Some(under_way.unwrap_or(of));
        free
    }

    fn end(&self, finished: Option<(Of, Arc<Inspection>)>) {
        if finished.is_some() {
            *self.done.lock().unwrap_or_else(PoisonError::into_inner) = finished;
        }
        *self.under_way.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The inspection of the live generation as of today; none while it is under way.
pub(super) async fn inspection(reception: &Reception) -> Option<Arc<Inspection>> {
    let of = (reception.desk().library().generation().number(), clock::today());
    let waited = async {
        loop {
            if let Some(done) = reception.inspecting().done(of) {
                return done;
            }
            if reception.inspecting().begin(of) {
                start(reception.clone(), of);
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::time::timeout(PATIENCE, waited).await.ok()
}

/// Inspects on a thread of its own.
fn start(reception: Reception, of: Of) {
    tokio::task::spawn_blocking(move || {
        let guard = Guard(&reception);
        let library = reception.desk().library();
        let corpus = Corpus::open(reception.corpus()).ok();
        let found = Arc::new(inspect(library.generation(), corpus.as_ref(), of.1));
        let finished = ((library.generation().number(), of.1), found);
        guard.0.inspecting().end(Some(finished));
    });
}

/// Frees the place of an inspection, also when it panicked.
struct Guard<'r>(&'r Reception);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.inspecting().end(None);
    }
}

/// Whether a client may see the pages of the operator: somebody on this machine, or anybody when the operator said so.
/// There are no accounts yet.
pub(super) fn admit(reception: &Reception, client: Option<IpAddr>, headers: &HeaderMap) -> Result<(), Problem> {
    if reception.limits().admin_open || is_here(client, headers) {
        return Ok(());
    }
    Err(Problem::not_found(
        "管理页只对本机开放：请在服务器上用 http://localhost 打开，或改用命令 zhengda check；由网关把守时可加 --admin-open。",
    ))
}

/// Whether a client is somebody on this machine, not through a proxy, under a name of this machine.
pub(super) fn is_here(client: Option<IpAddr>, headers: &HeaderMap) -> bool {
    let local = client.is_some_and(|address| address.to_canonical().is_loopback());
    let proxied = PROXIED.iter().any(|name| headers.contains_key(name));
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    local && !proxied && is_this_machine(host)
}

/// Whether a host is a name of this machine: a page elsewhere whose name was pointed here is not.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for host in ["localhost:8080", "LOCALHOST", "127.0.0.1:80", "[::1]:8080", "[::1]"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "example.gov.cn", "localhost.example.com", "192.0.2.1:8080"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
