//! Responsibilities (责任分工): who must do what a clause says, and by when.

use std::ops::Range;

use crate::policy::Responsibility;

/// What texts call the roles; longer names before the names they end with.
const ROLES: [&str; 37] = [
    "牵头责任单位",
    "牵头责任部门",
    "配合责任单位",
    "第一责任单位",
    "市级责任单位",
    "责任单位",
    "责任部门",
    "责任主体",
    "责任领导",
    "责任科室",
    "责任处室",
    "责任股室",
    "责任人",
    "牵头单位",
    "牵头部门",
    "牵头领导",
    "配合单位",
    "配合部门",
    "协办单位",
    "主办单位",
    "承办单位",
    "协同单位",
    "协助单位",
    "实施单位",
    "实施主体",
    "落实单位",
    "落实部门",
    "参加单位",
    "参与单位",
    "参与部门",
    "完成时限",
    "完成时间",
    "办理时限",
    "整改时限",
    "时限要求",
    "时间节点",
    "时限",
];
/// Words a bracket ends with when it names who is responsible without saying 责任单位.
const BRACKET_ENDS: [&str; 4] = ["按职责分工负责", "分别负责", "共同负责", "负责"];
/// Longest bracket that names who is responsible, in bytes.
const LONGEST_BRACKET: usize = 900;

/// Whether a line is nothing but a responsibility: 牵头单位：….
pub(super) fn opens(words: &str) -> bool {
    let words = words.trim_start_matches(['（', '(', '【', '[', ' ']);
    ROLES
        .iter()
        .find_map(|role| words.strip_prefix(role))
        .is_some_and(|rest| rest.trim_start_matches([' ', '\u{3000}', '】', ']']).starts_with(['：', ':']))
}

/// The responsibilities in a range of a text.
pub(super) fn within(text: &str, range: Range<usize>) -> Vec<Responsibility> {
    let words = &text[range.clone()];
    let marks: Vec<(usize, usize, &'static str)> = words
        .match_indices(['：', ':'])
        .filter_map(|(colon, c)| role_before(words, colon).map(|(at, role)| (at, colon + c.len(), role)))
        .collect();
    let mut found: Vec<Responsibility> = Vec::new();
    for (index, &(start, from, role)) in marks.iter().enumerate() {
        let limit = marks.get(index + 1).map_or(words.len(), |next| next.0);
        let end = from + value_end(&words[from..limit]);
        let values = values(&words[from..end], role);
        if !values.is_empty() {
            let end = start + words[start..end].trim_end_matches(is_edge).len();
            found.push(Responsibility { role: role.to_owned(), values, range: range.start + start..range.start + end });
        }
    }
    if marks.is_empty() && words.contains("负责") {
        found.extend(bracketed(words, range.start));
    }
    found
}

/// Longest stretch before a colon in which a role is looked for, in bytes: recognition puts spaces between characters.
const LONGEST_ROLE: usize = 40;

/// The role that ends right before a colon, and where it starts.
fn role_before(words: &str, colon: usize) -> Option<(usize, &'static str)> {
    let floor = words.ceil_char_boundary(colon.saturating_sub(LONGEST_ROLE));
    ROLES.iter().find_map(|role| {
        let mut wanted = role.chars().rev().peekable();
        for (at, c) in words[floor..colon].char_indices().rev() {
            if wanted.next_if_eq(&c).is_some() {
                if wanted.peek().is_none() {
                    return Some((floor + at, *role));
                }
            } else if !matches!(c, ' ' | '\u{3000}' | '】' | ']') {
                return None;
            }
        }
        None
    })
}

/// Where the value ends: at the line end, a full stop or the bracket it stands in.
fn value_end(value: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in value.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 => return at,
            '）' | ')' => depth -= 1,
            '】' | ']' | '。' if depth == 0 => return at,
            '\n' | '\r' if value[..at].trim().is_empty() => {}
            '\n' | '\r' => return at,
            _ => {}
        }
    }
    value.len()
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '，' | ',' | '；' | ';' | '、' | '。' | '（' | '(' | '【' | '[' | '|')
}

/// Splits names at 、，； outside brackets; a deadline is one value.
fn values(value: &str, role: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut push = |part: &str| {
        let part = part.trim_matches(is_edge);
        if !part.is_empty() {
            found.push(part.to_owned());
        }
    };
    if role.contains('时') {
        push(value);
        return found;
    }
    let (mut depth, mut from) = (0usize, 0);
    for (at, c) in value.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '；' | ';' if depth == 0 => {
                push(&value[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    push(&value[from..]);
    found
}

/// Brackets such as （省科技厅、省财政厅按职责分工负责）.
fn bracketed(words: &str, offset: usize) -> Vec<Responsibility> {
    let mut found = Vec::new();
    for (close, _) in words.match_indices("负责）") {
        let end = close + "负责".len();
        let floor = words.ceil_char_boundary(close.saturating_sub(LONGEST_BRACKET));
        let Some(open) = words[floor..close].rfind(['（', '(']).map(|at| floor + at) else { continue };
        let start = open + words[open..].chars().next().map_or(0, char::len_utf8);
        let inner = &words[start..end];
        let Some(ending) = BRACKET_ENDS.iter().find(|ending| inner.ends_with(**ending)) else { continue };
        let names = values(&inner[..inner.len() - ending.len()], "");
        if !names.is_empty() && !inner.contains('。') {
            found
                .push(Responsibility { role: "负责".to_owned(), values: names, range: offset + start..offset + end });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Vec<String>, &str)> {
        within(text, 0..text.len()).into_iter().map(|r| (r.role, r.values, &text[r.range])).collect()
    }

    #[test]
    fn brackets_with_two_roles() {
        let found = read("公开竞争(责任单位:县政府办、县金融局（县国资委）等,完成时限:2021 年11月底)。加强执法");
        assert_eq!(found[0].1, ["县政府办", "县金融局（县国资委）等"]);
        assert_eq!(found[1].1, ["2021 年11月底"]);
        assert_eq!(found[1].2, "完成时限:2021 年11月底");
    }

    #[test]
    fn lines_and_plain_brackets() {
        let found = read("1.推进。\n牵头单位：县委编办、县政府办公室\n实施单位：各乡镇，县直各部门");
        assert_eq!(found[0].1, ["县委编办", "县政府办公室"]);
        assert_eq!((found[1].0.as_str(), found[1].1.len()), ("实施单位", 2));
        let found = read("推进登记。（省工商局、省质监局等部门负责）");
        assert_eq!(found[0].1, ["省工商局", "省质监局等部门"]);
        assert!(read("由县政府办负责。").is_empty());
    }
}
