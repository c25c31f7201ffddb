//! The outline as the reader shows it: nested clauses with anchors, and the list of headings beside them.

use std::collections::HashMap;
use std::ops::Range;

use super::prose::{Piece, Prose, Row, Run};
use crate::policy::{ClauseKind, ClauseNode, PolicyDocument};

/// Deepest indentation; deeper clauses stand at this one.
const DEEPEST: usize = 4;
/// Lowest rank of a heading element.
const LOWEST_RANK: usize = 4;
/// Headings listed beside the text; a longer list helps nobody and weighs a page down.
const MOST_ENTRIES: usize = 400;

/// A paragraph of an interpretation, beside the clause it explains.
#[derive(Debug, Clone)]
pub(super) struct Note {
    pub(super) title: String,
    pub(super) url: String,
    /// Its beginning.
    pub(super) lead: String,
    pub(super) text: String,
}

/// A clause without the clauses below it.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) depth: usize,
    pub(super) label: String,
    /// Rank of its heading element, 2 to 4; 0 when it has none.
    pub(super) rank: usize,
    pub(super) heading: Vec<Run>,
    pub(super) pieces: Vec<Piece>,
    pub(super) notes: Vec<Note>,
    pub(super) mark: Option<Mark>,
}

/// What no longer holds, was changed or does not hold yet, beside the clause.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) state: &'static str,
    pub(super) label: &'static str,
    pub(super) basis: String,
    /// The acting document, when the public may see it.
    pub(super) url: Option<String>,
}

/// The page as it is written: a clause opens, the clauses below it follow, it closes.
#[derive(Debug)]
pub(super) enum Event {
    Open(Box<Block>),
    Close,
}

/// An entry of the list of headings.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) depth: usize,
    pub(super) text: String,
}

/// Writes a document as events.
pub(super) fn events(
    document: &PolicyDocument,
    prose: &Prose<'_>,
    mut notes: HashMap<usize, Vec<Note>>,
    mut marks: HashMap<usize, Mark>,
) -> Vec<Event> {
    let nodes = document.outline().nodes();
    let mut events = Vec::with_capacity(nodes.len() * 2);
    let mut open: Vec<usize> = Vec::new();
    let mut index = 0;
    while let Some(node) = nodes.get(index) {
        while open.last().is_some_and(|&last| node.parent.is_none_or(|parent| parent as usize != last)) {
            open.pop();
            events.push(Event::Close);
        }
        let mut block = block(document, prose, index, &open);
        block.notes = notes.remove(&index).unwrap_or_default();
        block.mark = marks.remove(&index);
        open.push(index);
        index += 1;
        if node.kind == ClauseKind::Table {
            let below = nodes[index..].iter().take_while(|other| other.start < node.end).count();
            for (at, row) in nodes.iter().enumerate().skip(index).take(below) {
                add_row(&mut block, row, prose);
                block.notes.extend(notes.remove(&at).unwrap_or_default());
            }
            index += below;
        }
        events.push(Event::Open(Box::new(block)));
    }
    events.extend(open.iter().map(|_| Event::Close));
    events
}

fn block(document: &PolicyDocument, prose: &Prose<'_>, index: usize, above: &[usize]) -> Block {
    let nodes = document.outline().nodes();
    let node = &nodes[index];
    let depth = above.iter().filter(|&&at| !is_heading(&nodes[at])).count();
    let headings = above.iter().filter(|&&at| is_heading(&nodes[at])).count();
    let own = node.start..node.own_end;
    let heading = head(document.text(), node);
    let alone = heading.as_ref().filter(|heading| stands_alone(document.text(), heading, node)).cloned();
    let pieces = match (&alone, &heading) {
        (Some(title), _) => prose.pieces(title.end..own.end),
        (None, Some(lead)) => prose.pieces_led_by(lead, own),
        (None, None) => prose.pieces(own),
    };
    Block {
        id: node.id.to_string(),
        kind: node.kind.name(),
        depth: depth.min(DEEPEST),
        label: node.label.clone(),
        rank: if alone.is_some() { (headings + 2).min(LOWEST_RANK) } else { 0 },
        heading: alone.map(|title| prose.runs(title)).unwrap_or_default(),
        pieces,
        notes: Vec::new(),
        mark: None,
    }
}

/// Where a node's heading or the number of an article stands, when its own text begins with it.
fn head(text: &str, node: &ClauseNode) -> Option<Range<usize>> {
    let own = text.get(node.start..node.own_end)?;
    if node.heading.is_empty()
        && node.kind == ClauseKind::Article
        && !node.label.is_empty()
        && own.trim_start().starts_with(&node.label)
    {
        let start = node.start + (own.len() - own.trim_start().len());
        return Some(start..start + node.label.len());
    }
    let heading = node.heading.clone();
    let before = text.get(node.start..heading.start)?;
    (!heading.is_empty() && heading.end <= node.own_end && before.trim().is_empty()).then_some(heading)
}

/// Whether a heading has its line for itself; a number such as 第三条 runs into the text.
fn stands_alone(text: &str, heading: &Range<usize>, node: &ClauseNode) -> bool {
    let rest = text.get(heading.end..node.own_end).unwrap_or_default();
    is_heading(node) && rest.split('\n').next().unwrap_or_default().trim().is_empty()
}

fn is_heading(node: &ClauseNode) -> bool {
    matches!(
        node.kind,
        ClauseKind::Part | ClauseKind::Chapter | ClauseKind::Section | ClauseKind::Heading | ClauseKind::Annex
    )
}

/// Adds a row's text to the table it belongs to.
fn add_row(block: &mut Block, row: &ClauseNode, prose: &Prose<'_>) {
    for piece in prose.pieces(row.start..row.end) {
        let mut rows = match piece {
            Piece::Table(rows) => rows,
            Piece::Line(runs) => vec![Row { id: String::new(), heading: false, cells: vec![runs] }],
        };
        if let Some(first) = rows.first_mut() {
            first.id = row.id.to_string();
        }
        match block.pieces.last_mut() {
            Some(Piece::Table(table)) => table.extend(rows),
            _ => block.pieces.push(Piece::Table(rows)),
        }
    }
}

/// The headings of a document; where it has none, its articles.
pub(super) fn entries(document: &PolicyDocument) -> Vec<Entry> {
    let nodes = document.outline().nodes();
    let listed = |wanted: &dyn Fn(&ClauseNode) -> bool| -> Vec<Entry> {
        let wanted = nodes.iter().enumerate().filter(|(_, node)| wanted(node) && !node.label.is_empty());
        wanted.take(MOST_ENTRIES).map(|(index, node)| entry(document, index, node)).collect()
    };
    let headings = listed(&is_heading);
    if headings.len() > 1 { headings } else { listed(&|node| is_heading(node) || node.kind == ClauseKind::Article) }
}

fn entry(document: &PolicyDocument, index: usize, node: &ClauseNode) -> Entry {
    /// What fits into the narrow column.
    const CHARS: usize = 40;
    let nodes = document.outline().nodes();
    let above = document.outline().lineage(index);
    let heading = document.text().get(node.heading.clone()).unwrap_or_default().trim();
    let text = if heading.is_empty() { node.label.as_str() } else { heading };
    Entry {
        id: node.id.to_string(),
        depth: above.iter().filter(|&&at| is_heading(&nodes[at])).count().clamp(1, 3),
        text: text.chars().take(CHARS).collect(),
    }
}
