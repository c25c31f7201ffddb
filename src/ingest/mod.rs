//! What does this file say?
//!
//! One reader per format, all behind one table (`FORMATS`); each gives plain text with its declared noise and what the source
//! itself states about the document. [`prepare`] then joins lines, finds letterhead and outline, and adds what can be
//! inferred, each value with its origin. A file that cannot be read is refused by name with a reason; nothing is dropped
//! silently: every character of the source is in the text or in the noise.

mod archive;
mod dates;
mod decode;
mod disguise;
mod docx;
mod enrich;
mod gazette;
mod grid;
mod html;
mod isolation;
mod jsonl;
mod layout;
mod markdown;
mod ofd;
mod package;
mod pdf;
mod period;
mod place;
mod prepare;
mod probe;
mod program;
mod recognise;
mod relations;
mod sheet;
mod source;
mod stated;
mod text;
mod tools;
mod word;
mod xml;

pub use dates::{find_dates, parse_date};
pub use isolation::{Isolation, missing_fence, read_confined};
pub use prepare::{Account, Prepared, prepare};
pub use probe::{lay_out_marks, lay_out_words, read_bytes};
pub use source::SourceFile;
pub use stated::Stated;
pub use tools::Tools;

use crate::corpus::Original;
use crate::policy::{Metadata, Noise};

/// Changes whenever a reader changes what it makes of a file, so that files already imported are read again.
pub const READER_VERSION: u32 = 4;

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
    /// What this library said of the document when it exported it; it stands as it is.
    pub exported: Option<Box<Metadata>>,
    /// What it still waits for, when its reader could not read it.
    pub pending: Option<Pending>,
    /// The file as published, when it is one document.
    #[serde(skip)]
    pub original: Option<Original>,
}

/// What a document waits for (待处理): a program that cannot run behind the fence its reader stands in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Pending {
    /// A scan: its text has to be recognised, or it is refused for this reason.
    Recognition(String),
    /// An old format: it has to be converted.
    Conversion,
}

/// How the reading of a file ended (读取结局).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// By itself: everything was said.
    Finished,
    /// The process that read it died, for this reason.
    Died(String),
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
    read: fn(&SourceFile, &Tools, Emit<'_>),
}

/// The registry of readers.
const FORMATS: &[Format] = &[
    Format {
        extensions: &["txt", "text"],
        single: true,
        isolated: false,
        read: |source, _, emit| text::read(source, emit),
    },
    Format {
        extensions: &["md", "markdown"],
        single: true,
        isolated: false,
        read: |source, _, emit| markdown::read(source, emit),
    },
    Format {
        extensions: &["html", "htm", "shtml", "xhtml"],
        single: true,
        isolated: false,
        read: |source, _, emit| html::read(source, emit),
    },
    Format {
        extensions: &["jsonl", "ndjson"],
        single: false,
        isolated: false,
        read: |source, _, emit| jsonl::read(source, emit),
    },
    Format {
        extensions: &["docx", "docm", "dotx"],
        single: true,
        isolated: true,
        read: |source, _, emit| docx::read(source, emit),
    },
    Format {
        extensions: &word::EXTENSIONS,
        single: true,
        isolated: false,
        read: |source, _, emit| word::hand_back(source, emit),
    },
    Format {
        extensions: &["xlsx", "xlsm", "xlsb", "xls", "et", "ods"],
        single: true,
        isolated: true,
        read: |source, _, emit| sheet::read(source, emit),
    },
    Format {
        extensions: &["csv", "tsv"],
        single: true,
        isolated: false,
        read: |source, _, emit| sheet::read_csv(source, emit),
    },
    Format { extensions: &["ofd"], single: true, isolated: true, read: |source, _, emit| ofd::read(source, emit) },
    Format { extensions: &["pdf"], single: true, isolated: true, read: pdf::read },
    Format { extensions: &["zip"], single: false, isolated: true, read: archive::read },
];

/// Formats known by name for which there is no reader yet.
const UNSUPPORTED: &[(&str, &str)] = &[("ppt", "PPT"), ("pptx", "PPTX")];

/// Archives that are not opened.
const CLOSED_ARCHIVES: [&str; 9] = ["rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "cab", "arj"];

fn format_of(extension: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.extensions.contains(&extension))
}

/// Reads a source, document by document; a reader that dies refuses this file alone.
pub fn read(source: &SourceFile, isolation: &Isolation, emit: Emit<'_>) -> Reading {
    let source = &match disguise::unmask(source) {
        Ok(source) => source,
        Err(refusal) => {
            emit(Err(refusal));
            return Reading::Finished;
        }
    };
    let Some(format) = format_of(&source.extension) else {
        emit(Err(source.refuse(unsupported(&source.extension))));
        return Reading::Finished;
    };
    let mut inner = Reading::Finished;
    let outer = isolation.read(format, source, &mut |item| match item {
        Ok(mut raw) => match raw.pending.take() {
            None => emit(Ok(raw)),
            Some(pending) => {
                if let Reading::Died(reason) = settle(raw, pending, isolation, emit) {
                    inner = Reading::Died(reason);
                }
            }
        },
        Err(refusal) => emit(Err(refusal)),
    });
    if outer == Reading::Finished { inner } else { outer }
}

/// Runs the program a document waits for.
fn settle(raw: RawDocument, pending: Pending, isolation: &Isolation, emit: Emit<'_>) -> Reading {
    match pending {
        Pending::Conversion => return word::read(&raw, isolation, emit),
        Pending::Recognition(reason) => {
            let name = raw.name.clone();
            let filled = recognise::fill_in(raw, reason, isolation.tools());
            emit(filled.map_err(|reason| Refusal { name, reason }));
        }
    }
    Reading::Finished
}

/// Why files with this ending are not read.
fn unsupported(extension: &str) -> String {
    if CLOSED_ARCHIVES.contains(&extension) {
        return format!("不打开 .{extension} 压缩包，请解压后导入，或改用 ZIP 压缩包");
    }
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
