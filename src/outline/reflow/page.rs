//! Page numbers and running heads (页码、页眉): found by their form and by where they stand.

use std::collections::HashMap;

use super::super::{marker, phrase};
use super::line::Line;

const PAGE_NUMBER: &str = "页码";
const RUNNING_HEAD: &str = "页眉";

/// Marks lines that are noise.
pub(super) fn mark(lines: &mut [Line<'_>]) {
    for line in lines.iter_mut().filter(|line| is_page_number(line.text)) {
        line.noise = Some(PAGE_NUMBER);
    }
    mark_lone_numbers(lines);
    mark_running_heads(lines);
    let mut after = false;
    for line in lines.iter_mut() {
        line.after_noise = after && line.noise.is_none();
        after = line.noise.is_some();
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·' | '•' | '~' | '‐' | '‑' | '﹣')
}

/// Highest page number believed.
const MAX_PAGE: u32 = 9999;

fn page(text: &str) -> Option<u32> {
    let (number, length) = super::super::numeral::arabic(text)?;
    (length == text.len() && number <= MAX_PAGE && number > 0).then_some(number)
}

/// Longest line with a page number, in bytes.
const LONGEST: usize = 60;

/// Whether a line is a page number by its form: — 1 —, -1-, 第1页 共3页, 1/3, Page 1 of 3.
fn is_page_number(line: &str) -> bool {
    if line.len() > LONGEST || !line.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
        return false;
    }
    let squeezed: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = squeezed.trim_matches(is_dash);
    let dashed = squeezed.starts_with(is_dash) && squeezed.ends_with(is_dash);
    if dashed && page(inner).is_some() {
        return true;
    }
    let counted = |text: &str| text.strip_prefix('第').and_then(|tail| tail.strip_suffix('页')).and_then(page);
    if counted(inner).is_some() {
        return true;
    }
    let of = inner
        .strip_suffix('页')
        .and_then(|text| text.split_once('共'))
        .map(|(front, total)| (counted(front.trim_end_matches(['/', '，', ',', '、', '|'])), page(total)));
    if matches!(of, Some((Some(_), Some(_)))) {
        return true;
    }
    let latin = inner.to_ascii_lowercase();
    let parts = latin.strip_prefix("page").and_then(|tail| tail.split_once("of")).or_else(|| latin.split_once('/'));
    parts.is_some_and(|(at, total)| match (page(at), page(total)) {
        (Some(at), Some(total)) => at <= total && total > 1,
        _ => false,
    })
}

/// Fewest columns of a line that breaks off at the end of a page.
const BROKEN_LINE: usize = 24;
/// Fewest columns of the line that goes on after a page number.
const GOING_ON: usize = 8;
/// Fewest lines between two page numbers without dashes.
const PAGE_LINES: usize = 8;
/// Fewest lone numbers counting up that are believed to be page numbers.
const PAGE_RUN: usize = 3;

/// Marks digits that stand alone between the halves of a sentence, or count up from page to page.
fn mark_lone_numbers(lines: &mut [Line<'_>]) {
    let lone: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.noise.is_none())
        .filter_map(|(at, line)| page(line.text).map(|number| (at, number)))
        .collect();
    for &(at, _) in &lone {
        let broken = at > 0 && {
            let before = &lines[at - 1];
            before.width >= BROKEN_LINE
                && before.noise.is_none()
                && !phrase::ends_sentence(before.text)
                && before.text.ends_with(goes_on)
        };
        let goes = lines.get(at + 1).is_some_and(|line| {
            line.width >= GOING_ON && marker::read(line.text).is_none() && line.text.starts_with(goes_on)
        });
        if broken && goes {
            lines[at].noise = Some(PAGE_NUMBER);
        }
    }
    let mut run = 0;
    for index in 0..lone.len() {
        let (at, number) = lone[index];
        let steady = index > 0 && lone[index - 1].1 + 1 == number && at - lone[index - 1].0 >= PAGE_LINES;
        run = if steady { run + 1 } else { 1 };
        if run >= PAGE_RUN {
            let from = if run == PAGE_RUN { index + 1 - run } else { index };
            for &(at, _) in &lone[from..=index] {
                lines[at].noise = Some(PAGE_NUMBER);
            }
        }
    }
}

fn goes_on(c: char) -> bool {
    phrase::is_han(c) || matches!(c, '，' | '、' | '“' | '《' | '（')
}

/// Longest running head, in bytes.
const LONGEST_HEAD: usize = 150;
/// How often a line must come again at the edge of a page to be a running head.
const HEAD_REPEATS: usize = 3;

/// Marks lines that come again and again beside page numbers or at page starts; the first stays.
fn mark_running_heads(lines: &mut [Line<'_>]) {
    let edge = |at: usize| {
        let line = &lines[at];
        let beside = |other: Option<&Line<'_>>| other.is_some_and(|line| line.noise.is_some());
        line.noise.is_none()
            && line.text.len() <= LONGEST_HEAD
            && (line.page_start || beside(at.checked_sub(1).and_then(|at| lines.get(at))) || beside(lines.get(at + 1)))
    };
    let edges: Vec<usize> = (0..lines.len()).filter(|&at| edge(at)).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for &at in &edges {
        *times.entry(lines[at].text).or_insert(0) += 1;
    }
    let heads: Vec<usize> = edges.into_iter().filter(|&at| times[lines[at].text] >= HEAD_REPEATS).collect();
    let mut seen: HashMap<&str, bool> = HashMap::new();
    let again: Vec<usize> = heads
        .into_iter()
        .filter(|&at| {
            let first = seen.insert(lines[at].text, true).is_none();
            // The first may be the title itself.
            !(first && at < HEAD_REPEATS)
        })
        .collect();
    for at in again {
        lines[at].noise = Some(RUNNING_HEAD);
    }
}
