//! A server of our own on a free port, and requests to it over real sockets.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::oneshot;
use zhengda::consultation::Desk;
use zhengda::http::{EmbedHosts, Limits, Listener, ServeOptions, serve_on};

use super::demonstration::Demonstration;

/// Longer than any limit of the server, so that a test sees the server's own word.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .proxy(None)
        .max_redirects(0)
        .build()
        .into()
}

fn reply(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Reply {
    let mut response = response.unwrap();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
        .collect();
    Reply { status: response.status().as_u16(), headers, body: response.body_mut().read_to_string().unwrap() }
}

/// Fetches an address.
pub(super) fn get(url: &str) -> Reply {
    reply(agent().get(url).call())
}

/// Fetches an address with headers.
pub(super) fn get_with(url: &str, headers: &[(&str, &str)]) -> Reply {
    let request = headers.iter().fold(agent().get(url), |request, (name, value)| request.header(*name, *value));
    reply(request.call())
}

/// Posts JSON.
pub(super) fn post(url: &str, body: &Value) -> Reply {
    reply(agent().post(url).send_json(body))
}

/// Posts bytes as a media type.
pub(super) fn post_bytes(url: &str, media_type: &str, body: &[u8]) -> Reply {
    reply(agent().post(url).header("content-type", media_type).send(body))
}

/// Puts words into a query string.
pub(super) fn encoded(words: &str) -> String {
    words.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    })
}

/// A server in this process; it stops when dropped.
pub(super) struct Door {
    pub(super) address: String,
    /// Where it keeps what people do with the answers.
    pub(super) var: TempDir,
    _stop: oneshot::Sender<()>,
}

impl Door {
    /// Serves the demonstration library; one server for all tests.
    pub(super) fn open() -> &'static Self {
        static OPEN: OnceLock<Door> = OnceLock::new();
        OPEN.get_or_init(|| {
            Self::serve(
                Demonstration::open().index(),
                Demonstration::corpus(),
                Limits { exempt_loopback: true, ..Limits::default() },
            )
        })
    }

    /// Serves the demonstration library to sites that may embed it.
    pub(super) fn embedded_by(hosts: &[&str]) -> Self {
        let limits = Limits { exempt_loopback: true, ..Limits::default() };
        let embed = EmbedHosts::parse(hosts).unwrap();
        Self::serve_with(Demonstration::open().index(), Demonstration::corpus(), limits, embed)
    }

    /// Serves an index.
    pub(super) fn serve(index: PathBuf, corpus: PathBuf, limits: Limits) -> Self {
        Self::serve_with(index, corpus, limits, EmbedHosts::default())
    }

    fn serve_with(index: PathBuf, corpus: PathBuf, limits: Limits, embed: EmbedHosts) -> Self {
        let listen = "127.0.0.1:0".parse().unwrap();
        let listener = Listener::bind(listen).unwrap();
        let address = format!("http://{}", listener.address());
        let (stop, stopped) = oneshot::channel();
        let desk = Arc::new(Desk::open(&index).unwrap());
        // Swept with the folders of the demonstration, when a test process ends without dropping it.
        let var = tempfile::Builder::new().prefix("demonstration-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let options = ServeOptions { listen, corpus, var: var.path().to_owned(), embed, proxies: Vec::new(), limits };
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let shutdown = async move {
                stopped.await.ok();
            };
            runtime.block_on(serve_on(listener, desk, options, shutdown)).unwrap();
        });
        Self { address, var, _stop: stop }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub(super) fn get(&self, path: &str) -> Reply {
        get(&self.url(path))
    }

    pub(super) fn consult(&self, body: &Value) -> Reply {
        post(&self.url("/api/v1/consult"), body)
    }
}
