//! Search: ranked clauses grouped by document, for those who want documents rather than an answer.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use serde_json::json;

use crate::contract::{FacetJson, HighlightJson, SearchClauseJson, SearchDocumentJson, SearchJson};
use crate::index::{Generation, Head, IndexError};
use crate::policy::{RegionCode, validity};
use crate::query::Enquiry;
use crate::ranking::{self, RankedPassage};
use crate::retrieval;

use super::{Library, render};

/// Documents a page of results.
const PER_PAGE: usize = 10;
/// Clauses shown of one document.
const CLAUSES_PER_DOCUMENT: usize = 3;
/// Characters of an excerpt.
const EXCERPT_CHARS: usize = 120;
/// Documents counted by the facets and paged through: beyond it nobody pages.
const EXAMINED: usize = 300;

/// What documents are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Documents that hold in this region.
    pub region: Option<RegionCode>,
    /// Of this kind (Chinese name).
    pub kind: Option<String>,
    /// With this theme.
    pub theme: Option<String>,
    /// Whose issuer contains this.
    pub issuer: Option<String>,
    /// With this validity (JSON name).
    pub validity: Option<String>,
    /// Issued on or after this day.
    pub from: Option<Date>,
    /// Issued on or before this day.
    pub to: Option<Date>,
}

impl DocumentFilter {
    /// Whether a document is wanted.
    #[must_use]
    pub fn admits(&self, generation: &Generation, head: &Head, as_of: Date) -> bool {
        self.misses(generation, head, as_of).is_empty()
    }

    /// The facets by which a document is not wanted.
    fn misses(&self, generation: &Generation, head: &Head, as_of: Date) -> Vec<&'static str> {
        let meta = &head.meta;
        let day = |fits: &dyn Fn(Date) -> bool| meta.dates.issued().is_some_and(fits);
        let issuer = |name: &String| meta.issuers.iter().any(|issuer| issuer.contains(name.as_str()));
        let fits = |asked: &RegionCode| generation.gazetteer().fit(asked, meta.region.as_ref()).applies();
        let state = |name: &String| validity(meta, &head.events, as_of).state.name() == name;
        let holds = [
            ("region", self.region.as_ref().is_none_or(fits)),
            ("kind", self.kind.as_ref().is_none_or(|kind| meta.kind.name() == kind)),
            ("theme", self.theme.as_ref().is_none_or(|theme| meta.themes.contains(theme))),
            ("issuer", self.issuer.as_ref().is_none_or(issuer)),
            (
                "year",
                self.from.is_none_or(|from| day(&|on| on >= from)) && self.to.is_none_or(|to| day(&|on| on <= to)),
            ),
            ("validity", self.validity.as_ref().is_none_or(state)),
        ];
        holds.into_iter().filter(|(_, holds)| !holds).map(|(field, _)| field).collect()
    }
}

/// The order of results (排序).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchOrder {
    /// What fits the words best first.
    #[default]
    Relevance,
    /// Issued last first.
    Newest,
    /// Issued first first; what has no date last.
    Oldest,
}

impl SearchOrder {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Newest, Self::Oldest];

    /// The name used in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }

    /// The Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Relevance => "按相关程度",
            Self::Newest => "新的在前",
            Self::Oldest => "旧的在前",
        }
    }
}

/// A search.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// What is searched, with the day and region.
    pub enquiry: Enquiry,
    /// Which documents are wanted.
    pub filter: DocumentFilter,
    /// In which order.
    pub order: SearchOrder,
    /// The page, from 1.
    pub page: usize,
    /// Whether each score shall tell its story.
    pub explain: bool,
}

/// A document's passages, best first.
struct Group<'a> {
    head: &'a Head,
    passages: Vec<&'a RankedPassage>,
    /// The one facet that keeps it out; none when it is wanted.
    missed: Option<&'static str>,
}

