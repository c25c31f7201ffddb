//! A source file (来源文件): found, measured and hashed before anything in it is believed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{RawDocument, Refusal, format_of};
use crate::corpus::Original;
use crate::policy::sha256_hex;

/// Largest file, and largest line of a collection: the longest published texts are some 3 MiB, saved pages with pictures
/// in them some 20 MiB.
pub(super) const MAX_BYTES: u64 = 32 * MIB;
const MIB: u64 = 1024 * 1024;

/// A file that can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Where it lies; another process is told apart, for a path may be no text.
    #[serde(skip)]
    pub path: PathBuf,
    /// Its absolute path or its address on the web: the name under which the library remembers it.
    pub location: String,
    /// Its ending in lower case, without the dot.
    pub extension: String,
    /// Folders between the source named by the operator and the file.
    pub folders: Vec<String>,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What it is called, when that is not its path.
    called: Option<String>,
    /// What it holds, when it is a member of an archive: it is read from memory, never unpacked.
    #[serde(skip)]
    held: Option<Arc<[u8]>>,
}

impl SourceFile {
    /// Measures and hashes a file; `base` is the folder the operator named.
    pub fn open(path: &Path, base: Option<&Path>) -> Result<Self, Refusal> {
        let source = Self {
            path: path.to_owned(),
            location: String::new(),
            extension: extension_of(path),
            folders: folders(path, base),
            sha256: String::new(),
            called: None,
            held: None,
        };
        let mut source = source.measured()?;
        let location = path.canonicalize().map_err(|error| source.refuse(format!("无法读取：{error}")))?;
        source.location = location.to_string_lossy().into_owned();
        Ok(source)
    }

    /// Measures and hashes what was fetched from an address on the web into a file; the address is its name, and
    /// `extension` (without the dot) says what it is.
    pub fn fetched(path: &Path, url: &str, extension: &str) -> Result<Self, Refusal> {
        let source = Self {
            path: path.to_owned(),
            location: url.to_owned(),
            extension: extension.to_lowercase(),
            folders: Vec::new(),
            sha256: String::new(),
            called: Some(url.to_owned()),
            held: None,
        };
        source.measured()
    }

    /// The file with its digest, if it is of a known format and within the limits.
    fn measured(mut self) -> Result<Self, Refusal> {
        let Some(format) = format_of(&self.extension) else {
            return Err(self.refuse(super::unsupported(&self.extension)));
        };
        let failed = |error: &io::Error| self.refuse(format!("无法读取：{error}"));
        let length = std::fs::metadata(&self.path).map_err(|error| failed(&error))?.len();
        if length == 0 {
            return Err(self.refuse("文件是空的"));
        }
        if format.single && length > MAX_BYTES {
            return Err(self.refuse(too_large(length)));
        }
        self.sha256 = hash(&self.path).map_err(|error| failed(&error))?;
        Ok(self)
    }

    /// The file another process asks to be read, where it says it lies.
    pub(super) fn at(self, path: PathBuf) -> Self {
        Self { path, ..self }
    }

    /// Refuses a member of this archive that no reader knows, before it is unpacked.
    pub(super) fn member_format(&self, member: &str) -> Result<(), Refusal> {
        let extension = extension_of(Path::new(member));
        let refuse = |_| Refusal { name: format!("{}!{member}", self.name()), reason: super::unsupported(&extension) };
        format_of(&extension).map(drop).ok_or(()).map_err(refuse)
    }

    /// A member of this archive, by its path inside.
    pub(super) fn member(&self, member: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        let within = Path::new(member);
        let folders = within.parent().into_iter().flat_map(Path::components);
        let folders = folders.map(|part| part.as_os_str().to_string_lossy().into_owned());
        let source = Self {
            path: self.path.join(member),
            location: format!("{}!{member}", self.location),
            extension: extension_of(within),
            folders: self.folders.iter().cloned().chain([self.stem()]).chain(folders).collect(),
            sha256: sha256_hex(&bytes),
            called: Some(format!("{}!{member}", self.name())),
            held: Some(bytes.into()),
        };
        let single = format_of(&source.extension).is_some_and(|format| format.single);
        let length = source.held.as_ref().map_or(0, |bytes| bytes.len()) as u64;
        match length {
            0 => Err(source.refuse("文件是空的")),
            _ if single && length > MAX_BYTES => Err(source.refuse(too_large(length))),
            _ => Ok(source),
        }
    }

