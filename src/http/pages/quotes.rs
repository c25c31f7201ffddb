//! Quotes in place (引文): the words that answer, each with the citations that open below it and what explains them.

use std::ops::Range;

use super::super::api;
use super::labels;
use super::link::quote;
use super::prose::{Piece, Prose};
use crate::contract::{
    AnswerJson, CitationJson, CitedClauseJson, CitedDocumentJson, InterpretationJson, StatementJson,
};
use crate::index::Generation;

/// A clause longer than this (some 2,000 hanzi) is read in its document.
const LONGEST_IN_PLACE: usize = 6_000;
/// An interpretation of more characters is folded: beside three lines of a clause it would be the larger part.
const LONGEST_BESIDE: usize = 160;

/// A stretch of the answer: the words, what they rest on, and what explains them.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) pieces: Vec<Piece>,
    /// Citations shown for the first time, which open here; none for a phrase of our own.
    pub(super) citations: Vec<QuoteView>,
    /// Numbers of citations that stand further up.
    pub(super) again: Vec<u32>,
    pub(super) notes: Vec<QuoteView>,
    /// The words as plain text.
    text: String,
    /// Numbers of all its citations.
    numbers: Vec<u32>,
}

/// A document as a citation shows it.
#[derive(Debug)]
pub(super) struct DocumentView {
    pub(super) cited: CitedDocumentJson,
    /// Class and words of its badge.
    pub(super) badge: (String, &'static str),
    pub(super) imprint: String,
    /// The title in its marks.
    pub(super) title: String,
    /// Days in the Chinese form, as name and day.
    pub(super) days: Vec<(&'static str, String)>,
}

/// A citation or an interpretation, opened in place.
#[derive(Debug)]
pub(super) struct QuoteView {
    pub(super) number: u32,
    /// Further citations of the same clause whose words stand in the same passage.
    pub(super) also: Vec<u32>,
    pub(super) document: DocumentView,
    pub(super) label: String,
    pub(super) path: String,
    /// Of a citation the whole clause with the quote marked, unless the words above are all of it; of an interpretation
    /// its words.
    pub(super) pieces: Vec<Piece>,
    /// Whether the words are many.
    pub(super) long: bool,
    /// Whether it stands directly below another clause of the same document.
    pub(super) same: bool,
    /// Its place in the reader.
    pub(super) url: String,
}

impl DocumentView {
    /// A document as a citation shows it.
    pub(super) fn new(cited: &CitedDocumentJson) -> Self {
        let days = [("印发日期", &cited.issued), ("施行日期", &cited.effective), ("有效期至", &cited.expires)];
        Self {
            badge: labels::badge(cited),
            imprint: labels::imprint(cited),
            title: labels::titled(&cited.title),
            days: days.into_iter().filter_map(|(name, day)| Some((name, labels::day(day.as_ref()?)))).collect(),
            cited: cited.clone(),
        }
    }
}

/// The passages of an answer.
pub(super) fn passages(generation: &Generation, answer: &AnswerJson) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut shown: Vec<u32> = Vec::new();
    for (text, numbers) in joined(answer) {
        let cited = |number: &u32| answer.citations.iter().find(|citation| citation.number == *number);
        let (again, new): (Vec<u32>, Vec<u32>) = numbers.iter().partition(|number| shown.contains(number));
        shown.extend(&new);
        let mut citations: Vec<QuoteView> = Vec::new();
        for citation in new.iter().filter_map(cited) {
            match citations.last_mut().filter(|last| is_clause(last, citation)) {
                Some(last) => last.also.push(citation.number),
                None => citations.push(in_place(generation, citation, &text)),
            }
        }
        let before = passages.last().and_then(|passage| passage.citations.last());
        let document = before.map(|citation| citation.document.cited.id.clone()).unwrap_or_default();
        citations.iter_mut().for_each(|citation| citation.same = citation.document.cited.id == document);
        let explained = answer.interpretations.iter().filter(|one| new.contains(&one.explains));
        let notes = explained.map(interpretation).collect();
        let pieces = Prose::new(&text, None).pieces(0..text.len());
        passages.push(Passage { pieces, citations, again, notes, text, numbers });
    }
    passages
}

/// Citations on which no statement rests: next steps and comparisons may point at them.
pub(super) fn others(generation: &Generation, answer: &AnswerJson) -> Vec<QuoteView> {
    let stated = |number| answer.answer.iter().any(|statement| statement.citations.contains(number));
    answer
        .citations
        .iter()
        .filter(|citation| !stated(&citation.number))
        .map(|citation| in_place(generation, citation, ""))
        .collect()
}

impl Passage {
    /// The words as plain text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Numbers of all its citations.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }
}

/// A document and a range of its text.
type Stretch = (String, Range<usize>);

/// The statements, those that quote overlapping stretches of one document as one: nothing is said twice in a row.
fn joined(answer: &AnswerJson) -> Vec<(String, Vec<u32>)> {
    let mut all: Vec<(String, Vec<u32>, Option<Stretch>)> = Vec::new();
    for statement in &answer.answer {
        let stands = whole_quote(answer, statement);
        if let (Some((text, numbers, Some((document, range)))), Some((id, next))) = (all.last_mut(), &stands)
            && document == id
            && let Some(both) = union((text, range), (&statement.text, next))
        {
            *text = both;
            *range = range.start.min(next.start)..range.end.max(next.end);
            numbers.extend(&statement.citations);
            continue;
        }
        all.push((statement.text.clone(), statement.citations.clone(), stands));
    }
    all.into_iter().map(|(text, numbers, _)| (text, numbers)).collect()
}

/// Where a statement stands that is the whole of its only quote.
fn whole_quote(answer: &AnswerJson, statement: &StatementJson) -> Option<Stretch> {
    let [number] = statement.citations.as_slice() else { return None };
    let citation = answer.citations.iter().find(|citation| citation.number == *number)?;
    (citation.quote == statement.text).then(|| (citation.document.id.clone(), citation.start..citation.end))
}

/// Two overlapping stretches of one text as one.
fn union(first: (&str, &Range<usize>), second: (&str, &Range<usize>)) -> Option<String> {
    let (before, after) = if first.1.start <= second.1.start { (first, second) } else { (second, first) };
    if after.1.start >= before.1.end {
        return None;
    }
    let rest = if after.1.end <= before.1.end { "" } else { after.0.get(before.1.end - after.1.start..)? };
    Some(format!("{}{rest}", before.0))
}

fn is_clause(view: &QuoteView, citation: &CitationJson) -> bool {
    view.document.cited.id == citation.document.id && view.label == citation.clause.label
}

/// A citation below the words that it bears.
fn in_place(generation: &Generation, citation: &CitationJson, words: &str) -> QuoteView {
    let document = &citation.document.id;
    let whole = clause(generation, document, &citation.clause.id, Some(citation.start..citation.end), words);
    QuoteView {
        number: citation.number,
        also: Vec::new(),
        document: DocumentView::new(&citation.document),
        label: citation.clause.label.clone(),
        path: path(&citation.clause),
        pieces: whole.unwrap_or_default(),
        long: false,
        same: false,
        url: quote(document, &citation.clause.id, citation.start, citation.end),
    }
}

/// An interpretation beside what it explains.
pub(super) fn interpretation(explained: &InterpretationJson) -> QuoteView {
    QuoteView {
        number: explained.explains,
        also: Vec::new(),
        document: DocumentView::new(&explained.document),
        label: explained.clause.label.clone(),
        path: path(&explained.clause),
        pieces: Prose::new(&explained.quote, None).pieces(0..explained.quote.len()),
        long: explained.quote.chars().nth(LONGEST_BESIDE).is_some(),
        same: false,
        url: quote(&explained.document.id, &explained.clause.id, explained.start, explained.end),
    }
}

/// The words of a clause with a range marked; none when it is very long, or when it says no more than `known`.
pub(super) fn clause(
    generation: &Generation,
    document: &str,
    id: &str,
    mark: Option<Range<usize>>,
    known: &str,
) -> Option<Vec<Piece>> {
    let head = api::find(generation, document).ok()?;
    let document = generation.document(head.serial).ok()?;
    let clause = document.clauses().find(|clause| clause.id().0 == id)?;
    let whole = clause.node().start..clause.node().end;
    let text = document.text().get(whole.clone())?;
    let fits = !text.trim().is_empty() && text.len() <= LONGEST_IN_PLACE && !known.contains(text.trim());
    fits.then(|| Prose::new(document.text(), mark).pieces(whole))
}

/// The headings down to a clause; empty where they say no more than its label.
fn path(clause: &CitedClauseJson) -> String {
    match clause.path.as_slice() {
        [only] if *only == clause.label => String::new(),
        steps => steps.join(" › "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_words_are_said_once() {
        assert_eq!(union(("甲乙丙", &(0..9)), ("丙丁", &(6..12))).as_deref(), Some("甲乙丙丁"));
        assert_eq!(union(("丙丁", &(6..12)), ("甲乙丙", &(0..9))).as_deref(), Some("甲乙丙丁"));
        assert_eq!(union(("甲乙丙", &(0..9)), ("乙", &(3..6))).as_deref(), Some("甲乙丙"));
        assert_eq!(union(("甲", &(0..3)), ("乙", &(3..6))), None);
    }
}
