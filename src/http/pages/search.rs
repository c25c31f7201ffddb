//! `/search`: clauses found, with facets.

use std::ops::Range;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::asked::{self, Asked, FilterQuery, stated};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::answer_view::DocumentView;
use super::chrome::{Choice, Chrome, Here, page};
use super::link::{Pages, link, quote};
use super::prose::Run;
use crate::consultation::{self, SearchRequest};
use crate::contract::{FacetJson, SearchClauseJson, SearchDocumentJson, SearchJson};
use crate::query::Enquiry;

/// Documents a page, as the search gives them.
const PER_PAGE: usize = 10;
/// Values shown of one facet.
const FACET_VALUES: usize = 8;
/// The facets, in the order in which they are shown, with their parameters.
const FACETS: [(&str, &str); 6] = [
    ("kind", "文种"),
    ("validity", "效力"),
    ("region", "地区"),
    ("theme", "主题"),
    ("issuer", "发文机关"),
    ("year", "年份"),
];

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct SearchQuery {
    q: Option<String>,
    #[serde(flatten)]
    filter: FilterQuery,
}

struct ClauseView {
    label: String,
    path: String,
    url: String,
    runs: Vec<Run>,
}

struct ResultView {
    document: DocumentView,
    clauses: Vec<ClauseView>,
}

struct FacetValue {
    label: String,
    count: usize,
    url: String,
    chosen: bool,
}

struct FacetView {
    name: &'static str,
    values: Vec<FacetValue>,
}

/// The page.
#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    chrome: Chrome,
    q: String,
    places: Vec<Choice>,
    hidden: Vec<(&'static str, String)>,
    results: Vec<ResultView>,
    facets: Vec<FacetView>,
    total: usize,
    searched: bool,
    ask_url: String,
    pages: Pages,
}

/// Shows what was found.
pub(super) async fn search(
    State(reception): State<Reception>,
    Asked(query): Asked<SearchQuery>,
) -> Result<Response, Problem> {
    let number = asked::page(query.filter.page.as_ref())?;
    let words = match stated(query.q.as_ref()) {
        Some(text) => asked::question("检索词", text)?.to_owned(),
        None => String::new(),
    };
    let shared = reception.clone();
    let template = reception
        .work(move |library| {
            let (filter, as_of) = query.filter.parse(library.generation())?;
            let found = if words.is_empty() {
                None
            } else {
                let enquiry = Enquiry { question: words.clone(), region: filter.region.clone(), as_of, audience: None };
                let request = SearchRequest { enquiry, filter, page: number, explain: false };
                Some(consultation::search(library, &request)?)
            };
            let region = stated(query.filter.region.as_ref());
            let places = Choice::places(shared.catalogue().places(), region);
            Ok(build(words, &query.filter, places, found, number))
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

fn build(q: String, filter: &FilterQuery, places: Vec<Choice>, found: Option<SearchJson>, number: usize) -> SearchPage {
    let parameters = parameters(&q, filter);
    let total = found.as_ref().map_or(0, |found| found.total);
    let hidden = parameters
        .iter()
        .filter(|(name, _)| !matches!(*name, "q" | "region"))
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    SearchPage {
        chrome: Chrome::new(Here::Search),
        places,
        hidden,
        facets: found.as_ref().map(|found| facets(&found.facets, &parameters)).unwrap_or_default(),
        searched: found.is_some(),
        results: found.map(|found| found.results.iter().map(result).collect()).unwrap_or_default(),
        total,
        ask_url: link("/", &[("q", &q), ("region", stated(filter.region.as_ref()).unwrap_or_default())]),
        pages: Pages::of("/search", &parameters, number, total, PER_PAGE),
        q,
    }
}

fn parameters<'q>(q: &'q str, filter: &'q FilterQuery) -> Vec<(&'static str, &'q str)> {
    let all = [
        ("region", &filter.region),
        ("kind", &filter.kind),
        ("theme", &filter.theme),
        ("issuer", &filter.issuer),
        ("validity", &filter.validity),
        ("from", &filter.from),
        ("to", &filter.to),
    ];
    let stated = all.into_iter().filter_map(|(name, value)| Some((name, stated(value.as_ref())?)));
    std::iter::once(("q", q)).chain(stated).collect()
}

fn result(found: &SearchDocumentJson) -> ResultView {
    let clause = |clause: &SearchClauseJson| ClauseView {
        label: clause.clause.label.clone(),
        path: clause.clause.path.join(" › "),
        url: quote(&found.document.id, &clause.clause.id, clause.start, clause.end),
        runs: highlighted(&clause.excerpt, clause.highlights.iter().map(|mark| mark.start..mark.end)),
    };
    ResultView { document: DocumentView::new(&found.document), clauses: found.clauses.iter().map(clause).collect() }
}

/// An excerpt as runs, the words searched marked.
fn highlighted(excerpt: &str, marks: impl Iterator<Item = Range<usize>>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    let mut push = |range: Range<usize>, marked| {
        if let Some(text) = excerpt.get(range).filter(|text| !text.is_empty()) {
            runs.push(Run::new(text, marked));
        }
    };
    for mark in marks.filter(|mark| excerpt.get(mark.clone()).is_some()) {
        if mark.start >= at {
            push(at..mark.start, false);
            at = mark.end;
            push(mark, true);
        }
    }
    push(at..excerpt.len(), false);
    runs
}

/// The facets as links that narrow the search, or widen it again where they are chosen.
fn facets(found: &[FacetJson], parameters: &[(&'static str, &str)]) -> Vec<FacetView> {
    FACETS
        .into_iter()
        .map(|(field, name)| FacetView {
            name,
            values: found
                .iter()
                .filter(|facet| facet.field == field)
                .take(FACET_VALUES)
                .map(|facet| facet_value(facet, parameters))
                .collect(),
        })
        .filter(|facet| !facet.values.is_empty())
        .collect()
}

fn facet_value(facet: &FacetJson, parameters: &[(&'static str, &str)]) -> FacetValue {
    let days = [format!("{}-01-01", facet.value), format!("{}-12-31", facet.value)];
    let own: Vec<(&str, &str)> = match facet.field.as_str() {
        "year" => vec![("from", &days[0]), ("to", &days[1])],
        field => vec![(field, &facet.value)],
    };
    let chosen = own.iter().all(|one| parameters.contains(one));
    let kept = parameters.iter().copied().filter(|(name, _)| own.iter().all(|(other, _)| other != name));
    let all: Vec<(&str, &str)> = if chosen { kept.collect() } else { kept.chain(own.iter().copied()).collect() };
    FacetValue { label: facet.label.clone(), count: facet.count, url: link("/search", &all), chosen }
}
