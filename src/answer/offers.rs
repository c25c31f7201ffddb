//! The programmes (惠企/惠民政策事项) an answer speaks of: those of which a basis stands in what was quoted.

use std::cmp::Reverse;

use crate::contract::Status;
use crate::index::Generation;
use crate::policy::Audience;
use crate::policy::programme::{Claimant, SupportProgramme};

use super::{Consultation, Offer, weights};

/// The programmes of an answer, those with most bases in its quotes first.
#[must_use]
pub fn offers(generation: &Generation, consultation: &Consultation) -> Vec<Offer> {
    if !matches!(consultation.status, Status::Answered | Status::Partial) {
        return Vec::new();
    }
    let need = &consultation.need;
    let fits = |programme: &&SupportProgramme| {
        let asker = match need.audience {
            Some(Audience::Person) => programme.audience == Claimant::Person,
            Some(Audience::Enterprise) => programme.audience == Claimant::Enterprise,
            _ => true,
        };
        asker && programme.holds_on(need.as_of)
    };
    let mut found: Vec<(usize, &SupportProgramme)> = generation
        .book()
        .programmes
        .iter()
        .filter(fits)
        .map(|programme| (bases_quoted(generation, consultation, programme), programme))
        .filter(|(count, _)| *count > 0)
        .collect();
    found.sort_by_key(|(count, programme)| (Reverse(*count), &programme.id));
    found.truncate(weights::OFFERS);
    found.into_iter().map(|(_, own)| Offer { id: own.id.clone(), name: own.name.clone() }).collect()
}

/// How many bases of a programme stand in the quotes.
fn bases_quoted(generation: &Generation, consultation: &Consultation, programme: &SupportProgramme) -> usize {
    let stands = |key: &&String| {
        generation.basis(&programme.id, key).is_some_and(|basis| {
            consultation.quotes.iter().any(|quoted| {
                let range = quoted.citation.range();
                quoted.document.id() == &basis.document && range.start < basis.end && basis.start < range.end
            })
        })
    };
    programme.bases.keys().filter(stands).count()
}
