//! The document (公文) and what its letterhead says.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Clause, ClauseId, DocumentKind, DocumentNumber, Outline, OutlineError, RegionCode, Relation, Term, sha256_hex,
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

/// Where a document came from (来源).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Source {
    /// A path, a URL, or a label such as 示例.
    pub location: String,
    /// SHA-256 of the file as it was read, empty when it was written by hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// The issue of the gazette, when the source is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gazette: Option<GazetteIssue>,
}

impl Source {
    /// A source without a file of its own: an address or a label.
    #[must_use]
    pub fn named(location: impl Into<String>) -> Self {
        Self { location: location.into(), ..Self::default() }
    }
}

/// An issue of an official gazette (政府公报).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GazetteIssue {
    /// The name of the gazette: 某省人民政府公报.
    pub name: String,
    /// Its year.
    pub year: i16,
    /// The number of the issue in its year (第…期).
    pub number: u16,
}

/// A file published with a document (附件).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attachment {
    /// What the document calls it.
    pub title: String,
    /// Its address or path, as far as the source gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
}

/// How a value of the letterhead came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// The text or the page says it.
    #[serde(rename = "载明")]
    Stated,
    /// The program inferred it.
    #[serde(rename = "推定")]
    Inferred,
    /// A person entered it; imports never overwrite it.
    #[serde(rename = "人工")]
    Corrected,
}

impl Origin {
    /// The Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "载明",
            Self::Inferred => "推定",
            Self::Corrected => "人工",
        }
    }
}

/// Where a value of the letterhead stands, or the rule by which it was inferred (出处).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the Chinese name beside each says what it is")]
pub enum Place {
    #[serde(rename = "页面信息表")]
    PageTable,
    #[serde(rename = "网页元数据")]
    MetaTag,
    #[serde(rename = "网页")]
    Page,
    #[serde(rename = "目录记录")]
    Record,
    #[serde(rename = "文件头")]
    FileHead,
    #[serde(rename = "文件属性")]
    Properties,
    #[serde(rename = "版头")]
    Head,
    #[serde(rename = "标题")]
    Title,
    #[serde(rename = "题注")]
    Adoption,
    #[serde(rename = "正文")]
    Text,
    #[serde(rename = "落款")]
    Signature,
    #[serde(rename = "版记")]
    Imprint,
    #[serde(rename = "发文机关")]
    Issuer,
    #[serde(rename = "发文字号")]
    Number,
    #[serde(rename = "地区")]
    Region,
    #[serde(rename = "发布网站")]
    Publisher,
    #[serde(rename = "文件名")]
    FileName,
    #[serde(rename = "目录")]
    Folder,
    #[serde(rename = "导入默认")]
    Default,
}

impl Place {
    /// All of them.
    const ALL: [Self; 19] = [
        Self::PageTable,
        Self::MetaTag,
        Self::Page,
        Self::Record,
        Self::FileHead,
        Self::Properties,
        Self::Head,
        Self::Title,
        Self::Adoption,
        Self::Text,
        Self::Signature,
        Self::Imprint,
        Self::Issuer,
        Self::Number,
        Self::Region,
        Self::Publisher,
        Self::FileName,
        Self::Folder,
        Self::Default,
    ];

    /// The Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PageTable => "页面信息表",
            Self::MetaTag => "网页元数据",
            Self::Page => "网页",
            Self::Record => "目录记录",
            Self::FileHead => "文件头",
            Self::Properties => "文件属性",
            Self::Head => "版头",
            Self::Title => "标题",
            Self::Adoption => "题注",
            Self::Text => "正文",
            Self::Signature => "落款",
            Self::Imprint => "版记",
            Self::Issuer => "发文机关",
            Self::Number => "发文字号",
            Self::Region => "地区",
            Self::Publisher => "发布网站",
            Self::FileName => "文件名",
            Self::Folder => "目录",
            Self::Default => "导入默认",
        }
    }
}

/// How a value came to be known and where it stands (载明·页面信息表).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Provenance {
    /// Stated, inferred or entered by a person.
    pub origin: Origin,
    /// Where it stands; not known in files of earlier versions and for what a person entered.
    pub place: Option<Place>,
}

impl Provenance {
    /// A value stated in this place.
    #[must_use]
    pub fn stated(place: Place) -> Self {
        Self { origin: Origin::Stated, place: Some(place) }
    }

    /// A value inferred by what stands in this place.
    #[must_use]
    pub fn inferred(place: Place) -> Self {
        Self { origin: Origin::Inferred, place: Some(place) }
    }
}

impl From<Origin> for Provenance {
    fn from(origin: Origin) -> Self {
        Self { origin, place: None }
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.origin.name())?;
        self.place.map_or(Ok(()), |place| write!(f, "·{}", place.name()))
    }
}

impl TryFrom<String> for Provenance {
    type Error = String;
    fn try_from(value: String) -> Result<Self, Self::Error> {
        let (origin, place) = value.split_once('·').map_or((value.as_str(), None), |(o, place)| (o, Some(place)));
        let origin =
            [Origin::Stated, Origin::Inferred, Origin::Corrected].into_iter().find(|o| o.name() == origin.trim());
        let Some(origin) = origin else {
            return Err(format!("“{value}” 不是值的来历；应为 载明、推定 或 人工，可加 ·出处"));
        };
        let place = place.map(|name| {
            let known = Place::ALL.into_iter().find(|place| place.name() == name.trim());
            known.ok_or_else(|| format!("“{name}” 不是出处；应为 {}", Place::ALL.map(Place::name).join("、")))
        });
        Ok(Self { origin, place: place.transpose()? })
    }
}

impl From<Provenance> for String {
    fn from(value: Provenance) -> Self {
        value.to_string()
    }
}

/// Two places that say different things about one value (来源不一致); the first by the rule of precedence is kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disagreement {
    /// The field, by its name in the front matter.
    pub field: String,
    /// The value kept.
    pub kept: String,
    /// Where it stands.
    pub kept_from: Place,
    /// The other value.
    pub other: String,
    /// Where that stands.
    pub other_from: Place,
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
