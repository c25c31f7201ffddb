//! What do we say, and on which clause does it rest?
//!
//! Every sentence that is not a quote stands in `phrases`; every statement carries the citations it rests on.

mod absence;
mod abstain;
mod asked;
mod beside;
mod claim;
mod comparison;
mod compose;
mod confidence;
mod evidence;
mod facts;
mod figures;
mod functions;
mod mixed;
mod notes;
mod offers;
mod phrases;
mod premise;
mod quoting;
mod reference;
mod related;
mod scoring;
mod segment;
mod selection;
mod sentence;
mod several;
mod span;
mod span_weights;
mod steps;
mod supply;
mod table;
mod value;
mod weights;

use std::sync::Arc;

use crate::contract::Status;
use crate::policy::{Citation, PolicyDocument, Region, ValidityVerdict};
use crate::query::{AnswerType, Function, InformationNeed, Refusal};
use crate::ranking::{Ranking, Signal};

pub use abstain::abstain;
pub use comparison::Compared;
pub use compose::compose;
pub use evidence::select_evidence;
pub use facts::{Ask, needed};
pub use figures::{Figure, FigureKind, Measure, QuotedFigure};
pub use mixed::beside;
pub use notes::notes;
pub use offers::offers;
pub use phrases::{FIXED as FIXED_PHRASES, is_ours};
pub use premise::with_stated_kinds;
pub use several::side_by_side;

/// A quote with the document it stands in.
#[derive(Debug, Clone)]
pub struct Quoted {
    /// The quote.
    pub citation: Citation,
    /// The document.
    pub document: Arc<PolicyDocument>,
    /// Node of the outline.
    pub node: usize,
    /// Validity of the document on the day asked about.
    pub validity: ValidityVerdict,
}

/// What answers a question (证据): at least one quote.
#[derive(Debug, Clone)]
pub struct Evidence {
    first: Quoted,
    rest: Vec<Quoted>,
    /// How many of the quotes, from the first, make the answer; the others stand beside it.
    said: usize,
    /// Kinds of answer wanted that no quote holds.
    pub missing: Vec<AnswerType>,
    /// Probability that it is right.
    pub confidence: f32,
    /// How the probability came about.
    pub signals: Vec<Signal>,
    /// The share of what was asked that it speaks of.
    pub support: f32,
    /// Whether it holds the word the question turns on.
    pub on_subject: bool,
    /// Passages it was taken from, best first.
    pub passages: Vec<crate::index::PassageKey>,
}

impl Evidence {
    /// The quotes, in the order of the answer.
    pub fn quotes(&self) -> impl Iterator<Item = &Quoted> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

/// A programme an answer speaks of (相关事项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Why nothing is stated as answer (不答的理由).
#[derive(Debug, Clone)]
pub enum Abstention {
    /// Something must be said first.
    Emergency,
    /// It must not be answered from the library.
    Refused(Refusal),
    /// Nothing in the library speaks of it; with what the library has instead, when that helps.
    NotFound(NotFound),
    /// Only documents of other regions.
    ElsewhereOnly(Evidence),
    /// Only documents that do not hold on that day.
    LapsedOnly(Evidence),
    /// The region decides.
    NeedsRegion(Vec<Region>),
    /// Another fact decides: the matter, when none was named, or the place that 我们县 means.
    NeedsFact(Ask),
    /// No clause answers it, a page of ours does.
    Function(Function),
}

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// No text speaks of it.
    Nothing,
    /// What comes nearest is more likely wrong than right; with its name.
    Doubtful(String),
    /// No document bears this name or number.
    NoSuchDocument(String),
    /// The document exists, the clause does not.
    NoSuchClause(String),
    /// Only another year's document.
    OtherYear {
        /// The year asked for.
        asked: i16,
        /// The document of another year.
        have: String,
    },
    /// Only an interpretation, whose policy is not in the library.
    OnlyInterpretation(String),
}

/// Evidence or a reason to abstain.
#[derive(Debug, Clone)]
pub enum Judgement {
    /// It can be answered.
    Evidence(Evidence),
    /// It cannot.
    Abstention(Abstention),
}

/// A sentence of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// A quote, or a fixed phrase.
    pub text: String,
    /// Indexes into the consultation's quotes.
    pub quotes: Vec<usize>,
}

/// An interpretation of a cited clause.
#[derive(Debug, Clone)]
pub struct Explained {
    /// Its own words.
    pub quoted: Quoted,
    /// Index of the quote it explains.
    pub explains: usize,
}

/// What kind of step comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StepKind {
    /// 部门: who to turn to.
    #[default]
    Department,
    /// 窗口、热线.
    Window,
    /// 办理地点: the clause that says where.
    Place,
    /// 材料: the clause that lists what to bring.
    Material,
    /// 流程: the clause that says how.
    Procedure,
    /// A page of ours.
    Page,
}

impl StepKind {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Window => "window",
            Self::Place => "place",
            Self::Material => "material",
            Self::Procedure => "procedure",
            Self::Page => "page",
        }
    }
}

/// What to do next, and with whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NextStep {
    /// Its kind.
    pub kind: StepKind,
    /// The name the clause gives, or the title of the clause.
    pub name: String,
    /// Its present name, where it was renamed.
    pub now: Option<String>,
    /// What the renaming rests on.
    pub basis: Option<String>,
    /// The office of the asker's place, where the clause names it in general words.
    pub office: Option<String>,
    /// Index of the quote that names it.
    pub quote: Option<usize>,
    /// Telephone, from the directory.
    pub phone: Option<String>,
    /// Address, from the directory.
    pub address: Option<String>,
    /// A page of ours, or the clause in its document.
    pub url: Option<String>,
}

/// The whole consultation (咨询): what was asked, what is said, what it rests on, and the middle values.
#[derive(Debug, Clone)]
pub struct Consultation {
    /// What was understood.
    pub need: InformationNeed,
    /// How it ended.
    pub status: Status,
    /// A fixed phrase about the status.
    pub message: String,
    /// Fixed phrases about how the question was taken: a day counted to, a clause found under another numbering.
    pub notes: Vec<String>,
    /// The answer.
    pub statements: Vec<Statement>,
    /// The quotes it rests on.
    pub quotes: Vec<Quoted>,
    /// The values of the quotes.
    pub figures: Vec<QuotedFigure>,
    /// The documents side by side, when a comparison is wanted.
    pub comparison: Vec<Compared>,
    /// What is not in the texts.
    pub missing: Vec<String>,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
    /// The one fact that decides, when one does.
    pub ask: Option<Ask>,
    /// Numbers to call: name, number.
    pub contacts: Vec<(String, String)>,
    /// Interpretations of the cited clauses.
    pub explanations: Vec<Explained>,
    /// Who to turn to.
    pub next_steps: Vec<NextStep>,
    /// Programmes it speaks of.
    pub offers: Vec<Offer>,
    /// Questions the library can answer.
    pub related: Vec<String>,
    /// Probability that the answer is right.
    pub confidence: f32,
    /// How the probability came about; empty when nothing was weighed.
    pub signals: Vec<Signal>,
    /// What was considered.
    pub ranking: Option<Ranking>,
}
