//! The measures (运行指标): counters and histograms for Prometheus, by route and status, never by content.

use std::sync::OnceLock;
use std::time::Duration;

use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::contract::Status;

/// Seconds of the histogram: from a cache hit over the 1 s objective to the 15 s veto line.
const BUCKETS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0];
/// Methods named in metrics; a client may invent others, and each would be a series of its own.
const METHODS: [&str; 4] = ["GET", "POST", "HEAD", "OPTIONS"];

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Installs the recorder, once a process.
pub(super) fn install() {
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
            .inspect_err(|error| tracing::warn!(%error, "指标分桶设置失败"))
            .ok()?;
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        if let Err(error) = metrics::set_global_recorder(recorder) {
            tracing::warn!(%error, "指标记录器已被占用，/metrics 不可用");
            return None;
        }
        Some(handle)
    });
}

/// All measures as Prometheus reads them; none when another recorder is in place.
pub(super) fn rendered() -> Option<String> {
    RECORDER.get()?.as_ref().map(PrometheusHandle::render)
}

/// Keeps histograms from growing between two scrapes.
pub(super) fn upkeep() {
    if let Some(Some(handle)) = RECORDER.get() {
        handle.run_upkeep();
    }
}

/// A request was answered.
pub(super) fn answered(route: &str, method: &str, status: u16, took: Duration) {
    let method = METHODS.into_iter().find(|known| *known == method).unwrap_or("other");
    counter!("zhengda_http_requests_total", "route" => route.to_owned(), "method" => method, "status" => status.to_string())
        .increment(1);
    histogram!("zhengda_http_request_seconds", "route" => route.to_owned()).record(took.as_secs_f64());
}

/// A question ended in this way.
pub(super) fn consulted(status: Status, took: Duration) {
    counter!("zhengda_consultations_total", "status" => status.name()).increment(1);
    histogram!("zhengda_consultation_seconds").record(took.as_secs_f64());
}

/// The queue was full or too slow.
pub(super) fn turned_away() {
    counter!("zhengda_turned_away_total").increment(1);
}

/// A client had too many connections.
pub(super) fn connection_refused() {
    counter!("zhengda_connections_refused_total").increment(1);
}

/// The system did not give a connection.
pub(super) fn accept_failed() {
    counter!("zhengda_accept_errors_total").increment(1);
}

/// A newer generation could not be opened.
pub(super) fn refresh_failed() {
    counter!("zhengda_index_refresh_errors_total").increment(1);
}

/// This generation is served, with this many documents.
pub(super) fn serving(generation: u64, documents: usize) {
    gauge!("zhengda_index_generation").set(generation as f64);
    gauge!("zhengda_documents").set(documents as f64);
}

/// Counts an open connection as long as it lives.
#[derive(Debug)]
pub(super) struct Connection(());

impl Connection {
    /// A connection begins.
    pub(super) fn begin() -> Self {
        gauge!("zhengda_connections").increment(1.0);
        Self(())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        gauge!("zhengda_connections").decrement(1.0);
    }
}
