//! The region a question is about (适用地区), from its words or from what was chosen beside it.

use std::ops::Range;

use crate::policy::{Level, Region, RegionCode};

use super::{AskedRegion, Background, RegionFrom};

/// The region found and the words that name it.
pub(super) struct FoundRegion {
    pub(super) asked: Option<AskedRegion>,
    /// Others that the question names beside it, none inside another: 青禾和望溪分别多少.
    pub(super) beside: Vec<AskedRegion>,
    pub(super) covered: Vec<Range<usize>>,
    /// The level of a place meant but not known.
    pub(super) needed: Option<Level>,
}

/// Words for one's own place, by its level: 我们县. 市里 alone may be where one goes, so it counts only before what a
/// government does.
const OWN: &[(Level, &[&str])] = &[
    (
        Level::County,
        &["我们县", "咱们县", "咱县", "我县", "本县", "全县", "县里", "县上", "我们区", "我区", "本区", "咱们区"],
    ),
    (
        Level::Prefecture,
        &[
            "我们市",
            "咱们市",
            "咱市",
            "我市",
            "本市",
            "全市",
            "我们州",
            "市里的",
            "市里有",
            "市里给",
            "市里规定",
            "市里文件",
            "市里政策",
            "市里补",
            "市上",
        ],
    ),
    (
        Level::Provincial,
        &[
            "我们省",
            "咱们省",
            "咱省",
            "我省",
            "本省",
            "全省",
            "省里的",
            "省里有",
            "省里给",
            "省里规定",
            "省里文件",
            "省里政策",
            "省里补",
            "省上",
        ],
    ),
];

/// Finds the region. A place named in the question wins over the one chosen beside it; of several places named, one
/// inside another wins (庆阳西峰 → 西峰区).
pub(super) fn find(
    question: &str,
    requested: Option<&RegionCode>,
    background: &Background<'_>,
    taken: &[Range<usize>],
) -> FoundRegion {
    let mut all: Vec<&Region> = Vec::new();
    let mut covered = Vec::new();
    for (range, candidates) in background.gazetteer.mentions(question) {
        if taken.iter().any(|other| other.start < range.end && range.start < other.end) {
            continue;
        }
        if (requested.is_some() || !all.is_empty()) && is_passed_through(question, &range) {
            continue;
        }
        let known = all.last().copied();
        let Some(region) = choose(&question[range.clone()], &candidates, known, background) else { continue };
        let inside = |inner: &Region, outer: &Region| {
            background.gazetteer.lineage(&inner.code).iter().any(|above| above.code == outer.code)
        };
        // One inside another takes its place; one that holds another adds nothing.
        match all.iter().position(|other| inside(region, other)) {
            Some(at) => all[at] = region,
            None if all.iter().any(|other| inside(other, region)) => {}
            None => all.push(region),
        }
        // Where the library's documents do not say their place, its name is a word like any other.
        if has_documents(region, background) {
            covered.push(range);
        }
    }
    let named = all.first().copied();
    let beside = beside(&all, background);
    let chosen = requested.and_then(|code| background.gazetteer.get(code));
    let own = own_level(question).filter(|_| named.is_none());
    let above = own.zip(chosen).and_then(|(level, chosen)| {
        background.gazetteer.lineage(&chosen.code).into_iter().find(|place| place.level == level)
    });
    let asked = match (named, above, chosen) {
        (Some(region), ..) => Some((region, RegionFrom::Question)),
        (None, Some(region), Some(chosen)) if region.code != chosen.code => Some((region, RegionFrom::Context)),
        (None, _, Some(chosen)) => Some((chosen, RegionFrom::Request)),
        (None, _, None) => None,
    };
    let needed = own.filter(|_| above.is_none());
    FoundRegion {
        asked: asked.map(|(region, from)| AskedRegion { code: region.code.clone(), name: region.name.clone(), from }),
        beside,
        covered,
        needed,
    }
}

/// Places that one question asks about at most.
const MOST_REGIONS: usize = 4;

/// The places named beside the first one, when the library has documents of one of them at least.
fn beside(all: &[&Region], background: &Background<'_>) -> Vec<AskedRegion> {
    if !all.iter().any(|region| has_documents(region, background)) {
        return Vec::new();
    }
    let others = all.iter().skip(1).take(MOST_REGIONS - 1);
    others
        .map(|region| AskedRegion { code: region.code.clone(), name: region.name.clone(), from: RegionFrom::Question })
        .collect()
}

/// 去上海看病, 在北京打工: where someone was, and not the place whose rules are asked about.
fn is_passed_through(question: &str, range: &Range<usize>) -> bool {
    const TO: &[&str] = &["去", "到", "在", "往", "从"];
    const FOR: &[&str] = &[
        "看病",
        "就医",
        "住院",
        "治病",
        "打工",
        "务工",
        "上班",
        "工作",
        "上学",
        "读书",
        "念书",
        "做手术",
        "回来",
        "旅游",
        "出差",
        "开会",
        "养老",
        "带娃",
        "带孙子",
    ];
    TO.iter().any(|word| question[..range.start].ends_with(word))
        && FOR.iter().any(|word| question[range.end..].starts_with(word))
}

/// The level of the one place of one's own that a question speaks of. One that speaks of several compares them.
fn own_level(question: &str) -> Option<Level> {
    let mut said = OWN.iter().filter(|(_, words)| words.iter().any(|word| question.contains(word)));
    let (level, _) = said.next()?;
    said.next().is_none().then_some(*level)
}

/// Which of the places that bear the name is meant. A full name always counts. A short name counts for provinces and
/// prefectures, for counties that have documents, and after the name of what they lie in (庆阳西峰): 和平, 新城 or 向阳 are words first and places second.
fn choose<'a>(
    name: &str,
    candidates: &[&'a Region],
    known: Option<&Region>,
    background: &Background<'_>,
) -> Option<&'a Region> {
    let inside = |region: &Region| {
        known.is_some_and(|known| {
            background.gazetteer.lineage(&region.code).iter().any(|above| above.code == known.code)
        })
    };
    let counts = |region: &&&Region| {
        region.name == name
            || inside(region)
            || has_documents(region, background)
            || matches!(region.level, Level::Provincial | Level::Prefecture)
    };
    let rank =
        |region: &&Region| (inside(region), has_documents(region, background), std::cmp::Reverse(region.level as u8));
    candidates.iter().filter(counts).copied().max_by_key(rank)
}

/// Whether the library has documents of this place or of a place in it.
fn has_documents(region: &Region, background: &Background<'_>) -> bool {
    background.regions.iter().any(|code| {
        code == &region.code || background.gazetteer.lineage(code).iter().any(|above| above.code == region.code)
    })
}
