//! `GET /api/v1/documents/{id}/original`: the file as published.

use std::fs;
use std::io::Read;
use std::path::{Path as FilePath, PathBuf};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::sync::OwnedSemaphorePermit;

use super::super::limits::ORIGINAL_BYTES;
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use super::documents::find;
use crate::policy::{Metadata, Source};

/// Folder of the files as published, within the corpus.
const ORIGINALS: &str = "originals";
/// Endings of published files and what they are sent as. Markup is sent as bytes: it must never run on our address.
const FORMATS: [(&str, &str); 14] = [
    ("pdf", "application/pdf"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("doc", "application/msword"),
    ("wps", "application/octet-stream"),
    ("ofd", "application/ofd"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("html", "application/octet-stream"),
    ("htm", "application/octet-stream"),
    ("xml", "application/octet-stream"),
    ("txt", "text/plain"),
    ("md", "text/plain"),
    ("csv", "text/plain"),
    ("json", "application/octet-stream"),
    ("jsonl", "application/octet-stream"),
];

/// A file in memory, which keeps its place until it has been sent.
struct Held {
    bytes: Vec<u8>,
    _place: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Gives the file as published, to be saved.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}/original",
    tag = "documents",
    params(("id" = String, Path, description = "Id of the document")),
    responses(
        (status = 200, description = "The file as published", body = String, content_type = "application/octet-stream"),
        (status = 404, description = "No such document, or no file was kept", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn original(State(reception): State<Reception>, Path(id): Path<String>) -> Result<Response, Problem> {
    let place = reception.originals().try_acquire_owned().map_err(|_| Problem::busy())?;
    let folder = reception.corpus().join(ORIGINALS);
    let (name, content_type, bytes) = reception
        .work(move |library| {
            let meta = &find(library.generation(), &id)?.meta;
            let (path, content_type) = locate(&folder, meta).ok_or_else(|| nothing_kept(meta))?;
            let bytes = read(&path)?;
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("bin");
            Ok((format!("{}.{ending}", meta.id), content_type, bytes))
        })
        .await?;
    let headers = [
        (CONTENT_TYPE, content_type.to_owned()),
        // An id is made of letters, digits, hyphens, underscores and dots only.
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-cache".to_owned()),
    ];
    Ok((headers, Bytes::from_owner(Held { bytes, _place: place })).into_response())
}

fn nothing_kept(meta: &Metadata) -> Problem {
    Problem::not_found(format!("文件“{}”没有留存发布时的原件；正文见 /documents/{}。", meta.title, meta.id))
}

/// The file of the first source that was kept.
fn locate(folder: &FilePath, meta: &Metadata) -> Option<(PathBuf, &'static str)> {
    meta.sources.iter().filter(|source| is_digest(&source.sha256)).find_map(|source| {
        let stated = ending(source);
        let first = FORMATS.iter().filter(|(format, _)| Some(*format) == stated.as_deref());
        first.chain(&FORMATS).find_map(|(format, content_type)| {
            let path = folder.join(format!("{}.{format}", source.sha256));
            path.is_file().then_some((path, *content_type))
        })
    })
}

/// A digest makes a file name; anything else might make a path.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn ending(source: &Source) -> Option<String> {
    let (_, ending) = source.location.rsplit_once('.')?;
    Some(ending.to_ascii_lowercase())
}

fn read(path: &FilePath) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: std::io::Error| {
        tracing::error!(%error, path = %path.display(), "原件不能读取");
        Problem::not_found("发布时的原件暂时不能读取；正文可以在网页上阅读。")
    };
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(ORIGINAL_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}
