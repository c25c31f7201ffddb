//! Packages (压缩包): ZIP containers such as DOCX, XLSX and OFD, read within limits that hold while reading.
//!
//! Nothing is ever written to disk, and no size that the package states about itself is believed.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::read::ZipFileEntry;
use zip::result::ZipError;

/// Most members: the largest real document packages hold some hundreds.
const MAX_ENTRIES: usize = 2000;
/// Most bytes all members give together, counted as they come.
const MAX_INFLATED: u64 = 64 * 1024 * 1024;
/// Most bytes a packed byte may give. The text of office documents gives 5 to 30.
const MAX_RATIO: u64 = 100;
/// Bytes a member may give whatever it is packed into: an almost empty sheet shrinks more than a hundredfold.
const RATIO_FLOOR: u64 = 1024 * 1024;

/// The record that ends a ZIP file, its fixed length, and where in it the count of members stands.
const END_RECORD: (&[u8], usize, usize) = (b"PK\x05\x06", 22, 10);
/// The same of a large one, which stands before it.
const END_RECORD_64: (&[u8], usize, usize) = (b"PK\x06\x06", 56, 32);
/// How far from the end that record may be: its comment has at most 65,535 bytes, the large one stands just before.
const END_WITHIN: usize = 65_535 + 22 + 20 + 56;

/// Bit of the flags saying that the name is UTF-8.
const UTF8_NAME: u16 = 1 << 11;
/// Bits of the mode that say what kind of file it is, and the kinds that are read: none stated, file, folder.
const KIND_OF_FILE: (u32, [u32; 3]) = (0o170_000, [0, 0o100_000, 0o040_000]);

/// Why a package, or a member of it, is not read (压缩包拒收).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum PackageError {
    #[error("不是完整的 ZIP 压缩包（{0}），请重新导出或重新下载")]
    Damaged(String),
    #[error("压缩包中有 {0} 个文件，超过 {MAX_ENTRIES} 个的上限")]
    TooManyEntries(u64),
    #[error("压缩包中“{0}”解压后超过 {limit} MiB 的上限，疑为压缩炸弹", limit = MAX_INFLATED / (1024 * 1024))]
    TooLarge(String),
    #[error("压缩包中“{0}”的压缩比超过 {MAX_RATIO}，疑为压缩炸弹")]
    Ratio(String),
    #[error("压缩包中“{0}”的路径不安全（绝对路径、上级目录或控制字符）")]
    UnsafeName(String),
    #[error("压缩包中“{0}”重名，无法确定以哪个为准")]
    Duplicate(String),
    #[error("压缩包中有文件重名，无法确定以哪个为准")]
    Duplicates,
    #[error("压缩包中“{0}”是链接或特殊文件")]
    Special(String),
    #[error("压缩包中“{0}”已加密，请去掉密码后再导入")]
    Encrypted(String),
    #[error("压缩包中“{0}”的压缩方法不受支持，请用普通 ZIP 方式重新压缩")]
    Method(String),
    #[error("压缩包中没有“{0}”")]
    Missing(String),
    #[error("压缩包中“{name}”已损坏（{cause}）")]
    DamagedMember { name: String, cause: String },
}

/// A member of a package.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Its path inside, with `/` between folders and none before.
    pub(super) name: String,
    /// Why it may not be read.
    pub(super) fault: Option<PackageError>,
    index: usize,
}

/// A package whose members can be read by name.
#[derive(Debug)]
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    length: u64,
    members: Vec<Member>,
    by_name: HashMap<String, usize>,
    inflated: u64,
}

