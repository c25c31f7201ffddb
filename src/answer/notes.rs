//! How the question was taken, where the asker should know: a day counted to, a clause under another numbering.

use crate::index::Generation;
use crate::ranking::AskedClause;

use super::{Consultation, phrases};

/// The notes beside a consultation, in fixed phrases.
#[must_use]
pub fn notes(generation: &Generation, consultation: &Consultation) -> Vec<String> {
    let need = &consultation.need;
    let reckoned = need.reckoning.as_ref().and_then(|reckoning| {
        let due = reckoning.due(&generation.directory().holidays)?;
        Some(phrases::reckoned(reckoning, &due))
    });
    reckoned.into_iter().chain(other_numbering(consultation)).collect()
}

/// The clause quoted, when the question named it in a numbering that its document does not have.
fn other_numbering(consultation: &Consultation) -> Option<String> {
    let need = &consultation.need;
    let asked = need.clause.as_ref()?;
    consultation.quotes.iter().find_map(|quoted| {
        let outline = quoted.document.outline();
        let clause = AskedClause::of(need, outline)?;
        let taken = outline.lineage(quoted.node).into_iter().find(|node| clause.holds(*node))?;
        let label = quoted.document.clause_at(taken)?.label().to_owned();
        (!clause.is_exact()).then(|| phrases::other_numbering(asked, &label))
    })
}
