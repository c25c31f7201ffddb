//! Run-on lines (连排): letterhead, signature and indented paragraphs that stand on one line are cut apart.

use std::ops::Range;

use crate::policy::DocumentNumber;

use super::date;
use super::phrase;
use super::unit::Unit;

/// From this length on (some 100 characters), wide white space inside a line is taken for a lost line end.
const LONG_LINE: usize = 300;
/// Ideographic spaces that make a paragraph indent.
const INDENT: usize = 2;
/// Other white space that stands for a line end (signatures are pushed to the right with it).
const WIDE_GAP: usize = 6;

/// Cuts a line at indents inside it and appends the units.
pub(super) fn split(text: &str, line: Range<usize>, found: &mut Vec<Unit>) {
    if line.len() <= LONG_LINE {
        found.extend(Unit::new(text, line));
        return;
    }
    let (mut from, mut gap, mut wide, mut run) = (line.start, 0, 0, 0);
    for (at, c) in text[line.clone()].char_indices() {
        if c.is_whitespace() {
            gap += 1;
            wide += usize::from(c == '\u{3000}');
            continue;
        }
        if gap > 0 {
            // 总　　则: characters spread over the line, not a line end.
            if (wide >= INDENT || gap >= WIDE_GAP) && run > 1 {
                found.extend(Unit::new(text, from..line.start + at));
                from = line.start + at;
            }
            (gap, wide, run) = (0, 0, 0);
        }
        run += 1;
    }
    found.extend(Unit::new(text, from..line.end));
}

/// Units at the top that can hold letterhead fields.
const HEAD_UNITS: usize = 8;
/// How far into a unit a number or a title is looked for, in bytes.
const HEAD_BYTES: usize = 900;
/// Words after a number at the front that make it a mention in a sentence.
const MENTIONED: [&str; 10] = ["文件", "文", "规定", "《", "和", "、", "精神", "要求", "，", "的"];

/// Cuts number, title and addressees off the body they run into.
pub(super) fn split_head(text: &str, units: &mut Vec<Unit>) {
    let head: Vec<Unit> = units.drain(..units.len().min(HEAD_UNITS)).collect();
    let mut pieces = Vec::with_capacity(head.len() + 4);
    let mut body = false;
    for unit in head {
        body |= unit.row || unit.marker.is_some();
        if body {
            pieces.push(unit);
            continue;
        }
        let mut from = unit.start;
        for cut in [number_end, title_end, addressee_end] {
            let rest = &text[from..unit.end];
            if let Some(length) = cut(rest).filter(|&length| 0 < length && length < rest.len()) {
                pieces.extend(Unit::new(text, from..from + length));
                from += length;
            }
        }
        pieces.extend(Unit::new(text, from..unit.end));
    }
    units.splice(0..0, pieces);
}

/// The longest front of a text of at most this many bytes.
pub(super) fn front(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

fn number_end(unit: &str) -> Option<usize> {
    let mention = DocumentNumber::mentions(front(unit, HEAD_BYTES / 4)).into_iter().next()?;
    let opened = matches!(&unit[..mention.range.start], "（" | "(");
    if !(mention.range.start == 0 || opened) || mention.number()?.agency().is_empty() {
        return None;
    }
    let rest = unit[mention.range.end..].trim_start();
    let rest = if opened { rest.strip_prefix(['）', ')'])? } else { rest };
    (!MENTIONED.iter().any(|word| rest.starts_with(word))).then_some(unit.len() - rest.len())
}

/// Where a title ends that runs into the addressees: 关于…的通知各市…：
fn title_end(unit: &str) -> Option<usize> {
    let head = front(unit, HEAD_BYTES);
    let head = &head[..head.find(['：', ':', '。'])?];
    head.match_indices('各')
        .map(|(at, _)| at)
        .find(|&at| at > 0 && phrase::ends_title(&head[..at]) && head[..at].contains("关于"))
}

fn addressee_end(unit: &str) -> Option<usize> {
    let head = front(unit, HEAD_BYTES);
    let colon = head.find(['：', ':'])?;
    let end = colon + head[colon..].chars().next()?.len_utf8();
    phrase::is_addressee(&head[..end]).then_some(end)
}

/// Units at the bottom that can hold a signature.
const TAIL_UNITS: usize = 4;
/// How far from the end of a unit a signature is looked for, in bytes.
const TAIL_BYTES: usize = 1500;

/// Cuts signature, date and closing remarks off the sentence they run on from.
pub(super) fn split_tail(text: &str, units: &mut Vec<Unit>) {
    let tail = units.split_off(units.len().saturating_sub(TAIL_UNITS));
    for unit in tail {
        if unit.row {
            units.push(unit);
            continue;
        }
        let cuts = signature_cuts(unit.text(text));
        if cuts.is_empty() {
            units.push(unit);
            continue;
        }
        let mut from = unit.start;
        for cut in cuts.into_iter().map(|cut| unit.start + cut).chain([unit.end]) {
            units.extend(Unit::new(text, from..cut));
            from = cut.max(from);
        }
    }
}

/// Places where 附件：, signature, date and bracketed remarks start at the end of a unit.
fn signature_cuts(unit: &str) -> Vec<usize> {
    let floor = unit.ceil_char_boundary(unit.len().saturating_sub(TAIL_BYTES));
    let mut cuts = Vec::new();
    let attached = ["。附件：", "。附件:"].iter().filter_map(|word| unit[floor..].rfind(word)).max();
    cuts.extend(attached.map(|at| floor + at + '。'.len_utf8()));
    if let Some((name, date, end)) = last_signature(unit, floor) {
        cuts.extend([name, date, end]);
        let mut at = end;
        while unit[at..].starts_with(['（', '(']) {
            let Some(close) = unit[at..].find(['）', ')']) else { break };
            at += close + unit[at + close..].chars().next().map_or(0, char::len_utf8);
            cuts.push(at);
        }
    }
    cuts.retain(|&cut| 0 < cut && cut < unit.len());
    cuts.dedup();
    cuts
}

/// The last name and date that follow each other: where the name starts, where the date starts and ends.
fn last_signature(unit: &str, floor: usize) -> Option<(usize, usize, usize)> {
    let mut found = None;
    let mut after = floor;
    for (at, c) in unit[floor..].char_indices().map(|(at, c)| (floor + at, c)) {
        if at < after || !matches!(c, '1' | '2' | '二' | '１' | '２') {
            continue;
        }
        let Some(mark) = date::date_at(&unit[at..]) else { continue };
        let end = at + mark.length;
        after = end;
        let closes =
            unit[end..].chars().next().is_none_or(|c| matches!(c, '（' | '(' | '更' | ' ' | '\u{3000}' | '附'));
        let start = unit[floor..at].rfind(['。', '；', '）', ')', '》', '！']).map(|at| floor + at);
        let name = start.map_or(floor, |at| at + unit[at..].chars().next().map_or(0, char::len_utf8));
        if !closes || mark.date.is_none() {
            continue;
        }
        if start.is_some() && phrase::is_body(unit[name..at].trim()) {
            found = Some((name, at, end));
        } else if phrase::ends_body(unit[name..at].trim_end()) {
            // The name runs on from a title; only the date can be told apart.
            found = Some((at, at, end));
        }
    }
    found
}
