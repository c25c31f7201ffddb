//! Reader of PDF (.pdf): two engines behind one function, and guards against what only looks like text.

mod guard;
mod pdfium;
mod poppler;
mod symbol;

pub(super) use guard::legible_text;
pub(super) use poppler::pages_of_words;

use super::layout::{self, Page};
use super::{Emit, Pending, RawDocument, Refusal, SourceFile, Tools};

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

/// Reads one file; a scan, or what cannot be read but by its looks, is handed back to whoever can start a program that
/// recognises it.
pub(super) fn read(source: &SourceFile, tools: &Tools, emit: Emit<'_>) {
    emit(parse(source, tools));
}

fn parse(source: &SourceFile, tools: &Tools) -> Result<RawDocument, Refusal> {
    let (bytes, raw) = source.bytes()?;
    let extract = extract(&bytes, tools).map_err(|error| source.refuse(error.to_string()))?;
    if let Some(reason) = guard::missing_text(&extract).or_else(|| guard::legible(&extract.pages).err()) {
        return Ok(RawDocument { pending: Some(Pending::Recognition(reason)), ..raw });
    }
    let laid = layout::lay_out(&extract.pages);
    Ok(RawDocument { text: laid.text, noise: laid.noise, added: laid.added, characters: extract.characters, ..raw })
}

/// Reads the pages with the first engine that is there.
fn extract(bytes: &[u8], tools: &Tools) -> Result<Extract, PdfError> {
    match pdfium::extract(bytes, tools) {
        Err(PdfError::NoEngine) => poppler::extract(bytes, tools),
        result => result,
    }
}
