//! Measuring with a judged collection.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use crate::corpus::Corpus;
use crate::evaluation::{self, EvaluationError, Outcome, Setting, Wanted};

use super::library::{self, Vocabulary};
use super::{Failure, Places};

/// 评测.
#[derive(Debug, Args)]
pub(super) struct EvaluateArgs {
    /// 评测集文件夹（BEIR 布局）
    dataset: PathBuf,
    /// 把排序结果写成 TREC run 文件
    #[arg(long)]
    run: Option<PathBuf>,
    /// 把答案逐行写成 JSONL 文件
    #[arg(long)]
    answers: Option<PathBuf>,
    /// 写出逐题报告（Markdown）：按情形归类，所引与应引并列
    #[arg(long)]
    report: Option<PathBuf>,
    /// 拒答检验：隐去每一问的应引文件再问一遍
    #[arg(long)]
    removed: bool,
    /// 与先前的结果比较（--run 或 --answers 写出的文件，可给多个）：配对自助法
    #[arg(long)]
    against: Vec<PathBuf>,
    /// 为各排序信号拟合倍数（1 为现值），并为信心拟合截距和斜率，以交叉验证防过拟合
    #[arg(long)]
    fit: bool,
    /// 按哪一天的效力回答；缺省为今天
    #[arg(long, value_parser = crate::policy::parse_day)]
    as_of: Option<Date>,
}

pub(super) fn run(places: &Places, args: &EvaluateArgs) -> Result<ExitCode, Failure> {
    let setting = setting(places, args)?;
    let bar = library::progress_bar("评测");
    let outcome = evaluation::evaluate(&args.dataset, setting, &mut |what, done, total| {
        bar.set_message(what);
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let outcome = outcome.map_err(|error| match error {
        EvaluationError::Dataset(error) => Failure::input(error),
        error => Failure::system(error),
    })?;
    write_files(args, &outcome)?;
    for fit in outcome.report.fit.iter().chain(&outcome.report.confidence_fit) {
        eprintln!("{}", fit.table());
    }
    super::print_json(&outcome.report)?;
    Ok(ExitCode::SUCCESS)
}

fn write_files(args: &EvaluateArgs, outcome: &Outcome) -> Result<(), Failure> {
    if let Some(path) = &args.run {
        let text = outcome.run.iter().fold(String::new(), |mut text, line| {
            let _ = writeln!(text, "{}", line.trec());
            text
        });
        write(path, &text)?;
    }
    if let Some(path) = &args.answers {
        let mut text = String::new();
        for line in &outcome.answers {
            text.push_str(&serde_json::to_string(line).map_err(Failure::system)?);
            text.push('\n');
        }
        write(path, &text)?;
    }
    if let (Some(path), Some(text)) = (&args.report, &outcome.casebook) {
        write(path, text)?;
    }
    Ok(())
}

/// The vocabulary of the corpus folder; without one that of every library.
fn setting(places: &Places, args: &EvaluateArgs) -> Result<Setting, Failure> {
    let as_of = args.as_of.unwrap_or_else(super::today);
    let wanted =
        Wanted { removed: args.removed, casebook: args.report.is_some(), fit: args.fit, against: args.against.clone() };
    let nothing = tempfile::tempdir().map_err(Failure::system)?;
    let corpus = Corpus::open(&places.corpus).or_else(|_| {
        eprintln!("没有政策库 {}：评测使用内置词表", places.corpus.display());
        Corpus::open(nothing.path())
    });
    let Vocabulary { lexicon, gazetteer, directory } = Vocabulary::of(&corpus.map_err(Failure::system)?)?;
    Ok(Setting { as_of, lexicon, gazetteer, directory, workplace: None, wanted })
}

fn write(path: &PathBuf, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|why| Failure::system(format!("无法写入 {}：{why}", path.display())))
}
