//! The list of documents (文件清单): sorted once a generation, filtered and counted in one pass.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use super::render::document_summary;
use super::search::DocumentFilter;
use crate::contract::{DocumentListJson, FacetJson};
use crate::index::{Generation, Head};
use crate::policy::{DocumentKind, RegionCode, Validity, validity};

/// Values of one facet in a list; the rest is found by typing.
const FACET_VALUES: usize = 60;

/// The order of a list (排序).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListOrder {
    /// Issued last first.
    #[default]
    Newest,
    /// Issued first first; what has no date last.
    Oldest,
    /// By title.
    Title,
    /// By document number (文号); what has none last.
    Number,
}

impl ListOrder {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Title, Self::Number];

    /// The name used in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Title => "title",
            Self::Number => "number",
        }
    }

    /// The Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Newest => "新的在前",
            Self::Oldest => "旧的在前",
            Self::Title => "按标题",
            Self::Number => "按文号",
        }
    }
}

/// What narrows a list, one bit each, so that a facet can be counted as if it alone were not chosen.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Narrowing {
    Kind = 1,
    Region = 2,
    Theme = 4,
    Issuer = 8,
    Validity = 16,
    Days = 32,
}

/// What the list knows of one document.
struct Row {
    kind: DocumentKind,
    region: Option<u32>,
    issued: Option<Date>,
    issuers: Box<[u32]>,
    themes: Box<[u32]>,
}

/// The states of all documents on one day.
type States = Option<(Date, Arc<[Validity]>)>;

/// The documents of a generation, ready to be listed.
pub(super) struct Listing {
    rows: Vec<Row>,
    orders: [Vec<u32>; 4],
    regions: Vec<RegionCode>,
    issuers: Vec<String>,
    themes: Vec<String>,
    states: Mutex<States>,
}

/// Gives equal values one number.
struct Names<T>(HashMap<T, u32>);

impl<T: std::hash::Hash + Eq + Clone> Names<T> {
    fn number(&mut self, value: &T) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(value.clone()).or_insert(next)
    }

    fn values(self) -> Vec<T> {
        let mut values: Vec<(T, u32)> = self.0.into_iter().collect();
        values.sort_by_key(|(_, number)| *number);
        values.into_iter().map(|(value, _)| value).collect()
    }
}

impl Listing {
    /// Sorts the documents of a generation.
    pub(super) fn of(generation: &Generation) -> Self {
        let heads = generation.heads();
        let (mut regions, mut issuers, mut themes) =
            (Names(HashMap::new()), Names(HashMap::new()), Names(HashMap::new()));
        let row = |head: &Head| Row {
            kind: head.meta.kind,
            region: head.meta.region.as_ref().map(|code| regions.number(code)),
            issued: head.meta.dates.issued(),
            issuers: head.meta.issuers.iter().map(|name| issuers.number(name)).collect(),
            themes: head.meta.themes.iter().map(|name| themes.number(name)).collect(),
        };
        let rows: Vec<Row> = heads.iter().map(row).collect();
        Self {
            orders: ListOrder::ALL.map(|order| sorted(heads, order)),
            rows,
            regions: regions.values(),
            issuers: issuers.values(),
            themes: themes.values(),
            states: Mutex::new(None),
        }
    }

