//! Paragraphs (段落): which lines were one before the page was set, and what comes of it.

use std::collections::HashMap;

use super::flow::{Line, Piece};
use super::table::{self, Table};
use super::{Laid, spacing};
use crate::policy::Noise;

/// Lines of a block from which its edges can be told.
const FEWEST_LINES: usize = 4;
/// Edges nearer than this, in font sizes, are one.
const SAME_EDGE: f32 = 0.4;
/// Share of the widest line from which a line is long, and share of lines that an edge is common to.
const LONG: f32 = 0.75;
const EDGE_SHARE: f32 = 0.2;
/// From this, in font sizes, a line is set in.
const INDENT: f32 = 1.0;
/// The indent of a paragraph in Chinese typesetting, in font sizes.
const FIRST_LINE: std::ops::RangeInclusive<f32> = 1.4..=2.8;
/// A first line is set in no further than this before the lines that follow it, in font sizes (附件：1.).
const FARTHEST_INDENT: f32 = 4.0;
/// Share of lines set in so, from which indents are how the document opens its paragraphs.
const INDENTED_SHARE: f32 = 0.08;
/// A wrapped line may fall short of the edge by this, in font sizes, beside the word that did not fit.
const SLACK: f32 = 0.25;
/// How far lines of ragged text end before the edge, in font sizes.
const RAGGED: f32 = 1.5;
/// Sizes of one paragraph differ less than this, in parts.
const SAME_SIZE: f32 = 0.12;
/// A title is set larger than the text by this, in parts.
const TITLE_SIZE: f32 = 1.15;
/// Share of the column that a broken line of a title fills at least.
const TITLE_FILL: f32 = 0.5;
/// A step to the next line greater than this, in usual steps, parts paragraphs.
const WIDE_STEP: f32 = 1.45;

/// Dots between the words and the page number of an entry of a table of contents.
const LEADERS: [&str; 3] = ["....", "……", "····"];

pattern!(
    OPENS_CLAUSE,
    r"^(?:第[一二三四五六七八九十百千零〇\d]+[编章节条款]|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+[、．.]|[（(]?\d{1,2}[）)、．]|\d{1,2}(?:[.．]\d{1,2})*[.．]?(?:\s|\p{Han}|$)|[A-Z](?:[.．]\d{1,2})+|[a-z][)）]|[①-⑳]|附\s*[录件则表]|表\s*[A-Z\d]|图\s*[A-Z\d]|注\d*[:：])"
);

pattern!(REFERENCE, r"^第[一二三四五六七八九十百千零〇\d]+[编章节条款]\S");
pattern!(ENTRY, r"^[（(]?(\d{1,3})[）)、．.]");

/// Writes pieces in reading order as text.
pub(super) fn write(pieces: Vec<Piece>, mut noise: Vec<Noise>) -> Laid {
    let pieces = with_columns(table::over_pages(pieces, &mut noise));
    let mut writer =
        Writer { laid: Laid { noise, ..Laid::default() }, page: PageStyle::of(&pieces), last: None, entry: None };
    for piece in pieces {
        match piece {
            Piece::Line(line) => writer.line(line),
            Piece::Table(table) => writer.table(&table),
        }
    }
    writer.laid
}

/// The lines of each block of a page: left edge, right edge, size of type.
type Blocks = HashMap<(u32, u32), Vec<(f32, f32, f32)>>;

/// Gives every line the edges of its column.
fn with_columns(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let mut blocks: Blocks = Blocks::new();
    for piece in &pieces {
        if let Piece::Line(Line { row, block, .. }) = piece {
            let edges = (row.left, row.right, row.size);
            blocks.entry((row.page, *block)).or_default().push(edges);
        }
    }
    let whole = usual(&blocks);
    let told: HashMap<(u32, u32), (f32, f32)> = blocks
        .into_iter()
        .map(|(key, lines)| {
            let own = edges(&lines);
            // A block narrower than the document's text is a column only when it has lines enough to show it.
            let wide = (own.1 - own.0) >= 0.9 * (whole.1 - whole.0);
            (
                key,
                if lines.len() >= FEWEST_LINES && (wide || is_column(&lines, own)) { own } else { around(own, whole) },
            )
        })
        .collect();
    for piece in &mut pieces {
        if let Piece::Line(line) = piece
            && let Some(&column) = told.get(&(line.row.page, line.block))
        {
            line.column = column;
        }
    }
    pieces
}

