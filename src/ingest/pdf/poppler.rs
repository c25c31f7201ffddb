//! The second engine: poppler's `pdftotext`, run as a program.

use super::{Extract, PdfError, Tools};

/// Reads the pages of a PDF.
pub(super) fn extract(bytes: &[u8], tools: &Tools) -> Result<Extract, PdfError> {
    let _ = (bytes, tools);
    Err(PdfError::NoEngine)
}
