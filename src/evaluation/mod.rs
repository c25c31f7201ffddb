//! How good are the answers? Runs judged questions through the ordinary flow and measures.

mod dataset;
mod measure;
mod report;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::civil::Date;
use serde::Serialize;

use crate::analysis::Lexicon;
use crate::consultation::Library;
use crate::contract::Status;
use crate::index::{self, IndexError};
use crate::policy::{Directory, Gazetteer};
use crate::query::Enquiry;
use crate::{ranking, retrieval};

pub use dataset::{Dataset, DatasetError, Query};
pub use measure::{Latency, RetrievalMeasures, rouge_l};
pub use report::{AnswerLine, AnswerMeasures, Report};

/// Documents of one query in a TREC run.
const RUN_DEPTH: usize = 100;
/// Score a document loses per passage of better documents before it: only the order counts in a run.
const RUN_TAG: &str = "zhengda";

/// What an evaluation needs beside the data set.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The day for which answers shall hold.
    pub as_of: Date,
    /// The lexicon of the product.
    pub lexicon: Lexicon,
    /// Place names.
    pub gazetteer: Gazetteer,
    /// Departments and emergency replies.
    pub directory: Directory,
    /// Where the temporary index is made; none takes the system's folder for temporary files.
    pub workplace: Option<PathBuf>,
}

/// Why an evaluation stopped.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// The data set cannot be read.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A file could not be written.
    #[error("无法写入评测临时文件或结果文件：{0}；请检查磁盘空间和权限")]
    Io(#[from] io::Error),
}

/// One line of a TREC run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunLine {
    /// The query.
    pub query: String,
    /// The document.
    pub document: String,
    /// Its rank, from 1.
    pub rank: usize,
    /// Its score.
    pub score: f32,
}

impl RunLine {
    /// The line as TREC writes it.
    #[must_use]
    pub fn trec(&self) -> String {
        format!("{} Q0 {} {} {:.6} {RUN_TAG}", self.query, self.document, self.rank, self.score)
    }
}

/// What an evaluation gives.
#[derive(Debug)]
pub struct Outcome {
    /// The figures.
    pub report: Report,
    /// The ranked documents.
    pub run: Vec<RunLine>,
    /// The answers.
    pub answers: Vec<AnswerLine>,
}

/// Builds an index of the data set, asks every judged question, measures.
pub fn evaluate(
    folder: &Path,
    setting: Setting,
    progress: &mut dyn FnMut(&'static str, u64, u64),
) -> Result<Outcome, EvaluationError> {
    let dataset = Dataset::read(folder)?;
    let place = match &setting.workplace {
        Some(parent) => tempfile::tempdir_in(parent)?,
        None => tempfile::tempdir()?,
    };
    let started = Instant::now();
    let load = |id: &crate::policy::DocumentId| dataset.document(id);
    let input = index::Input {
        entries: dataset.entries(),
        load: &load,
        lexicon: setting.lexicon,
        gazetteer: setting.gazetteer,
        directory: setting.directory,
        faqs: Vec::new(),
    };
    index::build(place.path(), input, &mut |done, total| progress("建立索引", done, total))?;
    let build_seconds = started.elapsed().as_secs_f64();
    let library = Library::new(index::open(place.path())?);
    let mut run = Vec::new();
    let mut answers = Vec::new();
    let mut consult_times = Vec::new();
    let mut bare_times = Vec::new();
    let judged = dataset.judged();
    for (number, query) in (1_u64..).zip(&judged) {
        let enquiry = Enquiry { question: query.text.clone(), region: None, as_of: setting.as_of, audience: None };
        run.extend(run_lines(&library, &dataset, query, &enquiry)?);
        bare_times.push(time(|| bare_search(&library, &enquiry))?);
        let begun = Instant::now();
        let consultation = library.consult_afresh(&enquiry)?;
        consult_times.push(begun.elapsed().as_secs_f64() * 1e3);
        answers.push(AnswerLine::of(&query.id, &consultation, |id| dataset.original_id(id)));
        progress("提问", number, judged.len() as u64);
    }
    let report = Report {
        queries: judged.len(),
        documents: dataset.len(),
        passages: library.generation().passage_count(),
        retrieval: measure::retrieval(&dataset, &run),
        answers: report::answer_measures(&dataset, &answers),
        build_seconds,
        index_bytes: index_bytes(place.path()),
        consult_ms: Latency::of(consult_times),
        bare_top10_ms: Latency::of(bare_times),
    };
    Ok(Outcome { report, run, answers })
}

fn time(work: impl FnOnce() -> Result<(), IndexError>) -> Result<f64, IndexError> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64() * 1e3)
}

/// The bare search engine on the same index: ten passages for all grams of the question, nothing else.
fn bare_search(library: &Library, enquiry: &Enquiry) -> Result<(), IndexError> {
    let generation = library.generation();
    let mut seen = HashSet::new();
    let terms: Vec<(String, f32)> = generation
        .analyzer()
        .grams(&enquiry.question)
        .into_iter()
        .filter(|token| seen.insert(token.term.clone()))
        .map(|token| (token.term, 1.0))
        .collect();
    generation.top(index::View::Grams, &terms, 10).map(|_| ())
}

fn run_lines(
    library: &Library,
    dataset: &Dataset,
    query: &Query,
    enquiry: &Enquiry,
) -> Result<Vec<RunLine>, IndexError> {
    let generation = library.generation();
    let need = library.understand(enquiry);
    let ranking = ranking::rank(generation, &need, retrieval::candidates(generation, &need)?)?;
    let mut seen = HashSet::new();
    let mut lines = Vec::new();
    for passage in &ranking.passages {
        let Some(head) = generation.head(passage.key.serial()) else { continue };
        if lines.len() == RUN_DEPTH {
            break;
        }
        if seen.insert(passage.key.serial()) {
            lines.push(RunLine {
                query: query.id.clone(),
                document: dataset.original_id(&head.meta.id),
                rank: lines.len() + 1,
                score: passage.score,
            });
        }
    }
    Ok(lines)
}

fn index_bytes(folder: &Path) -> u64 {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter_map(|entry| entry.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|meta| meta.len())
        .sum()
}

/// Whether a status counts as an answer in the measures.
pub(crate) fn is_answer(status: Status) -> bool {
    matches!(status, Status::Answered | Status::Partial)
}
