//! What was understood of a question, as it leaves the house.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::RegionJson;

/// What was understood of the question.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct UnderstoodJson {
    /// The kind of answer wanted.
    pub answer_type: String,
    /// The terms searched.
    pub terms: Vec<String>,
    /// Everyday words and the official ones they were taken for.
    pub expansions: Vec<ExpansionJson>,
    /// Document numbers and titles named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<String>,
    /// The clause named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What was taken from the question before in the session.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherited: Vec<InheritedJson>,
    /// The question as it would be asked by itself, when something was taken from the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standalone: Option<String>,
    /// The part that was answered, when another part was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<String>,
    /// All kinds of answer wanted, the leading one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answer_types: Vec<String>,
    /// The parts of a question that asks several things.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartJson>,
    /// What is asked for by being left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negation: Option<String>,
    /// The place asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionJson>,
    /// The level of a place that is meant and not said (我们县): `county`, `prefecture`, `provincial`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_needed: Option<String>,
    /// Other places that the question names beside `region`: each was asked about by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions_beside: Vec<RegionJson>,
    /// The day for which the answer holds, and where it was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOfJson>,
    /// Times named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<TimeJson>,
    /// The year of the document meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_year: Option<i16>,
    /// Who asks, for whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactJson>,
    /// Whom it concerns: 个人, 企业, 部门.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// Slips of the keyboard and pinyin, with what they were taken for; they stand among the expansions too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<ExpansionJson>,
    /// A day to be counted to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reckoning: Option<ReckoningJson>,
}

/// Something taken from the question before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InheritedJson {
    /// `matter`, `region`, `as_of`, `documents`, `clause`, `answer_type`.
    pub fact: String,
    /// Its words.
    pub value: String,
}

/// A part of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartJson {
    /// Its words.
    pub text: String,
    /// The kinds of answer it wants.
    pub answer_types: Vec<String>,
}

/// A day and where it was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AsOfJson {
    /// The day.
    pub date: String,
    /// `question`, or `request` (the day given beside the question, today when none was).
    pub from: String,
}

/// A time named in a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimeJson {
    /// Its words.
    pub words: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// What it is for: `as_of`, `document_year`, `fact`.
    pub role: String,
}

/// A fact stated in a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FactJson {
    /// What it is about: `age`, `household`, `employees` …
    pub kind: String,
    /// The same in Chinese.
    pub label: String,
    /// A figure in plain digits, `yes`, `no`, or a word of its kind.
    pub value: String,
    /// The words that state it.
    pub words: String,
}

/// A count of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReckoningJson {
    /// The day of the event; the next one is the first counted.
    pub from: String,
    /// How many.
    pub count: u32,
    /// `working_day`, `day`, `week`, `month`, `year`.
    pub unit: String,
    /// The words that say so.
    pub words: String,
}

/// A word taken for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExpansionJson {
    /// The word in the question.
    pub from: String,
    /// The official term.
    pub to: String,
    /// Why.
    pub because: String,
}
