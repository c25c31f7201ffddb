//! Clause structure (章节条款项目): which range of the text is which clause.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::PolicyDocument;

/// What a stretch of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// The title (标题).
    Title,
    /// A field of the letterhead: number, addressee, signature, date, copies (版头、主送、落款、版记).
    Letterhead,
    /// A table of contents (目录).
    Contents,
    /// 编.
    Part,
    /// 章.
    Chapter,
    /// 节.
    Section,
    /// 条.
    Article,
    /// 款, or an unnumbered paragraph of a document without articles (自然段).
    Paragraph,
    /// 项: （一） below an article; 1. below a heading.
    Item,
    /// 目: 1. below an item of an article; （1） or ① below an item.
    Subitem,
    /// A numbered heading of a document without articles: 一、 or （一）.
    Heading,
    /// A table (表).
    Table,
    /// A row of a table (表行).
    Row,
    /// An annex (附件).
    Annex,
}

impl ClauseKind {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Letterhead => "letterhead",
            Self::Contents => "contents",
            Self::Part => "part",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Article => "article",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Subitem => "subitem",
            Self::Heading => "heading",
            Self::Table => "table",
            Self::Row => "row",
            Self::Annex => "annex",
        }
    }
}

/// The id of a clause within its document, such as `art_12__para_2__item_3`; the same after every import.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClauseId(pub String);

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who must do what a clause says, and by when (责任单位、牵头单位、完成时限).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsibility {
    /// What the text calls the role: 责任单位, 牵头单位, 配合单位, 实施单位, 完成时限 …
    pub role: String,
    /// The names or the deadline, as the text has them.
    pub values: Vec<String>,
    /// Where it stands in the canonical text.
    pub range: Range<usize>,
}

/// One node of the outline. Nodes are stored in document order, parents before children.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseNode {
    /// The id.
    pub id: ClauseId,
    /// What it is.
    pub kind: ClauseKind,
    /// The index of the parent node.
    pub parent: Option<u32>,
    /// As people say it: 第十二条第二款第（三）项, 三（二）; empty for title and letterhead.
    pub label: String,
    /// Range of the whole subtree in the canonical text.
    pub start: usize,
    /// End of the whole subtree.
    pub end: usize,
    /// End of the node's own text; its children's text follows.
    pub own_end: usize,
    /// Range of its heading (number and title) in the canonical text; empty range when it has none.
    pub heading: Range<usize>,
    /// Responsible units and deadlines that belong to it.
    pub responsibilities: Vec<Responsibility>,
}

/// Text that was left out of the canonical text, and why: page numbers, running heads, navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noise {
    /// The text as it was.
    pub text: String,
    /// Why it is noise, in Chinese.
    pub reason: String,
}

/// The clause structure of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outline {
    nodes: Vec<ClauseNode>,
}

/// Why an outline does not fit a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutlineError {
    /// A range is outside the text, reversed or inside a character.
    #[error("条款 {0} 的位置不在正文之内或切断了字符")]
    BadRange(ClauseId),
    /// A node overlaps its neighbour or leaves its parent.
    #[error("条款 {0} 与前后条款重叠或越出上级条款")]
    Overlap(ClauseId),
    /// Two nodes have the same id.
    #[error("条款标识 {0} 重复")]
    DuplicateId(ClauseId),
    /// Characters of the text belong to no node.
    #[error("正文第 {0} 字节起的文字不属于任何条款")]
    Unaccounted(usize),
}

impl Outline {
    /// An outline of these nodes, in document order; checked when it meets its text.
    #[must_use]
    pub fn new(nodes: Vec<ClauseNode>) -> Self {
        Self { nodes }
    }

    /// The nodes in document order.
    #[must_use]
    pub fn nodes(&self) -> &[ClauseNode] {
        &self.nodes
    }

    /// Children of a node (or the top nodes), in order.
    pub fn children(&self, parent: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let first = parent.map_or(0, |p| p + 1);
        let wanted = parent.and_then(|p| u32::try_from(p).ok());
        let end = parent.map_or(usize::MAX, |p| self.nodes[p].end);
        self.nodes
            .iter()
            .enumerate()
            .skip(first)
            .take_while(move |(_, node)| node.start < end || node.parent == wanted)
            .filter(move |(_, node)| node.parent == wanted)
            .map(|(index, _)| index)
    }

