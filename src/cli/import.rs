//! Importing sources into the corpus.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::acquisition::{self, AcquisitionError, ImportReport, Progress, SourceReport, Tools};
use crate::corpus::Corpus;
use crate::ingest::Isolation;

use super::{Failure, Places, library};

/// 导入.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// 文件或文件夹（.txt .md .html .pdf .ofd .docx .doc .wps .xlsx .csv .jsonl，以及装有它们的 .zip）
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// 导入到政策库 documents/ 下的哪个子文件夹
    #[arg(long)]
    into: Option<String>,
    /// 识别扫描件文字的程序：{input} 代表 PDF，文字写到标准输出或 {output}，各页以换页符分隔
    #[arg(long, env = "ZHENGDA_OCR")]
    ocr_command: Option<String>,
    /// pdfium 动态库（libpdfium.so）或其所在文件夹；缺省在程序旁和系统目录中找
    #[arg(long, env = "ZHENGDA_PDFIUM")]
    pdfium: Option<PathBuf>,
    /// 以 JSON 输出报告
    #[arg(long)]
    json: bool,
}

/// Where outside tools are: as told, then next to the program.
fn tools(args: &ImportArgs) -> Tools {
    let beside = std::env::current_exe().ok().and_then(|program| program.parent().map(PathBuf::from));
    Tools {
        pdfium: args.pdfium.iter().cloned().chain(beside).collect(),
        pdftotext: None,
        ocr_command: args.ocr_command.clone().filter(|command| !command.trim().is_empty()),
    }
}

pub(super) fn run(places: &Places, args: &ImportArgs) -> Result<ExitCode, Failure> {
    // A first import into a new place makes the folder.
    let corpus = Corpus::create(&places.corpus).map_err(Failure::input)?;
    acquisition::set_tools(tools(args));
    let bar = library::progress_bar("导入");
    let program = std::env::current_exe()
        .map_err(|error| Failure::system(format!("找不到本程序自己的文件，无法隔离读取：{error}")))?;
    let mut progress = |progress: Progress<'_>| match progress {
        Progress::File { number, of, .. } => {
            bar.set_length(of as u64);
            bar.set_position(number as u64);
        }
        Progress::Document { number } => bar.set_message(format!("导入 {number} 份")),
    };
    let isolation = Isolation::Child(program);
    let report = acquisition::import(&args.sources, &corpus, args.into.as_deref(), &isolation, &mut progress);
    bar.finish_and_clear();
    let report = report.map_err(|error| match error {
        AcquisitionError::Missing { .. } => Failure::input(error),
        AcquisitionError::Corpus(_) => Failure::system(error),
    })?;
    if args.json {
        super::print_json(&report)?;
    } else {
        print_report(&report);
    }
    Ok(ExitCode::SUCCESS)
}

fn print_report(report: &ImportReport) {
    for source in report.sources.iter().chain((report.sources.len() > 1).then_some(&report.total)) {
        print_source(source);
    }
    for refusal in &report.total.refused {
        say!("拒收 {}：{}", refusal.name, refusal.reason);
    }
}

fn print_source(source: &SourceReport) {
    say!(
        "{}：新增 {}，未变 {}，元数据更新 {}，新版本 {}，重复 {}，拒收 {}",
        source.source,
        source.imported,
        source.unchanged,
        source.refreshed,
        source.new_versions,
        source.duplicates,
        source.refused.len()
    );
    let account = &source.account;
    say!(
        "  字符：读入 {}，归入条款 {}，申明为噪声 {}，未归属 {}",
        account.characters_in,
        account.in_clauses,
        account.in_noise,
        account.unaccounted
    );
}
