//! The child's side (子进程): limits first, then the file.

use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::super::{Isolation, SourceFile, format_of};
use super::fence;
use super::frame::{self, Frame, Request};

/// Longest request believed.
const MAX_REQUEST: u64 = 1024 * 1024;

/// Reads one file behind the fence, as another process asks on `input`, and hands what it says to `output`.
///
/// `program` is the folder of the running program, where libraries may lie beside it.
pub fn read_confined(
    path: PathBuf,
    program: Option<&Path>,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> io::Result<()> {
    let request: Request = serde_json::from_reader(input.take(MAX_REQUEST))?;
    fence::put_up(&path, program, &request.scratch)?;
    let source = SourceFile::asked(path, &request.location, &request.extension, &request.folders, &request.sha256);
    let mut output = BufWriter::new(output);
    let mut failure = None;
    if let Some(format) = format_of(&source.extension) {
        Isolation::InProcess.read(format, &source, &mut |item| {
            if failure.is_none() {
                failure = frame::write(&mut output, &request, item).and_then(|()| output.flush()).err();
            }
        });
    }
    match failure {
        Some(error) => Err(error),
        None => frame::line(&mut output, &Frame::End).and_then(|()| output.flush()),
    }
}
