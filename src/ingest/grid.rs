//! Tables (表格) of office files as rows between bars, every cell under the name of its column.

use super::count_characters;

/// Longest words of a merged cell that are said again in each cell it covers: longer ones are no name of a row.
const LONGEST_REPEATED: usize = 60;
/// Most rows of a header.
const MOST_HEADER_ROWS: usize = 4;
/// Words with which a note below a table begins.
const NOTE_WORDS: [&str; 5] = ["注", "备注", "说明", "填表", "*"];

/// What stands in a place of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Slot {
    /// Nothing.
    #[default]
    Empty,
    /// A cell of its own.
    Own(String),
    /// A part of the merged cell that begins at this row and column.
    Part(usize, usize),
}

/// A table, row by row.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// Its places.
    pub(super) rows: Vec<Vec<Slot>>,
    /// How many rows its writer marked as the header.
    pub(super) header: usize,
}

/// A table as lines.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Lines {
    /// The lines: titles, the header, a row of dashes, rows, notes.
    pub(super) lines: Vec<String>,
    /// Characters put in: bars, dashes and words said again.
    pub(super) added: usize,
}

impl Grid {
    /// How many columns have a cell of their own.
    pub(super) fn width(&self) -> usize {
        self.columns().len()
    }

    /// How many rows have more than one cell.
    pub(super) fn wide_rows(&self) -> usize {
        (0..self.rows.len()).filter(|&row| self.cells(row) > 1).count()
    }

    /// Columns in which a cell with words begins somewhere.
    fn columns(&self) -> Vec<usize> {
        let most = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut begins = vec![false; most];
        for row in &self.rows {
            for (column, slot) in row.iter().enumerate() {
                begins[column] |= matches!(slot, Slot::Own(words) if !words.is_empty());
            }
        }
        (0..most).filter(|&column| begins[column]).collect()
    }

    /// How many cells with words a row has.
    fn cells(&self, row: usize) -> usize {
        let words = |slot: &&Slot| match slot {
            Slot::Own(words) => !words.is_empty(),
            Slot::Part(from, _) => *from != row && !self.words(slot).is_empty(),
            Slot::Empty => false,
        };
        self.rows[row].iter().filter(words).count()
    }

    fn words<'s>(&'s self, slot: &'s Slot) -> &'s str {
        match slot {
            Slot::Own(words) => words,
            Slot::Part(row, column) => match self.rows.get(*row).and_then(|row| row.get(*column)) {
                Some(Slot::Own(words)) => words,
                _ => "",
            },
            Slot::Empty => "",
        }
    }

    /// Whether one cell takes the whole row.
    fn is_merged_across(&self, row: usize) -> bool {
        let part = |slot: &&Slot| matches!(slot, Slot::Part(from, _) if *from == row);
        self.cells(row) == 1 && self.rows[row].iter().filter(part).count() + 1 >= self.rows[row].len()
    }

    /// The words of a row that has only one cell.
    fn lone(&self, row: usize) -> &str {
        self.rows[row].iter().map(|slot| self.words(slot)).find(|words| !words.is_empty()).unwrap_or("")
    }

    /// All words of a row above the table.
    fn caption(&self, row: usize) -> String {
        let own = self.rows[row].iter().filter_map(|slot| match slot {
            Slot::Own(words) if !words.is_empty() => Some(words.as_str()),
            _ => None,
        });
        own.collect::<Vec<_>>().join("  ")
    }

    /// Whether a row above the header says who filled in the table and when, and names no columns.
    fn is_caption(&self, row: usize, next: Option<&usize>, width: usize) -> bool {
        let own = || self.rows[row].iter().filter(|slot| matches!(slot, Slot::Own(words) if !words.is_empty()));
        let labelled = own().all(|slot| self.words(slot).contains(['：', ':']));
        let sparse = own().count() * 2 < width && !self.rows[row].iter().any(|slot| matches!(slot, Slot::Part(..)));
        let fuller = next.is_some_and(|&next| self.cells(next) > self.cells(row));
        fuller && (labelled || sparse)
    }

    /// Whether the only words of a row are a note on the table.
    fn is_note(&self, row: usize) -> bool {
        let noted = NOTE_WORDS.iter().any(|word| self.lone(row).starts_with(word));
        self.cells(row) == 1 && (noted || self.is_merged_across(row))
    }

    /// The table as lines.
    pub(super) fn lines(&self) -> Lines {
        let columns = self.columns();
        let rows: Vec<usize> = (0..self.rows.len()).filter(|&row| self.cells(row) > 0).collect();
        let above = |&(at, &row): &(usize, &usize)| {
            self.cells(row) < 2 || self.is_caption(row, rows.get(at + 1), columns.len())
        };
        let first = rows.iter().enumerate().take_while(above).count();
        let last = rows.iter().rposition(|&row| !self.is_note(row)).map_or(first, |at| (at + 1).max(first));
        let (titles, rest) = rows.split_at(first);
        let (body, notes) = rest.split_at(last - first);
        let mut lines: Vec<String> = titles.iter().map(|&row| self.caption(row)).collect();
        let mut added = 0;
        if let Some(&top) = body.first() {
            let table = self.table(&columns, body, self.header_rows(top));
            let own = body.iter().flat_map(|&row| &self.rows[row]).map(|slot| match slot {
                Slot::Own(words) => count_characters(words),
                _ => 0,
            });
            added = table.iter().map(|line| count_characters(line)).sum::<usize>().saturating_sub(own.sum());
            lines.extend(table);
        }
        lines.extend(notes.iter().map(|&row| self.lone(row).to_owned()));
        Lines { lines, added }
    }

