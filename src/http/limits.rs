//! How much a knock may cost: every limit with its reason.

use std::time::Duration;

/// Connections in all: a county's peak is hundreds; beyond this the machine serves nobody well.
const CONNECTIONS: usize = 10_000;
/// Connections of one client: an office behind one address needs dozens, an attack thousands.
const CONNECTIONS_PER_CLIENT: usize = 64;
/// A whole request head must arrive in this time; `axum::serve` would wait for ever (axum#2741).
const HEAD: Duration = Duration::from_secs(5);
/// A whole body must arrive in this time.
const BODY: Duration = Duration::from_secs(10);
/// A connection may stay open between requests for this long.
const IDLE: Duration = Duration::from_secs(30);
/// A client that takes no bytes for this long is gone.
const WRITE: Duration = Duration::from_secs(30);
/// A request is given up after this time: the body's time and a generous answer; 15 s is the legal veto line.
const REQUEST: Duration = Duration::from_secs(15);
/// Open requests may finish in this time after the signal to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// A question waits this long for a free core before it is turned away.
const QUEUE: Duration = Duration::from_millis(500);

/// Bytes of request line and headers together; hyper would take 400 KiB.
pub(super) const HEAD_BYTES: usize = 16 * 1024;
/// Headers of one request.
pub(super) const HEADERS: usize = 64;
/// Bytes of a body: an answer sent back for verification is the largest, some 30 KiB.
pub(super) const BODY_BYTES: usize = 64 * 1024;
/// Bytes of a match sent back for verification: all programmes with their quotes are some 350 KiB.
pub(super) const MATCH_BYTES: usize = 1024 * 1024;
/// Pause after a failed accept (no file descriptors left): neither spinning nor parked.
pub(super) const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// File descriptors kept for the index, logs and originals when connections are counted against the limit.
pub(super) const SPARE_DESCRIPTORS: usize = 256;
/// Questions that may wait for one core; 500 ms of waiting hold about this many.
pub(super) const QUEUE_PER_CORE: usize = 64;
/// What a turned away client is told to wait, in seconds.
pub(super) const RETRY_AFTER_SECONDS: u32 = 2;
/// How often a new generation of the index is looked for.
pub(super) const REFRESH: Duration = Duration::from_secs(1);
/// Originals on their way at once, each read whole: 8 × 32 MiB.
pub(super) const ORIGINALS_AT_ONCE: usize = 8;
/// Largest original that is sent; the same bound holds at import.
pub(super) const ORIGINAL_BYTES: u64 = 32 * 1024 * 1024;

/// The limits that a test or an operator may set otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections in all.
    pub connections: usize,
    /// Connections of one client (IPv4 address, or IPv6 /64).
    pub per_client: usize,
    /// Whether clients on this machine (a reverse proxy) are not counted per client.
    pub exempt_loopback: bool,
    /// Time for a request head.
    pub head: Duration,
    /// Time for a request body.
    pub body: Duration,
    /// Time between two requests of a connection.
    pub idle: Duration,
    /// Time without progress while an answer is written.
    pub write: Duration,
    /// Time for a request as a whole.
    pub request: Duration,
    /// Time for open requests after the signal to stop.
    pub drain: Duration,
    /// Time a question waits for a free core.
    pub queue: Duration,
    /// Whether the operator's pages are shown to anybody, because a proxy guards them; else to this machine only.
    pub admin_open: bool,
    /// Whether the agents' console is shown to anybody, because a gateway guards it; else to this machine only.
    pub agent_open: bool,
    /// Questions worked on at once; 0 takes the number of cores.
    pub workers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: CONNECTIONS,
            per_client: CONNECTIONS_PER_CLIENT,
            exempt_loopback: false,
            head: HEAD,
            body: BODY,
            idle: IDLE,
            write: WRITE,
            request: REQUEST,
            drain: DRAIN,
            queue: QUEUE,
            admin_open: false,
            agent_open: false,
            workers: 0,
        }
    }
}
