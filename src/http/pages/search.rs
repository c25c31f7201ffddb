//! `/search`: clauses found, with facets.

use std::ops::Range;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::asked::{self, Asked, FilterQuery, stated};
use super::super::catalogue::{Catalogue, Shelf};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::answer_view::DocumentView;
use super::chrome::{Choice, Chrome, Here, page};
use super::library::validities;
use super::link::{Pages, link};
use super::picks::{self, Pick, picks};
use super::prose::{Piece, Prose, Row, Run};
use crate::consultation::{self, Library, SearchOrder, SearchRequest};
use crate::contract::{FacetJson, SearchClauseJson, SearchDocumentJson, SearchJson};
use crate::query::Enquiry;

/// Documents a page, as the search gives them.
const PER_PAGE: usize = 10;
/// Values shown of one facet.
const FACET_VALUES: usize = 12;
/// Titles and questions offered when nothing was found.
const SUGGESTIONS: usize = 5;
/// Characters typed below which completions mean nothing.
const LEAST_TYPED: usize = 2;
/// A condition of a filter.
type Condition = fn(&mut FilterQuery) -> &mut Option<String>;
/// The conditions that may be dropped when nothing was found.
const DROPPABLE: [(&str, Condition); 8] = [
    ("region", |query| &mut query.region),
    ("kind", |query| &mut query.kind),
    ("validity", |query| &mut query.validity),
    ("theme", |query| &mut query.theme),
    ("issuer", |query| &mut query.issuer),
    ("year", |query| &mut query.year),
    ("from", |query| &mut query.from),
    ("to", |query| &mut query.to),
];
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
    sort: Option<String>,
    #[serde(flatten)]
    filter: FilterQuery,
}

struct ClauseView {
    label: String,
    path: String,
    url: String,
    lines: Vec<Vec<Run>>,
}

