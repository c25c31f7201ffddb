//! Tables (表格): written as rows between bars, as every reader writes them; over pages they are one.

use super::flow::Piece;
use crate::ingest::count_characters;
use crate::policy::Noise;

const REPEATED_HEAD: &str = "续页重复的表头";
/// Columns of one table begin within this on every page, in points.
const SAME_PLACE: f32 = 6.0;

/// A table with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) page: u32,
    pub(super) top: f32,
    /// Where the columns are parted.
    pub(super) columns: Vec<f32>,
    pub(super) cells: Vec<Vec<String>>,
}

impl Table {
    /// The table as lines with bars and a separator row, and the characters put in.
    pub(super) fn written(&self) -> (Vec<String>, usize) {
        let width = self.cells.iter().map(Vec::len).max().unwrap_or(0);
        let filled = |at: usize| self.cells.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
        let columns: Vec<usize> = (0..width).filter(|&at| filled(at)).collect();
        let mut lines = Vec::with_capacity(self.cells.len() + 1);
        let mut held = 0;
        for (index, row) in self.cells.iter().enumerate() {
            let cells: Vec<String> =
                columns.iter().map(|&at| row.get(at).map_or(String::new(), |cell| cell.replace('|', "｜"))).collect();
            held += cells.iter().map(|cell| count_characters(cell)).sum::<usize>();
            lines.push(format!("| {} |", cells.join(" | ")));
            if index == 0 {
                lines.push(format!("|{}", "---|".repeat(columns.len())));
            }
        }
        let all: usize = lines.iter().map(|line| count_characters(line)).sum();
        (lines, all - held)
    }

    /// Whether the other begins on the next page with the same columns.
    fn goes_on_in(&self, other: &Self, last_page: u32) -> bool {
        let pairs = self.columns.iter().zip(&other.columns);
        other.page == last_page + 1
            && self.columns.len() == other.columns.len()
            && pairs.into_iter().all(|(one, two)| (one - two).abs() <= SAME_PLACE)
    }
}

/// Joins tables that run over pages; a head that comes again is noise.
pub(super) fn over_pages(pieces: Vec<Piece>, noise: &mut Vec<Noise>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut last_page = 0;
    for piece in pieces {
        let Piece::Table(table) = piece else {
            joined.push(piece);
            continue;
        };
        let page = table.page;
        match joined.last_mut() {
            Some(Piece::Table(open)) if open.goes_on_in(&table, last_page) => {
                let mut rows = table.cells.into_iter().peekable();
                if let Some(head) = rows.next_if(|row| Some(row) == open.cells.first()) {
                    noise.push(Noise { text: head.join(" "), reason: REPEATED_HEAD.to_owned() });
                }
                open.cells.extend(rows);
            }
            _ => joined.push(Piece::Table(table)),
        }
        last_page = page;
    }
    joined
}
