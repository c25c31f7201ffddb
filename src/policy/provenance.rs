//! How a value of the letterhead came to be known, and where it stands (出处).

use std::fmt;

use serde::{Deserialize, Serialize};

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
