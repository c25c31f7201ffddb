//! Prose (行文): a stretch of canonical text as lines and tables, with quotes and words found marked where they stand.

use std::ops::Range;

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    /// Part of the quote or of the words searched.
    pub(super) marked: bool,
    /// A number or title that runs into the text.
    pub(super) strong: bool,
}

impl Run {
    /// A run that does not stand out, or is marked.
    pub(super) fn new(text: &str, marked: bool) -> Self {
        Self { text: text.to_owned(), marked, strong: false }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Anchor, when the row is a clause.
    pub(super) id: String,
    /// Whether its cells are headings.
    pub(super) heading: bool,
    pub(super) cells: Vec<Vec<Run>>,
}

/// A line or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Line(Vec<Run>),
    Table(Vec<Row>),
}

/// A text of which ranges are marked.
#[derive(Debug, Clone)]
pub(super) struct Prose<'t> {
    text: &'t str,
    /// In order, apart from each other.
    marks: Vec<Range<usize>>,
}

impl<'t> Prose<'t> {
    /// A text with a marked range; a range that cuts characters marks nothing.
    pub(super) fn new(text: &'t str, mark: Option<Range<usize>>) -> Self {
        Self::marking(text, mark)
    }

    /// A text with marked ranges; what overlaps is one mark.
    pub(super) fn marking(text: &'t str, marks: impl IntoIterator<Item = Range<usize>>) -> Self {
        let fits = |mark: &Range<usize>| mark.start < mark.end && text.get(mark.clone()).is_some();
        let mut ordered: Vec<Range<usize>> = marks.into_iter().filter(fits).collect();
        ordered.sort_unstable_by_key(|mark| mark.start);
        let mut marks: Vec<Range<usize>> = Vec::with_capacity(ordered.len());
        for mark in ordered {
            match marks.last_mut() {
                Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
                _ => marks.push(mark),
            }
        }
        Self { text, marks }
    }

    /// A range as runs.
    pub(super) fn runs(&self, range: Range<usize>) -> Vec<Run> {
        let first = self.marks.partition_point(|mark| mark.end <= range.start);
        let mut runs = Vec::new();
        let mut push = |part: Range<usize>, marked| {
            if let Some(text) = self.text.get(part).filter(|text| !text.is_empty()) {
                runs.push(Run::new(text, marked));
            }
        };
        let mut at = range.start;
        for mark in self.marks[first..].iter().take_while(|mark| mark.start < range.end) {
            let (from, to) = (mark.start.max(range.start), mark.end.min(range.end));
            push(at..from, false);
            push(from..to, true);
            at = to;
        }
        push(at..range.end, false);
        runs
    }

    /// A range as lines and tables; blank lines only separate.
    pub(super) fn pieces(&self, range: Range<usize>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for line in self.lines(range) {
            let content = &self.text[line.clone()];
            if is_rule(content) {
                if let Some(Piece::Table(rows)) = pieces.last_mut()
                    && let [row] = rows.as_mut_slice()
                {
                    row.heading = true;
                }
                continue;
            }
            match (is_row(content), pieces.last_mut()) {
                (true, Some(Piece::Table(rows))) => rows.push(self.row(line)),
                (true, _) => pieces.push(Piece::Table(vec![self.row(line)])),
                (false, _) => pieces.push(Piece::Line(self.runs(line))),
            }
        }
        pieces
    }

    /// A range as lines and tables, of which the first line begins with a number or title that stands out.
    pub(super) fn pieces_led_by(&self, lead: &Range<usize>, range: Range<usize>) -> Vec<Piece> {
        let first = self.lines(range.clone()).next();
        let mut pieces = self.pieces(range);
        if let (Some(Piece::Line(runs)), Some(line)) = (pieces.first_mut(), first)
            && line.start <= lead.start
            && lead.end <= line.end
        {
            let strong = self.runs(lead.clone()).into_iter().map(|run| Run { strong: true, ..run });
            *runs = strong.chain(self.runs(lead.end..line.end)).collect();
        }
        pieces
    }

    /// The lines of a range that are not blank, without the space around them.
    fn lines(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mut at = range.start;
        let text = self.text.get(range).unwrap_or_default();
        text.split_inclusive('\n').filter_map(move |line| {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            let trimmed = line.trim();
            (!trimmed.is_empty()).then_some(start..start + trimmed.len())
        })
    }

    fn row(&self, line: Range<usize>) -> Row {
        let cells = cells(&self.text[line.clone()])
            .into_iter()
            .map(|cell| self.runs(line.start + cell.start..line.start + cell.end))
            .collect();
        Row { id: String::new(), heading: false, cells }
    }
}

/// Whether a line is a row of a pipe table.
fn is_row(line: &str) -> bool {
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

/// Whether a line is the rule between heading and body of a pipe table.
fn is_rule(line: &str) -> bool {
    is_row(line) && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The ranges of the cells of a row, trimmed. An escaped pipe does not end a cell.
fn cells(line: &str) -> Vec<Range<usize>> {
    let inner = 1..line.len() - 1;
    let mut cells = Vec::new();
    let mut start = inner.start;
    let mut escaped = false;
    for (at, c) in line[inner.clone()].char_indices() {
        if c == '|' && !escaped {
            cells.push(start..inner.start + at);
            start = inner.start + at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    cells.push(start..inner.end);
    for cell in &mut cells {
        let text = &line[cell.clone()];
        let lead = text.len() - text.trim_start().len();
        *cell = cell.start + lead..cell.start + lead + text.trim().len();
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_marked_in_lines_and_in_cells() {
        let text = "第三条　按下表确定：\n\n| 器具 | 补贴 |\n|---|---|\n| 轮椅 | 900 |\n\n特此说明。";
        let at = text.find("轮椅").unwrap();
        let pieces = Prose::new(text, Some(at..at + "轮椅 | 900".len())).pieces(0..text.len());
        let [Piece::Line(first), Piece::Table(rows), Piece::Line(_)] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert!(first.iter().all(|run| !run.marked));
        assert!(rows[0].heading && !rows[1].heading);
        assert_eq!(rows[1].cells[1], [Run::new("900", true)]);
        // Nothing of a hostile range is trusted.
        assert!(Prose::marking(text, [1..5, 0..9_999]).marks.is_empty());
        let twice = Prose::marking("甲乙丙丁", [3..9, 0..3, 6..12]);
        assert_eq!(twice.marks.as_slice(), std::slice::from_ref(&(0..12)));
        assert_eq!(Prose::marking("甲乙丙丁", std::iter::once(3..6)).runs(0..12).len(), 3);
        assert_eq!(Prose::new("|", None).pieces(0..1).len(), 1);
    }
}
