//! What the chosen quotes lack of what was asked, sought in the rest of the leading document before it is said that a
//! text does not have it (补引).

use crate::analysis::normalise;
use crate::policy::PolicyDocument;
use crate::query::AnswerType;
use crate::ranking::clause_verdict;

use super::figures::Figure;
use super::quoting::{overlap, quotes_of};
use super::scoring::{Scored, Unit, context_of, headings_of, is_frame};
use super::selection::{Place, Selection};
use super::sentence::{Sentence, sentences};
use super::table::{self, tables_in};
use super::{Quoted, premise, value, weights};

patterns! {
    // A question that can be answered by nothing but money.
    MONEY = r"钱|元|块|金额|价|几[百千万毛]|[百千万]元";
    // The day from which a document holds: asked for only by its own words.
    CLOSING = r"自.{0,24}起(?:施行|实施|执行)|有效期|印发之日";
    TELEPHONE = r"[0-9]{3,4}[-—－][0-9]{7,8}|1[3-9][0-9]{9}|[0-9]{7,8}|12[0-9]{3}";
    ASKS_CLOSING = r"施行|实施|执行|生效|有效|失效|到期|截止|截至|哪年|何时起";
}

impl Selection<'_> {
    /// Kinds of value asked for that no quote holds.
    pub(super) fn missing(&self, quotes: &[Quoted]) -> Vec<AnswerType> {
        let texts: Vec<&str> = quotes.iter().map(|quoted| quoted.citation.quote()).collect();
        let all = texts.join("\n");
        let holds = |kind: AnswerType| texts.iter().any(|text| value::holds(kind, text)) || in_table(&all, kind);
        let wanted = self.need.answer_types.iter().copied().filter(|kind| kind.wants_value());
        wanted.filter(|kind| !holds(*kind) && !self.instead_of(*kind).iter().any(|other| holds(*other))).collect()
    }

    /// Kinds of value by which another one can be answered: 补多少 by a share, 何时 by a length of time; 多少钱 by no
    /// number of people.
    fn instead_of(&self, kind: AnswerType) -> &'static [AnswerType] {
        use AnswerType::{Amount, Count, Deadline, Duration, Rate};
        match kind {
            Amount if MONEY.is_match(&self.need.meant) => &[Rate],
            Amount | Rate | Count => &[Amount, Rate, Count],
            Deadline | Duration => &[Deadline, Duration],
            _ => &[],
        }
    }

    /// The sentences of the leading document that have what the quotes lack.
    pub(super) fn supplied(&self, lead: &Place, quotes: &[Quoted]) -> Vec<Quoted> {
        let mut found: Vec<Quoted> = Vec::new();
        for kind in self.missing(quotes) {
            let quoted = self.best_with(lead, kind);
            let fresh = quoted
                .into_iter()
                .filter(|new| !quotes.iter().chain(&found).any(|other| overlap(&other.citation, &new.citation)));
            found.extend(fresh.collect::<Vec<_>>());
        }
        found
    }

    /// The quotes of the sentence of a document that has a value of a kind and speaks most of what was asked.
    fn best_with(&self, lead: &Place, kind: AnswerType) -> Vec<Quoted> {
        let document = &*lead.document;
        let whole = 0..document.text().len();
        let tables = tables_in(document, &whole);
        let asks_closing = ASKS_CLOSING.is_match(&self.need.meant);
        let title = normalise(&document.meta().title).text;
        let titled = self.terms().share_of(|word| title.contains(word));
        let mut best: Option<(f32, Sentence)> = None;
        for sentence in sentences(document, &whole) {
            let unit = Unit::of(document, &sentence, &tables, kind);
            if !unit.has_value || is_frame(document, &sentence, false) || !self.stands(lead, sentence.node) {
                continue;
            }
            let headings = headings_of(document, &sentence);
            let near = self.terms().share_of(|word| unit.text.contains(word) || headings.contains(word));
            let beyond = self
                .terms()
                .share_of(|word| unit.text.contains(word) || headings.contains(word) || title.contains(word))
                - titled;
            // The word 电话 is none.
            let numbered = kind != AnswerType::Telephone || TELEPHONE.is_match(unit.original);
            let closing = !numbered || !asks_closing && CLOSING.is_match(unit.original);
            let least = if kind == AnswerType::Telephone { 0.0 } else { weights::SUPPLIED };
            if (near >= least || beyond >= least * (1.0 - titled))
                && !closing
                && best.as_ref().is_none_or(|(most, _)| near > *most)
            {
                best = Some((near, sentence));
            }
        }
        let Some((support, sentence)) = best else { return Vec::new() };
        let chosen =
            Scored { place: 0, sentence, score: support, support, keyed: false, reviewed: false, has_value: true };
        quotes_of(lead, &[&chosen])
    }

    /// Whether a clause of a document that holds still holds as it stands.
    fn stands(&self, lead: &Place, node: usize) -> bool {
        !lead.validity.may_govern()
            || clause_verdict(self.generation, self.need, lead.key, &lead.document, node).is_none()
    }

    /// What the leading document says where the question states a number that is not in what was chosen, nor another of
    /// its kind: 每月500对吧 is met with the amount.
    pub(super) fn instead(&self, lead: &Place, quotes: &[Quoted]) -> Option<Quoted> {
        let document = &*lead.document;
        let claim = premise::unheld(self.need, quotes)?;
        let mut best: Option<((u8, f32), Sentence)> = None;
        for sentence in sentences(document, &(0..document.text().len())) {
            let worth = self.answers_claim(document, &sentence, &claim);
            let better =
                best.as_ref().is_none_or(|(known, _)| worth.0 > known.0 || worth.0 == known.0 && worth.1 > known.1);
            if worth.0 > 0 && better && self.stands(lead, sentence.node) {
                best = Some((worth, sentence));
            }
        }
        let ((_, support), sentence) = best?;
        let chosen =
            Scored { place: 0, sentence, score: support, support, keyed: false, reviewed: false, has_value: true };
        let quoted = quotes_of(lead, &[&chosen]).into_iter().last()?;
        (!quotes.iter().any(|other| overlap(&other.citation, &quoted.citation))).then_some(quoted)
    }

    /// How well a sentence stands against a claimed value, and how much of what was asked it speaks of.
    fn answers_claim(&self, document: &PolicyDocument, sentence: &Sentence, claim: &Figure) -> (u8, f32) {
        let text = &document.text()[sentence.range.clone()];
        let (folded, context) = (normalise(text).text, context_of(document, sentence));
        (premise::fit(claim, text), self.terms().share_of(|word| folded.contains(word) || context.contains(word)))
    }
}

/// Whether the rows of a table among quotes hold a value of a kind: its unit may stand in the head.
fn in_table(quotes: &str, kind: AnswerType) -> bool {
    let is_row = |line: &&str| line.trim_start().starts_with('|');
    let Some(head) = quotes.lines().position(|line| is_row(&line)) else { return false };
    let lines: Vec<&str> = quotes.lines().collect();
    let rows: Vec<&str> = lines[head + 1..].iter().copied().filter(is_row).collect();
    table::holds(&lines[..=head].join("\n"), &rows.join("\n"), kind)
}
