//! What a question is about (主题): its words without question words, places and references; and what everyday words
//! mean in official language.

use std::ops::Range;

use crate::analysis::Lexicon;

use super::Background;

/// A stretch of the question that carries meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectPart {
    /// Its words, normalised.
    pub text: String,
}

/// An everyday word and the official term it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The word in the question.
    pub from: String,
    /// The official term.
    pub to: String,
    /// Why: the relation in the lexicon.
    pub because: String,
    /// Whether the word itself says nothing in an official text (a typo, dialect): it is replaced rather than joined.
    pub replaces: bool,
    /// Whether the official term is wider or narrower than the word.
    pub loose: bool,
    /// Whether it is wider, or was only seen together with the word: it leads to the matter and does not name it.
    pub distant: bool,
}

/// Words of asking: they say what is wanted, not what it is about. Longest first where one holds another.
const ASKING: &[&str] = &[
    "请问一下",
    "请问",
    "麻烦问下",
    "问一下",
    "想问下",
    "想问",
    "咨询一下",
    "我想知道",
    "想知道",
    "谁知道",
    "告诉我",
    "求助",
    "你好",
    "您好",
    "谢谢",
    "应该怎么办",
    "该怎么办",
    "怎么办理",
    "怎么办",
    "怎么处理",
    "如何处理",
    "怎么解决",
    "怎么样",
    "怎样",
    "怎么",
    "如何",
    "为什么",
    "什么时候",
    "啥时候",
    "啥时",
    "什么样",
    "什么",
    "哪些",
    "哪个",
    "哪里",
    "哪儿",
    "哪几",
    "哪份",
    "哪天",
    "多少钱",
    "多少",
    "多久",
    "几号",
    "是不是",
    "能不能",
    "可不可以",
    "有没有",
    "会不会",
    "要不要",
    "可以吗",
    "行吗",
    "对吗",
    "对吧",
    "是吗",
    "好吗",
    "吗",
    "呢",
    "吧",
    "啊",
    "呀",
    "哦",
    "嘛",
    "么",
    "咋个",
    "咋办",
    "咋弄",
    "咋",
    "啥",
    "一下",
    "是否",
    "能否",
    "可否",
    "分别是",
    "分别",
    "各自",
    "各是",
];

/// What is left of the asking at the end of a part: 低保标准是, 残疾人补贴有.
const TAIL: [char; 4] = ['是', '有', '的', '了'];
/// Words that end with such a character: 国有, 目的.
const WHOLE: &[&str] = &[
    "国有", "所有", "没有", "享有", "持有", "拥有", "私有", "共有", "占有", "公有", "含有", "具有", "特有", "原有",
    "现有", "自有", "专有", "目的", "还是", "为了", "除了", "工作",
];

/// What is left between two places: 青禾和望溪.
const JOINING: [&str; 5] = ["和", "跟", "与", "及", "的"];

/// A part without the asking at its end; a word stays whole, and two characters stay.
fn without_tail(part: &str) -> &str {
    let mut rest = part.strip_prefix('的').filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(part);
    if JOINING.contains(&rest) {
        return "";
    }
    while let Some(shorter) = rest.strip_suffix(TAIL) {
        if WHOLE.iter().any(|word| rest.ends_with(word)) || shorter.chars().nth(1).is_none() {
            break;
        }
        rest = shorter;
    }
    rest
}

/// Relations whose term says nothing in an official text: it is replaced by the official word.
const REPLACED: &[&str] = &["typo", "dialect"];

/// Why a word was taken for another, from the relation in the lexicon.
fn because(relation: &str) -> &'static str {
    match relation {
        "abbreviation" => "简称",
        "renamed" => "更名",
        "narrower" => "下位词",
        "broader" => "上位词",
        "dialect" => "方言口语",
        "typo" => "同音错字",
        _ => "同义词",
    }
}

