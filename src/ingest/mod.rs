//! What does this file say?
//!
//! One reader per format, all behind one table (`FORMATS`); each gives plain text with its declared noise and what the source
//! itself states about the document. [`prepare`] then joins lines, finds letterhead and outline, and adds what can be
//! inferred, each value with its origin. A file that cannot be read is refused by name with a reason; nothing is dropped
//! silently: every character of the source is in the text or in the noise.

/// A constant pattern, compiled at its first use; a wrong one fails in every test run.
macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($pattern).unwrap());
    };
}

mod dates;
mod decode;
mod enrich;
mod html;
mod jsonl;
mod markdown;
mod period;
mod place;
mod prepare;
mod relations;
mod source;
mod stated;
mod text;

pub use dates::{find_dates, parse_date};
pub use prepare::{Account, Prepared, prepare};
pub use source::SourceFile;
pub use stated::Stated;

use crate::corpus::Original;
use crate::policy::Noise;

/// Changes whenever a reader changes what it makes of a file, so that files already imported are read again.
pub const READER_VERSION: u32 = 2;

/// What a source says, before lines are joined and clauses found.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct RawDocument {
    /// What people call it in messages: the file's name, with the line for a collection.
    pub name: String,
    /// Where it came from; the same place means the same document.
    pub location: String,
    /// SHA-256 of the file as it was read.
    pub sha256: String,
    /// File name without its ending.
    pub stem: String,
    /// Folders between the source named by the operator and the file.
    pub folders: Vec<String>,
    /// The title line, where the source keeps it apart from the text.
    pub heading: Option<String>,
    /// The text.
    pub text: String,
    /// Text of the source that does not belong to the document.
    pub noise: Vec<Noise>,
    /// Characters of the source other than white space.
    pub characters: usize,
    /// Characters the reader put in: the bars of tables.
    pub added: usize,
    /// Whether the text is canonical already and must not be touched.
    pub canonical: bool,
    /// Whether the text was recognised from pictures (OCR).
    pub recognised: bool,
    /// What the source states beside the text.
    pub stated: Stated,
    /// The file as published, when it is one document.
    #[serde(skip)]
    pub original: Option<Original>,
}

/// Why a source was not taken in (拒收).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[error("{name}：{reason}")]
pub struct Refusal {
    /// The file, with the line for a collection.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
}

/// Takes each document of a source, or why it was refused.
pub type Emit<'e> = &'e mut dyn FnMut(Result<RawDocument, Refusal>);

/// One document format: how its files are called and who reads them.
struct Format {
    extensions: &'static [&'static str],
    /// Whether a file is one document, and so limited in size and kept as published.
    single: bool,
    /// Whether a broken or hostile file may take the reader down with it: such readers run in a process of their own.
    isolated: bool,
    read: fn(&SourceFile, Emit<'_>),
}

/// The registry of readers.
const FORMATS: [Format; 4] = [
    Format { extensions: &["txt", "text"], single: true, isolated: false, read: text::read },
    Format { extensions: &["md", "markdown"], single: true, isolated: false, read: markdown::read },
    Format { extensions: &["html", "htm", "shtml", "xhtml"], single: true, isolated: false, read: html::read },
    Format { extensions: &["jsonl", "ndjson"], single: false, isolated: false, read: jsonl::read },
];

/// Formats known by name for which there is no reader yet.
const UNSUPPORTED: [(&str, &str); 16] = [
    ("pdf", "PDF"),
    ("doc", "DOC"),
    ("docx", "DOCX"),
    ("wps", "WPS"),
    ("ofd", "OFD"),
    ("rtf", "RTF"),
    ("odt", "ODT"),
    ("xls", "XLS"),
    ("xlsx", "XLSX"),
    ("csv", "CSV"),
    ("ppt", "PPT"),
    ("pptx", "PPTX"),
    ("zip", "ZIP 压缩包"),
    ("rar", "RAR 压缩包"),
    ("7z", "7z 压缩包"),
    ("gz", "gzip 压缩包"),
];

fn format_of(extension: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.extensions.contains(&extension))
}

/// Reads a source, document by document.
pub fn read(source: &SourceFile, emit: Emit<'_>) {
    match format_of(&source.extension) {
        Some(format) => (format.read)(source, emit),
        None => emit(Err(source.refuse(unsupported(&source.extension)))),
    }
}

/// Why files with this ending are not read.
fn unsupported(extension: &str) -> String {
    match UNSUPPORTED.iter().find(|(ending, _)| *ending == extension) {
        Some((_, name)) => format!("{name} 格式暂不支持，请转换为 .txt、.md 或 .html 后再导入"),
        None if extension.is_empty() => "没有扩展名，格式暂不支持，请转换为 .txt、.md、.html 或 .jsonl".to_owned(),
        None => format!(".{extension} 格式暂不支持，请转换为 .txt、.md、.html 或 .jsonl"),
    }
}

/// Characters other than white space, the unit of the account.
#[must_use]
pub fn count_characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
