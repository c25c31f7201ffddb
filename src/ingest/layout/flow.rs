//! Flow (顺序): what a page holds, piece by piece in reading order.

use super::row::{Row, rows};
use super::table::Table;
use super::{Page, aligned, column, grid};

/// One thing on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Line(Line),
    Table(Table),
}

/// A line of running text within its column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) row: Row,
    /// The edges of the column, or of the page's text.
    pub(super) column: (f32, f32),
    /// Which column of which band of the page; lines of one block follow each other downwards.
    pub(super) block: u32,
}

/// A page taken apart.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) number: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) rows: Vec<Row>,
    tables: Vec<Table>,
}

impl Sheet {
    /// Sets the ruled tables of a page apart and groups the rest into rows.
    pub(super) fn of(page: &Page) -> Self {
        let (tables, rest) = grid::tables(page);
        Self { number: page.number, width: page.width, height: page.height, rows: rows(rest), tables }
    }

    /// Its pieces in reading order.
    pub(super) fn pieces(self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut tables = self.tables;
        tables.sort_by(|a, b| a.top.total_cmp(&b.top));
        let mut tables = tables.into_iter().peekable();
        let mut between: Vec<Row> = Vec::new();
        let mut block = 0;
        for row in self.rows {
            while let Some(table) = tables.next_if(|table| table.top < row.y) {
                block += 1;
                pieces.extend(part(std::mem::take(&mut between), self.width, &mut block));
                pieces.push(Piece::Table(table));
            }
            between.push(row);
        }
        pieces.extend(part(between, self.width, &mut block));
        pieces.extend(tables.map(Piece::Table));
        pieces
    }
}

/// The pieces of a part of a page without ruled tables.
fn part(rows: Vec<Row>, width: f32, block: &mut u32) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for rows in column::order(rows, width) {
        *block += 1;
        for piece in aligned::tables(rows) {
            match piece {
                aligned::Found::Table(table) => {
                    *block += 1;
                    pieces.push(Piece::Table(table));
                }
                aligned::Found::Row(row) => {
                    pieces.push(Piece::Line(Line { row, column: (0.0, 0.0), block: *block }));
                }
            }
        }
    }
    pieces
}
