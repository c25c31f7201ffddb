//! Documents a question names without brackets (文件俗称): 要点这份文件, 那个十八条, 高龄津贴办法第三条.

use crate::analysis::parse_number;
use crate::policy::RegionCode;
use std::ops::Range;

use super::titles::{KINDS, Titles};
use super::{AskedRegion, RegionFrom};

/// A document named by what people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDocument {
    /// The words of the question.
    pub words: String,
    /// The titles in the library that they may mean.
    pub titles: Vec<String>,
}

/// A document named, with where.
pub(super) struct Named {
    pub(super) document: NamedDocument,
    pub(super) range: Range<usize>,
}

/// Words after a name that make it one: the document itself is meant, not what it is about.
const POINTING_AFTER: &[&str] = &[
    "这份文件",
    "这个文件",
    "那份文件",
    "那个文件",
    "文件",
    "原文",
    "全文",
    "里",
    "中",
    "上说",
    "的规定",
    "规定的",
    "第",
    "还有效",
    "失效",
    "废止",
    "有效期",
    "文号",
];
/// Words before a name that do the same.
const POINTING_BEFORE: &[&str] = &["那个", "这个", "那份", "这份", "根据", "依据", "按照", "依照", "按", "查", "调"];
/// Titles that one name may mean at most; more of them mean none.
const MOST_MEANT: usize = 3;

pattern!(MEASURES, r"(?:那个|这个|那份|这份|新|老)?([0-9]{1,3}|[一二三四五六七八九十]{1,4})条(?:措施|意见|政策|文件)?");

/// The documents named in a folded question. A name counts only when the library knows it and the question points at it.
pub(super) fn find(
    question: &str,
    region: Option<&AskedRegion>,
    titles: &Titles,
    (taken, year): (&[Range<usize>], Option<i16>),
) -> Vec<Named> {
    let mut found = by_name(question, titles, taken);
    if found.is_empty() {
        found.extend(by_kind(question, region.map(|asked| &asked.code), titles, (taken, year)));
    }
    if found.is_empty() {
        found.extend(by_measures(question, region, titles, taken));
    }
    found
}

fn overlaps(range: &Range<usize>, others: &[Range<usize>]) -> bool {
    others.iter().any(|other| other.start < range.end && range.start < other.end)
}

fn points(question: &str, range: &Range<usize>) -> bool {
    let after = question[range.end..].trim_start();
    let before = question[..range.start].trim_end();
    POINTING_AFTER.iter().any(|word| after.starts_with(word))
        || POINTING_BEFORE.iter().any(|word| before.ends_with(word))
}

/// 高龄津贴办法第三条.
fn by_name(question: &str, titles: &Titles, taken: &[Range<usize>]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    if !KINDS.iter().any(|kind| question.contains(kind)) {
        return found;
    }
    let mut from = 0;
    for (at, _) in question.char_indices() {
        if at < from {
            continue;
        }
        let Some((len, meant)) = titles.at(&question[at..]) else { continue };
        let range = at..at + len;
        if !overlaps(&range, taken) && points(question, &range) && meant.len() <= MOST_MEANT {
            from = range.end;
            found.push(named(question, range, meant));
        }
    }
    found
}

/// 青禾要点这份文件: the documents of the kind in the place, of the year when one is named.
fn by_kind(
    question: &str,
    region: Option<&RegionCode>,
    titles: &Titles,
    (taken, year): (&[Range<usize>], Option<i16>),
) -> Option<Named> {
    let region = region?;
    KINDS.iter().find_map(|kind| {
        let at = question.find(kind)?;
        let range = at..at + kind.len();
        let mut meant = titles.of_kind(kind, Some(region));
        let of_year: Vec<&str> =
            meant.iter().filter(|title| year.is_some_and(|year| title.contains(&year.to_string()))).copied().collect();
        if !of_year.is_empty() {
            meant = of_year;
        }
        let few = (1..=MOST_MEANT).contains(&meant.len());
        (few && !overlaps(&range, taken) && points(question, &range)).then(|| named(question, range, meant))
    })
}

/// 那个十八条; 第十八条 is a clause. Of a place that the question names, only its own document can be meant.
fn by_measures(question: &str, region: Option<&AskedRegion>, titles: &Titles, taken: &[Range<usize>]) -> Option<Named> {
    MEASURES.captures_iter(question).find_map(|captures| {
        let whole = captures.get(0)?;
        if overlaps(&whole.range(), taken) || question[..whole.start()].ends_with('第') {
            return None;
        }
        // A number of at most three figures.
        let count = parse_number(captures.get(1)?.as_str())? as u32;
        let of_place = titles.of_measures(count, region.map(|asked| &asked.code));
        let elsewhere = region.is_none_or(|asked| asked.from != RegionFrom::Question);
        let meant = if of_place.is_empty() && elsewhere { titles.of_measures(count, None) } else { of_place };
        // In quotation marks the words are literal.
        let quoted =
            question[..whole.start()].ends_with('"').then(|| question[whole.start()..].split('"').next()).flatten();
        let fits = |title: &&str| quoted.is_none_or(|words| title.contains(words));
        (meant.len() == 1 && meant.iter().all(fits)).then(|| named(question, whole.range(), meant))
    })
}

fn named(question: &str, range: Range<usize>, meant: Vec<&str>) -> Named {
    let titles = meant.into_iter().map(str::to_owned).collect();
    Named { document: NamedDocument { words: question[range.clone()].to_owned(), titles }, range }
}
