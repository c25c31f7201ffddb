//! What can an operator do?
#![expect(clippy::print_stderr, reason = "a command line speaks on the terminal")]

/// Prints a line; a reader who stopped reading (`| head`) is no failure.
macro_rules! say {
    ($($part:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($part)*);
    }};
}

mod ask;
mod casework;
mod check;
mod evaluate;
mod export;
mod filter;
mod import;
mod library;
mod matching;
mod notify;
mod programme;
mod read_source;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

/// 政答：只引原文、没有依据就说明的政策问答搜索引擎.
#[derive(Debug, Parser)]
#[command(
    name = "zhengda",
    version,
    about = "政答：引用条款原文回答政策问题，没有依据就说明缺什么",
    max_term_width = 100
)]
struct Cli {
    #[command(flatten)]
    places: Places,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Where things are.
#[derive(Debug, Clone, Args)]
struct Places {
    /// 政策库所在文件夹
    #[arg(long, global = true, env = "ZHENGDA_CORPUS", default_value = "corpus")]
    corpus: PathBuf,
    /// 索引所在文件夹（可随时删除重建）
    #[arg(long, global = true, env = "ZHENGDA_INDEX", default_value = "index")]
    index: PathBuf,
    /// 工单、评价等数据所在文件夹
    #[arg(long, global = true, env = "ZHENGDA_VAR", default_value = "var")]
    var: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动服务（缺省命令）：索引缺失或与政策库不符时先建索引
    Serve(serve::ServeArgs),
    /// 导入文件、文件夹、JSONL 到政策库
    Import(import::ImportArgs),
    /// 由政策库建立索引，完成后一步替换旧索引
    Index(library::IndexArgs),
    /// 提问，得到一个有出处的答案
    Ask(ask::AskArgs),
    /// 检索条款
    Search(ask::SearchArgs),
    /// 重新读取来源，核对一个答案的全部引文
    Verify(check::VerifyArgs),
    /// 匹配：一个企业或个人能享受哪些事项，差什么，依据哪一条
    Match(matching::MatchArgs),
    /// 惠企/惠民政策事项：由文件拟出草稿
    Programme(programme::ProgrammeArgs),
    /// 检查政策库的状况
    Check(check::CheckArgs),
    /// 导出文件库：逐行 JSON、CSV 表、汇编、关系图、单份 XML 或 JSON
    Export(export::ExportArgs),
    /// 把新发布、有变化、即将到期的动态推送给平台（签名的 webhook）
    Notify(notify::NotifyArgs),
    /// 评价和转办问题：导出给办理的人
    Casework(casework::CaseworkArgs),
    /// 用评测集（BEIR 布局）衡量检索和回答
    Evaluate(evaluate::EvaluateArgs),
    /// 在隔离的子进程里读取一个文件（只由本程序自己调用）
    #[command(hide = true)]
    ReadSource(read_source::ReadSourceArgs),
}

/// A failure, with who must act: exit code 1 when the input is wrong, 2 when the system cannot.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    pub(crate) fn input(message: impl ToString) -> Self {
        Self { message: message.to_string(), code: 1 }
    }

    pub(crate) fn system(message: impl ToString) -> Self {
        Self { message: message.to_string(), code: 2 }
    }
}

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command.unwrap_or(Command::Serve(serve::ServeArgs::default())) {
        Command::Serve(args) => serve::run(&cli.places, &args),
        Command::Import(args) => import::run(&cli.places, &args),
        Command::Index(args) => library::run(&cli.places, &args),
        Command::Ask(args) => ask::ask(&cli.places, &args),
        Command::Search(args) => ask::search(&cli.places, &args),
        Command::Verify(args) => check::verify(&cli.places, &args),
        Command::Match(args) => matching::run(&cli.places, &args),
        Command::Programme(args) => programme::run(&cli.places, &args),
        Command::Check(args) => check::check(&cli.places, &args),
        Command::Export(args) => export::run(&cli.places, &args),
        Command::Notify(args) => notify::run(&cli.places, &args),
        Command::Casework(args) => casework::run(&cli.places, &args),
        Command::Evaluate(args) => evaluate::run(&cli.places, &args),
        Command::ReadSource(args) => read_source::run(args),
    };
    match result {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("zhengda：{}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}

/// Today, by the clock of the machine in Chinese time.
#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
fn today() -> Date {
    let now = jiff::Timestamp::now();
    now.in_tz("Asia/Shanghai").map_or_else(|_| now.to_zoned(jiff::tz::TimeZone::UTC).date(), |zoned| zoned.date())
}

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Prints JSON for machines, one value.
fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::system)?;
    say!("{text}");
    Ok(())
}
