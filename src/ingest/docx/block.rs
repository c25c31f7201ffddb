//! Blocks (段落与表格): what a story is made of, and how they become lines.

use super::DocxError;
use super::styles::is_shaded;
use super::tags::{Element, Tag, Tags, is_word};
use super::walk::Walk;
use crate::ingest::grid::{Grid, Slot};

/// Longest cell of a table of data; longer ones hold whole sections, and the table only lays out the page.
const MAX_CELL: usize = 2000;
/// Most columns a cell may span: Word itself allows 63.
const MAX_SPAN: usize = 63;

/// A paragraph or a table.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(String),
    Table(Table),
}

/// Blocks that are being collected.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) blocks: Vec<Block>,
    /// Words of a paragraph whose mark was deleted: they belong to the next.
    pub(super) held: String,
}

impl Collected {
    /// The blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        if !self.held.is_empty() {
            self.blocks.push(Block::Paragraph(self.held));
        }
        self.blocks
    }

    /// Whether the word for a table of contents stands last.
    pub(super) fn ends_with_contents_word(&self) -> bool {
        let Some(Block::Paragraph(text)) = self.blocks.last() else { return false };
        let letters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        matches!(letters.as_str(), "目录" | "目次")
    }
}

/// A table as it is written.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

#[derive(Debug, Default)]
struct Row {
    before: usize,
    is_header: bool,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Cell {
    blocks: Vec<Block>,
    span: usize,
    /// Whether it goes on from the row above, or from the cell before.
    merged: (bool, bool),
}

impl Walk<'_> {
    /// Reads the table just opened.
    pub(super) fn table(&mut self, tags: &mut Tags<'_>) -> Result<Table, DocxError> {
        let depth = tags.depth();
        let before = self.dark;
        let mut table = Table::default();
        while let Some(tag) = tags.inside(depth)? {
            let Tag::Open(element) = tag else { continue };
            match element.name() {
                "tr" => table.rows.push(self.row(tags)?),
                "tblStyle" => {
                    self.dark += usize::from(element.val().is_some_and(|style| self.styles.shades(&style)));
                }
                "shd" => self.dark += usize::from(is_shaded(&element)),
                name if is_word(name) => self.drop_misplaced(&element, tags)?,
                _ => {}
            }
        }
        self.dark = before;
        Ok(table)
    }

    fn row(&mut self, tags: &mut Tags<'_>) -> Result<Row, DocxError> {
        let depth = tags.depth();
        let mut row = Row::default();
        while let Some(tag) = tags.inside(depth)? {
            let Tag::Open(element) = tag else { continue };
            match element.name() {
                "tc" => row.cells.push(self.cell(tags)?),
                "gridBefore" => row.before = spanned(&element),
                "tblHeader" => row.is_header = element.is_on(),
                name if is_word(name) => self.drop_misplaced(&element, tags)?,
                _ => {}
            }
        }
        Ok(row)
    }

    fn cell(&mut self, tags: &mut Tags<'_>) -> Result<Cell, DocxError> {
        let depth = tags.depth();
        let before = self.dark;
        let mut cell = Cell { blocks: Vec::new(), span: 1, merged: (false, false) };
        let mut collected = Collected::default();
        self.cells += 1;
        while let Some(tag) = tags.inside(depth)? {
            let Tag::Open(element) = tag else { continue };
            let goes_on = || element.val().is_none_or(|val| val == "continue");
            match element.name() {
                "gridSpan" => cell.span = spanned(&element).max(1),
                "vMerge" => cell.merged.0 = goes_on(),
                "hMerge" => cell.merged.1 = goes_on(),
                "shd" => self.dark += usize::from(is_shaded(&element)),
                _ => self.block(&element, tags, &mut collected)?,
            }
        }
        self.cells -= 1;
        self.dark = before;
        cell.blocks = collected.finish();
        Ok(cell)
    }
}

fn spanned(element: &Element<'_>) -> usize {
    element.number().and_then(|span| usize::try_from(span).ok()).unwrap_or(0).min(MAX_SPAN)
}

impl Table {
    fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }

    /// The table as a grid; none when it only lays out the page.
    fn grid(&self) -> Option<Grid> {
        let nested = |block: &Block| matches!(block, Block::Table(table) if table.grid().is_some());
        if self.cells().any(|cell| cell.blocks.iter().any(nested)) {
            return None;
        }
        let mut grid = Grid { header: self.rows.iter().take_while(|row| row.is_header).count(), ..Grid::default() };
        for (at, row) in self.rows.iter().enumerate() {
            let mut slots = vec![Slot::Empty; row.before];
            for cell in &row.cells {
                let words = cell.words();
                if words.chars().count() > MAX_CELL {
                    return None;
                }
                let column = slots.len();
                let first = match cell.merged {
                    (true, _) if words.is_empty() => above(&grid, at, column),
                    (_, true) if words.is_empty() => origin(slots.last(), at, column.saturating_sub(1)),
                    _ => Slot::Own(words),
                };
                let part = origin(Some(&first), at, column);
                slots.push(first);
                slots.extend(std::iter::repeat_n(part, cell.span - 1));
            }
            grid.rows.push(slots);
        }
        (grid.width() > 1 && grid.wide_rows() > 1).then_some(grid)
    }
}

/// The merged cell that comes down from the row above.
fn above(grid: &Grid, row: usize, column: usize) -> Slot {
    match row.checked_sub(1) {
        Some(row) => origin(grid.rows[row].get(column), row, column),
        None => Slot::Empty,
    }
}

/// A part of the cell that this slot, at this place, belongs to.
fn origin(slot: Option<&Slot>, row: usize, column: usize) -> Slot {
    match slot {
        Some(Slot::Own(_)) => Slot::Part(row, column),
        Some(Slot::Part(row, column)) => Slot::Part(*row, *column),
        Some(Slot::Empty) | None => Slot::Empty,
    }
}

impl Cell {
    /// All words of the cell in one line.
    fn words(&self) -> String {
        let mut words = Vec::new();
        collect(&self.blocks, &mut words);
        words.join(" ")
    }
}

fn collect<'b>(blocks: &'b [Block], words: &mut Vec<&'b str>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => words.extend(text.split_whitespace()),
            Block::Table(table) => table.cells().for_each(|cell| collect(&cell.blocks, words)),
        }
    }
}

/// Writes blocks as lines; gives the characters put in.
pub(super) fn write(blocks: &[Block], text: &mut String) -> usize {
    let mut added = 0;
    for block in blocks {
        match block {
            Block::Paragraph(words) => {
                text.push_str(words);
                text.push('\n');
            }
            Block::Table(table) => match table.grid() {
                Some(grid) => {
                    let lines = grid.lines();
                    added += lines.added;
                    text.push_str(&lines.lines.join("\n"));
                    text.push('\n');
                }
                None => added += table.cells().map(|cell| write(&cell.blocks, text)).sum::<usize>(),
            },
        }
    }
    added
}
