//! Documents side by side (对照): each with level, day of issue and validity; the newest and the highest are marked, and
//! no verdict is given.

use crate::index::Generation;
use crate::policy::{DocumentKind, Level};
use crate::query::{AnswerType, InformationNeed};

use jiff::civil::Date;

use super::{Quoted, Statement, phrases};

// 县里的跟市里的, 县里说100市里说200: two levels of government set against each other.
pattern!(
    LEVELS,
    r"(?x)(?:国家|中央|国务院|[省市县区](?:里|上|级))[^，。？?\s]{0,12}(?:跟|和|与|还是|比|同|、|说|写|定)[^。？?\s]{0,8}(?:国家|中央|国务院|[省市县区](?:里|上|级))"
);

/// A document of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Index of its first quote.
    pub first: usize,
    /// Its level.
    pub level: Option<Level>,
    /// Its day of issue.
    pub issued: Option<Date>,
    /// Whether it is the newest of those compared.
    pub newest: bool,
    /// Whether no other of those compared comes from a higher level, and some from a lower one.
    pub highest: bool,
    /// Indexes of its quotes.
    pub quotes: Vec<usize>,
    /// The places asked about for which it answers, when the question names several.
    pub places: Vec<String>,
}

/// Whether documents are to be set side by side: the question compares, or names two levels of government.
pub(super) fn is_wanted(need: &InformationNeed) -> bool {
    need.answer_types.contains(&AnswerType::Comparison) || LEVELS.is_match(&need.meant)
}

/// The documents of these quotes side by side; none when they are of one document, or no comparison is wanted.
pub(super) fn of(generation: &Generation, need: &InformationNeed, quotes: &[Quoted]) -> Vec<Compared> {
    if is_wanted(need) { rows(generation, quotes.iter().enumerate()) } else { Vec::new() }
}

/// The documents of numbered quotes side by side; none when they are of one document.
pub(super) fn rows<'q>(generation: &Generation, quotes: impl Iterator<Item = (usize, &'q Quoted)>) -> Vec<Compared> {
    let mut rows: Vec<Compared> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (index, quoted) in quotes {
        let id = quoted.document.id().as_str();
        match seen.iter().position(|known| *known == id) {
            Some(at) => rows[at].quotes.push(index),
            None => {
                seen.push(id);
                rows.push(Compared {
                    first: index,
                    level: level(generation, quoted),
                    issued: quoted.document.meta().dates.issued(),
                    newest: false,
                    highest: false,
                    quotes: vec![index],
                    places: Vec::new(),
                });
            }
        }
    }
    if rows.len() < 2 {
        return Vec::new();
    }
    mark(&mut rows);
    rows
}

/// The level of the government a document comes from: as stated, else that of its place, else that of its kind.
fn level(generation: &Generation, quoted: &Quoted) -> Option<Level> {
    let meta = quoted.document.meta();
    let national =
        matches!(meta.kind, DocumentKind::Law | DocumentKind::Regulation | DocumentKind::JudicialInterpretation);
    let place = meta.region.as_ref().and_then(|code| generation.gazetteer().get(code)).map(|region| region.level);
    meta.level.or(place).or(national.then_some(Level::National))
}

/// Marks the newest and the highest, where all days and all levels are known and not all the same.
fn mark(rows: &mut [Compared]) {
    let days: Option<Vec<Date>> = rows.iter().map(|row| row.issued).collect();
    if let Some(last) = days.as_ref().and_then(|days| days.iter().max()).copied() {
        let alone = days.iter().flatten().filter(|day| **day == last).count() == 1;
        rows.iter_mut().for_each(|row| row.newest = alone && row.issued == Some(last));
    }
    let levels: Option<Vec<Level>> = rows.iter().map(|row| row.level).collect();
    if let Some(top) = levels.as_ref().and_then(|levels| levels.iter().min()).copied() {
        let some_lower = levels.iter().flatten().any(|level| *level != top);
        rows.iter_mut().for_each(|row| row.highest = some_lower && row.level == Some(top));
    }
}

/// The statements of a comparison: those of one document together, under the fixed phrase that marks it.
pub(super) fn marked(rows: &[Compared], statements: Vec<Statement>) -> Vec<Statement> {
    if rows.is_empty() {
        return statements;
    }
    let ours = |text: &str| Statement { text: text.to_owned(), quotes: Vec::new() };
    let mut sorted = vec![ours(phrases::COMPARED)];
    for row in rows {
        let own: Vec<&Statement> =
            statements.iter().filter(|said| said.quotes.iter().any(|quote| row.quotes.contains(quote))).collect();
        if !own.is_empty() {
            sorted.extend(phrases::standing(row.newest, row.highest).map(ours));
            sorted.extend(own.into_iter().cloned());
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(first: usize, level: Level, issued: Option<&str>) -> Compared {
        let issued = issued.map(|day| day.parse().unwrap());
        Compared {
            first,
            level: Some(level),
            issued,
            newest: false,
            highest: false,
            quotes: vec![first],
            places: vec![],
        }
    }

    #[test]
    fn the_newest_and_the_highest_are_marked() {
        let mut rows = [row(0, Level::County, Some("2024-05-01")), row(1, Level::Prefecture, Some("2023-01-01"))];
        mark(&mut rows);
        assert_eq!(rows.clone().map(|row| (row.newest, row.highest)), [(true, false), (false, true)]);
        let said = |index: usize| Statement { text: index.to_string(), quotes: vec![index] };
        let texts: Vec<String> = marked(&rows, vec![said(0), said(1)]).into_iter().map(|said| said.text).collect();
        assert_eq!(texts, [phrases::COMPARED, phrases::NEWEST, "0", phrases::HIGHEST, "1"]);
    }

    #[test]
    fn nothing_is_marked_that_is_not_known() {
        let mut rows = [row(0, Level::County, None), row(1, Level::County, Some("2023-01-01"))];
        mark(&mut rows);
        assert!(rows.iter().all(|row| !row.newest && !row.highest));
    }
}
