//! The profile (画像): what is known of one enterprise or person. It is read, matched and forgotten; nothing stores it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value;

use super::{
    Claimant, Days, Decimal, FactDefinition, FactType, FactValue, Holding, Holdings, Rulebook, number_in_words,
};
use crate::policy::{Gazetteer, RegionCode};

/// What is known of one enterprise or person (画像).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// An enterprise or a person.
    pub subject: Claimant,
    /// What is known, by fact.
    pub facts: BTreeMap<String, FactValue>,
    /// What was answered with 不知道.
    pub unknown: BTreeSet<String>,
}

/// A profile as it was given, with the day and the free words beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenProfile {
    /// The facts.
    pub profile: Profile,
    /// The day asked about.
    pub as_of: Option<Date>,
    /// Whether it was said who claims.
    pub subject_given: bool,
    /// Free words from which more may be read.
    pub text: String,
}

/// Why a profile cannot be read (画像有误).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ProfileError(String);

impl ProfileError {
    /// A profile that contradicts itself.
    #[must_use]
    pub fn contradictory(words: String) -> Self {
        Self(words)
    }
}

/// Free words longer than this are no description of a case.
const MOST_TEXT: usize = 2_000;
/// A profile with more entries is not one of ours.
const MOST_ENTRIES: usize = 500;
/// A set of qualifications or past programmes with more members is not real.
const MOST_HELD: usize = 200;

impl Profile {
    /// Nothing known yet.
    #[must_use]
    pub fn new(subject: Claimant) -> Self {
        Self { subject, facts: BTreeMap::new(), unknown: BTreeSet::new() }
    }

    /// The value of a fact.
    #[must_use]
    pub fn get(&self, fact: &str) -> Option<&FactValue> {
        self.facts.get(fact)
    }

    /// The number of a fact.
    #[must_use]
    pub fn number(&self, fact: &str) -> Option<Decimal> {
        match self.get(fact) {
            Some(FactValue::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The word of a fact.
    #[must_use]
    pub fn word(&self, fact: &str) -> Option<&str> {
        match self.get(fact) {
            Some(FactValue::Word(word)) => Some(word),
            _ => None,
        }
    }
}

fn wrong(message: impl Into<String>) -> ProfileError {
    ProfileError(message.into())
}

impl GivenProfile {
    /// Reads a profile; keys may be ids, names or synonyms.
    pub fn read(json: &Value, book: &Rulebook, places: &Gazetteer) -> Result<Self, ProfileError> {
        let object =
            json.as_object().ok_or_else(|| wrong("画像须是 JSON 对象：{\"subject\":\"企业\",\"facts\":{…}}"))?;
        if let Some(key) =
            object.keys().find(|key| !["subject", "as_of", "facts", "unknown", "text"].contains(&key.as_str()))
        {
            let key: String = key.chars().take(40).collect();
            return Err(wrong(format!("画像中不认识“{key}”；可用 subject、as_of、facts、unknown、text")));
        }
        let subject = match object.get("subject") {
            None => Claimant::Enterprise,
            Some(value) => {
                value.as_str().and_then(Claimant::from_label).ok_or_else(|| wrong("画像的 subject 写“企业”或“个人”"))?
            }
        };
        let as_of = match object.get("as_of") {
            None | Some(Value::Null) => None,
            Some(value) => Some(
                value.as_str().and_then(|day| day.parse().ok()).ok_or_else(|| wrong("画像的 as_of 写成 2026-11-21"))?,
            ),
        };
        let text = match object.get("text") {
            None | Some(Value::Null) => String::new(),
            Some(value) => value.as_str().ok_or_else(|| wrong("画像的 text 须是文字"))?.to_owned(),
        };
        if text.chars().count() > MOST_TEXT {
            return Err(wrong(format!("画像的 text 超过 {MOST_TEXT} 字；请只写与申报有关的情况")));
        }
        let mut profile = Profile::new(subject);
        profile.read_facts(object.get("facts"), book, places)?;
        profile.read_unknown(object.get("unknown"), book)?;
        Ok(Self { profile, as_of, subject_given: object.contains_key("subject"), text })
    }
}

impl Profile {
    fn read_facts(&mut self, facts: Option<&Value>, book: &Rulebook, places: &Gazetteer) -> Result<(), ProfileError> {
        let Some(facts) = facts.filter(|facts| !facts.is_null()) else { return Ok(()) };
        let facts = facts.as_object().ok_or_else(|| wrong("画像的 facts 须是对象：{\"staff\":35}"))?;
        if facts.len() > MOST_ENTRIES {
            return Err(wrong(format!("画像的 facts 超过 {MOST_ENTRIES} 项")));
        }
        for (key, value) in facts.iter().filter(|(_, value)| !value.is_null()) {
            let fact = named(book, key, self.subject)?;
            let value = fact.read(value, book, places).map_err(ProfileError)?;
            if self.facts.insert(fact.id.clone(), value).is_some() {
                return Err(wrong(format!("事实“{}”写了两次", fact.name)));
            }
        }
        Ok(())
    }

    fn read_unknown(&mut self, unknown: Option<&Value>, book: &Rulebook) -> Result<(), ProfileError> {
        let Some(unknown) = unknown.filter(|unknown| !unknown.is_null()) else { return Ok(()) };
        let list = unknown.as_array().filter(|list| list.len() <= MOST_ENTRIES);
        for key in list.ok_or_else(|| wrong("画像的 unknown 须是列表：[\"layoff_rate\"]"))? {
            let key = key.as_str().ok_or_else(|| wrong("画像的 unknown 须是事实名的列表"))?;
            self.unknown.insert(named(book, key, self.subject)?.id.clone());
        }
        Ok(())
    }
}

fn named<'b>(book: &'b Rulebook, key: &str, subject: Claimant) -> Result<&'b FactDefinition, ProfileError> {
    book.vocabulary.named(key, subject).ok_or_else(|| {
        let key: String = key.chars().take(40).collect();
        wrong(format!("词表中没有{}的事实“{key}”；名称见 GET /api/v1/match/facts", subject.label()))
    })
}

impl FactDefinition {
    /// Reads a value as it stands in JSON.
    pub fn read(&self, value: &Value, book: &Rulebook, places: &Gazetteer) -> Result<FactValue, String> {
        match (self.kind, value) {
            (FactType::YesNo, Value::Bool(value)) => Ok(FactValue::YesNo(*value)),
            (FactType::Number | FactType::Money, Value::Number(number)) => {
                let number = Decimal::parse(&number.to_string())
                    .ok_or_else(|| format!("{}：{number} 太大或小数超过六位", self.name))?;
                self.bounded(number)
            }
            (FactType::Choices | FactType::Programmes, Value::Array(list)) => {
                Ok(FactValue::Set(Holdings::all(self.holdings(list, book)?)))
            }
            (FactType::Choices | FactType::Programmes, Value::Object(object)) => self.partly(object, book),
            (FactType::Region | FactType::Industry, Value::Number(number)) => {
                self.read_words(&number.to_string(), book, places)
            }
            (_, Value::String(text)) => self.read_words(text, book, places),
            _ => Err(format!("{}：值的类型不对；{}", self.name, self.expected())),
        }
    }

