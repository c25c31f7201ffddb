//! Loading documents: front matter, text and the outline that fits it.

use std::fs;
use std::path::{Path, PathBuf};

use super::front_matter::read_front_matter;
use super::{Corpus, CorpusError, DOCUMENTS, Entry, ORIGINALS, VERSIONS};
use crate::outline;
use crate::policy::{DocumentId, Metadata, Noise, PolicyDocument};

/// Endings of files as published; a new reader adds its own.
const ORIGINAL_ENDINGS: [&str; 12] =
    ["txt", "md", "html", "htm", "markdown", "pdf", "docx", "doc", "ofd", "wps", "xlsx", "csv"];

/// A document file: metadata, declared noise and text.
pub(super) type Parts = (Metadata, Vec<Noise>, String);

impl Corpus {
    /// Loads a document of the inventory.
    pub fn load(&self, entry: &Entry) -> Result<PolicyDocument, CorpusError> {
        self.load_file(&entry.id, &entry.path)
    }

    /// Loads the document with this id; none when the library does not hold it.
    pub fn get(&self, id: &DocumentId) -> Result<Option<PolicyDocument>, CorpusError> {
        match self.find(id)? {
            Some(path) => self.load_file(id, &path).map(Some),
            None => Ok(None),
        }
    }

    /// The text left out of a document, and why.
    pub fn noise(&self, entry: &Entry) -> Result<Vec<Noise>, CorpusError> {
        read_document(&entry.id, &entry.path).map(|(_, noise, _)| noise)
    }

    /// Reads every document file in turn, public or not: metadata, declared noise and text, or what is wrong with it.
    pub fn each(&self, take: &mut dyn FnMut(Result<Parts, CorpusError>)) {
        for file in self.document_files() {
            take(file.and_then(|(id, path)| read_document(&id, &path)));
        }
    }

    /// The file as published, when it was kept.
    #[must_use]
    pub fn original(&self, document: &PolicyDocument) -> Option<PathBuf> {
        let folder = self.root().join(ORIGINALS);
        let kept = document.meta().sources.iter().filter(|source| !source.sha256.is_empty());
        kept.flat_map(|source| ORIGINAL_ENDINGS.map(|ending| folder.join(format!("{}.{ending}", source.sha256))))
            .find(|path| path.is_file())
    }

    /// Numbers of the earlier versions of a document, in order.
    pub fn earlier_versions(&self, id: &DocumentId) -> Result<Vec<u32>, CorpusError> {
        let folder = self.root().join(VERSIONS).join(id.as_str());
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(CorpusError::io(&folder, cause)),
        };
        let mut versions: Vec<u32> =
            entries.filter_map(|entry| entry.ok()?.path().file_stem()?.to_str()?.parse().ok()).collect();
        versions.sort_unstable();
        Ok(versions)
    }

    /// Loads an earlier version of a document.
    pub fn earlier_version(&self, id: &DocumentId, version: u32) -> Result<PolicyDocument, CorpusError> {
        self.load_file(id, &self.version_path(id, version))
    }

    pub(super) fn version_path(&self, id: &DocumentId, version: u32) -> PathBuf {
        self.root().join(VERSIONS).join(id.as_str()).join(format!("{version}.md"))
    }

    fn load_file(&self, id: &DocumentId, path: &Path) -> Result<PolicyDocument, CorpusError> {
        let (meta, _, text) = read_document(id, path)?;
        let outline = outline::outline(&text);
        PolicyDocument::new(meta, text.into(), outline).map_err(|error| CorpusError::damaged(path, error.to_string()))
    }

    /// Where the document with this id lies; the place imports use is tried before the folders are walked.
    fn find(&self, id: &DocumentId) -> Result<Option<PathBuf>, CorpusError> {
        let usual = self.root().join(DOCUMENTS).join(super::intake::imported_folder(id)).join(format!("{id}.md"));
        if usual.is_file() {
            return Ok(Some(usual));
        }
        for file in self.document_files() {
            match file {
                Ok((found, path)) if &found == id => return Ok(Some(path)),
                _ => {}
            }
        }
        Ok(None)
    }
}

/// Reads one document file: metadata, declared noise and text.
pub(super) fn read_document(id: &DocumentId, path: &Path) -> Result<(Metadata, Vec<Noise>, String), CorpusError> {
    let bytes = fs::read(path).map_err(|cause| CorpusError::io(path, cause))?;
    let file = String::from_utf8(bytes).map_err(|_| CorpusError::damaged(path, "不是合法的 UTF-8"))?;
    let (front, text) = read_front_matter(&file).map_err(|error| CorpusError::damaged(path, error.to_string()))?;
    if front.id() != id {
        return Err(CorpusError::damaged(path, format!("元数据中的标识 {} 与文件名不一致", front.id())));
    }
    let (meta, noise) = front.into_parts();
    Ok((meta, noise, text.to_owned()))
}
