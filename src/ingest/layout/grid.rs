//! Ruled tables (有线表格): the lines drawn on a page make the cells.

use super::row::{Row, rows};
use super::table::Table;
use super::{Page, Rule, Run, spacing};

/// Rules nearer than this, in points, are one rule drawn twice or in pieces.
const NEAR: f32 = 3.0;
/// Shortest rule that belongs to a table, in points.
const SHORTEST: f32 = 8.0;
/// Most rules of a page that are looked at; drawings and charts have more.
const MOST_RULES: usize = 20_000;
/// Most columns or rows of one grid; a chart has more.
const MOST_LINES: usize = 400;
/// What a cell keeps free on both sides together, and what justification may not fill, in font sizes.
const PADDING: f32 = 1.6;
/// Share of a side of a cell that a rule must cover to bound it.
const COVERED: f32 = 0.6;

/// A set of rules that touch each other.
struct Grid {
    level: Vec<Rule>,
    upright: Vec<Rule>,
    /// Where the columns and the rows are parted, the outer edges included.
    xs: Vec<f32>,
    ys: Vec<f32>,
}

/// The ruled tables of a page, and the runs that stand in none.
pub(super) fn tables(page: &Page) -> (Vec<Table>, Vec<Run>) {
    let mut rest = page.runs.clone();
    let mut tables = Vec::new();
    for grid in grids(&page.rules) {
        let (inside, outside): (Vec<Run>, Vec<Run>) = rest.into_iter().partition(|run| grid.place(run).is_some());
        match grid.fill(&inside, page.number) {
            Some(table) => {
                tables.push(table);
                rest = outside;
            }
            None => rest = inside.into_iter().chain(outside).collect(),
        }
    }
    (tables, rest)
}

fn grids(rules: &[Rule]) -> Vec<Grid> {
    if rules.len() > MOST_RULES {
        return Vec::new();
    }
    let long = |rule: &&Rule| (rule.right - rule.left).max(rule.bottom - rule.top) >= SHORTEST;
    let mut groups: Vec<(Rule, Vec<Rule>)> = Vec::new();
    for rule in rules.iter().filter(long) {
        // Everything that touches the rule becomes one group with it.
        let (touching, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(_, members)| members.iter().any(|member| touch(member, rule)));
        groups = apart;
        let members: Vec<Rule> = touching.into_iter().flat_map(|(_, members)| members).chain([*rule]).collect();
        groups.push((*rule, members));
    }
    groups.into_iter().filter_map(|(_, members)| Grid::of(&members)).collect()
}

fn touch(a: &Rule, b: &Rule) -> bool {
    a.left <= b.right + NEAR && b.left <= a.right + NEAR && a.top <= b.bottom + NEAR && b.top <= a.bottom + NEAR
}

/// Places merged into those that are apart.
fn cuts(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    let mut cuts: Vec<f32> = Vec::new();
    for place in places {
        if cuts.last().is_none_or(|last| place - last > NEAR) {
            cuts.push(place);
        }
    }
    cuts
}

impl Grid {
    fn of(rules: &[Rule]) -> Option<Self> {
        let (level, upright): (Vec<Rule>, Vec<Rule>) =
            rules.iter().partition(|rule| rule.right - rule.left >= rule.bottom - rule.top);
        if level.len() < 2 || upright.is_empty() {
            return None;
        }
        let left = rules.iter().map(|rule| rule.left).fold(f32::MAX, f32::min);
        let right = rules.iter().map(|rule| rule.right).fold(f32::MIN, f32::max);
        // Tables are often open at the sides: the ends of the level rules bound them.
        let xs = cuts(upright.iter().map(|rule| f32::midpoint(rule.left, rule.right)).chain([left, right]).collect());
        let ys = cuts(level.iter().map(|rule| f32::midpoint(rule.top, rule.bottom)).collect());
        let fits = (3..=MOST_LINES).contains(&xs.len()) && (2..=MOST_LINES).contains(&ys.len());
        fits.then_some(Self { level, upright, xs, ys })
    }

    /// The row and the column in which the middle of a run stands.
    fn place(&self, run: &Run) -> Option<(usize, usize)> {
        let (x, y) = (run.x + run.width / 2.0, run.y - run.size * 0.35);
        let within = |cuts: &[f32], at: f32| cuts.windows(2).position(|pair| pair[0] <= at && at < pair[1]);
        Some((within(&self.ys, y)?, within(&self.xs, x)?))
    }

