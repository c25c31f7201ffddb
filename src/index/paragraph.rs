//! Paragraphs (段落) of an interpretation: what of them is no explanation.

use std::ops::Range;

use crate::policy::ClauseNode;

/// Headings under which an interpretation tells why there is a policy, not what it says.
const BACKGROUND: [&str; 6] = ["背景", "起草过程", "制定过程", "出台过程", "必要性", "重要意义"];

/// Whether a paragraph stands under a heading that announces the background.
pub(super) fn tells_background(text: &str, nodes: &[ClauseNode], index: usize) -> bool {
    let mut at = index;
    loop {
        let heading = &text[nodes[at].heading.clone()];
        if BACKGROUND.iter().any(|words| heading.contains(words)) {
            return true;
        }
        match nodes[at].parent.map(|parent| parent as usize).filter(|&parent| parent < at) {
            Some(parent) => at = parent,
            None => return false,
        }
    }
}

/// Whether a mention gives the number a clause had before: 将第十条改为第二十二条, 原办法第九条.
pub(super) fn is_former(text: &str, mention: &Range<usize>) -> bool {
    const FORMER: [&str; 7] = ["原", "原法", "原法律", "原法律的", "原办法", "原条例", "原规定"];
    let before = text[..mention.start].trim_end();
    text[mention.end..].starts_with("改为第") || FORMER.iter().any(|words| before.ends_with(words))
}

/// Where the 《 before a text is closed; its end when it never is.
pub(super) fn closing(text: &str) -> usize {
    let mut open = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '《' => open += 1,
            '》' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return at;
        }
    }
    text.len()
}

/// Letters and figures of a name.
pub(super) fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}
