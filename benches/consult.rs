//! What the index and the whole flow cost beside bare tantivy with the same analyzer, in one run on one machine.
//!
//! `cargo bench`. Two ratios come out:
//!
//! - indexing from ready documents: speed of `index::build` as a share of the speed at which bare tantivy takes the
//!   same passages into the same three fields (title, characters and bigrams, words);
//! - consulting: p50 of a whole consultation, nothing cached, over p50 of bare tantivy's top ten for the terms of the
//!   question (the `OR` of all characters and bigrams), question by question in turns, the best of three.
//!
//! The collection is `../shared/data/stard` (57,652 articles, 614 questions) where it is at hand, else the
//! demonstration library of `corpus/` with its judged questions.
#![expect(clippy::print_stdout, reason = "a benchmark speaks on the terminal")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot read its data has nothing to say")]

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};
use zhengda::analysis::{Analyzer, Lexicon};
use zhengda::consultation::Library;
use zhengda::corpus::Corpus;
use zhengda::index::{self, Input, passages};
use zhengda::policy::{
    Directory, Disclosure, DocumentId, DocumentKind, Faq, Gazetteer, Metadata, PolicyDocument, RegionCode,
};
use zhengda::query::Enquiry;

/// Memory of the bare writer: one segment per thread at the size of this collection.
const WRITER_MEMORY: usize = 200 << 20;
/// Rounds per question; the best counts, so that other work on the machine does not.
const ROUNDS: usize = 3;

/// Documents ready to be indexed, and questions.
struct Collection {
    name: &'static str,
    documents: BTreeMap<DocumentId, PolicyDocument>,
    questions: Vec<(String, Option<RegionCode>)>,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    directory: Directory,
    faqs: Vec<Faq>,
}

fn main() {
    let collection = stard().unwrap_or_else(demonstration);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!(
        "{}: {} documents, {} questions, {cores} cores",
        collection.name,
        collection.documents.len(),
        collection.questions.len()
    );
    let (ours, bare) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // The dictionary is loaded before the clock runs: it is loaded once in the life of a process.
    let analyzer = Analyzer::new(&collection.lexicon);
    analyzer.warm_up();
    let bare_time = timed(|| build_bare(bare.path(), &collection, &analyzer, cores));
    let our_time = timed(|| build_ours(ours.path(), &collection));
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

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json_lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// All articles of Chinese laws with lay questions, where they lie beside the repository.
fn stard() -> Option<Collection> {
    let folder = repository().join("../shared/data/stard");
    if !folder.exists() {
        return None;
    }
    let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let articles = json_lines(&folder.join("corpus.jsonl"));
    // The collection's own ids are not all safe in a file name: the place in the file is the id here.
    let documents = (1..).zip(&articles).map(|(number, line)| {
        let id = DocumentId::parse(&format!("article-{number}")).unwrap();
        let mut meta = Metadata::new(id, text(line, "title"), DocumentKind::Law);
        meta.disclosure = Disclosure::Proactive;
        let text = text(line, "text");
        let outline = zhengda::outline::outline(&text);
        PolicyDocument::new(meta, text.into(), outline).unwrap()
    });
    Some(Collection {
        name: "stard",
        documents: documents.map(|document| (document.id().clone(), document)).collect(),
        questions: json_lines(&folder.join("queries.jsonl")).iter().map(|line| (text(line, "text"), None)).collect(),
        lexicon: Lexicon::default(),
        gazetteer: Gazetteer::default(),
        directory: Directory::default(),
        faqs: Vec::new(),
    })
}

/// The demonstration library with its judged questions.
fn demonstration() -> Collection {
    let corpus = Corpus::open(repository().join("corpus")).unwrap();
    let documents = corpus.inventory().unwrap();
    let documents = documents.iter().map(|entry| corpus.load(entry).unwrap());
    let files = corpus.lexicon_files().unwrap();
    let files: Vec<(String, String)> =
        files.into_iter().map(|(path, text)| (path.display().to_string(), text)).collect();
    let mut judged: Vec<PathBuf> =
        fs::read_dir(repository().join("tests/judged")).unwrap().map(|entry| entry.unwrap().path()).collect();
    judged.sort();
    let questions = judged.iter().flat_map(|path| json_lines(path)).map(|line| {
        let region = line["region"].as_str().and_then(RegionCode::parse);
        (line["question"].as_str().unwrap().to_owned(), region)
    });
    Collection {
        name: "demonstration",
        documents: documents.map(|document| (document.id().clone(), document)).collect(),
        questions: questions.collect(),
        lexicon: Lexicon::parse(&files).unwrap(),
        gazetteer: corpus.gazetteer().unwrap(),
        directory: corpus.directory().unwrap(),
        faqs: corpus.faqs().unwrap(),
    }
}

fn build_ours(folder: &Path, collection: &Collection) {
    let load = |id: &DocumentId| collection.documents.get(id).cloned().ok_or_else(|| id.to_string());
    let entries = collection.documents.iter().map(|(id, document)| (id.clone(), document.text_sha256().to_owned()));
    let input = Input {
        entries: entries.collect(),
        load: &load,
        lexicon: collection.lexicon.clone(),
        gazetteer: collection.gazetteer.clone(),
        directory: collection.directory.clone(),
        faqs: collection.faqs.clone(),
    };
    index::build(folder, input, &mut |_, _| {}).unwrap();
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
    let as_of = jiff::civil::date(2026, 11, 21);
    for (question, region) in &collection.questions {
        let enquiry = Enquiry { question: question.clone(), region: region.clone(), as_of, audience: None };
        let (mut best, mut best_bare) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            best_bare = best_bare.min(timed(|| top_ten(&searcher, grams, analyzer, question)));
            best = best.min(timed(|| drop(library.consult_afresh(&enquiry).unwrap())));
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
