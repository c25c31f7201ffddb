//! Programmes and the fact vocabulary (惠企/惠民政策事项与事实词表) of `programmes/`.
//!
//! A file that is wrong is refused by name, with every fault and what to do; the others load.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::Corpus;
use crate::policy::programme::{FactDefinition, FactType, FactVocabulary, Industry, Rulebook, SupportProgramme};

/// The programmes of a library, and what is wrong with its files (事项库).
#[derive(Debug, Clone, Default)]
pub struct Programmes {
    /// Those that are whole.
    pub book: Rulebook,
    /// Those that are not.
    pub faults: Vec<ProgrammeFault>,
}

/// A fault of a file of programmes (事项文件有误).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProgrammeFault {
    /// The file.
    pub file: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for ProgrammeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.file, self.what)
    }
}

/// Folder of the programmes.
const PROGRAMMES: &str = "programmes";
/// The fact vocabulary.
const FACTS: &str = "facts.yaml";
/// The industries.
const INDUSTRIES: &str = "industries.tsv";
/// Columns of the industries: code, name, everyday words.
const INDUSTRY_COLUMNS: usize = 3;

/// The programmes and the fact vocabulary of a library; without its folder there are none.
#[must_use]
pub fn programmes_of(corpus: &Corpus) -> Programmes {
    read_programmes(&corpus.root().join(PROGRAMMES))
}

/// Reads the programmes of a folder.
fn read_programmes(folder: &Path) -> Programmes {
    let mut faults = Vec::new();
    let facts = read::<Vec<FactDefinition>>(&folder.join(FACTS), &mut faults).unwrap_or_default();
    check_facts(&facts, &mut faults);
    let industries = industries(&folder.join(INDUSTRIES), &mut faults);
    let mut book = Rulebook { vocabulary: FactVocabulary::from((facts, industries)), programmes: Vec::new() };
    for path in yaml_files(folder) {
        let Some(programme) = read::<SupportProgramme>(&path, &mut faults) else { continue };
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if programme.id == stem {
            book.programmes.push(programme);
        } else {
            let what = format!("id 写作“{}”，应与文件名“{stem}”相同", programme.id);
            faults.push(ProgrammeFault { file: name_of(&path), what });
        }
    }
    let wrong: Vec<ProgrammeFault> =
        book.programmes.iter().flat_map(|programme| own_faults(&book, programme)).collect();
    let refused: HashSet<&str> = wrong.iter().map(|fault| fault.file.as_str()).collect();
    book.programmes.retain(|programme| !refused.contains(file_of(programme).as_str()));
    faults.extend(wrong);
    faults.sort();
    faults.dedup();
    Programmes { book, faults }
}

fn file_of(programme: &SupportProgramme) -> String {
    format!("{}.yaml", programme.id)
}

fn own_faults(book: &Rulebook, programme: &SupportProgramme) -> Vec<ProgrammeFault> {
    let file = file_of(programme);
    let mut faults = book.faults(programme);
    let ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if programme.id.is_empty() || !programme.id.chars().all(ok) {
        faults.push("id 只用小写英文字母、数字和连字符".to_owned());
    }
    faults.into_iter().map(|what| ProgrammeFault { file: file.clone(), what }).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|found| found == "yaml") && name_of(path) != FACTS)
        .collect();
    paths.sort();
    paths
}

/// Reads a YAML file; what is wrong with it becomes a fault.
fn read<T: serde::de::DeserializeOwned>(path: &Path, faults: &mut Vec<ProgrammeFault>) -> Option<T> {
    let refuse = |what: String| ProgrammeFault { file: name_of(path), what };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return None,
        Err(cause) => {
            faults.push(refuse(format!("无法读取：{cause}")));
            return None;
        }
    };
    match serde_saphyr::from_str(&text) {
        Ok(read) => Some(read),
        Err(error) => {
            faults.push(refuse(format!("格式有误：{error}")));
            None
        }
    }
}

fn check_facts(facts: &[FactDefinition], faults: &mut Vec<ProgrammeFault>) {
    let mut refuse = |what: String| faults.push(ProgrammeFault { file: FACTS.to_owned(), what });
    let mut ids = HashSet::new();
    for fact in facts {
        if !ids.insert(fact.id.as_str()) {
            refuse(format!("事实 {} 写了两次", fact.id));
        }
        let closed = matches!(fact.kind, FactType::Choice | FactType::Choices);
        if closed == fact.choices.is_empty() {
            refuse(format!("事实 {}：只有 choice、choices 写 choices，且不能为空", fact.id));
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if fact.id.is_empty() || !fact.id.chars().all(plain) {
            refuse(format!("事实标识“{}”只用小写英文字母、数字和下划线", fact.id));
        }
    }
}

fn industries(path: &Path, faults: &mut Vec<ProgrammeFault>) -> Vec<Industry> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut industries = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        if at == 0 && columns.first() == Some(&"code") {
            continue;
        }
        columns.resize(INDUSTRY_COLUMNS, "");
        match crate::policy::programme::industry_code(columns[0]) {
            Some(code) if !columns[1].is_empty() => {
                let words = columns[2].split('|').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned);
                industries.push(Industry { code, name: columns[1].to_owned(), words: words.collect() });
            }
            _ => {
                let what = format!("第 {} 行：写 GB/T 4754 代码、名称、用 | 隔开的俗称，以制表符分隔", at + 1);
                faults.push(ProgrammeFault { file: INDUSTRIES.to_owned(), what });
            }
        }
    }
    industries
}
