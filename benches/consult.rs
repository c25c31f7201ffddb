//! What the index and the whole flow cost beside bare tantivy with the same analyzer, in one run on one machine.
//!
//! `cargo bench`. Two ratios come out:
//!
//! - indexing from ready documents: speed of `index::build` as a share of the speed at which bare tantivy takes the
//!   same passages into the same three fields (title, characters and bigrams, words);
//! - consulting: p50 of a whole consultation, nothing cached, over p50 of bare tantivy's top ten for the terms of the
//!   question (the `OR` of all characters and bigrams), question by question in turns, the best of three.
//!
//! The collection is the folder in `ZHENGDA_BENCH` (BEIR layout), else the demonstration library of `corpus/` with its
//! judged questions. `stages` tells where the time of a consultation goes.
#![expect(clippy::print_stdout, reason = "a benchmark speaks on the terminal")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot read its data has nothing to say")]

mod collection;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use collection::Collection;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};
use zhengda::analysis::Analyzer;
use zhengda::consultation::Library;
use zhengda::index::{self, passages};

/// Memory of the bare writer: one segment per thread at the size of this collection.
const WRITER_MEMORY: usize = 200 << 20;
/// Rounds per question; the best counts, so that other work on the machine does not.
const ROUNDS: usize = 3;

fn main() {
    let collection = Collection::load();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!(
        "{}: {} documents, {} questions, {cores} cores",
        collection.name,
        collection.documents.len(),
        collection.enquiries.len()
    );
    let (ours, bare) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // The dictionary is loaded before the clock runs: it is loaded once in the life of a process.
    let analyzer = Analyzer::new(&collection.lexicon);
    analyzer.warm_up();
    let bare_time = timed(|| build_bare(bare.path(), &collection, &analyzer, cores));
    let our_time = timed(|| collection.build(ours.path()));
    println!(
        "indexing: bare tantivy {:.2} s, zhengda {:.2} s: {:.2} of its speed",
        bare_time.as_secs_f64(),
        our_time.as_secs_f64(),
        bare_time.as_secs_f64() / our_time.as_secs_f64()
    );
    println!("bytes: bare tantivy {}, zhengda {} (with texts and outlines)", bytes(bare.path()), bytes(ours.path()));
    consult(&collection, ours.path(), bare.path(), &analyzer);
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

/// Fields of the bare index.
struct Fields {
    schema: Schema,
    title: Field,
    grams: Field,
    words: Field,
}

fn fields() -> Fields {
    let options = |tokenizer: &str| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(IndexRecordOption::WithFreqs);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut builder = Schema::builder();
    let title = builder.add_text_field("title", options("grams"));
    let grams = builder.add_text_field("grams", options("grams"));
    let words = builder.add_text_field("words", options("words"));
    Fields { schema: builder.build(), title, grams, words }
}

fn build_bare(folder: &Path, collection: &Collection, analyzer: &Analyzer, cores: usize) {
    let Fields { schema, title, grams, words } = fields();
    let index = Index::create_in_dir(folder, schema).unwrap();
    index.tokenizers().register("grams", Terms::new(analyzer, false));
    index.tokenizers().register("words", Terms::new(analyzer, true));
    let mut writer: IndexWriter = index.writer_with_num_threads(cores, WRITER_MEMORY).unwrap();
    for document in collection.documents.values() {
        let name = &document.meta().title;
        for passage in passages(document) {
            let body = format!("{name}\n{}", &document.text()[passage.range()]);
            let mut row = TantivyDocument::new();
            row.add_text(title, name);
            row.add_text(grams, &body);
            row.add_text(words, &body);
            writer.add_document(row).unwrap();
        }
    }
    writer.commit().unwrap();
    writer.merge(&index.searchable_segment_ids().unwrap()).wait().unwrap();
    writer.wait_merging_threads().unwrap();
}

fn consult(collection: &Collection, ours: &Path, bare: &Path, analyzer: &Analyzer) {
    let library = Library::new(index::open(ours).unwrap());
    let grams = fields().grams;
    let searcher = Index::open_in_dir(bare).unwrap().reader().unwrap().searcher();
    let (mut our_times, mut bare_times) = (Vec::new(), Vec::new());
    for enquiry in &collection.enquiries {
        let (mut best, mut best_bare) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            best_bare = best_bare.min(timed(|| top_ten(&searcher, grams, analyzer, &enquiry.question)));
            best = best.min(timed(|| drop(library.consult_afresh(enquiry).unwrap())));
        }
        our_times.push(best);
        bare_times.push(best_bare);
    }
    let (ours, bare) = (median(our_times), median(bare_times));
    println!(
        "consulting: bare top ten p50 {:.2} ms, whole consultation p50 {:.2} ms: {:.2} times",
        bare.as_secs_f64() * 1e3,
        ours.as_secs_f64() * 1e3,
        ours.as_secs_f64() / bare.as_secs_f64()
    );
}

/// Ten passages for all characters and bigrams of a question, by tantivy alone.
fn top_ten(searcher: &Searcher, field: Field, analyzer: &Analyzer, question: &str) {
    let mut seen = HashSet::new();
    let terms = analyzer.grams(question).into_iter().map(|token| token.term).filter(|term| seen.insert(term.clone()));
    let clauses = terms.map(|term| -> (Occur, Box<dyn Query>) {
        (Occur::Should, Box::new(TermQuery::new(Term::from_field_text(field, &term), IndexRecordOption::WithFreqs)))
    });
    let query = BooleanQuery::new(clauses.collect());
    searcher.search(&query, &TopDocs::with_limit(10).order_by_score()).unwrap();
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn bytes(folder: &Path) -> u64 {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter_map(|entry| entry.metadata().ok())
        .filter(fs::Metadata::is_file)
        .map(|meta| meta.len())
        .sum()
}

/// The analyzer's terms of one text, handed to tantivy as the product does it.
#[derive(Clone)]
struct Terms {
    analyzer: Analyzer,
    words: bool,
    text: String,
    ends: Vec<usize>,
    token: Token,
}

impl Terms {
    fn new(analyzer: &Analyzer, words: bool) -> Self {
        Self { analyzer: analyzer.clone(), words, text: String::new(), ends: Vec::new(), token: Token::default() }
    }
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.text.clear();
        self.ends.clear();
        let (buffer, ends) = (&mut self.text, &mut self.ends);
        let emit = |term: &str| {
            buffer.push_str(term);
            ends.push(buffer.len());
        };
        if self.words {
            self.analyzer.for_each_word(text, emit)
        } else {
            self.analyzer.for_each_gram(text, emit)
        }
        self.token.reset();
        TermStream { terms: &self.text, ends: &self.ends, next: 0, token: &mut self.token }
    }
}

struct TermStream<'a> {
    terms: &'a str,
    ends: &'a [usize],
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&end) = self.ends.get(self.next) else { return false };
        let start = self.next.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.token.text.clear();
        self.token.text.push_str(&self.terms[start..end]);
        self.token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
