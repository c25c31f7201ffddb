//! The document store (文件库): append-only files of records, read by memory map.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use memmap2::Mmap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::IndexError;
use super::manifest::Seal;
use super::record::Record;
use crate::policy::{ClauseNode, PolicyDocument};

/// Where a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Location {
    /// The number of the file.
    pub(crate) file: u64,
    /// First byte.
    pub(crate) offset: u64,
    /// Bytes.
    pub(crate) length: u32,
}

/// Name of the file of records that a generation adds.
pub(crate) fn file_name(number: u64) -> String {
    format!("documents-{number}.dat")
}

/// Maps a file into memory.
#[expect(unsafe_code, reason = "the one place where a file is mapped")]
pub(crate) fn map(path: &Path) -> io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: files of a generation are written before `CURRENT` names it and never changed or truncated afterwards;
    // the index folder belongs to the service's own user. Deleting a mapped file leaves the map intact.
    unsafe { Mmap::map(&file) }
}

/// Writes a new file of records.
pub(crate) struct StoreWriter {
    path: PathBuf,
    number: u64,
    file: BufWriter<File>,
    offset: u64,
    hasher: Sha256,
}

impl StoreWriter {
    pub(crate) fn create(folder: &Path, number: u64) -> Result<Self, IndexError> {
        let path = folder.join(file_name(number));
        let file = File::create(&path).map_err(IndexError::io(&path))?;
        Ok(Self { path, number, file: BufWriter::with_capacity(1 << 20, file), offset: 0, hasher: Sha256::new() })
    }

    /// Appends a document.
    pub(crate) fn add(&mut self, document: &PolicyDocument) -> Result<Location, IndexError> {
        self.append(&Record::encode(document)?)
    }

    /// Appends a record as it is.
    pub(crate) fn append(&mut self, record: &[u8]) -> Result<Location, IndexError> {
        let length = u32::try_from(record.len()).map_err(|_| IndexError::TooLarge(self.path.display().to_string()))?;
        self.file.write_all(record).map_err(IndexError::io(&self.path))?;
        self.hasher.update(record);
        let location = Location { file: self.number, offset: self.offset, length };
        self.offset += u64::from(length);
        Ok(location)
    }

    /// Makes the file durable; none when nothing was written.
    pub(crate) fn finish(self) -> Result<Option<Seal>, IndexError> {
        let io = |source| IndexError::Io { path: self.path.clone(), source };
        let file = self.file.into_inner().map_err(|error| io(error.into_error()))?;
        file.sync_all().map_err(io)?;
        if self.offset == 0 {
            std::fs::remove_file(&self.path).map_err(io)?;
            return Ok(None);
        }
        let sha256 = self.hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Some(Seal { name: file_name(self.number), bytes: self.offset, sha256 }))
    }
}

/// Reads records.
pub(crate) struct Store {
    folder: PathBuf,
    maps: Vec<(u64, Mmap)>,
}

impl Store {
    /// Maps the files of these numbers.
    pub(crate) fn open(folder: &Path, numbers: impl IntoIterator<Item = u64>) -> Result<Self, IndexError> {
        let mut maps = Vec::new();
        for number in numbers {
            let path = folder.join(file_name(number));
            maps.push((number, map(&path).map_err(IndexError::io(&path))?));
        }
        Ok(Self { folder: folder.to_owned(), maps })
    }

    /// The bytes of a record.
    pub(crate) fn bytes(&self, at: &Location) -> Result<&[u8], IndexError> {
        let start = usize::try_from(at.offset).unwrap_or(usize::MAX);
        self.maps
            .iter()
            .find(|(number, _)| *number == at.file)
            .and_then(|(_, map)| map.get(start..start.checked_add(at.length as usize)?))
            .ok_or_else(|| IndexError::damaged(&self.path(at), "记录的位置超出文件"))
    }

    /// Text and outline of a record.
    pub(crate) fn read(&self, at: &Location) -> Result<(&str, Vec<ClauseNode>), IndexError> {
        let record = Record::decode(self.bytes(at)?);
        let record = record.map_err(|error| IndexError::damaged(&self.path(at), error.to_string()))?;
        Ok((record.text, record.nodes.into_owned()))
    }

    /// The file that holds a record.
    pub(crate) fn path(&self, at: &Location) -> PathBuf {
        self.folder.join(file_name(at.file))
    }
}
