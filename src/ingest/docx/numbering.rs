//! Automatic numbers (自动编号): what `numbering.xml` says, and which number comes next.

use std::collections::{HashMap, HashSet};

use super::DocxError;
use super::numeral;
use super::styles::Styles;
use super::tags::{Element, Tag, Tags};

/// Levels of a list: Word has nine.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: Option<i64>,
    /// After which level it begins anew: none means after every higher one, 0 never.
    restart: Option<i64>,
    legal: bool,
    suffix: String,
    style: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Abstract {
    levels: HashMap<usize, Level>,
    /// The numbering style that defines it instead.
    style_link: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Num {
    abstract_id: String,
    starts: HashMap<usize, i64>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<String, Abstract>,
    nums: HashMap<String, Num>,
    counters: HashMap<String, [Option<i64>; LEVELS]>,
    restarted: HashSet<(String, usize)>,
}

/// A number as it is shown.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Shown {
    /// Its characters.
    pub(super) text: String,
    /// Whether the words follow without a gap.
    pub(super) close: bool,
}

impl Numbering {
    /// Reads the part.
    pub(super) fn parse(xml: &str) -> Result<Self, DocxError> {
        let mut numbering = Self::default();
        let mut tags = Tags::new(xml);
        while let Some(tag) = tags.next()? {
            let Tag::Open(element) = tag else { continue };
            match element.name() {
                "abstractNum" => {
                    let id = element.get("abstractNumId").unwrap_or_default();
                    let read = abstract_num(&mut tags)?;
                    numbering.abstracts.insert(id, read);
                }
                "num" => {
                    let id = element.get("numId").unwrap_or_default();
                    let read = num(&mut tags)?;
                    numbering.nums.insert(id, read);
                }
                _ => {}
            }
        }
        Ok(numbering)
    }

    /// The list that really defines this one: a numbering style may stand between.
    fn definition(&self, num: &Num, styles: &Styles) -> Option<(&Abstract, String)> {
        let mut id = num.abstract_id.clone();
        for _ in 0..LEVELS {
            let found = self.abstracts.get(&id)?;
            let Some(style) = &found.style_link else { return Some((found, id)) };
            match styles.list_of(style).and_then(|num_id| self.nums.get(num_id)) {
                Some(next) if next.abstract_id != id => id.clone_from(&next.abstract_id),
                _ => return Some((found, id)),
            }
        }
        None
    }

    /// The level that belongs to a paragraph style.
    pub(super) fn level_of_style(&self, num_id: &str, style: &str, styles: &Styles) -> Option<usize> {
        let num = self.nums.get(num_id)?;
        let (list, _) = self.definition(num, styles)?;
        let levels = num.levels.iter().chain(&list.levels);
        levels.filter(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at).min()
    }

    /// Counts a paragraph of a list and gives its number.
    pub(super) fn next(&mut self, num_id: &str, level: usize, styles: &Styles) -> Option<Shown> {
        let level = level.min(LEVELS - 1);
        let num = self.nums.get(num_id)?.clone();
        let (list, id) = self.definition(&num, styles)?;
        let levels: Vec<Level> = (0..LEVELS)
            .map(|at| num.levels.get(&at).or_else(|| list.levels.get(&at)).cloned().unwrap_or_default())
            .collect();
        let start = |at: usize| num.starts.get(&at).copied().or(levels[at].start).unwrap_or(1);
        let counters = self.counters.entry(id).or_default();
        let anew = num.starts.contains_key(&level) && self.restarted.insert((num_id.to_owned(), level));
        counters[level] = match counters[level] {
            Some(count) if !anew => Some(count.saturating_add(1)),
            _ => Some(start(level)),
        };
        for deeper in level + 1..LEVELS {
            let resets = levels[deeper].restart.is_none_or(|after| after > 0 && (level as i64) < after);
            if resets {
                counters[deeper] = None;
            }
        }
        let counts: Vec<i64> = (0..LEVELS).map(|at| counters[at].unwrap_or_else(|| start(at))).collect();
        Some(show(&levels, level, &counts))
    }
}