    /// Reads a value as a person writes it in a table: 35人, 1200万, 是, 高新技术企业、专精特新.
    pub fn read_words(&self, text: &str, book: &Rulebook, places: &Gazetteer) -> Result<FactValue, String> {
        let text = text.trim();
        let refuse = || {
            let shown: String = text.chars().take(40).collect();
            format!("{}：不认识“{shown}”；{}", self.name, self.expected())
        };
        match self.kind {
            FactType::YesNo => match text {
                "是" | "有" | "true" | "对" => Ok(FactValue::YesNo(true)),
                "否" | "无" | "没有" | "不是" | "false" | "非" => Ok(FactValue::YesNo(false)),
                _ => Err(refuse()),
            },
            FactType::Number | FactType::Money => {
                let number = number_in_words(text, self.unit.as_deref()).ok_or_else(refuse)?;
                self.bounded(number)
            }
            FactType::Date => Days::parse(text).map(FactValue::Date).ok_or_else(refuse),
            FactType::Choice => {
                self.choice(text).map(|choice| FactValue::Word(choice.value.clone())).ok_or_else(refuse)
            }
            FactType::Choices | FactType::Programmes => {
                let words = listed(text).into_iter().filter(|word| !["无", "没有"].contains(word));
                let list: Vec<Value> = words.map(dated_holding).collect();
                Ok(FactValue::Set(Holdings::all(self.holdings(&list, book)?)))
            }
            FactType::Region => {
                let by_code = RegionCode::parse(text).filter(|code| places.get(code).is_some());
                let mut by_name = places.named(text);
                let code = by_code.or_else(|| match (by_name.next(), by_name.next()) {
                    (Some(one), None) => Some(one.code.clone()),
                    _ => None,
                });
                code.map(|code| FactValue::Word(code.into())).ok_or_else(refuse)
            }
            FactType::Industry => {
                let by_name = || book.vocabulary.industry(text).map(|industry| industry.code.clone());
                super::industry_code(text).or_else(by_name).map(FactValue::Word).ok_or_else(refuse)
            }
        }
    }

