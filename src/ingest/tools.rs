//! Tools (外部工具): where the programs and libraries lie that readers call in; only `cli` reads the environment.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What pdfium is called where a folder is named.
pub(super) const PDFIUM: &str = "libpdfium.so";

/// Where outside tools are found (外部工具).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tools {
    /// Where pdfium's library may lie, in the order of trial; the system's own places come last.
    pub pdfium: Vec<PathBuf>,
    /// The program poppler gives, when it is not on the path.
    pub pdftotext: Option<PathBuf>,
    /// The command that recognises text in scans; `{input}` stands for the PDF, `{output}` for a text file to write.
    pub ocr_command: Option<String>,
}

impl Tools {
    /// The files that may be pdfium's library.
    pub(super) fn pdfium_libraries(&self) -> impl Iterator<Item = PathBuf> {
        self.pdfium.iter().map(|place| if place.is_dir() { place.join(PDFIUM) } else { place.clone() })
    }
}
