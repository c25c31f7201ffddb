//! Which programmes may this person or business claim, and what is missing?
//!
//! A profile is held against every programme on a day. What is not known is never taken for a no: a verdict is
//! `Eligible`, `NotEligible` or `Undetermined`, adding a fact never turns the first two into each other, and removing one
//! only ever makes a verdict undetermined. Nothing of a profile is stored.

mod award;
pub mod draft;
mod facts;
mod leaf;
mod matching;
mod outcomes;
mod overlap;
mod question;
mod reading;
mod size;
mod state;
mod timing;
mod tree;
mod wording;

pub use award::Award;
pub use facts::{Setting, contradiction};
pub use leaf::Gap;
pub use matching::{Match, Standing, match_all, match_one, verdict};
pub use overlap::{Outcome, Overlap, overlaps};
pub use question::{NextQuestion, next_question};
pub use reading::{ReadFact, claimant_of, read_facts};
pub use state::{State, Verdict};
pub use timing::{WindowState, public_window};
pub use tree::ConditionState;
pub use wording::{condition_in_words, gap_in_words};

#[cfg(test)]
mod tests;
