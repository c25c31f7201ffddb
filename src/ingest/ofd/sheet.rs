//! Sheets (版面): the runs of an OFD page handed to the layout that PDF pages go through too.

use std::collections::HashMap;

use super::document::Page;
use super::page::{Role, Run};
use crate::ingest::layout;

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Distance, in ems, of a second drawing of the same words that only makes them bold or shaded.
const SHADOW: f64 = 0.2;
/// Share of the stated page that is drawn on at least; some converters state pages in another unit than they draw in.
const DRAWN_SHARE: f64 = 0.5;
/// What is left below the last line where the stated page is not believed.
const FOOT: f64 = 1.05;

/// The pages as the layout takes them, and words that are drawn twice.
pub(super) fn sheets(pages: &[Page]) -> (Vec<layout::Page>, Vec<String>) {
    let mut shadows = Vec::new();
    let size = believed(pages);
    let sheets = (1..).zip(pages).map(|(number, page)| {
        let [width, height] = size.unwrap_or([page.width, page.height]);
        let upright = mostly_vertical(page);
        let runs = distinct(&page.drawn.runs, &mut shadows);
        let runs = runs.into_iter().map(|run| place(run, number, if upright { 0.0 } else { width }));
        let rules = page.drawn.rules.iter().map(|[left, top, right, bottom]| layout::Rule {
            left: points(*left),
            top: points(*top),
            right: points(*right),
            bottom: points(*bottom),
        });
        layout::Page {
            number,
            width: points(width),
            height: points(height),
            runs: runs.collect(),
            rules: rules.collect(),
        }
    });
    (sheets.collect(), shadows)
}

/// The size of the pages as far as they are drawn on, when the stated size cannot be meant.
fn believed(pages: &[Page]) -> Option<[f64; 2]> {
    let most = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
    let runs = || pages.iter().flat_map(|page| &page.drawn.runs).filter(|run| run.role == Role::Body);
    let foot = most(&mut runs().map(|run| run.baseline));
    let right = most(&mut runs().map(|run| run.right));
    let [width, height] =
        [most(&mut pages.iter().map(|page| page.width)), most(&mut pages.iter().map(|page| page.height))];
    let shrunk = pages.len() > 1 && foot < height * DRAWN_SHARE && right < width * DRAWN_SHARE;
    shrunk.then_some([right * FOOT, foot * FOOT])
}

fn mostly_vertical(page: &Page) -> bool {
    let body = || page.drawn.runs.iter().filter(|run| run.role == Role::Body);
    body().filter(|run| run.vertical).count() * 2 > body().count()
}

/// The document's own runs, each once.
fn distinct<'r>(runs: &'r [Run], shadows: &mut Vec<String>) -> Vec<&'r Run> {
    let mut seen: HashMap<&str, Vec<&Run>> = HashMap::new();
    let mut kept = Vec::with_capacity(runs.len());
    for run in runs.iter().filter(|run| run.role == Role::Body) {
        let twins = seen.entry(run.text.as_str()).or_default();
        let near = |a: f64, b: f64| (a - b).abs() < SHADOW * run.size;
        if twins.iter().any(|twin| near(twin.left, run.left) && near(twin.baseline, run.baseline)) {
            shadows.push(run.text.clone());
        } else {
            twins.push(run);
            kept.push(run);
        }
    }
    kept
}

/// A run at its place; vertical text on a page of level text stands where it begins, as one word. On a page of vertical
/// text the page is turned, so that columns become lines.
fn place(run: &Run, page: u32, width: f64) -> layout::Run {
    let turned = run.vertical && width > 0.0;
    let (x, y) = if turned { (-run.baseline, run.left) } else { (run.left, run.baseline) };
    let length = if turned { run.size } else { run.right - run.left };
    layout::Run {
        page,
        x: points(x),
        y: points(y),
        width: points(length.max(0.0)),
        height: points(run.size),
        size: points(run.size),
        text: run.text.clone(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "lengths on a page need no more than single precision")]
fn points(millimetres: f64) -> f32 {
    (millimetres * POINTS) as f32
}
