//! A table and the sentence that leads it (表与表前导语): 标准如下： says nothing without its rows, and a row nothing without
//! its head. They are scored as one unit and quoted together.

use std::ops::Range;

use crate::policy::{ClauseKind, PolicyDocument};
use crate::query::AnswerType;

use super::figures::figures_in;
use super::quoting::{Part, cited};
use super::sentence::{Sentence, sentences};
use super::{value, weights};

// A sentence that leads a table: 标准如下：, 按下表执行。
pattern!(LEADS, r"[：:]$|如下|下表|附表|见表|表列|所列");
// The line between lead and table that gives the unit of its cells: （单位：元/月）.
pattern!(UNIT_LINE, r"^[（(]?\s*(?:计量|金额)?单位\s*[:：]");
// Columns of which the bare numbers are money.
pattern!(MONEY_COLUMN, r"金额|补贴|补助|奖励|奖补|津贴|收费|费用|租金|价格|缴费|限额|限价|额度|标准|减免|报酬");
// Columns of which they are not, whatever else the head says.
pattern!(
    OTHER_COLUMN,
    r"比例|年限|期限|数量|面积|人数|次数|序号|编号|电话|年龄|时间|日期|档次|楼层|%|％|年）|月）|岁）|亩）|人）|件）|次）"
);

/// A table of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Its node.
    node: usize,
    /// The sentence that leads it, and a line that gives the unit.
    lead: Option<Range<usize>>,
    /// The line of its head.
    head: Range<usize>,
    range: Range<usize>,
}

/// The tables that a range of a document holds, or whose lead it holds.
pub(super) fn tables_in(document: &PolicyDocument, range: &Range<usize>) -> Vec<Table> {
    let nodes = document.outline().nodes();
    let tables = nodes.iter().enumerate().filter(|(_, node)| node.kind == ClauseKind::Table);
    tables
        .map(|(at, node)| Table {
            node: at,
            lead: lead_of(document, at),
            head: node.start..node.own_end,
            range: node.start..node.end,
        })
        .filter(|table| table.whole().start < range.end && range.start < table.range.end)
        .collect()
}

/// The sentence right before a table that leads it.
fn lead_of(document: &PolicyDocument, at: usize) -> Option<Range<usize>> {
    let nodes = document.outline().nodes();
    let table = nodes.get(at)?;
    let line_before = |end: usize| {
        let before = document.text().get(..end)?.trim_end();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        (start < before.len()).then_some(start..before.len())
    };
    let mut line = line_before(table.start)?;
    if UNIT_LINE.is_match(&document.text()[line.clone()]) {
        line = line_before(line.start)?;
    }
    let last = sentences(document, &line).pop()?;
    let words = document.text().get(last.range.clone())?;
    let before = nodes.get(last.node)?;
    let beside = before.parent == table.parent || document.outline().lineage(at).contains(&last.node);
    let other = matches!(before.kind, ClauseKind::Row | ClauseKind::Table | ClauseKind::Letterhead);
    (beside && !other && LEADS.is_match(words)).then_some(last.range)
}

impl Table {
    /// Whether a sentence is one of its rows.
    pub(super) fn has_row(&self, document: &PolicyDocument, sentence: &Sentence) -> bool {
        let node = document.outline().nodes().get(sentence.node);
        node.is_some_and(|node| node.kind == ClauseKind::Row && node.parent == u32::try_from(self.node).ok())
    }

    /// Whether a sentence leads it.
    pub(super) fn is_led_by(&self, sentence: &Sentence) -> bool {
        self.lead.as_ref() == Some(&sentence.range)
    }

    /// From its lead to its end.
    fn whole(&self) -> Range<usize> {
        self.lead.as_ref().map_or(self.range.start, |lead| lead.start)..self.range.end
    }

