//! The ledger (导入台账): which files were imported wholly, so that the next import need not parse them, and which killed
//! their readers.
//!
//! Files that were refused are read again: refusing them costs little, and what refused them, a missing program or a busy
//! machine, may be gone. Only those that killed their reader [`MOST_DEATHS`] times are not tried again.

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

/// How often a content may kill its reader: once may be a machine that was too busy.
const MOST_DEATHS: usize = 2;

/// A content that killed its reader, whatever the file was called.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Death {
    killed_reader: String,
    reader: u32,
    reason: String,
}

/// A line of the ledger's file.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    Line(Line),
    Death(Death),
}

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
    /// Why contents killed their readers, by digest.
    deaths: HashMap<String, Vec<String>>,
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
        let mut ledger = Self { held: corpus.documents_by_source()?, ..Self::default() };
        for entry in file.lines().filter_map(|line| serde_json::from_str(line).ok()) {
            match entry {
                Entry::Line(line) if line.reader == READER_VERSION => {
                    ledger.lines.insert(line.location.clone(), line);
                }
                Entry::Death(death) if death.reader == READER_VERSION => ledger.count(death),
                Entry::Line(_) | Entry::Death(_) => {}
            }
        }
        Ok(ledger)
    }

    fn count(&mut self, death: Death) {
        self.deaths.entry(death.killed_reader).or_default().push(death.reason);
    }

    /// Why a file is not tried again; none when it may be.
    pub(super) fn given_up(&self, file: &SourceFile) -> Option<String> {
        let reasons = self.deaths.get(&file.sha256).filter(|reasons| reasons.len() >= MOST_DEATHS)?;
        let last = reasons.last()?;
        Some(format!(
            "读取程序已 {} 次因此内容异常退出，不再尝试，文件改变或程序升级后才会再读（{last}）",
            reasons.len()
        ))
    }

    /// Enters that a file killed its reader.
    pub(super) fn enter_death(
        &mut self,
        corpus: &Corpus,
        file: &SourceFile,
        reason: String,
    ) -> Result<(), AcquisitionError> {
        let death = Death { killed_reader: file.sha256.clone(), reader: READER_VERSION, reason };
        append(corpus, &death)?;
        self.count(death);
        Ok(())
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
        append(corpus, &line)?;
        self.lines.insert(line.location.clone(), line);
        Ok(())
    }
}

fn append(corpus: &Corpus, line: &impl Serialize) -> Result<(), AcquisitionError> {
    let path = path(corpus);
    let failed = |cause| CorpusError::Io { path: path.clone(), cause };
    let mut words = serde_json::to_string(line).map_err(|error| failed(error.into()))?;
    words.push('\n');
    let mut file = OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
    // One write, so that a line is there or not; a torn line is skipped when read.
    file.write_all(words.as_bytes()).map_err(failed)?;
    Ok(())
}

fn path(corpus: &Corpus) -> PathBuf {
    corpus.root().join(LEDGER)
}
