//! Paragraphs (段落): wrapped lines joined by where they stand; page numbers and running heads set apart.

use std::collections::HashMap;

use super::document::Page;
use super::line::Line;

/// Why lines are left out.
const PAGE_NUMBER: &str = "页码";
const RUNNING_HEAD: &str = "页眉页脚";

/// Share of the page's height at its top and at its bottom where page numbers and running heads stand.
const EDGE: f64 = 0.11;
/// Pages on which a line must come again to be a running head.
const HEAD_REPEATS: usize = 3;
/// A line is full when less than this is free at its end, in ems: a stop that may not begin a line takes its neighbour
/// with it.
const RAGGED: f64 = 2.1;
/// Free space, in ems, before a Latin word or a number that did not fit.
const LATIN_RAGGED: f64 = 8.0;
/// An indent begins here, in ems.
const INDENT: f64 = 0.8;
/// Lines further apart than this many times the usual distance are of different paragraphs.
const APART: f64 = 1.6;
/// Sizes that differ by less are the same.
const SAME_SIZE: f64 = 0.08;
/// A title is this much larger than the text.
const TITLE_SIZE: f64 = 1.15;
/// A title's line that is broken fills at least this share of the width.
const TITLE_FILL: f64 = 0.5;
/// Distance between two lines of one title, in ems.
const TITLE_LEADING: f64 = 2.4;

/// Text with an indent where a paragraph begins, and the lines left out with their reasons.
pub(super) fn paragraphs(lines: Vec<Line>, pages: &[Page], headings: &[String]) -> (String, Vec<(&'static str, String)>) {
    let reasons = edges(&lines, pages);
    let mut dropped = Vec::new();
    let mut kept = Vec::with_capacity(lines.len());
    for (line, reason) in lines.into_iter().zip(reasons) {
        match reason {
            Some(reason) => dropped.push((reason, line.text)),
            None => kept.push(line),
        }
    }
    let measure = Measure::of(&kept, pages);
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for line in &kept {
        let heading = |line: &Line| headings.iter().any(|heading| heading.trim() == line.text.trim());
        let joins = before.is_some_and(|before| !heading(before) && !heading(line) && measure.joins(before, line));
        let words = line.text.trim();
        if joins {
            let latin = |c: char| c.is_ascii_alphanumeric();
            if text.ends_with(latin) && words.starts_with(|c: char| c.is_ascii_alphabetic()) {
                text.push(' ');
            }
        } else {
            if before.is_some() {
                text.push('\n');
            }
            if measure.is_indented(line) {
                text.push_str("\u{3000}\u{3000}");
            }
        }
        text.push_str(words);
        before = Some(line);
    }
    (text, dropped)
}

/// Measures of the printed text, in millimetres.
struct Measure {
    left: f64,
    right: f64,
    size: f64,
    leading: f64,
    /// Whether paragraphs begin with an indent.
    indents: bool,
    widths: Vec<f64>,
}

impl Measure {
    fn of(lines: &[Line], pages: &[Page]) -> Self {
        let size = common(lines.iter().map(|line| (line.size, line.text.chars().count())), 0.1).unwrap_or(4.0);
        let body: Vec<&Line> =
            lines.iter().filter(|line| !line.vertical && (line.size - size).abs() < SAME_SIZE * size).collect();
        let mut rights: Vec<f64> = body.iter().map(|line| line.right).collect();
        rights.sort_by(f64::total_cmp);
        // Not the last: a stop may hang over the edge.
        let right = rights.get(rights.len() * 19 / 20).copied().unwrap_or(0.0);
        let full = |line: &&Line| line.right > right - RAGGED * size;
        let pairs = body.windows(2).filter(|pair| full(&pair[0]) && pair[0].page == pair[1].page);
        let left = common(pairs.clone().map(|pair| (pair[1].left, 1)), 0.5)
            .or_else(|| body.iter().map(|line| line.left).min_by(f64::total_cmp))
            .unwrap_or(0.0);
        let leading = common(pairs.map(|pair| (pair[1].baseline - pair[0].baseline, 1)), 0.2)
            .filter(|leading| *leading > 0.0)
            .unwrap_or(2.0 * size);
        let set_in = body.iter().filter(|line| line.left > left + INDENT * size && line.left < left + 4.0 * size);
        let indents = set_in.count() * 8 >= body.len();
        Self { left, right, size, leading, indents, widths: pages.iter().map(|page| page.width).collect() }
    }

    fn is_indented(&self, line: &Line) -> bool {
        line.left > self.left + INDENT * self.size
    }

    fn is_centred(&self, line: &Line) -> bool {
        let width = self.widths.get(line.page).copied().unwrap_or(0.0);
        self.is_indented(line) && ((line.left + line.right) / 2.0 - width / 2.0).abs() < width * 0.03
    }

    /// Whether a line goes on with the paragraph of the line before.
    fn joins(&self, before: &Line, line: &Line) -> bool {
        let alike = (before.size - line.size).abs() < SAME_SIZE * before.size.max(line.size);
        if before.vertical || line.vertical || !alike {
            return false;
        }
        let step = line.baseline - before.baseline;
        if self.is_title(before, line, step) {
            return true;
        }
        let turned = line.page == before.page + 1;
        let near = step > 0.0 && step < self.leading.max(before.size) * APART;
        let latin = line.text.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric());
        let free = if latin { LATIN_RAGGED.min(word(&line.text) + RAGGED) } else { RAGGED };
        let full = before.right > self.right - free * before.size;
        let on = !self.is_indented(line) && line.left > self.left - 2.0 * self.size;
        let open = !before.text.trim_end().ends_with(['。', '；', '：', '！', '？']);
        (turned || near) && full && on && (self.indents || open)
    }

    /// Whether two lines are one title set in large type.
    fn is_title(&self, before: &Line, line: &Line, step: f64) -> bool {
        before.page == line.page
            && before.size > self.size * TITLE_SIZE
            && step > 0.0
            && step < before.size * TITLE_LEADING
            && self.is_centred(line)
            && (before.right - before.left) > (self.right - self.left) * TITLE_FILL
    }
}

