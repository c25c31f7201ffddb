//! What stands beside the answer: what to ask the caller, internal notes, questions asked before, runners-up.

use std::path::Path;

use super::super::link::quote;
use super::super::prose::{Piece, Prose};
use super::asking::AgentQuery;
use super::paper::{Leads, Paper};
use crate::consultation::{Library, RunnerUp};
use crate::contract::{AnswerJson, CitedClauseJson, CitedDocumentJson, Status};
use crate::corpus::{Corpus, InternalNote, internal_notes};
use crate::policy::{ClauseId, DocumentId, Faq, validity};

/// Facts on which clauses of policies turn: words of the clause, the fact of the question that settles them, what to ask.
const FACTS: &[(&[&str], &[&str], &str)] = &[
    (&["周岁"], &["年龄", "虚岁"], "年龄（周岁）是多少？"),
    (&["户籍", "本县户口"], &["户籍"], "户籍在哪里？"),
    (&["低保", "最低生活保障"], &["低保"], "是不是低保或低保边缘家庭？"),
    (&["特困"], &["特困"], "是不是特困供养人员？"),
    (&["残疾等级", "重度残疾", "一级残疾", "二级残疾"], &["残疾"], "残疾证是几级？"),
    (&["缴费满", "累计缴", "连续缴", "缴费年限"], &["缴费年限"], "参保缴费了多久？"),
    (&["毕业"], &["高校毕业生"], "哪一年毕业？"),
    (&["裁员率"], &["裁员率"], "上年度裁员率是多少？"),
    (&["规模以上", "规上", "小微企业"], &["企业", "小微企业"], "企业规模、注册地？"),
    (&["子女", "孩次", "二孩", "三孩"], &["孩次"], "是第几个孩子？"),
];
/// What to ask at most: more is an interrogation.
const MOST_FACTS: usize = 4;

/// What to ask the caller.
#[derive(Debug, Default)]
pub(super) struct AskView {
    /// The one fact that decides.
    pub(super) question: String,
    pub(super) choices: Vec<Leads>,
    /// Facts on which the clause turns and that were not given.
    pub(super) facts: Vec<&'static str>,
}

impl AskView {
    pub(super) fn of(answer: &AnswerJson, query: &AgentQuery) -> Self {
        let chosen = |value: &str| match answer.ask.as_ref().map(|ask| ask.fact.as_str()) {
            Some("matter") => query.other(value),
            _ => query.with(&[("region", value), ("beside", "")]),
        };
        let choices = answer.ask.iter().flat_map(|ask| &ask.choices);
        let states = matches!(answer.status, Status::Answered | Status::Partial);
        let words: String = answer.citations.iter().map(|cited| cited.quote.as_str()).collect();
        let given = |labels: &[&str]| answer.understood.facts.iter().any(|fact| labels.contains(&fact.label.as_str()));
        let turns = FACTS
            .iter()
            .filter(|(stands, settles, _)| stands.iter().any(|word| words.contains(word)) && !given(settles));
        let place = (states && answer.region.is_none()).then_some("要办事的地方在哪个县（市、区）？");
        let facts = place.into_iter().chain(turns.map(|(_, _, asks)| *asks)).take(MOST_FACTS);
        Self {
            question: answer.ask.as_ref().map(|ask| ask.question.clone()).unwrap_or_default(),
            choices: choices.map(|choice| Leads { text: choice.label.clone(), url: chosen(&choice.value) }).collect(),
            facts: if states { facts.collect() } else { Vec::new() },
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.question.is_empty() && self.facts.is_empty()
    }
}

/// The internal notes on these clauses, or in their place a word on why they cannot be read.
pub(super) fn notes(corpus: &Path, clauses: &[(&str, &str)]) -> (Vec<InternalNote>, String) {
    let notes = Corpus::open(corpus).and_then(|corpus| internal_notes(&corpus));
    let about = |note: &InternalNote| clauses.iter().any(|(document, label)| note.is_about(document, label));
    match notes {
        Ok(notes) => (notes.into_iter().filter(about).collect(), String::new()),
        Err(error) => (Vec::new(), format!("内部提示不能读取：{error}")),
    }
}

/// A question asked before, with what is known of its review.
#[derive(Debug)]
pub(super) struct SimilarView {
    pub(super) text: String,
    pub(super) url: String,
    /// Department and day of review.
    pub(super) told: String,
}

/// Questions asked before that the library answers.
pub(super) fn similar(library: &Library, answer: &AnswerJson, query: &AgentQuery) -> Vec<SimilarView> {
    let faqs = library.generation().faqs();
    let view = |question: &String| {
        let faq = faqs.iter().find(|faq| &faq.question == question);
        SimilarView { text: question.clone(), url: query.other(question), told: faq.map(told).unwrap_or_default() }
    };
    answer.related_questions.iter().map(view).collect()
}

fn told(faq: &Faq) -> String {
    let reviewed = faq.reviewed.map(|day| format!("{day}审核"));
    faq.department.iter().cloned().chain(reviewed).collect::<Vec<_>>().join(" · ")
}

/// The reviewed question that is the same as the one asked.
pub(super) fn same<'l>(library: &'l Library, answer: &AnswerJson) -> Option<&'l Faq> {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let asked = bare(&answer.question);
    let wordings = |faq: &Faq| std::iter::once(&faq.question).chain(&faq.variants).any(|one| bare(one) == asked);
    library.generation().faqs().iter().find(|faq| faq.reviewed.is_some() && wordings(faq))
}

