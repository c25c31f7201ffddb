//! Makes quotes of what was chosen: the sentence with the introduction and the items of its list, the clause when it is
//! short, the pieces of a span.

use std::ops::Range;

use crate::policy::{Citation, ClauseKind, DocumentKind, PolicyDocument};

use super::scoring::Scored;
use super::selection::Place;
use super::sentence::Sentence;
use super::table::{Table, tables_in};
use super::{Quoted, weights};

/// The sentences of one passage that answer, as quotes: the best one with the introduction and the items of its list,
/// and another that is as good.
pub(super) fn quotes_of(place: &Place, hits: &[&Scored]) -> Vec<Quoted> {
    let Some(best) = hits.first() else { return Vec::new() };
    let least = best.score * weights::JOINS;
    let document = &*place.document;
    let drafted = is_drafted(document.meta().kind);
    if let Some(table) = table_of(place, &best.sentence) {
        let rows = hits.iter().filter(|hit| hit.score >= least).take(weights::MOST_ROWS);
        let rows: Vec<&Sentence> = rows.map(|hit| &hit.sentence).collect();
        let parts = table.parts(document, &rows).into_iter();
        return parts.filter_map(|(node, range)| quote(place, node, range)).collect();
    }
    if drafted && let Some((node, range)) = small_list(document, &best.sentence) {
        return quote(place, node, range).into_iter().collect();
    }
    let mut ranges: Vec<Part> = introduction(document, &best.sentence).into_iter().collect();
    for hit in hits.iter().filter(|hit| hit.score >= least).take(weights::MOST_SENTENCES) {
        let whole = whole_list(document, &hit.sentence);
        let alone = whole.1 == hit.sentence.range;
        ranges.push(short_clause(document, &hit.sentence).filter(|_| drafted && alone).unwrap_or(whole));
    }
    merge(document, ranges).into_iter().filter_map(|(node, range)| quote(place, node, range)).collect()
}

/// A range as pieces that each lie in one node: one piece when some node holds it all.
pub(super) fn cited(document: &PolicyDocument, range: Range<usize>) -> Vec<(usize, Range<usize>)> {
    let outline = document.outline();
    let nodes = outline.nodes();
    let mut pieces = Vec::new();
    let mut start = range.start;
    while start < range.end {
        let Some(deepest) = outline.deepest_at(start) else { break };
        let lineage = outline.lineage(deepest);
        let holds = lineage
            .iter()
            .copied()
            .filter(|&index| nodes[index].end >= range.end)
            .max_by_key(|&index| nodes[index].start);
        let top = lineage.iter().copied().max_by_key(|&index| nodes[index].end).unwrap_or(deepest);
        let (node, end) = holds.map_or((top, nodes[top].end), |index| (index, range.end));
        if end <= start {
            break;
        }
        pieces.push((node, start..end));
        start = end;
    }
    pieces
}

/// Whether documents of this kind are drafted in clauses, each made to be cited as it stands; others are running text,
/// in which a part of a sentence may answer.
pub(super) fn is_drafted(kind: DocumentKind) -> bool {
    use DocumentKind::{JudicialInterpretation, Law, LocalRegulation, Normative, Plan, Regulation, Rule};
    matches!(kind, Law | Regulation | LocalRegulation | JudicialInterpretation | Rule | Normative | Plan)
}

/// Whether two quotes have words in common.
pub(super) fn overlap(one: &Citation, other: &Citation) -> bool {
    let (a, b) = (one.range(), other.range());
    one.document() == other.document() && a.start < b.end && b.start < a.end
}

/// A node with the range of it that is quoted.
pub(super) type Part = (usize, Range<usize>);

/// The table of which a sentence is a row, or which it leads.
pub(super) fn table_of(place: &Place, sentence: &Sentence) -> Option<Table> {
    let document = &*place.document;
    let of = |table: &Table| table.has_row(document, sentence) || table.is_led_by(sentence);
    tables_in(document, &place.range).into_iter().find(of)
}

/// The list in which a sentence is an item, when it is small: the other items tell which of them is meant.
fn small_list(document: &PolicyDocument, sentence: &Sentence) -> Option<(usize, Range<usize>)> {
    let (parent, _) = introduction(document, sentence)?;
    let node = document.outline().nodes().get(parent)?;
    (node.end - node.start <= weights::SMALL_LIST_BYTES).then_some((parent, node.start..node.end))
}

/// The whole of a short clause: its sentences are a rule, its exception and its measure.
fn short_clause(document: &PolicyDocument, sentence: &Sentence) -> Option<(usize, Range<usize>)> {
    let node = document.outline().nodes().get(sentence.node)?;
    let row = node.kind == ClauseKind::Row;
    (!row && node.own_end - node.start <= weights::SHORT_CLAUSE_BYTES)
        .then_some((sentence.node, node.start..node.own_end))
}

/// The introduction before an item of a list (…下列材料：), when it is short.
fn introduction(document: &PolicyDocument, sentence: &Sentence) -> Option<(usize, Range<usize>)> {
    let parent = document.outline().nodes().get(sentence.node)?.parent? as usize;
    let node = document.outline().nodes().get(parent)?;
    let own = document.text().get(node.start..node.own_end)?.trim_end();
    let short = own.len() <= weights::INTRODUCTION_BYTES;
    (short && own.ends_with(['：', ':'])).then(|| (parent, node.start..node.start + own.len()))
}

/// A sentence that opens a list, with the list's items as far as they fit.
fn whole_list(document: &PolicyDocument, sentence: &Sentence) -> (usize, Range<usize>) {
    let nodes = document.outline().nodes();
    let node = &nodes[sentence.node];
    let opens = document.text()[sentence.range.clone()].ends_with(['：', ':']) && sentence.range.end <= node.own_end;
    if !opens || node.end <= node.own_end {
        return (sentence.node, sentence.range.clone());
    }
    let end = document
        .outline()
        .children(Some(sentence.node))
        .map(|child| nodes[child].end)
        .take_while(|end| end - sentence.range.start <= weights::LIST_BYTES)
        .last()
        .unwrap_or(sentence.range.end);
    (sentence.node, sentence.range.start..end.max(sentence.range.end))
}

/// Joins ranges of one node that touch or overlap; keeps the order of the text.
fn merge(document: &PolicyDocument, mut ranges: Vec<(usize, Range<usize>)>) -> Vec<(usize, Range<usize>)> {
    ranges.sort_by_key(|(_, range)| (range.start, range.end));
    let mut merged: Vec<(usize, Range<usize>)> = Vec::new();
    for (node, range) in ranges {
        match merged.last_mut() {
            Some((_, last)) if range.end <= last.end => {}
            Some((last_node, last))
                if *last_node == node
                    && document.text().get(last.end..range.start).is_some_and(|gap| gap.trim().is_empty()) =>
            {
                last.end = range.end;
            }
            _ => merged.push((node, range)),
        }
    }
    merged
}

pub(super) fn quote(place: &Place, node: usize, range: Range<usize>) -> Option<Quoted> {
    let text = place.document.text().get(range.clone())?;
    let range = range.start..range.start + text.trim_end().len();
    let citation = place.document.clause_at(node)?.cite(range).ok()?;
    Some(Quoted { citation, document: place.document.clone(), node, validity: place.validity.clone() })
}
