//! The inventory (清单): which documents there are, without reading what they say.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Corpus, CorpusError, DOCUMENTS, split_front_matter};
use crate::policy::{DocumentId, sha256_hex};

/// A document file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id, which is the file's name.
    pub id: DocumentId,
    /// Where it lies.
    pub path: PathBuf,
    /// SHA-256 of the file.
    pub digest: String,
}

/// All document files, and those that cannot be listed.
#[derive(Debug, Default)]
pub struct Inventory {
    /// Documents sorted by id.
    pub entries: Vec<Entry>,
    /// Files that are not listed, and why.
    pub problems: Vec<CorpusError>,
}

impl Corpus {
    /// Lists the documents, sorted by id; the first problem is an error.
    pub fn inventory(&self) -> Result<Vec<Entry>, CorpusError> {
        let mut inventory = self.survey();
        match inventory.problems.is_empty() {
            true => Ok(inventory.entries),
            false => Err(inventory.problems.swap_remove(0)),
        }
    }

    /// Lists the documents, sorted by id, beside the problems met: unreadable files, bad names, ids used twice.
    #[must_use]
    pub fn survey(&self) -> Inventory {
        let mut inventory = Inventory::default();
        for found in self.document_files() {
            let entry = found.and_then(|(id, path)| {
                let bytes = fs::read(&path).map_err(|cause| CorpusError::io(&path, cause))?;
                Ok(Entry { id, path, digest: sha256_hex(&bytes) })
            });
            match entry {
                Ok(entry) => inventory.entries.push(entry),
                Err(problem) => inventory.problems.push(problem),
            }
        }
        inventory.entries.sort_by(|a, b| a.id.cmp(&b.id));
        inventory
    }

    /// How many documents came from each source file, by its digest. Reads the front matter as text only: a digest is 64
    /// hexadecimal figures wherever it stands.
    pub fn documents_by_source(&self) -> Result<HashMap<String, usize>, CorpusError> {
        let mut counts = HashMap::new();
        for file in self.document_files() {
            let Ok((_, path)) = file else { continue };
            let bytes = fs::read(&path).map_err(|cause| CorpusError::io(&path, cause))?;
            let Some((front, _)) = std::str::from_utf8(&bytes).ok().and_then(split_front_matter) else { continue };
            for (at, key) in front.match_indices("sha256:") {
                let value = front[at + key.len()..].trim_start_matches([' ', '"', '\'']);
                let digest: String = value.chars().take_while(char::is_ascii_hexdigit).collect();
                if digest.len() == 64 {
                    *counts.entry(digest).or_default() += 1;
                }
            }
        }
        Ok(counts)
    }

    /// Walks the document files in order of path; a second file with an id already met is a problem.
    pub(super) fn document_files(&self) -> impl Iterator<Item = Result<(DocumentId, PathBuf), CorpusError>> {
        let mut seen: HashMap<DocumentId, PathBuf> = HashMap::new();
        let walk = WalkDir::new(self.root().join(DOCUMENTS)).sort_by_file_name().into_iter();
        walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path()))
            .filter(|entry| entry.as_ref().map_or(true, is_document))
            .filter(|entry| !is_absent_root(entry))
            .map(move |entry| {
                let path = entry.map_err(walk_error)?.into_path();
                let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
                let id = DocumentId::parse(&stem).map_err(|error| CorpusError::damaged(&path, error.to_string()))?;
                match seen.insert(id.clone(), path.clone()) {
                    Some(first) => Err(CorpusError::DuplicateId { id, first, second: path }),
                    None => Ok((id, path)),
                }
            })
    }
}

fn is_document(entry: &walkdir::DirEntry) -> bool {
    entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "md")
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// A library without a `documents` folder is empty, not broken.
fn is_absent_root(entry: &walkdir::Result<walkdir::DirEntry>) -> bool {
    entry.as_ref().is_err_and(|error| {
        error.depth() == 0 && error.io_error().is_some_and(|cause| cause.kind() == std::io::ErrorKind::NotFound)
    })
}

fn walk_error(error: walkdir::Error) -> CorpusError {
    let path = error.path().map(Path::to_owned).unwrap_or_default();
    let reason = error.to_string();
    match error.into_io_error() {
        Some(cause) => CorpusError::Io { path, cause },
        None => CorpusError::Damaged { path, reason },
    }
}
