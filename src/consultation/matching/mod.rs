//! A profile at the desk (匹配): read, matched on the generation that answers, and told with its citations.
//!
//! Nothing of a profile is kept or logged.

mod citing;
mod told;

use jiff::civil::Date;
use serde_json::Value;

use super::Library;
use crate::contract::{FactDefinitionJson, KnownFactJson, MatchCountsJson, MatchJson, NextQuestionJson, ReadFactJson};
use crate::eligibility::{self, Setting, Verdict};
use crate::index::IndexError;
use crate::policy::programme::{FactDefinition, FactValue, GivenProfile, Profile, ProfileError};

use citing::Citer;
use told::{fact_json, told_value};

/// Why a profile could not be matched (匹配未成).
#[derive(Debug, thiserror::Error)]
pub enum MatchError {
    /// The profile is wrong: the asker must act.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The index cannot be read: we must act.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl Library {
    /// Matches a profile as it stands in JSON; `today` holds unless the profile names a day.
    pub fn match_profile(&self, profile: &Value, today: Date) -> Result<MatchJson, MatchError> {
        let generation = self.generation();
        let (book, places) = (generation.book(), generation.gazetteer());
        let given = GivenProfile::read(profile, book, places)?;
        let setting = Setting { book, places, as_of: given.as_of.unwrap_or(today) };
        let mut profile = given.profile;
        if !given.subject_given
            && let Some(who) = eligibility::claimant_of(&given.text, setting)
        {
            profile.subject = who;
        }
        let read = take(&given.text, &mut profile, setting);
        if let Some(words) = eligibility::contradiction(&profile, setting) {
            return Err(ProfileError::contradictory(words).into());
        }
        Ok(told(self, &profile, read, setting)?)
    }

    /// All facts that can be told, in the order of the vocabulary.
    #[must_use]
    pub fn fact_definitions(&self) -> Vec<FactDefinitionJson> {
        self.generation().book().vocabulary.facts().iter().map(definition).collect()
    }
}

/// Takes the facts of free words into the profile; what was given stands before what was read.
fn take(text: &str, profile: &mut Profile, setting: Setting<'_>) -> Vec<ReadFactJson> {
    let mut told = Vec::new();
    for read in eligibility::read_facts(text, profile.subject, setting) {
        let Some(fact) = setting.book.vocabulary.get(&read.fact) else { continue };
        let used = !profile.facts.contains_key(&read.fact) && !profile.unknown.contains(&read.fact);
        told.push(ReadFactJson {
            fact: read.fact.clone(),
            name: fact.name.clone(),
            value: fact_json(fact, &read.value),
            told: told_value(fact, &read.value, setting),
            words: read.words(text).to_owned(),
            start: read.range.start,
            end: read.range.end,
            used,
        });
        if used {
            profile.facts.insert(read.fact, read.value);
        }
    }
    told
}

fn told(
    library: &Library,
    profile: &Profile,
    read: Vec<ReadFactJson>,
    setting: Setting<'_>,
) -> Result<MatchJson, IndexError> {
    let matches = eligibility::match_all(profile, setting);
    let overlaps = eligibility::overlaps(&matches, profile);
    let mut citer = Citer::new(library.generation(), setting.as_of);
    let mut programmes = Vec::new();
    for matched in &matches {
        programmes.push(told::programme(matched, &overlaps, setting, &mut citer)?);
    }
    let rank = |verdict: &str| [Verdict::Eligible, Verdict::Undetermined].iter().position(|own| own.name() == verdict);
    programmes.sort_by_key(|told| (rank(&told.verdict).unwrap_or(2), told.standing != "in_force"));
    let count = |verdict: Verdict| programmes.iter().filter(|told| told.verdict == verdict.name()).count();
    let counts = MatchCountsJson {
        eligible: count(Verdict::Eligible),
        undetermined: count(Verdict::Undetermined),
        not_eligible: count(Verdict::NotEligible),
        not_in_force: programmes.iter().filter(|told| told.standing != "in_force").count(),
    };
    let value = |(id, value): (&String, &FactValue)| {
        setting.book.vocabulary.get(id).map(|fact| (id.clone(), fact_json(fact, value)))
    };
    Ok(MatchJson {
        subject: profile.subject.label().to_owned(),
        as_of: setting.as_of.to_string(),
        facts: profile.facts.iter().filter_map(value).collect(),
        known: known(profile, setting),
        unknown: profile.unknown.iter().cloned().collect(),
        read,
        counts,
        programmes,
        next_question: eligibility::next_question(profile, setting).map(|next| NextQuestionJson {
            fact: definition(next.fact),
            waiting: next.waiting,
            for_amount: next.for_amount,
        }),
        citations: citer.into_citations(),
        took_ms: 0.0,
    })
}

/// What is known, in words, in the order of the vocabulary.
fn known(profile: &Profile, setting: Setting<'_>) -> Vec<KnownFactJson> {
    let told = |fact: &FactDefinition| {
        let value = profile.get(&fact.id)?;
        Some(KnownFactJson { fact: fact.id.clone(), name: fact.name.clone(), told: told_value(fact, value, setting) })
    };
    setting.book.vocabulary.facts().iter().filter_map(told).collect()
}

fn definition(fact: &FactDefinition) -> FactDefinitionJson {
    FactDefinitionJson {
        fact: fact.id.clone(),
        subject: fact.subject.label().to_owned(),
        name: fact.name.clone(),
        kind: fact.kind.name().to_owned(),
        unit: fact.unit.clone(),
        question: fact.question.clone(),
        explanation: fact.explanation.clone(),
        choices: fact.choices.iter().map(|choice| choice.value.clone()).collect(),
        min: fact.min.map(|number| number.to_string()),
        max: fact.max.map(|number| number.to_string()),
        derived: fact.derived,
    }
}
