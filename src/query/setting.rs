//! The setting (场合) in which a question is asked: after which other one, and with what taken back of its understanding.
//!
//! What was inherited is told, so that the asker can take it back.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::policy::RegionCode;

use super::{AnswerType, Enquiry, InformationNeed, RegionFrom, matter};

/// Characters of an earlier matter that are carried on: with the new question they stay within the longest one read.
const CARRIED_CHARS: usize = 120;
/// Documents carried on: those that an answer rests on first.
const CARRIED_DOCUMENTS: usize = 2;
/// What is left of a question at the end of its subject: 申请老年优待证需要, 低保标准是.
const TRAILING: [char; 8] = ['需', '要', '是', '的', '了', '有', '在', '到'];

/// What the question before left behind (上文).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Context {
    /// What it was about, in its own words.
    pub matter: String,
    /// Its region.
    pub region: Option<RegionCode>,
    /// The day it named.
    pub as_of: Option<Date>,
    /// Titles of the documents its answer cites.
    pub documents: Vec<String>,
    /// The label of the clause its answer rests on.
    pub clause: Option<String>,
    /// The kinds of answer it wanted.
    pub answer_types: Vec<AnswerType>,
}

/// A part of an understanding that can be inherited, and taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// 事项.
    Matter,
    /// 地区.
    Region,
    /// 日期.
    AsOf,
    /// 文件.
    Documents,
    /// 条款.
    Clause,
    /// 想知道什么.
    AnswerType,
    /// 情况: the facts of who asks; taken back, never inherited by themselves.
    Facts,
}

impl Aspect {
    /// Every part.
    pub const ALL: [Self; 7] =
        [Self::Matter, Self::Region, Self::AsOf, Self::Documents, Self::Clause, Self::AnswerType, Self::Facts];

    /// The name used in JSON and in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Matter => "matter",
            Self::Region => "region",
            Self::AsOf => "as_of",
            Self::Documents => "documents",
            Self::Clause => "clause",
            Self::AnswerType => "answer_type",
            Self::Facts => "facts",
        }
    }
}

/// What the asker took back of an understanding (更正).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Without {
    /// Parts that are neither read out of the question nor inherited.
    pub aspects: BTreeSet<Aspect>,
    /// Words that are not taken for another: from, to.
    pub expansions: BTreeSet<(String, String)>,
}

/// In what a question is asked: after which, and with what taken back (场合).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Setting {
    /// The question before.
    pub context: Option<Arc<Context>>,
    /// What the asker took back.
    pub without: Without,
    /// Whether the day was left open, so that the one before may hold.
    pub day_open: bool,
}

/// Most corrections read of an address.
const MOST_CORRECTIONS: usize = 24;

impl Setting {
    /// The same setting without the documents of the question before.
    #[must_use]
    pub fn released(&self) -> Self {
        let mut released = self.clone();
        released.without.aspects.insert(Aspect::Documents);
        released
    }
}

impl Without {
    /// Reads corrections as an address carries them: `region,matter,低保>最低生活保障`. Unknown ones do nothing.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut without = Self::default();
        for item in text.split(',').map(str::trim).take(MOST_CORRECTIONS) {
            if let Some((from, to)) = item.split_once('>') {
                without.expansions.insert((from.to_owned(), to.to_owned()));
            } else if let Some(known) = Aspect::ALL.into_iter().find(|one| one.name() == item) {
                without.aspects.insert(known);
            }
        }
        without
    }

    /// Takes back of a need what the asker did.
    pub(super) fn apply(&self, need: &mut InformationNeed, enquiry: &Enquiry) {
        let gone = |part| self.aspects.contains(&part);
        need.expansions.retain(|one| !self.expansions.contains(&(one.from.clone(), one.to.clone())));
        if gone(Aspect::Region) && need.region.as_ref().is_some_and(|asked| asked.from == RegionFrom::Question) {
            need.region = None;
        }
        if gone(Aspect::Region) {
            need.regions_beside.clear();
        }
        if gone(Aspect::AsOf) && need.as_of_asked {
            need.as_of = enquiry.as_of;
            need.as_of_asked = false;
        }
        if gone(Aspect::Facts) {
            need.facts.clear();
        }
        if gone(Aspect::AnswerType) {
            need.answer_types.clear();
        }
        if gone(Aspect::Clause) {
            need.clause = None;
        }
        if gone(Aspect::Documents) {
            need.titles.clear();
            need.documents.clear();
            need.numbers.clear();
        }
    }
}

impl Context {
    /// What a need, and the titles and the clause that its answer rests on, leave behind.
    #[must_use]
    pub fn of(need: &InformationNeed, documents: Vec<String>, clause: Option<String>, day: Option<Date>) -> Self {
        let carried = need.inherited.iter().find(|(what, _)| *what == Aspect::Matter).map(|(_, words)| words.clone());
        let mut matter = carried.unwrap_or_default();
        let own = need.subject.iter().map(|part| part.text.trim_end_matches(TRAILING));
        for words in own.filter(|text| matter::is_named(text)) {
            if !matter.contains(words) {
                matter = format!("{matter} {words}").trim_start().to_owned();
            }
        }
        // The latest words are the nearest.
        if let Some(excess) = matter.chars().count().checked_sub(CARRIED_CHARS) {
            matter = matter.chars().skip(excess).collect();
        }
        let mut seen = BTreeSet::new();
        let documents = documents.into_iter().filter(|title| seen.insert(title.clone())).take(CARRIED_DOCUMENTS);
        Self {
            matter,
            region: need.region.as_ref().map(|asked| asked.code.clone()),
            as_of: day,
            documents: documents.collect(),
            clause,
            answer_types: need.answer_types.clone(),
        }
    }
}