    /// A file that lies in memory alone.
    pub(super) fn in_memory(name: &str, bytes: &[u8]) -> Self {
        Self {
            path: PathBuf::from(name),
            location: name.to_owned(),
            extension: extension_of(Path::new(name)),
            folders: Vec::new(),
            sha256: sha256_hex(bytes),
            called: Some(name.to_owned()),
            held: Some(bytes.into()),
        }
    }

    /// Its name, as messages give it.
    #[must_use]
    pub fn name(&self) -> String {
        self.called.clone().unwrap_or_else(|| self.path.display().to_string())
    }

    /// Its file name without the ending; of an address, the last part of the path.
    pub(super) fn stem(&self) -> String {
        let is_address = self.called.is_some() && self.held.is_none();
        let address = self.location.split(['?', '#']).next().unwrap_or_default();
        let path = if is_address { Path::new(address) } else { &self.path };
        path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Its content, to be read piece by piece.
    pub(super) fn lines(&self) -> Result<Box<dyn BufRead>, Refusal> {
        match &self.held {
            Some(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            None => match File::open(&self.path) {
                Ok(file) => Ok(Box::new(BufReader::new(file))),
                Err(error) => Err(self.refuse(format!("无法读取：{error}"))),
            },
        }
    }

    /// Its whole content, as it was when it was hashed.
    pub(super) fn content(&self, most: u64) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let outcome = self.lines()?.take(most + 1).read_to_end(&mut bytes);
        outcome.map_err(|error| self.refuse(format!("无法读取：{error}")))?;
        if bytes.len() as u64 > most {
            return Err(self.refuse(format!("文件超过 {} MiB 的上限", most / MIB)));
        }
        if sha256_hex(&bytes) != self.sha256 {
            return Err(self.refuse("读取时文件正在变化，请稍后重试"));
        }
        Ok(bytes)
    }

    /// Refuses the file.
    #[must_use]
    pub fn refuse(&self, reason: impl Into<String>) -> Refusal {
        Refusal { name: self.name(), reason: reason.into() }
    }

    /// The bytes of a file that is one document, and a raw document with everything but the text filled in.
    pub(super) fn bytes(&self) -> Result<(Vec<u8>, RawDocument), Refusal> {
        let bytes = self.content(MAX_BYTES)?;
        let raw = RawDocument {
            original: Some(Original { bytes: bytes.clone(), extension: self.extension.clone() }),
            ..self.blank()
        };
        Ok((bytes, raw))
    }

    /// A raw document of this file, still without text.
    pub(super) fn blank(&self) -> RawDocument {
        RawDocument {
            name: self.name(),
            location: self.location.clone(),
            sha256: self.sha256.clone(),
            stem: self.stem(),
            folders: self.folders.clone(),
            ..RawDocument::default()
        }
    }
}

fn extension_of(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn too_large(length: u64) -> String {
    format!("文件有 {} MiB，超过 {} MiB 的上限，请拆分", length.div_ceil(MIB), MAX_BYTES / MIB)
}

/// The names of the folders from the one named by the operator down to the file.
fn folders(path: &Path, base: Option<&Path>) -> Vec<String> {
    let Some(base) = base else { return Vec::new() };
    let above = base.file_name().map(Path::new).into_iter();
    let below = path.strip_prefix(base).ok().and_then(Path::parent);
    above.chain(below).flat_map(Path::components).map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}

/// Hashes a file of any size in constant memory.
fn hash(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block)? {
            0 => break,
            read => hasher.update(&block[..read]),
        }
    }
    Ok(hasher.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        use std::fmt::Write as _;
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_fetched_is_called_by_its_address() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "第一条").unwrap();
        let url = "https://www.example.gov.cn/art/t2025_12.html?from=list#top";
        let source = SourceFile::fetched(file.path(), url, "HTML").unwrap();
        assert_eq!((source.name(), source.location.as_str(), source.extension.as_str()), (url.to_owned(), url, "html"));
        assert_eq!((source.stem().as_str(), source.blank().location.as_str()), ("t2025_12", url));
        assert_eq!(source.content(MAX_BYTES).unwrap(), "第一条".as_bytes());
        assert_eq!(SourceFile::fetched(file.path(), url, "exe").unwrap_err().name, url);
        let member = SourceFile::fetched(file.path(), url, "zip").unwrap().member("甲/乙.txt", b"x".to_vec()).unwrap();
        assert_eq!((member.name(), member.stem()), (format!("{url}!甲/乙.txt"), "乙".to_owned()));
    }
}
