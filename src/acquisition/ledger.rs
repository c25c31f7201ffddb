//! The ledger (导入台账): which files were imported wholly, so that the next import need not parse them.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::AcquisitionError;
use crate::corpus::{Corpus, CorpusError};
use crate::ingest::{Account, READER_VERSION, SourceFile};

/// The ledger's file in the library's folder, a line a file.
const LEDGER: &str = ".imports.jsonl";

/// A file imported wholly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    location: String,
    sha256: String,
    reader: u32,
    /// Digests of the members the documents came from, when the file is an archive.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    members: BTreeSet<String>,
    pub(super) documents: usize,
    #[serde(flatten)]
    pub(super) account: Account,
}

impl Line {
    pub(super) fn new(file: &SourceFile, members: BTreeSet<String>, documents: usize, account: Account) -> Self {
        let (location, sha256) = (file.location.clone(), file.sha256.clone());
        Self { location, sha256, reader: READER_VERSION, members, documents, account }
    }
}

/// The files imported wholly, checked against what the library holds.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    lines: HashMap<String, Line>,
    /// Documents of the library by the digest of the file they came from.
    held: HashMap<String, usize>,
}

impl Ledger {
    /// Reads the ledger. Lines that cannot be read only cost time: their files are parsed again.
    pub(super) fn read(corpus: &Corpus) -> Result<Self, AcquisitionError> {
        let path = path(corpus);
        let file = match fs::read_to_string(&path) {
            Ok(file) => file,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(cause) => return Err(CorpusError::Io { path, cause }.into()),
        };
        let lines = file.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
        let lines =
            lines.filter(|line| line.reader == READER_VERSION).map(|line| (line.location.clone(), line)).collect();
        Ok(Self { lines, held: corpus.documents_by_source()? })
    }

    /// The line of a file that has not changed and whose documents are all still there.
    pub(super) fn complete(&self, file: &SourceFile) -> Option<&Line> {
        let line = self.lines.get(&file.location).filter(|line| line.sha256 == file.sha256)?;
        let held = |digest: &String| self.held.get(digest).copied().unwrap_or(0);
        let whole = line.members.iter().all(|member| held(member) > 0);
        let documents = held(&file.sha256) + line.members.iter().map(held).sum::<usize>();
        (whole && documents >= line.documents).then_some(line)
    }

    /// Enters a file, unless its line says the same already.
    pub(super) fn enter(&mut self, corpus: &Corpus, line: Line) -> Result<(), AcquisitionError> {
        if self.lines.get(&line.location) == Some(&line) {
            return Ok(());
        }
        let path = path(corpus);
        let failed = |cause| CorpusError::Io { path: path.clone(), cause };
        let mut words = serde_json::to_string(&line).map_err(|error| failed(error.into()))?;
        words.push('\n');
        let mut file = OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
        // One write, so that a line is there or not; a torn line is skipped when read.
        file.write_all(words.as_bytes()).map_err(failed)?;
        self.lines.insert(line.location.clone(), line);
        Ok(())
    }
}

fn path(corpus: &Corpus) -> PathBuf {
    corpus.root().join(LEDGER)
}
