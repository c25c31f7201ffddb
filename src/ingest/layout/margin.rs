//! Margins (页边): page numbers, running heads and feet are the page's, not the document's.

use std::collections::{HashMap, HashSet};

use super::flow::Sheet;
use super::row::Row;
use crate::policy::Noise;

const PAGE_NUMBER: &str = "页码";
const RUNNING_HEAD: &str = "页眉";
const RUNNING_FOOT: &str = "页脚";

/// Share of a page, at its top and at its bottom, in which the margin's text stands.
const EDGE: f32 = 0.13;
/// Rows looked at from the edge inwards.
const DEEPEST: usize = 3;
/// Fewest pages on which a text comes again at the same height to be a running head.
const FEWEST_PAGES: usize = 3;
/// Fewest pages whose bare numbers count up with the pages.
const FEWEST_NUMBERED: usize = 2;
/// Heights nearer than this, in points, are the same.
const SAME_HEIGHT: f32 = 4.0;

/// Takes margin text off the pages.
pub(super) fn clear(sheets: &mut [Sheet]) -> Vec<Noise> {
    let steady = steady_offsets(sheets);
    let running = running(sheets);
    let mut noise = Vec::new();
    for sheet in sheets.iter_mut() {
        let reasons: Vec<Option<&str>> = reasons(sheet, &steady, &running);
        let mut reasons = reasons.into_iter();
        sheet.rows.retain(|row| match reasons.next().flatten() {
            Some(reason) => {
                noise.push(Noise { text: row.text(), reason: reason.to_owned() });
                false
            }
            None => true,
        });
    }
    noise
}

fn reasons(sheet: &Sheet, steady: &HashSet<i64>, running: &HashSet<(String, i32)>) -> Vec<Option<&'static str>> {
    let edges = edges(sheet);
    let mut reasons = vec![None; sheet.rows.len()];
    for (at, top) in edges {
        let row = &sheet.rows[at];
        let reason = match number(&row.text()) {
            Some((_, true)) => Some(PAGE_NUMBER),
            Some((number, false)) if steady.contains(&(number - i64::from(sheet.number))) => Some(PAGE_NUMBER),
            _ if keys(row, sheet).iter().any(|key| running.contains(key)) => {
                Some(if top { RUNNING_HEAD } else { RUNNING_FOOT })
            }
            _ => None,
        };
        reasons[at] = reason;
    }
    reasons
}

/// The rows in the margins, each with whether it is in the upper one.
fn edges(sheet: &Sheet) -> Vec<(usize, bool)> {
    let count = sheet.rows.len();
    let upper = (0..count.min(DEEPEST)).filter(|&at| sheet.rows[at].y <= EDGE * sheet.height).map(|at| (at, true));
    let lower = (count.saturating_sub(DEEPEST)..count)
        .filter(|&at| sheet.rows[at].y >= (1.0 - EDGE) * sheet.height)
        .map(|at| (at, false));
    upper.chain(lower).collect()
}

/// A page number, and whether its form alone shows it: — 1 —, 第1页, 1 / 3; else a bare number, also a Roman one.
fn number(text: &str) -> Option<(i64, bool)> {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '―' | '─' | '·' | '•' | '~' | '‐' | '‑' | '－');
    let inner = squeezed.trim_matches(is_dash);
    let dashed = inner.len() < squeezed.len();
    let counted = inner.strip_prefix('第').and_then(|text| text.split_once('页')).map(|(number, _)| number);
    let of = inner.split_once('/').filter(|(_, total)| total.parse::<u32>().is_ok()).map(|(number, _)| number);
    let words = counted.or(of).unwrap_or(inner);
    let formed = dashed || counted.is_some() || of.is_some();
    let value = words.parse::<u32>().ok().filter(|&value| value <= 9999).map(i64::from).or_else(|| roman(words))?;
    Some((value, formed))
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        'Ⅰ'..='Ⅻ' | '／' => {
            if c == '／' {
                '/'
            } else {
                c
            }
        }
        _ => c,
    }
}

/// The value of a Roman number up to some hundred.
fn roman(text: &str) -> Option<i64> {
    if let Some(c @ 'Ⅰ'..='Ⅻ') = text.chars().next()
        && text.chars().count() == 1
    {
        return Some(i64::from(c as u32 - 'Ⅰ' as u32) + 1);
    }
    let digit = |c: char| match c.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        _ => None,
    };
    let digits: Vec<i64> = text.chars().map(digit).collect::<Option<_>>()?;
    let value = digits
        .iter()
        .enumerate()
        .map(|(at, &value)| if digits.get(at + 1).is_some_and(|&next| next > value) { -value } else { value })
        .sum();
    (!digits.is_empty() && digits.len() <= 8 && value > 0).then_some(value)
}

/// By how much bare numbers in the margins differ from the page's place in the file, where it is always the same.
fn steady_offsets(sheets: &[Sheet]) -> HashSet<i64> {
    let mut times: HashMap<i64, HashSet<u32>> = HashMap::new();
    for sheet in sheets {
        for (at, _) in edges(sheet) {
            if let Some((number, _)) = number(&sheet.rows[at].text()) {
                times.entry(number - i64::from(sheet.number)).or_default().insert(sheet.number);
            }
        }
    }
    times.into_iter().filter(|(_, pages)| pages.len() >= FEWEST_NUMBERED).map(|(offset, _)| offset).collect()
}

/// What makes a margin's row the same on another page: its words without figures, and its height.
fn keys(row: &Row, sheet: &Sheet) -> [(String, i32); 2] {
    let text: String = row.text().chars().filter(|c| !c.is_whitespace() && !c.is_numeric()).collect();
    // Headers hang from the top, footers stand on the bottom; either may differ with the height of the page.
    let height = if row.y < sheet.height / 2.0 { row.y } else { row.y - sheet.height };
    let slot = (height / SAME_HEIGHT).floor() as i32;
    [(text.clone(), slot), (text, slot.saturating_add(1))]
}

fn running(sheets: &[Sheet]) -> HashSet<(String, i32)> {
    let mut times: HashMap<(String, i32), HashSet<u32>> = HashMap::new();
    for sheet in sheets {
        for (at, _) in edges(sheet) {
            for key in keys(&sheet.rows[at], sheet) {
                times.entry(key).or_default().insert(sheet.number);
            }
        }
    }
    times
        .into_iter()
        .filter(|((text, _), pages)| !text.is_empty() && pages.len() >= FEWEST_PAGES)
        .map(|(key, _)| key)
        .collect()
}
