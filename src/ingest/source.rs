//! A source file (来源文件): found, measured and hashed before anything in it is believed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::{RawDocument, Refusal, format_of};
use crate::corpus::Original;
use crate::policy::sha256_hex;

/// Largest file, and largest line of a collection: the longest published texts are some 3 MiB, saved pages with pictures
/// in them some 20 MiB.
pub(super) const MAX_BYTES: u64 = 32 * MIB;
const MIB: u64 = 1024 * 1024;

/// A file that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its absolute path: the name under which the library remembers it.
    pub location: String,
    /// Its ending in lower case, without the dot.
    pub extension: String,
    /// Folders between the source named by the operator and the file.
    pub folders: Vec<String>,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What it is called and holds, when it is a member of an archive and lies nowhere.
    inside: Option<Inside>,
}

/// A member of an archive (压缩包成员): read from memory, never unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Inside {
    name: String,
    bytes: Arc<[u8]>,
}

impl SourceFile {
    /// Measures and hashes a file; `base` is the folder the operator named.
    pub fn open(path: &Path, base: Option<&Path>) -> Result<Self, Refusal> {
        let extension = extension_of(path);
        let mut source = Self {
            path: path.to_owned(),
            location: String::new(),
            extension,
            folders: folders(path, base),
            sha256: String::new(),
            inside: None,
        };
        let Some(format) = format_of(&source.extension) else {
            return Err(source.refuse(super::unsupported(&source.extension)));
        };
        let failed = |error: &io::Error| source.refuse(format!("无法读取：{error}"));
        let location = path.canonicalize().map_err(|error| failed(&error))?;
        let length = std::fs::metadata(path).map_err(|error| failed(&error))?.len();
        if length == 0 {
            return Err(source.refuse("文件是空的"));
        }
        if format.single && length > MAX_BYTES {
            return Err(source.refuse(too_large(length)));
        }
        let sha256 = hash(path).map_err(|error| failed(&error))?;
        source.location = location.to_string_lossy().into_owned();
        source.sha256 = sha256;
        Ok(source)
    }

    /// The file another process asks to be read.
    pub(super) fn asked(path: PathBuf, location: &str, extension: &str, folders: &[String], sha256: &str) -> Self {
        Self {
            path,
            location: location.to_owned(),
            extension: extension.to_owned(),
            folders: folders.to_vec(),
            sha256: sha256.to_owned(),
            inside: None,
        }
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
        let folders = self.path.file_stem().map(Path::new).into_iter().chain(within.parent());
        let folders = folders.flat_map(Path::components).map(|part| part.as_os_str().to_string_lossy().into_owned());
        let source = Self {
            path: self.path.join(member),
            location: format!("{}!{member}", self.location),
            extension: extension_of(within),
            folders: self.folders.iter().cloned().chain(folders).collect(),
            sha256: sha256_hex(&bytes),
            inside: Some(Inside { name: format!("{}!{member}", self.name()), bytes: bytes.into() }),
        };
        let single = format_of(&source.extension).is_some_and(|format| format.single);
        let length = source.inside.as_ref().map_or(0, |inside| inside.bytes.len()) as u64;
        match length {
            0 => Err(source.refuse("文件是空的")),
            _ if single && length > MAX_BYTES => Err(source.refuse(too_large(length))),
            _ => Ok(source),
        }
    }

    /// Its name, as messages give it.
    #[must_use]
    pub fn name(&self) -> String {
        self.inside.as_ref().map_or_else(|| self.path.display().to_string(), |inside| inside.name.clone())
    }

    /// Its content, to be read piece by piece.
    pub(super) fn lines(&self) -> Result<Box<dyn BufRead>, Refusal> {
        match &self.inside {
            Some(inside) => Ok(Box::new(Cursor::new(Arc::clone(&inside.bytes)))),
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
            stem: self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
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
