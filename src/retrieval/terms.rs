//! The weighted terms of a query.

use std::collections::HashMap;

use crate::index::{Generation, IndexError, View};
use crate::query::{AnswerType, Expansion, InformationNeed};

use super::weights;

/// A term of the query.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// A character, a bigram, or a Latin or digit word.
    pub term: String,
    /// Its weight: 1 for a word of the question, less for an expansion or a single character.
    pub weight: f32,
    /// Passages it stands in.
    pub frequency: u64,
    /// Inverse document frequency over the passages.
    pub idf: f32,
    /// Whether it comes from the question itself rather than from an expansion.
    pub own: bool,
}

/// Persons of whom people speak: no question turns on them.
const PERSONS: &[&str] = &[
    "母亲",
    "父亲",
    "祖母",
    "祖父",
    "奶奶",
    "爷爷",
    "外婆",
    "外公",
    "妈妈",
    "爸爸",
    "丈夫",
    "妻子",
    "老婆",
    "老公",
    "儿子",
    "女儿",
    "孩子",
    "子女",
    "家人",
    "家里",
    "我家",
    "邻居",
    "朋友",
    "同事",
    "亲戚",
    "老板",
    "老人家",
    "人家",
    "对方",
];

/// Words that say what kind of answer is wanted: where the kind is known they are no matter of their own.
const SAID_BY_TYPE: &[(AnswerType, &[&str])] = &[
    (AnswerType::Material, &["材料", "资料", "证件", "手续"]),
    (AnswerType::Amount, &["标准", "金额", "数额", "额度"]),
    (AnswerType::Rate, &["比例", "标准"]),
    (AnswerType::Deadline, &["时间", "期限", "时限", "日期"]),
    (AnswerType::Duration, &["时间", "期限", "时限"]),
    (AnswerType::Condition, &["条件", "资格", "要求", "对象"]),
    (AnswerType::Procedure, &["流程", "程序", "步骤", "申请", "办理", "手续"]),
    (AnswerType::Place, &["地点", "地址", "地方"]),
    (AnswerType::Telephone, &["电话", "号码"]),
    (AnswerType::Department, &["部门", "单位"]),
    (AnswerType::List, &["清单", "内容"]),
];

/// Whether a word only says what kind of answer is wanted.
fn is_said_by_type(need: &InformationNeed, word: &str) -> bool {
    let of = |kind: &AnswerType| SAID_BY_TYPE.iter().any(|(known, words)| known == kind && words.contains(&word));
    need.answer_types.iter().any(of)
}

/// A content word of the question.
#[derive(Debug, Clone, PartialEq)]
struct QueryWord {
    text: String,
    worth: f32,
    /// What it is worth among other questions, where words of asking count like others.
    among_questions: f32,
    /// Whether the lexicon knows it as a word of policy.
    known: bool,
    /// Its bigrams, when it is longer than one.
    bigrams: Vec<String>,
}

impl QueryWord {
    /// How much of the word is held: all of it, or part of its bigrams.
    fn held(&self, meant: &[&str], holds: &impl Fn(&str) -> bool) -> f32 {
        if holds(&self.text) || meant.iter().any(|from| from.contains(&self.text) || self.text.contains(from)) {
            return 1.0;
        }
        let part = self.bigrams.iter().filter(|bigram| holds(bigram)).count() as f32;
        weights::PART_OF_WORD * part / self.bigrams.len().max(1) as f32
    }
}

/// The terms of a need.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryTerms {
    terms: Vec<QueryTerm>,
    expansions: Vec<Expansion>,
    quotations: Vec<String>,
    searched: Vec<(String, f32)>,
    words: Vec<QueryWord>,
}

