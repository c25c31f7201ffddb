//! What is being asked? Region, date, document, clause, kind of answer, subject, everyday words → official terms.
//!
//! What happens to a question here is *understanding*; "interpretation" always means 政策解读.

mod answer_form;
mod answer_type;
mod calendar_words;
mod document;
mod fact;
mod fact_words;
mod follow_up;
mod function;
mod guard;
mod matter;
mod part;
mod privacy;
mod question_words;
mod reckoning;
mod reference;
mod region;
mod setting;
mod spelling;
mod subject;
mod time;
mod titles;
mod vocabulary;

use std::collections::HashSet;

use jiff::civil::Date;

use crate::analysis::{Analyzer, Learnt, Lexicon, normalise};
use crate::policy::{Audience, Directory, EmergencyReply, Gazetteer, Level, NumberMention, RegionCode};

pub use answer_type::AnswerType;
pub use calendar_words::Period;
pub use document::NamedDocument;
pub use fact::{Fact, FactKind};
pub use function::{Function, kind_named};
pub use guard::Refusal;
pub use part::Part;
pub use privacy::mask_personal_numbers;
pub use reckoning::{Due, ReckonUnit, Reckoning};
pub use setting::{Aspect, Context, Setting, Without};
pub use subject::{Expansion, SubjectPart};
pub use time::{AskedTime, TimeRole};
pub use vocabulary::{KnownTitle, Vocabulary, is_called_by_measures};

/// Longest question that is read, in characters after normalisation (`safety.md`: GOV.UK Chat allows 300).
pub const MAX_QUESTION_CHARS: usize = 300;

/// What someone asks (提问).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Enquiry {
    /// The question as typed.
    pub question: String,
    /// The region chosen beside the question.
    pub region: Option<RegionCode>,
    /// The day for which the answer shall hold.
    pub as_of: Date,
    /// Who asks.
    pub audience: Option<Audience>,
}

/// What the library knows that helps to understand a question.
#[derive(Clone, Copy)]
pub struct Background<'a> {
    /// Cuts text into words.
    pub analyzer: &'a Analyzer,
    /// Place names.
    pub gazetteer: &'a Gazetteer,
    /// Everyday words and official terms.
    pub lexicon: &'a Lexicon,
    /// What the library's own pairs of plain words and clauses taught.
    pub learnt: &'a Learnt,
    /// Departments and emergency replies.
    pub directory: &'a Directory,
    /// The regions that have documents: a short name such as 东乡 counts only when it is one of them.
    pub regions: &'a HashSet<RegionCode>,
    /// The words and titles of the library, prepared.
    pub vocabulary: &'a Vocabulary,
    /// Whether a word of two characters, or of letters, stands anywhere in the library.
    pub stands: &'a dyn Fn(&str) -> bool,
}

/// Where a region was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionFrom {
    /// The question names it.
    Question,
    /// It was chosen beside the question.
    Request,
    /// The question before named it.
    Session,
    /// The question says 我们市 or 省里: the place of that level above the one chosen beside it.
    Context,
}

impl RegionFrom {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Request => "request",
            Self::Session => "session",
            Self::Context => "context",
        }
    }
}

/// The region asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedRegion {
    /// Its code.
    pub code: RegionCode,
    /// Its name.
    pub name: String,
    /// Where it was taken from.
    pub from: RegionFrom,
}

/// What is being asked (信息需求).
#[derive(Debug, Clone, PartialEq)]
pub struct InformationNeed {
    /// The question, trimmed, personal numbers masked.
    pub question: String,
    /// The day for which the answer shall hold: that of the enquiry, or a day in the past that the question asks about.
    pub as_of: Date,
    /// Whether that day is the question's own.
    pub as_of_asked: bool,
    /// Times named, each with what it is for.
    pub times: Vec<AskedTime>,
    /// A day to be counted to.
    pub reckoning: Option<Reckoning>,
    /// The region asked about.
    pub region: Option<AskedRegion>,
    /// Other places that the question names beside it: each is asked about by itself.
    pub regions_beside: Vec<AskedRegion>,
    /// The level of a place that is meant but not said: 我们县, with no county chosen.
    pub region_needed: Option<Level>,
    /// Document numbers named.
    pub numbers: Vec<NumberMention>,
    /// Titles named, in 《》 or by what people call them; as the library has them where it does.
    pub titles: Vec<String>,
    /// What was said for those titles that are not named in full.
    pub documents: Vec<NamedDocument>,
    /// A label of a clause named: 第十二条第二款, 三（二）.
    pub clause: Option<String>,
    /// Words quoted in “”.
    pub quotations: Vec<String>,
    /// A year named that may be a document's.
    pub year: Option<i16>,
    /// The kinds of answer wanted, the leading one first.
    pub answer_types: Vec<AnswerType>,
    /// The parts of a question that asks several things, each with its own kinds of answer; none when it asks one.
    pub parts: Vec<Part>,
    /// What is asked for by being left out: 哪几个号不并进来.
    pub negation: Option<String>,
    /// Who asks, for whom, as far as the question says.
    pub facts: Vec<Fact>,
    /// Whom it concerns: as given with the enquiry, else as the facts tell.
    pub audience: Option<Audience>,
    /// What the question is about: its text without region, references and question words.
    pub subject: Vec<SubjectPart>,
    /// Everyday words taken for official terms, and slips of the keyboard taken for what was meant.
    pub expansions: Vec<Expansion>,
    /// The question as it was meant: folded, pinyin and slips replaced.
    pub meant: String,
    /// Why it must not be answered from the library.
    pub refusal: Option<Refusal>,
    /// What must be said first.
    pub emergency: Option<EmergencyReply>,
    /// The part of a refused or alarming question that can be answered after all.
    pub rest: Option<String>,
    /// The function asked for as if it were a question.
    pub function: Option<Function>,
    /// Whether it names no matter: then that is the fact that decides.
    pub lacks_matter: bool,
    /// What was taken from the question before, with its words.
    pub inherited: Vec<(Aspect, String)>,
}

