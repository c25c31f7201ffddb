//! Where a document came from (来源), and what came with it.

use serde::{Deserialize, Serialize};

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

/// A page that the page of a document links to (页面链接): its interpretation, the policy it interprets, a basis.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    /// The words of the link.
    pub title: String,
    /// Its address; relative when the page does not say where it came from.
    pub url: String,
}
