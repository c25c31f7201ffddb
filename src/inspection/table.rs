//! Tables (表格): findings as CSV that a spreadsheet opens without running anything.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Finding;

/// The byte order mark by which Excel knows UTF-8.
const BOM: &str = "\u{feff}";

/// A value that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe before it.
#[must_use]
pub fn neutral(value: &str) -> Cow<'_, str> {
    match value.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => Cow::Owned(format!("'{value}")),
        _ => Cow::Borrowed(value),
    }
}

/// Writes findings as CSV, with a byte order mark when Excel shall open it.
pub fn write_csv<'f>(
    mut out: impl Write,
    findings: impl IntoIterator<Item = &'f Finding>,
    bom: bool,
) -> io::Result<()> {
    if bom {
        out.write_all(BOM.as_bytes())?;
    }
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["种类", "轻重", "文件标识", "标题", "条款", "位置", "说明", "kind", "severity"])?;
    for one in findings {
        let fields =
            [one.kind.label(), one.severity.label(), &one.subject, &one.title, &one.clause, &one.place, &one.detail];
        let names = [one.kind.name(), one.severity.name()];
        csv.write_record(fields.iter().chain(&names).map(|field| neutral(field).into_owned()))?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_stay_text() {
        assert_eq!(neutral("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(neutral("@sum"), "'@sum");
        assert_eq!(neutral("第三条"), "第三条");
        assert_eq!(neutral(""), "");
    }
}
