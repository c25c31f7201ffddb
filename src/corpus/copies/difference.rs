//! Differences (差异) between copies, word by word and line by line.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, ChangeTag, TextDiff};

use super::likeness::Shingles;

/// Most changes listed; copies that differ more are better read side by side.
const MOST_CHANGES: usize = 2000;
/// Time after which a comparison becomes coarser.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(500);

/// What became of a piece of text from the leading copy to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// In both.
    Same,
    /// Only in the leading copy.
    Missing,
    /// Only in the other copy.
    Added,
}

/// A piece of text that is the same or differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// The words.
    pub text: String,
}

/// A line of the leading copy beside that of another, where they differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedLine {
    /// The pieces, in order.
    pub changes: Vec<Change>,
}

/// How a copy differs from the leading one (副本差异).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyDifference {
    /// Where the copy came from.
    pub location: String,
    /// Its title, as it stands there.
    pub title: String,
    /// How alike the texts are, 0–1.
    pub likeness: f32,
    /// Letters and figures only in the leading copy.
    pub missing: usize,
    /// Letters and figures only in the other copy.
    pub added: usize,
    /// The lines that differ.
    pub lines: Vec<ChangedLine>,
    /// Whether more lines differ than are listed.
    pub clipped: bool,
}

/// Compares a copy with the leading text; white space between Han and empty lines do not count.
#[must_use]
pub fn difference(location: &str, title: &str, leading: &str, copy: &str) -> CopyDifference {
    let likeness = Shingles::new(leading).likeness(&Shingles::new(copy)).alike;
    let (old, new) = (lines(leading), lines(copy));
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let mut found = CopyDifference {
        location: location.to_owned(),
        title: title.to_owned(),
        likeness,
        missing: 0,
        added: 0,
        lines: Vec::new(),
        clipped: false,
    };
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).timeout(PATIENCE).diff_slices(&old, &new);
    for op in diff.ops().iter().filter(|op| op.tag() != similar::DiffTag::Equal) {
        let (before, after) = (old[op.old_range()].join("\n"), new[op.new_range()].join("\n"));
        found.add(words(&before, &after));
    }
    found
}

impl CopyDifference {
    fn add(&mut self, changes: Vec<Change>) {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        for change in &changes {
            match change.kind {
                ChangeKind::Same => {}
                ChangeKind::Missing => self.missing += letters(&change.text),
                ChangeKind::Added => self.added += letters(&change.text),
            }
        }
        if self.lines.len() < MOST_CHANGES {
            self.lines.push(ChangedLine { changes });
        } else {
            self.clipped = true;
        }
    }
}

/// The characters of two lines compared: Chinese has no words to split at.
fn words(before: &str, after: &str) -> Vec<Change> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_chars(before, after);
    let mut changes: Vec<Change> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => ChangeKind::Same,
            ChangeTag::Delete => ChangeKind::Missing,
            ChangeTag::Insert => ChangeKind::Added,
        };
        match changes.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => changes.push(Change { kind, text: change.value().to_owned() }),
        }
    }
    changes
}

/// The lines that say something, without the white space that typesetting puts between Han.
fn lines(text: &str) -> Vec<String> {
    let set = |line: &str| {
        let mut words = line.split_whitespace();
        let mut set = words.next().unwrap_or_default().to_owned();
        for word in words {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if latin(set.chars().next_back()) && latin(word.chars().next()) {
                set.push(' ');
            }
            set.push_str(word);
        }
        set
    };
    text.lines().map(set).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_words_are_shown_and_spacing_is_not() {
        let leading = "第一条 为了规范。\n\n第二条 每人每月100元。\n附件：申请表";
        let copy = "第一条 为了规范。\n  第二条 每人每月120元。";
        let found = difference("b", "办法", leading, copy);
        assert!(found.missing > 0 && found.added == 1);
        let changes: Vec<&Change> = found.lines.iter().flat_map(|line| &line.changes).collect();
        assert!(changes.contains(&&Change { kind: ChangeKind::Missing, text: "0".to_owned() }) || found.missing >= 5);
        assert!(difference("b", "办法", leading, leading).lines.is_empty());
    }
}