    fn bounded(&self, number: Decimal) -> Result<FactValue, String> {
        if self.min.is_some_and(|min| number < min) || self.max.is_some_and(|max| number > max) {
            let bound = |bound: Option<Decimal>| bound.map_or("不限".to_owned(), |bound| self.told(bound));
            return Err(format!(
                "{}：{} 超出范围（{} 至 {}）",
                self.name,
                self.told(number),
                bound(self.min),
                bound(self.max)
            ));
        }
        Ok(FactValue::Number(number))
    }

    /// What a value looks like, for an error.
    fn expected(&self) -> String {
        match self.kind {
            FactType::YesNo => "写“是”或“否”".to_owned(),
            FactType::Number => format!("写数字，单位{}", self.unit.as_deref().unwrap_or("不写")),
            FactType::Money => "写以元计的数字，或“1200万元”".to_owned(),
            FactType::Date => "写日期，如 2024-03-05".to_owned(),
            FactType::Choice | FactType::Choices => {
                let choices: Vec<&str> = self.choices.iter().map(|choice| choice.value.as_str()).collect();
                format!("可选：{}", choices.join("、"))
            }
            FactType::Region => "写行政区划代码，或唯一的地名".to_owned(),
            FactType::Industry => "写 GB/T 4754 行业代码（如 C13），或行业名称".to_owned(),
            FactType::Programmes => "写事项标识或名称的列表".to_owned(),
        }
    }

    fn partly(&self, object: &serde_json::Map<String, Value>, book: &Rulebook) -> Result<FactValue, String> {
        let list = |key: &str| match object.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => self.holdings(list, book),
            Some(_) => Err(format!("{}：{key} 须是列表", self.name)),
        };
        let complete = object.get("complete").and_then(Value::as_bool).unwrap_or(false);
        let lacking = list("not_held")?.into_iter().map(|holding| holding.value).collect();
        Ok(FactValue::Set(Holdings { held: list("held")?, lacking, complete }))
    }

    fn holdings(&self, list: &[Value], book: &Rulebook) -> Result<Vec<Holding>, String> {
        if list.len() > MOST_HELD {
            return Err(format!("{}：超过 {MOST_HELD} 项", self.name));
        }
        list.iter().map(|value| self.holding(value, book)).collect()
    }

    fn holding(&self, value: &Value, book: &Rulebook) -> Result<Holding, String> {
        let name = value.as_str().or_else(|| value.get("value").or_else(|| value.get("programme"))?.as_str());
        let name = name.ok_or_else(|| format!("{}：每一项写名称，或 {{\"value\": 名称}}", self.name))?.trim();
        let known = match self.kind {
            FactType::Programmes => book.programme_named(name).map(|programme| programme.id.clone()),
            _ => self.choice(name).map(|choice| choice.value.clone()),
        };
        let shown: String = name.chars().take(40).collect();
        let known = known.ok_or_else(|| format!("{}：不认识“{shown}”；{}", self.name, self.expected()))?;
        let day = |key: &str| match value.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(day) => day
                .as_str()
                .and_then(|day| day.parse().ok())
                .map(Some)
                .ok_or_else(|| format!("{}：{shown} 的 {key} 写成 2026-11-21", self.name)),
        };
        Ok(Holding {
            value: known,
            since: day("since")?,
            until: day("until")?,
            year: value.get("year").and_then(Value::as_i64).and_then(|year| i16::try_from(year).ok()),
            amount: value.get("amount").and_then(|amount| Decimal::parse(&amount.to_string())),
        })
    }
}

/// The members of a list in words; what stands in brackets stays with its member.
fn listed(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let members = text.split(|c| {
        depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        depth <= 0 && matches!(c, '、' | '|' | ',' | '，')
    });
    members.map(str::trim).filter(|member| !member.is_empty()).collect()
}

/// A member with its dates in brackets: 高新技术企业（2023-11-02至2026-11-01）, 一次性创业补贴（2024）.
fn dated_holding(word: &str) -> Value {
    let Some((name, dates)) = word.strip_suffix(['）', ')']).and_then(|word| word.rsplit_once(['（', '('])) else {
        return Value::from(word);
    };
    let plain = dates.trim_end_matches('年');
    if plain.len() == 4 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return serde_json::json!({"value": name, "year": plain.parse::<i16>().ok()});
    }
    let (since, until) = match dates.split_once('至') {
        Some((since, until)) => (since, until),
        None => match dates.strip_suffix('起') {
            Some(since) => (since, ""),
            None => return Value::from(word),
        },
    };
    let day = |day: &str| Some(day.trim()).filter(|day| !day.is_empty()).map(str::to_owned);
    serde_json::json!({"value": name, "since": day(since), "until": day(until)})
}
