//! Checking the library, and checking an answer's proof.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use crate::contract::AnswerJson;
use crate::inspection::inspect;
use crate::verification::{self, SourceFolder};

use super::{Failure, Places, library};

/// 核对答案.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// 答案文件（ask --json 的输出，或 --batch 的逐行输出）
    answer: PathBuf,
}

pub(super) fn verify(places: &Places, args: &VerifyArgs) -> Result<ExitCode, Failure> {
    let path = args.answer.display();
    let content =
        std::fs::read_to_string(&args.answer).map_err(|why| Failure::input(format!("无法读取 {path}：{why}")))?;
    let folder = SourceFolder::open(&places.corpus)
        .map_err(|why| Failure::input(format!("无法读取政策库 {}：{why}", places.corpus.display())))?;
    let mut proof = crate::contract::ProofJson::default();
    for answer in serde_json::Deserializer::from_str(&content).into_iter::<AnswerJson>() {
        let answer = answer.map_err(|why| Failure::input(format!("{path} 不是答案：{why}")))?;
        let one = verification::verify(&answer, &|id| folder.read(id));
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
    /// 效力按哪一天计算；缺省为今天
    #[arg(long)]
    as_of: Option<Date>,
}

pub(super) fn check(places: &Places, args: &CheckArgs) -> Result<ExitCode, Failure> {
    let desk = library::open_fresh(places)?;
    let inspection = inspect(desk.library().generation(), args.as_of.unwrap_or_else(super::today));
    if args.json {
        super::print_json(&inspection)?;
        return Ok(ExitCode::SUCCESS);
    }
    say!(
        "文件 {} 份，条款段 {} 个，未归属字符 {} 个",
        inspection.documents,
        inspection.passages,
        inspection.unaccounted
    );
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for finding in &inspection.findings {
        *counts.entry(finding.kind).or_default() += 1;
        say!("【{}】{}：{}", finding.kind.label(), finding.subject, finding.detail);
    }
    for (kind, count) in counts {
        say!("{}：{count}", kind.label());
    }
    Ok(ExitCode::SUCCESS)
}
