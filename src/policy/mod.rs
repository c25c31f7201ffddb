//! What is a policy? Nouns only, no I/O.
//!
//! Everything here is a fact about documents: what they are called, who issued them, where and when they hold,
//! how they are divided into clauses, and what may be quoted from them. Nothing here reads a file or a clock.

mod citation;
mod clause_label;
mod clause_status;
mod day;
mod directory;
mod document;
mod faq;
mod interpretation;
mod kind;
mod number;
mod outline;
pub mod programme;
mod provenance;
mod region;
mod relation;
mod source;
mod term;
mod validity;

pub use citation::{Citation, CiteError, sha256_hex};
pub use clause_status::{ClauseStatus, clause_status};
pub use day::parse_day;
pub use directory::{Department, Directory, EmergencyLine, EmergencyReply, FormerName, HolidayYear, Unit};
pub use document::{Audience, Dates, Disclosure, DocumentId, DocumentIdError, Level, Metadata, PolicyDocument};
pub use faq::{Faq, FaqCitation};
pub use interpretation::{InterpretationForm, NamedWork};
pub use kind::{DocumentKind, work_title};
pub use number::{DocumentNumber, NumberMention};
pub use outline::{Clause, ClauseId, ClauseKind, ClauseNode, Noise, Outline, OutlineError, Responsibility};
pub use provenance::{Disagreement, Origin, Place, Provenance};
pub use region::{Gazetteer, Region, RegionCode, RegionFit};
pub use relation::{Relation, RelationKind, Target};
pub use source::{Attachment, GazetteIssue, Link, Source};
pub use term::{Term, TermKind};
pub use validity::{LifeEvent, LifeEventKind, Validity, ValidityVerdict, validity};
