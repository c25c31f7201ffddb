//! Tables of a page (表格) as rows between bars.

use scraper::ElementRef;

use super::walk::{Step, text_of, walk};
use crate::ingest::count_characters;

/// Longest cell of a table of data; longer ones hold whole sections, and the table is only the layout of the page.
const MAX_CELL: usize = 600;
/// Most columns a cell may claim to span: a page that says more is mistaken or hostile.
const MAX_SPAN: usize = 64;

/// The table as lines with bars and a separator row, and the characters put in; none when it only lays out the page.
pub(super) fn rows(table: ElementRef<'_>) -> Option<(Vec<String>, usize)> {
    let rows = cells(table)?;
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = rows.iter().filter(|row| row.len() > 1).count();
    let long = rows.iter().flatten().any(|cell| cell.chars().count() > MAX_CELL);
    if columns < 2 || wide < 2 || long {
        return None;
    }
    let mut lines = Vec::with_capacity(rows.len() + 1);
    let mut held = 0;
    for (index, row) in rows.iter().enumerate() {
        let empty = std::iter::repeat_n("", columns - row.len());
        let cells: Vec<&str> = row.iter().map(String::as_str).chain(empty).collect();
        held += cells.iter().map(|cell| count_characters(cell)).sum::<usize>();
        lines.push(format!("| {} |", cells.join(" | ")));
        if index == 0 {
            lines.push(format!("|{}", "---|".repeat(columns)));
        }
    }
    let all: usize = lines.iter().map(|line| count_characters(line)).sum();
    Some((lines, all - held))
}

/// The cells row by row; none when a table stands inside the table.
fn cells(table: ElementRef<'_>) -> Option<Vec<Vec<String>>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut nested = false;
    let mut outside = false;
    walk(table, &mut |step| match step {
        Step::Open(element) => match element.value().name() {
            "table" if element != table => {
                nested = true;
                false
            }
            "tr" => {
                rows.push(Vec::new());
                true
            }
            "td" | "th" => {
                if element.descendent_elements().any(|inner| inner.value().name() == "table") {
                    nested = true;
                } else if let Some(row) = rows.last_mut() {
                    row.push(text_of(element).replace('|', "｜"));
                    let span = element.attr("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1usize);
                    row.extend(std::iter::repeat_n(String::new(), span.clamp(1, MAX_SPAN) - 1));
                } else {
                    outside = true;
                }
                false
            }
            _ => true,
        },
        Step::Text(text) => {
            outside |= !text.trim().is_empty();
            true
        }
        Step::Close(_) => true,
    });
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    (!nested && !outside).then_some(rows)
}
