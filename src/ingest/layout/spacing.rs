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
const WRITTEN_SQUARE_GAP: f32 = 0.22;
/// Between runs of at least so many Han characters, which stand close to each other, less of a gap is a space.
const TIGHT_GAP: f32 = 0.22;
const FEWEST_TIGHT: usize = 2;
/// The gap that a space as wide as a character leaves; justification stretches it.
const FULL_GAP: std::ops::RangeInclusive<f32> = 0.8..=1.6;

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
    // Some converters write spaces between squares to justify; one that is meant is as wide as a space of the font.
    let least = if is_square(last) && is_square(first) { WRITTEN_SQUARE_GAP } else { WRITTEN_GAP };
    gap >= wide
        || (before.text.ends_with(char::is_whitespace) && gap >= least)
        || (gap >= TIGHT_GAP && is_tight(before) && is_tight(after) && is_han(last) && is_han(first))
}

/// Whether a run holds enough Han characters to show that its line is not spread: they stand close to each other.
fn is_tight(run: &Run) -> bool {
    run.text.chars().filter(|&c| is_han(c)).count() >= FEWEST_TIGHT
}

fn is_han(c: char) -> bool {
    is_square(c) && c.is_alphabetic()
}

/// The space between two runs on a line that are parted: behind the number of an article a gap as wide as a character is the
/// wide space that is customary there; programs that make or read PDF often call it a narrow one.
fn space(text: &str, before: &Run, after: &Run) -> char {
    let gap = (after.x - before.right()) / before.size.max(after.size).max(1.0);
    if FULL_GAP.contains(&gap) && NUMBER.is_match(text) { WIDE_SPACE } else { ' ' }
}

pattern!(NUMBER, r"^第[一二三四五六七八九十百千零〇\d]+[编章节条]$");

/// Whether a space stands where two lines are joined.
pub(super) fn parted_by_break(last: char, first: char) -> bool {
    let alone = |c: char| c.is_ascii_digit();
    let solid = is_square(last)
        || is_square(first)
        || matches!(last, '-' | '/' | '(' | '（' | '[')
        || matches!(first, ')' | ',' | '.' | '/' | ']');
    !(solid || alone(last) && alone(first))
}

/// Whether the first run is the number of a clause (3.1), set apart from its words by a small gap. A figure without a dot
/// is as often a year or a count (2024年), which word processors set apart as far.
fn numbered(number: &Run, words: &Run) -> bool {
    let figures = number.text.trim();
    figures.starts_with(|c: char| c.is_ascii_digit())
        && figures.contains('.')
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
            text.push(space(&text, &runs[at - 1], run));
        }
        text.push_str(run.text.trim_end_matches(' '));
    }
    text.trim().to_owned()
}

/// Marks that no line begins with, and marks that no line ends with.
const CLOSING: [char; 22] = [
    '，', '。', '、', '；', '：', '！', '？', '）', '》', '〉', '”', '’', '〕', '】', '」', '』', '｝', '…', '％', '℃',
    '·', '—',
];
const OPENING: [char; 11] = ['（', '《', '〈', '“', '‘', '〔', '【', '「', '『', '｛', '￥'];

/// The width of what cannot be broken at the start of a line: a Han character or a Latin word, with the marks before and
/// behind it that may not be parted from it.
pub(super) fn first_unit(runs: &[Run]) -> f32 {
    let mut width = 0.0;
    let mut before: Option<char> = None;
    for run in runs {
        let step = run.width / weight(run.text.trim()).max(1.0);
        for c in run.text.trim().chars() {
            if before.is_some_and(|before| may_break(before, c)) {
                return width;
            }
            width += step * weight_of(c);
            before = Some(c);
        }
    }
    width
}

/// Whether a line may end between two characters.
fn may_break(before: char, after: char) -> bool {
    let latin = |c: char| !is_square(c) && !c.is_whitespace();
    let held = OPENING.contains(&before) || CLOSING.contains(&after) || (latin(before) && latin(after));
    !held
}

/// How wide words are, in halves of a square.
fn weight(text: &str) -> f32 {
    text.chars().map(weight_of).sum()
}

fn weight_of(c: char) -> f32 {
    if is_square(c) { 2.0 } else { 1.0 }
}
