//! A judged collection in BEIR layout: corpus, queries, relevance judgments, reference answers.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::outline;
use crate::policy::{
    Disclosure, DocumentId, DocumentKind, DocumentNumber, Metadata, PolicyDocument, RegionCode, sha256_hex,
};
use crate::query::Enquiry;

/// Why a data set cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    /// A file cannot be opened or read.
    #[error("无法读取 {path}：{why}；数据集应为 BEIR 布局：corpus.jsonl、queries.jsonl、qrels/test.tsv")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: std::io::Error,
    },
    /// A file of earlier results cannot be read.
    #[error("无法读取先前的结果 {path}：{why}；请给出 --run 或 --answers 写出的文件")]
    Earlier {
        /// The file.
        path: PathBuf,
        /// Why.
        why: std::io::Error,
    },
    /// A line is not what it should be.
    #[error("{path} 第 {line} 行不合要求：{why}")]
    BadLine {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Why.
        why: String,
    },
}

/// A question of the collection.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Query {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The question.
    pub text: String,
    /// How the answer should end (JSON name of a status), when the collection says so.
    #[serde(default)]
    pub status: Option<String>,
    /// Code of the region chosen beside the question.
    #[serde(default)]
    pub region: Option<String>,
    /// The day for which the answer shall hold, when it is not the day of the evaluation.
    #[serde(default)]
    pub as_of: Option<Date>,
}

impl Query {
    /// The question as the desk takes it.
    #[must_use]
    pub fn enquiry(&self, as_of: Date) -> Enquiry {
        Enquiry {
            question: self.text.clone(),
            region: self.region.as_deref().and_then(RegionCode::parse),
            as_of: self.as_of.unwrap_or(as_of),
            audience: None,
        }
    }
}

#[derive(Debug, Deserialize)]
struct CorpusLine {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    metadata: Option<LineMetadata>,
}

/// What a collection may say of a document beside its text; anything else in it is ignored.
#[derive(Debug, Default, Deserialize)]
struct LineMetadata {
    number: Option<String>,
    issuer: Option<String>,
    region: Option<String>,
    kind: Option<String>,
    written: Option<Date>,
    published: Option<Date>,
    effective: Option<Date>,
    expires: Option<Date>,
}

#[derive(Debug, Deserialize)]
struct References {
    #[serde(rename = "_id")]
    id: String,
    answers: Vec<String>,
}

/// The collection.
#[derive(Debug)]
pub struct Dataset {
    documents: Vec<CorpusLine>,
    places: HashMap<DocumentId, usize>,
    /// Where the documents that govern some question stand, by the collection's own ids.
    governing: HashMap<String, usize>,
    queries: Vec<Query>,
    relevant: BTreeMap<String, HashSet<String>>,
    references: HashMap<String, Vec<String>>,
}

impl Dataset {
    /// Reads a collection.
    pub fn read(folder: &Path) -> Result<Self, DatasetError> {
        let documents: Vec<CorpusLine> = lines(&folder.join("corpus.jsonl"))?;
        let queries = lines(&folder.join("queries.jsonl"))?;
        let relevant = judgments(&folder.join("qrels").join("test.tsv"))?;
        let answers = folder.join("answers.jsonl");
        let references: Vec<References> = if answers.exists() { lines(&answers)? } else { Vec::new() };
        let places = documents.iter().enumerate().map(|(at, line)| (library_id(&line.id, at), at)).collect();
        let references = references.into_iter().map(|line| (line.id, line.answers)).collect();
        let wanted: HashSet<&str> = relevant.values().flatten().map(String::as_str).collect();
        let governing = documents.iter().enumerate().filter(|(_, line)| wanted.contains(line.id.as_str()));
        let governing = governing.map(|(at, line)| (line.id.clone(), at)).collect();
        Ok(Self { documents, places, governing, queries, relevant, references })
    }

    /// How many documents it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether it has no documents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The queries to ask, in the order of the file: the judged ones, and those of which the collection says how the
    /// answer should end although nothing governs them (they count in the table of statuses only).
    #[must_use]
    pub fn asked(&self) -> Vec<Query> {
        let asked = |query: &&Query| self.is_judged(&query.id) || query.status.is_some();
        self.queries.iter().filter(asked).cloned().collect()
    }

    /// Whether some document governs the query.
    #[must_use]
    pub fn is_judged(&self, query: &str) -> bool {
        self.relevant.contains_key(query)
    }

    /// The relevant documents of a query.
    #[must_use]
    pub fn relevant(&self) -> &BTreeMap<String, HashSet<String>> {
        &self.relevant
    }

    /// Reference answers of a query.
    #[must_use]
    pub fn references(&self, query: &str) -> &[String] {
        self.references.get(query).map_or(&[], Vec::as_slice)
    }

