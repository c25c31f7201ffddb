//! A server on a port of its own, in front of a library of one document.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::oneshot;
use ureq::Agent;

use super::super::{EmbedHosts, Limits, Listener, ServeOptions, serve_on};
use crate::analysis::Lexicon;
use crate::consultation::Desk;
use crate::index::{self, Input};
use crate::outline;
use crate::policy::{
    Directory, Disclosure, DocumentId, DocumentKind, GazetteIssue, Gazetteer, Level, Metadata, PolicyDocument, Region,
    RegionCode, Source, sha256_hex,
};

const TEXT: &str = "试验县独居老人关爱办法\n\n第一条　年满80周岁的独居老人，每人每月补贴120元。\n\n\
     第二条　申请人向户籍所在地乡镇人民政府提交身份证和户口簿。\n";
pub(super) const ID: &str = "sy-2025-guanai";
pub(super) const ORIGINAL: &[u8] = b"<html>as published</html>";

/// A server on a port of its own, stopped when dropped.
pub(super) struct House {
    base: String,
    pub(super) address: SocketAddr,
    agent: Agent,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
    folder: TempDir,
}

impl Drop for House {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            let _ = serving.join();
        }
    }
}

impl House {
    pub(super) fn open(limits: Limits) -> Self {
        Self::on(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0), limits)
    }

    pub(super) fn on(listen: SocketAddr, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Arc::new(desk(folder.path()));
        let listener = Listener::bind(listen).unwrap();
        let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), listener.address().port());
        let options = ServeOptions {
            listen,
            corpus: folder.path().join("corpus"),
            var: folder.path().join("var"),
            embed: EmbedHosts::default(),
            proxies: Vec::new(),
            limits,
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            let told = async {
                let _ = stopped.await;
            };
            runtime.block_on(serve_on(listener, desk, options, told)).unwrap();
            runtime.shutdown_timeout(Duration::from_secs(5));
        });
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        let base = format!("http://{address}");
        Self { base, address, agent, stop: Some(stop), serving: Some(serving), folder }
    }

    pub(super) fn get(&self, path: &str) -> Reply {
        Reply::of(self.agent.get(format!("{}{path}", self.base)).call().unwrap())
    }

    pub(super) fn page(&self, path: &str) -> Reply {
        Reply::of(self.agent.get(format!("{}{path}", self.base)).header("accept", "text/html").call().unwrap())
    }

    pub(super) fn post(&self, path: &str, body: &str) -> Reply {
        let request = self.agent.post(format!("{}{path}", self.base)).header("content-type", "application/json");
        Reply::of(request.send(body).unwrap())
    }

    pub(super) fn post_form(&self, path: &str, body: &str) -> Reply {
        let form = "application/x-www-form-urlencoded";
        let request = self.agent.post(format!("{}{path}", self.base)).header("content-type", form);
        Reply::of(request.send(body).unwrap())
    }

    /// Writes a file of the corpus.
    pub(super) fn write(&self, name: &str, content: &str) {
        let path = self.folder.path().join("corpus").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }
}

pub(super) struct Reply {
    pub(super) status: u16,
    headers: ureq::http::HeaderMap,
    pub(super) body: String,
}

impl Reply {
    fn of(mut response: ureq::http::Response<ureq::Body>) -> Self {
        let body = response.body_mut().read_to_string().unwrap();
        Self { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A library of one document, with the file it was published as.
fn desk(folder: &Path) -> Desk {
    let code = RegionCode::parse("990121").unwrap();
    let mut meta = Metadata::new(DocumentId::parse(ID).unwrap(), "试验县独居老人关爱办法", DocumentKind::Normative);
    meta.region = Some(code.clone());
    meta.issuers = vec!["试验县人民政府".to_owned()];
    meta.dates.published = Some(jiff::civil::date(2025, 1, 2));
    meta.disclosure = Disclosure::Proactive;
    let gazette = Some(GazetteIssue { name: "试验县人民政府公报".to_owned(), year: 2025, number: 1 });
    meta.sources = vec![Source { sha256: sha256_hex(ORIGINAL), gazette, ..Source::named("page.html") }];
    let originals = folder.join("corpus/originals");
    std::fs::create_dir_all(&originals).unwrap();
    std::fs::write(originals.join(format!("{}.html", sha256_hex(ORIGINAL))), ORIGINAL).unwrap();
    let document = PolicyDocument::new(meta, TEXT.into(), outline::outline(TEXT)).unwrap();
    let load = |_: &DocumentId| Ok(document.clone());
    let region = Region { code, name: "试验县".to_owned(), parent: None, level: Level::County, aliases: Vec::new() };
    let input = Input {
        entries: vec![(document.id().clone(), document.text_sha256().to_owned())],
        load: &load,
        lexicon: Lexicon::default(),
        gazetteer: Gazetteer::from(vec![region]),
        directory: Directory::default(),
        faqs: Vec::new(),
        book: crate::policy::programme::Rulebook::default(),
    };
    let place = folder.join("index");
    index::build(&place, input, &mut |_, _| {}).unwrap();
    Desk::open(&place).unwrap()
}
