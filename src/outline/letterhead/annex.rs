//! Annexes (附件): the list of them in the notice, and the line that opens one.

use super::super::marker::Style;
use super::super::unit::Unit;
use super::super::{date, numeral, phrase};
use super::field;
use super::role::{AnnexMark, Role};

/// What a run of units about annexes is.
pub(super) struct Found {
    pub(super) role: Role,
    pub(super) length: usize,
}

/// How many units after a list of annexes a date may stand that closes the notice.
const DATE_AHEAD: usize = 8;
/// Longest line of the list, in bytes.
const LONGEST_ENTRY: usize = 300;

/// Reads the units at this place as a list of annexes or as the head of one.
pub(super) fn read(text: &str, units: &[Unit], at: usize, signed: bool) -> Option<Found> {
    let words = units[at].text(text);
    let head = Head::read(words)?;
    if head.rest.starts_with("下载") {
        return Some(Found { role: Role::Field(field::ATTACHED), length: 1 });
    }
    let annex = Some(Found { role: Role::Annex(head.mark), length: 1 });
    if !head.colon {
        let titled = (head.numbered && phrase::ends_title(head.rest)) || signed;
        let opens = head.rest.is_empty() || (titled && phrase::is_title_line(head.rest));
        return if opens { annex } else { None };
    }
    let length = 1 + list_length(text, &units[at + 1..]);
    let after = &units[at + length..];
    let closes = after.iter().take(DATE_AHEAD).any(|unit| {
        let words = unit.text(text);
        words.len() <= LONGEST_ENTRY && date::last_date(words).is_some_and(|(range, _)| range.end == words.len())
    });
    let opens = !after.is_empty() && length == 1 && (signed || !closes) && !all_listed(text, after);
    if opens && phrase::is_title_line(if head.rest.is_empty() { "附件" } else { head.rest }) {
        return annex;
    }
    Some(Found { role: Role::Field(field::ATTACHED), length })
}

/// Whether a line opens an annex or a list of them.
pub(super) fn opens(words: &str) -> bool {
    Head::read(words).is_some()
}

/// Units of the list after its first line: 2.某某表, 附件2：…
fn list_length(text: &str, units: &[Unit]) -> usize {
    units.iter().take_while(|unit| is_entry(text, unit)).count()
}

fn is_entry(text: &str, unit: &Unit) -> bool {
    let words = unit.text(text);
    let listed =
        unit.marker.is_some_and(|marker| matches!(marker.style, Style::Arabic | Style::HalfParen | Style::ArabicParen))
            || Head::read(words).is_some_and(|head| head.colon && !head.rest.is_empty());
    listed && !unit.row && words.len() <= LONGEST_ENTRY && !words.contains('。')
}

/// Whether nothing but lines of a list and file names remain.
fn all_listed(text: &str, units: &[Unit]) -> bool {
    // A body is longer than any list of annexes.
    units.len() <= DATE_AHEAD * 4
        && units.iter().all(|unit| {
            let words = unit.text(text);
            is_entry(text, unit)
                || field::closing(words).is_some()
                || Head::read(words).is_some()
                || [".doc", ".docx", ".pdf", ".xls", ".xlsx", ".wps", ".zip", ".rar", ".ofd", ".jpg"]
                    .iter()
                    .any(|end| words.ends_with(end))
        })
}

/// The words an annex line starts with.
struct Head<'t> {
    mark: AnnexMark,
    numbered: bool,
    colon: bool,
    rest: &'t str,
}

impl<'t> Head<'t> {
    fn read(words: &'t str) -> Option<Self> {
        let (word, rest) = ["附件", "附录", "附表"].into_iter().find_map(|word| {
            let tail = words.strip_prefix('附')?.trim_start();
            Some((word, tail.strip_prefix(&word['附'.len_utf8()..])?))
        })?;
        let rest = rest.trim_start();
        let counted = numeral::read(rest).filter(|&(number, _)| number > 0 && number <= 99);
        let after = &rest[counted.map_or(0, |(_, length)| length)..];
        // 附件1-2 is a part of annex 1; 附件2021年… is not numbered.
        let after = after
            .strip_prefix(['-', '—', '－'])
            .map_or(after, |tail| numeral::arabic(tail).map_or(after, |(_, length)| &tail[length..]));
        let trimmed = after.trim_start();
        let colon = trimmed.starts_with(['：', ':']);
        let spaced = trimmed.len() < after.len();
        let rest = trimmed.strip_prefix(['：', ':', '.', '．', '、']).unwrap_or(trimmed).trim();
        let attached = counted.is_some()
            && !spaced
            && !colon
            && rest.starts_with(['年', '月', '个', '份', '的', '中', '所', '和']);
        let mention = rest.starts_with(['的', '中', '所', '规', '要', '）', '》', '，', '。', '和', '或', '内']);
        (!attached && (colon || !mention)).then(|| Self {
            mark: AnnexMark { word, number: counted.map_or(1, |(number, _)| number) },
            numbered: counted.is_some(),
            colon,
            rest,
        })
    }
}
