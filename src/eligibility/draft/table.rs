//! Tables of amounts (奖补标准表): a row names whom it is for, its other cells what is given.

use std::ops::Range;

use super::benefit::{Benefit, Measure};
use super::grant::{Given, Grant};
use super::quantity::{Kind, Quantity, quantities};
use super::sentence::Sentence;

pattern!(ABOUT_AMOUNTS, r"奖励|奖补|补助|补贴|资助|津贴|标准|金额");
/// A cell with more characters than this explains; it does not state an amount.
const LONGEST_CELL: usize = 16;

/// The grant of a row, when the table is about amounts and the row states any.
pub(super) fn row(sentences: &[Sentence<'_>], at: usize) -> Option<Grant> {
    let sentence = &sentences[at];
    let before = sentences[..at].iter().rev().find(|one| !one.row)?;
    let cells = cells(sentence.text);
    let (whom, rest) = cells.split_first()?;
    if !ABOUT_AMOUNTS.is_match(before.text) || rest.is_empty() {
        return None;
    }
    let given: Vec<Given> = rest
        .iter()
        .filter_map(|cell| amount(sentence.text, cell))
        .map(|benefit| Given {
            benefit: Benefit { whom: whom.clone(), ..benefit },
            sentence: at,
            when: None,
            capped_by: None,
        })
        .collect();
    (!given.is_empty()).then(|| Grant { node: sentence.node, sentence: at, whom: sentence.at(whom), given })
}

/// The amount a cell states, when it states nothing else.
fn amount(text: &str, cell: &Range<usize>) -> Option<Benefit> {
    let words = &text[cell.clone()];
    let found: Vec<Quantity> = quantities(words);
    let [one] = &found[..] else { return None };
    let states = one.kind == Kind::Money && words.chars().count() <= LONGEST_CELL;
    let at_most = words.contains("最高") || words.contains("不超过");
    states.then(|| Benefit {
        measure: if at_most { Measure::UpTo } else { Measure::Amount },
        value: one.value,
        from: one.from,
        base: None,
        ceiling: None,
        at_most: false,
        per: None,
        whom: 0..0,
        at: cell.start + one.range.start..cell.start + one.range.end,
        member: None,
    })
}

/// The cells of a row, without white space around them.
fn cells(text: &str) -> Vec<Range<usize>> {
    let (mut cells, mut begin) = (Vec::new(), 0);
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '|' | '\t')) {
        cells.push(begin..at);
        begin = at + c.len_utf8();
    }
    cells.push(begin..text.len());
    let trimmed = cells.into_iter().map(|cell| {
        let body = text[cell.clone()].trim_start();
        let start = cell.end - body.len();
        start..start + body.trim_end().len()
    });
    trimmed.filter(|cell| !cell.is_empty()).collect()
}