impl<'b> Package<'b> {
    /// Opens a document package; one bad member makes all of it bad, for no honest program writes such.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, PackageError> {
        let package = Self::open_archive(bytes)?;
        match package.members.iter().find_map(|member| member.fault.clone()) {
            Some(fault) => Err(fault),
            None => Ok(package),
        }
    }

    /// Opens an archive that people packed by hand; each bad member is marked.
    pub(super) fn open_archive(bytes: &'b [u8]) -> Result<Self, PackageError> {
        if let Some(entries) = stated_entries(bytes).filter(|entries| *entries > MAX_ENTRIES as u64) {
            return Err(PackageError::TooManyEntries(entries));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| PackageError::Damaged(words(&error)))?;
        if archive.len() > MAX_ENTRIES {
            return Err(PackageError::TooManyEntries(archive.len() as u64));
        }
        if archive.has_duplicate_names() {
            return Err(PackageError::Duplicates);
        }
        let length = bytes.len() as u64;
        let mut package = Self { archive, length, members: Vec::new(), by_name: HashMap::new(), inflated: 0 };
        package.list()?;
        Ok(package)
    }

    /// Lists the members that are no folders.
    fn list(&mut self) -> Result<(), PackageError> {
        let utf8 = self.names_are_utf8();
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_data(index).map_err(|error| PackageError::Damaged(words(&error)))?;
            let name = decoded_name(&entry, utf8).replace('\\', "/");
            if name.ends_with('/') && entry.size() == 0 {
                continue;
            }
            let (name, mut fault) = match safe_name(&name) {
                Some(name) => (name, fault_of(&entry)),
                None => (name.escape_debug().to_string(), Some(PackageError::UnsafeName as fn(String) -> _)),
            };
            let at = self.members.len();
            if self.by_name.insert(name.clone(), at).is_some() {
                fault = Some(PackageError::Duplicate);
            }
            self.members.push(Member { fault: fault.map(|fault| fault(name.clone())), name, index });
        }
        for (at, member) in self.members.iter().enumerate() {
            self.by_name.entry(member.name.to_lowercase()).or_insert(at);
        }
        Ok(())
    }

    /// Whether the names without a flag are UTF-8 all the same, as macOS writes them: one that is not decides for all.
    fn names_are_utf8(&self) -> bool {
        self.archive.file_names_raw().all(|name| std::str::from_utf8(name).is_ok())
    }

    /// The members, in the order of the package's directory.
    pub(super) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The names of the members, in the order of the package's directory.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.as_str())
    }

    /// Whether there is a member of this name, whatever its case.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&Member> {
        let name = safe_name(name.trim_start_matches('/'))?;
        let at = self.by_name.get(&name).or_else(|| self.by_name.get(&name.to_lowercase()))?;
        self.members.get(*at)
    }

    /// Reads a member. The name may begin with `/`; its case counts only where two differ in nothing else.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>, PackageError> {
        let member = self.find(name).cloned().ok_or_else(|| PackageError::Missing(name.to_owned()))?;
        self.read_member(member)
    }

    /// Reads a member as listed, if it may be read.
    pub(super) fn read_member(&mut self, Member { name, fault, index }: Member) -> Result<Vec<u8>, PackageError> {
        if let Some(fault) = fault {
            return Err(fault);
        }
        let entry = self.archive.by_index(index).map_err(|error| member_error(&name, &error))?;
        let by_ratio = entry.compressed_size().min(self.length).saturating_mul(MAX_RATIO).max(RATIO_FLOOR);
        let left = MAX_INFLATED.saturating_sub(self.inflated);
        let limit = by_ratio.min(left);
        let mut bytes = Vec::new();
        let outcome = entry.take(limit + 1).read_to_end(&mut bytes);
        self.inflated += bytes.len() as u64;
        if bytes.len() as u64 > limit {
            return Err(if limit == left { PackageError::TooLarge(name) } else { PackageError::Ratio(name) });
        }
        outcome.map_err(|error| PackageError::DamagedMember { name, cause: error.to_string() })?;
        Ok(bytes)
    }

    /// Bytes all members gave so far.
    pub(super) fn inflated(&self) -> u64 {
        self.inflated
    }

    /// Counts bytes that others gave, such as the archive this one lies in.
    pub(super) fn count(&mut self, inflated: u64) {
        self.inflated = inflated;
    }

    /// Whether nothing more may be read.
    pub(super) fn is_spent(&self) -> bool {
        self.inflated > MAX_INFLATED
    }

    /// Reads every member once within the limits, for a reader that will hand the bytes to a library of its own.
    pub(super) fn check(&mut self) -> Result<(), PackageError> {
        self.members.clone().into_iter().try_for_each(|member| self.read_member(member).map(drop))
    }
}

/// How many members the package says it has, before anything is made of them.
fn stated_entries(bytes: &[u8]) -> Option<u64> {
    let tail = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    let record = |(mark, length, at): (&[u8], usize, usize)| {
        let start = tail.windows(mark.len()).rposition(|window| window == mark)?;
        tail.get(start..start + length).map(|record| &record[at..])
    };
    let count = u64::from(u16::from_le_bytes(record(END_RECORD)?.first_chunk().copied()?));
    match record(END_RECORD_64).and_then(|count| count.first_chunk().copied()) {
        Some(count) => Some(u64::from_le_bytes(count)),
        None => Some(count),
    }
}

