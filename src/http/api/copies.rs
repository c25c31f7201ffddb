//! `GET /api/v1/documents/{id}/copies`: the other texts of the same work, and how they differ.

use axum::Json;
use axum::extract::{Path, State};

use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use super::documents::find;
use crate::contract::{ChangeJson, CopiesJson, CopyJson, DocumentJson};
use crate::corpus::{ChangeKind, CopyDifference, Corpus};
use crate::policy::DocumentId;

/// Tells how the copies of a document differ from it.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}/copies",
    tag = "documents",
    summary = "一文多源：与主本有出入的其他来源文本，逐字标出增删",
    params(("id" = String, Path, description = "文件标识")),
    responses(
        (status = 200, description = "各副本与主本的差异", body = CopiesJson),
        (status = 404, description = "没有这份文件", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn copies(
    State(reception): State<Reception>,
    Path(id): Path<String>,
) -> Result<Json<CopiesJson>, Problem> {
    let corpus = reception.corpus().to_owned();
    let found = reception
        .work(move |library| {
            let generation = library.generation();
            let document = generation.document(find(generation, &id)?.serial)?;
            let copies = differing(&corpus, document.id(), document.text());
            Ok(CopiesJson { document: document.id().to_string(), copies })
        })
        .await?;
    Ok(Json(found))
}

/// The differing copies of a document; none when they cannot be read: the document itself does not depend on them.
pub(crate) fn differing(corpus: &std::path::Path, id: &DocumentId, text: &str) -> Vec<CopyJson> {
    let found = Corpus::open(corpus).and_then(|corpus| corpus.copy_differences(id, text));
    match found {
        Ok(found) => found.iter().map(copy).collect(),
        Err(error) => {
            tracing::warn!(document = %id, %error, "副本无法读取");
            Vec::new()
        }
    }
}

fn copy(found: &CopyDifference) -> CopyJson {
    let kind = |kind| match kind {
        ChangeKind::Same => "same",
        ChangeKind::Missing => "missing",
        ChangeKind::Added => "added",
    };
    let change =
        |change: &crate::corpus::Change| ChangeJson { kind: kind(change.kind).to_owned(), text: change.text.clone() };
    CopyJson {
        location: DocumentJson::public_location(&found.location),
        title: found.title.clone(),
        likeness: found.likeness,
        missing: found.missing,
        added: found.added,
        lines: found.lines.iter().map(|line| line.changes.iter().map(change).collect()).collect(),
        clipped: found.clipped,
    }
}
