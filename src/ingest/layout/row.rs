//! Rows (行): runs that stand on one baseline.

use super::{Run, spacing};

/// The part of the font size above the baseline that most of a character fills.
const CORE: f32 = 0.75;
/// Share of the smaller core that two runs on one row have in common; small raised and lowered figures still have it.
const SHARED: f32 = 0.5;
/// Rows looked back at for a run; more never overlap.
const LOOK_BACK: usize = 6;

/// Runs on one baseline, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) runs: Vec<Run>,
    pub(super) page: u32,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The baseline of its largest run.
    pub(super) y: f32,
    /// The size that most of its characters have.
    pub(super) size: f32,
}

impl Row {
    /// A row of runs; none without runs.
    pub(super) fn of(mut runs: Vec<Run>) -> Option<Self> {
        runs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let page = runs.first()?.page;
        let largest = runs.iter().max_by(|a, b| a.size.total_cmp(&b.size))?.clone();
        let left = runs.iter().map(|run| run.x).fold(f32::MAX, f32::min);
        let right = runs.iter().map(Run::right).fold(f32::MIN, f32::max);
        let size = main_size(&runs).unwrap_or(largest.size);
        Some(Self { runs, page, left, right, y: largest.y, size })
    }

    pub(super) fn text(&self) -> String {
        spacing::join(&self.runs)
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Cuts the row wherever a gap is at least this wide.
    pub(super) fn segments(&self, gap: f32) -> Vec<Self> {
        let mut cut: Vec<Vec<Run>> = Vec::new();
        let mut reach = f32::MIN;
        for run in &self.runs {
            match cut.last_mut() {
                Some(last) if run.x - reach < gap => last.push(run.clone()),
                _ => cut.push(vec![run.clone()]),
            }
            reach = reach.max(run.right());
        }
        cut.into_iter().filter_map(Self::of).collect()
    }
}

fn main_size(runs: &[Run]) -> Option<f32> {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for run in runs {
        let count = run.text.chars().count();
        match sizes.iter_mut().find(|(size, _)| (size - run.size).abs() < 0.5) {
            Some((_, total)) => *total += count,
            None => sizes.push((run.size, count)),
        }
    }
    sizes.into_iter().max_by_key(|&(_, count)| count).map(|(size, _)| size)
}

/// Groups runs into rows, from the top down.
pub(super) fn rows(mut runs: Vec<Run>) -> Vec<Row> {
    runs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    // A group has the band of its largest run.
    let mut groups: Vec<(f32, f32, Vec<Run>)> = Vec::new();
    for run in runs {
        let (top, bottom) = (run.y - CORE * run.size, run.y);
        let found = groups.iter_mut().rev().take(LOOK_BACK).find(|(other_top, other_bottom, _)| {
            let shared = bottom.min(*other_bottom) - top.max(*other_top);
            shared >= SHARED * (bottom - top).min(*other_bottom - *other_top)
        });
        match found {
            Some(group) => {
                if bottom - top > group.1 - group.0 {
                    (group.0, group.1) = (top, bottom);
                }
                group.2.push(run);
            }
            None => groups.push((top, bottom, vec![run])),
        }
    }
    let mut rows: Vec<Row> = groups.into_iter().filter_map(|(_, _, runs)| Row::of(runs)).collect();
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    rows
}
