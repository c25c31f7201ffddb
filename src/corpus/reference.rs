//! What the library knows beside documents: places, departments, FAQ, lexicon.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::{Corpus, CorpusError, builtin};
use crate::policy::{Department, Directory, EmergencyReply, Faq, Gazetteer, HolidayYear, Level, Region, RegionCode};

/// Columns of a file of places: code, name, parent, level, aliases.
const PLACE_COLUMNS: usize = 5;

impl Corpus {
    /// The places (地名录) of `regions/*.tsv`, or those of China where there are none.
    pub fn gazetteer(&self) -> Result<Gazetteer, CorpusError> {
        let mut known = Vec::new();
        for path in files(self, "regions", "tsv")? {
            known.push((read(&path)?, path));
        }
        if known.is_empty() {
            known.push((builtin::REGIONS.to_owned(), PathBuf::from("china.tsv")));
        }
        let mut regions = Vec::new();
        let mut seen = HashSet::new();
        for (file, path) in &known {
            for (number, line) in file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                if line.starts_with('#') || (number == 0 && line.starts_with("code")) {
                    continue;
                }
                let place = |reason: &str| CorpusError::damaged(path, format!("第 {} 行：{reason}", number + 1));
                let region = region(line).map_err(|reason| place(&reason))?;
                if !seen.insert(region.code.clone()) {
                    return Err(place(&format!("行政区划代码 {} 重复", region.code)));
                }
                regions.push(region);
            }
        }
        Ok(regions.into())
    }

    /// The departments and emergency replies of `directory/`.
    pub fn directory(&self) -> Result<Directory, CorpusError> {
        let folder = self.root().join("directory");
        Ok(Directory {
            departments: list::<Department>(&folder.join("departments.yaml"))?,
            emergencies: match folder.join("emergency.yaml") {
                path if path.exists() => list::<EmergencyReply>(&path)?,
                path => parse_list(&path, builtin::EMERGENCY)?,
            },
            holidays: list::<HolidayYear>(&folder.join("holidays.yaml"))?,
        })
    }

    /// The reviewed questions of `faq/*.yaml`, in order of file.
    pub fn faqs(&self) -> Result<Vec<Faq>, CorpusError> {
        let mut faqs: Vec<Faq> = Vec::new();
        let mut seen = HashSet::new();
        for path in files(self, "faq", "yaml")? {
            for faq in list::<Faq>(&path)? {
                if !seen.insert(faq.id.clone()) {
                    return Err(CorpusError::damaged(&path, format!("问答标识 {} 重复", faq.id)));
                }
                faqs.push(faq);
            }
        }
        Ok(faqs)
    }

    /// The files of `lexicon/*.tsv` with their contents, in order of name, or those every library knows.
    pub fn lexicon_files(&self) -> Result<Vec<(PathBuf, String)>, CorpusError> {
        let files = files(self, "lexicon", "tsv")?;
        if files.is_empty() {
            let known = builtin::LEXICON.iter();
            return Ok(known.map(|(name, content)| (PathBuf::from(name), (*content).to_owned())).collect());
        }
        files.into_iter().map(|path| read(&path).map(|content| (path, content))).collect()
    }
}

/// The files of a folder of the library with this ending, in order of name; none where there is no such folder.
pub(super) fn files(corpus: &Corpus, folder: &str, extension: &str) -> Result<Vec<PathBuf>, CorpusError> {
    let folder = corpus.root().join(folder);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(CorpusError::io(&folder, cause)),
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, CorpusError> {
    fs::read_to_string(path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::InvalidData => CorpusError::damaged(path, "不是合法的 UTF-8"),
        _ => CorpusError::io(path, cause),
    })
}

/// A YAML file that holds a list; a file that is not there is an empty list.
pub(super) fn list<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, CorpusError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let file = read(path)?;
    parse_list(path, &file)
}

fn parse_list<T: DeserializeOwned>(path: &Path, file: &str) -> Result<Vec<T>, CorpusError> {
    if file.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) {
        return Ok(Vec::new());
    }
    serde_saphyr::from_str(file).map_err(|error| CorpusError::damaged(path, error.to_string()))
}

fn region(line: &str) -> Result<Region, String> {
    let mut columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    columns.resize(PLACE_COLUMNS, "");
    let code = |text: &str| RegionCode::parse(text).ok_or_else(|| format!("“{text}” 不是行政区划代码"));
    if columns[1].is_empty() {
        return Err("缺少地名".to_owned());
    }
    Ok(Region {
        code: code(columns[0])?,
        name: columns[1].to_owned(),
        parent: if columns[2].is_empty() { None } else { Some(code(columns[2])?) },
        level: level(columns[3]).ok_or_else(|| format!("层级 “{}” 不认识", columns[3]))?,
        aliases: columns[4].split('|').map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
    })
}

fn level(name: &str) -> Option<Level> {
    Some(match name {
        "national" => Level::National,
        "provincial" => Level::Provincial,
        "prefecture" => Level::Prefecture,
        "county" => Level::County,
        "township" => Level::Township,
        _ => return None,
    })
}
