//! Wrapped lines (硬换行): is this document hard-wrapped, and which lines belong together?

use super::super::marker::{self, Marker, Style};
use super::super::{date, letterhead, phrase};
use super::line::Line;

/// Fewest lines from which a width can be told.
const FEWEST_LINES: usize = 5;
/// Widths, in columns, that printed Chinese pages have.
const PAGE_WIDTHS: std::ops::RangeInclusive<usize> = 24..=130;
/// A line is full from this share of the page width on, in percent.
const FULL: usize = 85;
/// Columns that punctuation may leave free at the end of a line that is really full.
const RAGGED: usize = 2;
/// Shares of lines, in percent, that show a document to be wrapped: full lines among all, and among the full ones those
/// that break off inside a sentence and those that have punctuation inside.
const WRAPPED_SHARE: usize = 45;

/// The page width of a hard-wrapped document.
pub(super) fn page_width(lines: &[Line<'_>]) -> Option<usize> {
    let prose: Vec<&Line<'_>> = lines.iter().filter(|line| !is_row(line.text)).collect();
    if prose.len() < FEWEST_LINES {
        return None;
    }
    let mut widths: Vec<usize> = prose.iter().map(|line| line.width).collect();
    widths.sort_unstable();
    // The ninth decile, for a few lines may be longer than the page.
    let page = widths[widths.len() * 9 / 10];
    let full: Vec<&&Line<'_>> = prose.iter().filter(|line| line.width * 100 >= page * FULL).collect();
    let broken = full.iter().filter(|line| !phrase::ends_sentence(line.text)).count();
    let spoken = full.iter().filter(|line| line.text.contains(['，', '。', '、', '；', ','])).count();
    let share = |part: usize, whole: usize| part * 100 >= whole * WRAPPED_SHARE;
    let wrapped = share(full.len(), prose.len()) && share(broken, full.len()) && share(spoken, full.len());
    (PAGE_WIDTHS.contains(&page) && wrapped).then_some(page)
}

fn is_row(line: &str) -> bool {
    line.starts_with('|') || line.contains('\t')
}

/// Joins lines that belong together; every paragraph becomes a line.
pub(super) fn join(lines: &[Line<'_>], capacity: usize) -> String {
    let mut text = String::with_capacity(capacity);
    let mut wrap = Wrap { page: page_width(lines), last: [None; Style::COUNT], paragraph: 0 };
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            if wrap.joins(&text, lines, at) {
                let latin = |c: char| c.is_ascii_alphabetic();
                if text.ends_with(latin) && line.text.starts_with(latin) {
                    text.push(' ');
                }
            } else {
                text.push('\n');
                wrap.paragraph = text.len();
            }
        }
        text.push_str(line.text);
    }
    text
}

struct Wrap {
    page: Option<usize>,
    /// The last mark of each style that opened a line.
    last: [Option<Marker>; Style::COUNT],
    /// Where the paragraph that is being joined starts.
    paragraph: usize,
}

/// Fewest columns of a paragraph that can be broken off by a page without the document being wrapped.
const LONG_PARAGRAPH: usize = 80;
/// Longest stretch looked back into for a bracket that was not closed, in bytes.
const LOOK_BACK: usize = 300;

impl Wrap {
    /// Whether a line goes on with the paragraph that ends the text so far.
    fn joins(&mut self, text: &str, lines: &[Line<'_>], at: usize) -> bool {
        let (before, line) = (&lines[at - 1], &lines[at]);
        if is_row(before.text) || is_row(line.text) {
            return false;
        }
        if splits_year(before.text, line.text) {
            return true;
        }
        let open = !phrase::ends_sentence(before.text);
        let full = self.page.is_some_and(|page| before.width * 100 >= page * FULL);
        if self.opens_clause(line.text, open && full) {
            return false;
        }
        if letterhead::stands_alone(before.text) || letterhead::stands_alone(line.text) || is_signed(lines, at) {
            return false;
        }
        let words = before
            .text
            .ends_with(|c: char| phrase::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '，' | '、' | ','));
        if open && words && !line.indented {
            let paragraph = &text[self.paragraph..];
            // A page break or a slip of the converter inside a sentence.
            if line.after_noise && before.width >= LONG_PARAGRAPH / 4 && !phrase::is_body(before.text) {
                return true;
            }
            if before.width >= LONG_PARAGRAPH && paragraph.contains('。') {
                return true;
            }
        }
        let Some(page) = self.page else { return false };
        match (full, open) {
            (true, true) => !line.indented || line.after_noise,
            (true, false) => before.width + RAGGED >= page && !line.indented && !before.text.ends_with(['：', ':']),
            (false, true) => !line.indented && (before.text.ends_with(['，', '、', ',']) || leaves_open(text)),
            (false, false) => false,
        }
    }

    /// Whether a line opens a clause; in the middle of a sentence only a mark that comes next is believed.
    fn opens_clause(&mut self, line: &str, inside: bool) -> bool {
        let words = line.trim_start_matches(['-', '*', '·', '•', '●', ' ']);
        let Some(marker) = marker::read(words) else { return false };
        let slot = &mut self.last[marker.style as usize];
        let next = marker.is_first() || slot.is_some_and(|last| marker.follows(&last));
        let opens = next || !inside;
        if opens {
            *slot = Some(marker);
        }
        opens
    }
}

/// Whether a bracket or a title that opened shortly before is still open at the end.
fn leaves_open(text: &str) -> bool {
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(LOOK_BACK))..];
    let tail = tail.rsplit(['\n', '。']).next().unwrap_or(tail);
    [('（', '）'), ('《', '》'), ('(', ')')]
        .iter()
        .any(|&(open, close)| tail.rfind(open).is_some_and(|at| tail.rfind(close).is_none_or(|closed| closed < at)))
}

/// Whether a line is the name above a date.
fn is_signed(lines: &[Line<'_>], at: usize) -> bool {
    phrase::is_body(lines[at].text)
        && lines.get(at + 1).is_some_and(|next| date::whole_date(next.text).is_some())
        && phrase::ends_sentence(lines[at - 1].text)
}

/// Whether the digits of a year are split between two lines: 有效期至2 / 028年.
fn splits_year(before: &str, line: &str) -> bool {
    const YEAR_DIGITS: usize = 4;
    let front = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let back = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after_word = before[..before.len() - front].chars().next_back().is_some_and(|c| phrase::is_han(c) || c == '“');
    let year = [&before[before.len() - front..], &line[..back]].concat();
    front > 0
        && back > 0
        && after_word
        && year.len() == YEAR_DIGITS
        && (year.starts_with("19") || year.starts_with("20"))
        && line[back..].trim_start().starts_with('年')
}
