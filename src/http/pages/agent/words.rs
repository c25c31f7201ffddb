//! What the agent says, writes down and sends (口播、工单、短信): quotes and fixed phrases, nothing else.

use super::super::labels;
use super::speech::{Caller, Speech};
use super::{phrases, reading};
use crate::consultation::RunnerUp;
use crate::contract::{AnswerJson, CitationJson, CitedClauseJson, CitedDocumentJson, Status};

/// Characters read out at most before the rest is left to the clause: some twenty seconds of speech.
const SPOKEN_CHARS: usize = 110;
/// Characters of a message: one SMS in UCS-2.
const MESSAGE_CHARS: usize = 70;
/// After words that do not go on to the end of the quote.
const EXCERPT: &str = "（节录）";

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
    fn line(&self) -> String {
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
        for statement in &answer.answer {
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
            if cut && speech.list && before.is_none() && asks_value(answer) {
                let words = phrases::cases(speech.lead(), speech.items());
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

/// Whether one value was asked for: of a long list one item is the caller's, and the others only confuse.
fn asks_value(answer: &AnswerJson) -> bool {
    matches!(answer.understood.answer_type.as_str(), "amount" | "rate" | "duration" | "deadline" | "count")
}

/// What is known of the caller.
fn caller(answer: &AnswerJson) -> Caller<'_> {
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

fn citation<'a>(answer: &'a AnswerJson, number: Option<&u32>) -> Option<&'a CitationJson> {
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
fn ended(text: &str) -> String {
    let bare = text.trim().trim_end_matches(['；', '，', '：', '、', '。', ';', ',']);
    if bare.ends_with(['！', '？']) || bare.is_empty() { bare.to_owned() } else { format!("{bare}。") }
}

/// Text for the work order.
fn order(answer: &AnswerJson, spoken: &[Spoken], unit: Option<&str>) -> String {
    let mut lines = vec![format!("【来电问题】{}", answer.question)];
    let region = answer.region.as_ref().map_or("未限定", |region| region.name.as_str());
    lines.push(format!("【适用地区】{region}　【按何日规定】{}", answer.as_of));
    let said: Vec<String> = spoken.iter().map(Spoken::line).collect();
    lines.push(format!("【答复口径】{}", said.concat()));
    if !answer.citations.is_empty() {
        lines.push("【政策依据】".to_owned());
        lines.extend(answer.citations.iter().map(basis));
    }
    if !answer.missing.is_empty() {
        lines.push(format!("【文件未写明】{}", answer.missing.join("；")));
    }
    lines.extend(unit.map(|unit| format!("【承办单位】{unit}")));
    lines.push(format!("【处理方式】{}", phrases::handling(answer.status)));
    lines.join("\n")
}

/// Text for the work order when the agent rests the reply on a clause that the answer did not cite.
pub(super) fn chosen_order(answer: &AnswerJson, runner: &RunnerUp, unit: Option<&str>) -> String {
    let region = answer.region.as_ref().map_or("未限定", |region| region.name.as_str());
    let quote = runner.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = vec![
        format!("【来电问题】{}", answer.question),
        format!("【适用地区】{region}　【按何日规定】{}", answer.as_of),
        "【政策依据】（坐席选用）".to_owned(),
        format!("1．{}", in_full(&runner.document, &runner.clause, &quote)),
    ];
    lines.extend(unit.map(|unit| format!("【承办单位】{unit}")));
    lines.push("【处理方式】坐席核对原文后答复来电人。".to_owned());
    lines.join("\n")
}

/// A citation with its number.
fn basis(cited: &CitationJson) -> String {
    let quote = cited.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}．{}", cited.number, in_full(&cited.document, &cited.clause, &quote))
}

/// A clause in the customary form, with validity, dates and the place by which it is found again.
fn in_full(document: &CitedDocumentJson, clause: &CitedClauseJson, quote: &str) -> String {
    let number = document.document_number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
    let from = document.effective.as_ref().map(|day| format!("，{day}起施行"));
    let until = document.expires.as_ref().map(|day| format!("，有效期至{day}"));
    let dates = from.into_iter().chain(until).collect::<String>();
    let example = if document.example { "；示例文件，不作真实依据" } else { "" };
    format!(
        "{}{number}{}：“{quote}”（{}{dates}；编号{}#{}{example}）",
        labels::titled(&document.title),
        clause.label,
        labels::badge(document).1,
        document.id,
        clause.id,
    )
}

/// A message: the document's short name, the clause and whole sentences of the quote.
fn message(answer: &AnswerJson) -> String {
    let states = matches!(answer.status, Status::Answered | Status::Partial);
    let mut stated = answer.answer.iter().filter_map(|one| Some((one, citation(answer, one.citations.first())?)));
    let Some((statement, cited)) = stated.next().filter(|_| states) else { return String::new() };
    let speech = Speech::of(&statement.text, &cited.clause.label, caller(answer));
    let names = short_names(&cited.document);
    let leads = || names.iter().map(|name| format!("{name}{}：", cited.clause.label));
    let mark = if speech.picked { EXCERPT } else { "" };
    let whole = leads().map(|lead| format!("{lead}{}{mark}", ended(&speech.whole())));
    if let Some(message) = whole.into_iter().find(|message| units(message) <= MESSAGE_CHARS) {
        return message;
    }
    // Of a list every item may be the caller's: no part of it goes for the whole.
    for lead in leads().filter(|_| !speech.list) {
        let (part, _) = speech.within(MESSAGE_CHARS.saturating_sub(units(&lead) + units(EXCERPT)), false);
        if !part.is_empty() {
            return format!("{lead}{}{EXCERPT}", ended(&part));
        }
    }
    let shortest = names.last().map(String::as_str).unwrap_or_default();
    let told = format!("您问的事项见{shortest}{}，条文较长，请以原文为准；可再拨12345了解。", cited.clause.label);
    if units(&told) <= MESSAGE_CHARS {
        told
    } else {
        "您问的事项文件有规定，条文较长，请再拨12345由坐席为您读出原文。".to_owned()
    }
}

/// The length of a text in a message: UTF-16 units.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Names of a document, the fullest first: its title without the words around it, without its place, its number.
fn short_names(document: &CitedDocumentJson) -> Vec<String> {
    let title = document.title.as_str();
    let inner = title.split_once('《').and_then(|(_, rest)| rest.split_once('》')).map_or(title, |(inner, _)| inner);
    let mut names = vec![format!("《{inner}》")];
    let place = inner.char_indices().take(PLACE_CHARS).filter(|(_, c)| matches!(c, '省' | '市' | '县' | '区')).last();
    if let Some((at, c)) = place {
        let bare = &inner[at + c.len_utf8()..];
        if bare.chars().nth(SHORTEST - 1).is_some() {
            names.push(format!("《{bare}》"));
        }
    }
    names.extend(document.document_number.clone());
    names
}

/// Characters in which the name of a place ends at the beginning of a title.
const PLACE_CHARS: usize = 5;
/// Characters of a title without its place that still name something.
const SHORTEST: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_shorter_names() {
        let mut document = document("青禾县人民政府关于印发《青禾县高龄津贴发放办法》的通知");
        document.document_number = Some("青政规〔2023〕4号".to_owned());
        assert_eq!(short_names(&document), ["《青禾县高龄津贴发放办法》", "《高龄津贴发放办法》", "青政规〔2023〕4号"]);
        assert_eq!((age_in("望溪县85岁老人津贴"), age_in("80岁以上老人")), (Some(85), None));
        assert_eq!(ended("（一）80周岁至89周岁的，每人每月100元；"), "（一）80周岁至89周岁的，每人每月100元。");
    }

    fn document(title: &str) -> CitedDocumentJson {
        CitedDocumentJson {
            id: "a".to_owned(),
            title: title.to_owned(),
            document_number: None,
            issuer: String::new(),
            kind: "行政规范性文件".to_owned(),
            issued: None,
            effective: None,
            expires: None,
            validity: "in_force".to_owned(),
            validity_basis: String::new(),
            example: false,
            url: String::new(),
        }
    }
}
