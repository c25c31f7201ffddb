//! `/documents/{id}`: a document to read, with its letterhead, its standing and what explains it.

use std::collections::HashMap;
use std::ops::Range;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::api;
use super::super::asked::{self, Asked};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::chrome::{Chrome, Here, page};
use super::labels;
use super::link::quote;
use super::outline_view::{Entry, Event, Note, entries, events};
use super::prose::{Piece, Prose};
use crate::consultation::document_json;
use crate::contract::{CopyJson, DocumentJson};
use crate::index::{Generation, Head};
use crate::policy::{InterpretationForm, PolicyDocument, RegionCode};

/// Paragraphs of interpretations shown with one passage; the rest is in the interpretation itself.
const NOTES: usize = 3;

/// What the address may ask for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct ReaderQuery {
    /// Byte range to highlight: `120-180`.
    quote: Option<String>,
    as_of: Option<String>,
}

/// A relation with its other end.
struct RelationView {
    what: &'static str,
    name: String,
    url: Option<String>,
    basis: String,
}

/// An interpretation, or what one interprets.
struct InterpretationView {
    title: String,
    url: String,
    /// Its form.
    what: &'static str,
    /// Why they are linked, and how sure that is.
    why: String,
}

/// The page.
#[derive(Template)]
#[template(path = "reader.html")]
struct ReaderPage {
    chrome: Chrome,
    document: DocumentJson,
    as_of: String,
    validity: &'static str,
    letterhead: Vec<(&'static str, String)>,
    entries: Vec<Entry>,
    events: Vec<Event>,
    relations: Vec<RelationView>,
    interpretations: Vec<InterpretationView>,
    copies: Vec<CopyJson>,
    is_explanation: bool,
    has_original: bool,
}

/// Shows a document.
pub(super) async fn reader(
    State(reception): State<Reception>,
    Path(id): Path<String>,
    Asked(query): Asked<ReaderQuery>,
) -> Result<Response, Problem> {
    let as_of = asked::as_of(query.as_of.as_ref())?;
    let corpus = reception.corpus().to_owned();
    let template = reception
        .work(move |library| {
            let generation = library.generation();
            let head = api::find(generation, &id)?;
            let document = generation.document(head.serial)?;
            let json = document_json(generation, head, &document, as_of);
            let prose = Prose::new(document.text(), query.quote.as_deref().and_then(byte_range));
            let events = events(&document, &prose, notes(generation, head)?);
            let mut page = build(generation, &document, json, events, as_of.to_string());
            page.copies = api::differing(&corpus, document.id(), document.text());
            page.has_original = api::kept_original(&corpus, &document).is_some();
            Ok(page)
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

/// A byte range as it stands in an address; anything else marks nothing.
fn byte_range(text: &str) -> Option<Range<usize>> {
    let (start, end) = text.split_once('-')?;
    Some(start.parse().ok()?..end.parse().ok()?)
}

fn build(
    generation: &Generation,
    document: &PolicyDocument,
    json: DocumentJson,
    events: Vec<Event>,
    as_of: String,
) -> ReaderPage {
    let region = json.summary.region.as_deref().and_then(RegionCode::parse);
    let place = region.and_then(|code| generation.gazetteer().get(&code)).map(|place| place.name.clone());
    let place = place.unwrap_or_default();
    ReaderPage {
        chrome: Chrome::new(Here::Documents),
        validity: labels::validity(&json.summary.document.validity),
        letterhead: letterhead(&json, &place),
        entries: entries(document),
        events,
        relations: relations(&json),
        interpretations: interpretations(&json),
        copies: Vec::new(),
        is_explanation: !document.meta().kind.is_authority(),
        has_original: false,
        document: json,
        as_of,
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

/// Relations both ways: what the document states, and what was done to it.
fn relations(json: &DocumentJson) -> Vec<RelationView> {
    let stated = json.relations.iter().map(|relation| RelationView {
        what: labels::relation(&relation.kind),
        name: relation.name.clone(),
        url: relation.document.as_ref().map(|id| format!("/documents/{id}")),
        basis: relation.basis.clone().unwrap_or_default(),
    });
    let suffered = json.life_events.iter().map(|event| RelationView {
        what: labels::life_event(&event.kind),
        name: event.by_name.clone(),
        url: Some(format!("/documents/{}", event.by)),
        basis: event.on.as_ref().map(|day| format!("自{day}起")).unwrap_or_default(),
    });
    stated.chain(suffered).filter(|relation| !relation.name.is_empty()).collect()
}

/// What interprets the document or is interpreted by it, the likely links only.
fn interpretations(json: &DocumentJson) -> Vec<InterpretationView> {
    let likely = json.interpretation_links.iter().filter(|link| link.likely);
    likely
        .map(|link| InterpretationView {
            title: link.title.clone(),
            url: format!("/documents/{}", link.document),
            what: match InterpretationForm::from_json_name(&link.form) {
                Some(form) if link.direction == "interpreted_by" => form.name(),
                _ => "所解读的文件",
            },
            why: format!("{}（把握 {:.0}%）", link.reason, link.confidence * 100.0),
        })
        .collect()
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
                text: text.trim().to_owned(),
            });
        }
    }
    Ok(notes)
}
