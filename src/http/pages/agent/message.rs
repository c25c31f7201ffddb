//! A message (短信) of one SMS: the document's short name, the clause, and whole sentences of the quote.

use super::speech::Speech;
use super::words::{answers, caller, citation, ended};
use crate::contract::{AnswerJson, CitedDocumentJson, Status};

/// Characters of a message: one SMS in UCS-2.
const MESSAGE_CHARS: usize = 70;
/// After words that do not go on to the end of the quote.
const EXCERPT: &str = "（节录）";
/// Characters in which the name of a place ends at the beginning of a title.
const PLACE_CHARS: usize = 5;
/// Characters of a title without its place that still name something.
const SHORTEST: usize = 4;

/// A message: the document's short name, the clause and whole sentences of the quote.
pub(super) fn message(answer: &AnswerJson) -> String {
    let states = matches!(answer.status, Status::Answered | Status::Partial);
    let worth = answer.answer.iter().filter(|statement| answers(answer, statement));
    let mut stated = worth.filter_map(|one| Some((one, citation(answer, one.citations.first())?)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_shorter_names() {
        let mut document = document("青禾县人民政府关于印发《青禾县高龄津贴发放办法》的通知");
        document.document_number = Some("青政规〔2023〕4号".to_owned());
        assert_eq!(short_names(&document), ["《青禾县高龄津贴发放办法》", "《高龄津贴发放办法》", "青政规〔2023〕4号"]);
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
