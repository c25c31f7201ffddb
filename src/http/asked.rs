//! What was asked for (请求参数): parameters as they stand in a query or a body, checked once.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization;
use utoipa::IntoParams;

use super::clock;
use super::problem::Problem;
use crate::consultation::{DocumentFilter, ListOrder, MAX_SESSION_CHARS, SearchOrder};
use crate::index::Generation;
use crate::policy::{Audience, DocumentKind, RegionCode, Validity};
use crate::query::{Enquiry, MAX_QUESTION_CHARS, Without};

/// Longest theme or issuer: the longest real issuer (joint office names) has some 40 characters.
const MAX_WORD_CHARS: usize = 100;
/// Longest list of corrections: all expansions of a long question fit into it.
const MAX_CORRECTIONS_CHARS: usize = 400;
/// Furthest page: beyond it nobody pages, and programs take the list of documents.
const MAX_PAGE: usize = 100_000;
/// Places named in a hint.
const PLACES_IN_HINT: usize = 3;
/// Every state a document can be in.
const VALIDITIES: [Validity; 6] = [
    Validity::InForce,
    Validity::NotYetEffective,
    Validity::Expired,
    Validity::Repealed,
    Validity::Draft,
    Validity::Unknown,
];

/// A query string, or a problem that names what is wrong with it.
#[derive(Debug)]
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(value)) => Ok(Self(value)),
            Err(_) => Err(Problem::invalid("查询参数重复或编码不对；每个参数只写一次，并按 UTF-8 做百分号编码。")),
        }
    }
}

/// Which documents are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FilterQuery {
    /// Region: a division code or a name; documents that hold there.
    pub(super) region: Option<String>,
    /// Kind of document (文种), such as 行政规范性文件.
    pub(super) kind: Option<String>,
    /// Theme (主题).
    pub(super) theme: Option<String>,
    /// Issuer, or part of its name.
    pub(super) issuer: Option<String>,
    /// Validity: `in_force`, `not_yet_effective`, `expired`, `repealed`, `draft`, `unknown`.
    pub(super) validity: Option<String>,
    /// Issued on or after this day (`YYYY-MM-DD`).
    pub(super) from: Option<String>,
    /// Issued on or before this day.
    pub(super) to: Option<String>,
    /// Issued in this year; narrows `from` and `to`.
    pub(super) year: Option<String>,
    /// The day for which validity is told; today when left out.
    pub(super) as_of: Option<String>,
    /// Page, from 1.
    pub(super) page: Option<String>,
}

/// A parameter that says something: forms send empty ones.
pub(super) fn stated(value: Option<&String>) -> Option<&str> {
    value.map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// A day.
pub(super) fn day(name: &str, value: Option<&String>) -> Result<Option<Date>, Problem> {
    let Some(text) = stated(value) else { return Ok(None) };
    crate::policy::parse_day(text).map(Some).map_err(|_| {
        let text = shown(text);
        Problem::invalid(format!("{name} “{text}” 不是日期；请写成 2026-11-21 的样子。"))
    })
}

/// The day for which an answer shall hold.
pub(super) fn as_of(value: Option<&String>) -> Result<Date, Problem> {
    Ok(day("as_of", value)?.unwrap_or_else(clock::today))
}

/// The first and the last day of a year.
pub(super) fn year(value: Option<&String>) -> Result<Option<(Date, Date)>, Problem> {
    let Some(text) = stated(value) else { return Ok(None) };
    let year = text.parse().ok().filter(|year: &i16| (1..=9999).contains(year));
    let days = year.and_then(|year| Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)));
    days.map(Some).ok_or_else(|| Problem::invalid(format!("year “{}” 不是年份；请写成 2026 的样子。", shown(text))))
}

/// The order of a list.
pub(super) fn order(value: Option<&String>) -> Result<ListOrder, Problem> {
    let Some(text) = stated(value) else { return Ok(ListOrder::default()) };
    ListOrder::ALL.into_iter().find(|order| order.name() == text).ok_or_else(|| {
        let names: Vec<&str> = ListOrder::ALL.iter().map(|order| order.name()).collect();
        Problem::invalid(format!("sort “{}” 不合规；可以写 {}。", shown(text), names.join("、")))
    })
}

