//! Internal notes (内部提示): what agents tell one another about a document. They lie in `notes/*.yaml`, are read by the
//! agents' console alone and never indexed: no answer, page or interface for the public can come upon them.

use jiff::civil::Date;
use serde::Deserialize;

use super::reference::{files, list};
use super::{Corpus, CorpusError};
use crate::policy::DocumentId;

/// Folder of the notes.
const NOTES: &str = "notes";
/// Characters of a note: what can be read while a caller waits.
const MOST_CHARS: usize = 300;

/// An internal note (内部提示) on a document or one of its clauses.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InternalNote {
    /// The document.
    pub document: DocumentId,
    /// The label of the clause (第四条); without it the whole document is meant.
    #[serde(default)]
    pub clause: Option<String>,
    /// The words.
    pub note: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub on: Date,
}

impl InternalNote {
    /// Whether it is about this clause, or about all of its document.
    #[must_use]
    pub fn is_about(&self, document: &str, label: &str) -> bool {
        self.document.as_str() == document && self.clause.as_deref().is_none_or(|clause| within(label, clause))
    }
}

/// Whether a label is that of a clause or of a part of it: 第四条（二） stands in 第四条, 第四条之一 does not.
fn within(label: &str, clause: &str) -> bool {
    let part = |rest: &str| rest.is_empty() || rest.starts_with(['（', '第']);
    label.strip_prefix(clause).is_some_and(part)
}

/// The internal notes of a library, read when they are needed: a new one is there for the next call.
pub fn internal_notes(corpus: &Corpus) -> Result<Vec<InternalNote>, CorpusError> {
    let mut notes = Vec::new();
    for path in files(corpus, NOTES, "yaml")? {
        for note in list::<InternalNote>(&path)? {
            if note.note.chars().nth(MOST_CHARS).is_some() {
                let reason = format!("对 {} 的提示超过 {MOST_CHARS} 字，请写短一些", note.document.as_str());
                return Err(CorpusError::Damaged { path, reason });
            }
            notes.push(note);
        }
    }
    Ok(notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_read_and_belong_to_their_clauses() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = Corpus::open(folder.path()).unwrap();
        assert_eq!(internal_notes(&corpus).unwrap(), []);
        let write = |text: &str| {
            std::fs::create_dir_all(folder.path().join(NOTES)).unwrap();
            std::fs::write(folder.path().join(NOTES).join("a.yaml"), text).unwrap();
        };
        write("- {document: a-1, clause: 第四条, note: 先问年龄, by: 甲, on: 2026-01-02}\n");
        let notes = internal_notes(&corpus).unwrap();
        for (document, label, about) in [
            ("a-1", "第四条", true),
            ("a-1", "第四条（二）", true),
            ("a-1", "第四条之一", false),
            ("b", "第四条", false),
        ] {
            assert_eq!(notes[0].is_about(document, label), about, "{document} {label}");
        }
        write("- {document: a-1, remark: x}\n");
        assert!(internal_notes(&corpus).unwrap_err().to_string().contains("a.yaml"));
    }
}
