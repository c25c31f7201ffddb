//! Yes or no (是非事实): what must not have happened, and what must be so.

use std::ops::Range;

use super::super::quantity::number;
use super::super::vocabulary::Fact;
use super::{Found, Ground, Test};

pattern!(NEGATION, r"未被|未曾|未有|没有|不存在|不属于|不得|尚未|未|无|非");
pattern!(RECENT, r"近(?P<years>[0-9一二三四五六七八九十两]+)年");

/// A fact is claimed, not denied, only by a name as long as this.
const SHORTEST_CLAIM: usize = 5;
/// Bytes of a verb of two characters that a list may share (欠缴税款、社会保险费).
const VERB: usize = 6;

/// The yes-or-no facts a phrase names, denied or claimed.
pub(super) fn read(phrase: &str, ground: Ground<'_>) -> Vec<Found> {
    let denied = NEGATION.find(phrase).map(|found| found.start());
    let facts = ground.vocabulary.of(&["yes_no"]).filter(|fact| fact.subject == ground.audience);
    let facts = facts.filter(|fact| years(phrase) == years(&fact.name));
    facts.filter_map(|fact| one(phrase, denied, fact)).collect()
}

fn years(text: &str) -> Option<u64> {
    let years = RECENT.captures(text).and_then(|found| number(&found["years"]));
    years.map(f64::to_bits)
}

fn one(phrase: &str, denied: Option<usize>, fact: &Fact) -> Option<Found> {
    let mut best: Option<Range<usize>> = None;
    for word in fact.words() {
        let at = phrase.find(word).map(|at| at..at + word.len()).or_else(|| shared_verb(phrase, word));
        let long =
            |range: &Range<usize>| denied.is_some_and(|no| no < range.end) || word.chars().count() >= SHORTEST_CLAIM;
        if let Some(at) = at.filter(long).filter(|at| best.as_ref().is_none_or(|best| at.len() > best.len())) {
            best = Some(at);
        }
    }
    let at = best?;
    let claimed = denied.is_none_or(|no| no >= at.start);
    // A name that itself denies (非本人意愿) is claimed by being said.
    let says_no = NEGATION.is_match(&phrase[at.clone()]);
    Some(Found::new(&fact.id, Test::Is(claimed || says_no), at))
}

/// 社会保险费 of 欠缴税款、社会保险费: the verb stands once for the list.
fn shared_verb(phrase: &str, word: &str) -> Option<Range<usize>> {
    let (verb, rest) = (word.get(..VERB)?, word.get(VERB..)?);
    let begin = phrase.find(verb).filter(|_| rest.chars().count() >= 2)?;
    let at = begin + phrase[begin..].find(rest)?;
    let between = &phrase[begin + verb.len()..at];
    let is_list = between.contains(['、', '和']) && !between.contains(['，', '；']);
    let is_object = matches!(between, "职工" | "员工" | "农民工" | "劳动者");
    (is_list || is_object).then(|| at..at + rest.len())
}
