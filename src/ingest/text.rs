//! Reader of plain text (.txt).

use super::{Emit, RawDocument, Refusal, SourceFile, count_characters, decode};

/// Reads one file.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    emit(parse(source));
}

fn parse(source: &SourceFile) -> Result<RawDocument, Refusal> {
    let (bytes, raw) = source.bytes()?;
    let text = decode::decode(&bytes, None).map_err(|reason| source.refuse(reason))?;
    Ok(RawDocument { characters: count_characters(&text), text, ..raw })
}