    /// The states of all documents on a day; the last day asked about is remembered.
    fn states(&self, generation: &Generation, as_of: Date) -> Arc<[Validity]> {
        let known = || self.states.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, states)) = known().as_ref().filter(|(day, _)| *day == as_of) {
            return states.clone();
        }
        let state = |head: &Head| validity(&head.meta, &head.events, as_of).state;
        let states: Arc<[Validity]> = generation.heads().iter().map(state).collect();
        *known() = Some((as_of, states.clone()));
        states
    }

    /// The serials of all documents a filter admits, in order.
    pub(super) fn serials(
        &self,
        generation: &Generation,
        filter: &DocumentFilter,
        order: ListOrder,
        as_of: Date,
    ) -> Vec<u32> {
        let chosen = Chosen::of(self, generation, filter);
        let states = self.states(generation, as_of);
        let admitted = |place: &&u32| chosen.misses(&self.rows[**place as usize], states[**place as usize]) == 0;
        let places = self.orders[order as usize].iter().filter(admitted);
        places.map(|&place| generation.heads()[place as usize].serial).collect()
    }

    /// A page of the list, with counts by property.
    pub(super) fn page(
        &self,
        generation: &Generation,
        filter: &DocumentFilter,
        order: ListOrder,
        as_of: Date,
        (page, per_page): (usize, usize),
    ) -> DocumentListJson {
        let chosen = Chosen::of(self, generation, filter);
        let states = self.states(generation, as_of);
        let mut counts = Counts::of(self);
        let first = page.saturating_sub(1).saturating_mul(per_page);
        let mut documents = Vec::new();
        let mut total = 0;
        for &place in &self.orders[order as usize] {
            let (row, state) = (&self.rows[place as usize], states[place as usize]);
            let missed = chosen.misses(row, state);
            counts.take(row, state, missed);
            if missed == 0 {
                if total >= first && documents.len() < per_page {
                    documents.push(document_summary(&generation.heads()[place as usize], as_of));
                }
                total += 1;
            }
        }
        let sort = order.name().to_owned();
        DocumentListJson { documents, total, page, per_page, sort, facets: counts.facets(self, generation) }
    }
}

/// The places of the heads in an order; equal ones by id, as the heads are.
fn sorted(heads: &[Head], order: ListOrder) -> Vec<u32> {
    let mut places: Vec<u32> = (0..).zip(heads).map(|(place, _)| place).collect();
    let issued = |place: u32| heads[place as usize].meta.dates.issued();
    match order {
        ListOrder::Newest => places.sort_by_key(|&place| std::cmp::Reverse(issued(place))),
        ListOrder::Oldest => places.sort_by_key(|&place| (issued(place).is_none(), issued(place))),
        ListOrder::Title => places.sort_by(|&a, &b| heads[a as usize].meta.title.cmp(&heads[b as usize].meta.title)),
        ListOrder::Number => {
            let number = |place: u32| heads[place as usize].meta.number.as_ref();
            places.sort_by(|&a, &b| (number(a).is_none(), number(a)).cmp(&(number(b).is_none(), number(b))));
        }
    }
    places
}

/// A filter in the numbers of the listing.
struct Chosen<'f> {
    filter: &'f DocumentFilter,
    regions: Vec<bool>,
    issuers: Vec<bool>,
    theme: Option<u32>,
}

impl<'f> Chosen<'f> {
    fn of(listing: &Listing, generation: &Generation, filter: &'f DocumentFilter) -> Self {
        let fits = |code: &RegionCode| {
            filter.region.as_ref().is_none_or(|asked| generation.gazetteer().fit(asked, Some(code)).applies())
        };
        let named = |name: &String| filter.issuer.as_ref().is_none_or(|part| name.contains(part.as_str()));
        let theme = filter.theme.as_ref().map(|theme| {
            let at = listing.themes.iter().position(|known| known == theme);
            at.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX)
        });
        Self {
            filter,
            regions: listing.regions.iter().map(fits).collect(),
            issuers: listing.issuers.iter().map(named).collect(),
            theme,
        }
    }

    /// The bits of what does not admit a document; 0, and it is wanted.
    fn misses(&self, row: &Row, state: Validity) -> u8 {
        let filter = self.filter;
        let day = |fits: &dyn Fn(Date) -> bool| row.issued.is_some_and(fits);
        let kind = filter.kind.as_ref().is_none_or(|kind| row.kind.name() == kind);
        let region = row.region.is_none_or(|at| self.regions[at as usize]);
        let theme = self.theme.is_none_or(|theme| row.themes.contains(&theme));
        let issuer = filter.issuer.is_none() || row.issuers.iter().any(|at| self.issuers[*at as usize]);
        let validity = filter.validity.as_ref().is_none_or(|name| state.name() == name);
        let days =
            filter.from.is_none_or(|from| day(&|day| day >= from)) && filter.to.is_none_or(|to| day(&|day| day <= to));
        let missed = |holds: bool, bit: Narrowing| if holds { 0 } else { bit as u8 };
        missed(kind, Narrowing::Kind)
            | missed(region, Narrowing::Region)
            | missed(theme, Narrowing::Theme)
            | missed(issuer, Narrowing::Issuer)
            | missed(validity, Narrowing::Validity)
            | missed(days, Narrowing::Days)
    }
}