impl QueryTerms {
    /// The terms of a need: those of the subject, then those of its expansions.
    pub(super) fn of(generation: &Generation, need: &InformationNeed) -> Result<Self, IndexError> {
        let total = generation.passage_count() as f64;
        let mut terms = Vec::new();
        for (term, (weight, own)) in weigh(generation, need)? {
            let frequency = generation.doc_freq(View::Grams, &term)?;
            terms.push(QueryTerm { idf: idf(frequency as f64, total), frequency, term, weight, own });
        }
        terms.sort_by(|a, b| (b.weight * b.idf).total_cmp(&(a.weight * a.idf)).then_with(|| a.term.cmp(&b.term)));
        let known: Vec<&QueryTerm> = terms.iter().filter(|term| term.frequency > 0).collect();
        let rare: Vec<&QueryTerm> =
            known.iter().copied().filter(|term| term.frequency as f64 <= weights::COMMON_SHARE * total).collect();
        // In a small library every word may be common; then all of them are searched.
        let chosen = if rare.is_empty() { known } else { rare };
        let searched: Vec<(String, f32)> =
            chosen.into_iter().take(weights::MOST_TERMS).map(|term| (term.term.clone(), term.weight)).collect();
        Ok(Self {
            searched,
            words: words(generation, need, total)?,
            terms,
            expansions: need.expansions.clone(),
            quotations: need.quotations.clone(),
        })
    }

    /// The share of the question's meaning for which `holds` is true: its content words weighted by part of speech
    /// and rarity. A word also counts when the official term it was taken for is held; of a longer word that is not
    /// held whole, the bigrams that are count for a part.
    #[must_use]
    pub fn share_of(&self, holds: impl Fn(&str) -> bool) -> f32 {
        let meant = self.meant(&holds);
        let all: f32 = self.words.iter().map(|word| word.worth).sum();
        let some: f32 = self.words.iter().map(|word| word.worth * word.held(&meant, &holds)).sum();
        if all > 0.0 { some / all } else { 0.0 }
    }

    /// The share of another question's likeness: as [`Self::share_of`], but 标准 and 材料 count in full, for they tell one
    /// question about a matter from another.
    #[must_use]
    pub fn likeness(&self, holds: impl Fn(&str) -> bool) -> f32 {
        let meant = self.meant(&holds);
        let all: f32 = self.words.iter().map(|word| word.among_questions).sum();
        let some: f32 = self.words.iter().map(|word| word.among_questions * word.held(&meant, &holds)).sum();
        if all > 0.0 { some / all } else { 0.0 }
    }

    /// Whether `holds` is true of the word the question turns on: the weightiest one that the lexicon knows, else the
    /// weightiest. A text without it speaks of something else, whatever it has besides. In a long story nobody knows
    /// which word that is.
    #[must_use]
    pub fn holds_key(&self, holds: impl Fn(&str) -> bool) -> bool {
        if self.words.len() > weights::WORDS_WITH_KEY {
            return true;
        }
        let weightiest = |known: bool| {
            let matters = self.words.iter().filter(|word| !PERSONS.contains(&word.text.as_str()));
            matters.filter(|word| word.known || !known).max_by(|a, b| a.worth.total_cmp(&b.worth))
        };
        let key = weightiest(true).or_else(|| weightiest(false));
        // A wider term leads to the matter and does not name it.
        let near = self.expansions.iter().filter(|expansion| !expansion.distant && holds(&expansion.to));
        let meant: Vec<&str> = near.map(|expansion| expansion.from.as_str()).collect();
        key.is_none_or(|key| key.held(&meant, &holds) >= weights::KEY_HELD)
    }

    /// Words of the question whose official terms are held.
    fn meant(&self, holds: &impl Fn(&str) -> bool) -> Vec<&str> {
        let held = self.expansions.iter().filter(|expansion| holds(&expansion.to));
        held.map(|expansion| expansion.from.as_str()).collect()
    }

    /// The expansions whose terms are searched.
    #[must_use]
    pub fn expansions(&self) -> &[Expansion] {
        &self.expansions
    }

    /// The words the question quotes.
    #[must_use]
    pub fn quotations(&self) -> &[String] {
        &self.quotations
    }

    /// All terms, the most informative first; also those that no passage holds.
    #[must_use]
    pub fn all(&self) -> &[QueryTerm] {
        &self.terms
    }

