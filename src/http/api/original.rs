//! `GET /api/v1/documents/{id}/original`: the file as published.

use std::fs;
use std::io::Read;
use std::path::{Component, Path as FilePath, PathBuf};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::sync::OwnedSemaphorePermit;

use super::super::limits::ORIGINAL_BYTES;
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use super::documents::find;
use crate::corpus::Corpus;
use crate::policy::{Metadata, PolicyDocument};

/// What published files are sent as; anything else, markup above all, as bytes: it must never run on our address.
const FORMATS: [(&str, &str); 8] = [
    ("pdf", "application/pdf"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("doc", "application/msword"),
    ("ofd", "application/ofd"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("txt", "text/plain"),
    ("md", "text/plain"),
    ("csv", "text/plain"),
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
    summary = "发布时的原件，供保存",
    params(("id" = String, Path, description = "文件标识")),
    responses(
        (status = 200, description = "发布时的原件", body = String, content_type = "application/octet-stream"),
        (status = 404, description = "没有这份文件，或没有留存原件", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn original(State(reception): State<Reception>, Path(id): Path<String>) -> Result<Response, Problem> {
    let place = reception.originals().try_acquire_owned().map_err(|_| Problem::busy())?;
    let corpus = reception.corpus().to_owned();
    let (name, content_type, bytes) = reception
        .work(move |library| {
            let generation = library.generation();
            let document = generation.document(find(generation, &id)?.serial)?;
            let path = kept_original(&corpus, &document).ok_or_else(|| nothing_kept(document.meta()))?;
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("bin");
            let known = FORMATS.iter().find(|(format, _)| *format == ending);
            let content_type = known.map_or("application/octet-stream", |(_, content_type)| *content_type);
            Ok((format!("{id}.{ending}"), content_type, read(&path)?))
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

/// The file as published, when it was kept in the folder of the originals and nowhere else.
pub(crate) fn kept_original(corpus: &FilePath, document: &PolicyDocument) -> Option<PathBuf> {
    let path = Corpus::open(corpus).ok()?.original(document)?;
    let digest = path.file_stem()?.to_str()?;
    // A digest makes a file name; what stands in a corrected front matter might make a path.
    (digest.bytes().all(|b| b.is_ascii_hexdigit()) && !path.components().any(|part| part == Component::ParentDir))
        .then_some(path)
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
