//! Segments (倒排索引): passages into tantivy, one segment in the end.

use std::path::Path;

use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

use super::IndexError;
use super::explain::Explained;
use super::head::Head;
use super::passage::PassageKey;
use super::schema::Fields;
use super::store::Store;
use super::tokenizer;
use super::wording::PassageText;
use crate::analysis::Analyzer;
use crate::policy::DocumentId;

/// Documents from which several threads are worth their start.
const PARALLEL_FROM: usize = 1000;
/// Most threads: beyond four, reading and merging are what takes the time.
const MOST_THREADS: usize = 4;
/// Memory of one thread; at this size a segment holds some 20,000 passages.
const THREAD_MEMORY: usize = 100 << 20;
/// Memory when there is little to do; tantivy refuses less than 15 MB.
const SMALL_MEMORY: usize = 20 << 20;

/// Writes passages into a tantivy index.
pub(crate) struct SegmentWriter<'w> {
    fields: Fields,
    writer: IndexWriter,
    store: &'w Store,
    explained: &'w Explained,
}

impl<'w> SegmentWriter<'w> {
    /// Opens the index in `folder`, or makes one when `fresh`; `expected` documents will be added.
    pub(crate) fn open(
        folder: &Path,
        fresh: bool,
        expected: usize,
        analyzer: &Analyzer,
        store: &'w Store,
        explained: &'w Explained,
    ) -> Result<Self, IndexError> {
        let (schema, fields) = Fields::schema();
        let index = if fresh { Index::create_in_dir(folder, schema)? } else { Index::open_in_dir(folder)? };
        tokenizer::register(&index, analyzer);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let writer: IndexWriter = if expected >= PARALLEL_FROM {
            let threads = cores.min(MOST_THREADS);
            index.writer_with_num_threads(threads, threads * THREAD_MEMORY)?
        } else {
            index.writer_with_num_threads(1, SMALL_MEMORY)?
        };
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self { fields, writer, store, explained })
    }

    /// Removes a document's passages.
    pub(crate) fn remove(&self, id: &DocumentId) {
        self.writer.delete_term(Term::from_field_text(self.fields.document, id.as_str()));
    }

    /// Adds a document's passages.
    pub(crate) fn add(&self, head: &Head) -> Result<(), IndexError> {
        let (text, nodes) = self.store.read(&head.location)?;
        for (number, passage) in (0..).zip(&head.passages) {
            let key = PassageKey::new(head.serial, number);
            let words = PassageText::new(&head.meta.title, &nodes, text, passage);
            let mut document = TantivyDocument::new();
            document.add_text(self.fields.title, &words.title);
            document.add_text(self.fields.grams, &words.body);
            document.add_text(self.fields.words, &words.body);
            if let Some(bridge) = self.explained.bridge.get(&key) {
                document.add_text(self.fields.bridge, bridge);
            }
            document.add_text(self.fields.document, head.meta.id.as_str());
            if let Some(number) = &head.meta.number {
                document.add_text(self.fields.number, number.key());
            }
            document.add_u64(self.fields.passage, key.0);
            self.writer.add_document(document)?;
        }
        Ok(())
    }

    /// Commits, and merges into one segment without deleted passages: only then are the statistics of the scores
    /// those of a full build.
    pub(crate) fn finish(mut self) -> Result<(), IndexError> {
        self.writer.commit()?;
        let metas = self.writer.index().searchable_segment_metas()?;
        if metas.len() > 1 || metas.iter().any(|meta| meta.has_deletes()) {
            let ids: Vec<_> = metas.iter().map(tantivy::SegmentMeta::id).collect();
            self.writer.merge(&ids).wait()?;
        }
        self.writer.garbage_collect_files().wait()?;
        self.writer.wait_merging_threads()?;
        Ok(())
    }
}
