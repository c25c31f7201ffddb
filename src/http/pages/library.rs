//! `/documents`: the library by kind, with filters.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::asked::{self, Asked, FilterQuery, stated};
use super::super::catalogue::{Catalogue, Shelf};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::chrome::{Choice, Chrome, Here, page};
use super::labels;
use super::link::{Pages, link};
use super::picks::{Pick, picks};
use crate::consultation::{DocumentFilter, Library, ListOrder, document_summary};
use crate::contract::{DocumentSummaryJson, FacetJson};
use crate::index::Generation;
use crate::policy::{DocumentId, DocumentKind, RegionCode};

/// Documents a page of one kind or filter.
const PER_PAGE: usize = 20;

/// Days before its end from which a document is said to expire soon.
const SOON_DAYS: i32 = 180;

/// A document in a list.
#[derive(Debug)]
pub(super) struct DocumentRow {
    pub(super) summary: DocumentSummaryJson,
    pub(super) url: String,
    pub(super) badge: (String, &'static str),
    pub(super) imprint: String,
    pub(super) place: String,
    /// Its best interpretation: title and address.
    pub(super) interpretation: Option<(String, String)>,
    /// That it ends soon, in words.
    pub(super) ending: Option<String>,
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

/// Kinds that belong together in the navigation.
struct KindGroup {
    name: &'static str,
    /// Whether the group has a name of its own.
    titled: bool,
    kinds: Vec<KindLink>,
}

/// A value of a property as a link that narrows the list, or widens it again where it is chosen.
struct FacetLink {
    label: String,
    count: usize,
    url: String,
    chosen: bool,
}

/// A property with its values.
struct FacetGroup {
    name: &'static str,
    open: bool,
    values: Vec<FacetLink>,
}

/// What the address may ask for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct LibraryQuery {
    sort: Option<String>,
    #[serde(flatten)]
    filter: FilterQuery,
}

/// The groups of kinds, in order: normative documents apart from all other files.
const GROUPS: [(&str, &[DocumentKind]); 5] = [
    ("行政规范性文件", &[DocumentKind::Normative]),
    ("征求意见稿", &[DocumentKind::Draft]),
    ("其他文件", &[DocumentKind::Other, DocumentKind::Plan, DocumentKind::Notice, DocumentKind::Gazette]),
    (
        "法律法规规章",
        &[
            DocumentKind::Law,
            DocumentKind::Regulation,
            DocumentKind::LocalRegulation,
            DocumentKind::JudicialInterpretation,
            DocumentKind::Rule,
        ],
    ),
    ("解读和问答", &[DocumentKind::Interpretation, DocumentKind::Faq]),
];

/// The properties shown beside a list, with what is shown of them at first.
const FACETS: [(&str, &str, bool); 5] = [
    ("validity", "效力", true),
    ("year", "年份", true),
    ("theme", "主题", false),
    ("issuer", "发文机关", false),
    ("region", "地区", false),
];

/// The page.
#[derive(Template)]
#[template(path = "library.html")]
struct LibraryPage {
    chrome: Chrome,
    groups: Vec<KindGroup>,
    facets: Vec<FacetGroup>,
    picks: Vec<Pick>,
    orders: Vec<Choice>,
    year: String,
    as_of: String,
    gazettes: bool,
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
    /// A document as a row, on a day.
    pub(super) fn new(generation: &Generation, summary: DocumentSummaryJson, as_of: Date) -> Self {
        let place = summary.region.as_deref().and_then(RegionCode::parse);
        let place = place.and_then(|code| generation.gazetteer().get(&code));
        let head = DocumentId::parse(&summary.document.id).ok().and_then(|id| generation.by_id(&id));
        let explained = head.and_then(|head| head.interpreted_by.first()).and_then(|serial| generation.head(*serial));
        Self {
            interpretation: explained.map(|other| (other.meta.title.clone(), format!("/documents/{}", other.meta.id))),
            url: summary.document.url.clone(),
            ending: ending(&summary, as_of),
            badge: labels::badge(&summary.document),
            imprint: labels::imprint(&summary.document),
            place: place.map(|place| place.name.clone()).unwrap_or_default(),
            summary,
        }
    }
}

impl DocumentRow {
    /// The same, leading to the document as of a day that was chosen; empty for today.
    fn on(mut self, day: &str) -> Self {
        self.url = link(&self.summary.document.url, &[("as_of", day)]);
        self
    }
}

/// That a document in force ends soon.
fn ending(summary: &DocumentSummaryJson, as_of: Date) -> Option<String> {
    let last: Date = summary.document.expires.as_deref()?.parse().ok()?;
    let left = (last - as_of).get_days();
    let soon = summary.document.validity == "in_force" && (0..=SOON_DAYS).contains(&left);
    soon.then(|| if left == 0 { "今天到期".to_owned() } else { format!("还有 {left} 天到期") })
}

/// Shows the library.
pub(super) async fn library(
    State(reception): State<Reception>,
    Asked(LibraryQuery { sort, filter: query }): Asked<LibraryQuery>,
) -> Result<Response, Problem> {
    let number = asked::page(query.page.as_ref())?;
    let order = asked::order(sort.as_ref())?;
    let shared = reception.clone();
    let template = reception
        .work(move |library| {
            let (filter, as_of) = query.parse(library.generation())?;
            Ok(build(library, &shared.catalogue(), &query, &filter, (as_of, order, number)))
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

fn build(
    library: &Library,
    catalogue: &Catalogue,
    query: &FilterQuery,
    filter: &DocumentFilter,
    (as_of, order, number): (Date, ListOrder, usize),
) -> LibraryPage {
    let generation = library.generation();
    let overview = query.is_empty() && number == 1 && order == ListOrder::default();
    // The overview only counts: the catalogue knows the newest of each kind.
    let list = library.list(filter, order, as_of, number, if overview { 0 } else { PER_PAGE });
    let parameters = parameters(query, order);
    let day = stated(query.as_of.as_ref()).unwrap_or_default();
    let current = filter.kind.as_deref().unwrap_or_default();
    LibraryPage {
        chrome: Chrome::new(Here::Documents),
        groups: groups(catalogue, &list.facets, &parameters, current),
        facets: facets(&list.facets, &parameters),
        picks: picks("/documents", &list.facets, &parameters),
        orders: orders(order),
        as_of: day.to_owned(),
        year: stated(query.year.as_ref()).unwrap_or_default().to_owned(),
        gazettes: !catalogue.gazettes().issues().is_empty(),
        places: Choice::places(catalogue.places(), stated(query.region.as_ref())),
        themes: themes(catalogue, filter.theme.as_deref()),
        validities: validities(filter.validity.as_deref()),
        kind: current.to_owned(),
        issuer: filter.issuer.clone().unwrap_or_default(),
        from: stated(query.from.as_ref()).unwrap_or_default().to_owned(),
        to: stated(query.to.as_ref()).unwrap_or_default().to_owned(),
        sections: if overview { sections(generation, catalogue, as_of) } else { Vec::new() },
        rows: list.documents.into_iter().map(|summary| DocumentRow::new(generation, summary, as_of).on(day)).collect(),
        total: list.total,
        overview,
        documents: catalogue.documents(),
        pages: Pages::of("/documents", &parameters, number, list.total, PER_PAGE),
    }
}

/// What narrows the list, as parameters of a link.
fn parameters(query: &FilterQuery, order: ListOrder) -> Vec<(&'static str, &str)> {
    let sort = (order != ListOrder::default()).then_some(("sort", order.name()));
    let all = [
        ("region", &query.region),
        ("kind", &query.kind),
        ("theme", &query.theme),
        ("issuer", &query.issuer),
        ("validity", &query.validity),
        ("from", &query.from),
        ("to", &query.to),
        ("year", &query.year),
        ("as_of", &query.as_of),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, stated(value.as_ref())?))).chain(sort).collect()
}

/// The kinds in their groups, each with its count: of the whole library, or of what else was chosen.
fn groups(
    catalogue: &Catalogue,
    counted: &[FacetJson],
    parameters: &[(&'static str, &str)],
    current: &str,
) -> Vec<KindGroup> {
    let others: Vec<(&str, &str)> = parameters.iter().copied().filter(|(name, _)| *name != "kind").collect();
    let count = |kind: DocumentKind, shelf: usize| {
        let own = counted.iter().find(|facet| facet.field == "kind" && facet.value == kind.name());
        let own = own.map_or(0, |facet| facet.count);
        if counted.is_empty() { shelf } else { own }
    };
    let link_to = |kind: &DocumentKind| {
        let shelf = catalogue.kinds().iter().find(|shelf| shelf.kind == *kind)?;
        Some(KindLink {
            name: kind.name(),
            count: count(*kind, shelf.count),
            url: link("/documents", &[others.as_slice(), &[("kind", kind.name())]].concat()),
            current: current == kind.name(),
        })
    };
    GROUPS
        .into_iter()
        .map(|(name, kinds)| KindGroup {
            name,
            titled: !matches!(kinds, [only] if only.name() == name),
            kinds: kinds.iter().filter_map(link_to).filter(|kind| kind.count > 0 || kind.current).collect(),
        })
        .filter(|group| !group.kinds.is_empty())
        .collect()
}

/// The facets of a list as links.
fn facets(found: &[FacetJson], parameters: &[(&'static str, &str)]) -> Vec<FacetGroup> {
    let value = |facet: &FacetJson| {
        let chosen = parameters.contains(&(facet.field.as_str(), facet.value.as_str()));
        let mut all: Vec<(&str, &str)> = parameters.iter().copied().filter(|(name, _)| *name != facet.field).collect();
        all.extend((!chosen).then_some((facet.field.as_str(), facet.value.as_str())));
        FacetLink { label: facet.label.clone(), count: facet.count, url: link("/documents", &all), chosen }
    };
    let group = |(field, name, open): (&str, &'static str, bool)| {
        let values: Vec<FacetLink> = found.iter().filter(|facet| facet.field == field).map(value).collect();
        FacetGroup { name, open: open || values.iter().any(|value| value.chosen), values }
    };
    FACETS.into_iter().map(group).filter(|group| !group.values.is_empty()).collect()
}

fn orders(chosen: ListOrder) -> Vec<Choice> {
    let choice = |order: ListOrder| Choice {
        value: order.name().to_owned(),
        label: order.label().to_owned(),
        selected: order == chosen,
    };
    ListOrder::ALL.into_iter().map(choice).collect()
}

/// Each kind with its newest documents.
fn sections(generation: &Generation, catalogue: &Catalogue, as_of: Date) -> Vec<KindSection> {
    let row = |serial: &u32| {
        let head = generation.head(*serial)?;
        Some(DocumentRow::new(generation, document_summary(head, as_of), as_of))
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