/// The edges that most blocks of the document have; a page turned sideways does not count more than another.
fn usual(blocks: &Blocks) -> (f32, f32) {
    let full = blocks.values().filter(|lines| lines.len() >= FEWEST_LINES);
    let found: Vec<(f32, f32)> = full.map(|lines| edges(lines)).collect();
    let found = if found.is_empty() { blocks.values().map(|lines| edges(lines)).collect() } else { found };
    let median = |mut places: Vec<f32>| {
        places.sort_by(f32::total_cmp);
        places.get(places.len() / 2).copied().unwrap_or(0.0)
    };
    (median(found.iter().map(|edge| edge.0).collect()), median(found.iter().map(|edge| edge.1).collect()))
}

/// The edges of a few lines: the document's, unless the lines reach beyond them.
fn around(own: (f32, f32), whole: (f32, f32)) -> (f32, f32) {
    (own.0.min(whole.0), own.1.max(whole.1))
}

/// Whether most lines reach the right edge, as those of a column do.
fn is_column(lines: &[(f32, f32, f32)], (_, right): (f32, f32)) -> bool {
    lines.iter().filter(|line| (line.1 - right).abs() <= SAME_EDGE * line.2).count() * 2 >= lines.len()
}

/// The edges of a set of lines: the outermost ones that a fair share of its long lines have, so that neither a heading
/// nor a hanging mark counts as the edge.
fn edges(lines: &[(f32, f32, f32)]) -> (f32, f32) {
    let widest = lines.iter().map(|line| line.1 - line.0).fold(0.0, f32::max);
    let long: Vec<_> = lines.iter().filter(|line| line.1 - line.0 >= LONG * widest).collect();
    let shared = |places: Vec<(f32, f32)>| {
        let near = |place: f32, size: f32| {
            places.iter().filter(|(other, _)| (other - place).abs() <= SAME_EDGE * size).count()
        };
        let fair =
            |&&(place, size): &&(f32, f32)| near(place, size) as f32 >= (EDGE_SHARE * places.len() as f32).max(2.0);
        let outermost = |a: &&(f32, f32), b: &&(f32, f32)| a.0.total_cmp(&b.0);
        places.iter().filter(fair).min_by(outermost).or(places.iter().min_by(outermost)).map_or(0.0, |place| place.0)
    };
    // Paragraphs are set in on the left, and so every line has a word there; on the right only long ones do.
    let left = shared(lines.iter().map(|line| (line.0, line.2)).collect());
    let right = -shared(long.iter().map(|line| (-line.1, line.2)).collect());
    (left, right)
}

/// How the document sets its paragraphs.
struct PageStyle {
    /// Whether paragraphs open with an indent.
    indents: bool,
    /// The usual step from line to line, in font sizes.
    step: f32,
    /// The size of most lines.
    size: f32,
}

impl PageStyle {
    fn of(pieces: &[Piece]) -> Self {
        let lines: Vec<&Line> =
            pieces.iter().filter_map(|piece| if let Piece::Line(line) = piece { Some(line) } else { None }).collect();
        let set_in = lines.iter().filter(|line| FIRST_LINE.contains(&indent(line))).count();
        let mut steps: Vec<f32> = lines
            .windows(2)
            .filter(|pair| same_block(pair[0], pair[1]))
            .map(|pair| (pair[1].row.y - pair[0].row.y) / pair[1].row.size.max(1.0))
            .filter(|step| (0.8..4.0).contains(step))
            .collect();
        steps.sort_by(f32::total_cmp);
        let mut sizes: Vec<f32> = lines.iter().map(|line| line.row.size).collect();
        sizes.sort_by(f32::total_cmp);
        Self {
            indents: set_in as f32 >= INDENTED_SHARE * lines.len() as f32,
            step: steps.get(steps.len() / 2).copied().unwrap_or(2.0),
            size: sizes.get(sizes.len() / 2).copied().unwrap_or(0.0),
        }
    }

    /// Whether two lines are one title in large type, broken where the column was full.
    fn is_title(&self, before: &Line, line: &Line) -> bool {
        let wide = before.row.width() > TITLE_FILL * (before.column.1 - before.column.0);
        same_block(before, line)
            && line.row.size > TITLE_SIZE * self.size
            && wide
            && is_centred(before)
            && is_centred(line)
            && !ends(&before.row.text())
    }

