//! Facts from free words (自述读取): “庆阳西峰 食品加工 35人 年营收1200万 高企”.
//!
//! Every fact is read by the names, synonyms, units and choices of the vocabulary, and carries the words it was read from,
//! so that the asker can confirm it. Nothing is guessed: about thirty, thirty to fifty, a number that could belong to
//! two facts, two industries, a doubt (可能, 是不是) are left out.

mod date;
mod lexicon;
mod number;
mod place;
mod sense;
mod token;
mod width;

use std::ops::Range;

use super::facts::Setting;
use crate::policy::programme::{Claimant, FactValue, Holding, Holdings};

use lexicon::Lexicon;
use sense::Reader;

/// A fact read from free words (读出的事实).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFact {
    /// The fact.
    pub fact: String,
    /// Its value.
    pub value: FactValue,
    /// Where the words stand.
    pub range: Range<usize>,
}

impl ReadFact {
    /// The words it was read from.
    #[must_use]
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range.clone()).unwrap_or_default()
    }
}

/// Reads the facts of a claimant from free words, in the order they stand.
#[must_use]
pub fn read_facts(text: &str, who: Claimant, setting: Setting<'_>) -> Vec<ReadFact> {
    let plain = width::Plain::of(text);
    let lexicon = Lexicon::of(&setting.book.vocabulary, who);
    let tokens = token::tokens(&plain.text, &lexicon, setting);
    let mut found = Reader { text: &plain.text, tokens: &tokens, who, setting }.read();
    for read in &mut found {
        read.range = plain.given(&read.range);
    }
    found.sort_by_key(|read| read.range.start);
    without_contradictions(found)
}

/// Whether the words speak of an enterprise or of a person; none when they do not tell.
#[must_use]
pub fn claimant_of(text: &str, setting: Setting<'_>) -> Option<Claimant> {
    let count = |who| read_facts(text, who, setting).len() + signs(text, who);
    let (enterprise, person) = (count(Claimant::Enterprise), count(Claimant::Person));
    match enterprise.cmp(&person) {
        std::cmp::Ordering::Greater => Some(Claimant::Enterprise),
        std::cmp::Ordering::Less => Some(Claimant::Person),
        std::cmp::Ordering::Equal => None,
    }
}

/// Words that speak of one kind of claimant only.
fn signs(text: &str, who: Claimant) -> usize {
    let words: &[&str] = match who {
        Claimant::Enterprise => &["公司", "企业", "厂", "我店", "合作社", "员工", "职工", "营收", "注册"],
        Claimant::Person => &["我妈", "我爸", "老人", "岁", "户口", "孩子", "低保户", "父亲", "母亲", "本人"],
    };
    words.iter().filter(|word| text.contains(**word)).count()
}

/// Joins what was read of one set; drops a fact that was read with two values.
fn without_contradictions(found: Vec<ReadFact>) -> Vec<ReadFact> {
    let mut kept: Vec<ReadFact> = Vec::new();
    let mut dropped: Vec<String> = Vec::new();
    for read in found {
        let Some(at) = kept.iter().position(|other| other.fact == read.fact) else {
            kept.push(read);
            continue;
        };
        let range = kept[at].range.start..read.range.end;
        match (&mut kept[at].value, read.value) {
            (FactValue::Set(known), FactValue::Set(more)) => {
                join(known, more);
                kept[at].range = range;
            }
            (known, value) if *known == value => {}
            _ => dropped.push(read.fact),
        }
    }
    kept.retain(|read| !dropped.contains(&read.fact));
    kept
}

fn join(known: &mut Holdings, more: Holdings) {
    known.held.extend(more.held);
    known.lacking.extend(more.lacking);
    let lacking = &known.lacking;
    known.held.retain(|holding: &Holding| !lacking.contains(&holding.value));
}