/// A runner-up.
#[derive(Debug)]
pub(super) struct RunnerView {
    pub(super) paper: Paper,
    pub(super) label: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) reasons: String,
    /// Score, and how far behind the first.
    pub(super) score: (String, String),
    /// The parts of the score: name, share of the whole.
    pub(super) signals: Vec<(&'static str, String)>,
    /// The address that sets it beside the cited clause.
    pub(super) beside: String,
    pub(super) url: String,
    /// Text for the work order when the agent rests the reply on it.
    pub(super) order: String,
}

impl RunnerView {
    pub(super) fn new(runner: &RunnerUp, query: &AgentQuery, order: String) -> Self {
        let parts = runner.signals.iter().map(|signal| (signal.name, format!("{:+.2}", signal.value * signal.weight)));
        let beside = format!("{}/{}", runner.document.id, runner.clause.id);
        Self {
            label: runner.clause.label.clone(),
            pieces: Prose::new(&runner.text, None).pieces(0..runner.text.len()),
            reasons: runner.reasons.join("；"),
            score: (format!("{:.2}", runner.score), format!("{:.2}", runner.behind)),
            signals: parts.collect(),
            beside: query.with(&[("beside", &beside)]),
            url: runner.clause.url.clone(),
            order,
            paper: Paper::new(&runner.document),
        }
    }
}

/// A clause as a whole, with the words that answer marked.
#[derive(Debug)]
pub(super) struct ClauseView {
    pub(super) number: u32,
    pub(super) paper: Paper,
    pub(super) label: String,
    pub(super) path: String,
    /// Dates and what the validity rests on.
    pub(super) standing: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) url: String,
}

impl ClauseView {
    /// The clause around a range of its document; the words themselves where the clause cannot be read.
    pub(super) fn of(
        library: &Library,
        number: u32,
        cited: (&CitedDocumentJson, &CitedClauseJson),
        words: (&str, std::ops::Range<usize>),
    ) -> Self {
        let (document, clause) = cited;
        let whole = whole(library, &document.id, &clause.id, &words.1);
        let (text, mark) = whole.unwrap_or_else(|| (words.0.to_owned(), 0..0));
        let path = if clause.path.last() == Some(&clause.label) { &[] } else { clause.path.as_slice() };
        Self {
            number,
            paper: Paper::new(document),
            label: clause.label.clone(),
            path: path.join(" › "),
            standing: standing(document),
            pieces: Prose::new(&text, Some(mark)).pieces(0..text.len()),
            url: quote(&document.id, &clause.id, words.1.start, words.1.end),
        }
    }

    /// The clause that the agent set beside, by document and clause id; none when there is no such public clause.
    pub(super) fn set_beside(library: &Library, query: &AgentQuery) -> Option<Self> {
        let (document, clause) = query.text("beside").split_once('/')?;
        let generation = library.generation();
        let head = generation.by_id(&DocumentId::parse(document).ok()?)?;
        let document = generation.document(head.serial).ok()?;
        let found = document.clauses().find(|one| one.id().to_string() == clause)?;
        let day = query.day().ok()?;
        let cited = crate::consultation::cited_document(&head.meta, &validity(&head.meta, &head.events, day));
        let text = found.text();
        Some(Self {
            number: 0,
            label: found.label().to_owned(),
            path: found.parent().map(|parent| parent.path().join(" › ")).unwrap_or_default(),
            standing: standing(&cited),
            pieces: Prose::new(text, None).pieces(0..text.len()),
            url: format!("/documents/{}#{}", cited.id, found.id()),
            paper: Paper::new(&cited),
        })
    }
}

/// The text of a clause, and where in it a range of the document lies.
fn whole(
    library: &Library,
    document: &str,
    clause: &str,
    range: &std::ops::Range<usize>,
) -> Option<(String, std::ops::Range<usize>)> {
    let generation = library.generation();
    let head = generation.by_id(&DocumentId::parse(document).ok()?)?;
    let document = generation.document(head.serial).ok()?;
    let id: ClauseId = document.clauses().find(|one| one.id().to_string() == clause)?.id().clone();
    let found = document.clause(&id)?;
    let start = found.node().start;
    let mark = range.start.checked_sub(start)?..range.end.checked_sub(start)?;
    Some((found.text().to_owned(), mark))
}

/// Dates of a document in one line.
fn standing(document: &CitedDocumentJson) -> String {
    let dates = [
        document.issued.as_ref().map(|day| format!("{day}印发")),
        document.effective.as_ref().map(|day| format!("{day}起施行")),
        document.expires.as_ref().map(|day| format!("有效期至{day}")),
    ];
    dates.into_iter().flatten().collect::<Vec<_>>().join("，")
}