    /// Whether the collection has reference answers.
    #[must_use]
    pub fn has_references(&self) -> bool {
        !self.references.is_empty()
    }

    /// The collection's own id of a document.
    #[must_use]
    pub fn original_id(&self, id: &DocumentId) -> String {
        self.places.get(id).map_or_else(|| id.to_string(), |&at| self.documents[at].id.clone())
    }

    /// The documents that govern a query (应引文件), as the library knows them, sorted.
    #[must_use]
    pub fn governing(&self, query: &str) -> Vec<DocumentId> {
        let wanted = self.relevant.get(query).into_iter().flatten();
        let mut ids: Vec<DocumentId> =
            wanted.filter_map(|id| self.governing.get(id).map(|&at| library_id(id, at))).collect();
        ids.sort();
        ids
    }

    /// Title and text of a document of the library.
    #[must_use]
    pub fn words_of(&self, id: &DocumentId) -> Option<(&str, &str)> {
        let line = self.places.get(id).map(|&at| &self.documents[at])?;
        Some((&line.title, &line.text))
    }

    /// Library ids and content digests, sorted.
    #[must_use]
    pub fn entries(&self) -> Vec<(DocumentId, String)> {
        let mut entries: Vec<(DocumentId, String)> =
            self.places.iter().map(|(id, &at)| (id.clone(), sha256_hex(self.documents[at].text.as_bytes()))).collect();
        entries.sort();
        entries
    }

    /// The document with this library id, its clauses outlined. The collection's word is taken: nothing is inferred
    /// about validity, so that an undated text is judged by its words.
    pub fn document(&self, id: &DocumentId) -> Result<PolicyDocument, String> {
        let line = self.places.get(id).map(|&at| &self.documents[at]).ok_or_else(|| format!("数据集中没有 {id}"))?;
        let given = line.metadata.as_ref();
        let stated = given.and_then(|m| m.kind.as_deref()).and_then(DocumentKind::from_name);
        let kind = stated.or_else(|| DocumentKind::of_legislation_titled(&line.title)).unwrap_or(DocumentKind::Other);
        let mut meta = Metadata::new(id.clone(), line.title.clone(), kind);
        meta.disclosure = Disclosure::Proactive;
        if let Some(given) = given {
            meta.number = given.number.as_deref().and_then(DocumentNumber::parse);
            meta.issuers = given.issuer.iter().cloned().collect();
            meta.region = given.region.as_deref().and_then(RegionCode::parse);
            meta.dates.written = given.written;
            meta.dates.published = given.published;
            meta.dates.effective = given.effective;
            meta.dates.expires = given.expires;
        }
        let text: Arc<str> = line.text.as_str().into();
        let outline = outline::outline(&text);
        PolicyDocument::new(meta, text, outline).map_err(|error| format!("{}：{error}", line.id))
    }
}

/// The library's id for a document of the collection: its own when it is a legal one, else its place.
fn library_id(id: &str, at: usize) -> DocumentId {
    DocumentId::parse(id).or_else(|_| DocumentId::parse(&format!("line-{}", at + 1))).expect("line-N is a legal id")
}

fn open(path: &Path) -> Result<BufReader<File>, DatasetError> {
    File::open(path).map(BufReader::new).map_err(|why| DatasetError::Unreadable { path: path.to_owned(), why })
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, DatasetError> {
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(open(path)?.lines()) {
        let line = line.map_err(|why| DatasetError::Unreadable { path: path.to_owned(), why })?;
        if line.trim().is_empty() {
            continue;
        }
        let row = serde_json::from_str(&line).map_err(|error| DatasetError::BadLine {
            path: path.to_owned(),
            line: number,
            why: error.to_string(),
        })?;
        rows.push(row);
    }
    Ok(rows)
}

fn judgments(path: &Path) -> Result<BTreeMap<String, HashSet<String>>, DatasetError> {
    let mut relevant: BTreeMap<String, HashSet<String>> = BTreeMap::new();
    for (number, line) in (1..).zip(open(path)?.lines()).skip(1) {
        let line = line.map_err(|why| DatasetError::Unreadable { path: path.to_owned(), why })?;
        let fields: Vec<&str> = line.split('\t').collect();
        match fields.as_slice() {
            [query, document, score] => {
                let score: i64 = score.trim().parse().map_err(|_| DatasetError::BadLine {
                    path: path.to_owned(),
                    line: number,
                    why: format!("第三列“{score}”应为整数"),
                })?;
                if score > 0 {
                    relevant.entry((*query).to_owned()).or_default().insert((*document).to_owned());
                }
            }
            [""] => {}
            _ => {
                let why = "应为制表符分隔的三列：query-id、corpus-id、score".to_owned();
                return Err(DatasetError::BadLine { path: path.to_owned(), line: number, why });
            }
        }
    }
    Ok(relevant)
}
