//! What did people do with the answers?
//!
//! Ratings (评价) with their reasons, and open questions handed to a department (转办), in one embedded SQLite file,
//! `var/zhengda.sqlite`: written ahead and synced before anybody is told “received”, so that neither a killed process nor
//! a power cut loses what was acknowledged.
//!
//! What is absent: anything about the client (no address, no browser, no session), personal numbers (a [`Words`] cannot
//! hold one), a clock, and a way for a rating to change an answer by itself.

mod code;
mod entry;
mod feedback;
mod ledger;
mod schema;
#[cfg(test)]
mod tests;
mod ticket;
mod words;

pub use code::Code;
pub use entry::Entry;
pub use feedback::{Feedback, Rating};
pub use ledger::{CaseworkError, Ledger};
pub use ticket::{Receipt, Ticket};
pub use words::Words;
