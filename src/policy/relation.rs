//! Relations between documents (文件关系): interprets, based on, amends, repeals, replaces, extends, confirms, forwards,
//! draft of.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DocumentId, DocumentNumber};

/// How one document bears on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// 解读.
    Interprets,
    /// 依据.
    BasedOn,
    /// 修改.
    Amends,
    /// 废止.
    Repeals,
    /// 替代: the newer edition of the same rules.
    Replaces,
    /// 转发.
    Forwards,
    /// 征求意见稿 of.
    DraftOf,
    /// 延长有效期: the other document holds longer.
    Extends,
    /// 确认继续有效: a review (清理) found that the other document stays in force.
    Confirms,
}

impl RelationKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Interprets,
        Self::BasedOn,
        Self::Amends,
        Self::Repeals,
        Self::Replaces,
        Self::Forwards,
        Self::DraftOf,
        Self::Extends,
        Self::Confirms,
    ];

    /// Whether such a relation bears on the validity of the other document.
    #[must_use]
    pub fn bears_on_validity(self) -> bool {
        matches!(self, Self::Amends | Self::Repeals | Self::Replaces | Self::Extends | Self::Confirms)
    }

    /// The name used in JSON and in front matter.
    #[must_use]
    pub fn json_name(self) -> &'static str {
        match self {
            Self::Interprets => "interprets",
            Self::BasedOn => "based_on",
            Self::Amends => "amends",
            Self::Repeals => "repeals",
            Self::Replaces => "replaces",
            Self::Forwards => "forwards",
            Self::DraftOf => "draft_of",
            Self::Extends => "extends",
            Self::Confirms => "confirms",
        }
    }

    /// The Chinese verb.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Interprets => "解读",
            Self::BasedOn => "依据",
            Self::Amends => "修改",
            Self::Repeals => "废止",
            Self::Replaces => "替代",
            Self::Forwards => "转发",
            Self::DraftOf => "征求意见稿",
            Self::Extends => "延长有效期",
            Self::Confirms => "确认继续有效",
        }
    }
}

/// The other end of a relation: a document of the library, or a name that may resolve when the document arrives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Target {
    /// The document, once known.
    pub document: Option<DocumentId>,
    /// Its number, as stated.
    pub number: Option<DocumentNumber>,
    /// Its title, as stated.
    pub title: Option<String>,
}

/// A relation as a document states it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Relation {
    /// What it is.
    pub kind: RelationKind,
    /// The other document.
    pub target: Target,
    /// From when, where it differs from the commencement of the stating document.
    pub on: Option<Date>,
    /// The new last day of validity, for a relation that extends it.
    pub until: Option<Date>,
    /// The clauses of the other document that are meant (第八条, 第三章); none: all of it.
    pub clauses: Vec<String>,
    /// The words that say so, verbatim, when the text says so.
    pub basis: Option<String>,
}

impl Relation {
    /// A relation to a document as a whole, without words.
    #[must_use]
    pub fn new(kind: RelationKind, target: Target) -> Self {
        Self { kind, target, on: None, until: None, clauses: Vec::new(), basis: None }
    }

    /// The same with the words that state it.
    #[must_use]
    pub fn because(self, words: impl Into<String>) -> Self {
        Self { basis: Some(words.into()), ..self }
    }
}
