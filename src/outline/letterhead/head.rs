//! The opening part (版头): number, title, addressees, what a law says about its passing, contents.

use super::super::phrase;
use super::super::unit::Unit;
use super::field;
use super::role::Role;

/// Most units the opening part has.
const LONGEST_HEAD: usize = 60;
/// Most rows of a form above the title.
const FORM_ROWS: usize = 8;
/// Most lines a title has.
const TITLE_LINES: usize = 6;

/// Gives the units of the opening part their roles; tells where the body starts.
pub(super) fn read(text: &str, units: &[Unit], roles: &mut [Role]) -> usize {
    let mut at = 0;
    let mut titled = false;
    let mut title = "";
    while at < units.len().min(LONGEST_HEAD) {
        let unit = &units[at];
        let words = unit.text(text);
        if unit.row && !titled && at < FORM_ROWS {
            // The form of a telegram (发电) or of a filing sheet stands above the title.
            at += 1;
            continue;
        }
        if unit.row {
            break;
        }
        if let Some(length) = contents(text, &units[at..]) {
            roles[at..at + length].fill(Role::Contents);
            at += length;
        } else if let Some(name) = field::opening(words) {
            roles[at] = Role::Field(name);
            at += 1;
        } else if titled && words == title {
            // A saved page may give the title twice.
            roles[at] = Role::Field("标题");
            at += 1;
        } else if phrase::is_addressee(words) && unit.marker.is_none() && at + 1 < units.len() {
            roles[at] = Role::Field(field::ADDRESSEE);
            return at + 1;
        } else if !titled && unit.marker.is_none() && phrase::is_title_line(words) {
            let length = title_length(text, &units[at..])
                .unwrap_or(usize::from(at == 0 && units.len() > 1 && !is_remark(words)));
            if length == 0 {
                break;
            }
            roles[at..at + length].fill(Role::Title);
            titled = true;
            title = &text[unit.start..units[at + length - 1].end];
            at += length;
        } else {
            break;
        }
    }
    if roles[..at].iter().all(|role| *role == Role::Body) { 0 } else { at }
}

/// Whether a line is a remark in brackets (（2024年1月29日在某次会议上）).
fn is_remark(words: &str) -> bool {
    words.starts_with(['（', '(']) && words.ends_with(['）', ')'])
}

/// How many units at the front are a title: short lines, the last of which ends with a kind of document.
pub(super) fn title_length(text: &str, units: &[Unit]) -> Option<usize> {
    let mut joined = String::new();
    let mut length = None;
    for (index, unit) in units.iter().take(TITLE_LINES).enumerate() {
        let words = unit.text(text);
        let fits = unit.marker.is_none() && !unit.row && phrase::is_title_line(words);
        if !fits || field::opening(words).is_some() || (index > 0 && is_contents_word(words)) {
            break;
        }
        // A saved page may give the title twice.
        if length.is_some() && joined == words {
            break;
        }
        joined.push_str(words);
        if phrase::ends_title(&joined) {
            length = Some(index + 1);
        }
    }
    // （试行） or （征求意见稿） on a line of its own still belongs to the title.
    length.map(|length| {
        let more = units.get(length).is_some_and(|unit| {
            let words = unit.text(text);
            unit.marker.is_none() && is_bracketed(words) && field::opening(words).is_none()
        });
        length + usize::from(more)
    })
}

/// Longest bracketed end of a title, in bytes: （2021年修订征求意见稿）.
const LONGEST_SUFFIX: usize = 60;

fn is_bracketed(words: &str) -> bool {
    words.len() <= LONGEST_SUFFIX && words.starts_with(['（', '(']) && words.ends_with(['）', ')'])
}

fn is_contents_word(words: &str) -> bool {
    let mut letters = words.chars().filter(|c| !c.is_whitespace());
    (letters.next(), letters.next(), letters.next()) == (Some('目'), Some('录'), None)
        || words.len() <= 20 && words.split_whitespace().collect::<String>() == "目次"
}

/// Most lines of a table of contents.
const LONGEST_CONTENTS: usize = 400;
/// Longest line of a table of contents, in bytes.
const LONGEST_ENTRY: usize = 240;

/// How many units at the front are a table of contents (目录): up to where its first line comes again.
pub(super) fn contents(text: &str, units: &[Unit]) -> Option<usize> {
    let [word, first, ..] = units else { return None };
    if !is_contents_word(word.text(text)) {
        return None;
    }
    let entry = |unit: &Unit| {
        unit.text(text)
            .trim_end_matches(|c: char| !phrase::is_han(c))
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    let wanted = entry(first);
    units
        .iter()
        .enumerate()
        .skip(2)
        .take(LONGEST_CONTENTS)
        .take_while(|(at, _)| units[at - 1].end - units[at - 1].start <= LONGEST_ENTRY)
        .find(|(_, unit)| !wanted.is_empty() && unit.end - unit.start <= LONGEST_ENTRY && entry(unit) == wanted)
        .map(|(at, _)| at)
}
