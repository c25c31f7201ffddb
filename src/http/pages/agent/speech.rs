//! A quote as one can say it (口语化): its own words, cut after whole sentences, a table row by row, of a list the items
//! that fit the caller.

use std::collections::HashSet;

/// Where a text may be cut: after a whole sentence or item, never within one.
const ENDS: [char; 4] = ['。', '；', '！', '？'];
/// Beginnings of a sentence that takes back or narrows the one before: the two are not parted.
const NARROWS: [&str; 12] = ["但", "除", "其中", "不", "超过", "未", "逾期", "上述", "前款", "另", "同时", "上列"];

/// What is known of the caller that tells items of a list apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller<'a> {
    pub(super) question: &'a str,
    pub(super) age: Option<u32>,
}

/// A quote in parts that can be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speech {
    /// Whole sentences, items or rows.
    pub(super) parts: Vec<String>,
    /// Whether the parts stand side by side: then none of them may be left out for want of room.
    pub(super) list: bool,
    /// Whether they are rows of a table.
    table: bool,
    /// Whether parts that do not fit the caller were left out.
    pub(super) picked: bool,
}

impl Speech {
    /// The words of a quote of a clause with this label.
    pub(super) fn of(quote: &str, label: &str, caller: Caller<'_>) -> Self {
        let bare = without_label(quote.trim(), label);
        let rows = table(bare);
        let (parts, table) =
            if rows.len() > 1 { (rows, true) } else { (sentences(&bare.replace(['\n', '\r'], "")), false) };
        let items = parts.iter().filter(|part| part.starts_with('（')).count();
        let fitting = fitting(&parts, caller, table);
        Self { list: table || items > 1, table, picked: fitting.len() < parts.len(), parts: fitting }
    }

    /// All of it.
    pub(super) fn whole(&self) -> String {
        self.parts.concat()
    }

    /// The words before the items of a list, and how many items there are; none where it is no list of them.
    pub(super) fn cases(&self) -> Option<(String, usize)> {
        let first = self.parts.iter().position(|part| self.table || part.starts_with('（'))?;
        let lead = self.parts[..first].concat();
        let items = self.parts[first..].iter().filter(|part| self.table || part.starts_with('（')).count();
        (items > 1 && (lead.is_empty() || lead.ends_with('：'))).then_some((lead, items))
    }

    /// As many parts as there is room for, and whether any was left out; the first one always when it `must` say
    /// something.
    pub(super) fn within(&self, room: usize, must: bool) -> (String, bool) {
        let mut said = String::new();
        for part in &self.parts {
            let fits = said.chars().count() + part.chars().count() <= room;
            if !(fits || must && said.is_empty()) {
                return (said, true);
            }
            said.push_str(part);
        }
        (said, false)
    }
}

/// A text without the number of its own clause at the beginning: it was said before.
fn without_label<'t>(text: &'t str, label: &str) -> &'t str {
    let step = label.rfind('（').map_or(label, |at| &label[at..]);
    let rest = text.strip_prefix(label).or_else(|| text.strip_prefix(step)).unwrap_or(text);
    let numbered = label.chars().any(char::is_numeric) || label.ends_with(['条', '款', '项', '）']);
    if numbered && !rest.trim().is_empty() { rest.trim_start_matches(['\u{3000}', ' ', '、', '.']) } else { text }
}

/// The rows of a table as sentences: the first cell, then each other under its heading.
fn table(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_row = |line: &&str| line.len() > 1 && line.starts_with('|') && line.ends_with('|');
    if !lines.iter().any(is_row) {
        return Vec::new();
    }
    let rule = |line: &str| line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let cells =
        |line: &str| -> Vec<String> { line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect() };
    let mut heading: Vec<String> = Vec::new();
    let mut parts = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !is_row(line) {
            parts.extend(sentences(line));
        } else if lines.get(at + 1).is_some_and(|next| rule(next)) {
            heading = cells(line);
        } else if !rule(line) {
            parts.push(row(&cells(line), &heading));
        }
    }
    parts
}

fn row(cells: &[String], heading: &[String]) -> String {
    let under = |(at, cell): (usize, &String)| match heading.get(at).filter(|_| at > 0) {
        Some(heading) => format!("{heading}{cell}"),
        None => cell.clone(),
    };
    let said: Vec<String> = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(under).collect();
    format!("{}；", said.join("，"))
}

