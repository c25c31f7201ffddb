//! Numbering marks (序号): 第十二条, 一、, （一）, 1., （1）, ①, 1.1 at the front of a text.

mod read;

pub(super) use read::read;

/// The look of a numbering mark; each is a level of its own wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// 第一编, 第一部分.
    Part,
    /// 第一分编.
    Subpart,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条.
    Article,
    /// 一、
    Comma,
    /// （一）
    Paren,
    /// 1. and 1、
    Arabic,
    /// （1）
    ArabicParen,
    /// 1）
    HalfParen,
    /// ①
    Circled,
    /// 1.1
    Decimal2,
    /// 1.1.1
    Decimal3,
    /// 1.1.1.1
    Decimal4,
}

impl Style {
    /// How many styles there are, for tables indexed by style.
    pub(super) const COUNT: usize = 14;

    /// Whether it is one of 编, 章, 节, 条.
    pub(super) fn is_ordinal(self) -> bool {
        (self as usize) <= Self::Article as usize
    }

    /// Whether it is 1.1 and the like.
    pub(super) fn is_decimal(self) -> bool {
        (self as usize) >= Self::Decimal2 as usize
    }
}

/// A numbering mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    /// Its look.
    pub(super) style: Style,
    /// Its number; of 1.2.3 the last.
    pub(super) number: u32,
    /// 之一 of 第十二条之一, else 0.
    pub(super) sub: u32,
    /// The numbers before the last of 1.2.3, else zeros.
    pub(super) above: [u8; 3],
    /// Its length in bytes, its separator included.
    pub(super) length: usize,
    /// Whether the text ends or white space follows.
    pub(super) spaced: bool,
    /// Whether an ordinal counts 部分.
    pub(super) portion: bool,
}

impl Marker {
    fn new(style: Style, number: u32, text: &str, length: usize) -> Self {
        let spaced = text[length..].chars().next().is_none_or(char::is_whitespace);
        Self { style, number, sub: 0, above: [0; 3], length, spaced, portion: false }
    }

    /// Whether it is the first of its kind: 第一条, （一）, 1.1.
    pub(super) fn is_first(&self) -> bool {
        self.number == 1 && self.sub == 0
    }

    /// Whether it comes directly after another of its style.
    pub(super) fn follows(&self, last: &Self) -> bool {
        self.above == last.above
            && ((self.number == last.number.saturating_add(1) && self.sub == 0)
                || (self.number == last.number && self.sub == last.sub.saturating_add(1)))
    }

    /// Whether number and subnumber are greater than those of another.
    pub(super) fn exceeds(&self, last: &Self) -> bool {
        (self.above, self.number, self.sub) > (last.above, last.number, last.sub)
    }
}
