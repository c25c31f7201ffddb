//! Front matter (元数据头): the letterhead values of a document as YAML above its text.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::policy::{
    Attachment, Audience, Dates, Disagreement, Disclosure, DocumentId, DocumentKind, DocumentNumber, Level, Metadata,
    Noise, Provenance, RegionCode, Relation, RelationKind, Source, Target, Term, TermKind,
};

/// The line that opens and closes the front matter.
const FENCE: &str = "---";

/// Why a front matter cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontMatterError {
    /// There is none.
    #[error("开头没有以 --- 围起的元数据")]
    Absent,
    /// It is not what the library writes.
    #[error("元数据无法读取：{0}")]
    Malformed(String),
}

/// The YAML keys of a document, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    id: DocumentId,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<DocumentNumber>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    index_number: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    issuers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<RegionCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
    kind: DocumentKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    themes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    audience: Vec<Audience>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    written: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    effective: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<Date>,
    #[serde(default)]
    disclosure: Disclosure,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    copied_to: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    elements: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    recognised: bool,
    #[serde(default = "first_version", skip_serializing_if = "is_first_version")]
    version: u32,
    /// A label or address alone, for documents written by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Source>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    terms: Vec<TermEntry>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    provenance: BTreeMap<String, Provenance>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    disagreements: Vec<Disagreement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    noise: Vec<Noise>,
}

/// A relation as the front matter states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationEntry {
    #[serde(rename = "type")]
    kind: RelationKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<DocumentId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<DocumentNumber>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    clauses: Vec<String>,
}

/// A term as the front matter states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermEntry {
    #[serde(rename = "type")]
    kind: TermKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    clauses: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    at: String,
    words: String,
}

fn first_version() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_first_version(version: &u32) -> bool {
    *version == first_version()
}

/// Reads a document file: its front matter, and its canonical text, which is every byte after the closing fence.
pub fn read_front_matter(file: &str) -> Result<(FrontMatter, &str), FrontMatterError> {
    let (yaml, text) = split_front_matter(file).ok_or(FrontMatterError::Absent)?;
    let front: FrontMatter =
        serde_saphyr::from_str(yaml).map_err(|error| FrontMatterError::Malformed(error.to_string()))?;
    Ok((front, text))
}

