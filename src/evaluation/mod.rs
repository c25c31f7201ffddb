//! How good are the answers? Runs judged questions through the ordinary flow and measures.

mod answers;
mod calibration;
mod casebook;
mod chance;
mod dataset;
mod earlier;
mod features;
mod fit;
mod likeness;
mod measure;
mod outcome;
mod recalibration;
mod removal;
mod report;
mod run;
mod significance;
mod trial;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::civil::Date;

use crate::analysis::Lexicon;
use crate::consultation::Library;
use crate::index::{self, IndexError};
use crate::policy::{Directory, DocumentId, Gazetteer};

pub use answers::{AnswerLine, AnswerMeasures, CitedLine, StatusConfusion, ValueMeasures};
pub use calibration::{Above, Calibration, CalibrationBin};
pub use dataset::{Dataset, DatasetError, Query};
pub use features::{Example, FeatureTable, Row};
pub use fit::{Fit, Fitted, Fold, Parameter, Plan, Problem, fit};
pub use likeness::{rouge_l, values_of};
pub use measure::{Latency, Ratio, RetrievalMeasures};
pub use outcome::{Outcomes, Places};
pub use removal::{Removal, Threshold};
pub use report::Report;
pub use run::RunLine;
pub use significance::Comparison;

use earlier::Earlier;
use trial::{Examiner, Trial};

/// What is told of progress: what is done, how much of it, of how much.
pub type Progress<'p> = &'p mut dyn FnMut(&'static str, u64, u64);

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
    /// What is wanted beside the figures.
    pub wanted: Wanted,
}

/// What is wanted beside the ordinary figures.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The same questions without what governs.
    pub removed: bool,
    /// A report on every question.
    pub casebook: bool,
    /// Weights proposed for the signals of ranking.
    pub fit: bool,
    /// Files of an earlier run or earlier answers to compare with.
    pub against: Vec<PathBuf>,
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

/// What an evaluation gives.
#[derive(Debug)]
pub struct Outcome {
    /// The figures.
    pub report: Report,
    /// The ranked documents.
    pub run: Vec<RunLine>,
    /// The answers.
    pub answers: Vec<AnswerLine>,
    /// A report on every question, in Markdown, when it was wanted.
    pub casebook: Option<String>,
}

/// Builds an index of the data set, asks every judged question, measures.
pub fn evaluate(folder: &Path, setting: Setting, progress: Progress<'_>) -> Result<Outcome, EvaluationError> {
    let dataset = Dataset::read(folder)?;
    let earlier = Earlier::read(&setting.wanted.against)?;
    let place = match &setting.workplace {
        Some(parent) => tempfile::tempdir_in(parent)?,
        None => tempfile::tempdir()?,
    };
    let (as_of, wanted) = (setting.as_of, setting.wanted.clone());
    let started = Instant::now();
    build(place.path(), &dataset, setting, progress)?;
    let build_seconds = started.elapsed().as_secs_f64();
    let library = Library::new(index::open(place.path())?);
    let examiner = Examiner { library: &library, dataset: &dataset, as_of, wanted: &wanted };
    let queries = dataset.asked();
    let mut table = FeatureTable::default();
    let mut trials = Vec::with_capacity(queries.len());
    for (number, query) in (1_u64..).zip(&queries) {
        trials.push(examiner.ask(query, &mut table)?);
        progress("提问", number, queries.len() as u64);
    }
    let built = Built {
        seconds: build_seconds,
        bytes: index_bytes(place.path()),
        passages: library.generation().passage_count(),
    };
    let mut outcome = measured(&dataset, &queries, trials, &built);
    outcome.report.against = earlier.compare(&dataset, &outcome.run, &outcome.answers);
    outcome.report.confidence_fit = wanted.fit.then(|| recalibration::of(&answers::given(&dataset, &outcome.answers)));
    outcome.report.fit = wanted.fit.then(|| table.fit(&Plan::default(), &mut |done, all| progress("调权", done, all)));
    Ok(outcome)
}

/// What is known of the index.
struct Built {
    seconds: f64,
    bytes: u64,
    passages: usize,
}

fn build(place: &Path, dataset: &Dataset, setting: Setting, progress: Progress<'_>) -> Result<(), IndexError> {
    let load = |id: &DocumentId| dataset.document(id);
    let input = index::Input {
        entries: dataset.entries(),
        load: &load,
        lexicon: setting.lexicon,
        gazetteer: setting.gazetteer,
        directory: setting.directory,
        faqs: Vec::new(),
        book: crate::policy::programme::Rulebook::default(),
    };
    index::build(place, input, &mut |done, total| progress("建立索引", done, total)).map(|_| ())
}

fn measured(dataset: &Dataset, queries: &[Query], trials: Vec<Trial>, built: &Built) -> Outcome {
    let times = |of: fn(&trial::Times) -> f64| Latency::of(trials.iter().map(|trial| of(&trial.times)).collect());
    let (consult_ms, consult_again_ms) = (times(|t| t.first), times(|t| t.again));
    let bare_top10_ms = times(|t| t.bare);
    let whole: Vec<f64> = trials.iter().filter_map(|trial| trial.whole_passage).collect();
    let (mut run, mut answers, mut without, mut entries) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for trial in trials {
        run.extend(trial.run);
        answers.push(trial.answer);
        without.extend(trial.without);
        entries.extend(trial.entry);
    }
    let ranked = run::ranked(&run);
    let judged: Vec<&AnswerLine> = answers.iter().filter(|line| dataset.is_judged(&line.id)).collect();
    let mut measures = answers::measure(dataset, &judged, &ranked);
    measures.status_confusion = answers::confusion(queries, &answers);
    measures.rouge_l_whole_passage = (!whole.is_empty()).then(|| whole.iter().sum::<f64>() / whole.len() as f64);
    let report = Report {
        queries: judged.len(),
        documents: dataset.len(),
        passages: built.passages,
        retrieval: measure::of_run(dataset, &ranked),
        answers: measures,
        removed: (!without.is_empty()).then(|| removal::compare(dataset, &judged, &without)),
        against: Vec::new(),
        fit: None,
        confidence_fit: None,
        build_seconds: built.seconds,
        index_bytes: built.bytes,
        consult_ratio: Ratio::of(consult_ms, bare_top10_ms),
        consult_again_ratio: Ratio::of(consult_again_ms, bare_top10_ms),
        consult_ms,
        consult_again_ms,
        bare_top10_ms,
    };
    let casebook = (!entries.is_empty()).then(|| casebook::bind(entries, &report));
    Outcome { report, run, answers, casebook }
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

/// Whether a status (JSON name) counts as an answer in the measures.
fn is_answer(status: &str) -> bool {
    matches!(status, "answered" | "partial")
}
