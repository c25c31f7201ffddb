//! Disguises (名不副实): office files are read as what they are, not as what they are called.
//!
//! Publishing systems write web pages called .doc and .xls, and people rename files until they open.

use super::source::MAX_BYTES;
use super::{Refusal, SourceFile};

/// Endings that are not believed.
const DOUBTED: [&str; 15] =
    ["doc", "dot", "docx", "docm", "wps", "wpt", "rtf", "odt", "xls", "xlsx", "xlsm", "xlsb", "et", "ods", "ett"];
/// Bytes in which a text shows what it is.
const HEAD: usize = 4096;
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What a package of each kind holds.
const PACKAGES: [(&[u8], &str); 5] = [
    (b"word/document.xml", "docx"),
    (b"xl/workbook.", "xlsx"),
    (b"OFD.xml", "ofd"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
];
/// Streams of a compound file of each kind.
const STREAMS: [(&str, &str); 4] =
    [("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"), ("Book", "xls")];

/// The file under the ending it should have.
pub(super) fn unmask(source: &SourceFile) -> Result<SourceFile, Refusal> {
    let mut named = source.clone();
    if DOUBTED.contains(&source.extension.as_str()) {
        let bytes = source.content(MAX_BYTES)?;
        if bytes.starts_with(COMPOUND) && holds(&bytes, &wide("EncryptedPackage")) {
            return Err(source.refuse("文件有打开密码，请去掉密码后再导入"));
        }
        if let Some(kind) = kind(&bytes, &source.extension) {
            named.extension = kind.to_owned();
        }
    }
    Ok(named)
}

/// Whether it is a compound file, or begins like one, that holds no text of a word processor.
pub(super) fn is_other_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND) && !holds(bytes, &wide("WordDocument"))
}

/// The ending a content should have; none when it may keep its own.
fn kind(bytes: &[u8], called: &str) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") {
        let found = PACKAGES.iter().find(|(mark, _)| holds(bytes, mark)).map(|(_, kind)| *kind);
        // The writer's own variants of a kind keep their endings.
        return found.filter(|kind| !(called.starts_with("xls") && *kind == "xlsx" && called != "xls"));
    }
    if bytes.starts_with(COMPOUND) {
        let found = STREAMS.iter().find(|(name, _)| holds(bytes, &wide(name))).map(|(_, kind)| *kind);
        return found.filter(|kind| *kind != "doc" || !matches!(called, "wps" | "wpt" | "dot"));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Some("rtf");
    }
    if bytes.starts_with(b"%PDF-") {
        return Some("pdf");
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    let word_xml = ["<w:worddocument", "pkg:package", "office:document "].iter().any(|mark| head.contains(mark));
    if word_xml {
        return Some("doc");
    }
    if ["<html", "<!doctype html", "<table", "<body", "<meta "].iter().any(|mark| head.contains(mark)) {
        return Some("html");
    }
    let is_text = !bytes.iter().take(HEAD).any(|&byte| byte < b'\t');
    is_text.then_some(if called.starts_with('x') || called.starts_with("et") { "csv" } else { "txt" })
}

fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    let Some(first) = mark.first() else { return false };
    bytes.iter().enumerate().filter(|(_, byte)| *byte == first).any(|(at, _)| bytes[at..].starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_what_they_hold() {
        assert_eq!(kind(b"PK\x03\x04....word/document.xml", "wps"), Some("docx"));
        assert_eq!(kind("<html xmlns:o='urn'><body>通知</body></html>".as_bytes(), "doc"), Some("html"));
        assert_eq!(kind(b"{\\rtf1 x}", "doc"), Some("rtf"));
        assert_eq!(kind("序号\t名称\n1\t甲\n".as_bytes(), "xls"), Some("csv"));
        assert_eq!(kind(&[COMPOUND, wide("Workbook").as_slice()].concat(), "doc"), Some("xls"));
        assert_eq!(kind(&[COMPOUND, wide("WordDocument").as_slice()].concat(), "wps"), None);
        assert_eq!(kind(b"", "doc"), Some("txt"));
    }
}
