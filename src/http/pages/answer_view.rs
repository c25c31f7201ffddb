//! The answer as the page shows it.

use super::super::catalogue::Place;
use super::again::Again;
use super::chips::Understood;
use super::chrome::Choice;
use super::copying;
use super::labels;
use super::next_steps::{self, StepView};
use super::quotes::{self, Passage, QuoteView};
use crate::contract::{AnswerJson, ComparedJson, DatumJson, Status, ValueJson};
use crate::index::Generation;

pub(super) use super::quotes::DocumentView;

/// Why an answer was of no use, as people say it.
const REASONS: [&str; 5] = ["答非所问", "过期", "看不懂", "缺内容", "其他"];
/// Values shown of one document in a comparison; more make a cell longer than the quote.
const MOST_VALUES: usize = 6;

/// A document of a comparison, as a row.
#[derive(Debug)]
pub(super) struct ComparedView {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) level: String,
    pub(super) issued: String,
    /// What its quotes say in figures, in their own words.
    pub(super) values: Vec<String>,
    /// Class and words of its badge.
    pub(super) badge: (String, &'static str),
    /// 最新发布, 层级最高, both or nothing.
    pub(super) marks: String,
    pub(super) citations: Vec<u32>,
    /// The places asked about for which it answers, when several were.
    pub(super) places: String,
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
    /// Which answer of the page it is; 0 on a page of its own.
    turn: usize,
    pub(super) passages: Vec<Passage>,
    pub(super) compared: Vec<ComparedView>,
    /// Citations on which no passage rests.
    pub(super) others: Vec<QuoteView>,
    /// Interpretations of those.
    pub(super) notes: Vec<QuoteView>,
    pub(super) understood: Understood,
    pub(super) places: Vec<Choice>,
    pub(super) steps: Vec<StepView>,
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
    /// The address that gives the same answer again; none when the question holds personal numbers.
    pub(super) share: Option<String>,
    /// The answer with its citations as plain text.
    pub(super) copy: String,
    pub(super) department: String,
    /// Where a rating or an open question comes from.
    pub(super) from: &'static str,
    pub(super) reasons: [&'static str; 5],
}

impl AnswerView {
    /// The view of an answer, asked as `again` would ask it again.
    pub(super) fn new(
        generation: &Generation,
        places: &[Place],
        answer: AnswerJson,
        again: &Again,
        turn: usize,
    ) -> Self {
        let said = answer.answer.iter().any(|statement| statement.text == answer.message);
        let states = matches!(answer.status, Status::Answered | Status::Partial);
        let choices = answer.ask.iter().flat_map(|ask| &ask.choices);
        let choices = choices.map(|one| Leads { text: one.label.clone(), url: again.chosen(&answer, &one.value) });
        let related = answer.related_questions.iter();
        let related = related.map(|other| Leads { text: other.clone(), url: again.other(other) });
        let passages = quotes::passages(generation, &answer);
        let others = quotes::others(generation, &answer);
        let beside = answer.interpretations.iter().filter(|one| others.iter().any(|cite| cite.number == one.explains));
        let notes = beside.map(quotes::interpretation).collect();
        let understood = Understood::new(&answer, again);
        Self {
            turn,
            compared: answer.comparison.iter().filter_map(|row| compared(&answer, row)).collect(),
            copy: copying::plain(&answer, &passages),
            passages,
            others,
            notes,
            places: Choice::places(places, Some(&understood.place.value)),
            understood,
            steps: next_steps::of(generation, &answer),
            choices: choices.collect(),
            after: answer.understood.standalone.clone().unwrap_or_else(|| answer.question.clone()),
            related: related.collect(),
            message: if said { String::new() } else { answer.message.clone() },
            example: answer.citations.iter().any(|citation| citation.document.example),
            // Between 0 and 100, so that the cast cannot lose anything.
            confidence: states.then(|| (answer.confidence * 100.0).round().clamp(0.0, 100.0) as u8),
            share: again.shared(&answer),
            department: next_steps::department(&answer),
            from: if again.in_widget { "widget" } else { "page" },
            reasons: REASONS,
            answer,
        }
    }

    /// An anchor that no other answer of the page has.
    pub(super) fn id(&self, name: &str) -> String {
        if self.turn == 0 { name.to_owned() } else { format!("t{}-{name}", self.turn) }
    }

    /// The anchor of a citation.
    pub(super) fn cite(&self, number: &u32) -> String {
        self.id(&format!("cite-{number}"))
    }

    /// What a live region says of it.
    pub(super) fn told(&self) -> String {
        match self.answer.citations.len() {
            0 => self.answer.status.label().to_owned(),
            count => format!("{}，引用{count}处原文", self.answer.status.label()),
        }
    }

    /// Whether there is anything to copy, to print or to ask on from.
    pub(super) fn says(&self) -> bool {
        !self.passages.is_empty()
    }

    /// Whether someone is in danger: then nothing but the numbers to call is shown.
    pub(super) fn emergency(&self) -> bool {
        self.answer.status == Status::Emergency && self.passages.is_empty()
    }

    /// The clauses cited, as a form sends them.
    pub(super) fn cited(&self) -> String {
        let clause = |citation: &crate::contract::CitationJson| citation.clause.url.clone();
        let mut cited: Vec<String> = self.answer.citations.iter().map(clause).collect();
        cited.dedup();
        cited.iter().map(|url| url.trim_start_matches("/documents/")).collect::<Vec<_>>().join(",")
    }
}

fn compared(answer: &AnswerJson, row: &ComparedJson) -> Option<ComparedView> {
    let cited = &answer.citations.iter().find(|citation| citation.document.id == row.document)?.document;
    let marks = [(row.newest, "最新发布"), (row.highest, "层级最高")];
    let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
    Some(ComparedView {
        title: labels::titled(&row.title),
        url: cited.url.clone(),
        level: row.level.clone().unwrap_or_else(|| "未载明".to_owned()),
        issued: row.issued.as_ref().map_or_else(|| "未载明".to_owned(), |day| labels::day(day)),
        values: values(answer, row),
        badge: labels::badge(cited),
        marks: marks.join("、"),
        citations: row.citations.clone(),
        places: row.places.join("、"),
    })
}

/// The figures in the quotes of one document, in their own words; ages only where nothing else is said.
fn values(answer: &AnswerJson, row: &ComparedJson) -> Vec<String> {
    let own: Vec<&ValueJson> = answer.values.iter().filter(|value| row.citations.contains(&value.citation)).collect();
    let told = |value: &&&ValueJson| !matches!(value.kind.as_str(), "age" | "date");
    let chosen: Vec<&ValueJson> = match own.iter().filter(told).count() {
        0 => own,
        _ => own.iter().filter(told).copied().collect(),
    };
    let mut words: Vec<String> = Vec::new();
    for value in chosen {
        let before: String = value.scope.iter().filter(|scope| !value.text.contains(scope.as_str())).cloned().collect();
        let bare = matches!(value.value, DatumJson::Whole(_) | DatumJson::Number(_))
            && value.text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let unit = if bare { value.unit.as_str() } else { "" };
        let said = format!("{before}{}{unit}", value.text);
        if !words.contains(&said) && words.len() < MOST_VALUES {
            words.push(said);
        }
    }
    words
}
