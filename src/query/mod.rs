//! What is being asked? Region, date, document, clause, kind of answer, subject, everyday words → official terms.
//!
//! What happens to a question here is *understanding*; "interpretation" always means 政策解读.

mod answer_form;
mod answer_type;
mod follow_up;
mod function;
mod guard;
mod matter;
mod privacy;
mod reference;
mod region;
mod subject;

use std::collections::HashSet;

use jiff::civil::Date;

use crate::analysis::{Analyzer, Lexicon};
use crate::policy::{Audience, Directory, EmergencyReply, Gazetteer, NumberMention, RegionCode};

pub use answer_type::AnswerType;
pub use follow_up::{Aspect, Context, Setting, Without};
pub use function::{Function, kind_named};
pub use guard::Refusal;
pub use privacy::mask_personal_numbers;
pub use subject::{Expansion, SubjectPart};

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
    /// Departments and emergency replies.
    pub directory: &'a Directory,
    /// The regions that have documents: a short name such as 东乡 counts only when it is one of them.
    pub regions: &'a HashSet<RegionCode>,
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
}

impl RegionFrom {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Request => "request",
            Self::Session => "session",
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
    /// The day for which the answer shall hold.
    pub as_of: Date,
    /// The region asked about.
    pub region: Option<AskedRegion>,
    /// Document numbers named.
    pub numbers: Vec<NumberMention>,
    /// Titles named in 《》.
    pub titles: Vec<String>,
    /// A label of a clause named: 第十二条第二款, 三（二）.
    pub clause: Option<String>,
    /// Words quoted in “”.
    pub quotations: Vec<String>,
    /// A year named that may be a document's.
    pub year: Option<i16>,
    /// The kinds of answer wanted, the leading one first.
    pub answer_types: Vec<AnswerType>,
    /// What the question is about: its text without region, references and question words.
    pub subject: Vec<SubjectPart>,
    /// Everyday words taken for official terms.
    pub expansions: Vec<Expansion>,
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

    /// Whether the question says nothing that could be looked up.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subject.is_empty() && self.numbers.is_empty() && self.titles.is_empty() && self.quotations.is_empty()
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
        setting.without.apply(&mut need);
        need
    };
    follow_up::complete(alone(enquiry), enquiry, setting, alone, background)
}

fn understand_alone(enquiry: &Enquiry, background: &Background<'_>) -> InformationNeed {
    let (question, masked) = privacy::clean(&enquiry.question);
    let guarded = guard::judge(&question, masked, background.directory);
    let reference = reference::find(&question);
    let region = region::find(&question, enquiry.region.as_ref(), background, &reference.covered);
    let answer_types = answer_type::of(&question);
    let mut covered = reference.covered.clone();
    covered.extend(region.covered.iter().cloned());
    let (subject, expansions) = subject::of(&question, &covered, background);
    let points = !(reference.numbers.is_empty() && reference.titles.is_empty() && reference.quotations.is_empty());
    InformationNeed {
        function: function::of(&question).filter(|_| !points),
        lacks_matter: !points && !subject.is_empty() && !matter::is_named(&question),
        question,
        as_of: enquiry.as_of,
        region: region.asked,
        numbers: reference.numbers,
        titles: reference.titles,
        clause: reference.clause,
        quotations: reference.quotations,
        year: reference.year,
        answer_types,
        subject,
        expansions,
        refusal: guarded.refusal,
        emergency: guarded.emergency,
        rest: guarded.rest,
        inherited: Vec::new(),
    }
}
