//! Reader of spreadsheets (.xlsx, .xls, .ods, .csv): lists of documents, standards and results as tables.

mod list;
mod value;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Dimensions, Ods, Reader as _, SheetVisible, Sheets, Xls, Xlsb, Xlsx};

use super::grid::{Grid, Slot};
use super::package::Package;
use super::{Emit, RawDocument, Refusal, SourceFile, count_characters};
use crate::policy::Noise;

pub(super) use list::read as read_csv;

/// Most places (rows × columns, empty ones left out) of all tables of a file: 50,000 rows of 40 columns.
const MAX_PLACES: usize = 2_000_000;
/// Names sheets have when nobody names them.
const UNNAMED: [&str; 3] = ["sheet", "工作表", "表"];
const HIDDEN: &str = "隐藏的工作表";

/// Reads one workbook.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    emit(parse(source));
}

fn parse(source: &SourceFile) -> Result<RawDocument, Refusal> {
    let (bytes, raw) = source.bytes()?;
    let tables = workbook(&bytes).map_err(|reason| source.refuse(reason))?;
    if tables.text.trim().is_empty() {
        return Err(source.refuse("表格中没有文字"));
    }
    Ok(RawDocument {
        text: tables.text,
        noise: tables.noise,
        characters: tables.characters,
        added: tables.added,
        ..raw
    })
}

/// What tables say.
#[derive(Debug, Default)]
struct Tables {
    text: String,
    noise: Vec<Noise>,
    characters: usize,
    added: usize,
    places: usize,
}

/// The cells of a sheet that hold something, by row and column.
type Cells = BTreeMap<(u32, u32), String>;

fn workbook(bytes: &[u8]) -> Result<Tables, String> {
    let mut book = open(bytes)?;
    let sheets = book.sheets_metadata().to_vec();
    let mut tables = Tables::default();
    let visible = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible).count();
    for sheet in sheets {
        let cells = cells(&mut book, &sheet.name).map_err(|error| damaged(&error))?;
        tables.characters += cells.values().map(|words| count_characters(words)).sum::<usize>();
        if sheet.visible != SheetVisible::Visible {
            tables.hide(&cells);
            continue;
        }
        let merged = merged(&mut book, &sheet.name);
        let grid = tables.grid(cells, &merged)?;
        if visible > 1 && !grid.rows.is_empty() && !is_unnamed(&sheet.name) {
            tables.added += count_characters(&sheet.name);
            tables.text.push_str(&format!("{}\n", sheet.name.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        tables.write(&grid);
    }
    Ok(tables)
}

fn damaged(error: &dyn std::fmt::Display) -> String {
    format!("表格文件无法读取（{error}），请用 Excel 或 WPS 另存为 .xlsx")
}

/// Opens a workbook as what it is, a package only after each member was seen to be within the limits.
fn open(bytes: &[u8]) -> Result<Sheets<Cursor<&[u8]>>, String> {
    let content = Cursor::new(bytes);
    if !bytes.starts_with(b"PK") {
        return Xls::new(content).map(Sheets::Xls).map_err(|error| damaged(&error));
    }
    let mut package = Package::open(bytes).map_err(|error| error.to_string())?;
    package.check().map_err(|error| error.to_string())?;
    if package.contains("xl/workbook.bin") {
        Xlsb::new(content).map(Sheets::Xlsb).map_err(|error| damaged(&error))
    } else if package.contains("content.xml") {
        Ods::new(content).map(Sheets::Ods).map_err(|error| damaged(&error))
    } else {
        Xlsx::new(content).map(Sheets::Xlsx).map_err(|error| damaged(&error))
    }
}

fn is_unnamed(name: &str) -> bool {
    let letters = name.trim().to_lowercase();
    let letters = letters.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ' '));
    letters.is_empty() || UNNAMED.contains(&letters)
}

fn cells(book: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Result<Cells, String> {
    let mut cells = Cells::new();
    if let Sheets::Xlsx(book) = book {
        // Cell by cell: a sheet may claim a million rows and hold two cells.
        let Ok(mut reader) = book.worksheet_cells_reader(name) else { return Ok(cells) };
        while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
            keep(&mut cells, cell.get_position(), &Data::from(cell.get_value().clone()))?;
        }
        return Ok(cells);
    }
    let range = book.worksheet_range(name).map_err(|error| error.to_string())?;
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, column, value) in range.used_cells() {
        let place = |first: u32, at: usize| first.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        keep(&mut cells, (place(top, row), place(left, column)), value)?;
    }
    Ok(cells)
}

fn keep(cells: &mut Cells, at: (u32, u32), value: &Data) -> Result<(), String> {
    let words = value::shown(value);
    if !words.is_empty() {
        cells.insert(at, words);
    }
    if cells.len() > MAX_PLACES { Err(too_large()) } else { Ok(()) }
}

fn too_large() -> String {
    format!("表格超过 {} 万格的上限（行数 × 列数），请按工作表或按行拆分后导入", MAX_PLACES / 10_000)
}

fn merged(book: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
        _ => Vec::new(),
    }
}

impl Tables {
    /// The cells without empty rows and columns.
    fn grid(&mut self, cells: Cells, merged: &[Dimensions]) -> Result<Grid, String> {
        let mut rows: Vec<u32> = cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        let mut columns: Vec<u32> = cells.keys().map(|(_, column)| *column).collect();
        columns.sort_unstable();
        columns.dedup();
        self.places = self.places.saturating_add(rows.len().saturating_mul(columns.len()));
        if self.places > MAX_PLACES {
            return Err(too_large());
        }
        let mut grid = Grid { rows: vec![vec![Slot::Empty; columns.len()]; rows.len()], header: 0 };
        for ((row, column), words) in cells {
            if let (Ok(row), Ok(column)) = (rows.binary_search(&row), columns.binary_search(&column)) {
                grid.rows[row][column] = Slot::Own(words);
            }
        }
        let mut filled = 0usize;
        for area in merged {
            let (Ok(row), Ok(column)) = (rows.binary_search(&area.start.0), columns.binary_search(&area.start.1))
            else {
                continue;
            };
            let height = rows[row..].iter().take_while(|at| **at <= area.end.0).count();
            let width = columns[column..].iter().take_while(|at| **at <= area.end.1).count();
            filled = filled.saturating_add(height.saturating_mul(width));
            if filled > MAX_PLACES {
                return Err(too_large());
            }
            for below in row..row + height {
                for slot in &mut grid.rows[below][column..column + width] {
                    if *slot == Slot::Empty {
                        *slot = Slot::Part(row, column);
                    }
                }
            }
        }
        Ok(grid)
    }

    fn write(&mut self, grid: &Grid) {
        let lines = grid.lines();
        // A single column is no table: its cells are lines.
        if grid.width() < 2 {
            for slot in grid.rows.iter().flatten() {
                if let Slot::Own(words) = slot {
                    self.text.push_str(&format!("{words}\n"));
                }
            }
            return;
        }
        self.added += lines.added;
        for line in lines.lines {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    fn hide(&mut self, cells: &Cells) {
        let text = cells.values().map(String::as_str).collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.noise.push(Noise { text, reason: HIDDEN.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests;
