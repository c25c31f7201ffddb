//! Programmes: drafting them from a document, for a person to review.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::acquisition;
use crate::corpus::{Corpus, programmes_of};
use crate::eligibility::draft::{Draft, Vocabulary, draft};
use crate::ingest::{Isolation, Tools};
use crate::policy::{DocumentId, PolicyDocument};

use super::{Failure, Places};

/// 惠企/惠民政策事项.
#[derive(Debug, Args)]
pub(super) struct ProgrammeArgs {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// 由一份文件的条款拟出事项草稿，供人核对；从不自行发布
    Draft(DraftArgs),
}

#[derive(Debug, Args)]
struct DraftArgs {
    /// 政策库中文件的标识，如 qh-2024-gongye-jiangbu；或一个可以导入的文件的路径（只读，不导入政策库）
    document: String,
    /// 写入文件；写一个已有的文件夹则每个事项一个文件；缺省输出到屏幕
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(places: &Places, args: &ProgrammeArgs) -> Result<ExitCode, Failure> {
    let Task::Draft(args) = &args.task;
    let corpus = Corpus::open(&places.corpus).map_err(Failure::input)?;
    let document = match Path::new(&args.document) {
        path if path.is_file() => read(path)?,
        _ => load(&corpus, &args.document)?,
    };
    let programmes = programmes_of(&corpus);
    if programmes.book.vocabulary.facts().is_empty() {
        eprintln!("提示：政策库里没有事实词表 programmes/facts.yaml，条件都会列在 unresolved 里");
    }
    let gazetteer = corpus.gazetteer().map_err(Failure::input)?;
    let draft = draft(&document, &Vocabulary::from(&programmes.book.vocabulary), &gazetteer);
    match &args.out {
        None => say!("{}", draft.to_yaml().trim_end()),
        Some(out) => save(&draft, out, &places.corpus)?,
    }
    eprintln!("拟出 {} 个事项，{} 处没有转成条件；均为草稿，须人工核对", draft.programmes(), draft.unresolved());
    Ok(ExitCode::SUCCESS)
}

fn load(corpus: &Corpus, name: &str) -> Result<PolicyDocument, Failure> {
    let id = DocumentId::parse(name).map_err(Failure::input)?;
    let found = corpus.get(&id).map_err(Failure::input)?;
    let missing = || Failure::input(format!("政策库中没有文件 {id}；先用 zhengda import 导入，再用它的标识"));
    found.ok_or_else(missing)
}

/// Reads a file as an import would, in a place of its own that is gone afterwards.
fn read(path: &Path) -> Result<PolicyDocument, Failure> {
    let place = tempfile::tempdir().map_err(|why| Failure::system(format!("无法建立临时文件夹：{why}")))?;
    let corpus = Corpus::create(place.path().join("corpus")).map_err(Failure::system)?;
    let program = std::env::current_exe().map_err(Failure::system)?;
    let beside = program.parent().map(Path::to_path_buf).into_iter().collect();
    let tools = Tools { pdfium: beside, pdftotext: None, ocr_command: None };
    let isolation = Isolation::Child { program, tools };
    let report = acquisition::import(&[path.to_owned()], &corpus, None, &isolation, &mut |_| {});
    let report = report.map_err(Failure::input)?;
    let refused = report.total.refused.iter().map(|refusal| refusal.reason.as_str()).collect::<Vec<_>>().join("；");
    let inventory = corpus.survey();
    match inventory.entries.as_slice() {
        [only] => corpus.load(only).map_err(Failure::system),
        [] => Err(Failure::input(format!("{} 读不出文件：{refused}", path.display()))),
        several => {
            let count = several.len();
            Err(Failure::input(format!("{} 里有 {count} 份文件；先导入，再逐份用标识拟稿", path.display())))
        }
    }
}

/// Writes the draft; never over a file that is there, and never among the programmes that are in use.
fn save(draft: &Draft, out: &Path, corpus: &Path) -> Result<(), Failure> {
    let folder =
        if out.is_dir() { out } else { out.parent().filter(|up| !up.as_os_str().is_empty()).unwrap_or(Path::new(".")) };
    let in_use = corpus.join("programmes").canonicalize().ok();
    if in_use.is_some() && folder.canonicalize().ok() == in_use {
        return Err(Failure::input(format!("{} 放的是在用的事项；草稿请写到别处，核对后再移入", folder.display())));
    }
    if out.is_dir() {
        return draft
            .files()
            .into_iter()
            .try_for_each(|(id, content)| write(&out.join(format!("{id}.yaml")), &content));
    }
    write(out, &draft.to_yaml())
}

fn write(path: &Path, content: &str) -> Result<(), Failure> {
    let failed = |why| Failure::input(format!("无法写入 {}：{why}；换一个还没有的文件名", path.display()));
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(content.as_bytes()).map_err(failed)
}
