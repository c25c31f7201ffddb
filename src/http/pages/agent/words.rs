//! What the agent says, writes down and sends (口播、工单、短信): quotes and fixed phrases, nothing else.

use super::super::labels;
use super::message::message;
use super::order::order;
use super::speech::{Caller, Speech};
use super::{phrases, reading};
use crate::contract::{AnswerJson, CitationJson, StatementJson, Status};

/// Characters read out at most before the rest is left to the clause: some twenty seconds of speech.
const SPOKEN_CHARS: usize = 110;
/// What the agent says, writes down and sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// What is read out, part by part.
    pub(super) spoken: Vec<Spoken>,
    /// Whether quotes go on beyond what is read out.
    pub(super) more: bool,
    /// Whether items that do not fit the caller were left out.
    pub(super) picked: bool,
    /// How figures in it are read aloud.
    pub(super) readings: Vec<(String, String)>,
    /// Text for the work order (工单).
    pub(super) order: String,
    /// A message of at most seventy characters (短信); empty when there is nothing to send.
    pub(super) message: String,
}

/// A part of what is read out: where it stands, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    /// 根据《…》第…条; empty for a phrase of ours.
    pub(super) source: String,
    pub(super) words: String,
}

impl Words {
    /// The words for an answer; `unit` is who is responsible: name, and line with telephone.
    pub(super) fn of(answer: &AnswerJson, unit: Option<(&str, &str)>) -> Self {
        let mut said = Said::default();
        match phrases::instead(answer, unit.map(|(name, _)| name)) {
            Some(instead) => said.parts.push(Spoken::ours(instead)),
            None => said.read(answer),
        }
        let mut readings: Vec<(String, String)> = Vec::new();
        for reading in said.parts.iter().filter(|part| part.is_quote()).flat_map(|part| reading::of(&part.words)) {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        Self {
            order: order(answer, &said.parts, unit.map(|(_, line)| line)),
            message: message(answer),
            spoken: said.parts,
            more: said.more,
            picked: said.picked,
            readings,
        }
    }
}

impl Spoken {
    fn ours(words: String) -> Self {
        Self { source: String::new(), words }
    }

    fn is_quote(&self) -> bool {
        !self.source.is_empty()
    }

    /// Place and words in one line.
    pub(super) fn line(&self) -> String {
        if self.is_quote() { format!("{}，{}", self.source, self.words) } else { self.words.clone() }
    }
}

/// What is said so far.
#[derive(Debug, Default)]
struct Said {
    parts: Vec<Spoken>,
    more: bool,
    picked: bool,
}

impl Said {
    /// Fixed phrases, then the quotes, each after the place it stands in, then what is missing.
    fn read(&mut self, answer: &AnswerJson) {
        if !answer.message.is_empty() && matches!(answer.status, Status::Emergency | Status::Unavailable) {
            self.parts.push(Spoken::ours(answer.message.clone()));
        }
        if let Some(ask) = &answer.ask {
            let choices: Vec<&str> = ask.choices.iter().map(|choice| choice.label.as_str()).collect();
            self.parts.push(Spoken::ours(format!("{}可选：{}。", ask.question, choices.join("、"))));
        }
        self.quotes(answer);
        for part in self.parts.iter_mut().filter(|part| part.is_quote()) {
            part.words = ended(&part.words);
        }
        self.parts.extend(answer.missing.iter().map(|missing| Spoken::ours(ended(missing))));
    }

