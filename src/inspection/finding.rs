//! Findings (检查发现): what a publisher must know of, each with its place and what to do.

use serde::Serialize;

use crate::policy::{Clause, DocumentId, Metadata, PolicyDocument};

/// How urgent a finding is (轻重).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Readers may be misled or harmed: must be corrected.
    Error,
    /// Should be dealt with.
    Warning,
    /// Worth a look.
    Notice,
}

impl Severity {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }

    /// The Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "须改正",
            Self::Warning => "应处理",
            Self::Notice => "请留意",
        }
    }
}

/// Declares the kinds once: variant, name in JSON, Chinese name, severity.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $label:literal $severity:ident;)*) => {
        /// The kinds of findings, in the order in which they are reported.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FindingKind {
            $($(#[$doc])* $kind,)*
        }

        impl FindingKind {
            /// Every kind, in order.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The name used in JSON and on the command line.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The Chinese name.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$kind => $label,)* }
            }

            /// How urgent such a finding is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$kind => Severity::$severity,)* }
            }
        }
    };
}

kinds! {
    /// A personal number in a public text (个人信息).
    PersonalData "personal_data" "个人信息" Error;
    /// Words meant for machines rather than readers, or characters that cannot be seen (隐藏文字).
    HiddenText "hidden_text" "隐藏文字" Error;
    /// Characters of the text belong to no clause (字符未归属).
    Unaccounted "unaccounted" "字符未归属" Error;
    /// A file that could not be read (无法读取).
    Unreadable "unreadable" "无法读取" Error;
    /// Dates of one document that exclude each other (日期矛盾).
    DateContradiction "date_contradiction" "日期矛盾" Error;
    /// Two different documents with one number (文号重复).
    DuplicateNumber "duplicate_number" "文号重复" Error;
    /// In force and based on a repealed document (依据已废止).
    BasedOnRepealed "based_on_repealed" "依据已废止" Error;
    /// In force and naming a repealed document in its text (引用已废止文件).
    RefersToRepealed "refers_to_repealed" "引用已废止文件" Warning;
    /// A FAQ entry whose quote is not in the cited document (问答引文不符).
    FaqQuoteMissing "faq_quote_missing" "问答引文不符" Error;
    /// A FAQ entry that rests on a lapsed document (问答依据失效).
    FaqLapsed "faq_lapsed" "问答依据失效" Error;
    /// A file of programmes that cannot be used (事项文件有误).
    ProgrammeRefused "programme_refused" "事项文件有误" Error;
    /// A programme whose basis names a document or a clause that is not there (事项依据缺失).
    ProgrammeBasisMissing "programme_basis_missing" "事项依据缺失" Error;
    /// A programme whose clause no longer says so (事项依据不符).
    ProgrammeQuoteMissing "programme_quote_missing" "事项依据不符" Error;
    /// A programme that rests on a document not in force (事项依据失效).
    ProgrammeLapsed "programme_lapsed" "事项依据失效" Error;
    /// A programme to be looked at again: what it rests on was changed (事项待核对).
    ProgrammeTouched "programme_touched" "事项待核对" Warning;
    /// Expires soon (即将到期).
    Expiring "expiring" "即将到期" Warning;
    /// Past its validity but not listed as repealed (已过有效期).
    Expired "expired" "已过有效期" Notice;
    /// A normative document without an interpretation (缺解读).
    WithoutInterpretation "without_interpretation" "缺解读" Warning;
    /// An interpretation that only repeats the policy (解读照搬原文).
    InterpretationCopies "interpretation_copies" "解读照搬原文" Warning;
    /// A relation whose target is not in the library (引用未解析).
    UnresolvedReference "unresolved_reference" "引用未解析" Notice;
    /// A public document that rests on one that is not public (依据未公开).
    WithheldBasis "withheld_basis" "依据未公开" Warning;
    /// A letterhead value is missing (版头缺项).
    MissingLetterhead "missing_letterhead" "版头缺项" Warning;
    /// Sources of one document say different things (来源不一致).
    SourcesDisagree "sources_disagree" "来源不一致" Warning;
    /// Letterhead values that only the program inferred (推定待核).
    InferredOnly "inferred_only" "推定待核" Notice;
    /// An attachment named in the text that is not in the library (附件缺失).
    DeadAttachment "dead_attachment" "附件缺失" Warning;
    /// Text recognised from pictures that nobody has proofread (识别文字待校).
    Recognised "recognised" "识别文字待校" Warning;
    /// A large share of the source was left out as noise (无关文字多).
    MuchNoise "much_noise" "无关文字多" Notice;
    /// Title marks without their other half (书名号不成对).
    UnpairedMarks "unpaired_marks" "书名号不成对" Notice;
}

impl FindingKind {
    /// The kind with this name, in JSON or in Chinese.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name || kind.label() == name)
    }
}

/// One finding. The order of its fields is the order of reports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// How urgent.
    pub severity: Severity,
    /// The id of the document or of the FAQ entry.
    pub subject: String,
    /// Its title or question.
    pub title: String,
    /// The id of the clause, empty when it concerns the whole document.
    pub clause: String,
    /// The label of that clause, as people say it.
    pub place: String,
    /// More, in Chinese, with what to do.
    pub detail: String,
}

impl Finding {
    /// A finding about a whole document.
    pub(super) fn of(kind: FindingKind, meta: &Metadata, detail: impl Into<String>) -> Self {
        Self::about(kind, meta.id.as_str(), &meta.title, detail)
    }

    /// A finding about something with an id and a title.
    pub(super) fn about(kind: FindingKind, subject: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            kind,
            severity: kind.severity(),
            subject: subject.to_owned(),
            title: title.to_owned(),
            clause: String::new(),
            place: String::new(),
            detail: detail.into(),
        }
    }

    /// The same with its place: the clause at this byte of the text.
    pub(super) fn at(self, document: &PolicyDocument, offset: usize) -> Self {
        let clause = document.outline().deepest_at(offset).and_then(|node| document.clause_at(node));
        clause.map_or_else(|| self.clone(), |clause| self.clone().within(clause))
    }

    /// The same with a clause as its place.
    pub(super) fn within(mut self, clause: Clause<'_>) -> Self {
        self.clause = clause.id().to_string();
        self.place = clause.label().to_owned();
        self
    }

    /// The same, less or more urgent than its kind.
    pub(super) fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The document it is about; none for a FAQ entry or a programme.
    #[must_use]
    pub fn document(&self) -> Option<DocumentId> {
        let other = matches!(
            self.kind,
            FindingKind::FaqLapsed
                | FindingKind::FaqQuoteMissing
                | FindingKind::ProgrammeRefused
                | FindingKind::ProgrammeBasisMissing
                | FindingKind::ProgrammeQuoteMissing
                | FindingKind::ProgrammeLapsed
                | FindingKind::ProgrammeTouched
        );
        DocumentId::parse(&self.subject).ok().filter(|_| !other)
    }
}
