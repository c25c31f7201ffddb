//! Headings (小标题): how much of a clause's first words is its heading.

use std::ops::Range;

use super::marker::Style;
use super::phrase;
use super::unit::Unit;

/// Longest heading, in bytes (some 60 characters).
const LONGEST: usize = 180;
/// Longest heading that ends with a colon or a semicolon instead of a full stop, in bytes.
const LONGEST_LEAD: usize = 120;
/// Longest title of an article in brackets, in bytes: （适用范围）.
const LONGEST_ARTICLE_TITLE: usize = 80;

/// The heading of a unit that opens a clause; empty when it has none.
pub(super) fn of(text: &str, unit: &Unit, style: Style) -> Range<usize> {
    let from = unit.after_marker();
    let rest = &text[from..unit.end];
    let end = match style {
        Style::Article => return article(text, unit),
        style if style.is_ordinal() => unit.end,
        _ => match rest.find('。') {
            Some(at) if at <= LONGEST => from + at,
            None if rest.len() <= LONGEST => {
                from + rest.trim_end_matches(['：', ':', '；', ';', ' ', '\u{3000}']).len()
            }
            _ => match rest.find(['：', '；']) {
                Some(at) if at <= LONGEST_LEAD => from + at,
                _ => return unit.start..unit.start,
            },
        },
    };
    unit.start..end
}

/// The title an article may have in brackets behind its number.
fn article(text: &str, unit: &Unit) -> Range<usize> {
    let rest = unit.rest(text);
    let none = unit.start..unit.start;
    let Some(open) = rest.chars().next().filter(|c| matches!(c, '（' | '(' | '【' | '[')) else { return none };
    let Some(close) = rest.find(['）', ')', '】', ']']).filter(|&at| at <= LONGEST_ARTICLE_TITLE) else {
        return none;
    };
    let title = &rest[open.len_utf8()..close];
    let numbered = super::marker::read(rest).is_some();
    if numbered || title.is_empty() || !title.chars().all(|c| phrase::is_han(c) || matches!(c, '、' | ' ')) {
        return none;
    }
    let end = close + rest[close..].chars().next().map_or(0, char::len_utf8);
    unit.start..unit.end - rest.len() + end
}

/// Whether a line can be the title of a mark that stood alone on the line before.
pub(super) fn can_stand_apart(words: &str) -> bool {
    words.len() <= LONGEST_LEAD && phrase::is_title_line(words)
}
