//! What people did with the answers, for those who act on it.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{Failure, Places};
use crate::casework::{Entry, Ledger};
use crate::inspection::neutral;

/// 评价和转办问题.
#[derive(Debug, Args)]
pub(super) struct CaseworkArgs {
    #[command(subcommand)]
    command: CaseworkCommand,
}

#[derive(Debug, Subcommand)]
enum CaseworkCommand {
    /// 导出全部评价和转办问题（个人号码在保存之前就已遮蔽）
    Export(ExportArgs),
}

/// 导出评价和转办问题.
#[derive(Debug, Args)]
struct ExportArgs {
    /// 每行一条 JSON（缺省）
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// 一张 CSV 表
    #[arg(long)]
    csv: bool,
    /// CSV 开头加 UTF-8 标记，供 Excel 直接打开
    #[arg(long, requires = "csv")]
    bom: bool,
}

pub(super) fn run(places: &Places, args: &CaseworkArgs) -> Result<ExitCode, Failure> {
    let CaseworkCommand::Export(args) = &args.command;
    let ledger = Ledger::existing(&places.var).map_err(Failure::input)?;
    let entries = ledger.entries().map_err(Failure::system)?;
    if args.csv {
        say!("{}", table(&entries, args.bom)?.trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    for entry in &entries {
        say!("{}", serde_json::to_string(entry).map_err(Failure::system)?);
    }
    Ok(ExitCode::SUCCESS)
}

/// The entries as CSV; a cell that begins like a formula opens as text.
fn table(entries: &[Entry], bom: bool) -> Result<String, Failure> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(Entry::COLUMNS).map_err(Failure::system)?;
    for entry in entries {
        csv.write_record(entry.cells().iter().map(|cell| neutral(cell).into_owned())).map_err(Failure::system)?;
    }
    let bytes = csv.into_inner().map_err(Failure::system)?;
    let text = String::from_utf8(bytes).map_err(Failure::system)?;
    Ok(if bom { format!("\u{feff}{text}") } else { text })
}