/// Counts by property.
struct Counts {
    kinds: BTreeMap<DocumentKind, usize>,
    states: BTreeMap<Validity, usize>,
    years: BTreeMap<i16, usize>,
    regions: Vec<usize>,
    everywhere: usize,
    issuers: Vec<usize>,
    themes: Vec<usize>,
}

impl Counts {
    fn of(listing: &Listing) -> Self {
        Self {
            kinds: BTreeMap::new(),
            states: BTreeMap::new(),
            years: BTreeMap::new(),
            regions: vec![0; listing.regions.len()],
            everywhere: 0,
            issuers: vec![0; listing.issuers.len()],
            themes: vec![0; listing.themes.len()],
        }
    }

    /// Counts a document under each property that alone keeps it out, or under all when nothing does.
    fn take(&mut self, row: &Row, state: Validity, missed: u8) {
        let counts = |bit: Narrowing| missed & !(bit as u8) == 0;
        if counts(Narrowing::Kind) {
            *self.kinds.entry(row.kind).or_default() += 1;
        }
        if counts(Narrowing::Validity) {
            *self.states.entry(state).or_default() += 1;
        }
        if let (true, Some(day)) = (counts(Narrowing::Days), row.issued) {
            *self.years.entry(day.year()).or_default() += 1;
        }
        if counts(Narrowing::Region) {
            match row.region {
                Some(at) => self.regions[at as usize] += 1,
                None => self.everywhere += 1,
            }
        }
        if counts(Narrowing::Issuer) {
            row.issuers.iter().for_each(|at| self.issuers[*at as usize] += 1);
        }
        if counts(Narrowing::Theme) {
            row.themes.iter().for_each(|at| self.themes[*at as usize] += 1);
        }
    }

    fn facets(&self, listing: &Listing, generation: &Generation) -> Vec<FacetJson> {
        let facet = |field: &str, value: &str, label: &str, count| FacetJson {
            field: field.to_owned(),
            value: value.to_owned(),
            label: label.to_owned(),
            count,
        };
        let kinds = DocumentKind::ALL.iter().filter_map(|kind| Some((kind, self.kinds.get(kind)?)));
        let mut facets: Vec<FacetJson> =
            kinds.map(|(kind, count)| facet("kind", kind.name(), kind.name(), *count)).collect();
        facets.extend(self.states.iter().map(|(state, count)| facet("validity", state.name(), state.label(), *count)));
        let years = self.years.iter().rev().take(FACET_VALUES);
        facets.extend(years.map(|(year, count)| facet("year", &year.to_string(), &format!("{year}年"), *count)));
        let named = |field: &'static str, names: &[String], counts: &[usize]| {
            let values = names.iter().zip(counts).map(|(name, count)| facet(field, name, name, *count));
            most(values.collect())
        };
        facets.extend(named("theme", &listing.themes, &self.themes));
        facets.extend(named("issuer", &listing.issuers, &self.issuers));
        facets.extend(most(self.region_facets(listing, generation)));
        facets
    }

    /// Documents that hold in each place: its own, those of the places above it, and those that hold everywhere.
    fn region_facets(&self, listing: &Listing, generation: &Generation) -> Vec<FacetJson> {
        let own: HashMap<&RegionCode, usize> = listing.regions.iter().zip(self.regions.iter().copied()).collect();
        let gazetteer = generation.gazetteer();
        let named = listing.regions.iter().filter_map(|code| gazetteer.get(code));
        let facet = |region: &crate::policy::Region| {
            let line = gazetteer.lineage(&region.code);
            let held: usize = line.iter().filter_map(|above| own.get(&above.code)).sum();
            let (value, label) = (region.code.to_string(), region.name.clone());
            FacetJson { field: "region".to_owned(), value, label, count: held + self.everywhere }
        };
        named.map(facet).collect()
    }
}

/// The largest counts, equal ones by value; what counts nothing is left out.
fn most(mut facets: Vec<FacetJson>) -> Vec<FacetJson> {
    facets.retain(|facet| facet.count > 0);
    facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    facets.truncate(FACET_VALUES);
    facets
}
