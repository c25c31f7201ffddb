//! Checking the library, and checking an answer's proof.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use crate::contract::{AnswerJson, MatchJson};
use crate::corpus::Corpus;
use crate::inspection::{FindingKind, Inspection, inspect, write_csv};
use crate::verification::{self, SourceFolder};

use super::{Failure, Places, library};

/// 核对答案.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// 答案或匹配结果文件（ask --json、match --json 的输出，或 --batch 的逐行输出）
    answer: PathBuf,
}

/// What carries citations.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Proved {
    Answer(Box<AnswerJson>),
    Match(Box<MatchJson>),
}

pub(super) fn verify(places: &Places, args: &VerifyArgs) -> Result<ExitCode, Failure> {
    let path = args.answer.display();
    let content =
        std::fs::read_to_string(&args.answer).map_err(|why| Failure::input(format!("无法读取 {path}：{why}")))?;
    let folder = SourceFolder::open(&places.corpus)
        .map_err(|why| Failure::input(format!("无法读取政策库 {}：{why}", places.corpus.display())))?;
    let mut proof = crate::contract::ProofJson::default();
    for proved in serde_json::Deserializer::from_str(&content).into_iter::<Proved>() {
        let proved = proved.map_err(|_| Failure::input(format!("{path} 不是答案，也不是匹配结果")))?;
        let one = match proved {
            Proved::Answer(answer) => verification::verify(&answer, &|id| folder.read(id)),
            Proved::Match(matched) => verification::verify_match(&matched, &|id| folder.read(id)),
        };
        proof.verified += one.verified;
        proof.failed += one.failed;
        proof.failures.extend(one.failures);
    }
    let text = serde_json::to_string(&proof).map_err(Failure::system)?;
    say!("{text}");
    Ok(if proof.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// 检查政策库.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
    /// 以 CSV 输出到文件；写 - 输出到屏幕
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    csv: Option<PathBuf>,
    /// CSV 开头加 UTF-8 标记，供 Excel 直接打开
    #[arg(long, requires = "csv")]
    bom: bool,
    /// 只看这些种类的发现，如 缺解读 或 without_interpretation；可写多次
    #[arg(long, value_name = "种类")]
    kind: Vec<String>,
    /// 效力按哪一天计算；缺省为今天
    #[arg(long, value_parser = crate::policy::parse_day)]
    as_of: Option<Date>,
}

/// Checks the library. The code is 0 when it ran, whatever it found: findings are the publisher's work, not a failure.
pub(super) fn check(places: &Places, args: &CheckArgs) -> Result<ExitCode, Failure> {
    let kinds = args.kind.iter().map(|name| kind(name)).collect::<Result<Vec<_>, _>>()?;
    let desk = library::open_fresh(places)?;
    let corpus = Corpus::open(&places.corpus).ok();
    let as_of = args.as_of.unwrap_or_else(super::today);
    let mut inspection = inspect(desk.library().generation(), corpus.as_ref(), as_of);
    if !kinds.is_empty() {
        inspection.findings.retain(|finding| kinds.contains(&finding.kind));
    }
    match &args.csv {
        Some(path) if path.as_os_str() == "-" => {
            write_csv(std::io::stdout().lock(), &inspection.findings, args.bom)
                .or_else(heard)
                .map_err(Failure::system)?;
        }
        Some(path) => {
            let failed = |why| Failure::input(format!("无法写入 {}：{why}；请换一个位置", path.display()));
            let file = std::fs::File::create(path).map_err(failed)?;
            write_csv(std::io::BufWriter::new(file), &inspection.findings, args.bom).map_err(failed)?;
            say!("{} 项发现已写入 {}", inspection.findings.len(), path.display());
        }
        None if args.json => super::print_json(&inspection)?,
        None => table(&inspection),
    }
    Ok(ExitCode::SUCCESS)
}

/// A reader who stopped reading is no failure.
fn heard(why: std::io::Error) -> std::io::Result<()> {
    if why.kind() == std::io::ErrorKind::BrokenPipe { Ok(()) } else { Err(why) }
}

fn kind(name: &str) -> Result<FindingKind, Failure> {
    FindingKind::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = FindingKind::ALL.iter().map(|kind| kind.label()).collect();
        Failure::input(format!("没有“{name}”这种发现；可以写 {}", names.join("、")))
    })
}

/// The findings as a person reads them: by kind, then the counts, then policies without interpretation.
fn table(inspection: &Inspection) {
    say!(
        "按 {} 检查：文件 {} 份，条款段 {} 个，正文 {} 字，略去的无关文字 {} 字，未归属字符 {} 个",
        inspection.as_of,
        inspection.documents,
        inspection.passages,
        inspection.characters,
        inspection.noise_characters,
        inspection.unaccounted
    );
    let mut last = None;
    for finding in &inspection.findings {
        if last != Some(finding.kind) {
            say!("\n【{}】", finding.kind.label());
            last = Some(finding.kind);
        }
        let place = if finding.place.is_empty() { String::new() } else { format!(" {}", finding.place) };
        let title = if finding.title.is_empty() { String::new() } else { format!(" {}", finding.title) };
        say!("  {} {}{title}{place}：{}", finding.severity.label(), finding.subject, finding.detail);
    }
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    inspection.findings.iter().for_each(|finding| *counts.entry(finding.kind).or_default() += 1);
    say!("\n合计 {} 项", inspection.findings.len());
    for (kind, count) in &counts {
        say!("  {}：{count}", kind.label());
    }
    if counts.contains_key(&FindingKind::WithoutInterpretation) {
        say!("\n缺解读的规范性文件，按机关和年份（缺解读数/现行总数）");
        for row in &inspection.uninterpreted {
            let year = row.year.map_or_else(|| "年份不明".to_owned(), |year| format!("{year}年"));
            say!("  {} {year}：{}/{}", row.department, row.without, row.policies);
        }
    }
}