fn show(levels: &[Level], at: usize, counts: &[i64]) -> Shown {
    let level = &levels[at];
    if level.format == "bullet" {
        return Shown { text: bullet(&level.text), close: false };
    }
    let mut text = String::new();
    let mut rest = level.text.chars().peekable();
    while let Some(c) = rest.next() {
        let place = (c == '%').then(|| rest.peek().and_then(|digit| digit.to_digit(10))).flatten();
        match place {
            Some(digit @ 1..=9) => {
                rest.next();
                let place = digit as usize - 1;
                let format = if level.legal && levels[place].format != "decimalZero" {
                    "decimal"
                } else {
                    &levels[place].format
                };
                text.push_str(&numeral::write(format, counts[place]));
            }
            _ => text.push(c),
        }
    }
    let text = text.trim().to_owned();
    let close = level.suffix == "nothing" || text.ends_with(['、', '）', '．', '：', '】', '〕']);
    Shown { text, close }
}

/// A bullet as people see it: those of symbol fonts have no sign of their own.
fn bullet(text: &str) -> String {
    match text.trim() {
        "o" => "○".to_owned(),
        text if text.chars().all(|c| matches!(c, '\u{e000}'..='\u{f8ff}') || c.is_ascii_alphabetic())
            && !text.is_empty() =>
        {
            "•".to_owned()
        }
        text => text.to_owned(),
    }
}

fn abstract_num(tags: &mut Tags<'_>) -> Result<Abstract, DocxError> {
    let depth = tags.depth();
    let mut read = Abstract::default();
    while let Some(tag) = tags.inside(depth)? {
        let Tag::Open(element) = tag else { continue };
        match element.name() {
            "lvl" => {
                let (at, level) = level(tags, &element)?;
                read.levels.insert(at, level);
            }
            "numStyleLink" => read.style_link = element.val(),
            _ => {}
        }
    }
    Ok(read)
}

fn num(tags: &mut Tags<'_>) -> Result<Num, DocxError> {
    let depth = tags.depth();
    let mut read = Num::default();
    let mut at = 0;
    while let Some(tag) = tags.inside(depth)? {
        let Tag::Open(element) = tag else { continue };
        match element.name() {
            "abstractNumId" => read.abstract_id = element.val().unwrap_or_default(),
            "lvlOverride" => at = index(&element),
            "startOverride" => {
                read.starts.insert(at, element.number().unwrap_or(1));
            }
            "lvl" => {
                let (at, level) = level(tags, &element)?;
                read.levels.insert(at, level);
            }
            _ => {}
        }
    }
    Ok(read)
}

fn index(element: &Element<'_>) -> usize {
    element.get("ilvl").and_then(|at| at.trim().parse().ok()).unwrap_or(0usize).min(LEVELS - 1)
}

fn level(tags: &mut Tags<'_>, element: &Element<'_>) -> Result<(usize, Level), DocxError> {
    let at = index(element);
    let depth = tags.depth();
    let mut level = Level { format: "decimal".to_owned(), ..Level::default() };
    while let Some(tag) = tags.inside(depth)? {
        let Tag::Open(element) = tag else { continue };
        match element.name() {
            "start" => level.start = element.number(),
            "numFmt" => {
                let format = element.val().filter(|format| format != "custom").or_else(|| element.get("format"));
                level.format = format.unwrap_or_default();
            }
            "lvlText" => level.text = element.val().unwrap_or_default(),
            "lvlRestart" => level.restart = element.number(),
            "isLgl" => level.legal = element.is_on(),
            "suff" => level.suffix = element.val().unwrap_or_default(),
            "pStyle" => level.style = element.val(),
            _ => {}
        }
    }
    Ok((at, level))
}
