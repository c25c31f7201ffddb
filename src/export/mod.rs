//! In what shapes does the library leave the house?
//!
//! As lines of JSON that import again to the same library, as tables for a spreadsheet, as one compilation to print, as
//! the graph of relations, as feeds of what is new, as a table of duties, as two editions side by side, as Akoma Ntoso or
//! JSON of one document with clause ids. Only what the index holds leaves: documents that are 主动公开. Everything is written as it is read; nothing is gathered but one document.

mod akn;
mod comparison;
mod compilation;
mod duties;
mod graph;
mod lines;
mod news;
mod tables;
#[cfg(test)]
mod tests;

use std::io;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::index::{Generation, Head, IndexError};

pub use akn::akoma_ntoso;
pub use comparison::{ClauseChange, Comparison, Side, comparison};
pub use compilation::compilation;
pub use duties::{Duty, duties, duties_csv};
pub use graph::{graph_csv, graph_json};
pub use lines::{document_json, jsonl};
pub use news::{
    DAYS_AHEAD, DAYS_BACK, FeedHead, NewsItem, NewsKind, NewsSpan, ProgrammeFilter, atom, in_order, json_feed,
    news_of_documents, news_of_programmes,
};
pub use tables::tables;

/// What leaves: documents of a generation, by serial, in the order in which they shall stand.
#[derive(Clone, Copy)]
pub struct Selection<'g> {
    /// The library.
    pub generation: &'g Generation,
    /// The documents.
    pub serials: &'g [u32],
    /// The day for which validity is told.
    pub as_of: Date,
}

impl<'g> Selection<'g> {
    /// The heads of the documents, in order.
    pub fn heads(&self) -> impl Iterator<Item = &'g Head> + use<'g> {
        let generation = self.generation;
        self.serials.iter().filter_map(move |serial| generation.head(*serial))
    }
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The target cannot be written.
    #[error("无法写入 {}：{source}；请检查位置和空间", path.display())]
    Write {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The stream cannot be written.
    #[error("无法写出：{0}")]
    Stream(#[from] io::Error),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}
