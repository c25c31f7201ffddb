//! Period of validity (施行日期、有效期): from when and until when a text, or a clause of it, says it holds.

mod commencement;
mod days;
mod expiry;
mod sentence;

use jiff::civil::Date;

use crate::policy::{Dates, Term, TermKind};
use commencement::Commencement;
use expiry::Expiry;
use sentence::{Sentence, sentences};

pub(super) use days::last_day;

/// Longest sentence kept as the words of a term; longer ones are lists run together and are cut.
const MAX_WORDS: usize = 200;

/// Words of which one stands in every sentence about a beginning; the others need not be looked at.
const BEGINNINGS: [&str; 8] = ["施行", "实施", "执行", "生效", "试行", "实行", "启用", "适用"];
/// The same for an end.
const ENDS: [&str; 12] =
    ["有效", "期限", "试行", "暂行", "施行", "实施", "执行", "失效", "废止", "实行", "延续", "，至"];
/// Longest sentence looked at: a term is stated in a few words, and longer ones are tables run together.
const MAX_SENTENCE: usize = 400;

/// Whether a sentence is short and holds one of the words, and a figure, a day of issue or a document.
fn speaks_of(words: &str, any: &[&str]) -> bool {
    let dated = || words.contains(['年', '月', '日', '至', '到']) || words.contains("发布") || words.contains("公布");
    words.chars().nth(MAX_SENTENCE).is_none() && any.iter().any(|word| words.contains(word)) && dated()
}

/// A day with the words that state it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FoundDay {
    day: Date,
    at: String,
    words: String,
}

impl FoundDay {
    fn new(day: Date, sentence: &Sentence<'_>) -> Self {
        Self { day, at: sentence.at.clone(), words: clipped(sentence.words) }
    }
}

/// When a text says it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Period {
    pub(super) effective: Option<Date>,
    pub(super) expires: Option<Date>,
    /// The words that say so.
    pub(super) terms: Vec<Term>,
}

/// Reads the period from the sentences that speak of the document itself. `issued` gives the days that 自印发之日起 means.
pub(super) fn period(title: &str, text: &str, issued: &Dates) -> Period {
    let sentences = sentences(text);
    let mut period = Period::default();
    let mut whole: Option<Commencement> = None;
    for sentence in sentences.iter().filter(|sentence| speaks_of(sentence.words, &BEGINNINGS)) {
        for found in commencement::commencements(sentence, title, issued) {
            if !found.clauses.is_empty() {
                period.terms.push(term(TermKind::Commences, &found.day, found.clauses));
            } else if whole.as_ref().is_none_or(|best| found.rank >= best.rank) {
                // The last sentence about the document itself decides, as the closing article does.
                whole = Some(found);
            }
        }
    }
    if let Some(found) = &whole {
        period.effective = Some(found.day.day);
        period.terms.insert(0, term(TermKind::Commences, &found.day, Vec::new()));
    }
    if let Some((sentence, expiry)) = last_expiry(&sentences, title) {
        if let Expiry::On(Some(from), _) = expiry
            && period.effective.is_none()
        {
            period.effective = Some(from);
            period.terms.push(term(TermKind::Commences, &FoundDay::new(from, sentence), Vec::new()));
        }
        period.expires = expiry.last_day(period.effective.or(issued.issued()));
        if period.expires.is_some() || expiry == Expiry::Event {
            let (at, words) = (sentence.at.clone(), clipped(sentence.words));
            period.terms.push(Term { kind: TermKind::Expires, on: period.expires, clauses: Vec::new(), at, words });
        }
    }
    period
}

/// The last sentence that states an end; a day is believed before an event.
fn last_expiry<'s, 't>(sentences: &'s [Sentence<'t>], title: &str) -> Option<(&'s Sentence<'t>, Expiry)> {
    let speaking = || sentences.iter().rev().filter(|sentence| speaks_of(sentence.words, &ENDS));
    let found = || speaking().filter_map(|sentence| Some((sentence, expiry::expiry(sentence, title)?)));
    found().find(|(_, expiry)| *expiry != Expiry::Event).or_else(|| found().next())
}

fn term(kind: TermKind, found: &FoundDay, clauses: Vec<String>) -> Term {
    Term { kind, on: Some(found.day), clauses, at: found.at.clone(), words: found.words.clone() }
}

fn clipped(words: &str) -> String {
    words.chars().take(MAX_WORDS).collect()
}

#[cfg(test)]
mod tests;