/// The order of results.
pub(super) fn search_order(value: Option<&String>) -> Result<SearchOrder, Problem> {
    let Some(text) = stated(value) else { return Ok(SearchOrder::default()) };
    SearchOrder::ALL.into_iter().find(|order| order.name() == text).ok_or_else(|| {
        let names: Vec<&str> = SearchOrder::ALL.iter().map(|order| order.name()).collect();
        Problem::invalid(format!("sort “{}” 不合规；可以写 {}。", shown(text), names.join("、")))
    })
}

/// A count from 1 to `most`.
pub(super) fn count(name: &str, value: Option<&String>, default: usize, most: usize) -> Result<usize, Problem> {
    let Some(text) = stated(value) else { return Ok(default) };
    text.parse().ok().filter(|count| (1..=most).contains(count)).ok_or_else(|| {
        let text = shown(text);
        Problem::invalid(format!("{name} “{text}” 不合规；请写 1 到 {most} 的整数。"))
    })
}

/// A page number.
pub(super) fn page(value: Option<&String>) -> Result<usize, Problem> {
    count("page", value, 1, MAX_PAGE)
}

/// A question or the words of a search, within its length.
pub(super) fn question<'q>(name: &str, text: &'q str) -> Result<&'q str, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::invalid(format!(
            "{name} 是空的；请写出您想咨询的政策事项，例如“80岁以上老人津贴怎么申请”。"
        )));
    }
    // Measured after normalisation, which can make a text longer, and without counting a hostile one to its end.
    let chars = text.nfkc().take(MAX_QUESTION_CHARS + 1).count();
    if chars > MAX_QUESTION_CHARS {
        return Err(Problem::invalid(format!("{name} 超过 {MAX_QUESTION_CHARS} 字；请只写一件事，说得短一些。")));
    }
    Ok(text)
}

/// The name a client gave its conversation.
pub(super) fn session(value: Option<&String>) -> Result<Option<&str>, Problem> {
    match stated(value) {
        Some(name) if name.chars().nth(MAX_SESSION_CHARS).is_some() => {
            Err(Problem::invalid(format!("session 超过 {MAX_SESSION_CHARS} 字；请用 UUID 一类的短标识。")))
        }
        other => Ok(other),
    }
}

/// What is taken back of an understanding.
pub(super) fn without(value: Option<&String>) -> Result<Without, Problem> {
    match stated(value) {
        Some(text) if text.chars().nth(MAX_CORRECTIONS_CHARS).is_some() => {
            Err(Problem::invalid(format!("no 超过 {MAX_CORRECTIONS_CHARS} 字；请去掉一些更正。")))
        }
        other => Ok(other.map(Without::parse).unwrap_or_default()),
    }
}

/// A region by its code or its name.
pub(super) fn region(generation: &Generation, value: Option<&String>) -> Result<Option<RegionCode>, Problem> {
    let Some(text) = stated(value) else { return Ok(None) };
    let gazetteer = generation.gazetteer();
    if let Some(code) = RegionCode::parse(text).filter(|code| gazetteer.get(code).is_some()) {
        return Ok(Some(code));
    }
    let mut named = gazetteer.named(text);
    match (named.next(), named.next()) {
        (Some(only), None) => Ok(Some(only.code.clone())),
        (Some(first), Some(second)) => Err(Problem::invalid(format!(
            "region “{}” 有多个同名地方，如 {} 和 {}；请写行政区划代码。",
            shown(text),
            first.code,
            second.code
        ))),
        (None, _) => Err(unknown_region(generation, text)),
    }
}

