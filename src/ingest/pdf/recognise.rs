//! Recognition (文字识别): a program of the operator's choice reads scans.

use std::path::Path;

use super::PdfError;

/// Recognises a PDF with the operator's command; pages come back parted by form feeds.
pub(super) fn recognise(command: &str, input: &Path) -> Result<String, PdfError> {
    let _ = (command, input);
    Err(PdfError::Program("未实现".to_owned()))
}
