//! The comparison (新旧条文对照) of two editions: clause beside clause, with the words that went and came.

use similar::{ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::duties::unnumbered;
use crate::corpus::{Change, ChangeKind};

use crate::policy::{Clause, ClauseKind, PolicyDocument};

/// Shared pairs of characters from which two clauses are one that was changed.
const SAME_CLAUSE: f32 = 0.4;
/// Pairs of clauses weighed against each other in one stretch; beyond it they stand as removed and added.
const MOST_WEIGHED: usize = 40_000;
/// Time after which a comparison becomes coarser.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(300);
/// Longest run of shared characters that is noise between two changes.
const NOISE_CHARS: usize = 1;

/// A clause in one of the editions, as it is named there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Its id.
    pub id: String,
    /// Its label; empty for letterhead and unnumbered text.
    pub label: String,
}

/// A clause that is not the same in both editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseChange {
    /// The clause in the older edition; none when it is new.
    pub old: Option<Side>,
    /// The clause in the newer edition; none when it was removed.
    pub new: Option<Side>,
    /// The words: the same, missing in the newer edition, added by it. All the same: only its number changed.
    pub words: Vec<Change>,
}

/// Two editions compared (对照).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The clauses that differ, in order.
    pub changes: Vec<ClauseChange>,
    /// How many are the same.
    pub same: usize,
}

/// Compares an older edition with a newer one; white space and renumbering alone change no clause's words.
#[must_use]
pub fn comparison(old: &PolicyDocument, new: &PolicyDocument) -> Comparison {
    // Number, addressee and date of another document are its own.
    let same_document = old.id() == new.id();
    let (old, new) = (parts(old, same_document), parts(new, same_document));
    let words = |parts: &[Part<'_>]| parts.iter().map(|part| part.words.clone()).collect::<Vec<String>>();
    let mut found = Comparison::default();
    for op in capture_diff_slices(similar::Algorithm::Patience, &words(&old), &words(&new)) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                for at in 0..len {
                    found.equal(&old[old_index + at], &new[new_index + at]);
                }
            }
            _ => found.differing(&old[op.old_range()], &new[op.new_range()]),
        }
    }
    found
}

/// A clause's own text without white space and without its number.
struct Part<'d> {
    clause: Clause<'d>,
    words: String,
}

impl Part<'_> {
    fn side(&self) -> Side {
        Side { id: self.clause.id().to_string(), label: self.clause.label().to_owned() }
    }
}

fn parts(document: &PolicyDocument, letterhead: bool) -> Vec<Part<'_>> {
    document
        .clauses()
        .filter(|clause| letterhead || clause.node().kind != ClauseKind::Letterhead)
        .filter(|clause| clause.node().kind != ClauseKind::Contents)
        .map(|clause| Part { words: bare(clause), clause })
        .filter(|part| !part.words.is_empty())
        .collect()
}

