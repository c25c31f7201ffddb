//! Exporting the library, whole or in part.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::filter::FilterArgs;
use super::{Failure, Places, library};
use crate::consultation::{Desk, Library, ListOrder};
use crate::corpus::Corpus;
use crate::export::{self, Selection};
use crate::index::Head;
use crate::inspection::inspect;
use crate::policy::DocumentId;

/// The shapes in which documents leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// 每行一份文件（元数据、正文、条款、关系），可再导入
    Jsonl,
    /// 一个文件夹的 CSV 表：文件、条款、关系、解读、检查发现
    Csv,
    /// 一个可打印的汇编网页，带目录
    Html,
    /// 单份文件的 Akoma Ntoso 样式 XML；多份时写入文件夹
    Xml,
    /// 单份文件的 JSON，带条款标识；多份时写入文件夹
    Json,
    /// 关系图：一个 JSON
    Graph,
    /// 关系图：一个 CSV
    GraphCsv,
}

/// 导出文件库.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// 格式
    #[arg(long, value_enum)]
    format: Shape,
    /// 写到哪里：文件，csv 格式为文件夹；写 - 输出到屏幕
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// 只导出这些文件，按给出的顺序；可写多次
    #[arg(long, value_name = "标识")]
    id: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    /// 汇编的书名
    #[arg(long, default_value = "政策文件汇编")]
    title: String,
    /// CSV 开头加 UTF-8 标记，供 Excel 直接打开
    #[arg(long)]
    bom: bool,
}

/// Exports what the arguments choose. Only documents that are 主动公开 are in the index, and only they leave.
pub(super) fn run(places: &Places, args: &ExportArgs) -> Result<ExitCode, Failure> {
    let desk = library::open_fresh(places)?;
    let held = desk.library();
    let as_of = args.filter.as_of();
    let serials = chosen(&desk, &held, args, as_of)?;
    let selection = Selection { generation: held.generation(), serials: &serials, as_of };
    if serials.is_empty() {
        return Err(Failure::input("没有符合条件的公开文件；请放宽筛选条件，或用 zhengda check 查看文件库"));
    }
    match args.format {
        Shape::Jsonl => {
            let corpus = Corpus::open(&places.corpus).map_err(Failure::input)?;
            export::jsonl(&selection, &corpus, target(&args.out)?).map(|_| ()).map_err(Failure::system)?;
        }
        Shape::Csv => tables(places, &selection, args)?,
        Shape::Html => export::compilation(&selection, &args.title, target(&args.out)?).map_err(Failure::system)?,
        Shape::Graph => export::graph_json(&selection, target(&args.out)?).map_err(Failure::system)?,
        Shape::GraphCsv => export::graph_csv(&selection, target(&args.out)?, args.bom).map_err(Failure::system)?,
        Shape::Xml | Shape::Json => each(&selection, args)?,
    }
    // What goes to the screen is the export itself.
    if args.out.as_os_str() != "-" {
        say!("已导出 {} 份文件：{}", serials.len(), args.out.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// The serials of the documents: those named, or those the filter admits, the newest first.
fn chosen(desk: &Desk, held: &Library, args: &ExportArgs, as_of: Date) -> Result<Vec<u32>, Failure> {
    if !args.id.is_empty() {
        let named = |id: &String| {
            let head = DocumentId::parse(id).ok().and_then(|id| held.generation().by_id(&id));
            let known = head.map(|head| head.serial);
            known.ok_or_else(|| Failure::input(format!("库中没有标识为“{id}”的公开文件；请在 /documents 中查找")))
        };
        return args.id.iter().map(named).collect();
    }
    Ok(held.serials(&args.filter.filter(desk)?, ListOrder::Newest, as_of))
}

/// A file, or the screen.
fn target(path: &Path) -> Result<Box<dyn Write>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufWriter::new(std::io::stdout().lock())));
    }
    let file = File::create(path)
        .map_err(|why| Failure::input(format!("无法写入 {}：{why}；请换一个位置", path.display())))?;
    Ok(Box::new(BufWriter::new(file)))
}

fn tables(places: &Places, selection: &Selection<'_>, args: &ExportArgs) -> Result<(), Failure> {
    if args.out.as_os_str() == "-" {
        return Err(Failure::input("csv 格式是几张表，--out 要写一个文件夹"));
    }
    let corpus = Corpus::open(&places.corpus).ok();
    let findings = inspect(selection.generation, corpus.as_ref(), selection.as_of).findings;
    export::tables(selection, &findings, &args.out, args.bom).map_err(Failure::system)?;
    Ok(())
}

/// Writes one document.
type Render = fn(&Selection<'_>, &Head) -> Result<String, export::ExportError>;

/// One document as one file, several as a folder of files.
fn each(selection: &Selection<'_>, args: &ExportArgs) -> Result<(), Failure> {
    let (render, ending): (Render, &str) = match args.format {
        Shape::Xml => (|selection, head| export::akoma_ntoso(selection.generation, head), "xml"),
        _ => (|selection, head| export::document_json(selection.generation, head), "json"),
    };
    let failed = |path: &Path, why: std::io::Error| Failure::input(format!("无法写入 {}：{why}", path.display()));
    if let [_] = selection.serials {
        let mut out = target(&args.out)?;
        for head in selection.heads() {
            let text = render(selection, head).map_err(Failure::system)?;
            writeln!(out, "{text}").map_err(|why| failed(&args.out, why))?;
        }
        return out.flush().map_err(|why| failed(&args.out, why));
    }
    if args.out.as_os_str() == "-" {
        return Err(Failure::input("选中了多份文件，--out 要写一个文件夹；只要一份时用 --id"));
    }
    fs::create_dir_all(&args.out).map_err(|why| failed(&args.out, why))?;
    for head in selection.heads() {
        let path = args.out.join(format!("{}.{ending}", head.meta.id));
        fs::write(&path, render(selection, head).map_err(Failure::system)?).map_err(|why| failed(&path, why))?;
    }
    Ok(())
}
