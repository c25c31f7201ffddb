//! Resolution (指向): which document of the library a relation means.

use std::collections::HashMap;

use jiff::civil::Date;

use super::head::Head;
use crate::analysis::normalise;
use crate::policy::{DocumentId, DocumentKind, Gazetteer, Level, Metadata, RegionCode, RegionFit, Relation, Target};

/// A document that states relations.
pub(crate) struct Actor<'a> {
    /// Its place among the heads; none when it is not public.
    pub(crate) place: Option<usize>,
    pub(crate) kind: DocumentKind,
    pub(crate) region: Option<&'a RegionCode>,
    pub(crate) commencement: Option<Date>,
    pub(crate) relations: &'a [Relation],
}

impl<'a> Actor<'a> {
    /// The document at this place among the heads.
    pub(crate) fn of(place: usize, meta: &'a Metadata) -> Self {
        Self {
            place: Some(place),
            kind: meta.kind,
            region: meta.region.as_ref(),
            commencement: meta.dates.commencement(),
            relations: &meta.relations,
        }
    }
}

/// Finds documents by id, number or title.
pub(crate) struct Resolver<'a> {
    heads: &'a [Head],
    gazetteer: &'a Gazetteer,
    by_number: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
    /// By the title without edition, issuer and place.
    by_work: HashMap<String, Vec<usize>>,
}

impl<'a> Resolver<'a> {
    /// Over heads that are sorted by id.
    pub(crate) fn new(heads: &'a [Head], gazetteer: &'a Gazetteer) -> Self {
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_work: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, head) in heads.iter().enumerate() {
            if let Some(number) = &head.meta.number {
                by_number.entry(number.key()).or_default().push(place);
            }
            for title in title_keys(&head.meta.title) {
                by_title.entry(title).or_default().push(place);
            }
            let own = head.meta.region.as_ref().and_then(|code| gazetteer.get(code)).map_or("", |region| &region.name);
            for key in work_keys(&head.meta.title, own) {
                by_work.entry(key).or_default().push(place);
            }
        }
        Self { heads, gazetteer, by_number, by_title, by_work }
    }

    /// The documents a target means: by id, else by number, else by exact title. A number or a title counts only for
    /// a document whose place lies in line with the actor's: other counties use the same ones.
    pub(crate) fn resolve(&self, target: &Target, actor: &Actor<'_>) -> Vec<usize> {
        if let Some(place) = target.document.as_ref().and_then(|id| self.by_id(id)) {
            return if Some(place) == actor.place { Vec::new() } else { vec![place] };
        }
        let near = |place: &usize| {
            let region = self.heads[*place].meta.region.as_ref();
            Some(*place) != actor.place && (self.covers(actor.region, region) || self.covers(region, actor.region))
        };
        let found = |places: Option<&Vec<usize>>| -> Vec<usize> {
            places.into_iter().flatten().copied().filter(near).collect()
        };
        let by_number = found(target.number.as_ref().and_then(|number| self.by_number.get(&number.key())));
        if !by_number.is_empty() {
            return by_number;
        }
        // A document whose own number is another than the one stated is another edition.
        let same = |place: &usize| match (&target.number, &self.heads[*place].meta.number) {
            (Some(stated), Some(own)) => stated == own,
            _ => true,
        };
        let titled = |places: Option<&Vec<usize>>| -> Vec<usize> { found(places).into_iter().filter(same).collect() };
        let title = target.title.as_deref().unwrap_or_default();
        let exact = title_keys(title).iter().map(|key| titled(self.by_title.get(key))).find(|found| !found.is_empty());
        // Without edition, issuer and place a title may mean several documents: then it means none for certain.
        let loose = || {
            let mut found =
                work_keys(title, "").iter().map(|key| titled(self.by_work.get(key))).find(|f| !f.is_empty())?;
            found.dedup();
            (found.len() == 1).then_some(found)
        };
        exact.or_else(loose).or_else(|| self.without_issuers(title, titled)).unwrap_or_default()
    }

    /// 甲部、乙部关于某事的意见, where the document is called 关于某事的意见 and its issuers are among those named.
    fn without_issuers(&self, title: &str, titled: impl Fn(Option<&Vec<usize>>) -> Vec<usize>) -> Option<Vec<usize>> {
        let at = title.find("关于").filter(|at| *at > 0)?;
        let key = title_keys(&title[at..]).into_iter().next().filter(|key| key.chars().count() >= MIN_BARE_CHARS)?;
        let mut found = titled(self.by_title.get(&key));
        let named = |issuer: &String| title[..at].contains(issuer.as_str());
        found.retain(|&place| self.heads[place].meta.issuers.iter().all(named));
        (found.len() == 1).then_some(found)
    }

    /// The documents that a repealing, replacing or amending relation ends or changes: those its author may act on,
    /// not younger than the act.
    pub(crate) fn acted_on(&self, relation: &Relation, actor: &Actor<'_>) -> Vec<usize> {
        let acts = actor.kind.is_authority() && actor.kind != DocumentKind::Draft;
        if !acts || !relation.kind.bears_on_validity() {
            return Vec::new();
        }
        let mut found = self.resolve(&relation.target, actor);
        let stated = relation.target.document.is_some();
        found.retain(|&place| {
            let meta = &self.heads[place].meta;
            let older = !matches!((meta.dates.commencement(), actor.commencement), (Some(a), Some(b)) if a > b);
            // A local government repeals nothing of the nation's, even where no place tells them apart.
            let above = actor.region.is_some() && meta.region.is_none() && meta.level == Some(Level::National);
            stated || older && !above && self.covers(actor.region, meta.region.as_ref())
        });
        found
    }

    fn by_id(&self, id: &DocumentId) -> Option<usize> {
        self.heads.binary_search_by(|head| head.meta.id.cmp(id)).ok()
    }

    /// Whether a document of `upper` holds in `lower`.
    fn covers(&self, upper: Option<&RegionCode>, lower: Option<&RegionCode>) -> bool {
        let (Some(upper), Some(lower)) = (upper, lower) else { return upper.is_none() || lower.is_none() };
        let fit = self.gazetteer.fit(lower, Some(upper));
        // Codes are hierarchical, for places the gazetteer does not know: 990000 covers 990121.
        let stem = upper.as_str().trim_end_matches("00");
        matches!(fit, RegionFit::Same | RegionFit::Above(_) | RegionFit::Everywhere) || lower.as_str().starts_with(stem)
    }
}

