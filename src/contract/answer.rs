//! An answer as it leaves the house.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::UnderstoodJson;

/// How a question ended (状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 有依据.
    Answered,
    /// 依据不全: `missing` says which part is not in the text.
    Partial,
    /// Only another region has it (仅外地).
    ElsewhereOnly,
    /// Only repealed, expired or not yet effective texts (仅失效).
    LapsedOnly,
    /// One fact decides: `ask` holds the question and its choices.
    NeedsFact,
    /// 库中无.
    NotFound,
    /// Refused: see `reason`.
    Refused,
    /// Numbers to call first.
    Emergency,
    /// The service cannot answer now (HTTP 503).
    Unavailable,
}

impl Status {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Partial => "partial",
            Self::ElsewhereOnly => "elsewhere_only",
            Self::LapsedOnly => "lapsed_only",
            Self::NeedsFact => "needs_fact",
            Self::NotFound => "not_found",
            Self::Refused => "refused",
            Self::Emergency => "emergency",
            Self::Unavailable => "unavailable",
        }
    }

    /// The Chinese words for it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Answered => "有依据",
            Self::Partial => "依据不全",
            Self::ElsewhereOnly => "仅外地有规定",
            Self::LapsedOnly => "仅有失效或未生效的规定",
            Self::NeedsFact => "还差一个事实",
            Self::NotFound => "库中无",
            Self::Refused => "不予回答",
            Self::Emergency => "紧急情形",
            Self::Unavailable => "服务暂不可用",
        }
    }
}

/// An answer with its proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnswerJson {
    /// The question as asked, personal numbers masked.
    pub question: String,
    /// How it ended.
    pub status: Status,
    /// The day for which the answer holds.
    pub as_of: String,
    /// The region for which it holds.
    pub region: Option<RegionJson>,
    /// What was understood.
    pub understood: UnderstoodJson,
    /// The answer: quotes and fixed phrases.
    pub answer: Vec<StatementJson>,
    /// A fixed phrase about the status, shown above or instead of the answer.
    #[serde(default)]
    pub message: String,
    /// Fixed phrases about how the question was taken: a day counted to, a clause found under another numbering.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What is not in the texts.
    pub missing: Vec<String>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The one fact that decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<AskJson>,
    /// Numbers to call first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<ContactJson>,
    /// The citations, numbered from 1.
    pub citations: Vec<CitationJson>,
    /// The values of the quotes: amounts, rates, periods, dates, ages, counts, with unit and scope.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueJson>,
    /// The documents cited, side by side, when the question compares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comparison: Vec<ComparedJson>,
    /// Interpretations of the cited clauses.
    pub interpretations: Vec<InterpretationJson>,
    /// Who to turn to.
    pub next_steps: Vec<NextStepJson>,
    /// Programmes (惠企/惠民政策事项) whose conditions, sums or windows the quotes state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<ProgrammeLinkJson>,
    /// Questions the library can answer.
    pub related_questions: Vec<String>,
    /// Probability that the answer is right, 0 to 1.
    pub confidence: f64,
    /// Milliseconds it took.
    pub took_ms: f64,
}

/// A programme an answer speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProgrammeLinkJson {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The page that holds it against one's own case.
    pub url: String,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RegionJson {
    /// Division code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where it was taken from: `question`, `request`, `session`, `context` (我们市, 省里: a place above the chosen one).
    pub from: String,
}

/// A sentence of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatementJson {
    /// A quote or a fixed phrase.
    pub text: String,
    /// Numbers of the citations it rests on.
    pub citations: Vec<u32>,
}

/// A value of a quote, with its place in the canonical text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ValueJson {
    /// The number of the citation it stands in.
    pub citation: u32,
    /// `amount`, `rate`, `ceiling`, `period`, `date`, `age`, `count`.
    pub kind: String,
    /// The number in its unit, or the day.
    pub value: DatumJson,
    /// 元, %, 月, 工作日, 周岁, 人 …; of a date the smallest part given.
    pub unit: String,
    /// The words around it that say of whom, how often, up to where: 每人每月, 最高, 止.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<String>,
    /// Its own words.
    pub text: String,
    /// First byte in the canonical text of the cited document.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

