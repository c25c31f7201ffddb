//! Durable writing: temp file in the same folder, fsync, rename, fsync of the folder.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::CorpusError;

/// Writes files so that each is either wholly there or not at all, and remembers which folders still have to reach the
/// disk: many files of one folder share one folder fsync.
#[derive(Debug, Default)]
pub(super) struct Durable {
    unsettled: BTreeSet<PathBuf>,
}

impl Durable {
    /// Writes a file in one step.
    pub(super) fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), CorpusError> {
        let folder = path.parent().unwrap_or(Path::new("."));
        self.make_folder(folder)?;
        replace(path, folder, bytes).map_err(|cause| CorpusError::io(path, cause))?;
        self.unsettled.insert(folder.to_owned());
        Ok(())
    }

    /// Brings every folder written to since the last call to the disk.
    pub(super) fn settle(&mut self) -> Result<(), CorpusError> {
        while let Some(folder) = self.unsettled.pop_first() {
            // Only Unix lets a folder be opened and synchronised; elsewhere the rename is all there is.
            if cfg!(unix) {
                File::open(&folder)
                    .and_then(|folder| folder.sync_all())
                    .map_err(|cause| CorpusError::io(&folder, cause))?;
            }
        }
        Ok(())
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), CorpusError> {
        if folder.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(folder).map_err(|cause| CorpusError::io(folder, cause))?;
        self.unsettled.extend(folder.parent().map(Path::to_owned));
        Ok(())
    }
}

fn replace(path: &Path, folder: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Readable by other accounts as any published text is; the umask still applies.
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
