//! The words of the vocabulary (词表用语) for one kind of claimant.

use std::collections::HashMap;

use crate::policy::programme::{Claimant, FactDefinition, FactType, FactVocabulary};

/// What a word can mean.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning<'a> {
    /// It names a fact.
    Name(&'a FactDefinition),
    /// It is a choice of a fact.
    Choice(&'a FactDefinition, &'a str),
    /// It names an industry, by code.
    Industry(&'a str),
}

/// The words of the vocabulary.
pub(super) struct Lexicon<'a> {
    words: HashMap<&'a str, Vec<Meaning<'a>>>,
    /// Characters of the longest word.
    pub(super) longest: usize,
}

/// A shorter word means too much: 厂, 无.
const LEAST_CHARS: usize = 2;

impl<'a> Lexicon<'a> {
    pub(super) fn of(vocabulary: &'a FactVocabulary, who: Claimant) -> Self {
        let mut lexicon = Self { words: HashMap::new(), longest: 0 };
        let mut industry = false;
        for fact in vocabulary.facts().iter().filter(|fact| fact.subject == who) {
            industry |= fact.kind == FactType::Industry;
            for word in std::iter::once(&fact.name).chain(&fact.synonyms) {
                lexicon.add(word, Meaning::Name(fact));
                if fact.kind == FactType::Date {
                    lexicon.add(stem(word), Meaning::Name(fact));
                }
            }
            for choice in &fact.choices {
                for word in std::iter::once(&choice.value).chain(&choice.synonyms) {
                    lexicon.add(word, Meaning::Choice(fact, &choice.value));
                }
            }
        }
        for known in vocabulary.industries().iter().filter(|_| industry) {
            for word in std::iter::once(&known.name).chain(&known.words) {
                lexicon.add(word, Meaning::Industry(&known.code));
            }
        }
        lexicon
    }

    fn add(&mut self, word: &'a str, meaning: Meaning<'a>) {
        let chars = word.chars().count();
        if chars < LEAST_CHARS {
            return;
        }
        self.longest = self.longest.max(chars);
        let meanings = self.words.entry(word).or_default();
        let known = meanings.iter().any(|other| match (other, &meaning) {
            (Meaning::Name(one), Meaning::Name(two)) => one.id == two.id,
            (Meaning::Choice(one, a), Meaning::Choice(two, b)) => one.id == two.id && a == b,
            (Meaning::Industry(one), Meaning::Industry(two)) => one == two,
            _ => false,
        });
        if !known {
            meanings.push(meaning);
        }
    }

    pub(super) fn get(&self, word: &str) -> Option<&[Meaning<'a>]> {
        self.words.get(word).map(Vec::as_slice)
    }
}

/// 成立 of 成立日期: what a day is said with.
fn stem(word: &str) -> &str {
    ["日期", "时间", "年月", "年份"].into_iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}
