//! Lines of a page (行): runs on one baseline, in document order, for sorting by place made forms worse.

use std::collections::HashMap;

use super::page::{Role, Run};

/// How far, in ems, baselines of one line may lie apart: producers jitter by a tenth of a millimetre, superscripts more.
const SAME_LINE: f64 = 0.4;
/// Overlap, in ems, of neighbours in one line.
const OVERLAP: f64 = 0.6;
/// Empty space, in ems, between Han that is a space, and between Latin words.
const HAN_SPACE: f64 = 0.8;
const LATIN_SPACE: f64 = 0.12;
/// Distance, in ems, of a second drawing of the same words that only makes them bold or shaded.
const SHADOW: f64 = 0.2;

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) page: usize,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    pub(super) vertical: bool,
    pub(super) text: String,
}

/// The lines of a page's own text, and the words drawn twice.
pub(super) fn lines(runs: &[Run], page: usize) -> (Vec<Line>, Vec<String>) {
    let mut lines: Vec<Line> = Vec::new();
    let mut shadows = Vec::new();
    let mut seen: HashMap<&str, Vec<&Run>> = HashMap::new();
    for run in runs.iter().filter(|run| run.role == Role::Body) {
        let twins = seen.entry(run.text.as_str()).or_default();
        let near = |a: f64, b: f64| (a - b).abs() < SHADOW * run.size;
        if twins.iter().any(|twin| near(twin.left, run.left) && near(twin.baseline, run.baseline)) {
            shadows.push(run.text.clone());
            continue;
        }
        twins.push(run);
        match lines.last_mut() {
            Some(line) if continues(line, run) => append(line, run),
            _ => lines.push(begin(run, page)),
        }
    }
    (lines, shadows)
}

fn begin(run: &Run, page: usize) -> Line {
    Line {
        page,
        left: run.left,
        right: run.right,
        baseline: run.baseline,
        size: run.size,
        vertical: run.vertical,
        text: run.text.clone(),
    }
}

fn continues(line: &Line, run: &Run) -> bool {
    let em = line.size.max(run.size);
    line.vertical == run.vertical
        && (line.baseline - run.baseline).abs() < SAME_LINE * em
        && run.left > line.right - OVERLAP * em
}

fn append(line: &mut Line, run: &Run) {
    let gap = (run.left - line.right) / line.size.max(run.size);
    let (before, after) = (line.text.chars().next_back(), run.text.chars().next());
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let wide = if latin(before) && latin(after) { LATIN_SPACE } else { HAN_SPACE };
    if gap > wide {
        line.text.push(' ');
    }
    line.text.push_str(&run.text);
    line.right = line.right.max(run.right);
    if run.size > line.size {
        (line.size, line.baseline) = (run.size, run.baseline);
    }
}
