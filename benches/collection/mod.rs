//! What the benchmarks ask, and of which documents.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zhengda::analysis::Lexicon;
use zhengda::corpus::Corpus;
use zhengda::evaluation::Dataset;
use zhengda::index::{self, Input};
use zhengda::policy::{Directory, DocumentId, Faq, Gazetteer, PolicyDocument, RegionCode};
use zhengda::query::Enquiry;

/// The environment's name for a folder in BEIR layout.
const FOLDER: &str = "ZHENGDA_BENCH";

/// Documents ready to be indexed, and questions.
pub(crate) struct Collection {
    pub(crate) name: String,
    pub(crate) documents: BTreeMap<DocumentId, PolicyDocument>,
    pub(crate) enquiries: Vec<Enquiry>,
    pub(crate) lexicon: Lexicon,
    gazetteer: Gazetteer,
    directory: Directory,
    faqs: Vec<Faq>,
}

impl Collection {
    /// The collection in `ZHENGDA_BENCH`, else the demonstration library with its judged questions.
    #[expect(clippy::disallowed_methods, reason = "a benchmark is told by the environment what to measure")]
    pub(crate) fn load() -> Self {
        let demonstration = Self::demonstration();
        match std::env::var(FOLDER) {
            Ok(folder) => demonstration.with_dataset(Path::new(&folder)),
            Err(_) => demonstration,
        }
    }

    fn demonstration() -> Self {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        let corpus = Corpus::open(repository.join("corpus")).unwrap();
        let documents = corpus.inventory().unwrap();
        let documents = documents.iter().map(|entry| corpus.load(entry).unwrap());
        let files = corpus.lexicon_files().unwrap();
        let files: Vec<(String, String)> =
            files.into_iter().map(|(path, text)| (path.display().to_string(), text)).collect();
        let mut judged: Vec<PathBuf> =
            fs::read_dir(repository.join("tests/judged")).unwrap().map(|entry| entry.unwrap().path()).collect();
        judged.sort();
        let enquiries = judged.iter().flat_map(|path| json_lines(path)).map(|line| Enquiry {
            question: line["question"].as_str().unwrap().to_owned(),
            region: line["region"].as_str().and_then(RegionCode::parse),
            as_of: today(),
            audience: None,
        });
        Self {
            name: "demonstration".to_owned(),
            documents: documents.map(|document| (document.id().clone(), document)).collect(),
            enquiries: enquiries.collect(),
            lexicon: Lexicon::parse(&files).unwrap(),
            gazetteer: corpus.gazetteer().unwrap(),
            directory: corpus.directory().unwrap(),
            faqs: corpus.faqs().unwrap(),
        }
    }

    /// The same vocabulary over other documents and questions.
    fn with_dataset(self, folder: &Path) -> Self {
        let dataset = Dataset::read(folder).unwrap_or_else(|error| panic!("{FOLDER}={}: {error}", folder.display()));
        let ids = dataset.entries().into_iter().map(|(id, _)| id);
        Self {
            name: folder.display().to_string(),
            documents: ids.map(|id| (id.clone(), dataset.document(&id).unwrap())).collect(),
            enquiries: dataset.asked().iter().map(|query| query.enquiry(today())).collect(),
            faqs: Vec::new(),
            ..self
        }
    }

    /// Builds the product's index of the documents.
    pub(crate) fn build(&self, folder: &Path) {
        let load = |id: &DocumentId| self.documents.get(id).cloned().ok_or_else(|| id.to_string());
        let entries = self.documents.iter().map(|(id, document)| (id.clone(), document.text_sha256().to_owned()));
        let input = Input {
            entries: entries.collect(),
            load: &load,
            lexicon: self.lexicon.clone(),
            gazetteer: self.gazetteer.clone(),
            directory: self.directory.clone(),
            faqs: self.faqs.clone(),
            book: zhengda::policy::programme::Rulebook::default(),
        };
        index::build(folder, input, &mut |_, _| {}).unwrap();
    }
}

/// The day for which is asked: the same for ever.
fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 21)
}

fn json_lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