/// Searches the library.
pub fn search(library: &Library, request: &SearchRequest) -> Result<SearchJson, IndexError> {
    let generation = library.generation();
    let need = library.understand(&request.enquiry);
    let mut result = SearchJson {
        query: need.question.clone(),
        results: Vec::new(),
        total: 0,
        page: request.page.max(1),
        facets: Vec::new(),
        took_ms: 0.0,
    };
    if need.is_empty() {
        return Ok(result);
    }
    let ranking = ranking::rank(generation, &need, retrieval::candidates(generation, &need)?)?;
    let as_of = request.enquiry.as_of;
    let mut groups = grouped(generation, &ranking.passages, |head| request.filter.misses(generation, head, as_of));
    result.facets = facets(generation, &groups, as_of);
    groups.retain(|group| group.missed.is_none());
    result.total = groups.len();
    let issued = |group: &Group<'_>| group.head.meta.dates.issued();
    match request.order {
        SearchOrder::Relevance => {}
        SearchOrder::Newest => groups.sort_by_key(|group| Reverse(issued(group))),
        SearchOrder::Oldest => groups.sort_by_key(|group| (issued(group).is_none(), issued(group))),
    }
    for group in groups.iter().skip((result.page - 1).saturating_mul(PER_PAGE)).take(PER_PAGE) {
        result.results.push(document_hit(generation, group, &ranking, request)?);
    }
    Ok(result)
}

fn grouped<'a>(
    generation: &'a Generation,
    passages: &'a [RankedPassage],
    misses: impl Fn(&Head) -> Vec<&'static str>,
) -> Vec<Group<'a>> {
    let mut order: Vec<Group<'a>> = Vec::new();
    let mut place: HashMap<u32, usize> = HashMap::new();
    let mut admitted = 0;
    for passage in passages {
        let serial = passage.key.serial();
        if let Some(&at) = place.get(&serial) {
            order[at].passages.push(passage);
        } else if let Some(head) = generation.head(serial) {
            let missed = misses(head);
            let wanted = missed.is_empty() && admitted < EXAMINED;
            admitted += usize::from(wanted);
            if wanted || (missed.len() == 1 && order.len() < EXAMINED + admitted) {
                place.insert(serial, order.len());
                order.push(Group { head, passages: vec![passage], missed: missed.first().copied() });
            }
        }
    }
    order
}

fn document_hit(
    generation: &Generation,
    group: &Group<'_>,
    ranking: &ranking::Ranking,
    request: &SearchRequest,
) -> Result<SearchDocumentJson, IndexError> {
    let document = generation.document(group.head.serial)?;
    let verdict = validity(&group.head.meta, &group.head.events, request.enquiry.as_of);
    let mut clauses = Vec::new();
    for passage in group.passages.iter().take(CLAUSES_PER_DOCUMENT) {
        let Some(place) = generation.passage(passage.key) else { continue };
        let Some(clause) = document.clause_at(place.node as usize) else { continue };
        let text = document.text().get(place.start..place.end).unwrap_or_default();
        let (excerpt, highlights) = excerpt(text, ranking);
        clauses.push(SearchClauseJson {
            clause: render::cited_clause(clause),
            start: place.start + excerpt.start,
            end: place.start + excerpt.end,
            excerpt: text[excerpt].to_owned(),
            highlights,
            score: f64::from(passage.score),
            explanation: request.explain.then(|| explanation(passage)),
        });
    }
    Ok(SearchDocumentJson {
        document: render::cited_document(&group.head.meta, &verdict),
        score: clauses.first().map_or(0.0, |clause| clause.score),
        clauses,
    })
}

/// The whole story of a score.
fn explanation(passage: &RankedPassage) -> serde_json::Value {
    let signals: Vec<_> = passage
        .explanation
        .signals
        .iter()
        .map(|signal| json!({"signal": signal.name, "value": signal.value, "weight": signal.weight}))
        .collect();
    json!({"score": passage.score, "coverage": passage.coverage, "signals": signals})
}

