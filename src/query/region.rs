//! The region a question is about (适用地区), from its words or from what was chosen beside it.

use std::ops::Range;

use crate::policy::{Level, Region, RegionCode};

use super::{AskedRegion, Background, RegionFrom};

/// The region found and the words that name it.
pub(super) struct FoundRegion {
    pub(super) asked: Option<AskedRegion>,
    pub(super) covered: Vec<Range<usize>>,
}

/// Finds the region. A place named in the question wins over the one chosen beside it; of several places named, one
/// inside another wins (庆阳西峰 → 西峰区).
pub(super) fn find(
    question: &str,
    requested: Option<&RegionCode>,
    background: &Background<'_>,
    taken: &[Range<usize>],
) -> FoundRegion {
    let mut named: Option<&Region> = None;
    let mut covered = Vec::new();
    for (range, candidates) in background.gazetteer.mentions(question) {
        if taken.iter().any(|other| other.start < range.end && range.start < other.end) {
            continue;
        }
        let Some(region) = choose(&question[range.clone()], &candidates, named, background) else { continue };
        let narrower = named.is_none_or(|known| {
            background.gazetteer.lineage(&region.code).iter().any(|above| above.code == known.code)
        });
        if narrower {
            named = Some(region);
        }
        // Where the library's documents do not say their place, its name is a word like any other.
        if has_documents(region, background) {
            covered.push(range);
        }
    }
    let asked = match (named, requested) {
        (Some(region), _) => Some((region, RegionFrom::Question)),
        (None, Some(code)) => background.gazetteer.get(code).map(|region| (region, RegionFrom::Request)),
        (None, None) => None,
    };
    FoundRegion {
        asked: asked.map(|(region, from)| AskedRegion { code: region.code.clone(), name: region.name.clone(), from }),
        covered,
    }
}

/// Which of the places that bear the name is meant. A full name always counts. A short name counts for provinces and
/// prefectures, and for counties that have documents: 和平, 新城 or 向阳 are words first and places second.
fn choose<'a>(
    name: &str,
    candidates: &[&'a Region],
    known: Option<&Region>,
    background: &Background<'_>,
) -> Option<&'a Region> {
    let counts = |region: &&&Region| {
        region.name == name
            || has_documents(region, background)
            || matches!(region.level, Level::Provincial | Level::Prefecture)
    };
    let rank = |region: &&Region| {
        let inside = known.is_some_and(|known| {
            background.gazetteer.lineage(&region.code).iter().any(|above| above.code == known.code)
        });
        (inside, has_documents(region, background), std::cmp::Reverse(region.level as u8))
    };
    candidates.iter().filter(counts).copied().max_by_key(rank)
}

/// Whether the library has documents of this place or of a place in it.
fn has_documents(region: &Region, background: &Background<'_>) -> bool {
    background.regions.iter().any(|code| {
        code == &region.code || background.gazetteer.lineage(code).iter().any(|above| above.code == region.code)
    })
}
