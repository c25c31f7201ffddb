//! Heads inside a line (行内序号): documents that came as one line are cut where their numbering runs on.

use super::marker::{self, Marker, Style};
use super::unit::Unit;

/// A mark inside a unit.
struct Candidate {
    at: usize,
    marker: Marker,
    /// Whether a sentence ends before it; if not, it must stand right behind a heading, or be 第一条 of a run.
    strong: bool,
}

/// Longest heading that （一） may follow without any punctuation, in bytes (some 60 characters).
const LONGEST_HEADING: usize = 180;

/// Cuts units at marks inside them whose numbers run on: （一） when （二） comes, 二、 after 一、.
pub(super) fn split(text: &str, units: Vec<Unit>) -> Vec<Unit> {
    let mut out = Vec::with_capacity(units.len());
    let mut last: [Option<Marker>; Style::COUNT] = [None; Style::COUNT];
    let mut rest = units.into_iter().peekable();
    while let Some(unit) = rest.next() {
        // A chapter's mark at the front of a run-on line is not the unit's own, but it counts.
        if let Some(marker) = unit.marker.or_else(|| marker::read(&text[unit.body..unit.end]).filter(|_| !unit.row)) {
            last[marker.style as usize] = Some(marker);
        }
        let found = if unit.row { Vec::new() } else { candidates(text, &unit) };
        let next = rest.peek().and_then(|unit| unit.marker);
        let cuts = coherent(&found, (unit.end, next), &mut last);
        let mut from = unit.start;
        for cut in cuts {
            out.extend(Unit::new(text, from..cut));
            from = cut;
        }
        if from == unit.start {
            out.push(unit);
        } else {
            out.extend(Unit::new(text, from..unit.end));
        }
    }
    out
}

/// What is open while a unit is scanned.
#[derive(Default)]
struct Depth {
    quotes: usize,
    brackets: usize,
}

impl Depth {
    fn is_open(&self) -> bool {
        self.quotes + self.brackets > 0
    }

    fn see(&mut self, c: char, before: Option<char>) {
        match c {
            // Every paragraph of a long quotation opens it again.
            '“' if self.quotes > 0 && before.is_some_and(closes) => {}
            '“' => self.quotes += 1,
            '”' => self.quotes = self.quotes.saturating_sub(1),
            '（' | '(' | '《' | '〔' => self.brackets += 1,
            '）' | ')' | '》' | '〕' => self.brackets = self.brackets.saturating_sub(1),
            // A bracket that was never closed must not hide the rest.
            '。' => self.brackets = 0,
            _ => {}
        }
    }
}

fn candidates(text: &str, unit: &Unit) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut depth = Depth::default();
    let from = unit.after_marker();
    let (mut skip, mut before, mut spaced) = (from, None, false);
    // The last 一、 without a sentence end since.
    let mut heading = unit.marker.filter(|marker| marker.style == Style::Comma).map(|_| unit.start);
    for (at, c) in text[from..unit.end].char_indices().map(|(at, c)| (from + at, c)) {
        if at < skip {
            continue;
        }
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        if !depth.is_open() && at > from && may_open(c) {
            let punctuated = before.is_some_and(closes);
            let strong = punctuated || (c == '第' && spaced);
            let weak = match c {
                '第' => true,
                '（' | '(' => heading.is_some_and(|start| at - start <= LONGEST_HEADING),
                _ => false,
            };
            let read = if strong || weak { marker::read(&text[at..unit.end]) } else { None };
            if let Some(marker) =
                read.filter(|marker| strong || marker.style == Style::Paren || marker.style.is_ordinal())
            {
                found.push(Candidate { at, marker, strong });
                heading = (marker.style == Style::Comma).then_some(at);
                skip = at + marker.length;
                (before, spaced) = (None, false);
                continue;
            }
        }
        depth.see(c, before);
        if matches!(c, '。' | '；' | '：' | '！' | '？') {
            heading = None;
        }
        (before, spaced) = (Some(c), false);
    }
    found
}

fn may_open(c: char) -> bool {
    matches!(c, '（' | '(' | '第' | '0'..='9' | '０'..='９' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
        || ('\u{2460}'..='\u{249b}').contains(&c)
        || ('\u{3220}'..='\u{3229}').contains(&c)
}

fn closes(c: char) -> bool {
    matches!(c, '。' | '；' | '：' | '！' | '？' | ';' | ':' | '”' | '）' | ')')
        // Some converters leave a private character where a line ended.
        || ('\u{e000}'..='\u{f8ff}').contains(&c)
}

/// Longest title of a chapter inside a line, in bytes: what follows must soon be an article or a section.
const LONGEST_INLINE_CHAPTER: usize = 120;

/// The places among the candidates where the numbering runs on.
fn coherent(
    found: &[Candidate],
    (end, next): (usize, Option<Marker>),
    last: &mut [Option<Marker>; Style::COUNT],
) -> Vec<usize> {
    let continues = continuations(found, next);
    let mut cuts = Vec::new();
    // Where the last chapter or section was cut off.
    let mut titled = None;
    for (index, candidate) in found.iter().enumerate() {
        let marker = candidate.marker;
        let slot = &mut last[marker.style as usize];
        let follows = slot.is_some_and(|last| marker.follows(&last));
        let fits = if candidate.strong {
            follows || continues[index]
        } else if marker.style.is_ordinal() {
            let below = titled.is_some_and(|at| candidate.at - at <= LONGEST_INLINE_CHAPTER);
            (marker.is_first() && continues[index]) || (follows && below)
        } else {
            (marker.is_first() || follows) && continues[index]
        };
        let chapter = marker.style.is_ordinal() && marker.style != Style::Article;
        let after = found.get(index + 1).map_or((end, next), |after| (after.at, Some(after.marker)));
        let has_title = !chapter
            || (after.1.is_some_and(|marker| marker.style.is_ordinal())
                && after.0 - candidate.at <= LONGEST_INLINE_CHAPTER);
        if fits && has_title {
            *slot = Some(marker);
            cuts.push(candidate.at);
            if chapter {
                titled = Some(candidate.at);
            }
        }
    }
    cuts
}

/// For every candidate whether the next of its style, here or at the front of the next unit, carries it on. A weak one
/// counts only when it is carried on itself, so that 第一条 mentioned in passing does not hide the real one.
fn continuations(found: &[Candidate], next: Option<Marker>) -> Vec<bool> {
    let mut coming: [Option<Marker>; Style::COUNT] = [None; Style::COUNT];
    if let Some(marker) = next {
        coming[marker.style as usize] = Some(marker);
    }
    let mut continues = vec![false; found.len()];
    for (index, candidate) in found.iter().enumerate().rev() {
        let slot = &mut coming[candidate.marker.style as usize];
        continues[index] = slot.is_some_and(|later| later.follows(&candidate.marker));
        if candidate.strong || continues[index] {
            *slot = Some(candidate.marker);
        }
    }
    continues
}
