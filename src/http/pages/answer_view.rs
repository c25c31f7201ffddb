//! The answer as the page shows it.

use super::chips::{self, Again, Chip};
use super::labels;
use super::link::quote;
use super::prose::{Piece, Prose};
use crate::contract::{
    AnswerJson, CitationJson, CitedClauseJson, CitedDocumentJson, ComparedJson, InterpretationJson, Status,
};

/// A statement: the words, and what they rest on.
#[derive(Debug)]
pub(super) struct StatementView {
    /// Numbers of its citations; none for a phrase of our own.
    pub(super) citations: Vec<u32>,
    pub(super) pieces: Vec<Piece>,
    /// Document and clause in one line; only the clause after another of the same document.
    pub(super) source: String,
    /// Whether it follows another of the same document.
    pub(super) same: bool,
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
}

/// A citation or an interpretation, opened in place.
#[derive(Debug)]
pub(super) struct QuoteView {
    pub(super) number: u32,
    pub(super) document: DocumentView,
    pub(super) label: String,
    pub(super) path: String,
    pub(super) pieces: Vec<Piece>,
    /// Its place in the reader.
    pub(super) url: String,
}

/// A document of a comparison, as a row.
#[derive(Debug)]
pub(super) struct ComparedView {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) level: String,
    pub(super) issued: String,
    /// Class and words of its badge.
    pub(super) badge: (String, &'static str),
    /// 最新发布, 层级最高, both or nothing.
    pub(super) marks: String,
    pub(super) citations: Vec<u32>,
}

/// A link with its words.
#[derive(Debug)]
pub(super) struct Leads {
    pub(super) text: String,
    pub(super) url: String,
}

/// The answer as the page shows it.
#[derive(Debug)]
pub(super) struct AnswerView {
    pub(super) answer: AnswerJson,
    pub(super) statements: Vec<StatementView>,
    pub(super) compared: Vec<ComparedView>,
    pub(super) citations: Vec<QuoteView>,
    pub(super) interpretations: Vec<QuoteView>,
    pub(super) chips: Vec<Chip>,
    /// The question that the next one follows.
    pub(super) after: String,
    pub(super) choices: Vec<Leads>,
    pub(super) related: Vec<Leads>,
    /// The message, unless a statement says the same.
    pub(super) message: String,
    /// Whether anything cited is only an example.
    pub(super) example: bool,
    /// How sure it is, in percent; none when nothing is stated.
    pub(super) confidence: Option<u8>,
}

impl DocumentView {
    /// A document as a citation shows it.
    pub(super) fn new(cited: &CitedDocumentJson) -> Self {
        Self {
            badge: labels::badge(cited),
            imprint: labels::imprint(cited),
            title: labels::titled(&cited.title),
            cited: cited.clone(),
        }
    }
}

impl AnswerView {
    /// The view of an answer, asked as `again` would ask it again.
    pub(super) fn new(answer: AnswerJson, again: &Again) -> Self {
        let said = answer.answer.iter().any(|statement| statement.text == answer.message);
        let states = matches!(answer.status, Status::Answered | Status::Partial);
        let choices = answer.ask.iter().flat_map(|ask| &ask.choices);
        Self {
            statements: statements(&answer),
            compared: answer.comparison.iter().filter_map(|row| compared(&answer, row)).collect(),
            citations: answer.citations.iter().map(citation).collect(),
            interpretations: answer.interpretations.iter().map(interpretation).collect(),
            chips: chips::of(&answer, again),
            choices: choices
                .map(|choice| Leads { text: choice.label.clone(), url: again.chosen(&answer, &choice.value) })
                .collect(),
            after: answer.understood.standalone.clone().unwrap_or_else(|| answer.question.clone()),
            related: answer
                .related_questions
                .iter()
                .map(|question| Leads { text: question.clone(), url: again.other(question) })
                .collect(),
            message: if said { String::new() } else { answer.message.clone() },
            example: answer.citations.iter().any(|citation| citation.document.example),
            // Between 0 and 100, so that the cast cannot lose anything.
            confidence: states.then(|| (answer.confidence * 100.0).round().clamp(0.0, 100.0) as u8),
            answer,
        }
    }
}

fn statements(answer: &AnswerJson) -> Vec<StatementView> {
    let mut before = "";
    answer
        .answer
        .iter()
        .map(|statement| {
            let first = statement.citations.first();
            let cited = answer.citations.iter().find(|citation| Some(&citation.number) == first);
            let document = cited.map_or("", |citation| citation.document.id.as_str());
            let same = !document.is_empty() && document == before;
            before = document;
            let title = cited.filter(|_| !same).map(|citation| labels::titled(&citation.document.title));
            let clause = cited.map_or("", |citation| citation.clause.label.as_str());
            StatementView {
                citations: statement.citations.clone(),
                pieces: Prose::new(&statement.text, None).pieces(0..statement.text.len()),
                source: title.unwrap_or_default() + clause,
                same,
            }
        })
        .collect()
}

fn compared(answer: &AnswerJson, row: &ComparedJson) -> Option<ComparedView> {
    let cited = &answer.citations.iter().find(|citation| citation.document.id == row.document)?.document;
    let unknown = || "未载明".to_owned();
    let marks = [(row.newest, "最新发布"), (row.highest, "层级最高")];
    let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
    Some(ComparedView {
        title: labels::titled(&row.title),
        url: cited.url.clone(),
        level: row.level.clone().unwrap_or_else(unknown),
        issued: row.issued.clone().unwrap_or_else(unknown),
        badge: labels::badge(cited),
        marks: marks.join("、"),
        citations: row.citations.clone(),
    })
}

fn citation(citation: &CitationJson) -> QuoteView {
    QuoteView {
        number: citation.number,
        document: DocumentView::new(&citation.document),
        label: citation.clause.label.clone(),
        path: path(&citation.clause),
        pieces: Prose::new(&citation.quote, None).pieces(0..citation.quote.len()),
        url: quote(&citation.document.id, &citation.clause.id, citation.start, citation.end),
    }
}

fn interpretation(explained: &InterpretationJson) -> QuoteView {
    QuoteView {
        number: explained.explains,
        document: DocumentView::new(&explained.document),
        label: explained.clause.label.clone(),
        path: path(&explained.clause),
        pieces: Prose::new(&explained.quote, None).pieces(0..explained.quote.len()),
        url: quote(&explained.document.id, &explained.clause.id, explained.start, explained.end),
    }
}

/// The headings down to a clause; empty where they say no more than its label.
fn path(clause: &CitedClauseJson) -> String {
    match clause.path.as_slice() {
        [only] if *only == clause.label => String::new(),
        steps => steps.join(" › "),
    }
}
