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
    fn goes_on_in(&self, other: &Self) -> bool {
        let pairs = self.columns.iter().zip(&other.columns);
        self.columns.len() == other.columns.len() && pairs.into_iter().all(|(one, two)| (one - two).abs() <= SAME_PLACE)
    }

    /// Without columns that hold nothing.
    fn compact(&mut self) {
        let width = self.cells.iter().map(Vec::len).max().unwrap_or(0);
        let filled: Vec<bool> = (0..width)
            .map(|at| self.cells.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty())))
            .collect();
        for row in &mut self.cells {
            row.resize(width, String::new());
            let mut keep = filled.iter();
            row.retain(|_| keep.next().copied().unwrap_or(false));
        }
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
            Some(Piece::Table(open)) if page == last_page + 1 => {
                if let Some(apart) = append(open, table, noise) {
                    joined.push(Piece::Table(apart));
                }
            }
            _ => joined.push(Piece::Table(table)),
        }
        last_page = page;
    }
    joined
}

/// Appends what goes on with a table; gives it back when it does not.
fn append(open: &mut Table, mut table: Table, noise: &mut Vec<Noise>) -> Option<Table> {
    if !open.goes_on_in(&table) {
        // The rules of one page may part a column that those of another do not: the same head shows the same columns.
        let (mut before, mut after) = (open.clone(), table.clone());
        before.compact();
        after.compact();
        if before.cells.first() != after.cells.first() {
            return Some(table);
        }
        (*open, table) = (before, after);
    }
    let mut rows = table.cells.into_iter().peekable();
    if let Some(head) = rows.next_if(|row| Some(row) == open.cells.first()) {
        noise.push(Noise { text: head.join(" "), reason: REPEATED_HEAD.to_owned() });
    }
    open.cells.extend(rows);
    None
}
