//! Old word processor files (.doc, .wps, .rtf, .odt): turned into .docx by LibreOffice where it is installed.
//!
//! The converter is started from the program itself and not from behind the fence of the readers, where it could open
//! nothing it needs; it has a folder and a profile of its own and limits, and only its result goes to the DOCX reader.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::disguise;
use super::program::{self, ProgramError};
use super::{Emit, Isolation, Pending, RawDocument, Reading, Refusal, SourceFile};

/// Endings of the formats that need the converter.
pub(super) const EXTENSIONS: [&str; 7] = ["doc", "dot", "wps", "wpt", "rtf", "odt", "fodt"];
/// Names under which LibreOffice is installed.
const CONVERTERS: [&str; 2] = ["soffice", "libreoffice"];
/// Longest conversion: the first start on a slow machine takes ten seconds, long documents a few.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// What the converter may print, which is not read.
const MOST_OUTPUT: u64 = 1024 * 1024;

/// How files begin that the converter can do something with: compound files, RTF, packages, flat XML with and without a
/// mark. It is shown nothing else, for what it does not know it takes for text.
const BEGINNINGS: [&[u8]; 5] = [b"\xD0\xCF\x11\xE0", b"{\\rtf", b"PK\x03\x04", b"<", b"\xEF\xBB\xBF<"];

/// Why an old file was not converted (转换失败).
#[derive(Debug, thiserror::Error)]
enum ConversionError {
    #[error("{0} 是旧格式，不能直接读取；请用 Word 或 WPS 另存为 .docx，或在本机安装 LibreOffice 后重试")]
    NoConverter(String),
    #[error("LibreOffice 转换超过 {} 秒，请用 Word 或 WPS 另存为 .docx", TIME_LIMIT.as_secs())]
    Slow,
    #[error("LibreOffice 未能转换此文件，文件可能已损坏或有密码；请用 Word 或 WPS 另存为 .docx")]
    NoResult,
    #[error("无法转换：{0}")]
    Io(#[from] io::Error),
}

/// Hands a file back to whoever can start the converter.
pub(super) fn hand_back(source: &SourceFile, emit: Emit<'_>) {
    emit(source.bytes().and_then(|(bytes, raw)| {
        if BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning)) && !disguise::is_other_compound(&bytes) {
            return Ok(RawDocument { pending: Some(Pending::Conversion), ..raw });
        }
        let format = source.extension.to_uppercase();
        Err(source.refuse(format!("内容不是 {format} 文件，可能已损坏或改过扩展名，请用 Word 或 WPS 另存为 .docx")))
    }));
}

/// Converts a file and reads what came out.
pub(super) fn read(raw: &RawDocument, isolation: &Isolation, emit: Emit<'_>) -> Reading {
    let refuse = |reason: String| Refusal { name: raw.name.clone(), reason };
    let Some(original) = &raw.original else { return Reading::Finished };
    let converted = Converted::make(&original.bytes, &original.extension).map_err(|error| refuse(error.to_string()));
    let opened = converted.and_then(|converted| {
        let made = SourceFile::open(&converted.path, None).map_err(|refusal| refuse(refusal.reason))?;
        Ok((converted, made))
    });
    match opened {
        Ok((_folder, made)) => super::read(&made, isolation, &mut |item| {
            emit(item.map(|words| named(words, raw)).map_err(|refusal| refuse(refusal.reason)));
        }),
        Err(refusal) => {
            emit(Err(refusal));
            Reading::Finished
        }
    }
}

/// The words of the converted file under the name of the published one.
fn named(words: RawDocument, raw: &RawDocument) -> RawDocument {
    let raw = raw.clone();
    RawDocument {
        name: raw.name,
        location: raw.location,
        sha256: raw.sha256,
        stem: raw.stem,
        folders: raw.folders,
        original: raw.original,
        ..words
    }
}

/// A converted file in a folder that goes when it goes.
struct Converted {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Converted {
    fn make(bytes: &[u8], extension: &str) -> Result<Self, ConversionError> {
        let folder = tempfile::tempdir()?;
        let given = folder.path().join("source").with_extension(extension);
        fs::write(&given, bytes)?;
        convert(folder.path(), &given, extension)?;
        let path = folder.path().join("made").join("source.docx");
        if path.is_file() { Ok(Self { path, _folder: folder }) } else { Err(ConversionError::NoResult) }
    }
}

fn convert(folder: &Path, given: &Path, extension: &str) -> Result<(), ConversionError> {
    for converter in CONVERTERS {
        let mut profile = OsString::from("-env:UserInstallation=file://");
        profile.push(folder.join("profile"));
        let mut command = Command::new(converter);
        command
            .arg(profile)
            .args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to"])
            .args(["docx:MS Word 2007 XML", "--outdir"])
            .arg(folder.join("made"))
            .arg(given)
            .current_dir(folder)
            .process_group(0);
        return match program::run(command, TIME_LIMIT, MOST_OUTPUT) {
            Err(ProgramError::Missing) => continue,
            Err(ProgramError::Start(error)) => Err(error.into()),
            Err(ProgramError::Slow(_)) => Err(ConversionError::Slow),
            Ok(_) | Err(ProgramError::Talkative(_)) => Ok(()),
        };
    }
    Err(ConversionError::NoConverter(extension.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_rtf_file_is_converted_where_libreoffice_is_installed() {
        let rtf = br"{\rtf1\ansi\uc1 \u31532?\u19968?\u26465? abc\par}";
        match Converted::make(rtf, "rtf") {
            Ok(converted) => {
                let bytes = fs::read(&converted.path).unwrap();
                assert!(bytes.starts_with(b"PK"));
            }
            Err(ConversionError::NoConverter(_)) => println!("skipped: no LibreOffice on this machine"),
            Err(error) => panic!("{error}"),
        }
    }
}
