//! Finishing (定稿): drafts become nodes with ids, labels and ends.

use std::collections::HashMap;

use super::draft::{Draft, Segment};
use super::letterhead::AnnexMark;
use super::marker::{Marker, Style};
use super::{numeral, responsibility};
use crate::policy::{ClauseId, ClauseKind, ClauseNode};

/// Nodes of these drafts, in the same order. The only 款 of an article becomes part of the article itself.
pub(super) fn nodes(text: &str, drafts: &[Draft]) -> Vec<ClauseNode> {
    let mut paragraphs = vec![0u32; drafts.len()];
    for draft in drafts.iter().filter(|draft| draft.segment == Segment::Paragraph) {
        if let Some(article) = draft.parent {
            paragraphs[article] += 1;
        }
    }
    let mut finish = Finish { nodes: Vec::with_capacity(drafts.len()), ..Finish::default() };
    let mut place: Vec<usize> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let parent = draft.parent.map(|parent| place[parent]);
        let only = draft.segment == Segment::Paragraph && draft.parent.is_some_and(|article| paragraphs[article] == 1);
        match parent.filter(|_| only) {
            Some(article) => {
                let node = &mut finish.nodes[article];
                // Without words of its own, items or a table follow the number directly.
                if draft.start < draft.own_end {
                    node.own_end = draft.own_end;
                }
                place.push(article);
            }
            None => place.push(finish.add(draft, parent)),
        }
    }
    let mut nodes = finish.nodes;
    close(&mut nodes);
    for node in &mut nodes {
        node.responsibilities = responsibility::within(text, node.start..node.own_end);
    }
    nodes
}

/// Ends every node where its last descendant ends.
fn close(nodes: &mut [ClauseNode]) {
    for at in (0..nodes.len()).rev() {
        let end = nodes[at].end.max(nodes[at].own_end);
        nodes[at].end = end;
        if let Some(parent) = nodes[at].parent {
            let parent = &mut nodes[parent as usize];
            parent.end = parent.end.max(end);
        }
    }
}

#[derive(Default)]
struct Finish {
    nodes: Vec<ClauseNode>,
    /// How often a node without a number of its own was counted below its parent.
    counts: HashMap<(Option<usize>, ClauseKind), u32>,
    /// How often an id was wanted.
    wanted: HashMap<String, u32>,
    tables: HashMap<Option<usize>, u32>,
    letterheads: u32,
}

impl Finish {
    fn add(&mut self, draft: &Draft, parent: Option<usize>) -> usize {
        let (id, label) = self.name(draft, parent);
        let id = self.unique(id);
        let index = self.nodes.len();
        self.nodes.push(ClauseNode {
            id: ClauseId(id),
            kind: draft.kind,
            parent: parent.and_then(|parent| u32::try_from(parent).ok()),
            label,
            start: draft.start,
            end: draft.own_end,
            own_end: draft.own_end,
            heading: draft.heading.clone(),
            responsibilities: Vec::new(),
        });
        index
    }

    /// The id itself, or with ~2, ~3 when it was given before.
    fn unique(&mut self, id: String) -> String {
        let times = self.wanted.entry(id.clone()).or_insert(0);
        *times += 1;
        if *times == 1 { id } else { format!("{id}~{times}") }
    }

    fn count(&mut self, parent: Option<usize>, kind: ClauseKind) -> u32 {
        let count = self.counts.entry((parent, kind)).or_insert(0);
        *count += 1;
        *count
    }

    /// The annex a node stands in.
    fn annex(&self, mut at: Option<usize>) -> Option<usize> {
        while let Some(index) = at {
            if self.nodes[index].kind == ClauseKind::Annex {
                return at;
            }
            at = self.nodes[index].parent.map(|parent| parent as usize);
        }
        None
    }

    fn below(&self, parent: Option<usize>, id: &str) -> String {
        parent.map_or_else(|| id.to_owned(), |parent| format!("{}__{id}", self.nodes[parent].id))
    }

    fn label(&self, parent: Option<usize>) -> &str {
        parent.map_or("", |parent| self.nodes[parent].label.as_str())
    }

