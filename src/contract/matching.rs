//! What a profile is eligible for, as it leaves the house.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::CitationJson;

/// A profile held against all programmes on a day (匹配结果).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MatchJson {
    /// 企业 or 个人.
    pub subject: String,
    /// The day asked about.
    pub as_of: String,
    /// What is known, by fact id, as it can be sent again.
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
    /// The same in words, in the order of the vocabulary.
    pub known: Vec<KnownFactJson>,
    /// Facts answered with 不知道.
    pub unknown: Vec<String>,
    /// Facts read from free words, to be confirmed.
    pub read: Vec<ReadFactJson>,
    /// How many programmes came to what.
    pub counts: MatchCountsJson,
    /// The programmes: eligible ones first, then undetermined, then the others.
    pub programmes: Vec<ProgrammeMatchJson>,
    /// The question whose answer leaves the least to ask; none when everything is settled.
    pub next_question: Option<NextQuestionJson>,
    /// The citations, numbered from 1, in the shape of those of an answer.
    pub citations: Vec<CitationJson>,
    /// Milliseconds it took.
    pub took_ms: f64,
}

/// A known fact in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KnownFactJson {
    /// Its id.
    pub fact: String,
    /// Its name.
    pub name: String,
    /// Its value in words.
    pub told: String,
}

/// How many programmes came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct MatchCountsJson {
    /// 符合.
    pub eligible: usize,
    /// 待定.
    pub undetermined: usize,
    /// 不符合.
    pub not_eligible: usize,
    /// Of these, not in force on the day.
    pub not_in_force: usize,
}

/// A fact read from free words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReadFactJson {
    /// Its id.
    pub fact: String,
    /// Its name.
    pub name: String,
    /// Its value, as it can be sent.
    #[schema(value_type = Object)]
    pub value: Value,
    /// Its value in words.
    pub told: String,
    /// The words it was read from.
    pub words: String,
    /// First byte of the words.
    pub start: usize,
    /// First byte after them.
    pub end: usize,
    /// Whether it was used; a fact that was also given is not.
    pub used: bool,
}

/// What one programme came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProgrammeMatchJson {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it holds: a division code; none: everywhere.
    pub region: Option<String>,
    /// Themes.
    pub themes: Vec<String>,
    /// 申报 or 免申即享.
    pub delivery: String,
    /// First day it holds.
    pub from: Option<String>,
    /// Last day it holds.
    pub until: Option<String>,
    /// `eligible`, `not_eligible`, `undetermined`.
    pub verdict: String,
    /// 符合, 不符合, 待定.
    pub label: String,
    /// `in_force`, `not_yet`, `ended`, `basis_lapsed`.
    pub standing: String,
    /// What that rests on, when it is not in force.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub standing_words: String,
    /// Every condition asked on that day.
    pub conditions: Vec<ConditionJson>,
    /// What it gives.
    pub benefits: Vec<BenefitJson>,
    /// When to claim.
    pub window: Option<WindowJson>,
    /// What to bring.
    pub materials: Vec<StatedJson>,
    /// Where to go.
    pub place: Option<StatedJson>,
    /// Whom to call.
    pub telephone: Option<StatedJson>,
    /// Where to claim online.
    pub online: Option<StatedJson>,
    /// The department in charge.
    pub department: Option<StatedJson>,
    /// Overlaps with other programmes, as far as they matter here.
    pub exclusive: Vec<ExclusiveJson>,
    /// What no condition can hold: the department decides.
    pub unresolved: Vec<StatedJson>,
    /// What is worth knowing.
    pub notes: Vec<StatedJson>,
    /// The facts that would decide, when undetermined.
    pub missing_facts: Vec<MissingFactJson>,
}

/// A condition with its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConditionJson {
    /// Its id within the programme.
    pub id: String,
    /// What is required, in words.
    pub words: String,
    /// `met`, `not_met`, `unknown`.
    pub state: String,
    /// Whether it counts for the verdict: an unmet alternative beside a met one does not.
    pub matters: bool,
    /// By how much it is missed: 差5人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_how_much: Option<String>,
    /// The facts it rests on.
    pub facts: Vec<String>,
    /// Alternatives (符合其一) share a group; conditions of one branch belong together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<AlternativeJson>,
    /// First day on which it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day on which it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The number of its citation.
    pub citation: u32,
}

/// Which alternative a condition is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AlternativeJson {
    /// The group, counted within the programme.
    pub group: u16,
    /// The branch within the group.
    pub branch: u16,
}

/// What a programme gives in this case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BenefitJson {
    /// `amount`, `rate`, `tiers`, `reduction`, `service`.
    pub kind: String,
    /// `met`: it is given; `unknown`: it may be.
    pub state: String,
    /// The arithmetic, or what is given: 设备投资额500万元 × 10% = 50万元，不超过 300万元.
    pub words: String,
    /// Fen (1 元 = 100), exact, where it can be computed.
    pub amount_fen: Option<i64>,
    /// 一次性, 每人, 每月.
    pub per: Option<String>,
    /// Facts that would complete it.
    pub missing_facts: Vec<String>,
    /// The number of its citation.
    pub citation: u32,
}

/// When to claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WindowJson {
    /// `always`, `open`, `opens`, `closed`, `unknown`.
    pub state: String,
    /// In words.
    pub words: String,
    /// First day, where it lies ahead.
    pub opens: Option<String>,
    /// Last day.
    pub closes: Option<String>,
    /// Days until it closes, or until it opens.
    pub days_left: Option<i32>,
    /// The number of its citation.
    pub citation: u32,
}

/// A statement with its citation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatedJson {
    /// The words.
    pub text: String,
    /// The number of its citation.
    pub citation: u32,
}

/// An overlap with another programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExclusiveJson {
    /// The other programme.
    pub with: String,
    /// Its name.
    pub with_name: String,
    /// 就高不重复, 不可同时享受, 可以同时享受.
    pub rule: String,
    /// What it comes to here.
    pub words: String,
    /// The number of its citation.
    pub citation: u32,
}

/// A fact that would decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingFactJson {
    /// Its id.
    pub fact: String,
    /// Its name.
    pub name: String,
}

/// The question to ask next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NextQuestionJson {
    /// The fact, as it can be sent.
    #[serde(flatten)]
    pub fact: FactDefinitionJson,
    /// Programmes that wait for it.
    pub waiting: usize,
    /// Whether all verdicts are settled and it only serves to compute an amount.
    pub for_amount: bool,
}

/// A fact that can be told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FactDefinitionJson {
    /// Its id.
    pub fact: String,
    /// 企业 or 个人.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// `yes_no`, `number`, `money`, `date`, `choice`, `choices`, `region`, `industry`, `programmes`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its unit.
    pub unit: Option<String>,
    /// The question.
    pub question: String,
    /// What counts.
    pub explanation: String,
    /// The choices.
    pub choices: Vec<String>,
    /// Least value.
    pub min: Option<String>,
    /// Greatest value.
    pub max: Option<String>,
    /// Whether it is computed from others when they are known.
    pub derived: bool,
}