/// The stretch of a text around the first words searched, and those words in it.
fn excerpt(text: &str, ranking: &ranking::Ranking) -> (std::ops::Range<usize>, Vec<HighlightJson>) {
    let mut hits: Vec<(usize, usize)> = ranking
        .terms
        .all()
        .iter()
        .filter(|term| term.term.chars().nth(1).is_some())
        .flat_map(|term| text.match_indices(term.term.as_str()).map(|(at, found)| (at, at + found.len())))
        .collect();
    hits.sort_unstable();
    let first = hits.first().map_or(0, |(start, _)| *start);
    let start = text[..first]
        .rfind(['。', '；', '\n'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let start = if text[start..first].chars().count() > EXCERPT_CHARS / 2 { first } else { start };
    let end = text[start..].char_indices().nth(EXCERPT_CHARS).map_or(text.len(), |(at, _)| start + at);
    let mut highlights: Vec<HighlightJson> = Vec::new();
    for (from, to) in hits.into_iter().filter(|(from, to)| *from >= start && *to <= end) {
        let (from, to) = (from - start, to - start);
        match highlights.last_mut() {
            Some(last) if from <= last.end => last.end = last.end.max(to),
            _ => highlights.push(HighlightJson { start: from, end: to }),
        }
    }
    (start..end, highlights)
}

/// Counts by property: a document counts under each property that alone keeps it out, or under all when it is wanted.
fn facets(generation: &Generation, groups: &[Group<'_>], as_of: Date) -> Vec<FacetJson> {
    let mut counts: BTreeMap<(&'static str, String, String), usize> = BTreeMap::new();
    for group in groups {
        let meta = &group.head.meta;
        let state = validity(meta, &group.head.events, as_of).state;
        let mut count = |field, value: String, label: String| {
            if group.missed.is_none_or(|missed| missed == field) {
                *counts.entry((field, value, label)).or_default() += 1;
            }
        };
        count("kind", meta.kind.name().to_owned(), meta.kind.name().to_owned());
        count("validity", state.name().to_owned(), state.label().to_owned());
        if let Some(day) = meta.dates.issued() {
            count("year", day.year().to_string(), format!("{}年", day.year()));
        }
        for theme in &meta.themes {
            count("theme", theme.clone(), theme.clone());
        }
        for issuer in &meta.issuers {
            count("issuer", issuer.clone(), issuer.clone());
        }
    }
    let facet = |((field, value, label), count): ((&str, String, String), usize)| FacetJson {
        field: field.to_owned(),
        value,
        label,
        count,
    };
    let mut facets: Vec<FacetJson> = counts.into_iter().map(facet).chain(region_facets(generation, groups)).collect();
    facets.sort_by(|a, b| a.field.cmp(&b.field).then(b.count.cmp(&a.count)).then(a.value.cmp(&b.value)));
    facets
}

/// Documents that hold in each place of those found: what the filter would admit.
fn region_facets(generation: &Generation, groups: &[Group<'_>]) -> Vec<FacetJson> {
    let gazetteer = generation.gazetteer();
    let counted: Vec<&Group<'_>> =
        groups.iter().filter(|group| group.missed.is_none_or(|missed| missed == "region")).collect();
    let codes: BTreeSet<&RegionCode> = counted.iter().filter_map(|group| group.head.meta.region.as_ref()).collect();
    let facet = |region: &crate::policy::Region| {
        let holds = |group: &&&Group<'_>| gazetteer.fit(&region.code, group.head.meta.region.as_ref()).applies();
        let (value, label) = (region.code.to_string(), region.name.clone());
        FacetJson { field: "region".to_owned(), value, label, count: counted.iter().filter(holds).count() }
    };
    codes.into_iter().filter_map(|code| gazetteer.get(code)).map(facet).collect()
}
