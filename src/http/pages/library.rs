//! `/documents`: the library by kind, with filters.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;

use super::super::asked::{self, Asked, FilterQuery, stated};
use super::super::catalogue::{Catalogue, Shelf};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::chrome::{Choice, Chrome, Here, page};
use super::labels;
use super::link::{Pages, link};
use crate::consultation::{DocumentFilter, document_list, document_summary};
use crate::contract::{DocumentListJson, DocumentSummaryJson};
use crate::index::Generation;
use crate::policy::RegionCode;

/// Documents a page of one kind or filter.
const PER_PAGE: usize = 20;

/// A document in a list.
#[derive(Debug)]
pub(super) struct DocumentRow {
    pub(super) summary: DocumentSummaryJson,
    pub(super) badge: (String, &'static str),
    pub(super) imprint: String,
    pub(super) place: String,
}

/// A kind with its newest documents.
struct KindSection {
    name: &'static str,
    count: usize,
    url: String,
    rows: Vec<DocumentRow>,
}

/// A kind in the navigation.
struct KindLink {
    name: &'static str,
    count: usize,
    url: String,
    current: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "library.html")]
struct LibraryPage {
    chrome: Chrome,
    kinds: Vec<KindLink>,
    places: Vec<Choice>,
    themes: Vec<Choice>,
    validities: Vec<Choice>,
    kind: String,
    issuer: String,
    from: String,
    to: String,
    sections: Vec<KindSection>,
    rows: Vec<DocumentRow>,
    total: usize,
    overview: bool,
    documents: usize,
    pages: Pages,
}

impl DocumentRow {
    /// A document as a row.
    pub(super) fn new(generation: &Generation, summary: DocumentSummaryJson) -> Self {
        let place = summary.region.as_deref().and_then(RegionCode::parse);
        let place = place.and_then(|code| generation.gazetteer().get(&code));
        Self {
            badge: labels::badge(&summary.document),
            imprint: labels::imprint(&summary.document),
            place: place.map(|place| place.name.clone()).unwrap_or_default(),
            summary,
        }
    }
}

/// Shows the library.
pub(super) async fn library(
    State(reception): State<Reception>,
    Asked(query): Asked<FilterQuery>,
) -> Result<Response, Problem> {
    let number = asked::page(query.page.as_ref())?;
    let shared = reception.clone();
    let template = reception
        .work(move |library| {
            let generation = library.generation();
            let (filter, as_of) = query.parse(generation)?;
            Ok(build(generation, &shared.catalogue(), &query, &filter, (as_of, number)))
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

fn build(
    generation: &Generation,
    catalogue: &Catalogue,
    query: &FilterQuery,
    filter: &DocumentFilter,
    (as_of, number): (Date, usize),
) -> LibraryPage {
    let overview = query.is_empty() && number == 1;
    // The overview needs no list of everything: the catalogue knows the newest of each kind.
    let list = if overview {
        DocumentListJson { documents: Vec::new(), total: 0, page: 1, per_page: PER_PAGE }
    } else {
        document_list(generation, filter, as_of, number, PER_PAGE)
    };
    let parameters = parameters(query);
    let current = filter.kind.as_deref().unwrap_or_default();
    let others: Vec<(&str, &str)> = parameters.iter().copied().filter(|(name, _)| *name != "kind").collect();
    let kinds = catalogue.kinds().iter().map(|shelf| KindLink {
        name: shelf.kind.name(),
        count: shelf.count,
        url: link("/documents", &[others.as_slice(), &[("kind", shelf.kind.name())]].concat()),
        current: current == shelf.kind.name(),
    });
    LibraryPage {
        chrome: Chrome::new(Here::Documents),
        kinds: kinds.collect(),
        places: Choice::places(catalogue.places(), stated(query.region.as_ref())),
        themes: themes(catalogue, filter.theme.as_deref()),
        validities: validities(filter.validity.as_deref()),
        kind: current.to_owned(),
        issuer: filter.issuer.clone().unwrap_or_default(),
        from: filter.from.map(|day| day.to_string()).unwrap_or_default(),
        to: filter.to.map(|day| day.to_string()).unwrap_or_default(),
        sections: if overview { sections(generation, catalogue, as_of) } else { Vec::new() },
        rows: list.documents.into_iter().map(|summary| DocumentRow::new(generation, summary)).collect(),
        total: list.total,
        overview,
        documents: catalogue.documents(),
        pages: Pages::of("/documents", &parameters, number, list.total, PER_PAGE),
    }
}

/// What narrows the list, as parameters of a link.
fn parameters(query: &FilterQuery) -> Vec<(&'static str, &str)> {
    let all = [
        ("region", &query.region),
        ("kind", &query.kind),
        ("theme", &query.theme),
        ("issuer", &query.issuer),
        ("validity", &query.validity),
        ("from", &query.from),
        ("to", &query.to),
        ("as_of", &query.as_of),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, stated(value.as_ref())?))).collect()
}

/// Each kind with its newest documents.
fn sections(generation: &Generation, catalogue: &Catalogue, as_of: Date) -> Vec<KindSection> {
    let row = |serial: &u32| {
        let head = generation.head(*serial)?;
        Some(DocumentRow::new(generation, document_summary(head, as_of)))
    };
    let section = |shelf: &Shelf| KindSection {
        name: shelf.kind.name(),
        count: shelf.count,
        url: link("/documents", &[("kind", shelf.kind.name())]),
        rows: shelf.newest.iter().filter_map(row).collect(),
    };
    catalogue.kinds().iter().map(section).collect()
}

fn themes(catalogue: &Catalogue, chosen: Option<&str>) -> Vec<Choice> {
    let choice = |(theme, count): &(String, usize)| Choice {
        value: theme.clone(),
        label: format!("{theme}（{count}）"),
        selected: chosen == Some(theme),
    };
    catalogue.themes().iter().map(choice).collect()
}

/// The states of validity as choices.
pub(super) fn validities(chosen: Option<&str>) -> Vec<Choice> {
    labels::validities()
        .map(|(value, label)| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            selected: chosen == Some(value),
        })
        .collect()
}
