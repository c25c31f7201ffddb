//! The index command, and the library every other command opens.

use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::analysis::Lexicon;
use crate::consultation::Desk;
use crate::corpus::Corpus;
use crate::index::{self, BuildReport, IndexError};
use crate::policy::DocumentId;

use super::{Failure, Places};

/// 由政策库建立索引.
#[derive(Debug, Args)]
pub(super) struct IndexArgs {
    /// 以 JSON 输出结果
    #[arg(long)]
    json: bool,
}

pub(super) fn run(places: &Places, args: &IndexArgs) -> Result<ExitCode, Failure> {
    let report = build(places)?;
    if args.json {
        super::print_json(&report)?;
    } else {
        println!(
            "索引第 {} 代：{} 份文件、{} 个条款段，未公开 {} 份不入索引，更新 {} 份，用时 {:.1} 秒",
            report.generation, report.documents, report.passages, report.withheld, report.changed, report.seconds
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds a generation from the corpus.
pub(super) fn build(places: &Places) -> Result<BuildReport, Failure> {
    let corpus = Corpus::open(&places.corpus).map_err(Failure::input)?;
    let inventory = corpus.inventory().map_err(Failure::input)?;
    for problem in &inventory.problems {
        eprintln!("跳过：{problem}");
    }
    let entries = inventory.entries.iter().map(|entry| (entry.id.clone(), entry.digest.clone())).collect();
    let load = |id: &DocumentId| -> Result<crate::policy::PolicyDocument, String> {
        let entry = inventory.find(id).ok_or_else(|| format!("政策库中没有 {id}"))?;
        corpus.load(entry).map_err(|error| error.to_string())
    };
    let files = corpus.lexicon_files().map_err(Failure::input)?;
    let input = index::Input {
        entries,
        load: &load,
        lexicon: Lexicon::parse(&files).map_err(Failure::input)?,
        gazetteer: corpus.gazetteer().map_err(Failure::input)?,
        directory: corpus.directory().map_err(Failure::input)?,
        faqs: corpus.faqs().map_err(Failure::input)?,
    };
    let bar = progress_bar("建立索引");
    let report = index::build(&places.index, input, &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let report = report.map_err(Failure::system)?;
    for refused in &report.refused {
        eprintln!("跳过：{refused}");
    }
    Ok(report)
}

/// Opens the library; builds the index first when it is missing, damaged or from another version.
pub(super) fn open(places: &Places) -> Result<Desk, Failure> {
    match Desk::open(&places.index) {
        Ok(desk) => Ok(desk),
        Err(IndexError::Missing { .. }) => {
            build(places)?;
            Desk::open(&places.index).map_err(Failure::system)
        }
        Err(error) => {
            eprintln!("索引不可用（{error}），重新建立");
            index::discard(&places.index).map_err(Failure::system)?;
            build(places)?;
            Desk::open(&places.index).map_err(Failure::system)
        }
    }
}

/// Opens the library and takes up what changed in the corpus since the index was built.
pub(super) fn open_fresh(places: &Places) -> Result<Desk, Failure> {
    let desk = open(places)?;
    let Ok(corpus) = Corpus::open(&places.corpus) else { return Ok(desk) };
    let digest = corpus.digest().map_err(Failure::input)?;
    if desk.library().generation().manifest().corpus_digest != digest {
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
