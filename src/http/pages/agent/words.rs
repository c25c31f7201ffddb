//! What the agent says, writes down and sends (口播、工单、短信): quotes and fixed phrases, nothing else.

use super::super::labels;
use super::reading;
use crate::contract::{AnswerJson, CitationJson, CitedDocumentJson, Status};

/// Characters read out at most before the rest is left to the clause: some fifteen seconds of speech.
const SPOKEN_CHARS: usize = 90;
/// Characters of a message: one SMS in UCS-2.
const MESSAGE_CHARS: usize = 70;
/// Where a text may be cut: after a whole sentence or item, never within one.
const ENDS: [char; 4] = ['。', '；', '！', '？'];
/// Beginnings of a sentence that takes back or narrows the one before: the two are not parted.
const NARROWS: [&str; 11] = ["但", "除", "其中", "不", "超过", "未", "逾期", "上述", "前款", "另", "同时"];
/// After words that do not go on to the end of the quote.
const EXCERPT: &str = "（节录）";

/// What the agent says, writes down and sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// What is read out, part by part.
    pub(super) spoken: Vec<Spoken>,
    /// Whether quotes go on beyond what is read out.
    pub(super) more: bool,
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
    /// The words for an answer.
    pub(super) fn of(answer: &AnswerJson, unit: Option<&str>) -> Self {
        let (spoken, more) = spoken(answer);
        let mut readings: Vec<(String, String)> = Vec::new();
        for reading in spoken.iter().filter(|part| !part.source.is_empty()).flat_map(|part| reading::of(&part.words)) {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        Self { order: order(answer, &spoken, unit), message: message(answer), spoken, more, readings }
    }
}

/// What is read out: fixed phrases, then the quotes, each after the place it stands in.
fn spoken(answer: &AnswerJson) -> (Vec<Spoken>, bool) {
    let ours = |words: String| Spoken { source: String::new(), words };
    let said = answer.answer.iter().any(|statement| statement.text == answer.message);
    let mut parts: Vec<Spoken> = Vec::new();
    if !said && !answer.message.is_empty() && answer.status != Status::Partial {
        parts.push(ours(answer.message.clone()));
    }
    if let Some(ask) = &answer.ask {
        let choices: Vec<&str> = ask.choices.iter().map(|choice| choice.label.as_str()).collect();
        parts.push(ours(format!("{}可选：{}。", ask.question, choices.join("、"))));
    }
    let mut room = SPOKEN_CHARS;
    let mut more = false;
    let mut before: Option<&CitationJson> = None;
    for statement in &answer.answer {
        let Some(cited) = citation(answer, statement.citations.first()) else {
            parts.push(ours(statement.text.clone()));
            continue;
        };
        if room == 0 {
            more = true;
            continue;
        }
        let (words, cut) = within(&speakable(&statement.text), room, before.is_none());
        more |= cut;
        room = if cut { 0 } else { room.saturating_sub(words.chars().count()) };
        if words.is_empty() {
            continue;
        }
        match parts.last_mut().filter(|_| before.is_some_and(|one| same_clause(one, cited))) {
            Some(last) => last.words.push_str(&words),
            None => parts.push(Spoken { source: source(cited, before), words }),
        }
        before = Some(cited);
    }
    for part in parts.iter_mut().filter(|part| !part.source.is_empty()) {
        part.words = ended(&part.words);
    }
    let missing = answer.missing.iter().map(|missing| ours(ended(missing)));
    parts.extend(missing);
    (parts, more)
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

/// A quote as one can say it: the rows of a table as their cells, the lines one after another.
fn speakable(quote: &str) -> String {
    let mut said = String::new();
    for line in quote.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let row = line.len() > 1 && line.starts_with('|') && line.ends_with('|');
        if row && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
            continue;
        }
        if row {
            let cells: Vec<&str> =
                line.trim_matches('|').split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
            said.push_str(&cells.join("，"));
            said.push('；');
        } else {
            said.push_str(line);
        }
    }
    said
}

/// The whole sentences of a text, a sentence that narrows the one before with it.
fn sentences(text: &str) -> Vec<&str> {
    let mut cuts: Vec<usize> = vec![0];
    for (at, c) in text.char_indices().filter(|(_, c)| ENDS.contains(c)) {
        let next = at + c.len_utf8();
        if !NARROWS.iter().any(|word| text[next..].trim_start().starts_with(word)) {
            cuts.push(next);
        }
    }
    if cuts.last() != Some(&text.len()) {
        cuts.push(text.len());
    }
    cuts.windows(2).map(|pair| text[pair[0]..pair[1]].trim()).filter(|part| !part.is_empty()).collect()
}