    /// Ancestors of a node from the top down, the node itself last.
    #[must_use]
    pub fn lineage(&self, index: usize) -> Vec<usize> {
        let mut line = vec![index];
        let mut at = index;
        while let Some(parent) = self.nodes[at].parent {
            at = parent as usize;
            line.push(at);
        }
        line.reverse();
        line
    }

    /// The deepest node whose range holds this offset.
    #[must_use]
    pub fn deepest_at(&self, offset: usize) -> Option<usize> {
        // Nodes are in document order, parents first: the last node that holds the offset is the deepest.
        self.nodes.iter().rposition(|node| node.start <= offset && offset < node.end)
    }

    /// Checks that the nodes fit the text: ranges on character boundaries, nested, in order, unique ids, and every
    /// character but white space inside a node.
    pub fn check(&self, text: &str) -> Result<(), OutlineError> {
        let mut ids = std::collections::HashSet::new();
        let mut cursor = 0;
        for (index, node) in self.nodes.iter().enumerate() {
            let fits = node.start <= node.own_end
                && node.own_end <= node.end
                && node.end <= text.len()
                && [node.start, node.end, node.own_end, node.heading.start, node.heading.end]
                    .iter()
                    .all(|&at| text.is_char_boundary(at));
            if !fits {
                return Err(OutlineError::BadRange(node.id.clone()));
            }
            if !ids.insert(&node.id) {
                return Err(OutlineError::DuplicateId(node.id.clone()));
            }
            let inside_parent = node.parent.is_none_or(|parent| {
                let parent = parent as usize;
                parent < index && self.nodes[parent].own_end <= node.start && node.end <= self.nodes[parent].end
            });
            if node.start < cursor || !inside_parent {
                return Err(OutlineError::Overlap(node.id.clone()));
            }
            Self::gap_is_blank(text, cursor, node.start)?;
            cursor = node.own_end;
        }
        Self::gap_is_blank(text, cursor, text.len())
    }

    fn gap_is_blank(text: &str, from: usize, to: usize) -> Result<(), OutlineError> {
        match text[from..to].find(|c: char| !c.is_whitespace()) {
            Some(at) => Err(OutlineError::Unaccounted(from + at)),
            None => Ok(()),
        }
    }
}

/// A clause (条款): a node of the outline together with its document; the only thing that can be quoted.
#[derive(Debug, Clone, Copy)]
pub struct Clause<'d> {
    document: &'d PolicyDocument,
    index: usize,
}

impl<'d> Clause<'d> {
    pub(super) fn new(document: &'d PolicyDocument, index: usize) -> Self {
        Self { document, index }
    }

    /// The document it stands in.
    #[must_use]
    pub fn document(&self) -> &'d PolicyDocument {
        self.document
    }

    /// Its place in the outline.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its node.
    #[must_use]
    pub fn node(&self) -> &'d ClauseNode {
        &self.document.outline().nodes()[self.index]
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &'d ClauseId {
        &self.node().id
    }

    /// Its label, as people say it.
    #[must_use]
    pub fn label(&self) -> &'d str {
        &self.node().label
    }

    /// Its whole text, children included.
    #[must_use]
    pub fn text(&self) -> &'d str {
        &self.document.text()[self.node().start..self.node().end]
    }

    /// Its own text, without its children's.
    #[must_use]
    pub fn own_text(&self) -> &'d str {
        &self.document.text()[self.node().start..self.node().own_end]
    }

    /// Its heading, empty when it has none.
    #[must_use]
    pub fn heading(&self) -> &'d str {
        &self.document.text()[self.node().heading.clone()]
    }

    /// Headings from the top down to this clause; a clause without a heading gives its label.
    #[must_use]
    pub fn path(&self) -> Vec<String> {
        let outline = self.document.outline();
        outline
            .lineage(self.index)
            .into_iter()
            .map(|index| Clause::new(self.document, index))
            .map(|clause| match clause.heading() {
                "" => clause.label().to_owned(),
                heading => heading.to_owned(),
            })
            .filter(|step| !step.is_empty())
            .collect()
    }

    /// The parent clause.
    #[must_use]
    pub fn parent(&self) -> Option<Clause<'d>> {
        self.node().parent.map(|index| Clause::new(self.document, index as usize))
    }
}