/// Splits a file into the YAML between the fences and the bytes after them.
#[must_use]
pub fn split_front_matter(file: &str) -> Option<(&str, &str)> {
    let mut lines = file.split_inclusive('\n');
    let opening = lines.next().filter(|line| line.trim_end() == FENCE)?;
    let mut at = opening.len();
    for line in lines {
        if line.trim_end() == FENCE {
            return Some((&file[opening.len()..at], &file[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

impl FrontMatter {
    /// The front matter that says these things.
    #[must_use]
    pub fn new(meta: &Metadata, noise: &[Noise]) -> Self {
        let label = match meta.sources.as_slice() {
            [only] if only.sha256.is_empty() && only.gazette.is_none() => Some(only.location.clone()),
            _ => None,
        };
        Self {
            id: meta.id.clone(),
            title: meta.title.clone(),
            number: meta.number.clone(),
            index_number: meta.index_number.clone(),
            issuers: meta.issuers.clone(),
            region: meta.region.clone(),
            level: meta.level,
            kind: meta.kind,
            themes: meta.themes.clone(),
            audience: meta.audience.clone(),
            written: meta.dates.written,
            published: meta.dates.published,
            effective: meta.dates.effective,
            expires: meta.dates.expires,
            disclosure: meta.disclosure,
            attachments: meta.attachments.clone(),
            copied_to: meta.copied_to.clone(),
            elements: meta.elements.iter().cloned().collect(),
            recognised: meta.recognised,
            version: meta.version,
            sources: if label.is_some() { Vec::new() } else { meta.sources.clone() },
            source: label,
            relations: meta.relations.iter().map(RelationEntry::from).collect(),
            terms: meta.terms.iter().cloned().map(TermEntry::from).collect(),
            provenance: meta.origins.iter().cloned().collect(),
            disagreements: meta.disagreements.clone(),
            noise: noise.to_vec(),
        }
    }

    /// Writes the document file: front matter, then the text as it is.
    pub fn write(&self, text: &str) -> Result<String, FrontMatterError> {
        // Quoted single-line scalars: block scalars cannot hold every text (trailing white space, control characters).
        let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
        let yaml = serde_saphyr::to_string_with_options(self, options)
            .map_err(|error| FrontMatterError::Malformed(error.to_string()))?;
        Ok(format!("{FENCE}\n{}\n{FENCE}\n{text}", yaml.trim_end_matches('\n')))
    }

    /// The id it states.
    #[must_use]
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// The metadata and the declared noise it states.
    #[must_use]
    pub fn into_parts(self) -> (Metadata, Vec<Noise>) {
        let label = self.source.map(Source::named);
        let meta = Metadata {
            id: self.id,
            title: self.title,
            number: self.number,
            index_number: self.index_number,
            issuers: self.issuers,
            level: self.level.or_else(|| self.region.as_ref().map(RegionCode::level)),
            region: self.region,
            kind: self.kind,
            themes: self.themes,
            audience: self.audience,
            dates: Dates {
                written: self.written,
                published: self.published,
                effective: self.effective,
                expires: self.expires,
            },
            terms: self.terms.into_iter().map(Term::from).collect(),
            disclosure: self.disclosure,
            attachments: self.attachments,
            copied_to: self.copied_to,
            elements: self.elements.into_iter().collect(),
            recognised: self.recognised,
            sources: label.into_iter().chain(self.sources).collect(),
            version: self.version,
            relations: self.relations.into_iter().map(Relation::from).collect(),
            origins: self.provenance.into_iter().collect(),
            disagreements: self.disagreements,
        };
        (meta, self.noise)
    }
}

impl From<&Relation> for RelationEntry {
    fn from(relation: &Relation) -> Self {
        Self {
            kind: relation.kind,
            target: relation.target.document.clone(),
            title: relation.target.title.clone(),
            number: relation.target.number.clone(),
            basis: relation.basis.clone(),
            on: relation.on,
            until: relation.until,
            clauses: relation.clauses.clone(),
        }
    }
}

impl From<RelationEntry> for Relation {
    fn from(entry: RelationEntry) -> Self {
        Self {
            kind: entry.kind,
            target: Target { document: entry.target, number: entry.number, title: entry.title },
            on: entry.on,
            until: entry.until,
            clauses: entry.clauses,
            basis: entry.basis,
        }
    }
}

impl From<Term> for TermEntry {
    fn from(Term { kind, on, clauses, at, words }: Term) -> Self {
        Self { kind, on, clauses, at, words }
    }
}

impl From<TermEntry> for Term {
    fn from(TermEntry { kind, on, clauses, at, words }: TermEntry) -> Self {
        Self { kind, on, clauses, at, words }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::{Origin, Place};

    #[test]
    fn values_say_how_and_where_they_were_found() {
        let file = "---\nid: a\ntitle: 甲\nkind: 法律\nprovenance: {written: 载明·页面信息表, title: 载明, kind: 人工}\n---\n正文";
        let (meta, _) = read_front_matter(file).unwrap().0.into_parts();
        let written = ("written".to_owned(), Provenance::stated(Place::PageTable));
        assert!(
            meta.origins.contains(&written) && meta.origins.contains(&("kind".to_owned(), Origin::Corrected.into()))
        );
        assert!(FrontMatter::new(&meta, &[]).write("").unwrap().contains("载明·页面信息表"));
        assert!(read_front_matter(&file.replace("页面信息表", "某处")).is_err());
    }

    #[test]
    fn a_file_written_by_hand_reads() {
        let file = "---\nid: qh-2023-gaoling\ntitle: 高龄津贴发放办法\nnumber: 青政规〔2023〕4号\nissuers: [青禾县人民政府]\n\
                    region: \"990121\"\nkind: 行政规范性文件\nthemes: [养老服务]\naudience: [个人]\nwritten: 2023-05-10\n\
                    disclosure: 主动公开\nsource: 示例\nrelations:\n  - {type: based_on, target: jl-2022-x}\n---\n正文\n";
        let (front, text) = read_front_matter(file).unwrap();
        let (meta, _) = front.into_parts();
        assert_eq!(text, "正文\n");
        assert_eq!(meta.level, Some(Level::County));
        assert_eq!(meta.dates.written, Some(jiff::civil::date(2023, 5, 10)));
        assert_eq!(meta.relations[0].target.document.as_ref().unwrap().as_str(), "jl-2022-x");
    }

    #[test]
    fn a_misspelt_key_is_refused() {
        let file = "---\nid: a\ntitle: 甲\nkind: 法律\nexpired: 2020-01-01\n---\n正文";
        assert!(matches!(read_front_matter(file), Err(FrontMatterError::Malformed(_))));
    }

    proptest! {
        #[test]
        fn whatever_is_written_reads_back(title in "\\PC{1,30}", noise in any::<String>(), text in any::<String>()) {
            let mut meta = Metadata::new(DocumentId::parse("a-1").unwrap(), title, DocumentKind::Other);
            meta.issuers = vec![noise.clone(), "null".to_owned(), "990121".to_owned(), "是: 否 #注".to_owned()];
            meta.region = RegionCode::parse("990121");
            meta.level = Some(Level::County);
            meta.origins = vec![
                ("issuers".to_owned(), Provenance::stated(Place::Signature)),
                ("title".to_owned(), Origin::Corrected.into()),
            ];
            meta.disagreements = vec![Disagreement {
                field: "written".to_owned(),
                kept: noise.clone(),
                kept_from: Place::PageTable,
                other: "2020-01-01".to_owned(),
                other_from: Place::Signature,
            }];
            meta.sources = vec![Source { sha256: "00".repeat(32), ..Source::named("a b: c") }];
            meta.attachments = vec![Attachment { title: noise.clone(), location: None }];
            meta.copied_to = vec!["县委办".to_owned()];
            meta.elements = vec![("印发日期".to_owned(), noise.clone())];
            meta.recognised = true;
            let words = noise.clone();
            meta.terms = vec![Term { kind: TermKind::Expires, on: None, clauses: vec!["第三章".to_owned()], at: String::new(), words }];
            let noise = vec![Noise { text: noise, reason: "页码".to_owned() }];
            let file = FrontMatter::new(&meta, &noise).write(&text).unwrap();
            let (front, read_text) = read_front_matter(&file).unwrap();
            prop_assert_eq!(read_text, text.as_str());
            prop_assert_eq!(front.into_parts(), (meta, noise));
        }
    }
}
