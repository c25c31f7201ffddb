//! What a sentence is worth as an answer (句的得分): its words, its value, its place.

use crate::analysis::normalise;
use crate::policy::{ClauseKind, ClauseNode, PolicyDocument};
use crate::query::AnswerType;
use crate::ranking::{AskedClause, clause_verdict};

use super::selection::{Place, Selection};
use super::sentence::{Sentence, sentences};
use super::table::{Table, tables_in};
use super::{value, weights};

patterns! {
    FORMULA = r"制定本[^，。]{0,8}[。；]|现(?:印发|转发|公布|予以)|(?:通知|公告|公布|通告|事项)如下[：:]$|请(?:认真|遵照|结合实际)|特(?:制定|作如下|通知如下)";
    // What takes something out: 哪些人不能领 is answered by these.
    LEAVES_OUT = r"不得|不予|不能|不可|不享受|不符合|除外|停止|取消|不再|不纳入|不包括|不适用|不列入|不计入|不需|无需|无须|免于|免予|免提交|不与";
}

/// A sentence with its score.
pub(super) struct Scored {
    pub(super) place: usize,
    pub(super) sentence: Sentence,
    pub(super) score: f32,
    /// The share of what was asked that the sentence, its headings and its title hold.
    pub(super) support: f32,
    /// Whether they hold the word the question turns on.
    pub(super) keyed: bool,
    pub(super) reviewed: bool,
    /// Whether it has a value of the kind asked for.
    pub(super) has_value: bool,
}

impl Selection<'_> {
    /// Scores the sentences of a passage.
    pub(super) fn score(&self, index: usize, place: &Place) -> Vec<Scored> {
        let document = &*place.document;
        let reviewed = self.reviewed_quotes(place.key);
        let asked = AskedClause::of(self.need, document.outline());
        let is_asked = |sentence: &Sentence| {
            let lineage = || document.outline().lineage(sentence.node);
            asked.as_ref().is_some_and(|clause| lineage().into_iter().any(|node| clause.holds(node)))
        };
        // A clause that no longer holds as it stands is not quoted from a document that does.
        let lapsed = |sentence: &Sentence| {
            place.validity.may_govern()
                && clause_verdict(self.generation, self.need, place.key, document, sentence.node).is_some()
        };
        let tables = tables_in(document, &place.range);
        let found = sentences(document, &place.range).into_iter();
        found
            .filter(|sentence| !lapsed(sentence) && !is_frame(document, sentence, is_asked(sentence)))
            .map(|sentence| {
                let unit = Unit::of(document, &sentence, &tables, self.need.answer_type());
                let reviewed = reviewed.iter().any(|quote| unit.original.contains(quote.as_str()));
                let pinned = if is_asked(&sentence) { weights::CLAUSE_ASKED } else { 0.0 };
                let (score, support, keyed) = self.worth(&unit);
                // A reviewed question about another side of the matter answers no 多少.
                let fits = unit.has_value || !self.need.answer_type().wants_value();
                let reviewed = reviewed && fits;
                let review = if reviewed { weights::REVIEWED } else { 0.0 };
                let score = weights::PASSAGE * place.strength + score + review + pinned;
                Scored { place: index, sentence, score, support, keyed, reviewed, has_value: unit.has_value }
            })
            .collect()
    }

    /// What the words and the value of a sentence are worth; the share of what was asked that it speaks of; whether it
    /// holds the word the question turns on.
    fn worth(&self, unit: &Unit<'_>) -> (f32, f32, bool) {
        let holds = |word: &str| unit.text.contains(word);
        let speaks = |word: &str| holds(word) || unit.context.contains(word);
        let terms = &self.ranking.terms;
        let (own, support) = (terms.share_of(holds), terms.share_of(speaks));
        let value = match (unit.has_value, self.need.answer_type().wants_value()) {
            (true, true) => weights::VALUE_WANTED * (support / weights::VALUE_SUPPORT).min(1.0),
            (true, false) => weights::VALUE,
            (false, _) => 0.0,
        };
        let formula = if FORMULA.is_match(&unit.text) { weights::FORMULA } else { 0.0 };
        let left_out = self.need.negation.is_some() && LEAVES_OUT.is_match(&unit.text);
        let left_out = if left_out { weights::LEFT_OUT } else { 0.0 };
        // 近年标准如下: the row of the year asked about.
        let year = self.need.year.or_else(|| self.need.as_of_asked.then(|| self.need.as_of.year()));
        let dated = year.is_some_and(|year| unit.original.contains(&format!("{year}年")));
        let dated = if dated { weights::OF_YEAR } else { 0.0 };
        let words = own + weights::CONTEXT * (support - own);
        (words + value + formula + left_out + dated, support, terms.holds_key(speaks))
    }

    /// Words of the passage on which a reviewed question like this one rests.
    fn reviewed_quotes(&self, key: crate::index::PassageKey) -> Vec<String> {
        let terms = &self.ranking.terms;
        let alike = |question: &String| terms.likeness(|word| question.contains(word)) >= weights::LIKE_THIS;
        let faqs = self.generation.faqs_for(key).into_iter();
        faqs.filter(|faq| std::iter::once(&faq.question).chain(&faq.variants).any(alike))
            .flat_map(|faq| faq.cites.iter().map(|cite| cite.quote.clone()))
            .collect()
    }
}

