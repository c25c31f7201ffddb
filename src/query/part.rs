//! Several questions in one (多问): 补几个点 封顶多少 asks twice, and each part has its own kind of answer.

use super::AnswerType;
use super::answer_type::{self, AskedKind};
use std::ops::Range;

/// A part of a question that asks for something of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its words.
    pub text: String,
    /// The kinds of answer it wants, the one that tells most first.
    pub answer_types: Vec<AnswerType>,
}

/// Words that begin another question: 另外要什么材料.
const JOINING: &[&str] = &["还有", "另外", "以及", "同时", "顺便", "再问"];

// 哪几个号不并进来, 哪些人不能领, 什么情况不发: what is asked for is what is left out.
pattern!(
    LEFT_OUT,
    concat!(
        r"(?:哪些?[^，。？?\s]{0,5}?|(?:什么|啥)(?:人|样|情况|时候|情形)[^，。？?\s]{0,3}?|谁)",
        r"((?:不|没有|没)(?:[^，。？?\s不是]{1,3})|除外)",
    )
);

/// The stretches between which a new question may begin.
pub(super) fn stretches(question: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    boundaries(question)
        .chain([question.len()])
        .map(|end| {
            let stretch = start..end;
            start = end;
            stretch
        })
        .collect()
}

/// The parts of a question, when it has at least two that ask.
pub(super) fn split(question: &str, asked: &[AskedKind]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut start = 0;
    let mut seen = 0;
    for end in boundaries(question).chain([question.len()]) {
        let own: Vec<AskedKind> = asked.iter().skip(seen).take_while(|word| word.range.start < end).cloned().collect();
        // Words without a question are the topic of the next one, or the tail of the last.
        if own.is_empty() {
            continue;
        }
        seen += own.len();
        parts.push(Part { text: trimmed(&question[start..end]), answer_types: answer_type::of(&own) });
        start = end;
    }
    if let Some(last) = parts.last_mut() {
        let tail = trimmed(&question[start..]);
        if !tail.is_empty() {
            last.text.push(' ');
            last.text.push_str(&tail);
        }
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// What is asked for by being left out: 不并进来.
pub(super) fn negation(question: &str) -> Option<String> {
    LEFT_OUT.captures(question).and_then(|found| found.get(1)).map(|words| words.as_str().to_owned())
}

fn trimmed(text: &str) -> String {
    text.trim_matches(is_break).to_owned()
}

fn is_break(c: char) -> bool {
    c.is_whitespace() || "，,；;。？?！!、".contains(c)
}

/// Where a new question may begin: after a space or a mark, before a joining word; not inside titles and quotes.
fn boundaries(question: &str) -> impl Iterator<Item = usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    question.char_indices().filter_map(move |(at, c)| {
        match c {
            '《' | '“' | '（' | '(' => depth += 1,
            '》' | '”' | '）' | ')' => depth = depth.saturating_sub(1),
            '"' => quoted = !quoted,
            _ => {}
        }
        if depth > 0 || quoted {
            return None;
        }
        let joins = JOINING.iter().any(|word| question[at..].starts_with(word));
        if is_break(c) { Some(at + c.len_utf8()) } else { (joins && at > 0).then_some(at) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(question: &str) -> Vec<(String, AnswerType)> {
        let asked = answer_type::find(question);
        split(question, &asked).into_iter().map(|part| (part.text, part.answer_types[0])).collect()
    }

    #[test]
    fn each_part_has_its_kind() {
        use AnswerType::{Amount, Deadline, Department, Material, Procedure, Rate, YesNo};
        let pairs = |list: &[(&str, AnswerType)]| -> Vec<(String, AnswerType)> {
            list.iter().map(|(text, kind)| ((*text).to_owned(), *kind)).collect()
        };
        assert_eq!(
            kinds("买设备花了500万补几个点 封顶多少"),
            pairs(&[("买设备花了500万补几个点", Rate), ("封顶多少", Amount)])
        );
        assert_eq!(
            kinds("车棚改造有没有补助，谁负责"),
            pairs(&[("车棚改造有没有补助", YesNo), ("谁负责", Department)])
        );
        assert_eq!(
            kinds("幼儿园保教费怎么退？另外什么时候到账；还有要什么材料"),
            pairs(&[("幼儿园保教费怎么退", Procedure), ("另外什么时候到账", Deadline), ("还有要什么材料", Material)])
        );
        assert!(kinds("低保 怎么申请").is_empty());
        assert!(kinds("《关于什么时候放假，谁负责的通知》是哪年的").is_empty());
    }

    #[test]
    fn what_is_left_out_is_noticed() {
        assert_eq!(negation("哪几个号码不合并").as_deref(), Some("不合并"));
        assert_eq!(negation("哪些人不能申请公租房").as_deref(), Some("不能申请"));
        assert_eq!(negation("这个能不能报"), None);
        assert_eq!(negation("哪些人能领"), None);
    }
}