    /// What every row is read under: the lead and the head.
    pub(super) fn opening<'d>(&self, document: &'d PolicyDocument) -> &'d str {
        document.text().get(self.whole().start..self.head.end).unwrap_or_default()
    }

    /// Whether its cells hold a value of the kind asked for: those of one row, or of any.
    pub(super) fn holds(&self, document: &PolicyDocument, row: Option<&Sentence>, kind: AnswerType) -> bool {
        let opening = self.opening(document);
        let cells = row.map_or(self.head.end..self.range.end, |row| row.range.clone());
        holds(opening, document.text().get(cells).unwrap_or_default(), kind)
    }

    /// The pieces to quote: lead and table whole when they are small; else the lead with the head, and the rows chosen.
    pub(super) fn parts(&self, document: &PolicyDocument, chosen: &[&Sentence]) -> Vec<Part> {
        let whole = self.whole();
        if whole.end - whole.start <= weights::SMALL_TABLE_BYTES {
            return cited(document, whole);
        }
        let mut rows: Vec<Range<usize>> =
            chosen.iter().filter(|row| self.has_row(document, row)).map(|row| row.range.clone()).collect();
        rows.sort_by_key(|row| row.start);
        if rows.is_empty() {
            let ends = document.outline().children(Some(self.node)).map(|row| document.outline().nodes()[row].end);
            let end = ends.take_while(|end| end - whole.start <= weights::LIST_BYTES).last();
            return cited(document, whole.start..end.unwrap_or(self.head.end));
        }
        // Rows that follow the head, or one another, are one piece.
        let mut pieces: Vec<Range<usize>> = std::iter::once(whole.start..self.head.end).collect();
        for row in rows {
            match pieces.last_mut() {
                Some(last) if document.text().get(last.end..row.start).is_some_and(|gap| gap.trim().is_empty()) => {
                    last.end = row.end;
                }
                _ => pieces.push(row),
            }
        }
        pieces.into_iter().flat_map(|piece| cited(document, piece)).collect()
    }
}

/// Whether the cells of rows, read under the opening of their table, hold a value of a kind.
pub(super) fn holds(opening: &str, rows: &str, kind: AnswerType) -> bool {
    let text = format!("{opening}\n{rows}");
    let from = opening.len();
    if figures_in(&text).iter().any(|figure| figure.range.start >= from && value::is_of(figure, kind)) {
        return true;
    }
    if kind != AnswerType::Amount {
        return value::is_wordy(kind) && value::holds(kind, rows);
    }
    let columns: Vec<&str> = opening
        .lines()
        .find(|line| line.trim_start().starts_with('|'))
        .map_or(Vec::new(), |head| head.split('|').collect());
    rows.lines().any(|row| {
        row.split('|')
            .zip(&columns)
            .any(|(cell, head)| is_number(cell) && MONEY_COLUMN.is_match(head) && !OTHER_COLUMN.is_match(head))
    })
}

/// Whether a cell is a number, or two of them: 600, 0.6, 300—500.
fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    cell.contains(|c: char| c.is_ascii_digit())
        && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '—' | '–' | '~' | '～' | ' '))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::outline;
    use crate::policy::{DocumentId, DocumentKind, Metadata};

    use super::*;

    fn document(text: &str) -> PolicyDocument {
        let text: Arc<str> = text.into();
        let meta = Metadata::new(DocumentId::parse("shili").unwrap(), "示例办法", DocumentKind::Normative);
        PolicyDocument::new(meta, text.clone(), outline::outline(&text)).unwrap()
    }

    const TEXT: &str = "第一条　对种植大户给予补贴，标准如下：\n\n| 规模（亩） | 补贴 |\n|---|---|\n| 50—100 | 每亩60元 |\n| 100以上 | 每亩80元 |\n\n第二条　补贴一年发放一次。\n";

    #[test]
    fn a_table_has_its_lead_and_is_quoted_with_it() {
        let document = document(TEXT);
        let tables = tables_in(&document, &(0..TEXT.len()));
        let [table] = tables.as_slice() else { panic!("{tables:?}") };
        let rows: Vec<Sentence> = sentences(&document, &(0..TEXT.len()))
            .into_iter()
            .filter(|sentence| table.has_row(&document, sentence))
            .collect();
        assert_eq!(rows.len(), 2);
        assert!(table.holds(&document, Some(&rows[0]), AnswerType::Amount));
        let quoted: Vec<&str> =
            table.parts(&document, &[&rows[1]]).into_iter().map(|(_, range)| &TEXT[range]).collect();
        assert_eq!(quoted.len(), 1);
        assert!(quoted[0].starts_with("第一条　对种植大户") && quoted[0].trim_end().ends_with("每亩80元 |"));
    }

    #[test]
    fn areas_years_and_ages_are_no_money() {
        let head = "| 面积（亩） | 使用年限 | 数量 |";
        assert!(!holds(head, "| 50 | 8年 | 3 |", AnswerType::Amount));
        assert!(holds("| 档次 | 补贴 |", "| 三档 | 75 |", AnswerType::Amount));
        assert!(holds("（单位：元/月）\n| 房型 | 三环内 |", "| 一居 | 12 |", AnswerType::Amount));
        assert!(!holds("| 楼层 | 年龄 |", "| 六层 | 80周岁 |", AnswerType::Amount));
    }
}
