//! Recognition (文字识别): a program of the operator's choice reads scans.

use std::io::Read as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{PdfError, program};

/// A page takes a program some seconds; a file of hundreds of pages is better recognised beforehand.
const LIMIT: Duration = Duration::from_secs(600);
/// Text of a thousand full pages is some 5 MiB.
const MOST_OUTPUT: u64 = 16 * 1024 * 1024;

/// Recognises a PDF with the operator's command; pages come back parted by form feeds.
///
/// The command is split at white space and run without a shell. `{input}` becomes the file's path (it is put at the end
/// when the command does not name it); when the command names `{output}`, it is read as a text file afterwards, else what
/// the command prints is the text.
pub(super) fn recognise(command: &str, input: &Path) -> Result<String, PdfError> {
    let failed = |what: String| PdfError::Program(format!("识别程序（--ocr-command）{what}"));
    let folder = tempfile::tempdir().map_err(|error| failed(format!("无处存放结果：{error}")))?;
    let output = folder.path().join("recognised.txt");
    let mut words = command.split_whitespace();
    let name = words.next().ok_or_else(|| failed("是空的".to_owned()))?;
    let mut program = Command::new(name);
    for word in words {
        program.arg(word.replace("{input}", &input.to_string_lossy()).replace("{output}", &output.to_string_lossy()));
    }
    if !command.contains("{input}") {
        program.arg(input);
    }
    let said = program::run(program, "识别程序", LIMIT, MOST_OUTPUT).map_err(|error| match error {
        PdfError::NoEngine => failed(format!("找不到：{name}")),
        other => other,
    })?;
    if !said.succeeded {
        let line: String = said.complaint.lines().next_back().unwrap_or_default().chars().take(120).collect();
        return Err(failed(format!("失败：{line}")));
    }
    if !command.contains("{output}") {
        return Ok(String::from_utf8_lossy(&said.output).into_owned());
    }
    let mut text = Vec::new();
    let file = std::fs::File::open(&output).map_err(|error| failed(format!("没有写出结果文件：{error}")))?;
    file.take(MOST_OUTPUT).read_to_end(&mut text).map_err(|error| failed(format!("的结果无法读取：{error}")))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
