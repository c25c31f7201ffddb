//! Copies (一文多源): one work from several sources. The leading copy is the document; the others, where they differ, lie
//! under `copies/<id>/<digest of the place of origin>.md`, each with the letterhead it came with.

mod difference;
mod likeness;
mod rank;
mod same;

use std::fs;
use std::path::{Path, PathBuf};

pub use difference::{Change, ChangeKind, ChangedLine, CopyDifference, difference};
pub(super) use likeness::{Shingles, Sketch};
pub(super) use rank::rank;
pub(super) use same::{may_be_same, same_work};

use super::front_matter::read_front_matter;
use super::{COPIES, Corpus, CorpusError};
use crate::policy::{DocumentId, Metadata, Noise, sha256_hex};

/// Hexadecimal digits of a place of origin in a file's name: copies of one document are few.
const PLACE_DIGITS: usize = 12;

/// A copy of a document that differs from the leading one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Copy {
    pub(super) meta: Metadata,
    pub(super) noise: Vec<Noise>,
    pub(super) text: String,
}

impl Corpus {
    /// Where the copy of a document from this place lies.
    pub(super) fn copy_path(&self, id: &DocumentId, location: &str) -> PathBuf {
        let name = &sha256_hex(location.as_bytes())[..PLACE_DIGITS];
        self.root().join(COPIES).join(id.as_str()).join(format!("{name}.md"))
    }

    /// How the copies of a document differ from it, the likest first; empty when it has no differing copy.
    pub fn copy_differences(&self, id: &DocumentId, leading: &str) -> Result<Vec<CopyDifference>, CorpusError> {
        let mut found = Vec::new();
        for path in self.copy_files(id)? {
            let copy = read_copy(&path)?;
            let location = copy.meta.sources.first().map(|source| source.location.clone()).unwrap_or_default();
            found.push(difference(&location, &copy.meta.title, leading, &copy.text));
        }
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.location.cmp(&b.location)));
        Ok(found)
    }

    /// How many differing copies a document has, without reading them.
    pub fn copy_count(&self, id: &DocumentId) -> Result<usize, CorpusError> {
        Ok(self.copy_files(id)?.len())
    }

    fn copy_files(&self, id: &DocumentId) -> Result<Vec<PathBuf>, CorpusError> {
        let folder = self.root().join(COPIES).join(id.as_str());
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(CorpusError::io(&folder, cause)),
        };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
        paths.sort();
        Ok(paths)
    }
}

/// Reads a copy. Its id is the one it would have without the leading copy.
pub(super) fn read_copy(path: &Path) -> Result<Copy, CorpusError> {
    let file = fs::read_to_string(path).map_err(|cause| CorpusError::io(path, cause))?;
    let (front, text) = read_front_matter(&file).map_err(|error| CorpusError::damaged(path, error.to_string()))?;
    let (meta, noise) = front.into_parts();
    Ok(Copy { meta, noise, text: text.to_owned() })
}
