//! The one fact that decides (还差一个事实): a region, or the matter itself when a question names none.

use std::collections::HashSet;

use crate::index::{Generation, Head};
use crate::policy::{Audience, Region, validity};
use crate::query::InformationNeed;
use crate::ranking::Ranking;

use super::{phrases, weights};

/// A question back, with its choices: the value to send, and what a person reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Which fact.
    pub fact: &'static str,
    /// The question.
    pub question: &'static str,
    /// The choices.
    pub choices: Vec<(String, String)>,
}

/// Words in the title of a document by which somebody may claim something.
const CLAIMS: &[&str] = &[
    "补贴", "补助", "津贴", "奖", "资助", "扶持", "减免", "减征", "免征", "返还", "贷款", "待遇", "救助", "保险",
    "优待", "申领",
];
/// Words of somebody who asks for a business.
const BUSINESS: &[&str] = &["公司", "企业", "厂", "店", "注册", "员工", "职工人数", "营收", "纳税", "个体"];

impl Ask {
    /// Which region is meant.
    pub(super) fn of_regions(regions: &[Region]) -> Self {
        let choices = regions.iter().map(|region| (region.code.to_string(), region.name.clone())).collect();
        Self { fact: "region", question: phrases::ASK_REGION, choices }
    }
}

/// The one fact without which a need cannot be answered: the matter, or the place that 我们县 means.
#[must_use]
pub fn needed(generation: &Generation, need: &InformationNeed, ranking: &Ranking) -> Option<Ask> {
    if need.lacks_matter { matters(generation, need, ranking) } else { places(generation, need, ranking) }
}

/// Which place is meant by 我们县, when several of that level have something to say.
fn places(generation: &Generation, need: &InformationNeed, ranking: &Ranking) -> Option<Ask> {
    let level = need.region_needed.filter(|_| need.region.is_none() && need.titles.is_empty())?;
    let leading = ranking.passages.iter().take(weights::PASSAGES);
    let codes = leading.filter_map(|passage| generation.head(passage.key.serial())?.meta.region.as_ref());
    let mut regions: Vec<Region> = Vec::new();
    for region in codes.filter_map(|code| generation.gazetteer().get(code)) {
        if region.level == level && regions.len() < weights::MOST_CHOICES && !regions.contains(region) {
            regions.push(region.clone());
        }
    }
    (regions.len() > 1).then(|| Ask::of_regions(&regions))
}

/// Which matter is meant: documents of the library by which somebody may claim something there, those first that the
/// words of the question lead to. None when the library has no such document.
fn matters(generation: &Generation, need: &InformationNeed, ranking: &Ranking) -> Option<Ask> {
    let business = BUSINESS.iter().any(|word| need.question.contains(word));
    let mut seen = HashSet::new();
    let led = ranking.passages.iter().filter_map(|passage| generation.head(passage.key.serial()));
    let mut newest: Vec<&Head> = generation.heads().iter().collect();
    newest.sort_by_key(|head| std::cmp::Reverse(head.meta.dates.issued()));
    let choices: Vec<(String, String)> = led
        .chain(newest)
        .filter(|head| is_claim(generation, need, head, business) && seen.insert(head.serial))
        .take(weights::MOST_CHOICES)
        .map(|head| (format!("《{}》{}", head.meta.title, need.question), head.meta.title.clone()))
        .collect();
    let ask = Ask { fact: "matter", question: phrases::ASK_MATTER, choices };
    (!ask.choices.is_empty()).then_some(ask)
}

/// Whether somebody like the asker may claim something by a document, there and then.
fn is_claim(generation: &Generation, need: &InformationNeed, head: &Head, business: bool) -> bool {
    let meta = &head.meta;
    let region = need.region.as_ref().map(|asked| &asked.code);
    let there = region.is_none_or(|code| generation.gazetteer().fit(code, meta.region.as_ref()).applies());
    let wanted = if business { Audience::Enterprise } else { Audience::Person };
    let theirs = if meta.audience.is_empty() { !business } else { meta.audience.contains(&wanted) };
    let claims = CLAIMS.iter().any(|word| meta.title.contains(word));
    claims && theirs && there && meta.kind.is_authority() && validity(meta, &head.events, need.as_of).may_govern()
}