/// A number, or a day as ISO 8601 has it, as far as the text gives it (`2025-12-31`, `2025-12`, `--12-31`, `---25`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum DatumJson {
    /// A whole number.
    Whole(i64),
    /// Another number.
    Number(f64),
    /// A day, a month or a year.
    Day(String),
}

/// A document of a comparison: what it is, never which of them is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ComparedJson {
    /// The places asked about for which it answers, when the question names several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Its id.
    pub document: String,
    /// 标题.
    pub title: String,
    /// 层级.
    pub level: Option<String>,
    /// Day of issue.
    pub issued: Option<String>,
    /// Validity on the day asked about.
    pub validity: String,
    /// Whether it is the newest of them.
    pub newest: bool,
    /// Whether it comes from the highest level among them.
    pub highest: bool,
    /// Numbers of its citations.
    pub citations: Vec<u32>,
}

/// A question back, with its choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AskJson {
    /// Which fact: `region` (the value goes into `region`), `matter` (the value is the question to ask).
    pub fact: String,
    /// The question.
    pub question: String,
    /// The choices.
    pub choices: Vec<ChoiceJson>,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChoiceJson {
    /// The value to send back.
    pub value: String,
    /// What a person reads.
    pub label: String,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactJson {
    /// Whose.
    pub name: String,
    /// The number.
    pub phone: String,
}

/// A citation: a document, a clause, and the clause's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CitationJson {
    /// Its number in the answer.
    pub number: u32,
    /// The document.
    pub document: CitedDocumentJson,
    /// The clause.
    pub clause: CitedClauseJson,
    /// The clause's own words.
    pub quote: String,
    /// First byte of the quote in the canonical text.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// SHA-256 of the canonical text.
    pub text_sha256: String,
}

/// A document as a citation names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CitedDocumentJson {
    /// Id.
    pub id: String,
    /// 标题.
    pub title: String,
    /// 发文字号.
    pub document_number: Option<String>,
    /// 发文机关.
    pub issuer: String,
    /// 文种.
    pub kind: String,
    /// Day of issue.
    pub issued: Option<String>,
    /// 施行日期.
    pub effective: Option<String>,
    /// 有效期至.
    pub expires: Option<String>,
    /// Validity on the day asked about.
    pub validity: String,
    /// What that rests on.
    pub validity_basis: String,
    /// Whether the document is part of the demonstration corpus (示例).
    #[serde(default)]
    pub example: bool,
    /// Its page.
    pub url: String,
}

/// A clause as a citation names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CitedClauseJson {
    /// Id within the document.
    pub id: String,
    /// As people say it.
    pub label: String,
    /// Headings from the top down.
    pub path: Vec<String>,
    /// Its place on the document's page.
    pub url: String,
}

/// An interpretation of a cited clause: it explains, it is not authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InterpretationJson {
    /// The interpretation.
    pub document: CitedDocumentJson,
    /// Its paragraph.
    pub clause: CitedClauseJson,
    /// Its own words.
    pub quote: String,
    /// First byte of the quote in the canonical text.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// SHA-256 of the canonical text.
    pub text_sha256: String,
    /// The number of the citation it explains.
    pub explains: u32,
}

/// Who to turn to next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NextStepJson {
    /// `department`, `window`, `place`, `material`, `procedure`, `page`.
    pub kind: String,
    /// The name the clause gives, or its words.
    pub name: String,
    /// Its present name, where it was renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// What the renaming rests on, from the directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// The office of the asker's place, where the clause names it in general words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The citation that names it.
    pub citation: Option<u32>,
    /// Telephone, from the directory.
    pub phone: Option<String>,
    /// Address, from the directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// A page of ours, for `page`; the clause, for `place`, `material` and `procedure`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}
