//! Mixed questions: a fixed reply for the one part, an answer for the other.

use crate::contract::Status;

use super::{Consultation, phrases};

/// The fixed reply to one part of a question, with what answers the other part beside it. An emergency stays one, and
/// its numbers come first; a refused part makes an answer partial, and is named as what is missing.
#[must_use]
pub fn beside(fixed: Consultation, answered: Consultation) -> Consultation {
    if !matches!(answered.status, Status::Answered | Status::Partial) {
        return fixed;
    }
    let mut whole = Consultation { need: fixed.need, status: fixed.status, message: fixed.message, ..answered };
    whole.need.region = whole.need.region.or(answered.need.region);
    match fixed.refusal {
        None => whole.contacts = fixed.contacts,
        Some(refusal) => {
            whole.status = Status::Partial;
            whole.message = phrases::rest_only(refusal);
            whole.missing.push(phrases::REST_MISSING.to_owned());
        }
    }
    whole
}