/// A clause's words without white space and without its number, which the label says.
fn bare(clause: Clause<'_>) -> String {
    let numbered =
        !clause.label().is_empty() && !matches!(clause.node().kind, ClauseKind::Paragraph | ClauseKind::Title);
    let own = clause.own_text().trim_start();
    let own = own.strip_prefix(clause.label()).unwrap_or(own);
    let own = if numbered { unnumbered(own) } else { own };
    own.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Comparison {
    fn equal(&mut self, old: &Part<'_>, new: &Part<'_>) {
        self.same += 1;
        if old.clause.label() != new.clause.label() {
            let words = vec![Change { kind: ChangeKind::Same, text: new.words.clone() }];
            self.changes.push(ClauseChange { old: Some(old.side()), new: Some(new.side()), words });
        }
    }

    /// A stretch in which nothing is the same: likest clauses side by side, in order, the others gone or new.
    fn differing(&mut self, old: &[Part<'_>], new: &[Part<'_>]) {
        let mut from = 0;
        for part in new {
            let rest = &old[from..];
            let weighed = if old.len() * new.len() <= MOST_WEIGHED { rest } else { &rest[..rest.len().min(1)] };
            let likest = weighed.iter().map(|other| likeness(&other.words, &part.words)).enumerate();
            // The first of the likest, so that clauses stay in order.
            let best = likest.filter(|(_, likeness)| *likeness >= SAME_CLAUSE).fold(None, |best, one| match best {
                Some((_, most)) if most >= one.1 => best,
                _ => Some(one),
            });
            match best {
                Some((at, _)) => {
                    rest[..at].iter().for_each(|gone| self.removed(gone));
                    let words = words(&rest[at].words, &part.words);
                    self.changes.push(ClauseChange { old: Some(rest[at].side()), new: Some(part.side()), words });
                    from += at + 1;
                }
                None => {
                    let words = vec![Change { kind: ChangeKind::Added, text: part.words.clone() }];
                    self.changes.push(ClauseChange { old: None, new: Some(part.side()), words });
                }
            }
        }
        old[from..].iter().for_each(|gone| self.removed(gone));
    }

    fn removed(&mut self, part: &Part<'_>) {
        let words = vec![Change { kind: ChangeKind::Missing, text: part.words.clone() }];
        self.changes.push(ClauseChange { old: Some(part.side()), new: None, words });
    }
}

/// Shared pairs of characters, as a part of the longer text's.
fn likeness(one: &str, other: &str) -> f32 {
    let pairs =
        |text: &str| -> std::collections::HashSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (one, other) = (pairs(one), pairs(other));
    one.intersection(&other).count() as f32 / one.len().max(other.len()).max(1) as f32
}

/// The characters of two clauses compared; a single shared character between changes only confuses the eye.
fn words(before: &str, after: &str) -> Vec<Change> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_chars(before, after);
    let mut runs: Vec<Change> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => ChangeKind::Same,
            ChangeTag::Delete => ChangeKind::Missing,
            ChangeTag::Insert => ChangeKind::Added,
        };
        join(&mut runs, kind, change.value());
    }
    let mut joined: Vec<Change> = Vec::new();
    let last = runs.len().saturating_sub(1);
    let (mut gone, mut come) = (String::new(), String::new());
    for (at, run) in runs.into_iter().enumerate() {
        let noise = at > 0 && at < last && run.text.chars().count() <= NOISE_CHARS;
        match run.kind {
            ChangeKind::Missing => gone.push_str(&run.text),
            ChangeKind::Added => come.push_str(&run.text),
            ChangeKind::Same if noise => {
                gone.push_str(&run.text);
                come.push_str(&run.text);
            }
            ChangeKind::Same => {
                settle(&mut joined, &mut gone, &mut come);
                join(&mut joined, ChangeKind::Same, &run.text);
            }
        }
    }
    settle(&mut joined, &mut gone, &mut come);
    joined
}

fn settle(joined: &mut Vec<Change>, gone: &mut String, come: &mut String) {
    for (kind, text) in [(ChangeKind::Missing, std::mem::take(gone)), (ChangeKind::Added, std::mem::take(come))] {
        if !text.is_empty() {
            join(joined, kind, &text);
        }
    }
}

fn join(runs: &mut Vec<Change>, kind: ChangeKind, text: &str) {
    match runs.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(text),
        _ => runs.push(Change { kind, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline;
    use crate::policy::{DocumentId, DocumentKind, Metadata};

    fn document(text: &str) -> PolicyDocument {
        let meta = Metadata::new(DocumentId::parse("a").unwrap(), "办法", DocumentKind::Normative);
        PolicyDocument::new(meta, text.into(), outline::outline(text)).unwrap()
    }

    #[test]
    fn clauses_are_paired_and_a_shifted_number_is_no_change_of_words() {
        let old = document(
            "第一条　为了规范管理，制定本办法。\n\n第二条　每人每月补贴100元。\n\n第三条　由县民政局负责发放。\n",
        );
        let new = document(
            "第一条　为了规范管理，制定本办法。\n\n第二条　本办法所称老人，是指年满80周岁的人。\n\n第三条　每人每月补贴120元。\n\n第四条　由县民政局负责发放。\n",
        );
        let found = comparison(&old, &new);
        let labels = |change: &ClauseChange| {
            let label = |side: &Option<Side>| side.as_ref().map(|side| side.label.clone()).unwrap_or_default();
            (label(&change.old), label(&change.new))
        };
        let all: Vec<(String, String)> = found.changes.iter().map(labels).collect();
        let pair = |old: &str, new: &str| (old.to_owned(), new.to_owned());
        assert_eq!(all, [pair("", "第二条"), pair("第二条", "第三条"), pair("第三条", "第四条")]);
        let gone: Vec<&str> = found.changes[1].words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(gone, ["每人每月补贴1", "0", "2", "0元。"]);
        assert_eq!(found.changes[2].words.len(), 1);
        assert!(comparison(&old, &old).changes.is_empty());
    }
}
