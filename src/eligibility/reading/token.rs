//! Free words in pieces (切分): words of the vocabulary, numbers, days, places, the longest first.

use std::ops::Range;

use super::super::facts::Setting;
use super::date::days_at;
use super::lexicon::{Lexicon, Meaning};
use super::number::{Number, number_at};
use super::place::places;
use crate::policy::RegionCode;
use crate::policy::programme::Days;

/// A piece of the words.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) range: Range<usize>,
    pub(super) kind: TokenKind<'a>,
}

#[derive(Debug, Clone)]
pub(super) enum TokenKind<'a> {
    Word(Vec<Meaning<'a>>),
    Number(Number<'a>),
    Days(Days),
    Place(RegionCode),
}

/// The pieces that mean something, in order, none over another.
pub(super) fn tokens<'a>(text: &'a str, lexicon: &Lexicon<'a>, setting: Setting<'_>) -> Vec<Token<'a>> {
    let mut places = places(text, setting).into_iter().peekable();
    let mut tokens: Vec<Token<'a>> = Vec::new();
    let mut from = 0;
    for (at, _) in text.char_indices() {
        if at < from {
            continue;
        }
        let place = loop {
            match places.peek() {
                Some((range, _)) if range.start < at => places.next(),
                Some((range, _)) if range.start == at => break places.next(),
                _ => break None,
            };
        };
        let word = word_at(text, at, lexicon);
        let place = place.filter(|(range, _)| word.as_ref().is_none_or(|(length, _)| *length <= range.len()));
        let token = match place {
            Some((range, code)) => Some(Token { range, kind: TokenKind::Place(code) }),
            None => longest(text, at, word, setting),
        };
        if let Some(token) = token {
            from = token.range.end;
            tokens.push(token);
        }
    }
    tokens
}

/// The longest of the word, the day and the number that begin here.
fn longest<'a>(
    text: &'a str,
    at: usize,
    word: Option<(usize, Vec<Meaning<'a>>)>,
    setting: Setting<'_>,
) -> Option<Token<'a>> {
    let digit_before = text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let days = days_at(text, at, setting.as_of).map(|(length, days)| (length, TokenKind::Days(days)));
    let number = number_at(text, at).filter(|_| !digit_before);
    let number = number.map(|(length, number)| (length, TokenKind::Number(number)));
    let word = word.map(|(length, meanings)| (length, TokenKind::Word(meanings)));
    let (length, kind) = [number, days, word].into_iter().flatten().max_by_key(|(length, _)| *length)?;
    Some(Token { range: at..at + length, kind })
}

fn word_at<'a>(text: &str, at: usize, lexicon: &Lexicon<'a>) -> Option<(usize, Vec<Meaning<'a>>)> {
    let ends: Vec<usize> = text[at..].char_indices().map(|(end, c)| end + c.len_utf8()).take(lexicon.longest).collect();
    ends.into_iter().rev().find_map(|end| lexicon.get(&text[at..at + end]).map(|found| (end, found.to_vec())))
}
