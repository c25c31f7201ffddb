//! Importing sources into the corpus.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use crate::acquisition::{self, AcquisitionError, HostRule, ImportReport, Progress, Reach, SourceReport};
use crate::corpus::Corpus;
use crate::ingest::{Isolation, Tools};

use super::{Failure, Places, library};

/// 导入.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// 文件或文件夹（.txt .md .html .pdf .ofd .docx .doc .wps .xlsx .csv .jsonl，以及装有它们的 .zip）
    /// 也可以是网址（单页、列表页、站点地图、RSS），须同时用 --allow-host 指明允许的主机
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
    #[command(flatten)]
    online: OnlineArgs,
    /// 以 JSON 输出报告
    #[arg(long)]
    json: bool,
}

/// From where and how much may be fetched.
#[derive(Debug, Args)]
struct OnlineArgs {
    /// 允许访问的主机，可多次：www.example.gov.cn，或 .example.gov.cn（含其下全部主机）；不写就不联网
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<HostRule>,
    /// 允许访问的内部网络地址，可多次（缺省一律拒绝）
    #[arg(long, value_name = "IP")]
    allow_address: Vec<IpAddr>,
    /// 网址是列表页：逐个取同一网站内列出的文件和后续列表页
    #[arg(long)]
    follow: bool,
    /// 从一个网址最多取多少份
    #[arg(long, default_value_t = 200, value_name = "N")]
    limit: usize,
    /// 两次访问之间等多少毫秒
    #[arg(long, default_value_t = 1000, value_name = "MS")]
    pause: u64,
}

impl OnlineArgs {
    fn reach(&self) -> Reach {
        Reach {
            hosts: self.allow_host.clone(),
            addresses: self.allow_address.clone(),
            follow: self.follow,
            limit: self.limit,
            pause: Duration::from_millis(self.pause),
        }
    }
}

/// An address rather than a path.
fn address(source: &Path) -> Option<String> {
    let text = source.to_str()?;
    (text.starts_with("http://") || text.starts_with("https://")).then(|| text.to_owned())
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
    let isolation = Isolation::Child { program, tools: tools(args) };
    let into = args.into.as_deref();
    let addresses: Vec<String> = args.sources.iter().filter_map(|source| address(source)).collect();
    let paths: Vec<PathBuf> = args.sources.iter().filter(|source| address(source).is_none()).cloned().collect();
    let report = acquisition::import(&paths, &corpus, into, &isolation, &mut progress).and_then(|report| {
        if addresses.is_empty() {
            return Ok(report);
        }
        let reach = args.online.reach();
        let online = acquisition::import_online((&addresses, &reach), &corpus, into, &isolation, &mut progress)?;
        Ok(report.joined(online))
    });
    bar.finish_and_clear();
    let report = report.map_err(|error| match error {
        AcquisitionError::Missing { .. } => Failure::input(error),
        AcquisitionError::Corpus(_) | AcquisitionError::Temporary(_) => Failure::system(error),
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
    for note in &report.notes {
        say!("提示：{note}");
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