impl InformationNeed {
    /// The leading kind of answer wanted.
    #[must_use]
    pub fn answer_type(&self) -> AnswerType {
        self.answer_types.first().copied().unwrap_or(AnswerType::Open)
    }

    /// The subject as one text, parts separated by spaces.
    #[must_use]
    pub fn subject_text(&self) -> String {
        let parts: Vec<&str> = self.subject.iter().map(|part| part.text.as_str()).collect();
        parts.join(" ")
    }

    /// Whether the question says nothing that could be looked up: figures and signs alone are no matter.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subject.iter().all(|part| !part.text.contains(char::is_alphabetic))
            && self.numbers.is_empty()
            && self.titles.is_empty()
            && self.quotations.is_empty()
    }
}

/// Understands a question that stands alone.
#[must_use]
pub fn understand(enquiry: &Enquiry, background: &Background<'_>) -> InformationNeed {
    understand_in(enquiry, &Setting::default(), background)
}

/// Understands a question in its setting: after another one, with what the asker took back.
#[must_use]
pub fn understand_in(enquiry: &Enquiry, setting: &Setting, background: &Background<'_>) -> InformationNeed {
    let alone = |enquiry: &Enquiry| {
        let mut need = understand_alone(enquiry, background);
        need.lacks_matter |= follow_up::points_at_nothing(&need);
        setting.without.apply(&mut need, enquiry);
        need
    };
    follow_up::complete(alone(enquiry), enquiry, setting, alone, background)
}

fn understand_alone(enquiry: &Enquiry, background: &Background<'_>) -> InformationNeed {
    let (question, masked) = privacy::clean(&enquiry.question);
    let spelling::Meant { text: meant, corrections } = spelling::read(&normalise(&question).text, background);
    // What was typed in pinyin or with slips is guarded as it was meant, too.
    let mut guarded = guard::judge(&question, masked, background.directory);
    if !guarded.keeps_back() && !corrections.is_empty() {
        guarded = guard::judge(&meant, masked, background.directory);
    }
    let reference = reference::find(&meant, background);
    let region = region::find(&meant, enquiry.region.as_ref(), background, &reference.covered);
    let time_words = calendar_words::find(&meant, enquiry.as_of);
    let reckoning = reckoning::find(&meant, &time_words);
    let passing: Vec<_> = time_words.iter().filter(|time| !time.absolute).map(|time| time.range.clone()).collect();
    let times = time::read(&meant, time_words, enquiry.as_of);
    let day = time::day_asked(&times, enquiry.as_of);
    let asked = answer_type::asking(&meant, answer_type::find(&meant), &part::stretches(&meant));
    let year = time::document_year(&times);
    let titles = &background.vocabulary.titles;
    let named = document::find(&meant, region.asked.as_ref(), titles, (&reference.covered, year));
    let covered: Vec<_> =
        [reference.covered.clone(), region.covered, passing, named.iter().map(|named| named.range.clone()).collect()]
            .concat();
    let (subject, mut expansions) = subject::of(&meant, &covered, background);
    expansions.splice(0..0, corrections);
    let facts = fact::find(&meant);
    let meant_titles = named.iter().flat_map(|named| named.document.titles.iter().cloned());
    let titles: Vec<String> = reference.titles.into_iter().chain(meant_titles).collect();
    let points = !(reference.numbers.is_empty() && titles.is_empty() && reference.quotations.is_empty());
    InformationNeed {
        function: function::of(&question).filter(|_| !points),
        lacks_matter: !points && !subject.is_empty() && !matter::is_named(&meant),
        question,
        as_of: day.unwrap_or(enquiry.as_of),
        as_of_asked: day.is_some(),
        year,
        times,
        reckoning,
        region: region.asked,
        regions_beside: region.beside,
        region_needed: region.needed,
        numbers: reference.numbers,
        titles,
        documents: named.into_iter().map(|named| named.document).collect(),
        clause: reference.clause,
        quotations: reference.quotations,
        parts: part::split(&meant, &asked),
        negation: part::negation(&meant),
        answer_types: answer_type::of(&asked),
        audience: enquiry.audience.or_else(|| fact::audience(&facts)),
        facts,
        subject,
        expansions,
        meant,
        refusal: guarded.refusal,
        emergency: guarded.emergency,
        rest: guarded.rest,
        inherited: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
