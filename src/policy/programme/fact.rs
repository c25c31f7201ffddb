//! Facts that conditions ask about (事实词表): each with its type, unit and question. New facts come by data alone.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Decimal;

/// Who claims: an enterprise or a person (身份).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Claimant {
    /// 企业 (also 个体工商户, 合作社 and other organisations).
    #[serde(rename = "企业")]
    Enterprise,
    /// 个人.
    #[serde(rename = "个人")]
    Person,
}

impl Claimant {
    /// The Chinese word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Enterprise => "企业",
            Self::Person => "个人",
        }
    }

    /// From the Chinese word.
    #[must_use]
    pub fn from_label(text: &str) -> Option<Self> {
        [Self::Enterprise, Self::Person].into_iter().find(|who| who.label() == text)
    }
}

/// What values a fact takes (事实类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactType {
    /// 是 or 否.
    YesNo,
    /// A number in its unit; rates as parts of one (0.055).
    Number,
    /// Yuan.
    Money,
    /// A day.
    Date,
    /// One of the choices.
    Choice,
    /// Any of the choices, each perhaps with dates.
    Choices,
    /// A division code.
    Region,
    /// An industry code of GB/T 4754.
    Industry,
    /// Programmes received before.
    Programmes,
}

impl FactType {
    /// The name used in data and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::YesNo => "yes_no",
            Self::Number => "number",
            Self::Money => "money",
            Self::Date => "date",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Region => "region",
            Self::Industry => "industry",
            Self::Programmes => "programmes",
        }
    }

    /// Whether values are numbers.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::Money)
    }
}

/// A choice of a fact (选项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceDefinition {
    /// The value.
    pub value: String,
    /// Other words for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
}

/// A fact of the vocabulary (事实定义).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactDefinition {
    /// Its id, used in conditions and profiles.
    pub id: String,
    /// Whose fact it is.
    pub subject: Claimant,
    /// Its name, as officer and asker see it.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FactType,
    /// Its unit: 人, 元, 个月, 年 ….
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The question that asks for it.
    pub question: String,
    /// What counts, in plain words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explanation: String,
    /// Words by which it is named in free text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// Least value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    /// Greatest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
    /// The choices of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceDefinition>,
    /// Whether it is computed from others when they are known (推算), and asked through them.
    #[serde(default, skip_serializing_if = "is_not")]
    pub derived: bool,
    /// The answer most give (常见回答): used only to order questions, never assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<serde_json::Value>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_not(value: &bool) -> bool {
    !*value
}

impl FactDefinition {
    /// The choice with this value or synonym.
    #[must_use]
    pub fn choice(&self, word: &str) -> Option<&ChoiceDefinition> {
        let exact = self.choices.iter().find(|choice| choice.value == word);
        exact.or_else(|| self.choices.iter().find(|choice| choice.synonyms.iter().any(|synonym| synonym == word)))
    }

    /// A number of this fact in words, with its unit.
    #[must_use]
    pub fn told(&self, value: Decimal) -> String {
        if self.kind == FactType::Money {
            return value.as_money();
        }
        match self.unit.as_deref() {
            Some("%" | "比例") => value.as_percent(),
            None if self.max == Some(Decimal::whole(1)) => value.as_percent(),
            unit => format!("{value}{}", unit.unwrap_or_default()),
        }
    }
}

/// An industry of GB/T 4754-2017 (国民经济行业).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Industry {
    /// Its code: `C`, `C13`, `1392`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Everyday words for it.
    pub words: Vec<String>,
}

/// All facts that conditions may ask about, and the industries (事实词表).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "(Vec<FactDefinition>, Vec<Industry>)", into = "(Vec<FactDefinition>, Vec<Industry>)")]
pub struct FactVocabulary {
    facts: Vec<FactDefinition>,
    industries: Vec<Industry>,
    by_id: HashMap<String, usize>,
}

impl From<(Vec<FactDefinition>, Vec<Industry>)> for FactVocabulary {
    fn from((facts, industries): (Vec<FactDefinition>, Vec<Industry>)) -> Self {
        let by_id = facts.iter().enumerate().map(|(at, fact)| (fact.id.clone(), at)).collect();
        Self { facts, industries, by_id }
    }
}

impl From<FactVocabulary> for (Vec<FactDefinition>, Vec<Industry>) {
    fn from(vocabulary: FactVocabulary) -> Self {
        (vocabulary.facts, vocabulary.industries)
    }
}

impl FactVocabulary {
    /// All facts, in the order of the file.
    #[must_use]
    pub fn facts(&self) -> &[FactDefinition] {
        &self.facts
    }

    /// All industries.
    #[must_use]
    pub fn industries(&self) -> &[Industry] {
        &self.industries
    }

    /// The fact with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&FactDefinition> {
        self.by_id.get(id).map(|&at| &self.facts[at])
    }

    /// The fact that a key of a profile names: by id, name or synonym, of this claimant.
    #[must_use]
    pub fn named(&self, key: &str, who: Claimant) -> Option<&FactDefinition> {
        let of = |fact: &&FactDefinition| fact.subject == who;
        let own = || self.facts.iter().filter(of);
        own()
            .find(|fact| fact.id == key)
            .or_else(|| own().find(|fact| fact.name == key))
            .or_else(|| own().find(|fact| fact.synonyms.iter().any(|synonym| synonym == key)))
    }

    /// The industry that a code or a name means.
    #[must_use]
    pub fn industry(&self, word: &str) -> Option<&Industry> {
        let named = |industry: &&Industry| {
            industry.code == word || industry.name == word || industry.words.iter().any(|own| own == word)
        };
        self.industries.iter().find(named)
    }

    /// The name of an industry code, or the code itself.
    #[must_use]
    pub fn industry_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.industries.iter().find(|industry| industry.code == code).map_or(code, |industry| industry.name.as_str())
    }
}
