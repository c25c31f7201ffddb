//! The child's side (子进程): limits first, then the file.

use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;

use super::super::format_of;
use super::frame::{self, Frame, Request};
use super::{fence, guarded};

/// Longest request believed.
const MAX_REQUEST: u64 = 1024 * 1024;

/// Reads one file behind the fence, as another process asks on `input`, and hands what it says to `output`.
pub fn read_confined(path: PathBuf, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    let request: Request = serde_json::from_reader(input.take(MAX_REQUEST))?;
    fence::put_up(&path, &request.scratch, &request.tools)?;
    let source = request.source.clone().at(path);
    let mut output = BufWriter::new(output);
    let mut failure = None;
    if let Some(format) = format_of(&source.extension) {
        guarded(&source, &request.tools, format.read, &mut |item| {
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