/// Width in ems of the word or number a line begins with.
fn word(line: &str) -> f64 {
    line.trim_start().chars().take_while(char::is_ascii_graphic).count() as f64 * 0.5
}

/// The most common value, values that differ by less than `step` taken together.
fn common(values: impl Iterator<Item = (f64, usize)>, step: f64) -> Option<f64> {
    let mut weights: HashMap<i64, (usize, f64)> = HashMap::new();
    for (value, weight) in values {
        #[expect(clippy::cast_possible_truncation, reason = "millimetres on a page; the cast saturates")]
        let entry = weights.entry((value / step).round() as i64).or_insert((0, value));
        entry.0 += weight;
    }
    weights.into_iter().max_by_key(|(key, (weight, _))| (*weight, -key)).map(|(_, (_, value))| value)
}

/// Why each line is left out, if it is: page numbers and running heads.
fn edges(lines: &[Line], pages: &[Page]) -> Vec<Option<&'static str>> {
    let at_edge: Vec<bool> = lines
        .iter()
        .map(|line| {
            let height = pages.get(line.page).map_or(0.0, |page| page.height);
            !line.vertical && (line.baseline < height * EDGE || line.baseline > height * (1.0 - EDGE))
        })
        .collect();
    let mut times: HashMap<(String, i64), Vec<usize>> = HashMap::new();
    #[expect(clippy::cast_possible_truncation, reason = "millimetres on a page; the cast saturates")]
    let key = |line: &Line| (masked(&line.text), (line.baseline / 3.0).round() as i64);
    for (line, _) in lines.iter().zip(&at_edge).filter(|(_, edge)| **edge) {
        let seen = times.entry(key(line)).or_default();
        if seen.last() != Some(&line.page) {
            seen.push(line.page);
        }
    }
    lines
        .iter()
        .zip(&at_edge)
        .map(|(line, &edge)| {
            let again = edge && times.get(&key(line)).map_or(0, Vec::len) >= HEAD_REPEATS;
            let lone = pages.len() > 1 && edge && page_digits(&line.text) == Some(line.page + 1);
            if edge && (numbered(&line.text) || lone) {
                Some(PAGE_NUMBER)
            } else if again {
                Some(if masked(&line.text).chars().all(|c| c == '0') { PAGE_NUMBER } else { RUNNING_HEAD })
            } else {
                None
            }
        })
        .collect()
}

fn masked(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

fn page_digits(text: &str) -> Option<usize> {
    text.trim().parse().ok()
}

/// Whether a line is a page number by its form: — 1 —, 第1页 共3页.
fn numbered(text: &str) -> bool {
    let solid: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·');
    let inner = solid.trim_matches(dash);
    let dashed = inner.len() < solid.len() && solid.starts_with(dash) && solid.ends_with(dash);
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let counted = inner.strip_prefix('第').and_then(|tail| tail.split_once('页')).is_some_and(|(page, rest)| {
        let total = rest.trim_start_matches(['/', '，', ',', '、', '|']).strip_prefix('共').and_then(|r| r.strip_suffix('页'));
        digits(page) && (rest.is_empty() || total.is_some_and(digits))
    });
    (dashed && digits(inner)) || counted
}
