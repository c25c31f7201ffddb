//! How does a pile of files get in?
//!
//! Sources are walked in order, each file is read, prepared and taken in, one document at a time; a bad file is refused
//! by name while the rest goes in. What was imported before is recognised by the digest of its file before it is parsed.

mod ledger;
mod online;
mod report;
mod walk;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use ledger::{Ledger, Line};
pub use report::{ImportReport, SourceReport};

use crate::corpus::{Corpus, CorpusError, Intake, Stored};
use crate::ingest::{self, Isolation, RawDocument, Reading, Refusal, SourceFile};
use crate::policy::Gazetteer;
pub use crate::web::{HostRule, Reach};

/// Why an import cannot go on at all.
#[derive(Debug, thiserror::Error)]
pub enum AcquisitionError {
    /// A source named by the operator is not there.
    #[error("找不到 {}；请检查路径", path.display())]
    Missing {
        /// The source.
        path: PathBuf,
    },
    /// What was fetched cannot be put down before it is read.
    #[error("无法写临时文件：{0}；请检查磁盘空间和临时文件夹")]
    Temporary(#[source] std::io::Error),
    /// The library cannot be read or written.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
}

/// What the import is doing, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'p> {
    /// A file begins.
    File {
        /// The file.
        path: &'p Path,
        /// Its place among the files of its source, from 1.
        number: usize,
        /// Files of the source.
        of: usize,
    },
    /// A document was taken in or recognised; with the count so far.
    Document {
        /// Documents so far.
        number: usize,
    },
}

/// Imports files and folders into the library, under `documents/<into>` or by id.
pub fn import(
    sources: &[PathBuf],
    corpus: &Corpus,
    into: Option<&str>,
    isolation: &Isolation,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<ImportReport, AcquisitionError> {
    if let Some(path) = sources.iter().find(|path| !path.exists()) {
        return Err(AcquisitionError::Missing { path: path.clone() });
    }
    let mut import = Import::new(corpus, into, isolation, progress)?;
    let reports = sources.iter().map(|source| import.source(source)).collect::<Result<_, _>>()?;
    Ok(noted(ImportReport::new(reports), isolation))
}

/// Imports what addresses lead to, as far as the operator allows.
pub fn import_online(
    (addresses, reach): (&[String], &Reach),
    corpus: &Corpus,
    into: Option<&str>,
    isolation: &Isolation,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<ImportReport, AcquisitionError> {
    let mut import = Import::new(corpus, into, isolation, progress)?;
    let reports = addresses.iter().map(|address| import.address(address, reach)).collect::<Result<_, _>>()?;
    Ok(noted(ImportReport::new(reports), isolation))
}

/// The report with what the operator must know of the machine.
fn noted(mut report: ImportReport, isolation: &Isolation) -> ImportReport {
    if matches!(isolation, Isolation::Child { .. }) {
        report.notes.extend(ingest::missing_fence().map(str::to_owned));
    }
    report
}

/// One import under way.
struct Import<'i, 'c, 'p> {
    corpus: &'c Corpus,
    into: Option<&'i str>,
    isolation: &'i Isolation,
    gazetteer: Gazetteer,
    ledger: Ledger,
    /// Made when the first file has to be read: reading the register takes a walk through the whole library.
    intake: Option<Intake<'c>>,
    documents: usize,
    progress: &'p mut dyn FnMut(Progress<'_>),
}

impl<'i, 'c, 'p> Import<'i, 'c, 'p> {
    fn new(
        corpus: &'c Corpus,
        into: Option<&'i str>,
        isolation: &'i Isolation,
        progress: &'p mut dyn FnMut(Progress<'_>),
    ) -> Result<Self, AcquisitionError> {
        Ok(Self {
            corpus,
            into,
            isolation,
            gazetteer: corpus.gazetteer()?,
            ledger: Ledger::read(corpus)?,
            intake: None,
            documents: 0,
            progress,
        })
    }

    fn source(&mut self, source: &Path) -> Result<SourceReport, AcquisitionError> {
        let mut report = SourceReport::new(source);
        let (files, unreadable) = walk::files(source);
        report.refused.extend(unreadable);
        for (index, path) in files.iter().enumerate() {
            (self.progress)(Progress::File { path, number: index + 1, of: files.len() });
            let base = source.is_dir().then_some(source);
            match SourceFile::open(path, base) {
                Ok(file) => self.file(&file, &mut report)?,
                Err(refusal) => report.refused.push(refusal),
            }
        }
        Ok(report)
    }

    fn file(&mut self, file: &SourceFile, report: &mut SourceReport) -> Result<(), AcquisitionError> {
        if let Some(line) = self.ledger.complete(file) {
            report.unchanged += line.documents;
            report.account += line.account;
            return Ok(());
        }
        if let Some(reason) = self.ledger.given_up(file) {
            report.refused.push(file.refuse(reason));
            return Ok(());
        }
        let before = report.clone();
        let mut seen = HashSet::new();
        let mut failure = None;
        let mut members = BTreeSet::new();
        let reading = ingest::read(file, self.isolation, &mut |raw| {
            if let Ok(raw) = &raw
                && raw.sha256 != file.sha256
            {
                members.insert(raw.sha256.clone());
            }
            if failure.is_none() {
                failure = self.document(raw, &mut seen, report).err();
            }
        });
        if let Some(error) = failure {
            return Err(error);
        }
        if let Some(intake) = &mut self.intake {
            intake.settle()?;
        }
        if let Reading::Died(reason) = reading {
            self.ledger.enter_death(self.corpus, file, reason)?;
        } else if report.refused.len() == before.refused.len() {
            let documents = report.documents() - before.documents();
            self.ledger
                .enter(self.corpus, Line::new(file, members, documents, report.account.since(before.account)))?;
        }
        Ok(())
    }

    fn document(
        &mut self,
        raw: Result<RawDocument, Refusal>,
        seen: &mut HashSet<String>,
        report: &mut SourceReport,
    ) -> Result<(), AcquisitionError> {
        let prepared = raw.and_then(|raw| {
            if !seen.insert(raw.location.clone()) {
                let reason = "与同一文件中前面的记录标识相同".to_owned();
                return Err(Refusal { name: raw.name, reason });
            }
            ingest::prepare(raw, &self.gazetteer)
        });
        let prepared = match prepared {
            Ok(prepared) => prepared,
            Err(refusal) => {
                report.refused.push(refusal);
                return Ok(());
            }
        };
        let intake = match &mut self.intake {
            Some(intake) => intake,
            empty => empty.insert(self.corpus.intake(self.into)?),
        };
        match intake.put(prepared.incoming)? {
            Stored::Imported(_) => report.imported += 1,
            Stored::Unchanged(_) => report.unchanged += 1,
            Stored::Refreshed(_) => report.refreshed += 1,
            Stored::NewVersion(_) => report.new_versions += 1,
            Stored::Duplicate { .. } => report.duplicates += 1,
        }
        report.account += prepared.account;
        self.documents += 1;
        (self.progress)(Progress::Document { number: self.documents });
        Ok(())
    }
}

#[cfg(test)]
mod tests;
