//! The reception (接待处): what every handler needs, shared by all requests.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::http::HeaderMap;
use tokio::sync::Semaphore;

use super::catalogue::Catalogue;
use super::clock;
use super::door::Client;
use super::embedding::EmbedHosts;
use super::inspecting::Inspecting;
use super::limits::{Limits, ORIGINALS_AT_ONCE};
use super::measures;
use super::pace::{self, Pace};
use super::problem::Problem;
use super::server::ServeOptions;
use super::workers::Workers;
use crate::casework::{CaseworkError, Ledger};
use crate::consultation::{Desk, Library, Sessions};

/// What every handler needs; cloned per request at the price of a counter.
#[derive(Clone)]
pub(super) struct Reception(Arc<Inner>);

struct Inner {
    desk: Arc<Desk>,
    workers: Workers,
    corpus: PathBuf,
    limits: Limits,
    originals: Arc<Semaphore>,
    catalogue: Mutex<Option<Arc<Catalogue>>>,
    inspecting: Inspecting,
    sessions: Sessions,
    ledger: Ledger,
    pace: Pace,
    embed: EmbedHosts,
    proxies: Vec<IpAddr>,
    draining: AtomicBool,
}

impl Reception {
    /// A reception in front of this desk.
    pub(super) fn new(desk: Arc<Desk>, options: ServeOptions) -> Self {
        let limits = options.limits;
        measures::install();
        Self(Arc::new(Inner {
            desk,
            workers: Workers::new(&limits),
            corpus: options.corpus,
            limits,
            originals: Arc::new(Semaphore::new(ORIGINALS_AT_ONCE)),
            catalogue: Mutex::new(None),
            inspecting: Inspecting::default(),
            sessions: Sessions::default(),
            ledger: Ledger::at(&options.var),
            pace: Pace::default(),
            embed: options.embed,
            proxies: options.proxies,
            draining: AtomicBool::new(false),
        }))
    }

    /// The desk.
    pub(super) fn desk(&self) -> &Desk {
        &self.0.desk
    }

    /// The folder of the corpus.
    pub(super) fn corpus(&self) -> &Path {
        &self.0.corpus
    }

    /// The limits.
    pub(super) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The inspection of the library.
    pub(super) fn inspecting(&self) -> &Inspecting {
        &self.0.inspecting
    }

    /// The conversations going on.
    pub(super) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// The sites that may embed the widget.
    pub(super) fn embed(&self) -> &EmbedHosts {
        &self.0.embed
    }

    /// Works on the ledger, on a core of its own: it waits for the disk.
    pub(super) async fn keep<T, W>(&self, work: W) -> Result<Result<T, CaseworkError>, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&Ledger) -> Result<T, CaseworkError> + Send + 'static,
    {
        let shared = self.clone();
        self.0.workers.run(move || work(&shared.0.ledger)).await
    }

    /// Counts one thing a client sends for keeping; a problem when it sends too much.
    pub(super) fn admit_writing(&self, client: Option<Client>, headers: &HeaderMap) -> Result<(), Problem> {
        let Some(Client(peer)) = client else { return Ok(()) };
        let sender = pace::sender(peer, headers, &self.0.proxies);
        if self.0.limits.exempt_loopback && peer.to_canonical().is_loopback() && sender.is_loopback() {
            return Ok(());
        }
        self.0.pace.admit(sender, Instant::now())
    }

    /// Places for originals on their way.
    pub(super) fn originals(&self) -> Arc<Semaphore> {
        self.0.originals.clone()
    }

    /// Says that the server is about to stop.
    pub(super) fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }

    /// Whether the server is about to stop.
    pub(super) fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }

    /// Works on the library as it is now, on a core of its own.
    pub(super) async fn work<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&Library) -> Result<T, Problem> + Send + 'static,
    {
        let library = self.0.desk.library();
        self.0.workers.run(move || work(&library)).await?
    }

    /// What the pages offer for the generation that is live; made once a generation. Takes time: never on the threads
    /// that hold the connections.
    pub(super) fn catalogue(&self) -> Arc<Catalogue> {
        let library = self.0.desk.library();
        let generation = library.generation();
        let known = || self.0.catalogue.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(catalogue) = known().as_ref().filter(|catalogue| catalogue.generation() == generation.number()) {
            return catalogue.clone();
        }
        let fresh = Arc::new(Catalogue::of(&library, self.corpus(), clock::today()));
        measures::serving(generation.number(), generation.heads().len());
        *known() = Some(fresh.clone());
        fresh
    }
}
