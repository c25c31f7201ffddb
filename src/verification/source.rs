//! The plain files of the corpus, read by a few lines of their own.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

/// What a source file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRecord {
    /// The canonical text: every byte after the front matter.
    pub text: String,
    /// The title in the front matter.
    pub title: String,
    /// 施行日期.
    pub effective: Option<String>,
    /// 有效期至.
    pub expires: Option<String>,
    /// Whether it is 主动公开.
    pub public: bool,
}

/// The documents of a corpus folder by id.
#[derive(Debug, Clone)]
pub struct SourceFolder {
    files: HashMap<String, PathBuf>,
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
        Ok(Self { files })
    }

    /// The document with this id, read now.
    #[must_use]
    pub fn read(&self, id: &str) -> Option<SourceRecord> {
        let content = std::fs::read_to_string(self.files.get(id)?).ok()?;
        parse(&content)
    }
}

fn parse(content: &str) -> Option<SourceRecord> {
    let rest = content.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")?;
    let (front, text) = (&rest[..end], &rest[end + "\n---\n".len()..]);
    let value = |key: &str| {
        front
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))
            .map(unquote)
            .filter(|v| !v.is_empty() && v != "null")
    };
    Some(SourceRecord {
        text: text.to_owned(),
        title: value("title").unwrap_or_default(),
        effective: value("effective"),
        expires: value("expires"),
        public: value("disclosure").as_deref() == Some("主动公开"),
    })
}

/// The plain value of a YAML scalar on one line.
fn unquote(raw: &str) -> String {
    let trimmed = raw.trim();
    let single = trimmed.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let double = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match (single, double) {
        (Some(inner), _) => inner.replace("''", "'"),
        (_, Some(inner)) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        _ => trimmed.to_owned(),
    }
}
