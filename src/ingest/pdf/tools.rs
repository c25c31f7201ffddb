//! Tools (外部工具): where the programs and libraries lie that read PDFs; only `cli` reads the environment.

use std::path::PathBuf;
use std::sync::OnceLock;

/// Where outside tools are found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tools {
    /// Where pdfium's library may lie, in the order of trial; the system's own places come last.
    pub pdfium: Vec<PathBuf>,
    /// The program poppler gives, when it is not on the path.
    pub pdftotext: Option<PathBuf>,
    /// The command that recognises text in scans; `{input}` stands for the PDF, `{output}` for a text file to write.
    pub ocr_command: Option<String>,
}

static TOOLS: OnceLock<Tools> = OnceLock::new();

/// Says where outside tools are found; the first word counts, and it must come before anything is read.
pub fn set_tools(tools: Tools) {
    let _ = TOOLS.set(tools);
}

pub(super) fn tools() -> &'static Tools {
    TOOLS.get_or_init(Tools::default)
}