/// As many whole sentences as there is room for, and whether any was left out; the first one always when it `must` say
/// something.
fn within(text: &str, room: usize, must: bool) -> (String, bool) {
    let mut said = String::new();
    for sentence in sentences(text) {
        let fits = said.chars().count() + sentence.chars().count() <= room;
        if !fits && !(must && said.is_empty()) {
            return (said, true);
        }
        said.push_str(sentence);
    }
    (said, false)
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
    lines.push(format!("【处理方式】{}", handling(answer.status)));
    lines.join("\n")
}

impl Spoken {
    /// Place and words in one line.
    pub(super) fn line(&self) -> String {
        if self.source.is_empty() { self.words.clone() } else { format!("{}：{}", self.source, self.words) }
    }
}

/// A citation in the customary form, with validity, dates and the place by which it is found again.
fn basis(cited: &CitationJson) -> String {
    let document = &cited.document;
    let number = document.document_number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
    let from = document.effective.as_ref().map(|day| format!("，{day}起施行"));
    let until = document.expires.as_ref().map(|day| format!("，有效期至{day}"));
    let dates = from.into_iter().chain(until).collect::<String>();
    let example = if document.example { "；示例文件，不作真实依据" } else { "" };
    format!(
        "{}．{}{number}{}：“{}”（{}{dates}；编号{}#{}{example}）",
        cited.number,
        labels::titled(&document.title),
        cited.clause.label,
        cited.quote.split_whitespace().collect::<Vec<_>>().join(" "),
        labels::badge(document).1,
        document.id,
        cited.clause.id,
    )
}

/// What is done with the call, by how the question ended.
fn handling(status: Status) -> &'static str {
    match status {
        Status::Answered => "已按现行规定原文答复来电人。",
        Status::Partial => "已就有依据的部分答复；未写明的部分转承办单位核实后回复。",
        Status::ElsewhereOnly => "库中无来电人所在地的规定，转承办单位核实后回复。",
        Status::LapsedOnly => "库中只有所问日期不具效力的规定，转承办单位核实后回复。",
        Status::NeedsFact => "须先向来电人核实上述事项。",
        Status::NotFound => "库中未查到规定，转承办单位核实后回复。",
        Status::Refused => "不属于政策解答，按热线工作规程处理。",
        Status::Emergency => "紧急情形，已告知先拨打上述电话，并按应急规程报告。",
        Status::Unavailable => "系统暂不可用，登记后回复。",
    }
}

/// A message: the document's short name, the clause and whole sentences of the quote.
fn message(answer: &AnswerJson) -> String {
    let states = matches!(answer.status, Status::Answered | Status::Partial);
    let mut stated = answer.answer.iter().filter_map(|one| Some((one, citation(answer, one.citations.first())?)));
    let Some((statement, cited)) = stated.next().filter(|_| states) else { return String::new() };
    let words = speakable(&statement.text);
    let names = short_names(&cited.document);
    for name in &names {
        let lead = format!("{name}{}：", cited.clause.label);
        let room = MESSAGE_CHARS.saturating_sub(units(&lead));
        if units(&ended(&words)) <= room {
            return lead + &ended(&words);
        }
        let (part, _) = within(&words, room.saturating_sub(units(EXCERPT)), false);
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
    fn texts_are_cut_only_after_whole_sentences_and_never_before_what_narrows_them() {
        let text = "每人每月100元。但已领护理补贴的除外。每月25日前发放；遇节假日顺延。";
        let (said, cut) = within(text, 12, true);
        assert_eq!((said.as_str(), cut), ("每人每月100元。但已领护理补贴的除外。", true));
        assert_eq!(within(text, 12, false), (String::new(), true));
        assert_eq!(within(text, 99, false), (text.to_owned(), false));
        assert_eq!(ended("（一）80周岁至89周岁的，每人每月100元；"), "（一）80周岁至89周岁的，每人每月100元。");
    }

    #[test]
    fn tables_can_be_said() {
        assert_eq!(speakable("| 年龄 | 标准 |\n|---|---|\n| 85—89周岁 | 150 |"), "年龄，标准；85—89周岁，150；");
    }
}
