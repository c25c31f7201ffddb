//! Identity (同一性): by what two files are taken for the same document.

use unicode_normalization::UnicodeNormalization as _;

use crate::policy::{DocumentId, Metadata, sha256_hex};

/// Hexadecimal digits of an id made from a digest: 48 bits, a collision once in some ten million documents.
const ID_DIGITS: usize = 12;
/// Hexadecimal digits that tell documents of one identity and different text apart.
const SUFFIX_DIGITS: usize = 6;

/// The identity of a document: number, title and date, each in one writing; 12 hexadecimal digits.
#[must_use]
pub fn identity(meta: &Metadata) -> String {
    let number = meta.number.as_ref().map(crate::policy::DocumentNumber::key).unwrap_or_default();
    let date = meta.dates.issued().map(|date| date.to_string()).unwrap_or_default();
    short(&format!("{number}|{}|{date}", normal_title(&meta.title)), ID_DIGITS)
}

/// The title without white space, quotation marks and width differences.
pub(super) fn normal_title(title: &str) -> String {
    title.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '《' | '》' | '〈' | '〉' | '“' | '”' | '"')).collect()
}

/// The id of a document whose id is taken by another text: the source tells them apart.
pub(super) fn apart(id: &DocumentId, location: &str) -> Option<DocumentId> {
    DocumentId::parse(&format!("{id}-{}", short(location, SUFFIX_DIGITS))).ok()
}

fn short(text: &str, digits: usize) -> String {
    let mut hex = sha256_hex(text.as_bytes());
    hex.truncate(digits);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{DocumentKind, DocumentNumber};

    #[test]
    fn writings_of_one_title_are_one_identity() {
        let named = |title: &str, number: &str| {
            let mut meta = Metadata::new(DocumentId::parse("x").unwrap(), title, DocumentKind::Other);
            meta.number = DocumentNumber::parse(number);
            identity(&meta)
        };
        let one = named("会宁县2021年政务公开工作要点", "会政办发〔2021〕85号");
        assert_eq!(one, named("《会宁县 2021 年政务公开工作要点》", "会政办发[2021]85 号"));
        assert_ne!(one, named("会宁县2022年政务公开工作要点", "会政办发〔2021〕85号"));
        assert_eq!(one.len(), 12);
    }
}
