//! The fact vocabulary (事实词表) as the drafting reads it: names, synonyms, types and choices, whatever they are.

use crate::policy::programme::{ChoiceDefinition, FactVocabulary};

/// All facts a condition may be about.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    facts: Vec<Fact>,
}

/// A fact (事实): what a business or a person can say of itself.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    /// Its id in conditions.
    pub id: String,
    /// 企业 or 个人.
    pub subject: String,
    /// What people see.
    pub name: String,
    /// `yes_no`, number, money, date, choice, choices, region, industry or programmes.
    pub kind: String,
    /// 人, 元, 月 …
    pub unit: String,
    /// Other words for it.
    pub synonyms: Vec<String>,
    /// The values of a choice.
    pub choices: Vec<Choice>,
}

/// A value of a choice (选项).
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The value in conditions.
    pub value: String,
    /// Other words for it.
    pub synonyms: Vec<String>,
}

/// A word shorter than this names too much.
const SHORTEST_WORD: usize = 2;

impl Vocabulary {
    /// A vocabulary of these facts.
    #[must_use]
    pub fn new(facts: Vec<Fact>) -> Self {
        Self { facts }
    }

    /// The fact with this id.
    pub(super) fn get(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The facts of these types.
    pub(super) fn of<'v>(&'v self, kinds: &'v [&'v str]) -> impl Iterator<Item = &'v Fact> {
        self.facts.iter().filter(move |fact| kinds.contains(&fact.kind.as_str()))
    }
}

impl From<&FactVocabulary> for Vocabulary {
    fn from(known: &FactVocabulary) -> Self {
        let choice = |one: &ChoiceDefinition| Choice { value: one.value.clone(), synonyms: one.synonyms.clone() };
        let facts = known.facts().iter().map(|fact| Fact {
            id: fact.id.clone(),
            subject: fact.subject.label().to_owned(),
            name: fact.name.clone(),
            kind: fact.kind.name().to_owned(),
            unit: fact.unit.clone().unwrap_or_default(),
            synonyms: fact.synonyms.clone(),
            choices: fact.choices.iter().map(choice).collect(),
        });
        Self::new(facts.collect())
    }
}

impl Fact {
    /// Its name and synonyms.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        words(&self.name, &self.synonyms)
    }
}

impl Choice {
    /// Its value and synonyms.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        words(&self.value, &self.synonyms)
    }
}

fn words<'v>(name: &'v str, synonyms: &'v [String]) -> impl Iterator<Item = &'v str> {
    let all = std::iter::once(name).chain(synonyms.iter().map(String::as_str));
    all.filter(|word| word.chars().count() >= SHORTEST_WORD)
}