/// The subject of a folded question and the expansions of its words.
pub(super) fn of(
    question: &str,
    covered: &[Range<usize>],
    background: &Background<'_>,
) -> (Vec<SubjectPart>, Vec<Expansion>) {
    let (mut subject, mut expansions) = correct(&blank(question, covered), background, REPLACED);
    expansions.extend(expand(&subject, background.lexicon));
    expansions.extend(learnt(&subject, &expansions, background));
    for word in ASKING {
        if subject.contains(word) {
            subject = subject.replace(word, " ");
        }
    }
    let parts = subject
        .split(|c: char| {
            c.is_whitespace() || c.is_ascii_punctuation() || "，。；：？！、“”‘’（）《》〔〕…—".contains(c)
        })
        .map(without_tail)
        .filter(|part| !part.is_empty())
        .map(|part| SubjectPart { text: part.to_owned() })
        .collect();
    (parts, expansions)
}

/// Replaces ranges by spaces.
fn blank(question: &str, covered: &[Range<usize>]) -> String {
    question
        .char_indices()
        .map(|(at, c)| if covered.iter().any(|range| range.contains(&at)) { ' ' } else { c })
        .collect()
}

/// Replaces typing errors and dialect by the plain words, word by word: 我奶 in 我奶奶 is no word.
pub(super) fn correct(text: &str, background: &Background<'_>, relations: &[&str]) -> (String, Vec<Expansion>) {
    let mut corrected = String::with_capacity(text.len());
    let mut expansions = Vec::new();
    let mut from = 0;
    let mut position = None;
    for token in background.analyzer.words(text) {
        if position == Some(token.position) {
            continue; // a word inside the word before
        }
        position = Some(token.position);
        let word = &text[token.start..token.end];
        let entry = background
            .lexicon
            .find_in(word)
            .into_iter()
            .find(|hit| hit.range == (0..word.len()) && relations.contains(&hit.entry.relation.as_str()));
        let Some((hit, plain)) = entry.and_then(|hit| Some((hit.entry, hit.entry.officials.first()?))) else {
            continue;
        };
        corrected.push_str(&text[from..token.start]);
        corrected.push_str(plain);
        from = token.end;
        expansions.push(Expansion {
            from: word.to_owned(),
            to: plain.clone(),
            because: because(&hit.relation).to_owned(),
            replaces: true,
            loose: false,
            distant: false,
        });
    }
    corrected.push_str(&text[from..]);
    (corrected, expansions)
}

/// What the library's own pairs taught of words that the lexicon leaves alone.
fn learnt(subject: &str, known: &[Expansion], background: &Background<'_>) -> Vec<Expansion> {
    if background.learnt.is_empty() {
        return Vec::new();
    }
    let mut expansions: Vec<Expansion> = Vec::new();
    for word in background.analyzer.content_words(subject) {
        if known.iter().any(|expansion| expansion.from == word.text) {
            continue;
        }
        for term in background.learnt.terms(&word.text).iter().filter(|term| !subject.contains(&term.official)) {
            expansions.push(Expansion {
                from: word.text.clone(),
                to: term.official.clone(),
                because: format!("解读与问答中{}处有{}处同现（{}）", term.of, term.pairs, term.seen_in.join("、")),
                replaces: false,
                loose: true,
                distant: true,
            });
        }
    }
    expansions
}

fn expand(subject: &str, lexicon: &Lexicon) -> Vec<Expansion> {
    let mut expansions: Vec<Expansion> = Vec::new();
    for hit in lexicon.find_in(subject) {
        let from = &subject[hit.range.clone()];
        for to in &hit.entry.officials {
            let known = expansions.iter().any(|expansion| &expansion.to == to);
            let replaced = hit.entry.is_replaced();
            if !known && !replaced && !subject.contains(to.as_str()) {
                expansions.push(Expansion {
                    from: from.to_owned(),
                    to: to.clone(),
                    because: because(&hit.entry.relation).to_owned(),
                    replaces: false,
                    loose: hit.entry.is_loose(),
                    distant: hit.entry.relation == "broader",
                });
            }
        }
    }
    expansions
}
