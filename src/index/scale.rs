//! The index at the size of all laws: `cargo test scale -- --ignored --nocapture`. Skipped without the shared data.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, TantivyDocument, Term};

use super::schema::Fields;
use super::wording::PassageText;
use super::*;
use crate::analysis::{Analyzer, Lexicon};
use crate::policy::*;

fn shared(file: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    [beside, PathBuf::from("/work/shared/data")].into_iter().map(|folder| folder.join(file)).find(|path| path.exists())
}

fn field(line: &serde_json::Value, name: &str) -> String {
    line[name].as_str().unwrap().to_owned()
}

/// One paragraph for each line of the text.
fn document(line: &serde_json::Value) -> PolicyDocument {
    let mut meta = Metadata::new(
        DocumentId::parse(&field(line, "_id").replace(|c: char| !c.is_ascii_alphanumeric(), "-")).unwrap(),
        field(line, "title"),
        DocumentKind::Law,
    );
    meta.disclosure = Disclosure::Proactive;
    meta.dates.effective = Some(jiff::civil::date(2020, 1, 1));
    meta.number = DocumentNumber::from_key("国办发|2020|17");
    let text = field(line, "text");
    let mut at = 0;
    let node = |(index, line): (usize, &str)| {
        let start = at;
        at += line.len() + 1;
        let end = start + line.len();
        let id = ClauseId(format!("para_{}", index + 1));
        let (label, responsibilities) = (format!("第{}段", index + 1), Vec::new());
        let kind = ClauseKind::Paragraph;
        ClauseNode { id, kind, parent: None, label, start, end, own_end: end, heading: start..start, responsibilities }
    };
    let nodes = text.split('\n').enumerate().map(node).collect();
    PolicyDocument::new(meta, text.into(), Outline::new(nodes)).unwrap()
}

fn bytes(folder: &Path) -> u64 {
    let size = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        if path.is_dir() { bytes(&path) } else { fs::metadata(path).unwrap().len() }
    };
    fs::read_dir(folder).unwrap().map(size).sum()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn build_all(dir: &Path, corpus: &BTreeMap<DocumentId, PolicyDocument>, changed: &str) -> BuildReport {
    let load = |id: &DocumentId| corpus.get(id).cloned().ok_or_else(|| "没有".to_owned());
    let digest = |id: &DocumentId| if id.as_str().starts_with(changed) { "new" } else { "old" }.to_owned();
    let entries = corpus.keys().map(|id| (id.clone(), digest(id))).collect();
    let (lexicon, gazetteer, directory) = (Lexicon::default(), Gazetteer::default(), Directory::default());
    let input = Input {
        entries,
        load: &load,
        lexicon,
        gazetteer,
        directory,
        faqs: Vec::new(),
        book: crate::policy::programme::Rulebook::default(),
    };
    build(dir, input, &mut |_, _| {}).unwrap()
}

/// The same fields from the same analyzer straight into tantivy.
fn bare(corpus: &BTreeMap<DocumentId, PolicyDocument>) -> Duration {
    let dir = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let (schema, fields) = Fields::schema();
    let index = Index::create_in_dir(dir.path(), schema).unwrap();
    tokenizer::register(&index, &Analyzer::new(&Lexicon::default()));
    let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(2, 200 << 20).unwrap();
    for one in corpus.values() {
        for passage in passages(one) {
            let text = PassageText::new(&one.meta().title, one.outline().nodes(), one.text(), &passage);
            let mut document = TantivyDocument::new();
            document.add_text(fields.title, &text.title);
            document.add_text(fields.grams, &text.body);
            document.add_text(fields.words, &text.body);
            document.add_text(fields.document, one.id().as_str());
            writer.add_document(document).unwrap();
        }
    }
    writer.commit().unwrap();
    let ids = index.searchable_segment_ids().unwrap();
    writer.merge(&ids).wait().unwrap();
    writer.wait_merging_threads().unwrap();
    start.elapsed()
}

#[test]
#[ignore = "takes a minute; needs the shared data"]
fn scale() {
    let (Some(texts), Some(queries)) = (shared("stard/corpus.jsonl"), shared("stard/queries.jsonl")) else {
        println!("skipped: no ../shared/data/stard");
        return;
    };
    let json = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let corpus: BTreeMap<DocumentId, PolicyDocument> = fs::read_to_string(texts)
        .unwrap()
        .lines()
        .map(|line| document(&json(line)))
        .map(|d| (d.id().clone(), d))
        .collect();
    let dir = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let report = build_all(dir.path(), &corpus, "none");
    println!("build {:?}: {} documents, {} passages", start.elapsed(), report.documents, report.passages);
    println!("bare tantivy {:?}", bare(&corpus));
    println!("{} bytes in all, {} of them tantivy", bytes(dir.path()), bytes(&dir.path().join("gen-000001/tantivy")));
    let start = Instant::now();
    let generation = open(dir.path()).unwrap();
    println!("open {:?}", start.elapsed());
    search(&generation, &fs::read_to_string(queries).unwrap());
    drop(generation);
    let start = Instant::now();
    let report = build_all(dir.path(), &corpus, "s00");
    println!("incremental {:?}: {} indexed, full: {:?}", start.elapsed(), report.indexed, report.full);
    let start = Instant::now();
    assert!(build_all(dir.path(), &corpus, "s00").unchanged);
    println!("unchanged {:?}", start.elapsed());
}

fn search(generation: &Generation, queries: &str) {
    for (view, ceiling) in [(View::Grams, 1.0), (View::Grams, 0.1), (View::Words, 1.0), (View::Title, 1.0)] {
        let most = generation.passage_count() as f64 * ceiling;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for line in queries.lines() {
            let question = field(&serde_json::from_str(line).unwrap(), "text");
            let analyzer = generation.analyzer();
            let tokens = if view == View::Words { analyzer.words(&question) } else { analyzer.grams(&question) };
            let mut terms: Vec<(String, f32)> = tokens.into_iter().map(|token| (token.term, 1.0)).collect();
            terms.retain(|(term, _)| generation.doc_freq(view, term).unwrap() as f64 <= most);
            let clause = |(text, _): &(String, f32)| -> (Occur, Box<dyn Query>) {
                let term = Term::from_field_text(generation.fields().of(view), text);
                (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
            };
            // The best of three, in turns: other work on the machine and cold pages must not decide.
            let (mut best, mut bare) = (Duration::MAX, Duration::MAX);
            for _ in 0..3 {
                let start = Instant::now();
                let found = generation.top(view, &terms, 10).unwrap();
                best = best.min(start.elapsed());
                let start = Instant::now();
                let query = BooleanQuery::new(terms.iter().map(clause).collect());
                let hits = generation.searcher().search(&query, &TopDocs::with_limit(10).order_by_score()).unwrap();
                bare = bare.min(start.elapsed());
                assert_eq!(found.len(), hits.len());
            }
            ours.push(best);
            theirs.push(bare);
        }
        println!(
            "{view:?}, terms in ≤ {ceiling} of passages: p50 {:?}, bare tantivy {:?}",
            median(ours),
            median(theirs)
        );
    }
}
