//! Frames (帧): what the child hands back, a line of JSON each, with the bytes of a member of an archive behind it.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::super::{RawDocument, Refusal, SourceFile};
use crate::corpus::Original;
use crate::policy::sha256_hex;

/// What the child must know beside the file's path, which may be no text and comes as an argument.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) location: String,
    pub(super) extension: String,
    pub(super) folders: Vec<String>,
    pub(super) sha256: String,
    /// The only folder the child may write to.
    pub(super) scratch: std::path::PathBuf,
}

/// One thing the child says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Frame {
    /// A document, and its file as published.
    Document(Box<RawDocument>, Published),
    /// Why something was refused.
    Refused(Refusal),
    /// There is nothing more: without it the child died.
    End,
}

/// The file as published, as the child hands it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Published {
    /// There is none.
    None,
    /// The source itself, which the parent has.
    Itself,
    /// A member of an archive: so many bytes follow the line.
    Follows { extension: String, bytes: usize },
}

/// Writes a document or a refusal.
pub(super) fn write(out: &mut dyn Write, source: &Request, item: Result<RawDocument, Refusal>) -> io::Result<()> {
    let mut raw = match item {
        Ok(raw) => raw,
        Err(refusal) => return line(out, &Frame::Refused(refusal)),
    };
    let original = raw.original.take();
    let published = match &original {
        None => Published::None,
        Some(original) if sha256_hex(&original.bytes) == source.sha256 => Published::Itself,
        Some(Original { bytes, extension }) => Published::Follows { extension: extension.clone(), bytes: bytes.len() },
    };
    let follows = matches!(published, Published::Follows { .. });
    line(out, &Frame::Document(Box::new(raw), published))?;
    match original.filter(|_| follows) {
        Some(original) => out.write_all(&original.bytes),
        None => Ok(()),
    }
}

/// Writes a frame without bytes.
pub(super) fn line(out: &mut dyn Write, frame: &Frame) -> io::Result<()> {
    serde_json::to_writer(&mut *out, frame)?;
    out.write_all(b"\n")
}

/// Why the output of a child is not believed.
const NONSENSE: &str = "读取程序的输出有误，已停止读取";

/// Takes the next frame off the output; none when the output ends without an end mark.
pub(super) fn take(output: &mut &[u8], source: &SourceFile) -> Option<Result<Taken, Refusal>> {
    let end = output.iter().position(|&byte| byte == b'\n')?;
    let (line, rest) = output.split_at(end);
    *output = &rest[1..];
    let Ok(frame) = serde_json::from_slice(line) else { return Some(Err(source.refuse(NONSENSE))) };
    match frame {
        Frame::End => Some(Ok(Taken::End)),
        Frame::Refused(refusal) => Some(Ok(Taken::Refused(refusal))),
        Frame::Document(raw, published) => Some(document(*raw, published, output, source)),
    }
}

/// A frame that was believed.
pub(super) enum Taken {
    /// A document; whether the source itself is its file as published.
    Document(Box<RawDocument>, bool),
    Refused(Refusal),
    End,
}

/// A document of this source: the child cannot speak for another place or another file.
fn document(
    mut raw: RawDocument,
    published: Published,
    output: &mut &[u8],
    source: &SourceFile,
) -> Result<Taken, Refusal> {
    let within = raw.location.strip_prefix(&source.location);
    let within = within.filter(|within| within.is_empty() || within.starts_with(['#', '!']));
    let member = within.ok_or_else(|| source.refuse(NONSENSE))?.starts_with('!');
    if !member {
        raw.sha256.clone_from(&source.sha256);
    }
    if let Published::Follows { extension, bytes } = &published {
        let following = output.split_at_checked(*bytes).filter(|_| member);
        let (bytes, rest) = following.ok_or_else(|| source.refuse(NONSENSE))?;
        *output = rest;
        if sha256_hex(bytes) != raw.sha256 || !extension.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(source.refuse(NONSENSE));
        }
        raw.original = Some(Original { bytes: bytes.to_vec(), extension: extension.clone() });
    }
    Ok(Taken::Document(Box::new(raw), published == Published::Itself && !member))
}