/// The whole sentences and items of a text, a sentence that narrows the one before with it.
fn sentences(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let next = &rest[c.len_utf8()..];
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
        let item = c == '：' && next.trim_start().starts_with('（');
        let narrowed = NARROWS.iter().any(|word| next.trim_start().starts_with(word));
        if (ENDS.contains(&c) || item) && !narrowed {
            parts.push(String::new());
        }
        rest = next;
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The parts that fit the caller: of ages those that hold his, of rows those that his words name; all where nothing
/// tells them apart.
fn fitting(parts: &[String], caller: Caller<'_>, table: bool) -> Vec<String> {
    let fits_age = |part: &String| match (caller.age, ages(part)) {
        (Some(age), Some((from, to))) => Some((from..=to).contains(&age)),
        _ => None,
    };
    if parts.iter().any(|part| fits_age(part) == Some(true)) {
        return parts.iter().filter(|part| fits_age(part) != Some(false)).cloned().collect();
    }
    if table {
        return named(parts, caller.question);
    }
    parts.to_vec()
}

/// The ages of an item: 80周岁至89周岁, 85—89周岁, 100周岁及以上.
fn ages(part: &str) -> Option<(u32, u32)> {
    let (before, after) = part.split_once("周岁")?;
    let last = trailing_number(before)?;
    let lower = before.trim_end_matches(|c: char| c.is_ascii_digit());
    if let Some(from) = lower.strip_suffix(['—', '-', '至', '～']).and_then(trailing_number) {
        return Some((from, last));
    }
    if after.starts_with("以上") || after.starts_with("及以上") {
        return Some((last, u32::MAX));
    }
    let upper: String = after.strip_prefix('至')?.chars().take_while(char::is_ascii_digit).collect();
    Some((last, upper.parse().ok()?))
}

fn trailing_number(text: &str) -> Option<u32> {
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    text[text.len() - digits..].parse().ok()
}

/// The rows whose first cell has the most of the question's own words, where that tells rows apart; 一 (那一批) tells
/// nothing.
fn named(rows: &[String], question: &str) -> Vec<String> {
    let first = |row: &String| row.split('，').next().unwrap_or_default().to_owned();
    let pairs = |text: &str| -> HashSet<String> {
        let chars: Vec<char> = text.chars().collect();
        let words = chars.windows(2).filter(|pair| pair.iter().all(|c| c.is_alphabetic() && *c != '一'));
        words.map(|pair| pair.iter().collect()).collect()
    };
    let asked = pairs(question);
    let held: Vec<HashSet<String>> =
        rows.iter().map(|row| pairs(&first(row)).intersection(&asked).cloned().collect()).collect();
    let told = |own: &HashSet<String>| own.iter().filter(|word| !held.iter().all(|all| all.contains(*word))).count();
    let most = held.iter().map(told).max().unwrap_or(0);
    let chosen = rows.iter().zip(&held).filter(|(_, own)| most == 0 || told(own) == most);
    chosen.map(|(row, _)| row.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: Caller<'_> = Caller { question: "", age: None };

    #[test]
    fn texts_are_cut_only_after_whole_sentences_and_never_before_what_narrows_them() {
        let speech =
            Speech::of("第三条　每人每月100元。但已领护理补贴的除外。每月25日前发放；遇节假日顺延。", "第三条", NOBODY);
        assert_eq!(speech.within(12, true), ("每人每月100元。但已领护理补贴的除外。".to_owned(), true));
        assert_eq!(speech.within(12, false), (String::new(), true));
        assert!(!speech.within(99, false).1 && !speech.list && speech.whole().ends_with("顺延。"));
    }

    #[test]
    fn of_a_list_the_items_that_fit_are_said() {
        let text = "第四条　标准如下：\n\n（一）80周岁至89周岁的，每人每月100元；\n\n（二）90周岁至99周岁的，每人每月200元；\n\n（三）100周岁及以上的，每人每月600元。";
        let said = |age| Speech::of(text, "第四条", Caller { question: "", age });
        assert_eq!(said(Some(93)).whole(), "标准如下：（二）90周岁至99周岁的，每人每月200元；");
        assert!(said(Some(93)).picked && said(None).parts.len() == 4 && said(None).list);
        assert_eq!(said(None).cases(), Some(("标准如下：".to_owned(), 3)));
        // Nobody of 70 gets anything: nothing is left out.
        assert!(!said(Some(70)).picked);
    }

    #[test]
    fn rows_are_said_under_their_headings() {
        let text = "| 批次 | 名单公示 | 到账时间 |\n|---|---|---|\n| 第一批 | 5月15日前 | 6月30日前 |\n| 第三批（补漏） | 11月10日前 | 12月15日前 |";
        let speech = Speech::of(text, "表1", Caller { question: "补漏那一批哪天到账", age: None });
        assert_eq!(speech.whole(), "第三批（补漏），名单公示11月10日前，到账时间12月15日前；");
        assert_eq!(Speech::of(text, "表1", NOBODY).parts.len(), 2);
        let ages = "| 年龄段 | 标准（元） |\n|---|---|\n| 80—84周岁 | 110 |\n| 85—89周岁 | 150 |";
        let speech = Speech::of(ages, "二", Caller { question: "", age: Some(85) });
        assert_eq!(speech.whole(), "85—89周岁，标准（元）150；");
    }
}
