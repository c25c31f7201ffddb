//! The wording (索引用文): what is indexed of a passage.

use super::passage::Passage;
use crate::policy::{ClauseKind, ClauseNode};

/// Characters of a container's own text that its children's path repeats: a lead-in (有下列情形之一的), not a page.
const LEAD_IN_CHARS: usize = 120;

/// What is indexed of a passage.
pub(crate) struct PassageText {
    /// Document title and the headings down to the passage.
    pub(crate) title: String,
    /// Title, the path with its lead-ins, and the passage.
    pub(crate) body: String,
}

impl PassageText {
    pub(crate) fn new(title: &str, nodes: &[ClauseNode], text: &str, passage: &Passage) -> Self {
        let mut titles = vec![title];
        let mut body = vec![title];
        let mut line = Vec::new();
        let mut at = (passage.node as usize) < nodes.len();
        let mut index = passage.node as usize;
        while at {
            line.push(index);
            at = nodes[index].parent.is_some_and(|parent| (parent as usize) < index);
            index = nodes[index].parent.map_or(0, |parent| parent as usize);
        }
        for &index in line.iter().rev() {
            let node = &nodes[index];
            let heading = &text[node.heading.clone()];
            titles.extend((!heading.is_empty()).then_some(heading));
            if node.start < passage.start as usize && node.kind != ClauseKind::Title {
                let lead_in = &text[node.start..node.own_end.min(passage.start as usize)];
                body.push(if lead_in.trim().is_empty() { heading } else { first_chars(lead_in, LEAD_IN_CHARS) });
            }
            let header = nodes.get(index + 1).filter(|row| {
                node.kind == ClauseKind::Table && row.kind == ClauseKind::Row && row.end <= passage.start as usize
            });
            body.extend(header.map(|row| first_chars(&text[row.start..row.end], LEAD_IN_CHARS)));
        }
        body.push(&text[passage.range()]);
        Self { title: titles.join("\n"), body: body.join("\n") }
    }
}

fn first_chars(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(at, _)| &text[..at])
}