struct ResultView {
    url: String,
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

/// What may help when nothing was found.
struct Hint {
    text: String,
    url: String,
}

/// What is searched, and how.
struct Wanted {
    words: String,
    order: SearchOrder,
    page: usize,
}

/// The page.
#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    chrome: Chrome,
    q: String,
    places: Vec<Choice>,
    kinds: Vec<Choice>,
    validities: Vec<Choice>,
    orders: Vec<Choice>,
    from: String,
    to: String,
    as_of: String,
    /// What the form does not show but keeps.
    hidden: Vec<(&'static str, String)>,
    picks: Vec<Pick>,
    hints: Vec<Hint>,
    results: Vec<ResultView>,
    facets: Vec<FacetView>,
    total: usize,
    searched: bool,
    ask_url: String,
    /// The same words without conditions.
    ask_again: String,
    pages: Pages,
}

/// Shows what was found.
pub(super) async fn search(
    State(reception): State<Reception>,
    Asked(query): Asked<SearchQuery>,
) -> Result<Response, Problem> {
    let wanted = Wanted {
        words: match stated(query.q.as_ref()) {
            Some(text) => asked::question("检索词", text)?.to_owned(),
            None => String::new(),
        },
        order: asked::search_order(query.sort.as_ref())?,
        page: asked::page(query.filter.page.as_ref())?,
    };
    let shared = reception.clone();
    let template = reception
        .work(move |library| {
            let found = match wanted.words.as_str() {
                "" => None,
                _ => Some(found(library, &wanted, &query.filter)?),
            };
            let catalogue = shared.catalogue();
            let hints = match &found {
                Some(found) if found.total == 0 => hints(library, &catalogue, &wanted, &query.filter)?,
                _ => Vec::new(),
            };
            Ok(SearchPage { hints, ..build(&catalogue, &wanted, &query.filter, found) })
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

fn found(library: &Library, wanted: &Wanted, query: &FilterQuery) -> Result<SearchJson, Problem> {
    let (filter, as_of) = query.parse(library.generation())?;
    let question = wanted.words.clone();
    let enquiry = Enquiry { question, region: filter.region.clone(), as_of, audience: None };
    let request = SearchRequest { enquiry, filter, order: wanted.order, page: wanted.page, explain: false };
    Ok(consultation::search(library, &request)?)
}

/// Other words, and what would be found with one condition less.
fn hints(library: &Library, catalogue: &Catalogue, wanted: &Wanted, query: &FilterQuery) -> Result<Vec<Hint>, Problem> {
    let parameters = parameters(&wanted.words, wanted.order, query);
    let mut hints = Vec::new();
    for (name, drop) in DROPPABLE {
        let mut wider = query.clone();
        if drop(&mut wider).take().is_none_or(|value| value.trim().is_empty()) {
            continue;
        }
        let total = found(library, wanted, &wider)?.total;
        if total > 0 {
            let others: Vec<(&str, &str)> = parameters.iter().copied().filter(|(other, _)| *other != name).collect();
            let what = picks::name(name);
            hints.push(Hint { text: format!("不限{what}（{total} 份）"), url: link("/search", &others) });
        }
    }
    // The beginning of what was typed may be right.
    let mut typed = wanted.words.as_str();
    let mut known = catalogue.complete(typed);
    while known.is_empty() && typed.chars().count() > LEAST_TYPED {
        typed = typed.char_indices().next_back().map_or("", |(at, _)| &typed[..at]);
        known = catalogue.complete(typed);
    }
    hints.extend(known.into_iter().take(SUGGESTIONS).map(|text| Hint { url: link("/search", &[("q", &text)]), text }));
    Ok(hints)
}

fn build(catalogue: &Catalogue, wanted: &Wanted, query: &FilterQuery, found: Option<SearchJson>) -> SearchPage {
    let q = wanted.words.clone();
    let parameters = parameters(&q, wanted.order, query);
    let total = found.as_ref().map_or(0, |found| found.total);
    let own = |value: &Option<String>| stated(value.as_ref()).unwrap_or_default().to_owned();
    let kept = parameters.iter().filter(|(name, _)| matches!(*name, "theme" | "issuer" | "year"));
    let counted = found.as_ref().map(|found| found.facets.as_slice()).unwrap_or_default();
    SearchPage {
        chrome: Chrome::new(Here::Search),
        places: Choice::places(catalogue.places(), stated(query.region.as_ref())),
        kinds: kinds(catalogue, stated(query.kind.as_ref())),
        validities: validities(stated(query.validity.as_ref())),
        orders: orders(wanted.order),
        from: own(&query.from),
        to: own(&query.to),
        as_of: own(&query.as_of),
        hidden: kept.map(|(name, value)| (*name, (*value).to_owned())).collect(),
        picks: picks("/search", counted, &parameters),
        hints: Vec::new(),
        facets: facets(counted, &parameters),
        searched: found.is_some(),
        total,
        ask_again: link("/search", &[("q", &q)]),
        ask_url: link("/", &[("q", &q), ("region", stated(query.region.as_ref()).unwrap_or_default())]),
        pages: Pages::of("/search", &parameters, wanted.page, total, PER_PAGE),
        results: found.iter().flat_map(|found| &found.results).map(|found| result(found, &own(&query.as_of))).collect(),
        q,
    }
}

fn kinds(catalogue: &Catalogue, chosen: Option<&str>) -> Vec<Choice> {
    let choice = |shelf: &Shelf| Choice {
        value: shelf.kind.name().to_owned(),
        label: shelf.kind.name().to_owned(),
        selected: chosen == Some(shelf.kind.name()),
    };
    catalogue.kinds().iter().map(choice).collect()
}

fn orders(chosen: SearchOrder) -> Vec<Choice> {
    let choice = |order: SearchOrder| Choice {
        value: order.name().to_owned(),
        label: order.label().to_owned(),
        selected: order == chosen,
    };
    SearchOrder::ALL.into_iter().map(choice).collect()
}

fn parameters<'q>(q: &'q str, order: SearchOrder, filter: &'q FilterQuery) -> Vec<(&'static str, &'q str)> {
    let sort = (order != SearchOrder::default()).then_some(("sort", order.name()));
    let all = [
        ("region", &filter.region),
        ("kind", &filter.kind),
        ("theme", &filter.theme),
        ("issuer", &filter.issuer),
        ("validity", &filter.validity),
        ("from", &filter.from),
        ("to", &filter.to),
        ("year", &filter.year),
        ("as_of", &filter.as_of),
    ];
    let stated = all.into_iter().filter_map(|(name, value)| Some((name, stated(value.as_ref())?)));
    std::iter::once(("q", q)).chain(stated).chain(sort).collect()
}

/// A document found; its links keep the day that was chosen.
fn result(found: &SearchDocumentJson, as_of: &str) -> ResultView {
    let clause = |clause: &SearchClauseJson| ClauseView {
        label: clause.clause.label.clone(),
        path: clause.clause.path.join(" › "),
        url: {
            let quote = format!("{}-{}", clause.start, clause.end);
            let page = link(&found.document.url, &[("as_of", as_of), ("quote", &quote)]);
            format!("{page}#{}", clause.clause.id)
        },
        lines: lines(&clause.excerpt, clause.highlights.iter().map(|mark| mark.start..mark.end)),
    };
    ResultView {
        url: link(&found.document.url, &[("as_of", as_of)]),
        document: DocumentView::new(&found.document),
        clauses: found.clauses.iter().map(clause).collect(),
    }
}

/// An excerpt as lines, the words searched marked; the cells of a row stand beside each other.
fn lines(excerpt: &str, marks: impl Iterator<Item = Range<usize>>) -> Vec<Vec<Run>> {
    let cells = |row: Row| row.cells.join(&Run::new("　", false));
    let pieces = Prose::marking(excerpt, marks).pieces(0..excerpt.len());
    let line = |piece: Piece| match piece {
        Piece::Line(runs) => vec![runs],
        Piece::Table(rows) => rows.into_iter().map(cells).collect(),
    };
    pieces.into_iter().flat_map(line).collect()
}

/// The facets as links that narrow the search, or widen it again where they are chosen.
fn facets(found: &[FacetJson], parameters: &[(&'static str, &str)]) -> Vec<FacetView> {
    FACETS
        .into_iter()
        .map(|(field, name)| {
            let mut own: Vec<&FacetJson> = found.iter().filter(|facet| facet.field == field).collect();
            if field == "year" {
                own.sort_by(|a, b| b.value.cmp(&a.value));
            }
            let values = own.into_iter().take(FACET_VALUES).map(|facet| facet_value(facet, parameters)).collect();
            FacetView { name, values }
        })
        .filter(|facet| !facet.values.is_empty())
        .collect()
}

fn facet_value(facet: &FacetJson, parameters: &[(&'static str, &str)]) -> FacetValue {
    let chosen = parameters.contains(&(facet.field.as_str(), facet.value.as_str()));
    let mut all: Vec<(&str, &str)> = parameters.iter().copied().filter(|(name, _)| *name != facet.field).collect();
    all.extend((!chosen).then_some((facet.field.as_str(), facet.value.as_str())));
    FacetValue { label: facet.label.clone(), count: facet.count, url: link("/search", &all), chosen }
}
