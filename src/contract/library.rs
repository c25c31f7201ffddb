//! Documents and search results as they leave the house.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CitedClauseJson, CitedDocumentJson};

/// A page of the list of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentListJson {
    /// The documents of this page.
    pub documents: Vec<DocumentSummaryJson>,
    /// How many there are in all.
    pub total: usize,
    /// This page, from 1.
    pub page: usize,
    /// Documents a page.
    pub per_page: usize,
    /// `newest`, `oldest`, `title`, `number`.
    #[serde(default)]
    pub sort: String,
    /// Counts by property over the documents that everything else chosen admits.
    #[serde(default)]
    pub facets: Vec<FacetJson>,
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentSummaryJson {
    /// What a citation says of it.
    #[serde(flatten)]
    pub document: CitedDocumentJson,
    /// 适用地区.
    pub region: Option<String>,
    /// 主题分类.
    pub themes: Vec<String>,
}

/// A document with its clauses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DocumentJson {
    /// What a list says of it.
    #[serde(flatten)]
    pub summary: DocumentSummaryJson,
    /// All issuers.
    pub issuers: Vec<String>,
    /// 层级.
    pub level: Option<String>,
    /// 适用对象.
    pub audience: Vec<String>,
    /// 成文日期.
    pub written: Option<String>,
    /// 发布日期.
    pub published: Option<String>,
    /// 公开属性.
    pub disclosure: String,
    /// Version.
    pub version: u32,
    /// Sources.
    pub sources: Vec<SourceJson>,
    /// Relations it states.
    pub relations: Vec<RelationJson>,
    /// What other documents did to it.
    pub life_events: Vec<LifeEventJson>,
    /// Ids of its interpretations.
    pub interpretations: Vec<String>,
    /// Links between interpretation and policy, either way, the merely possible ones too, best first.
    #[serde(default)]
    pub interpretation_links: Vec<InterpretationLinkJson>,
    /// SHA-256 of the canonical text.
    pub text_sha256: String,
    /// Bytes of the canonical text.
    pub text_bytes: usize,
    /// The clauses, in order, parents before children.
    pub clauses: Vec<ClauseJson>,
}

impl DocumentJson {
    /// A place of origin by its last part: paths of the operator's machine are nobody's business.
    #[must_use]
    pub fn public_location(location: &str) -> String {
        if location.contains("://") {
            location.to_owned()
        } else {
            location.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
        }
    }
}

/// A link between an interpretation and a policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InterpretationLinkJson {
    /// Id of the other document.
    pub document: String,
    /// Its title.
    pub title: String,
    /// `interprets` when the other document is the policy, `interpreted_by` when it is the interpretation.
    pub direction: String,
    /// Form of the interpretation: `text`, `questions`, `picture`, `press_conference`, `expert`, `video`.
    pub form: String,
    /// 0–1.
    pub confidence: f32,
    /// Whether it is sure enough to be used; otherwise it is only possible.
    pub likely: bool,
    /// Why.
    pub reason: String,
}

/// The differing copies of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CopiesJson {
    /// Id of the document, whose text leads.
    pub document: String,
    /// The copies that differ, the likest first.
    pub copies: Vec<CopyJson>,
}

/// A copy of a document from another source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CopyJson {
    /// A path's last part or a URL.
    pub location: String,
    /// Its title, as it stands there.
    pub title: String,
    /// How alike the texts are, 0–1.
    pub likeness: f32,
    /// Letters and figures only in the leading text.
    pub missing: usize,
    /// Letters and figures only in the copy.
    pub added: usize,
    /// The places that differ, each cut into pieces.
    pub lines: Vec<Vec<ChangeJson>>,
    /// Whether more places differ than are listed.
    pub clipped: bool,
}

/// A piece of text in a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangeJson {
    /// `same`, `missing` (only in the leading text), `added` (only in the copy).
    pub kind: String,
    /// The words.
    pub text: String,
}

/// Where a document came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SourceJson {
    /// A path's last part, a URL or a label.
    pub location: String,
    /// SHA-256 of the file as published.
    pub sha256: String,
}

/// A relation to another document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RelationJson {
    /// `interprets`, `based_on`, `amends`, `repeals`, `replaces`, `forwards`, `draft_of`.
    pub kind: String,
    /// The other document, when it is in the library.
    pub document: Option<String>,
    /// Its name, as stated.
    pub name: String,
    /// The words that say so.
    pub basis: Option<String>,
}

/// Something another document did to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LifeEventJson {
    /// `repealed`, `replaced`, `amended`.
    pub kind: String,
    /// From which day.
    pub on: Option<String>,
    /// The acting document.
    pub by: String,
    /// Its customary name.
    pub by_name: String,
}

/// A clause of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClauseJson {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Kind.
    pub kind: String,
    /// Headings from the top down.
    pub path: Vec<String>,
    /// First byte in the canonical text; the range covers the clauses below it.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// Id of the clause it belongs to.
    pub parent: Option<String>,
}

/// The gazettes (公报) whose issues the documents came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GazetteListJson {
    /// By name.
    pub gazettes: Vec<GazetteJson>,
}

/// A gazette.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GazetteJson {
    /// Its name.
    pub name: String,
    /// Its issues, the newest first.
    pub issues: Vec<GazetteIssueJson>,
}

/// An issue of a gazette.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GazetteIssueJson {
    /// The year.
    pub year: i16,
    /// The number in its year.
    pub number: u16,
    /// How many of its documents are in the library.
    pub count: usize,
    /// Its address in the interface.
    pub url: String,
}

/// An issue with its documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GazetteContentsJson {
    /// The gazette.
    pub name: String,
    /// The year.
    pub year: i16,
    /// The number in its year.
    pub number: u16,
    /// Its documents, in order.
    pub documents: Vec<DocumentSummaryJson>,
}

/// Search results: clauses grouped by document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SearchJson {
    /// The words searched.
    pub query: String,
    /// Results, best document first.
    pub results: Vec<SearchDocumentJson>,
    /// Documents found among those examined.
    pub total: usize,
    /// This page, from 1.
    pub page: usize,
    /// Counts by property over the documents found.
    pub facets: Vec<FacetJson>,
    /// Milliseconds it took.
    pub took_ms: f64,
}

/// A document found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SearchDocumentJson {
    /// The document.
    pub document: CitedDocumentJson,
    /// Its clauses found, best first.
    pub clauses: Vec<SearchClauseJson>,
    /// Its score.
    pub score: f64,
}

/// A clause found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SearchClauseJson {
    /// The clause.
    pub clause: CitedClauseJson,
    /// An excerpt of its own words.
    pub excerpt: String,
    /// First byte of the excerpt in the canonical text.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// What to highlight, as byte ranges of the excerpt.
    pub highlights: Vec<HighlightJson>,
    /// Its score.
    pub score: f64,
    /// The score's story, when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<serde_json::Value>,
}

/// A range to highlight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HighlightJson {
    /// First byte, in the excerpt.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

/// A count by a property's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FacetJson {
    /// `kind`, `region`, `issuer`, `validity`, `theme`, `year`.
    pub field: String,
    /// The value.
    pub value: String,
    /// How a person reads it.
    pub label: String,
    /// How many documents.
    pub count: usize,
}