    /// Whether a rule bounds the cell on its left side.
    fn parted_left(&self, row: usize, column: usize) -> bool {
        let (top, bottom) = (self.ys[row], self.ys[row + 1]);
        let covered: f32 = self
            .upright
            .iter()
            .filter(|rule| (f32::midpoint(rule.left, rule.right) - self.xs[column]).abs() <= NEAR)
            .map(|rule| (rule.bottom.min(bottom) - rule.top.max(top)).max(0.0))
            .sum();
        covered >= COVERED * (bottom - top)
    }

    /// Whether a rule bounds the cell on its upper side.
    fn parted_above(&self, row: usize, column: usize) -> bool {
        let (left, right) = (self.xs[column], self.xs[column + 1]);
        let covered: f32 = self
            .level
            .iter()
            .filter(|rule| (f32::midpoint(rule.top, rule.bottom) - self.ys[row]).abs() <= NEAR)
            .map(|rule| (rule.right.min(right) - rule.left.max(left)).max(0.0))
            .sum();
        covered >= COVERED * (right - left)
    }

    /// For every cell the cell it is merged into: the first of its block.
    fn owners(&self) -> Vec<Vec<(usize, usize)>> {
        let (height, width) = (self.ys.len() - 1, self.xs.len() - 1);
        let mut owners = vec![vec![(0, 0); width]; height];
        for row in 0..height {
            for column in 0..width {
                owners[row][column] = if column > 0 && !self.parted_left(row, column) {
                    owners[row][column - 1]
                } else if row > 0 && !self.parted_above(row, column) {
                    owners[row - 1][column]
                } else {
                    (row, column)
                };
            }
        }
        owners
    }

    /// The width of a cell with those merged into it on its row.
    fn cell_width(&self, owners: &[Vec<(usize, usize)>], row: usize, column: usize) -> f32 {
        let last =
            (column..self.xs.len() - 1).take_while(|&at| owners[row][at] == (row, column)).last().unwrap_or(column);
        self.xs[last + 1] - self.xs[column]
    }

    /// The table with the runs in its cells; none when it holds too little to be one.
    fn fill(&self, runs: &[Run], page: u32) -> Option<Table> {
        let owners = self.owners();
        let (height, width) = (self.ys.len() - 1, self.xs.len() - 1);
        let mut cells: Vec<Vec<Vec<Run>>> = vec![vec![Vec::new(); width]; height];
        for run in runs {
            let (row, column) = self.place(run)?;
            let (row, column) = owners[row][column];
            cells[row][column].push(run.clone());
        }
        let mut lines: Vec<Vec<String>> = Vec::new();
        for (at, row) in cells.into_iter().enumerate() {
            let widths: Vec<f32> = (0..width).map(|column| self.cell_width(&owners, at, column)).collect();
            lines.extend(split(&row.into_iter().map(rows).collect::<Vec<_>>(), &widths));
        }
        lines.retain(|line| line.iter().any(|cell| !cell.is_empty()));
        let wide = lines.iter().any(|line| line.iter().filter(|cell| !cell.is_empty()).count() > 1);
        wide.then(|| Table { page, top: self.ys[0], columns: self.xs.clone(), cells: lines })
    }
}

/// A band of a table is several rows when its cells hold lines beside each other and no rule parts them: every line
/// begins in the first column, and every other column has a line beside each.
fn split(cells: &[Vec<Row>], widths: &[f32]) -> Vec<Vec<String>> {
    let anchors: Vec<f32> = cells.first().map_or(Vec::new(), |rows| rows.iter().map(|row| row.y).collect());
    let beside = |rows: &Vec<Row>| {
        rows.is_empty()
            || (rows.len() == anchors.len()
                && rows.iter().zip(&anchors).all(|(row, y)| (row.y - y).abs() <= row.size / 2.0))
    };
    let filled = cells.iter().filter(|rows| !rows.is_empty()).count();
    if anchors.len() < 2 || filled < 2 || !cells.iter().all(beside) {
        return vec![cells.iter().zip(widths).map(|(rows, &width)| text(rows, width)).collect()];
    }
    (0..anchors.len())
        .map(|at| cells.iter().map(|rows| rows.get(at).map_or(String::new(), Row::text)).collect())
        .collect()
}

/// The lines of a cell as one; a line that had room for what follows was broken on purpose, and a space keeps the two apart.
fn text(rows: &[Row], width: f32) -> String {
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        let next = row.text();
        if let (Some(last), Some(first)) = (text.chars().next_back(), next.chars().next()) {
            let before = &rows[at - 1];
            let fits = row.runs.first().map_or(0.0, spacing::first_unit);
            let meant = before.width() + fits + PADDING * row.size <= width;
            if spacing::parted_by_break(last, first) || (meant && !spacing::is_mark(last)) {
                text.push(' ');
            }
        }
        text.push_str(&next);
    }
    text
}
