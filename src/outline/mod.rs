//! How is a document's text divided?
//!
//! One parser for every numbering scheme of Chinese documents: 编章节条款项目 of laws, 一、（一）1.（1） of official
//! letters, 1.1.1 of plans, annexes, tables, letterheads. A text goes through these hands, each in its own file:
//!
//! ```text
//! reflow    raw text → canonical text, page numbers and hard line breaks gone, nothing lost
//! unit      lines; run_on and inline cut lines that hold several clauses
//! letterhead what every unit is for: title, number, addressees, signature, annex, contents, body
//! sequence  is this mark a clause's number or only mentioned? quote: not inside a quotation
//! level     where does it belong?   assemble → draft → finish: ids, labels, ranges
//! ```
//!
//! Everything is total and deterministic: any text has an outline, in the worst case one of plain paragraphs.

mod assemble;
mod date;
mod draft;
mod finish;
mod heading;
mod inline;
mod letterhead;
mod level;
mod marker;
mod numeral;
mod phrase;
mod quote;
mod reflow;
mod responsibility;
mod run_on;
mod sequence;
mod unit;

#[cfg(test)]
mod tests;

pub use letterhead::{Letterhead, letterhead};
pub use reflow::{Reflowed, reflow, unaccounted};

use crate::policy::Outline;

/// Divides a canonical text into clauses. Every character but white space is inside a node.
#[must_use]
pub fn outline(text: &str) -> Outline {
    let units = unit::units(text);
    let roles = letterhead::roles(text, &units);
    let drafts = assemble::assemble(text, &units, &roles);
    Outline::new(finish::nodes(text, &drafts))
}