    /// The terms searched, with their weights.
    #[must_use]
    pub fn searched(&self) -> &[(String, f32)] {
        &self.searched
    }
}

/// The content words of subject and quotations. The rarity of a word is that of its rarest bigram.
fn words(generation: &Generation, need: &InformationNeed, total: f64) -> Result<Vec<QueryWord>, IndexError> {
    let mut words: Vec<QueryWord> = Vec::new();
    let texts = need.subject.iter().map(|part| part.text.as_str()).chain(need.quotations.iter().map(String::as_str));
    for word in texts.flat_map(|text| generation.analyzer().content_words(text)) {
        if words.iter().any(|other| other.text == word.text) {
            continue;
        }
        let mut rarity = 0.0_f32;
        let mut bigrams = Vec::new();
        for token in generation.analyzer().grams(&word.text) {
            let single = is_single_han(&token.term);
            if !single || word.text == token.term {
                rarity = rarity.max(idf(generation.doc_freq(View::Grams, &token.term)? as f64, total));
            }
            if !single && token.term != word.text {
                bigrams.push(token.term);
            }
        }
        let asked = is_said_by_type(need, &word.text);
        let in_lexicon = generation.lexicon().knows(&word.text);
        let unheard = rarity >= idf(0.0, total);
        let share = match (in_lexicon, unheard) {
            (true, _) => 1.0,
            (false, false) => weights::ORDINARY_WORD,
            (false, true) => weights::UNHEARD_WORD,
        };
        let among_questions = word.content * rarity * share;
        let worth = if asked { among_questions * weights::ASKED_WORD } else { among_questions };
        words.push(QueryWord { worth, among_questions, known: in_lexicon && !asked, text: word.text, bigrams });
    }
    Ok(words)
}

/// The terms of subject, quotations and expansions with their weights, and whether they are the question's own.
fn weigh(generation: &Generation, need: &InformationNeed) -> Result<HashMap<String, (f32, bool)>, IndexError> {
    let subject = need.subject.iter().map(|part| (part.text.as_str(), 1.0, true));
    let quoted = need.quotations.iter().map(|text| (text.as_str(), 1.0, true));
    let mut texts: Vec<(&str, f32, bool)> = subject.chain(quoted).collect();
    for expansion in need.expansions.iter().filter(|expansion| !expansion.replaces) {
        let alternatives = need.expansions.iter().filter(|other| other.from == expansion.from).count() as f32;
        let worth = match (stands_somewhere(generation, &expansion.from)?, expansion.loose) {
            (false, _) => weights::ONLY_EXPANSION_WEIGHT / alternatives.sqrt(),
            (true, true) => weights::LOOSE_EXPANSION_WEIGHT,
            (true, false) => weights::EXPANSION_WEIGHT,
        };
        texts.push((&expansion.to, worth, false));
    }
    let mut weighed: HashMap<String, (f32, bool)> = HashMap::new();
    for (text, weight, own) in texts {
        for token in generation.analyzer().grams(text) {
            let single = match () {
                () if is_single_han(&token.term) => weights::CHARACTER_WEIGHT,
                () if own && is_said_by_type(need, &token.term) => weights::ASKED_TERM,
                () => 1.0,
            };
            let entry = weighed.entry(token.term).or_insert((0.0, false));
            *entry = (entry.0.max(weight * single), entry.1 || own);
        }
    }
    Ok(weighed)
}

/// Whether every bigram of a word stands in some passage.
fn stands_somewhere(generation: &Generation, word: &str) -> Result<bool, IndexError> {
    for token in generation.analyzer().grams(word) {
        if !is_single_han(&token.term) && generation.doc_freq(View::Grams, &token.term)? == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a term is one Chinese character.
fn is_single_han(term: &str) -> bool {
    let mut chars = term.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if !c.is_ascii())
}

/// BM25's inverse document frequency (Robertson & Zaragoza 2009, the form Lucene and tantivy use).
fn idf(frequency: f64, total: f64) -> f32 {
    (1.0 + (total - frequency + 0.5) / (frequency + 0.5)).ln() as f32
}
