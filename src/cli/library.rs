//! The index command, and the library every other command opens.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::analysis::Lexicon;
use crate::consultation::Desk;
use crate::corpus::{Corpus, programmes_of};
use crate::index::{self, BuildReport, IndexError};
use crate::policy::{Directory, DocumentId, Gazetteer, PolicyDocument};

use super::{Failure, Places};

/// How long a command waits for another process that builds: a county's library takes seconds.
const BUILD_PATIENCE: Duration = Duration::from_secs(60);
/// How often it looks again: what builds in vain (nothing changed) takes milliseconds.
const BUILD_PAUSE: Duration = Duration::from_millis(20);

/// 由政策库建立索引.
#[derive(Debug, Args)]
pub(super) struct IndexArgs {
    /// 以 JSON 输出结果
    #[arg(long)]
    json: bool,
}

pub(super) fn run(places: &Places, args: &IndexArgs) -> Result<ExitCode, Failure> {
    let begun = Instant::now();
    let report = build(places)?;
    let seconds = begun.elapsed().as_secs_f64();
    if args.json {
        super::print_json(&json!({"seconds": seconds, "report": report}))?;
        return Ok(ExitCode::SUCCESS);
    }
    let how = match (&report.full, report.unchanged) {
        (_, true) => "没有变化".to_owned(),
        (Some(why), _) => format!("全部重建（{why}）"),
        (None, _) => format!("更新 {} 份、移除 {} 份", report.indexed, report.removed),
    };
    say!(
        "索引第 {} 代：{} 份文件、{} 个条款段，非主动公开 {} 份不入索引；{how}，用时 {seconds:.1} 秒",
        report.generation,
        report.documents,
        report.passages,
        report.withheld
    );
    Ok(ExitCode::SUCCESS)
}

/// What the corpus says beside its documents.
pub(super) struct Vocabulary {
    pub(super) lexicon: Lexicon,
    pub(super) gazetteer: Gazetteer,
    pub(super) directory: Directory,
}

impl Vocabulary {
    pub(super) fn of(corpus: &Corpus) -> Result<Self, Failure> {
        let files = corpus.lexicon_files().map_err(Failure::input)?;
        let named: Vec<(String, String)> =
            files.into_iter().map(|(path, content)| (path.display().to_string(), content)).collect();
        Ok(Self {
            lexicon: Lexicon::parse(&named).map_err(Failure::input)?,
            gazetteer: corpus.gazetteer().map_err(Failure::input)?,
            directory: corpus.directory().map_err(Failure::input)?,
        })
    }
}

/// Builds a generation from the corpus; writes nothing when nothing changed.
pub(super) fn build(places: &Places) -> Result<BuildReport, Failure> {
    let corpus = Corpus::open(&places.corpus).map_err(Failure::input)?;
    let inventory = corpus.survey();
    for problem in &inventory.problems {
        eprintln!("跳过：{problem}");
    }
    let load = |id: &DocumentId| -> Result<PolicyDocument, String> {
        let at = inventory.entries.binary_search_by(|entry| entry.id.cmp(id));
        let entry = at.map_err(|_| format!("政策库中没有 {id}"))?;
        corpus.load(&inventory.entries[entry]).map_err(|error| error.to_string())
    };
    let Vocabulary { lexicon, gazetteer, directory } = Vocabulary::of(&corpus)?;
    let faqs = corpus.faqs().map_err(Failure::input)?;
    let programmes = programmes_of(&corpus);
    for fault in &programmes.faults {
        eprintln!("跳过事项文件 {fault}");
    }
    let bar = progress_bar("建立索引");
    let begun = Instant::now();
    let report = loop {
        let input = index::Input {
            entries: inventory.entries.iter().map(|entry| (entry.id.clone(), entry.digest.clone())).collect(),
            load: &load,
            lexicon: lexicon.clone(),
            gazetteer: gazetteer.clone(),
            directory: directory.clone(),
            faqs: faqs.clone(),
            book: programmes.book.clone(),
        };
        let built = index::build(&places.index, input, &mut |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        });
        match built {
            Err(IndexError::Busy(_)) if begun.elapsed() < BUILD_PATIENCE => std::thread::sleep(BUILD_PAUSE),
            ended => break ended,
        }
    };
    bar.finish_and_clear();
    let report = report.map_err(Failure::system)?;
    for (id, why) in &report.programmes_left_out {
        eprintln!("跳过事项 {id}：{why}");
    }
    for (id, why) in &report.failed {
        eprintln!("跳过 {id}：{why}");
    }
    Ok(report)
}

/// Opens the library as it is; builds it first when it is missing, damaged or from another version. Tells whether it
/// was built.
pub(super) fn open(places: &Places) -> Result<(Desk, bool), Failure> {
    match Desk::open(&places.index) {
        Ok(desk) => Ok((desk, false)),
        Err(error) if error.calls_for_rebuild() => {
            eprintln!("{error}；现在建立");
            build(places)?;
            Ok((Desk::open(&places.index).map_err(Failure::system)?, true))
        }
        Err(error) => Err(Failure::system(error)),
    }
}

/// Opens the library with everything that changed in the corpus since the index was built.
pub(super) fn open_fresh(places: &Places) -> Result<Desk, Failure> {
    let (desk, built) = open(places)?;
    if !built && places.corpus.exists() {
        build(places)?;
        desk.refresh().map_err(Failure::system)?;
    }
    Ok(desk)
}

/// A progress bar that hides when nobody looks.
pub(super) fn progress_bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}
