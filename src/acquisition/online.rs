//! Addresses (网址): pages fetched one after another and taken in like files.

use std::path::Path;

use super::{AcquisitionError, Import, Progress, SourceReport};
use crate::ingest::{Refusal, SourceFile};
use crate::web::{self, Fetched, Reach};

impl Import<'_, '_, '_> {
    /// Takes in what an address leads to, as far as the operator allows.
    pub(super) fn address(&mut self, address: &str, reach: &Reach) -> Result<SourceReport, AcquisitionError> {
        let mut report = SourceReport::new(Path::new(address));
        let folder = tempfile::tempdir().map_err(AcquisitionError::Temporary)?;
        let (mut number, mut failure) = (0, None);
        web::gather(address, reach, &mut |fetched| {
            number += 1;
            match fetched {
                Ok(fetched) if failure.is_none() => {
                    let (path, of) = (Path::new(fetched.url.as_str()), number);
                    (self.progress)(Progress::File { path, number, of });
                    failure = self.fetched(&fetched, folder.path(), &mut report).err();
                }
                Ok(_) => {}
                Err(unfetched) => report.refused.push(Refusal { name: unfetched.url, reason: unfetched.reason }),
            }
        });
        failure.map_or(Ok(report), Err)
    }

    fn fetched(&mut self, fetched: &Fetched, folder: &Path, report: &mut SourceReport) -> Result<(), AcquisitionError> {
        let path = folder.join(format!("page.{}", fetched.extension));
        std::fs::write(&path, &fetched.bytes).map_err(AcquisitionError::Temporary)?;
        match SourceFile::fetched(&path, fetched.url.as_str(), &fetched.extension) {
            Ok(file) => self.file(&file, report),
            Err(refusal) => {
                report.refused.push(refusal);
                Ok(())
            }
        }
    }
}
