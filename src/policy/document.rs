//! The document (公文) and what its letterhead says.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Attachment, Clause, ClauseId, Disagreement, DocumentKind, DocumentNumber, Link, Outline, OutlineError, Provenance,
    RegionCode, Relation, Source, Term, sha256_hex,
};

/// The name by which the library knows a document; safe in a file name and in a URL path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentId(Arc<str>);

/// Why a text is not a document id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” 不是合法的文件标识：只用小写或大写英文字母、数字、连字符、下划线和点，不以点开头，长度 1–128")]
pub struct DocumentIdError(String);

impl DocumentId {
    /// Longest id accepted: a file name of 128 bytes plus an ending fits every file system.
    const MAX_BYTES: usize = 128;

    /// Parses an id.
    pub fn parse(text: &str) -> Result<Self, DocumentIdError> {
        let ok = !text.is_empty()
            && text.len() <= Self::MAX_BYTES
            && !text.starts_with('.')
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        if ok { Ok(Self(text.into())) } else { Err(DocumentIdError(text.chars().take(80).collect())) }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for DocumentId {
    type Error = DocumentIdError;
    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value)
    }
}

impl From<DocumentId> for String {
    fn from(value: DocumentId) -> Self {
        value.0.as_ref().to_owned()
    }
}

/// The level of government a document comes from (层级).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 国家级.
    National,
    /// 省级.
    Provincial,
    /// 地市级.
    Prefecture,
    /// 县级.
    County,
    /// 乡镇级.
    Township,
}

impl Level {
    /// The Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::National => "国家级",
            Self::Provincial => "省级",
            Self::Prefecture => "地市级",
            Self::County => "县级",
            Self::Township => "乡镇级",
        }
    }
}

/// Whether a document may be shown to the public (公开属性).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Disclosure {
    /// 主动公开: the only one that is indexed for the public.
    #[serde(rename = "主动公开")]
    Proactive,
    /// 依申请公开.
    #[serde(rename = "依申请公开")]
    OnRequest,
    /// 不予公开.
    #[serde(rename = "不予公开")]
    Withheld,
    /// Not stated: not shown until a person or the import decides.
    #[default]
    #[serde(rename = "未标注")]
    Unstated,
}

impl Disclosure {
    /// Whether the document may be indexed for and shown to everyone.
    #[must_use]
    pub fn is_public(self) -> bool {
        self == Self::Proactive
    }

    /// The Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Proactive => "主动公开",
            Self::OnRequest => "依申请公开",
            Self::Withheld => "不予公开",
            Self::Unstated => "未标注",
        }
    }
}

/// Whom a document addresses (适用对象).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// 个人.
    #[serde(rename = "个人")]
    Person,
    /// 企业.
    #[serde(rename = "企业")]
    Enterprise,
    /// 部门.
    #[serde(rename = "部门")]
    Department,
}

impl Audience {
    /// The Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "个人",
            Self::Enterprise => "企业",
            Self::Department => "部门",
        }
    }
}

/// The four dates a document can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dates {
    /// 成文日期.
    pub written: Option<Date>,
    /// 发布日期.
    pub published: Option<Date>,
    /// 施行日期.
    pub effective: Option<Date>,
    /// 有效期至: the last day in force.
    pub expires: Option<Date>,
}

impl Dates {
    /// The day the document was issued, as far as it is known: written, else published.
    #[must_use]
    pub fn issued(&self) -> Option<Date> {
        self.written.or(self.published)
    }

    /// The first day in force: stated, else published, else written.
    #[must_use]
    pub fn commencement(&self) -> Option<Date> {
        self.effective.or(self.published).or(self.written)
    }
}