/// A sentence as it is scored: a row with its table's lead and head, a value's item with the introduction of its list.
pub(super) struct Unit<'d> {
    pub(super) original: &'d str,
    /// Its words, folded.
    pub(super) text: String,
    /// Headings above it and the title, folded.
    context: String,
    /// Whether it has a value of the kind asked for.
    pub(super) has_value: bool,
}

impl<'d> Unit<'d> {
    pub(super) fn of(document: &'d PolicyDocument, sentence: &Sentence, tables: &[Table], kind: AnswerType) -> Self {
        let original = &document.text()[sentence.range.clone()];
        let row_of = tables.iter().find(|table| table.has_row(document, sentence));
        let leads = tables.iter().find(|table| table.is_led_by(sentence));
        let opening = match (row_of, leads) {
            (Some(table), _) | (None, Some(table)) => table.opening(document),
            // 补助标准为： says what the item's value is of.
            (None, None) if kind.wants_value() => introduction(document, sentence).unwrap_or_default(),
            (None, None) => "",
        };
        let mut text = normalise(original).text;
        let own_value = match row_of {
            Some(table) => table.holds(document, Some(sentence), kind),
            None => value::holds(kind, &text),
        };
        let led_value = || leads.is_some_and(|table| table.holds(document, None, kind));
        if !opening.is_empty() {
            text.push(' ');
            text.push_str(&normalise(opening).text);
        }
        Self {
            original,
            context: context_of(document, sentence),
            has_value: kind != AnswerType::Open && (own_value || led_value()),
            text,
        }
    }
}

/// The introduction of the list in which a sentence is an item.
fn introduction<'d>(document: &'d PolicyDocument, sentence: &Sentence) -> Option<&'d str> {
    let parent = document.outline().nodes().get(sentence.node)?.parent? as usize;
    let node = document.outline().nodes().get(parent)?;
    let own = document.text().get(node.start..node.own_end)?.trim_end();
    (own.len() <= weights::INTRODUCTION_BYTES && own.ends_with(['：', ':'])).then_some(own)
}

/// Whether a sentence only frames others and answers nothing by itself: the number of a clause (第五条), a heading with
/// text below it, the head of a table, a line of the contents. A heading that was asked for by its number stays.
pub(super) fn is_frame(document: &PolicyDocument, sentence: &Sentence, asked: bool) -> bool {
    let nodes = document.outline().nodes();
    let Some(node) = nodes.get(sentence.node) else { return false };
    let has_children =
        nodes.get(sentence.node + 1).is_some_and(|next| next.parent == u32::try_from(sentence.node).ok());
    let label = !node.label.is_empty() && document.text()[sentence.range.clone()] == node.label;
    label
        || match node.kind {
            ClauseKind::Contents => true,
            ClauseKind::Table => has_children,
            _ => !asked && is_heading(document, node, sentence) && (has_children || has_text_below(document, node)),
        }
}

/// Whether a sentence is a heading: it lies in the heading of its node and no mark ends it.
fn is_heading(document: &PolicyDocument, node: &ClauseNode, sentence: &Sentence) -> bool {
    let inside = node.heading.start <= sentence.range.start && sentence.range.end <= node.heading.end;
    let words = &document.text()[sentence.range.clone()];
    inside && !words.ends_with(['。', '；', '：', ':', ';', '！', '？'])
}

/// Whether a node has text of its own below its heading.
fn has_text_below(document: &PolicyDocument, node: &ClauseNode) -> bool {
    let below = document.text().get(node.heading.end.max(node.start)..node.own_end);
    below.is_some_and(|below| below.chars().any(char::is_alphanumeric))
}

/// Headings above a sentence, without the title.
pub(super) fn headings_of(document: &PolicyDocument, sentence: &Sentence) -> String {
    let lineage = document.outline().lineage(sentence.node).into_iter();
    let headings: Vec<&str> =
        lineage.filter_map(|index| document.clause_at(index)).map(|clause| clause.heading()).collect();
    normalise(&headings.join(" ")).text
}

/// Headings above a sentence, the title, and the introduction of its list.
pub(super) fn context_of(document: &PolicyDocument, sentence: &Sentence) -> String {
    let mut context = document.meta().title.clone();
    for index in document.outline().lineage(sentence.node) {
        let Some(clause) = document.clause_at(index) else { continue };
        context.push(' ');
        context.push_str(if index == sentence.node { clause.heading() } else { clause.own_text() });
    }
    normalise(&context).text
}