    fn name(&mut self, draft: &Draft, parent: Option<usize>) -> (String, String) {
        let annex = self.annex(parent);
        match draft.segment {
            Segment::Mark(marker) => self.mark(draft.kind, &marker, parent, annex),
            Segment::Paragraph => {
                let count = self.count(parent, draft.kind);
                let label = format!("{}第{}款", self.label(parent), numeral::chinese_text(count));
                (self.below(parent, &format!("para_{count}")), label)
            }
            Segment::Block => {
                let count = self.count(parent, draft.kind);
                (self.below(parent, &format!("p_{count}")), format!("{}第{count}段", self.label(parent)))
            }
            Segment::Title => (self.below(annex, "title"), String::new()),
            Segment::Contents => (self.below(annex, "contents"), "目录".to_owned()),
            Segment::Letterhead => {
                self.letterheads += 1;
                (format!("lh_{}", self.letterheads), String::new())
            }
            Segment::Table => {
                let count = self.tables.entry(annex).or_insert(0);
                *count += 1;
                let count = *count;
                (self.below(annex, &format!("t_{count}")), format!("{}表{count}", self.label(annex)))
            }
            Segment::Row => {
                // The header row is the first.
                let count = self.count(parent, draft.kind) + 1;
                (self.below(parent, &format!("r_{count}")), format!("{}第{count}行", self.label(parent)))
            }
            Segment::Annex(AnnexMark { word, number }) => (format!("annex_{number}"), format!("{word}{number}")),
        }
    }

    fn mark(&self, kind: ClauseKind, marker: &Marker, parent: Option<usize>, annex: Option<usize>) -> (String, String) {
        let (number, chinese) = (marker.number, numeral::chinese_text(marker.number));
        let above = self.label(parent);
        let name = match kind {
            ClauseKind::Part if marker.style == Style::Subpart => "subpart",
            ClauseKind::Part => "part",
            ClauseKind::Chapter => "chp",
            ClauseKind::Section => "sec",
            ClauseKind::Article => {
                let (mut id, mut label) = (format!("art_{number}"), format!("{}第{chinese}条", self.label(annex)));
                if marker.sub > 0 {
                    id.push_str(&format!("_{}", marker.sub));
                    label.push_str(&format!("之{}", numeral::chinese_text(marker.sub)));
                }
                return (self.below(annex, &id), label);
            }
            ClauseKind::Item => "item",
            ClauseKind::Subitem => "subitem",
            _ => "h",
        };
        let counted: String = marker.above.iter().filter(|&&part| part > 0).map(|part| format!("{part}_")).collect();
        let id = self.below(parent, &format!("{name}_{counted}{number}"));
        let label = match kind {
            ClauseKind::Part if marker.style == Style::Subpart => format!("{above}第{chinese}分编"),
            ClauseKind::Part if marker.portion => format!("{above}第{chinese}部分"),
            ClauseKind::Part => format!("{above}第{chinese}编"),
            ClauseKind::Chapter => format!("{above}第{chinese}章"),
            ClauseKind::Section => format!("{above}第{chinese}节"),
            ClauseKind::Item | ClauseKind::Subitem if self.under_article(parent) => {
                let counter = if kind == ClauseKind::Item { "项" } else { "目" };
                format!("{above}第{}{counter}", written(marker))
            }
            _ => joined(above, marker),
        };
        (id, label)
    }

    fn under_article(&self, mut at: Option<usize>) -> bool {
        while let Some(index) = at {
            if self.nodes[index].kind == ClauseKind::Article {
                return true;
            }
            at = self.nodes[index].parent.map(|parent| parent as usize);
        }
        false
    }
}

/// A number as its style writes it: 三, （三）, 3, （3）, ③, 1.2.
fn written(marker: &Marker) -> String {
    let number = marker.number;
    match marker.style {
        Style::Comma => numeral::chinese_text(number),
        Style::Paren => format!("（{}）", numeral::chinese_text(number)),
        Style::ArabicParen => format!("（{number}）"),
        Style::HalfParen => format!("{number}）"),
        Style::Circled => {
            char::from_u32(0x245f + number).filter(|_| number <= 20).map_or_else(|| number.to_string(), String::from)
        }
        Style::Decimal2 | Style::Decimal3 | Style::Decimal4 => {
            let above: String = marker.above.iter().filter(|&&part| part > 0).map(|part| format!("{part}.")).collect();
            format!("{above}{number}")
        }
        _ => number.to_string(),
    }
}

/// The label below headings: 三（二）, 三.15, 三（二）1; 1.2 stands for itself.
fn joined(above: &str, marker: &Marker) -> String {
    let own = written(marker);
    if marker.style.is_decimal() {
        // 附件1 still has to be said.
        let annex: String = if above.starts_with('附') {
            above.chars().take_while(|c| !matches!(c, '·' | '第')).collect()
        } else {
            String::new()
        };
        return if annex.is_empty() { own } else { format!("{annex}·{own}") };
    }
    let annexed = ["附件", "附录", "附表"].iter().filter_map(|word| above.strip_prefix(word));
    let bare_annex = annexed.into_iter().any(|number| number.chars().all(|c| c.is_ascii_digit()));
    let separator = match own.chars().next() {
        _ if bare_annex => "·",
        Some('（' | '①'..='⑳') | None => "",
        Some(_) if above.is_empty() || above.ends_with('）') => "",
        Some(_) if marker.style == Style::Comma => "",
        Some(_) => ".",
    };
    format!("{above}{separator}{own}")
}
