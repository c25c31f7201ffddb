//! Publication (发布): how a generation takes the place of the one before it, in one step.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::IndexError;
use super::manifest::Manifest;

/// Names the live generation and the digest of its manifest.
const CURRENT: &str = "CURRENT";
/// Held while a generation is built.
const LOCK: &str = ".build.lock";
/// Ending of a folder that is being written.
const PARTIAL: &str = ".partial";
/// Folder of the tantivy index within a generation.
pub(crate) const TANTIVY: &str = "tantivy";

/// Name of a generation's folder.
pub(crate) fn folder_name(generation: u64) -> String {
    format!("gen-{generation:06}")
}

/// Generation number of a folder's name.
fn number_of(name: &str) -> Option<u64> {
    name.strip_prefix("gen-")?.parse().ok()
}

/// What `CURRENT` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Current {
    pub(crate) folder: PathBuf,
    pub(crate) manifest_sha256: String,
}

/// Reads `CURRENT`; none when there is no index.
pub(crate) fn read_current(dir: &Path) -> Result<Option<Current>, IndexError> {
    let path = dir.join(CURRENT);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Err(IndexError::damaged(&path, "不是文本"));
        }
        Err(source) => return Err(IndexError::Io { path, source }),
    };
    let mut words = text.split_whitespace();
    match (words.next().filter(|name| number_of(name).is_some()), words.next()) {
        (Some(name), Some(sha256)) => Ok(Some(Current { folder: dir.join(name), manifest_sha256: sha256.to_owned() })),
        _ => Err(IndexError::damaged(&path, "没有写明代次与摘要")),
    }
}

/// The manifest of the live generation; none when there is no index.
pub(crate) fn current_manifest(dir: &Path) -> Result<Option<Manifest>, IndexError> {
    read_current(dir)?.map(|current| Manifest::read(&current.folder, &current.manifest_sha256)).transpose()
}

/// Held by the one process that builds; released when dropped, or by the kernel when the process dies.
pub(crate) struct BuildLock {
    _file: File,
}

impl BuildLock {
    pub(crate) fn take(dir: &Path) -> Result<Self, IndexError> {
        let path = dir.join(LOCK);
        let file = File::create(&path).map_err(IndexError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(IndexError::Busy(dir.to_owned())),
            Err(TryLockError::Error(source)) => Err(IndexError::Io { path, source }),
        }
    }
}

/// A generation that is being written, in a folder that nothing names yet.
pub(crate) struct Draft {
    dir: PathBuf,
    pub(crate) number: u64,
    pub(crate) folder: PathBuf,
}

impl Draft {
    /// Begins the generation after the latest one; removes what an interrupted build left behind.
    pub(crate) fn begin(dir: &Path) -> Result<Self, IndexError> {
        let mut latest = 0;
        for name in names(dir)? {
            if name.ends_with(PARTIAL) {
                let path = dir.join(&name);
                fs::remove_dir_all(&path).map_err(IndexError::io(&path))?;
            }
            latest = latest.max(number_of(&name).unwrap_or(0));
        }
        let number = latest + 1;
        let folder = dir.join(folder_name(number) + PARTIAL);
        let tantivy = folder.join(TANTIVY);
        fs::create_dir_all(&tantivy).map_err(IndexError::io(&tantivy))?;
        Ok(Self { dir: dir.to_owned(), number, folder })
    }

    /// Writes a file durably.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), IndexError> {
        write_durably(&self.folder.join(name), bytes)
    }

    /// Makes this the live generation and removes those older than the one it replaces.
    pub(crate) fn publish(self, manifest_sha256: &str) -> Result<(), IndexError> {
        let replaced = read_current(&self.dir).ok().flatten().map(|current| current.folder);
        sync_folder(&self.folder.join(TANTIVY))?;
        sync_folder(&self.folder)?;
        let name = folder_name(self.number);
        let folder = self.dir.join(&name);
        fs::rename(&self.folder, &folder).map_err(IndexError::io(&folder))?;
        sync_folder(&self.dir)?;
        let current = self.dir.join(CURRENT);
        let temporary = self.dir.join("CURRENT.new");
        write_durably(&temporary, format!("{name} {manifest_sha256}\n").as_bytes())?;
        fs::rename(&temporary, &current).map_err(IndexError::io(&current))?;
        sync_folder(&self.dir)?;
        for name in names(&self.dir)?.into_iter().filter(|name| number_of(name).is_some()) {
            let path = self.dir.join(&name);
            if path != folder && Some(&path) != replaced.as_ref() {
                fs::remove_dir_all(&path).map_err(IndexError::io(&path))?;
            }
        }
        Ok(())
    }
}

fn names(dir: &Path) -> Result<Vec<String>, IndexError> {
    let entries = fs::read_dir(dir).map_err(IndexError::io(dir))?;
    Ok(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect())
}

fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(IndexError::io(path))
}

fn sync_folder(path: &Path) -> Result<(), IndexError> {
    File::open(path).and_then(|folder| folder.sync_all()).map_err(IndexError::io(path))
}

/// Links a file that never changes into another folder; copies it where links are not possible.
pub(crate) fn link_file(from: &Path, to: &Path) -> Result<(), IndexError> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)).map_err(IndexError::io(to))
}

/// Links the files of a tantivy index into another folder, locks excepted.
pub(crate) fn link_tantivy(from: &Path, to: &Path) -> Result<(), IndexError> {
    for name in names(from)?.into_iter().filter(|name| !name.ends_with(".lock")) {
        link_file(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}
