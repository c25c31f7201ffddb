//! Resolution (指向): which document of the library a relation means.

use std::collections::HashMap;

use jiff::civil::Date;

use super::head::Head;
use crate::analysis::normalise;
use crate::policy::{DocumentId, DocumentKind, Gazetteer, RegionCode, RegionFit, Relation, RelationKind, Target};

/// A document that states relations.
pub(crate) struct Actor<'a> {
    /// Its place among the heads; none when it is not public.
    pub(crate) place: Option<usize>,
    pub(crate) kind: DocumentKind,
    pub(crate) region: Option<&'a RegionCode>,
    pub(crate) commencement: Option<Date>,
    pub(crate) relations: &'a [Relation],
}

/// Finds documents by id, number or title.
pub(crate) struct Resolver<'a> {
    heads: &'a [Head],
    gazetteer: &'a Gazetteer,
    by_number: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
}

impl<'a> Resolver<'a> {
    /// Over heads that are sorted by id.
    pub(crate) fn new(heads: &'a [Head], gazetteer: &'a Gazetteer) -> Self {
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, head) in heads.iter().enumerate() {
            if let Some(number) = &head.meta.number {
                by_number.entry(number.key()).or_default().push(place);
            }
            for title in title_keys(&head.meta.title) {
                by_title.entry(title).or_default().push(place);
            }
        }
        Self { heads, gazetteer, by_number, by_title }
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
        let titles = target.title.as_deref().map(title_keys).unwrap_or_default();
        titles.iter().map(|title| found(self.by_title.get(title))).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The documents that a repealing, replacing or amending relation ends or changes: those its author may act on,
    /// not younger than the act.
    pub(crate) fn acted_on(&self, relation: &Relation, actor: &Actor<'_>) -> Vec<usize> {
        let acts = actor.kind.is_authority() && actor.kind != DocumentKind::Draft;
        let ends = matches!(relation.kind, RelationKind::Repeals | RelationKind::Replaces | RelationKind::Amends);
        if !acts || !ends {
            return Vec::new();
        }
        let mut found = self.resolve(&relation.target, actor);
        let stated = relation.target.document.is_some();
        found.retain(|&place| {
            let meta = &self.heads[place].meta;
            let older = !matches!((meta.dates.commencement(), actor.commencement), (Some(a), Some(b)) if a > b);
            stated || older && self.covers(actor.region, meta.region.as_ref())
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
