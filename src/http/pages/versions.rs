//! Earlier versions and other editions of a document, and two of them side by side (新旧条文对照).

use std::path::Path as FilePath;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::api;
use super::super::asked::{Asked, shown, stated};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::chrome::{Chrome, Here, page};
use super::labels;
use crate::corpus::{Change, ChangeKind, Corpus};
use crate::export::{ClauseChange, Side, comparison};
use crate::index::Head;
use crate::policy::{DocumentId, PolicyDocument};

/// Clauses that differ shown on one page; editions that share less are better read whole.
const MOST_CHANGES: usize = 800;

/// An earlier version, as a link to its text and to what changed since.
#[derive(Debug)]
pub(super) struct VersionView {
    pub(super) number: u32,
    pub(super) url: String,
    pub(super) compare: String,
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct CompareQuery {
    /// The number of an earlier version, or the id of another document.
    with: Option<String>,
}

/// An edition of a comparison.
struct Edition {
    name: String,
    /// Number, day of issue or version.
    imprint: String,
    url: String,
}

/// A clause of both editions.
struct ChangeRow {
    old: Option<Side>,
    new: Option<Side>,
    what: &'static str,
    /// Class of what happened.
    class: &'static str,
    before: Vec<Change>,
    after: Vec<Change>,
}

/// The page.
#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    chrome: Chrome,
    back: String,
    title: String,
    old: Edition,
    new: Edition,
    rows: Vec<ChangeRow>,
    altered: usize,
    added: usize,
    removed: usize,
    moved: usize,
    same: usize,
    clipped: bool,
}

/// The number of a version as it stands in an address.
pub(super) fn number(text: &str) -> Result<u32, Problem> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| {
        Problem::invalid(format!("version “{}” 不是版本号；请写成 1、2 的样子，见文件页的“版本”。", shown(text)))
    })
}

/// An earlier version of a document, when it is public.
pub(super) fn earlier(corpus: &FilePath, head: &Head, version: u32) -> Result<Arc<PolicyDocument>, Problem> {
    let missing =
        || Problem::not_found(format!("库中没有“{}”的第 {version} 版；现有版本见文件页的“版本”。", head.meta.title));
    let corpus = Corpus::open(corpus).map_err(|_| missing())?;
    let kept = corpus.earlier_versions(&head.meta.id).unwrap_or_default();
    if !kept.contains(&version) {
        return Err(missing());
    }
    let found = corpus.earlier_version(&head.meta.id, version).map_err(|error| {
        tracing::warn!(document = %head.meta.id, version, %error, "旧版本无法读取");
        missing()
    })?;
    if found.meta().disclosure.is_public() { Ok(Arc::new(found)) } else { Err(missing()) }
}

/// The earlier versions of a document, the newest first.
pub(super) fn list(corpus: &FilePath, head: &Head) -> Vec<VersionView> {
    let kept = Corpus::open(corpus).and_then(|corpus| corpus.earlier_versions(&head.meta.id)).unwrap_or_default();
    let view = |number: u32| VersionView {
        number,
        url: format!("/documents/{}?version={number}", head.meta.id),
        compare: format!("/documents/{}/compare?with={number}", head.meta.id),
    };
    kept.into_iter().rev().map(view).collect()
}

/// Shows two editions side by side.
pub(super) async fn compare(
    State(reception): State<Reception>,
    Path(id): Path<String>,
    Asked(query): Asked<CompareQuery>,
) -> Result<Response, Problem> {
    let Some(with) = stated(query.with.as_ref()).map(str::to_owned) else {
        return Err(Problem::invalid(
            "with 没有写；请写版本号或另一份文件的标识，例如 /documents/某文件/compare?with=1。",
        ));
    };
    let corpus = reception.corpus().to_owned();
    let template = reception
        .work(move |library| {
            let generation = library.generation();
            let head = api::find(generation, &id)?;
            let document = generation.document(head.serial)?;
            let is_number = with.bytes().all(|b| b.is_ascii_digit());
            if is_number && DocumentId::parse(&with).is_ok_and(|id| generation.by_id(&id).is_none()) {
                let old = earlier(&corpus, head, number(&with)?)?;
                let editions = (version_of(head, &old), version_of(head, &document));
                return Ok(build(head, &old, &document, editions));
            }
            let other = api::find(generation, &with)?;
            let text = generation.document(other.serial)?;
            let editions = (edition(other), edition(head));
            // The older one on the left, whichever was asked for.
            Ok(if other.meta.dates.issued() <= head.meta.dates.issued() {
                build(head, &text, &document, editions)
            } else {
                build(head, &document, &text, (editions.1, editions.0))
            })
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

fn version_of(head: &Head, document: &PolicyDocument) -> Edition {
    let number = document.meta().version;
    let path = format!("/documents/{}", head.meta.id);
    let url = if number == head.meta.version { path } else { format!("{path}?version={number}") };
    Edition { name: labels::name(document.meta()), imprint: format!("第 {number} 版"), url }
}

fn edition(head: &Head) -> Edition {
    let imprint = head.meta.dates.issued().map_or("印发日期不明".to_owned(), |day| format!("{day}印发"));
    Edition { name: labels::name(&head.meta), imprint, url: format!("/documents/{}", head.meta.id) }
}

fn build(head: &Head, old: &PolicyDocument, new: &PolicyDocument, (older, newer): (Edition, Edition)) -> ComparePage {
    let found = comparison(old, new);
    let clipped = found.changes.len() > MOST_CHANGES;
    let rows: Vec<ChangeRow> = found.changes.into_iter().take(MOST_CHANGES).map(row).collect();
    let count = |class: &str| rows.iter().filter(|row| row.class == class).count();
    ComparePage {
        chrome: Chrome::new(Here::Documents),
        back: format!("/documents/{}", head.meta.id),
        title: head.meta.title.clone(),
        altered: count("altered"),
        added: count("added"),
        removed: count("removed"),
        moved: count("moved"),
        same: found.same,
        old: older,
        new: newer,
        rows,
        clipped,
    }
}

fn row(change: ClauseChange) -> ChangeRow {
    let differs = change.words.iter().any(|word| word.kind != ChangeKind::Same);
    let (what, class) = match (&change.old, &change.new) {
        (Some(_), None) => ("删去", "removed"),
        (None, _) => ("新增", "added"),
        (Some(_), Some(_)) if differs => ("修改", "altered"),
        (Some(_), Some(_)) => ("序号变动，文字未变", "moved"),
    };
    let of = |kept: ChangeKind| -> Vec<Change> {
        change.words.iter().filter(|word| word.kind == ChangeKind::Same || word.kind == kept).cloned().collect()
    };
    let (before, after) = (of(ChangeKind::Missing), of(ChangeKind::Added));
    let before = if change.old.is_some() { before } else { Vec::new() };
    let after = if change.new.is_some() { after } else { Vec::new() };
    ChangeRow { what, class, before, after, old: change.old, new: change.new }
}
