//! Importing sources into the corpus.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::acquisition;
use crate::corpus::Corpus;

use super::{Failure, Places, library};

/// 导入.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// 文件或文件夹（.txt .md .html .jsonl）
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// 导入到政策库 documents/ 下的哪个子文件夹
    #[arg(long)]
    into: Option<String>,
    /// 以 JSON 输出报告
    #[arg(long)]
    json: bool,
}

pub(super) fn run(places: &Places, args: &ImportArgs) -> Result<ExitCode, Failure> {
    let corpus = Corpus::open(&places.corpus).map_err(Failure::input)?;
    let bar = library::progress_bar("导入");
    let report = acquisition::import(&args.sources, &corpus, args.into.as_deref(), &mut |progress| {
        bar.set_position(progress.documents);
    });
    bar.finish_and_clear();
    let report = report.map_err(Failure::system)?;
    if args.json {
        super::print_json(&report)?;
    } else {
        println!("{report}");
    }
    Ok(ExitCode::SUCCESS)
}
