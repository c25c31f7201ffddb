//! Old word processor files (.doc, .wps, .rtf, .odt): turned into .docx by LibreOffice where it is installed.
//!
//! The converter is started from the program itself and not from behind the fence of the readers, where it could open
//! nothing it needs; it has a folder and a profile of its own, a time limit, and only its result goes to the DOCX reader.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::{Emit, Isolation, RawDocument, SourceFile};

/// Endings of the formats that need the converter.
pub(super) const EXTENSIONS: [&str; 7] = ["doc", "dot", "wps", "wpt", "rtf", "odt", "fodt"];
/// Names under which LibreOffice is installed.
const CONVERTERS: [&str; 2] = ["soffice", "libreoffice"];
/// Longest conversion: the first start on a slow machine takes ten seconds, long documents a few.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// How often the converter is asked whether it is done.
const PAUSE: Duration = Duration::from_millis(20);

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

/// Refuses a file that lies where no converter can be started: in an archive.
pub(super) fn refuse(source: &SourceFile, emit: Emit<'_>) {
    let format = source.extension.to_uppercase();
    emit(Err(source.refuse(format!("压缩包中的 {format} 不能就地转换，请解压后导入，或另存为 .docx"))));
}

/// Converts a file and reads what came out.
pub(super) fn read(source: &SourceFile, isolation: &Isolation, emit: Emit<'_>) {
    let (bytes, raw) = match source.bytes() {
        Ok(read) => read,
        Err(refusal) => return emit(Err(refusal)),
    };
    let converted = Converted::make(&bytes, &source.extension);
    drop(bytes);
    let open = |converted: Converted| {
        let made = SourceFile::open(&converted.path, None).map_err(|refusal| refusal.reason)?;
        Ok::<_, String>((converted, made))
    };
    match converted.map_err(|error| error.to_string()).and_then(open) {
        Ok((_folder, made)) => super::read(&made, isolation, &mut |item| {
            emit(item.map(|words| named(words, &raw)).map_err(|refusal| source.refuse(refusal.reason)));
        }),
        Err(reason) => emit(Err(source.refuse(reason))),
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
        let mut child = start(folder.path(), &given, extension)?;
        let outcome = wait(&mut child);
        // Whatever it started ends with it.
        if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = child.wait();
        outcome?;
        let path = folder.path().join("made").join("source.docx");
        if path.is_file() { Ok(Self { path, _folder: folder }) } else { Err(ConversionError::NoResult) }
    }
}

fn start(folder: &Path, given: &Path, extension: &str) -> Result<Child, ConversionError> {
    for program in CONVERTERS {
        let mut profile = std::ffi::OsString::from("-env:UserInstallation=file://");
        profile.push(folder.join("profile"));
        let started = Command::new(program)
            .arg(profile)
            .args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to"])
            .args(["docx:MS Word 2007 XML", "--outdir"])
            .arg(folder.join("made"))
            .arg(given)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        match started {
            Ok(child) => return Ok(child),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ConversionError::NoConverter(extension.to_uppercase()))
}

fn wait(child: &mut Child) -> Result<(), ConversionError> {
    let begun = Instant::now();
    while child.try_wait()?.is_none() {
        if begun.elapsed() > TIME_LIMIT {
            return Err(ConversionError::Slow);
        }
        std::thread::sleep(PAUSE);
    }
    Ok(())
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
