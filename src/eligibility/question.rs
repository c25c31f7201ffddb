//! The best next question (下一问): the fact whose answer leaves the least to ask.
//!
//! For each fact that still matters, each answer the programmes tell apart is tried, and what would remain to be asked is
//! estimated; the fact with the least expected rest is asked. A fact that was answered with 不知道 is not asked again, and
//! one that can no longer change a verdict is not asked at all.

use std::collections::BTreeMap;

use super::facts::Setting;
use super::matching::{match_one, open_facts_of, verdict};
use super::outcomes::{outcomes, rests_on};
use super::state::Verdict;
use crate::policy::programme::{FactDefinition, FactValue, Holdings, Profile, SupportProgramme};

/// A question to ask next (下一问).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextQuestion<'a> {
    /// The fact asked for.
    pub fact: &'a FactDefinition,
    /// Programmes that wait for it.
    pub waiting: usize,
    /// Whether it only serves to compute an amount: all verdicts are settled.
    pub for_amount: bool,
}

/// A programme that is not settled, with the facts it waits for.
struct Open<'a> {
    programme: &'a SupportProgramme,
    facts: Vec<&'a str>,
}

/// The facts a programme waits for that may still be asked; none when it is settled or nobody can tell.
fn open<'a>(programme: &'a SupportProgramme, profile: &Profile, setting: Setting<'a>) -> Option<Open<'a>> {
    if verdict(programme, profile, setting) != Verdict::Undetermined {
        return None;
    }
    let mut facts = open_facts_of(programme, profile, setting);
    facts.retain(|fact| !profile.unknown.contains(*fact));
    (!facts.is_empty()).then_some(Open { programme, facts })
}

/// An estimate of how many answers are still needed. A programme that waits for `n` facts is thought to need fewer than
/// `n`, because each answer may end it; a fact that several programmes wait for is counted once.
fn rest<'a>(waiting: impl Iterator<Item = &'a [&'a str]>) -> f64 {
    let mut spared: BTreeMap<&str, f64> = BTreeMap::new();
    for facts in waiting {
        let count = i32::try_from(facts.len()).unwrap_or(i32::MAX);
        let needed = (1.0 - ENDS.powi(count)) / (1.0 - ENDS) / f64::from(count.max(1));
        for fact in facts {
            *spared.entry(fact).or_insert(1.0) *= 1.0 - needed.min(1.0);
        }
    }
    spared.values().map(|spared| 1.0 - spared).sum()
}

/// How likely an answer leaves a programme open; found by trial on random profiles (see the tests).
const ENDS: f64 = 0.7;

/// The question whose answer leaves the least to ask; none when everything is settled.
#[must_use]
pub fn next_question<'a>(profile: &Profile, setting: Setting<'a>) -> Option<NextQuestion<'a>> {
    let own = setting.book.programmes.iter().filter(|programme| programme.audience == profile.subject);
    let waiting: Vec<Open<'a>> = own.filter_map(|programme| open(programme, profile, setting)).collect();
    let mut candidates: Vec<&str> = waiting.iter().flat_map(|open| open.facts.iter().copied()).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut trial = profile.clone();
    let definitions = candidates.into_iter().filter_map(|fact| setting.book.vocabulary.get(fact));
    let scored = definitions.map(|fact| (expected_rest(fact, &mut trial, &waiting, setting), fact));
    let best = scored.min_by(|(one, fact), (other, second)| one.total_cmp(other).then_with(|| fact.id.cmp(&second.id)));
    match best {
        Some((_, fact)) => {
            let waiting = waiting.iter().filter(|open| open.facts.contains(&fact.id.as_str())).count();
            Some(NextQuestion { fact, waiting, for_amount: false })
        }
        None => amount_question(profile, setting),
    }
}

fn expected_rest<'a>(fact: &FactDefinition, trial: &mut Profile, waiting: &[Open<'a>], setting: Setting<'a>) -> f64 {
    let concerned = |open: &&Open<'a>| {
        let leaves = open.programme.conditions.leaves();
        leaves.iter().any(|leaf| leaf.facts().into_iter().any(|own| rests_on(own, &fact.id)))
    };
    let (touched, untouched): (Vec<&Open<'a>>, Vec<&Open<'a>>) = waiting.iter().partition(concerned);
    let programmes: Vec<&SupportProgramme> = touched.iter().map(|open| open.programme).collect();
    let before = trial.facts.get(&fact.id).cloned();
    let mut expected = 0.0;
    for (value, weight) in outcomes(fact, &programmes, setting) {
        trial.facts.insert(fact.id.clone(), joined(before.as_ref(), value));
        let after: Vec<Open<'a>> = programmes.iter().filter_map(|programme| open(programme, trial, setting)).collect();
        let facts = untouched.iter().map(|open| open.facts.as_slice()).chain(after.iter().map(|o| o.facts.as_slice()));
        expected += weight * rest(facts);
    }
    match before {
        Some(before) => trial.facts.insert(fact.id.clone(), before),
        None => trial.facts.remove(&fact.id),
    };
    expected
}

/// An answer beside what is already known of a set.
fn joined(before: Option<&FactValue>, answer: FactValue) -> FactValue {
    match (before, answer) {
        (Some(FactValue::Set(known)), FactValue::Set(mut more)) => {
            more.held.extend(known.held.iter().cloned());
            FactValue::Set(Holdings::all(more.held))
        }
        (_, answer) => answer,
    }
}

/// When all is settled: the fact that lets most amounts be computed.
fn amount_question<'a>(profile: &Profile, setting: Setting<'a>) -> Option<NextQuestion<'a>> {
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for programme in &setting.book.programmes {
        if verdict(programme, profile, setting) != Verdict::Eligible {
            continue;
        }
        for fact in match_one(programme, profile, setting).awards.into_iter().flat_map(|award| award.missing) {
            *wanted.entry(fact).or_default() += 1;
        }
    }
    wanted.retain(|fact, _| !profile.unknown.contains(fact));
    let (fact, waiting) = wanted.into_iter().max_by_key(|(_, waiting)| *waiting)?;
    setting.book.vocabulary.get(&fact).map(|fact| NextQuestion { fact, waiting, for_amount: true })
}
