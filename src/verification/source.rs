//! The plain files of the corpus, read by a few lines of their own.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::ending::{Ending, Endings, Subject};

/// What a source file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRecord {
    /// The canonical text: every byte after the front matter.
    pub text: String,
    /// The title in the front matter.
    pub title: String,
    /// 发文机关, several joined by 、.
    pub issuer: String,
    /// 发文字号.
    pub number: Option<String>,
    /// The day of issue: 成文, else 发布.
    pub issued: Option<String>,
    /// 施行日期.
    pub effective: Option<String>,
    /// 有效期至.
    pub expires: Option<String>,
    /// Whether it is 主动公开.
    pub public: bool,
    /// What other files of the corpus state to end it; empty where only this one is at hand.
    pub ended_by: Vec<Ending>,
}

/// The documents of a corpus folder by id.
#[derive(Debug, Clone)]
pub struct SourceFolder {
    files: HashMap<String, PathBuf>,
    /// Read at the first question: every file states what it ends.
    endings: OnceLock<Endings>,
}

impl SourceFolder {
    /// Lists the documents of a corpus folder.
    pub fn open(corpus: &Path) -> io::Result<Self> {
        let mut files = HashMap::new();
        for entry in walkdir::WalkDir::new(corpus.join("documents")).sort_by_file_name() {
            let path = entry?.into_path();
            let is_text = path.extension().is_some_and(|ending| ending == "md");
            if let (true, Some(stem)) = (is_text, path.file_stem().and_then(|stem| stem.to_str())) {
                files.insert(stem.to_owned(), path);
            }
        }
        Ok(Self { files, endings: OnceLock::new() })
    }

    /// The document with this id, read now.
    #[must_use]
    pub fn read(&self, id: &str) -> Option<SourceRecord> {
        let content = std::fs::read_to_string(self.files.get(id)?).ok()?;
        let (front, text) = split(&content)?;
        let value = |key: &str| value(front, key);
        let begins = ["effective", "published", "written"].iter().find_map(|key| value(key));
        let (title, number, region) = (value("title").unwrap_or_default(), value("number"), value("region"));
        let subject = Subject {
            id,
            title: &title,
            number: number.as_deref(),
            region: region.as_deref(),
            begins: begins.as_deref(),
        };
        let ended_by = self.endings.get_or_init(|| self.read_endings()).of(&subject);
        Some(SourceRecord {
            text: text.to_owned(),
            issuer: list(front, "issuers").join("、"),
            issued: value("written").or_else(|| value("published")),
            effective: value("effective"),
            expires: value("expires"),
            public: value("disclosure").as_deref() == Some("主动公开"),
            number,
            title,
            ended_by,
        })
    }

    fn read_endings(&self) -> Endings {
        let mut endings = Endings::default();
        let mut ids: Vec<&String> = self.files.keys().collect();
        ids.sort();
        for id in ids {
            let content = self.files.get(id).and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
            if let Some((front, text)) = split(&content) {
                endings.add(id, front, text, &|key| value(front, key));
            }
        }
        endings
    }
}

/// Front matter and text.
fn split(content: &str) -> Option<(&str, &str)> {
    let rest = content.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")?;
    Some((&rest[..end], &rest[end + "\n---\n".len()..]))
}

fn value(front: &str, key: &str) -> Option<String> {
    front
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))
        .map(unquote)
        .filter(|v| !v.is_empty() && v != "null")
}

/// The values of a list in either style of YAML: `[甲, 乙]`, or a line each.
fn list(front: &str, key: &str) -> Vec<String> {
    let mut lines = front.lines().skip_while(|line| !line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    let Some(first) = lines.next().and_then(|line| line.strip_prefix(key)?.strip_prefix(':')) else {
        return Vec::new();
    };
    let inline = first.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let values: Vec<String> = match inline {
        Some(values) => values.split(',').map(unquote).collect(),
        None if first.trim().is_empty() => {
            lines.map_while(|line| line.trim_start().strip_prefix("- ")).map(unquote).collect()
        }
        None => vec![unquote(first)],
    };
    values.into_iter().filter(|value| !value.is_empty()).collect()
}

/// The plain value of a YAML scalar on one line.
pub(super) fn unquote(raw: &str) -> String {
    let trimmed = raw.trim();
    let single = trimmed.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let double = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match (single, double) {
        (Some(inner), _) => inner.replace("''", "'"),
        (_, Some(inner)) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        _ => trimmed.to_owned(),
    }
}