/// The name as its writer meant it: UTF-8 where it says so, GB18030 otherwise, as Windows in China writes.
fn decoded_name(entry: &ZipFileEntry<'_>, utf8: bool) -> String {
    let raw = entry.name_raw();
    match std::str::from_utf8(raw) {
        Ok(name) if utf8 || entry.flags().as_u16() & UTF8_NAME != 0 => name.to_owned(),
        _ => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// The name without empty parts, unless it leads out of the package or hides something.
fn safe_name(name: &str) -> Option<String> {
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || drive || name.chars().any(char::is_control) {
        return None;
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    (!parts.is_empty() && !parts.contains(&"..")).then(|| parts.join("/"))
}

fn fault_of(entry: &ZipFileEntry<'_>) -> Option<fn(String) -> PackageError> {
    let (mask, kinds) = KIND_OF_FILE;
    if entry.encrypted() {
        Some(PackageError::Encrypted)
    } else if entry.is_symlink() || entry.unix_mode().is_some_and(|mode| !kinds.contains(&(mode & mask))) {
        Some(PackageError::Special)
    } else {
        None
    }
}

fn member_error(name: &str, error: &ZipError) -> PackageError {
    match error {
        ZipError::CompressionMethodNotSupported(_) => PackageError::Method(name.to_owned()),
        _ => PackageError::DamagedMember { name: name.to_owned(), cause: words(error) },
    }
}

/// What is wrong, in as few words as an operator can use.
fn words(error: &ZipError) -> String {
    match error {
        ZipError::Io(_) => "内容不全".to_owned(),
        ZipError::InvalidArchive(_) => "目录缺失或有误".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn members_are_found_whatever_their_case_and_read_within_the_limits() {
        let bytes = packed(&[("OFD.xml", b"<a/>"), ("Doc_0/x.xml", &[b' '; 900_000])]);
        let mut package = Package::open(&bytes).unwrap();
        assert_eq!(package.names().collect::<Vec<_>>(), ["OFD.xml", "Doc_0/x.xml"]);
        assert_eq!(package.read("ofd.XML").unwrap(), b"<a/>");
        assert_eq!(package.read("/Doc_0/./x.xml").unwrap().len(), 900_000, "small members may shrink as they like");
        assert_eq!(package.read("none"), Err(PackageError::Missing("none".to_owned())));
        assert!(!package.contains("../OFD.xml"));
    }

    #[test]
    fn bombs_are_stopped_while_they_inflate() {
        let bytes = packed(&[("bomb.xml", &vec![0; 8 << 20])]);
        assert!(matches!(Package::open(&bytes).unwrap().read("bomb.xml"), Err(PackageError::Ratio(_))));
        let names: Vec<String> = (0..80).map(|n| n.to_string()).collect();
        let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), [0; 1_000_000].as_slice())).collect();
        let bytes = packed(&many);
        assert!(matches!(Package::open(&bytes).unwrap().check(), Err(PackageError::TooLarge(_))));
        let names: Vec<String> = (0..=MAX_ENTRIES).map(|n| n.to_string()).collect();
        let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        assert_eq!(Package::open(&packed(&many)).unwrap_err(), PackageError::TooManyEntries(2001));
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        for name in ["../a.txt", "a/../../b", "/etc/passwd", "C:\\a.txt", "..\\a.txt", "a\u{1b}[2J.txt"] {
            let bytes = packed(&[("good.txt", b"1"), (name, b"2")]);
            assert!(matches!(Package::open(&bytes), Err(PackageError::UnsafeName(_))), "{name}");
            let mut archive = Package::open_archive(&bytes).unwrap();
            assert_eq!(archive.read("good.txt").unwrap(), b"1");
            assert!(archive.members()[1].fault.is_some());
        }
    }

    #[test]
    fn damage_is_an_error() {
        let bytes = packed(&[("a.txt", b"some words to pack"), ("b.txt", &[7; 5000])]);
        for cut in 0..bytes.len() {
            let _ = Package::open(&bytes[..cut]).map(|mut package| package.check());
            let mut flipped = bytes.clone();
            flipped[cut] ^= 0xff;
            let _ = Package::open(&flipped).map(|mut package| package.check());
        }
        assert!(matches!(Package::open(&bytes[..bytes.len() - 30]), Err(PackageError::Damaged(_))));
    }
}
