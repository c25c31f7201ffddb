//! Recognition (文字识别): a program of the operator's choice reads scans.
//!
//! It needs minutes, models and a folder to write to, and so runs outside of the fence of the readers, within limits of
//! its own; only the text it gives is read.

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::time::Duration;

use super::count_characters;
use super::pdf::legible_text;
use super::program::{self, ProgramError};
use super::{RawDocument, Tools};

/// A page takes a program some seconds; a file of hundreds of pages is better recognised beforehand.
const LIMIT: Duration = Duration::from_secs(600);
/// Text of a thousand full pages is some 5 MiB.
const MOST_OUTPUT: u64 = 16 * 1024 * 1024;

/// Fills in the text of a scan, or refuses it: for the `reason` its reader gave, where no program is named.
pub(super) fn fill_in(raw: RawDocument, reason: String, tools: &Tools) -> Result<RawDocument, String> {
    let (Some(command), Some(original)) = (&tools.ocr_command, &raw.original) else { return Err(reason) };
    let text = recognise(command, &original.bytes).map_err(|reason| format!("识别程序（--ocr-command）{reason}"))?;
    legible_text(&text)?;
    Ok(RawDocument { characters: count_characters(&text), text, recognised: true, ..raw })
}

/// Recognises a PDF with the operator's command; pages come back parted by form feeds.
///
/// The command is split at white space and run without a shell. `{input}` becomes the file's path (it is put at the end
/// when the command does not name it); when the command names `{output}`, it is read as a text file afterwards, else what
/// the command prints is the text.
fn recognise(command: &str, pdf: &[u8]) -> Result<String, String> {
    let place = tempfile::tempdir();
    let folder = place.map_err(|error| format!("无处存放结果：{error}"))?;
    let (input, output) = (folder.path().join("source.pdf"), folder.path().join("recognised.txt"));
    fs::write(&input, pdf).map_err(|error| format!("无处存放 PDF：{error}"))?;
    let mut words = command.split_whitespace();
    let name = words.next().ok_or_else(|| "是空的".to_owned())?;
    let mut program = Command::new(name);
    program.process_group(0);
    for word in words {
        program.arg(word.replace("{input}", &input.to_string_lossy()).replace("{output}", &output.to_string_lossy()));
    }
    if !command.contains("{input}") {
        program.arg(&input);
    }
    let said = program::run(program, LIMIT, MOST_OUTPUT).map_err(|error| match error {
        ProgramError::Missing => format!("找不到：{name}"),
        other => other.to_string(),
    })?;
    if !said.succeeded {
        let line: String = said.complaint.lines().next_back().unwrap_or_default().chars().take(120).collect();
        return Err(format!("失败：{line}"));
    }
    if !command.contains("{output}") {
        return Ok(String::from_utf8_lossy(&said.output).into_owned());
    }
    let mut text = Vec::new();
    let file = File::open(&output).map_err(|error| format!("没有写出结果文件：{error}"))?;
    file.take(MOST_OUTPUT).read_to_end(&mut text).map_err(|error| format!("的结果无法读取：{error}"))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Original;

    #[test]
    fn a_scan_gets_the_text_a_program_gives() {
        let scan = || RawDocument {
            original: Some(Original { bytes: b"%PDF- words".to_vec(), extension: "pdf".to_owned() }),
            ..RawDocument::default()
        };
        let fill = |command: &str| {
            let tools = Tools { ocr_command: Some(command.to_owned()), ..Tools::default() };
            fill_in(scan(), "扫描件".to_owned(), &tools)
        };
        assert_eq!(fill("cat").unwrap().text, "%PDF- words");
        let made = fill("cp {input} {output}").unwrap();
        assert_eq!((made.characters, made.recognised), (10, true));
        assert!(fill("true").unwrap_err().contains("没有给出文字"));
        assert!(fill("false").unwrap_err().contains("失败"));
        assert!(fill("/no/such").unwrap_err().contains("找不到"));
        assert_eq!(fill_in(scan(), "扫描件".to_owned(), &Tools::default()).unwrap_err(), "扫描件");
    }
}
