//! Reader of PDF (.pdf): two engines behind one function, and guards against what only looks like text.

mod guard;
mod pdfium;
mod poppler;
mod program;
mod recognise;
mod symbol;
mod tools;

pub use tools::{Tools, set_tools};

use std::path::Path;

use super::layout::{self, Page};
use super::{Emit, RawDocument, Refusal, SourceFile, count_characters};

/// Most pages of a PDF; longer ones are books, and are better imported in parts.
const MOST_PAGES: usize = 1000;

/// Why an engine could not read a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum PdfError {
    /// No engine on the machine.
    #[error(
        "PDF 需要本机有 pdfium 动态库（用环境变量 ZHENGDA_PDFIUM 指定 libpdfium.so）或 poppler-utils（提供 pdftotext），请安装其一后再导入"
    )]
    NoEngine,
    /// A password is needed.
    #[error("PDF 设有打开密码，请解除密码后再导入")]
    Locked,
    /// Too many pages.
    #[error("PDF 有 {0} 页，超过 {MOST_PAGES} 页的上限，请拆分")]
    TooLong(usize),
    /// The engine cannot read it.
    #[error("PDF 文件已损坏或不是 PDF：{0}；请重新下载，或用阅读器另存后再导入")]
    Broken(String),
    /// A program took too long or said too much.
    #[error("{0}")]
    Program(String),
}

/// What an engine reads from a file.
#[derive(Debug, Clone, Default)]
struct Extract {
    pages: Vec<Page>,
    /// Pages without text that show a picture.
    pictures: Vec<u32>,
    /// Characters other than white space, as the engine counts them.
    characters: usize,
}

/// Reads one file.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    emit(parse(source));
}

fn parse(source: &SourceFile) -> Result<RawDocument, Refusal> {
    let (bytes, raw) = source.bytes()?;
    let tools = tools::tools();
    let extract = extract(&bytes, &source.path, tools).map_err(|error| source.refuse(error.to_string()))?;
    if let Some(missing) = guard::missing_text(&extract) {
        return match &tools.ocr_command {
            Some(command) => {
                let text =
                    recognise::recognise(command, &source.path).map_err(|error| source.refuse(error.to_string()))?;
                guard::legible_text(&text).map_err(|reason| source.refuse(reason))?;
                Ok(RawDocument { characters: count_characters(&text), text, recognised: true, ..raw })
            }
            None => Err(source.refuse(missing)),
        };
    }
    guard::legible(&extract.pages).map_err(|reason| source.refuse(reason))?;
    let laid = layout::lay_out(&extract.pages);
    Ok(RawDocument { text: laid.text, noise: laid.noise, added: laid.added, characters: extract.characters, ..raw })
}

/// Reads the pages with the first engine that is there.
fn extract(bytes: &[u8], path: &Path, tools: &Tools) -> Result<Extract, PdfError> {
    match pdfium::extract(bytes, tools) {
        Err(PdfError::NoEngine) => poppler::extract(path, tools),
        result => result,
    }
}
