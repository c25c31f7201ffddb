//! Typed values of a text (值): amounts, rates, periods, dates, ages and counts, each with its unit, its scope and the
//! bytes it stands in.

mod date;
mod grammar;
mod scope;
mod unit;

use std::ops::Range;

use super::Quoted;

pub(super) use date::Day;
pub(super) use grammar::figures_in;

/// What kind of value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// 金额, in yuan.
    Amount,
    /// 比例, in percent, or as the unit says.
    Rate,
    /// 上限: an amount or a share that is not exceeded.
    Ceiling,
    /// 时长.
    Period,
    /// 日期.
    Date,
    /// 年龄.
    Age,
    /// 数量.
    Count,
}

impl FigureKind {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Rate => "rate",
            Self::Ceiling => "ceiling",
            Self::Period => "period",
            Self::Date => "date",
            Self::Age => "age",
            Self::Count => "count",
        }
    }
}

/// A number or a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// In the figure's unit.
    Number(f64),
    /// A day, a month or a year, as far as it is given.
    Day(Day),
}

/// A value as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its kind.
    pub kind: FigureKind,
    /// Its value.
    pub measure: Measure,
    /// The unit: 元, %, 月, 工作日, 周岁, 人; for a date the smallest part given.
    pub unit: &'static str,
    /// The words around it that say of whom, how often and up to where it holds: 每人每月, 最高, 止.
    pub scope: Vec<String>,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

/// A value of a quote.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotedFigure {
    /// Index of the quote.
    pub quote: usize,
    /// The value; its range is in the canonical text of the quote's document.
    pub figure: Figure,
    /// Its own words.
    pub text: String,
}

/// Figures shown of an answer: a long table has more than anybody reads beside it.
const MOST_FIGURES: usize = 60;

/// The values of these quotes, in their order.
pub(super) fn of(quotes: &[Quoted]) -> Vec<QuotedFigure> {
    let mut all = Vec::new();
    for (quote, quoted) in quotes.iter().enumerate() {
        let words = quoted.citation.quote();
        let start = quoted.citation.range().start;
        all.extend(figures_in(words).into_iter().filter_map(|mut figure| {
            let text = words.get(figure.range.clone())?.to_owned();
            figure.range = start + figure.range.start..start + figure.range.end;
            // The bytes are the document's own, or it is not shown.
            let stands = quoted.document.text().get(figure.range.clone()) == Some(text.as_str());
            stands.then_some(QuotedFigure { quote, figure, text })
        }));
    }
    all.truncate(MOST_FIGURES);
    all
}
