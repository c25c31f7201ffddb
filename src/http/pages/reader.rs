//! `/documents/{id}`: a document to read, with its standing on a day, its family, its duties and what explains it.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path as FilePath;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::api;
use super::super::asked::{self, Asked, stated};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::chrome::{Chrome, Here, page};
use super::duties::{DutyView, rows};
use super::family::Family;
use super::find::{Found, find};
use super::labels;
use super::link::{link, quote};
use super::moments::{Moment, moments};
use super::outline_view::{Entry, Event, Mark, Note, entries, events};
use super::prose::{Piece, Prose};
use super::versions::{self, VersionView};
use crate::consultation::document_json;
use crate::contract::{CopyJson, DocumentJson};
use crate::index::{Generation, Head};
use crate::policy::{DocumentId, PolicyDocument, RegionCode};

/// Paragraphs of interpretations shown with one passage; the rest is in the interpretation itself.
const NOTES: usize = 3;
/// Characters of an interpretation that its closed note shows.
const LEAD_CHARS: usize = 42;
/// Clauses beyond which the page is laid out as it is scrolled.
const LONG: usize = 600;

/// What the address may ask for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct ReaderQuery {
    /// Byte range to highlight: `120-180`.
    quote: Option<String>,
    as_of: Option<String>,
    /// Words to find in the text, or the number of an article.
    find: Option<String>,
    /// An earlier version.
    version: Option<String>,
}

/// A clause that is not what its document is on the day shown.
struct Changed {
    id: String,
    label: String,
    words: &'static str,
}

