//! What of a question its answer repeats, and what it leaves to say.

use std::collections::HashSet;

use crate::analysis::normalise;
use crate::query::{AnswerType, InformationNeed};
use crate::retrieval::QueryTerms;

use super::span_weights as weights;

/// How long an answer the question wants (答案篇幅).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A value or a name: 多少, 何时, 哪家.
    Short,
    /// Neither word tells.
    Middle,
    /// Measures, a way, a list: 哪些措施, 如何.
    Long,
}

/// Words that ask for a value or a name.
const SHORT: &[&str] = &[
    "多少",
    "几个",
    "几天",
    "几月",
    "几日",
    "几号",
    "几年",
    "几次",
    "几项",
    "几家",
    "几人",
    "几类",
    "几种",
    "几批",
    "几期",
    "几点",
    "何时",
    "何地",
    "哪家",
    "哪天",
    "哪年",
    "哪月",
    "哪日",
    "哪里",
    "哪儿",
    "哪一",
    "什么时",
    "啥时",
    "电话",
    "网址",
    "网站",
    "地址",
    "多久",
    "多长",
    "期限",
    "比例",
    "谁",
    "哪位",
    "哪个",
    "名称",
    "叫什么",
    "邮箱",
    "热线",
    "第几",
    "几折",
    "几成",
];
/// Words that ask for what is done or required.
const LONG: &[&str] = &[
    "如何",
    "怎么",
    "怎样",
    "咋",
    "哪些",
    "哪几",
    "措施",
    "要求",
    "做法",
    "规定",
    "政策",
    "做了",
    "部署",
    "应当",
    "应该",
    "什么样",
    "工作",
    "条件",
    "流程",
    "材料",
];
/// Words in whose place the answer stands; longer ones first.
const INTERROGATIVES: &[&str] = &[
    "什么时候",
    "什么时间",
    "什么样",
    "什么",
    "哪些",
    "哪个",
    "哪家",
    "哪几",
    "哪种",
    "哪类",
    "哪位",
    "哪天",
    "哪里",
    "哪儿",
    "哪年",
    "哪月",
    "哪日",
    "哪",
    "多少",
    "多久",
    "多长",
    "几个",
    "几种",
    "几项",
    "几家",
    "几",
    "如何",
    "怎么样",
    "怎么",
    "怎样",
    "咋",
    "何时",
    "何地",
    "何种",
    "何",
    "谁",
    "啥",
];

/// A term of the question, a bigram or a word.
struct Term {
    text: String,
    worth: f32,
}

/// The question as a quote is measured by it. A set of terms is a number with one bit a term.
pub(super) struct Asked {
    terms: Vec<Term>,
    /// Official words and the terms they stand for.
    meant: Vec<(String, u64)>,
    /// Pairs of neighbouring characters of the subject.
    pairs: HashSet<(char, char)>,
    /// Terms after it and not before.
    pub(super) after: u64,
    /// How long an answer is wanted.
    pub(super) shape: Shape,
    /// Whether a value is what is wanted above all: then a span without one is no answer.
    pub(super) must_hold: bool,
    /// The kind of value wanted, when one is.
    pub(super) value: Option<AnswerType>,
}

impl Asked {
    /// The question of a need; words of the document's title count less, for they do not tell its sentences apart.
    pub(super) fn of(need: &InformationNeed, query: &QueryTerms, title: &str) -> Self {
        let title = normalise(title).text;
        let question = normalise(&need.question).text;
        let terms: Vec<Term> = query
            .all()
            .iter()
            .filter(|term| term.own && term.term.chars().count() > 1)
            .take(u64::BITS as usize)
            .map(|term| {
                let titled = if title.contains(&term.term) { weights::TITLED } else { 1.0 };
                Term { text: term.term.clone(), worth: term.idf * titled }
            })
            .collect();
        let bits = |holds: &dyn Fn(&str) -> bool| bits(&terms, holds);
        let meant = query
            .expansions()
            .iter()
            .map(|expansion| (expansion.to.clone(), bits(&|term| expansion.from.contains(term))))
            .filter(|(_, bits)| *bits > 0)
            .collect();
        let (head, tail) = divided(&question);
        let before = bits(&|term| head.contains(term));
        let after = bits(&|term| tail.contains(term)) & !before;
        let pairs = need.subject.iter().flat_map(|part| pairs(&part.text)).collect();
        Self {
            meant,
            pairs,
            after,
            shape: shape(&question),
            value: value(need),
            must_hold: need.answer_type().wants_value(),
            terms,
        }
    }