fn unknown_region(generation: &Generation, text: &str) -> Problem {
    let mut examples: Vec<String> = Vec::new();
    for code in generation.heads().iter().filter_map(|head| head.meta.region.as_ref()) {
        let example = match generation.gazetteer().get(code) {
            Some(region) => format!("{code}（{}）", region.name),
            None => continue,
        };
        if !examples.contains(&example) {
            examples.push(example);
        }
        if examples.len() == PLACES_IN_HINT {
            break;
        }
    }
    let hint = if examples.is_empty() { String::new() } else { format!("，例如 {}", examples.join("、")) };
    Problem::invalid(format!("region “{}” 不在地名录中；请写行政区划代码或地名全称{hint}。", shown(text)))
}

/// Who asks.
pub(super) fn audience(value: Option<&String>) -> Result<Option<Audience>, Problem> {
    let all = [Audience::Person, Audience::Enterprise, Audience::Department];
    let Some(text) = stated(value) else { return Ok(None) };
    all.into_iter().find(|audience| audience.name() == text).map(Some).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|audience| audience.name()).collect();
        Problem::invalid(format!("audience “{}” 不合规；可以写 {}，或不写。", shown(text), names.join("、")))
    })
}

impl FilterQuery {
    /// The filter and the day for which it is meant.
    pub(super) fn parse(&self, generation: &Generation) -> Result<(DocumentFilter, Date), Problem> {
        let kind = stated(self.kind.as_ref()).map(kind).transpose()?;
        let validity = stated(self.validity.as_ref()).map(validity).transpose()?;
        let year = year(self.year.as_ref())?;
        let filter = DocumentFilter {
            region: region(generation, self.region.as_ref())?,
            kind,
            theme: word("theme", self.theme.as_ref())?,
            issuer: word("issuer", self.issuer.as_ref())?,
            validity,
            from: day("from", self.from.as_ref())?.max(year.map(|year| year.0)),
            to: [day("to", self.to.as_ref())?, year.map(|year| year.1)].into_iter().flatten().min(),
        };
        Ok((filter, as_of(self.as_of.as_ref())?))
    }

    /// Whether nothing narrows the list.
    pub(super) fn is_empty(&self) -> bool {
        [&self.region, &self.kind, &self.theme, &self.issuer, &self.validity, &self.from, &self.to, &self.year]
            .into_iter()
            .all(|value| stated(value.as_ref()).is_none())
    }
}

/// A question with the day and the region for which it is asked.
pub(super) fn enquiry(
    generation: &Generation,
    question_text: &str,
    region_text: Option<&String>,
    as_of: Date,
    audience: Option<Audience>,
) -> Result<Enquiry, Problem> {
    let region = region(generation, region_text)?;
    Ok(Enquiry { question: question_text.to_owned(), region, as_of, audience })
}

fn kind(text: &str) -> Result<String, Problem> {
    DocumentKind::from_name(text).map(|kind| kind.name().to_owned()).ok_or_else(|| {
        let names: Vec<&str> = DocumentKind::ALL.iter().map(|kind| kind.name()).collect();
        Problem::invalid(format!("kind “{}” 不是文种；可以写 {}。", shown(text), names.join("、")))
    })
}

fn validity(text: &str) -> Result<String, Problem> {
    VALIDITIES.iter().find(|state| state.name() == text).map(|state| state.name().to_owned()).ok_or_else(|| {
        let names: Vec<&str> = VALIDITIES.iter().map(|state| state.name()).collect();
        Problem::invalid(format!("validity “{}” 不合规；可以写 {}。", shown(text), names.join("、")))
    })
}

fn word(name: &str, value: Option<&String>) -> Result<Option<String>, Problem> {
    match stated(value) {
        Some(text) if text.chars().nth(MAX_WORD_CHARS).is_some() => {
            Err(Problem::invalid(format!("{name} 超过 {MAX_WORD_CHARS} 字；请写短一些。")))
        }
        other => Ok(other.map(str::to_owned)),
    }
}

/// A value as a message repeats it: not longer than is needed to know it again.
pub(super) fn shown(text: &str) -> String {
    /// Enough to recognise a mistyped value.
    const SHOWN: usize = 40;
    text.chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}