/// The page.
#[derive(Template)]
#[template(path = "reader.html")]
struct ReaderPage {
    chrome: Chrome,
    document: DocumentJson,
    /// Its own address.
    path: String,
    /// The customary name, for citations: 《title》（number）.
    cite: String,
    as_of: String,
    /// Whether the reader chose the day.
    chosen: bool,
    /// The earlier version shown; 0 for the present one.
    version: u32,
    kind_url: String,
    ask_url: String,
    validity: &'static str,
    changed: Vec<Changed>,
    moments: Vec<Moment>,
    letterhead: Vec<(&'static str, String)>,
    entries: Vec<Entry>,
    events: Vec<Event>,
    noted: bool,
    long: bool,
    found: Found,
    family: Family,
    duties: Vec<DutyView>,
    versions: Vec<VersionView>,
    copies: Vec<CopyJson>,
    is_explanation: bool,
    has_original: bool,
}

/// What the reader asked for, checked.
struct Wanted {
    as_of: Date,
    chosen: bool,
    quote: Option<Range<usize>>,
    find: String,
    version: Option<u32>,
}

/// Shows a document.
pub(super) async fn reader(
    State(reception): State<Reception>,
    Path(id): Path<String>,
    Asked(query): Asked<ReaderQuery>,
) -> Result<Response, Problem> {
    let wanted = wanted(&query)?;
    let corpus = reception.corpus().to_owned();
    let template = reception.work(move |library| read(library.generation(), &corpus, &id, &wanted)).await?;
    Ok(page(StatusCode::OK, &template))
}

fn wanted(query: &ReaderQuery) -> Result<Wanted, Problem> {
    let find = match stated(query.find.as_ref()) {
        Some(words) => asked::question("find", words)?.to_owned(),
        None => String::new(),
    };
    Ok(Wanted {
        as_of: asked::as_of(query.as_of.as_ref())?,
        chosen: stated(query.as_of.as_ref()).is_some(),
        quote: query.quote.as_deref().and_then(byte_range),
        find,
        version: stated(query.version.as_ref()).map(versions::number).transpose()?,
    })
}

fn read(generation: &Generation, corpus: &FilePath, id: &str, wanted: &Wanted) -> Result<ReaderPage, Problem> {
    let head = api::find(generation, id)?;
    let current = generation.document(head.serial)?;
    let earlier = wanted.version.filter(|version| *version != current.meta().version);
    let earlier = earlier.map(|version| versions::earlier(corpus, head, version)).transpose()?;
    let document = earlier.as_ref().unwrap_or(&current);
    let json = document_json(generation, head, document, wanted.as_of);
    let found = find(document, &wanted.find);
    let prose = Prose::marking(document.text(), found.marks.iter().cloned().chain(wanted.quote.clone()));
    // What the library knows of clauses, it knows of the present text.
    let (notes, marks) = match &earlier {
        Some(_) => (HashMap::new(), HashMap::new()),
        None => (notes(generation, head)?, marks(generation, &json)),
    };
    let changed = changed(&json, &marks);
    let noted = !notes.is_empty();
    let events = events(document, &prose, notes, marks);
    let mut page = build(generation, head, document, json, wanted);
    page.copies = api::differing(corpus, document.id(), document.text());
    page.has_original = api::kept_original(corpus, document).is_some();
    page.versions = versions::list(corpus, head);
    page.version = earlier.as_ref().map_or(0, |document| document.meta().version);
    Ok(ReaderPage { changed, noted, long: document.outline().nodes().len() > LONG, events, found, ..page })
}

/// A byte range as it stands in an address; anything else marks nothing.
fn byte_range(text: &str) -> Option<Range<usize>> {
    let (start, end) = text.split_once('-')?;
    Some(start.parse().ok()?..end.parse().ok()?)
}

fn build(
    generation: &Generation,
    head: &Head,
    document: &PolicyDocument,
    json: DocumentJson,
    wanted: &Wanted,
) -> ReaderPage {
    let region = json.summary.region.as_deref().and_then(RegionCode::parse);
    let place = region.and_then(|code| generation.gazetteer().get(&code)).map(|place| place.name.clone());
    let cited = &json.summary.document;
    ReaderPage {
        chrome: Chrome::new(Here::Documents),
        path: format!("/documents/{}", head.meta.id),
        cite: labels::name(document.meta()),
        chosen: wanted.chosen,
        version: 0,
        kind_url: link("/documents", &[("kind", &cited.kind)]),
        ask_url: link("/", &[("q", &labels::titled(&cited.title))]),
        validity: labels::validity(&cited.validity),
        changed: Vec::new(),
        moments: moments(head, wanted.as_of),
        letterhead: letterhead(&json, &place.unwrap_or_default()),
        entries: entries(document),
        events: Vec::new(),
        noted: false,
        long: false,
        found: Found::default(),
        family: Family::of(generation, head, &json, wanted.as_of, wanted.chosen),
        duties: rows(document),
        versions: Vec::new(),
        copies: Vec::new(),
        is_explanation: !document.meta().kind.is_authority(),
        has_original: false,
        as_of: wanted.as_of.to_string(),
        document: json,
    }
}

/// The letterhead as a table; what is not known is left out.
fn letterhead(json: &DocumentJson, place: &str) -> Vec<(&'static str, String)> {
    let cited = &json.summary.document;
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    let rows = [
        ("发文字号", cited.document_number.clone().unwrap_or_default()),
        ("发文机关", json.issuers.join("、")),
        ("文种", cited.kind.clone()),
        ("适用地区", place.to_owned()),
        ("层级", day(&json.level)),
        ("成文日期", day(&json.written)),
        ("发布日期", day(&json.published)),
        ("施行日期", day(&cited.effective)),
        ("有效期至", day(&cited.expires)),
        ("主题", json.summary.themes.join("、")),
        ("适用对象", json.audience.join("、")),
        ("公开属性", json.disclosure.clone()),
        ("版本", format!("第 {} 版", json.version)),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The clauses that are marked, in order.
fn changed(json: &DocumentJson, marks: &HashMap<usize, Mark>) -> Vec<Changed> {
    let mut places: Vec<&usize> = marks.keys().collect();
    places.sort_unstable();
    let clause = |at: &usize| {
        let clause = json.clauses.get(*at)?;
        Some(Changed { id: clause.id.clone(), label: clause.label.clone(), words: marks.get(at)?.label })
    };
    places.into_iter().filter_map(clause).collect()
}

/// Whether the public may see the document with this id: an acting document may not be public.
fn is_held(generation: &Generation, id: &str) -> bool {
    DocumentId::parse(id).is_ok_and(|id| generation.by_id(&id).is_some())
}

/// The marks of clauses by place in the outline; a clause below a marked one says it once.
fn marks(generation: &Generation, json: &DocumentJson) -> HashMap<usize, Mark> {
    let basis: HashMap<&str, &str> = json
        .clauses
        .iter()
        .filter_map(|clause| Some((clause.id.as_str(), clause.status.as_ref()?.basis.as_str())))
        .collect();
    let mut marks = HashMap::new();
    for (at, clause) in json.clauses.iter().enumerate() {
        let Some(status) = &clause.status else { continue };
        let above = clause.parent.as_deref().and_then(|parent| basis.get(parent));
        if above.is_some_and(|above| *above == status.basis) {
            continue;
        }
        let known = |id: &&String| is_held(generation, id);
        let mark = Mark {
            state: labels::clause_state(&status.state),
            label: labels::clause_label(&status.state),
            basis: status.basis.clone(),
            url: status.by.as_ref().filter(known).map(|id| format!("/documents/{id}")),
        };
        marks.insert(at, mark);
    }
    marks
}

/// What interpretations say of each clause, by place in the outline.
fn notes(generation: &Generation, head: &Head) -> Result<HashMap<usize, Vec<Note>>, Problem> {
    let mut notes: HashMap<usize, Vec<Note>> = HashMap::new();
    for key in head.keys() {
        let Some(place) = generation.passage(key) else { continue };
        for explanation in generation.explanations(key).iter().take(NOTES) {
            let document = generation.document(explanation.serial)?;
            let Some(text) = document.text().get(explanation.start..explanation.end) else { continue };
            let clause = document.outline().deepest_at(explanation.start).and_then(|node| document.clause_at(node));
            let anchor = clause.map(|clause| clause.id().to_string()).unwrap_or_default();
            notes.entry(place.node as usize).or_default().push(Note {
                title: labels::titled(&document.meta().title),
                url: quote(document.id().as_str(), &anchor, explanation.start, explanation.end),
                lead: text.trim().chars().take(LEAD_CHARS).collect(),
                text: text.trim().to_owned(),
            });
        }
    }
    Ok(notes)
}