    /// The terms that a folded text holds.
    pub(super) fn held(&self, text: &str) -> u64 {
        let own = bits(&self.terms, &|term| text.contains(term));
        self.meant.iter().filter(|(word, _)| text.contains(word)).fold(own, |all, (_, bits)| all | bits)
    }

    /// What a set of terms is worth, as a share of all.
    pub(super) fn worth(&self, set: u64) -> f32 {
        let sum = |set: u64| -> f32 {
            self.terms.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, term)| term.worth).sum()
        };
        let all = sum(u64::MAX);
        if all > 0.0 { sum(set) / all } else { 0.0 }
    }

    /// The share of a folded text that repeats the question.
    pub(super) fn echo(&self, text: &str) -> f32 {
        let own: Vec<(char, char)> = pairs(text).collect();
        let said = own.iter().filter(|pair| self.pairs.contains(pair)).count();
        said as f32 / own.len().max(1) as f32
    }
}

fn bits(terms: &[Term], holds: &dyn Fn(&str) -> bool) -> u64 {
    terms.iter().enumerate().filter(|(_, term)| holds(&term.text)).fold(0, |all, (bit, _)| all | 1 << bit)
}

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    (1..letters.len()).map(move |at| (letters[at - 1], letters[at]))
}

/// The question before and after its last interrogative.
fn divided(question: &str) -> (&str, &str) {
    let found = INTERROGATIVES.iter().filter_map(|word| question.rfind(word).map(|at| (at, word.len())));
    // Of those that overlap, the one that ends last and begins first.
    match found.max_by_key(|(at, length)| (at + length, *length)) {
        Some((at, length)) => (&question[..at], &question[at + length..]),
        None => (question, ""),
    }
}

fn shape(question: &str) -> Shape {
    let asks = |words: &[&str]| words.iter().any(|word| question.contains(word));
    match () {
        () if asks(SHORT) => Shape::Short,
        () if asks(LONG) => Shape::Long,
        () => Shape::Middle,
    }
}

/// The leading kind of value wanted.
fn value(need: &InformationNeed) -> Option<AnswerType> {
    let stands = |kind: &AnswerType| kind.wants_value() || matches!(kind, AnswerType::Place | AnswerType::Department);
    need.answer_types.iter().copied().find(stands)
}

#[cfg(test)]
impl Asked {
    /// A question of these terms, all worth the same.
    pub(super) fn about(terms: &[&str]) -> Self {
        let terms: Vec<Term> = terms.iter().map(|term| Term { text: (*term).to_owned(), worth: 1.0 }).collect();
        let pairs = pairs_of(&terms);
        Self { terms, meant: Vec::new(), pairs, after: 0, shape: Shape::Long, must_hold: false, value: None }
    }
}

#[cfg(test)]
fn pairs_of(terms: &[Term]) -> HashSet<(char, char)> {
    terms.iter().flat_map(|term| pairs(&term.text).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_divided_at_its_interrogative() {
        assert_eq!(divided("哪些企业可以缓缴"), ("", "企业可以缓缴"));
        assert_eq!(divided("缓缴期限是什么时候"), ("缓缴期限是", ""));
        assert_eq!(shape("补贴多少"), Shape::Short);
        assert_eq!(shape("如何申请补贴"), Shape::Long);
    }
}
