//! Related questions (相关问题): reviewed ones that the library really answers, for the asker's place and day.

use std::collections::HashSet;

use crate::index::Generation;
use crate::policy::{Faq, validity};
use crate::query::InformationNeed;
use crate::retrieval::QueryTerms;

use super::weights;

/// A reviewed question is on the same subject when it holds this share of what was asked.
const SAME_SUBJECT: f32 = 0.4;

/// Reviewed questions that rest on the same documents, then those on the same subject.
pub(super) fn of(
    generation: &Generation,
    need: &InformationNeed,
    terms: Option<&QueryTerms>,
    cited: &HashSet<&str>,
) -> Vec<String> {
    let rests_on_cited = |faq: &&Faq| faq.cites.iter().any(|cite| cited.contains(cite.document.as_str()));
    let share = |faq: &Faq| terms.map_or(0.0, |terms| held(terms, faq));
    let keyed = |faq: &Faq| terms.is_some_and(|terms| terms.holds_key(|word| faq.question.contains(word)));
    let alike = |faq: &&Faq| share(faq) >= SAME_SUBJECT && keyed(faq);
    let answerable: Vec<&Faq> =
        generation.faqs().iter().filter(|faq| !is_asked(faq, need) && is_answerable(generation, need, faq)).collect();
    let mut seen = HashSet::new();
    let first = answerable.iter().copied().filter(rests_on_cited);
    let then = answerable.iter().copied().filter(alike);
    let mut found: Vec<&Faq> = first.chain(then).filter(|faq| seen.insert(faq.id.as_str())).collect();
    // Those of the same documents first, and among them the nearer to what was asked.
    found.sort_by(|a, b| rests_on_cited(b).cmp(&rests_on_cited(a)).then(share(b).total_cmp(&share(a))));
    found.into_iter().take(weights::RELATED).map(|faq| faq.question.clone()).collect()
}

/// How much of what was asked a reviewed question holds, in the one of its wordings that holds most.
fn held(terms: &QueryTerms, faq: &Faq) -> f32 {
    let wordings = std::iter::once(&faq.question).chain(&faq.variants);
    wordings.map(|text| terms.share_of(|word| text.contains(word))).fold(0.0, f32::max)
}

fn is_asked(faq: &Faq, need: &InformationNeed) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    std::iter::once(&faq.question).chain(&faq.variants).any(|question| bare(question) == bare(&need.question))
}

/// Whether every clause it rests on stands in a document of the library that governs there and then.
fn is_answerable(generation: &Generation, need: &InformationNeed, faq: &Faq) -> bool {
    let governs = |head: &crate::index::Head| {
        let of = head.meta.region.as_ref();
        let there = need.region.as_ref().is_none_or(|asked| generation.gazetteer().fit(&asked.code, of).applies());
        there && head.meta.kind.is_authority() && validity(&head.meta, &head.events, need.as_of).may_govern()
    };
    let document = |id| generation.by_id(id).is_some_and(governs);
    faq.reviewed.is_some() && !faq.cites.is_empty() && faq.cites.iter().all(|cite| document(&cite.document))
}
