//! How is it stored for search?
//!
//! `index/` holds generations: folders that never change once `CURRENT` names them. A generation is a tantivy index of
//! [`Passage`]s, the documents themselves in append-only files read by memory map, and a table of [`Head`]s: what is
//! known of each document, with everything that other documents do to it already resolved. [`build`] derives a
//! generation from documents and from nothing else; [`open`] refuses one that is damaged or foreign.
//!
//! What is absent: documents that are not 主动公开, text that goes through a query parser, and a file that is changed
//! in place.

mod align;
mod build;
mod cited;
mod edition;
mod error;
mod explain;
mod gather;
mod generation;
mod head;
mod interpretation;
mod learn;
mod links;
mod manifest;
mod mention;
mod open_target;
mod outcome;
mod paragraph;
mod passage;
mod plan;
mod programmes;
mod publish;
mod record;
mod resolve;
#[cfg(test)]
mod scale;
mod schema;
mod search;
mod segments;
mod shared;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod tokenizer;
mod verbatim;
mod wording;

pub use build::{Input, build};
pub use error::IndexError;
pub use explain::{Explanation, ExplanationReason};
pub use generation::{Generation, current, open};
pub use head::{Head, Related};
pub use interpretation::{InterpretationLink, LIKELY};
pub use manifest::Manifest;
pub use open_target::open_relations;
pub use outcome::BuildReport;
pub use passage::{PASSAGE_CHARS, Passage, PassageKey, PassageRef, passages};
pub use schema::{Fields, View};
pub use verbatim::{Copying, copying};

/// Changes whenever the schema, the cutting of passages or the shape of our own files changes; an index with another
/// number is rebuilt.
pub(crate) const SCHEMA_VERSION: u32 = 9;
