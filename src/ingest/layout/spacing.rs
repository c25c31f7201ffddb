//! Spacing (字距): where a gap between two words on a line, or the end of a line, is a space.

use super::Run;

/// Gaps, in parts of the font size, from which a space is meant: between Latin letters a space is a quarter to a half;
/// beside a Han character typesetters put a quarter without meaning it; Han characters are set apart in titles (附 件).
const LATIN_GAP: f32 = 0.15;
const MIXED_GAP: f32 = 0.45;
const HAN_GAP: f32 = 0.75;
const NUMBER_GAP: f32 = 0.2;
/// Least gap that a written space leaves; less is a space that justification has eaten.
const WRITTEN_GAP: f32 = 0.12;

/// Whether a character is set in a full square, so that lines may break beside it.
pub(super) fn is_square(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{20000}'..='\u{2ffff}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '①'..='⑳')
}

/// Whether a mark parts what follows already.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '—' | '（' | '《' | '“' | ' ')
}

/// Whether two runs on a line are parted by a space.
pub(super) fn parted(before: &Run, after: &Run) -> bool {
    let (Some(last), Some(first)) =
        (before.text.trim_end().chars().next_back(), after.text.trim_start().chars().next())
    else {
        return false;
    };
    let gap = (after.x - before.right()) / before.size.max(after.size).max(1.0);
    let wide = match (is_square(last), is_square(first)) {
        (true, true) => HAN_GAP,
        (false, false) => LATIN_GAP,
        _ => MIXED_GAP,
    };
    // A space written between two squares is how some converters justify; it is meant when it is as wide as a gap.
    let written = before.text.ends_with(char::is_whitespace) && !(is_square(last) && is_square(first));
    gap >= wide || (written && gap >= WRITTEN_GAP)
}

/// Whether a space stands where two lines are joined.
pub(super) fn parted_by_break(last: char, first: char) -> bool {
    let alone = |c: char| c.is_ascii_digit();
    let solid = is_square(last)
        || is_square(first)
        || matches!(last, '-' | '/' | '(' | '（' | '[')
        || matches!(first, ')' | ',' | '.' | '/' | ']');
    !solid && !(alone(last) && alone(first))
}

/// Whether the first run is the number of a clause, set apart from its words by a small gap.
fn numbered(number: &Run, words: &Run) -> bool {
    let figures = number.text.trim();
    figures.starts_with(|c: char| c.is_ascii_digit())
        && figures.chars().all(|c| c.is_ascii_digit() || c == '.')
        && words.text.starts_with(is_square)
        && words.x - number.right() >= NUMBER_GAP * words.size
}

/// The space of a Chinese typewriter; it is written on purpose, and kept.
pub(in crate::ingest) const WIDE_SPACE: char = '\u{3000}';

/// Joins the runs of a line, sorted by place.
pub(super) fn join(runs: &[Run]) -> String {
    let mut text = String::new();
    for (at, run) in runs.iter().enumerate() {
        let wide = text.ends_with(WIDE_SPACE);
        if at > 0 && !wide && (parted(&runs[at - 1], run) || (at == 1 && numbered(&runs[0], run))) {
            text.push(' ');
        }
        text.push_str(run.text.trim_end_matches(' '));
    }
    text.trim().to_owned()
}

/// The width of what cannot be broken at the start of a run: a Han character with the mark behind it, a Latin word.
pub(super) fn first_unit(run: &Run) -> f32 {
    let text = run.text.trim();
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0.0 };
    let weight = |c: char| if is_square(c) { 2.0 } else { 1.0 };
    let whole: f32 = text.chars().map(weight).sum();
    let unit: f32 = if is_square(first) {
        let mark =
            chars.next().filter(|c| matches!(c, '，' | '。' | '、' | '；' | '：' | '）' | '》' | '”' | '！' | '？'));
        2.0 + mark.map_or(0.0, weight)
    } else {
        text.chars().take_while(|&c| !is_square(c)).map(weight).sum()
    };
    run.width * unit / whole.max(1.0)
}