/// What is known about a document beside its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Its id.
    pub id: DocumentId,
    /// 标题.
    pub title: String,
    /// 发文字号.
    pub number: Option<DocumentNumber>,
    /// 索引号 of the government's own catalogue, when the page states one.
    pub index_number: Option<String>,
    /// 发文机关, joint issuers in the order of the letterhead.
    pub issuers: Vec<String>,
    /// 适用地区; none means nationwide or not known.
    pub region: Option<RegionCode>,
    /// 层级.
    pub level: Option<Level>,
    /// 文种.
    pub kind: DocumentKind,
    /// 主题分类.
    pub themes: Vec<String>,
    /// 适用对象.
    pub audience: Vec<Audience>,
    /// Its dates.
    pub dates: Dates,
    /// 期限条款: what the text says of its own life.
    pub terms: Vec<Term>,
    /// 公开属性.
    pub disclosure: Disclosure,
    /// 附件 that are files of their own.
    pub attachments: Vec<Attachment>,
    /// 页面链接: documents that its page links to.
    #[serde(default)]
    pub links: Vec<Link>,
    /// 抄送机关.
    pub copied_to: Vec<String>,
    /// Other letterhead values by their Chinese names: 签发人, 密级, 紧急程度, 印发机关, 印发日期, 主题词.
    pub elements: Vec<(String, String)>,
    /// Whether the text was recognised from pictures (OCR) and may hold wrong characters.
    pub recognised: bool,
    /// Sources, the leading one first.
    pub sources: Vec<Source>,
    /// Version, counted from 1 (版本).
    pub version: u32,
    /// Relations as the document or a person states them.
    pub relations: Vec<Relation>,
    /// Where each letterhead value comes from, by field name.
    pub origins: Vec<(String, Provenance)>,
    /// Values that lost to another place's, for a person to look at.
    pub disagreements: Vec<Disagreement>,
}

impl Metadata {
    /// Metadata with nothing known but id, title and kind.
    #[must_use]
    pub fn new(id: DocumentId, title: impl Into<String>, kind: DocumentKind) -> Self {
        Self {
            id,
            title: title.into(),
            number: None,
            index_number: None,
            issuers: Vec::new(),
            region: None,
            level: None,
            kind,
            themes: Vec::new(),
            audience: Vec::new(),
            dates: Dates::default(),
            terms: Vec::new(),
            disclosure: Disclosure::Unstated,
            attachments: Vec::new(),
            links: Vec::new(),
            copied_to: Vec::new(),
            elements: Vec::new(),
            recognised: false,
            sources: Vec::new(),
            version: 1,
            relations: Vec::new(),
            origins: Vec::new(),
            disagreements: Vec::new(),
        }
    }

    /// The file it was read from: the first source with a digest; none for a document written by hand.
    #[must_use]
    pub fn file(&self) -> Option<&Source> {
        self.sources.iter().find(|source| !source.sha256.is_empty())
    }

    /// The customary form of naming the document: 《title》（number）.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.number {
            Some(number) => format!("《{}》（{number}）", self.title),
            None => format!("《{}》", self.title),
        }
    }
}

/// A policy document: metadata, canonical text and outline that fit each other.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyDocument {
    meta: Metadata,
    text: Arc<str>,
    text_sha256: String,
    outline: Outline,
}

impl PolicyDocument {
    /// Joins the three; refuses an outline that does not fit the text.
    pub fn new(meta: Metadata, text: Arc<str>, outline: Outline) -> Result<Self, OutlineError> {
        outline.check(&text)?;
        let text_sha256 = sha256_hex(text.as_bytes());
        Ok(Self { meta, text, text_sha256, outline })
    }

    /// What is known beside the text.
    #[must_use]
    pub fn meta(&self) -> &Metadata {
        &self.meta
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &DocumentId {
        &self.meta.id
    }

    /// The canonical text, in which all offsets count.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// SHA-256 of the canonical text, in hexadecimal.
    #[must_use]
    pub fn text_sha256(&self) -> &str {
        &self.text_sha256
    }

    /// The outline.
    #[must_use]
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// All clauses in order.
    pub fn clauses(&self) -> impl Iterator<Item = Clause<'_>> {
        (0..self.outline.nodes().len()).map(|index| Clause::new(self, index))
    }

    /// The clause at this place of the outline.
    #[must_use]
    pub fn clause_at(&self, index: usize) -> Option<Clause<'_>> {
        (index < self.outline.nodes().len()).then(|| Clause::new(self, index))
    }

    /// The clause with this id.
    #[must_use]
    pub fn clause(&self, id: &ClauseId) -> Option<Clause<'_>> {
        self.outline.nodes().iter().position(|node| &node.id == id).map(|index| Clause::new(self, index))
    }
}
