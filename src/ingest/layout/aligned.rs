//! Tables without rules (无线表格): told by words that stand under each other in columns, row after row.

use super::row::Row;
use super::table::Table;

/// Fewest rows of a table.
const FEWEST_ROWS: usize = 3;
/// Most font sizes between the baselines of neighbouring rows.
const MOST_APART: f32 = 3.5;
/// Least gap between cells, in font sizes.
const CELL_GAP: f32 = 1.5;
/// Cells of one column begin, have their middle or end within this of each other, in font sizes.
const TOLERANCE: f32 = 1.0;
/// Dots that lead to a page number in a table of contents, which is no table.
const LEADERS: [&str; 3] = ["....", "……", "····"];

/// What a part of a page consists of.
pub(super) enum Found {
    Row(Row),
    Table(Table),
}

/// Finds tables among rows; what is in doubt stays a row.
pub(super) fn tables(rows: Vec<Row>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut run: Vec<(Row, Vec<Row>)> = Vec::new();
    for row in rows {
        let cells = row.segments(CELL_GAP * row.size);
        let is_row = cells.len() >= 2 && !LEADERS.iter().any(|dots| row.text().contains(dots));
        if !(is_row && run.last().is_none_or(|(last, before)| goes_on(last, before, &row, &cells))) {
            close(&mut run, &mut found);
        }
        if is_row {
            run.push((row, cells));
        } else {
            found.push(Found::Row(row));
        }
    }
    close(&mut run, &mut found);
    found
}

/// Whether a row belongs to the table of the row before: near it, and every cell under a cell.
fn goes_on(last: &Row, before: &[Row], row: &Row, cells: &[Row]) -> bool {
    row.y - last.y <= MOST_APART * last.size.max(row.size)
        && cells.len() == before.len()
        && cells.iter().zip(before).all(|(cell, above)| under(cell, above))
}

fn under(cell: &Row, above: &Row) -> bool {
    let middle = |row: &Row| f32::midpoint(row.left, row.right);
    let near = |a: f32, b: f32| (a - b).abs() <= TOLERANCE * cell.size;
    near(cell.left, above.left) || near(cell.right, above.right) || near(middle(cell), middle(above))
}

fn close(run: &mut Vec<(Row, Vec<Row>)>, found: &mut Vec<Found>) {
    let rows = std::mem::take(run);
    if rows.len() < FEWEST_ROWS {
        found.extend(rows.into_iter().map(|(row, _)| Found::Row(row)));
        return;
    }
    let Some((first, _)) = rows.first() else { return };
    let (page, top) = (first.page, first.y);
    let columns = first_cells(&rows);
    let cells = rows.iter().map(|(_, cells)| cells.iter().map(Row::text).collect()).collect();
    found.push(Found::Table(Table { page, top, columns, cells }));
}

/// Where the columns begin.
fn first_cells(rows: &[(Row, Vec<Row>)]) -> Vec<f32> {
    rows.first().map_or(Vec::new(), |(_, cells)| cells.iter().map(|cell| cell.left).collect())
}
