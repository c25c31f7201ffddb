//! What have we promised outsiders? The JSON shapes of answers, documents, search results and reports.
//!
//! Widgets, hotline systems and scripts are built on these names; fields are added, never renamed. Nothing here knows
//! how an answer is found.

mod answer;
mod library;
mod matching;
mod proof;
mod understood;

pub use answer::{
    AnswerJson, AskJson, ChoiceJson, CitationJson, CitedClauseJson, CitedDocumentJson, ComparedJson, ContactJson,
    DatumJson, InterpretationJson, NextStepJson, ProgrammeLinkJson, RegionJson, StatementJson, Status, ValueJson,
};
pub use library::{
    ChangeJson, ClauseJson, ClauseStatusJson, CopiesJson, CopyJson, DocumentJson, DocumentListJson,
    DocumentSummaryJson, FacetJson, GazetteContentsJson, GazetteIssueJson, GazetteJson, GazetteListJson, HighlightJson,
    InterpretationLinkJson, LifeEventJson, RelationJson, SearchClauseJson, SearchDocumentJson, SearchJson, SourceJson,
};
pub use matching::{
    AlternativeJson, BenefitJson, ConditionJson, ExclusiveJson, FactDefinitionJson, KnownFactJson, MatchCountsJson,
    MatchJson, MissingFactJson, NextQuestionJson, ProgrammeMatchJson, ReadFactJson, StatedJson, WindowJson,
};
pub use proof::{FailureJson, ProofJson};
pub use understood::{
    AsOfJson, ExpansionJson, FactJson, InheritedJson, PartJson, ReckoningJson, TimeJson, UnderstoodJson,
};