    fn quotes(&mut self, answer: &AnswerJson) {
        let mut room = SPOKEN_CHARS;
        let mut before: Option<&CitationJson> = None;
        for statement in answer.answer.iter().filter(|statement| answers(answer, statement)) {
            let Some(cited) = citation(answer, statement.citations.first()) else {
                self.parts.push(Spoken::ours(statement.text.clone()));
                continue;
            };
            // Of another document only where several were asked for.
            let strays = before.is_some_and(|one| one.document.id != cited.document.id) && !asks_several(answer);
            let speech = Speech::of(&statement.text, &cited.clause.label, caller(answer));
            let (words, cut) = if strays { (String::new(), true) } else { speech.within(room, before.is_none()) };
            self.more |= cut;
            self.picked |= speech.picked && !strays;
            room = if cut { 0 } else { room.saturating_sub(words.chars().count()) };
            if words.is_empty() {
                continue;
            }
            let cases = speech.cases().filter(|_| cut && before.is_none() && !wanted(answer).is_empty());
            if let Some((lead, items)) = cases {
                let words = phrases::cases(&lead, items);
                self.parts.push(Spoken { source: source(cited, before), words });
            } else if let Some(last) =
                self.parts.last_mut().filter(|_| before.is_some_and(|one| same_clause(one, cited)))
            {
                last.words.push_str(&words);
            } else {
                self.parts.push(Spoken { source: source(cited, before), words });
            }
            before = Some(cited);
        }
    }
}

/// Whether several documents or several things were asked for.
fn asks_several(answer: &AnswerJson) -> bool {
    !answer.comparison.is_empty() || answer.understood.parts.len() > 1
}

/// The kinds of value that were asked for; none where it was something else.
fn wanted(answer: &AnswerJson) -> &'static [&'static str] {
    match answer.understood.answer_type.as_str() {
        "amount" => &["amount", "ceiling"],
        "rate" => &["rate"],
        "duration" => &["period"],
        "deadline" => &["date", "period"],
        "count" => &["count"],
        _ => &[],
    }
}

/// Whether a statement is worth reading out: where a value was asked for and quotes of the first document hold one, those
/// do.
pub(super) fn answers(answer: &AnswerJson, statement: &StatementJson) -> bool {
    let document =
        |one: &StatementJson| citation(answer, one.citations.first()).map(|cited| cited.document.id.as_str());
    let leading = answer.answer.iter().find_map(document);
    let held = || answer.values.iter().filter(|value| wanted(answer).contains(&value.kind.as_str()));
    let holds =
        |one: &StatementJson| document(one) == leading && held().any(|value| one.citations.contains(&value.citation));
    holds(statement) || statement.citations.is_empty() || asks_several(answer) || !answer.answer.iter().any(holds)
}

/// What is known of the caller.
pub(super) fn caller(answer: &AnswerJson) -> Caller<'_> {
    let fact = answer.understood.facts.iter().find(|fact| fact.kind == "age");
    let age = fact.and_then(|fact| fact.value.parse().ok()).or_else(|| age_in(&answer.question));
    Caller { question: &answer.question, age }
}

/// The age that a question tells, 85岁老人; of 80岁以上 none.
fn age_in(question: &str) -> Option<u32> {
    let (before, after) = question.split_once('岁')?;
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let alone = !after.starts_with("以上") && !after.starts_with("及以上") && !after.starts_with('至');
    before[before.len() - digits..].parse().ok().filter(|_| alone)
}

fn same_clause(one: &CitationJson, other: &CitationJson) -> bool {
    one.document.id == other.document.id && one.clause.id == other.clause.id
}

pub(super) fn citation<'a>(answer: &'a AnswerJson, number: Option<&u32>) -> Option<&'a CitationJson> {
    answer.citations.iter().find(|citation| Some(&citation.number) == number)
}

/// 根据《…》第…条, or only the clause after another of the same document.
fn source(cited: &CitationJson, before: Option<&CitationJson>) -> String {
    match before.filter(|one| one.document.id == cited.document.id) {
        Some(_) => cited.clause.label.clone(),
        None => format!("根据{}{}", labels::titled(&cited.document.title), cited.clause.label),
    }
}

/// A sentence with its full stop.
pub(super) fn ended(text: &str) -> String {
    let bare = text.trim().trim_end_matches(['；', '，', '：', '、', '。', ';', ',']);
    if bare.ends_with(['！', '？']) || bare.is_empty() { bare.to_owned() } else { format!("{bare}。") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_and_ages_are_heard() {
        assert_eq!((age_in("望溪县85岁老人津贴"), age_in("80岁以上老人")), (Some(85), None));
        assert_eq!(ended("（一）80周岁至89周岁的，每人每月100元；"), "（一）80周岁至89周岁的，每人每月100元。");
    }
}