    /// How many rows name the columns: as marked, or as far down as the cells beside a divided one reach.
    fn header_rows(&self, top: usize) -> usize {
        let marked = self.header.saturating_sub(top);
        let divided = self.rows[top].iter().any(|slot| matches!(slot, Slot::Part(row, _) if *row == top));
        let reach = |column: usize| {
            let below = self.rows[top + 1..]
                .iter()
                .take_while(|row| matches!(row.get(column), Some(Slot::Part(from, _)) if *from == top));
            below.count() + 1
        };
        let deepest = (0..self.rows[top].len()).filter(|_| divided).map(reach).max().unwrap_or(1);
        marked.max(deepest).clamp(1, MOST_HEADER_ROWS)
    }

    fn table(&self, columns: &[usize], rows: &[usize], header: usize) -> Vec<String> {
        let header = header.min(rows.len());
        let (names, body) = rows.split_at(header);
        let mut lines = Vec::with_capacity(body.len() + 2);
        let names: Vec<String> = columns.iter().map(|&column| self.name(names, column)).collect();
        lines.push(row_of(names.iter().map(String::as_str)));
        lines.push(format!("|{}", "---|".repeat(columns.len())));
        lines.extend(body.iter().map(|&row| row_of(columns.iter().map(|&column| self.shown(row, column)))));
        lines
    }

    /// The name of a column: the words of its header cells from the top down.
    fn name(&self, rows: &[usize], column: usize) -> String {
        let mut names: Vec<&str> = Vec::new();
        for &row in rows {
            let Some(slot) = self.rows[row].get(column) else { continue };
            let words = self.words(slot);
            let again = !matches!(slot, Slot::Own(_)) && names.last() == Some(&words);
            if !words.is_empty() && !again {
                names.push(words);
            }
        }
        names.join(" ")
    }

    /// What stands in a place as people read it: short words of a merged cell in all its places.
    fn shown(&self, row: usize, column: usize) -> &str {
        match self.rows[row].get(column) {
            Some(Slot::Own(words)) => words,
            Some(slot @ Slot::Part(..)) => {
                let words = self.words(slot);
                let short = words.chars().count() <= LONGEST_REPEATED;
                if short && !self.is_merged_across(row) { words } else { "" }
            }
            _ => "",
        }
    }
}

fn row_of<'w>(cells: impl Iterator<Item = &'w str>) -> String {
    let mut line = String::from("|");
    for cell in cells {
        line.push(' ');
        line.push_str(&cell.replace('|', "｜"));
        line.push_str(" |");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(words: &str) -> Slot {
        if words.is_empty() { Slot::Empty } else { Slot::Own(words.to_owned()) }
    }

    fn account(grid: &Grid) {
        let lines = grid.lines();
        let shown: usize = lines.lines.iter().map(|line| count_characters(line)).sum();
        let held = grid.rows.iter().flatten().map(|slot| match slot {
            Slot::Own(words) => count_characters(words),
            _ => 0,
        });
        assert_eq!(shown, held.sum::<usize>() + lines.added, "{lines:#?}");
    }

    #[test]
    fn a_divided_header_becomes_one_row_of_names() {
        let rows = vec![
            vec![own("补贴标准表"), Slot::Part(0, 0), Slot::Part(0, 0)],
            vec![own("对象"), own("标准"), Slot::Part(1, 1)],
            vec![Slot::Part(1, 0), own("一档"), own("二档")],
            vec![own("城镇"), own("100"), own("200")],
            vec![own("农村"), own("50"), Slot::Part(4, 1)],
            vec![own("注：每月发放。"), Slot::Part(5, 0), Slot::Part(5, 0)],
        ];
        let grid = Grid { rows, header: 0 };
        let expected = [
            "补贴标准表",
            "| 对象 | 标准 一档 | 标准 二档 |",
            "|---|---|---|",
            "| 城镇 | 100 | 200 |",
            "| 农村 | 50 | 50 |",
            "注：每月发放。",
        ];
        assert_eq!(grid.lines().lines, expected);
        account(&grid);
    }

    #[test]
    fn rows_of_unequal_length_and_empty_ones_are_no_trouble() {
        let rows = vec![vec![own("a"), own("b|c")], vec![], vec![own(""), own("d"), own("e")], vec![Slot::Part(9, 9)]];
        let grid = Grid { rows, header: 0 };
        assert_eq!(grid.lines().lines, ["| a | b｜c |  |", "|---|---|---|", "|  | d | e |"]);
        account(&grid);
        assert_eq!(Grid::default().lines(), Lines::default());
    }
}