    /// Whether a line goes on with the paragraph of the line before.
    fn joins(&self, before: &Line, line: &Line) -> bool {
        let size = line.row.size.max(1.0);
        let apart = same_block(before, line) && line.row.y - before.row.y > WIDE_STEP * self.step * size;
        let differ = (before.row.size - line.row.size).abs() > SAME_SIZE * size;
        let fits = spacing::first_unit(&line.row.runs);
        // Where paragraphs are set in, a line that is not goes on; the edge of ragged text is then no sharp one.
        let slack = if self.indents && indent(line) < INDENT / 2.0 { -RAGGED } else { SLACK };
        let wrapped = before.row.right + fits > before.column.1 + slack * size;
        if !apart && !differ && self.is_title(before, line) {
            return true;
        }
        if apart || differ || !wrapped || stand_apart(before, line) || leads_to_a_page(&before.row.text()) {
            return false;
        }
        if indent(line) >= INDENT {
            return hangs(before, line);
        }
        let words = line.row.text();
        // Where paragraphs are set in, a reference to an article at the start of a line (第六条规定的) opens nothing.
        let opens = OPENS_CLAUSE.is_match(&words) && !(self.indents && REFERENCE.is_match(&words));
        let ended = ends(&before.row.text());
        // Without indents a full line that ends a sentence most often ends the paragraph too.
        !(ended && (opens || !self.indents))
    }
}

/// Whether a line is an entry of a table of contents.
fn leads_to_a_page(text: &str) -> bool {
    LEADERS.iter().any(|dots| text.contains(dots))
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || ('Ⅰ'..='Ⅻ').contains(&c))
}

/// Whether a line stands in the middle of its column.
fn is_centred(line: &Line) -> bool {
    let (left, right) = (line.row.left - line.column.0, line.column.1 - line.row.right);
    (left - right).abs() < 2.0 * line.row.size
}

fn same_block(before: &Line, line: &Line) -> bool {
    before.row.page == line.row.page && before.block == line.block && line.row.y > before.row.y
}

/// Whether the line before is set to the right, as signatures and dates are, so that reaching the edge says nothing.
fn stand_apart(before: &Line, line: &Line) -> bool {
    let middle = f32::midpoint(before.column.0, before.column.1);
    before.row.left > middle || before.row.left - line.row.left > FARTHEST_INDENT * line.row.size
}

/// How far a line is set in, in font sizes.
fn indent(line: &Line) -> f32 {
    (line.row.left - line.column.0) / line.row.size.max(1.0)
}

/// Whether a line set in goes on under the words behind the number of the line before, or under such a line.
fn hangs(before: &Line, line: &Line) -> bool {
    let size = line.row.size.max(1.0);
    let opened = OPENS_CLAUSE.is_match(&before.row.text()) || before.row.text().starts_with('—');
    let further = line.row.left - before.row.left;
    let under = opened && further > 0.5 * size && !OPENS_CLAUSE.is_match(&line.row.text());
    let level = further.abs() <= 0.3 * size && !FIRST_LINE.contains(&indent(line)) && !ends(&before.row.text());
    under || level
}

/// Whether a sentence or a part of it ends here.
fn ends(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '）', ')', '》', '"']).ends_with(['。', '；', '：', '！', '？', ';', ':'])
}

/// The number of an entry of a list.
fn entry(words: &str) -> Option<u32> {
    ENTRY.captures(words).and_then(|found| found[1].parse().ok())
}

struct Writer {
    laid: Laid,
    page: PageStyle,
    last: Option<Line>,
    /// The number with which the last paragraph opened.
    entry: Option<u32>,
}

impl Writer {
    fn line(&mut self, line: Line) {
        let words = line.row.text();
        let text = &mut self.laid.text;
        let entry = entry(&words);
        // The next number of a list opens its entry however full the line before is.
        let next = entry.is_some_and(|number| number.checked_sub(1) == self.entry);
        let joins = !next && self.last.as_ref().is_some_and(|before| self.page.joins(before, &line));
        if !joins {
            self.entry = entry;
        }
        if joins {
            if let (Some(last), Some(first)) = (text.chars().next_back(), words.chars().next())
                && spacing::parted_by_break(last, first)
            {
                text.push(' ');
            }
        } else if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&words);
        self.last = Some(line);
    }

    fn table(&mut self, table: &Table) {
        let (rows, added) = table.written();
        self.laid.added += added;
        for row in rows {
            if !self.laid.text.is_empty() {
                self.laid.text.push('\n');
            }
            self.laid.text.push_str(&row);
        }
        self.last = None;
    }
}