/// The forms under which a title is found: letters and characters only, and for 关于印发《X》的通知 also X.
fn title_keys(title: &str) -> Vec<String> {
    let bare = |text: &str| -> String { normalise(text).text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let mut keys = vec![bare(title)];
    if let Some((before, rest)) = title.split_once('《')
        && before.ends_with("印发")
        && let Some((inner, _)) = rest.rsplit_once('》')
    {
        keys.push(bare(inner));
    }
    keys.retain(|key| !key.is_empty());
    keys
}

/// Shortest work title that means one document without its place and edition: 六 Han characters.
const MIN_WORK_CHARS: usize = 6;
/// Shortest title that means one document without its issuers: 关于 and eight more.
const MIN_BARE_CHARS: usize = 10;
/// What names an edition at the end of a title.
const EDITIONS: [&str; 8] = ["试行", "暂行", "修订", "修正", "修订版", "修正版", "试行稿", "暂行稿"];

/// The title of the work alone: without 关于印发……的通知, issuer, edition and `place`, for names written another way.
pub(crate) fn work_keys(title: &str, place: &str) -> Vec<String> {
    let mut work = title.trim();
    if let Some((_, issued)) = work.split_once("关于印发").or_else(|| work.split_once("关于发布")) {
        let issued = issued.trim_end_matches("通知").trim_end_matches("公告").trim_end_matches('的');
        work = issued.trim_start_matches('《').trim_end_matches('》');
    }
    let work = without_edition(without_order(work));
    let bare: String = normalise(work).text.chars().filter(|c| c.is_alphanumeric()).collect();
    let bare = bare.strip_prefix("中华人民共和国").unwrap_or(&bare).to_owned();
    let local = bare.strip_prefix(place).filter(|_| !place.is_empty()).map(str::to_owned);
    [Some(bare), local]
        .into_iter()
        .flatten()
        .filter(|key| key.chars().count() >= MIN_WORK_CHARS || key.ends_with('法'))
        .collect()
}

/// A title without the order that carries it: 某部令第1号某某办法.
fn without_order(title: &str) -> &str {
    let Some((order, rest)) = title.split_once('号') else { return title };
    let number = order.split_once("令第").map_or("", |(_, number)| number);
    let numbered =
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c));
    if numbered && !rest.trim().is_empty() { rest.trim() } else { title }
}

/// A title without （试行）, （2021年修订） and the like at its end.
fn without_edition(title: &str) -> &str {
    let trimmed = title.trim_end_matches(['》', ' ']);
    let Some(open) = trimmed.rfind(['（', '(']).filter(|_| trimmed.ends_with(['）', ')'])) else { return trimmed };
    let inside = trimmed[open..].trim_matches(['（', '）', '(', ')']);
    let plain = inside.trim_start_matches(|c: char| c.is_ascii_digit() || c == '年');
    if EDITIONS.contains(&plain) || plain.is_empty() || plain == "版" { trimmed[..open].trim_end() } else { trimmed }
}
