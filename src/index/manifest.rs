//! The manifest (清单): what a generation is made of and made with.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::store::map;
use super::{IndexError, SCHEMA_VERSION};
use crate::policy::sha256_hex;

/// Name of the manifest file.
pub(crate) const MANIFEST: &str = "manifest.json";

/// A file of our own with its length and digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seal {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// What a generation is made of and made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of schema, passages and records.
    pub schema: u32,
    /// Version of tantivy and of its format.
    pub tantivy: String,
    /// Fingerprint of the analyzer, the library's lexicon included.
    pub analyzer: String,
    /// Digest of all document ids and file digests.
    pub corpus: String,
    /// Digest of lexicon, places, departments and questions.
    pub aux: String,
    /// Number of the generation.
    pub generation: u64,
    /// Public documents.
    pub documents: u64,
    /// Passages.
    pub passages: u64,
    /// Documents left out because they are not 主动公开.
    pub withheld: u64,
    /// Our own files.
    pub(crate) files: Vec<Seal>,
}

impl Manifest {
    /// Reads the manifest of a generation's folder; `sha256` is what `CURRENT` says of it.
    pub(crate) fn read(folder: &Path, sha256: &str) -> Result<Self, IndexError> {
        let path = folder.join(MANIFEST);
        let bytes = std::fs::read(&path).map_err(IndexError::io(&path))?;
        if sha256_hex(&bytes) != sha256 {
            return Err(IndexError::damaged(&path, "摘要不符"));
        }
        let json: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|error| IndexError::damaged(&path, error.to_string()))?;
        let schema = json.get("schema").and_then(serde_json::Value::as_u64).unwrap_or_default();
        if schema != u64::from(SCHEMA_VERSION) {
            return Err(mismatch("结构版本", &schema.to_string(), &SCHEMA_VERSION.to_string()));
        }
        let manifest: Self =
            serde_json::from_value(json).map_err(|error| IndexError::damaged(&path, error.to_string()))?;
        if manifest.tantivy != tantivy::version_string() {
            return Err(mismatch("检索库版本", &manifest.tantivy, tantivy::version_string()));
        }
        Ok(manifest)
    }

    /// Reads every file of our own again and compares it with its seal.
    pub(crate) fn verify_files(&self, folder: &Path) -> Result<(), IndexError> {
        self.files.iter().try_for_each(|seal| seal.verify(folder))
    }

    /// Refuses an index whose terms this program would not make.
    pub(crate) fn check_analyzer(&self, fingerprint: &str) -> Result<(), IndexError> {
        if self.analyzer == fingerprint { Ok(()) } else { Err(mismatch("分词器", &self.analyzer, fingerprint)) }
    }
}

impl Seal {
    /// Seals a file that was just written.
    pub(crate) fn of(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), bytes: bytes.len() as u64, sha256: sha256_hex(bytes) }
    }

    fn verify(&self, folder: &Path) -> Result<(), IndexError> {
        let path = folder.join(&self.name);
        let bytes = map(&path).map_err(IndexError::io(&path))?;
        if bytes.len() as u64 == self.bytes && sha256_hex(&bytes) == self.sha256 {
            Ok(())
        } else {
            Err(IndexError::damaged(&path, "摘要不符"))
        }
    }
}

fn mismatch(what: &'static str, found: &str, wanted: &str) -> IndexError {
    IndexError::Mismatch { what, found: found.to_owned(), wanted: wanted.to_owned() }
}
