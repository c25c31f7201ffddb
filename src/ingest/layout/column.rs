//! Columns (分栏): in which order the rows of a page are read.

use super::row::Row;

/// Fewest rows on either side of a gutter for two columns.
const FEWEST_ROWS: usize = 6;
/// The middle part of the page in which a gutter is looked for, in hundredths of the width.
const MIDDLE: std::ops::RangeInclusive<u8> = 35..=65;
/// Least width of a gutter, in font sizes.
const GUTTER: f32 = 1.0;
/// Share of rows that must fill their column: columns of prose are full, those of tables are not.
const FILLED_SHARE: f32 = 0.5;
/// How much of its column a full row fills.
const FILLED: f32 = 0.85;
/// Least width of a column of prose, in font sizes.
const NARROWEST: f32 = 10.0;

/// Rows in reading order, one list per column; rows across the page part the columns above from those below.
pub(super) fn order(rows: Vec<Row>, width: f32) -> Vec<Vec<Row>> {
    let Some(gutter) = gutter(&rows, width) else { return vec![rows] };
    let mut parts: Vec<Vec<Row>> = Vec::new();
    let (mut across, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match split(&row, gutter) {
            Some((one, other)) => {
                parts.push(std::mem::take(&mut across));
                left.extend(one);
                right.extend(other);
            }
            None => {
                parts.extend([std::mem::take(&mut left), std::mem::take(&mut right)]);
                across.push(row);
            }
        }
    }
    parts.extend([across, left, right]);
    parts.retain(|rows| !rows.is_empty());
    parts
}

/// The halves of a row on both sides of a gutter; none when the row lies across it.
fn split(row: &Row, gutter: f32) -> Option<(Option<Row>, Option<Row>)> {
    if row.runs.iter().any(|run| run.x < gutter && run.right() > gutter) {
        return None;
    }
    let (left, right): (Vec<_>, Vec<_>) = row.runs.iter().cloned().partition(|run| run.x < gutter);
    let (left, right) = (Row::of(left), Row::of(right));
    match (&left, &right) {
        (Some(one), Some(other)) if other.left - one.right < GUTTER * row.size => None,
        _ => Some((left, right)),
    }
}

/// Where the gutter of a page in two columns is.
fn gutter(rows: &[Row], width: f32) -> Option<f32> {
    if rows.len() < FEWEST_ROWS {
        return None;
    }
    let candidates = MIDDLE.map(|percent| width * f32::from(percent) / 100.0);
    let judged = candidates.filter_map(|gutter| Some((gutter, judge(rows, gutter)?)));
    judged.max_by_key(|&(_, count)| count).map(|(gutter, _)| gutter)
}

/// How many rows are in columns, when this gutter makes two columns of prose.
fn judge(rows: &[Row], gutter: f32) -> Option<usize> {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (one, other) in rows.iter().filter_map(|row| split(row, gutter)) {
        left.extend(one);
        right.extend(other);
    }
    (is_prose(&left) && is_prose(&right)).then_some(left.len() + right.len())
}

fn is_prose(rows: &[Row]) -> bool {
    let start = rows.iter().map(|row| row.left).fold(f32::MAX, f32::min);
    let end = rows.iter().map(|row| row.right).fold(f32::MIN, f32::max);
    let filled = rows.iter().filter(|row| row.width() >= FILLED * (end - start)).count();
    rows.len() >= FEWEST_ROWS
        && rows.first().is_some_and(|row| end - start >= NARROWEST * row.size)
        && filled as f32 >= FILLED_SHARE * rows.len() as f32
}
