//! The kind of a document (文种), and the work a title names.

use serde::{Deserialize, Serialize};

/// The kind of a document (文种), in the words of the library's own classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DocumentKind {
    /// A law (法律).
    #[serde(rename = "法律")]
    Law,
    /// An administrative regulation of the State Council (行政法规).
    #[serde(rename = "行政法规")]
    Regulation,
    /// A local regulation (地方性法规).
    #[serde(rename = "地方性法规")]
    LocalRegulation,
    /// A judicial interpretation (司法解释).
    #[serde(rename = "司法解释")]
    JudicialInterpretation,
    /// A departmental or local government rule (规章).
    #[serde(rename = "规章")]
    Rule,
    /// An administrative normative document (行政规范性文件).
    #[serde(rename = "行政规范性文件")]
    Normative,
    /// Any other official document (其他文件).
    #[serde(rename = "其他文件")]
    Other,
    /// A plan or programme of work (规划计划).
    #[serde(rename = "规划计划")]
    Plan,
    /// A draft published for comment (征求意见稿).
    #[serde(rename = "征求意见稿")]
    Draft,
    /// An interpretation of a policy (政策解读).
    #[serde(rename = "政策解读")]
    Interpretation,
    /// A gazette issue (公报).
    #[serde(rename = "公报")]
    Gazette,
    /// A public notice (公告).
    #[serde(rename = "公告")]
    Notice,
    /// Frequently asked questions kept as a document (常见问题).
    #[serde(rename = "常见问题")]
    Faq,
}

impl DocumentKind {
    /// Every kind, in order of authority.
    pub const ALL: [Self; 13] = [
        Self::Law,
        Self::Regulation,
        Self::LocalRegulation,
        Self::JudicialInterpretation,
        Self::Rule,
        Self::Normative,
        Self::Other,
        Self::Plan,
        Self::Notice,
        Self::Gazette,
        Self::Draft,
        Self::Interpretation,
        Self::Faq,
    ];

    /// The Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Law => "法律",
            Self::Regulation => "行政法规",
            Self::LocalRegulation => "地方性法规",
            Self::JudicialInterpretation => "司法解释",
            Self::Rule => "规章",
            Self::Normative => "行政规范性文件",
            Self::Other => "其他文件",
            Self::Plan => "规划计划",
            Self::Draft => "征求意见稿",
            Self::Interpretation => "政策解读",
            Self::Gazette => "公报",
            Self::Notice => "公告",
            Self::Faq => "常见问题",
        }
    }

    /// The kind with this Chinese name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind of legislation that a title alone tells (《…法》, 《…条例》, 《…解释》); an article's name at its end
    /// (专利法第六条) is left aside. None for titles of ordinary documents.
    #[must_use]
    pub fn of_legislation_titled(title: &str) -> Option<Self> {
        let name = work_title(title);
        let judicial = name.contains("最高人民法院") || name.contains("最高人民检察院") || name.ends_with("解释");
        match () {
            () if judicial || name.contains("适用法律") || name.ends_with("批复") => {
                Some(Self::JudicialInterpretation)
            }
            () if name.ends_with('法') && !name.ends_with("办法") || name.ends_with("法典") => Some(Self::Law),
            () if name.ends_with("条例") => Some(Self::Regulation),
            () => None,
        }
    }

    /// Whether a clause of such a document is authority (依据): interpretations and FAQ only explain.
    #[must_use]
    pub fn is_authority(self) -> bool {
        !matches!(self, Self::Interpretation | Self::Faq)
    }
}

/// The title of the work that a title names: without the article at its end and without an edition in brackets.
#[must_use]
pub fn work_title(title: &str) -> &str {
    let ordinal = |c: char| "第条之零〇一二三四五六七八九十百千0123456789".contains(c);
    let head = title.trim_end_matches(ordinal);
    let named = title.len() - head.len() > "第条".len() && title[head.len()..].starts_with('第');
    let name = if named { head } else { title };
    name.split(['（', '(']).next().filter(|name| !name.is_empty()).unwrap_or(name).trim()
}
