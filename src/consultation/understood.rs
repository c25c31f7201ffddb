//! Renders what was understood of a question, so that it can be seen and corrected.

use crate::contract::{
    AsOfJson, ExpansionJson, FactJson, InheritedJson, PartJson, ReckoningJson, RegionJson, TimeJson, UnderstoodJson,
};
use crate::policy::Level;
use crate::query::{AskedRegion, Expansion, InformationNeed};

/// A place asked about.
pub(super) fn region(asked: &AskedRegion) -> RegionJson {
    RegionJson { code: asked.code.to_string(), name: asked.name.clone(), from: asked.from.name().to_owned() }
}

/// What was understood.
pub(super) fn understood(need: &InformationNeed) -> UnderstoodJson {
    let names = |kinds: &[crate::query::AnswerType]| kinds.iter().map(|kind| kind.name().to_owned()).collect();
    UnderstoodJson {
        answer_type: need.answer_type().name().to_owned(),
        terms: need.subject.iter().map(|part| part.text.clone()).collect(),
        expansions: need.expansions.iter().map(expansion).collect(),
        documents: documents(need),
        clause: need.clause.clone(),
        answer_types: names(&need.answer_types),
        parts: need
            .parts
            .iter()
            .map(|part| PartJson { text: part.text.clone(), answer_types: names(&part.answer_types) })
            .collect(),
        negation: need.negation.clone(),
        region: need.region.as_ref().map(region),
        regions_beside: need.regions_beside.iter().map(region).collect(),
        region_needed: need.region_needed.map(level),
        as_of: Some(AsOfJson {
            date: need.as_of.to_string(),
            from: if need.as_of_asked { "question" } else { "request" }.to_owned(),
        }),
        times: times(need),
        document_year: need.year,
        facts: facts(need),
        audience: need.audience.map(|audience| audience.name().to_owned()),
        corrections: need.expansions.iter().filter(|expansion| expansion.replaces).map(expansion).collect(),
        reckoning: need.reckoning.as_ref().map(|reckoning| ReckoningJson {
            from: reckoning.from.to_string(),
            count: reckoning.count,
            unit: reckoning.unit.name().to_owned(),
            words: reckoning.words.clone(),
        }),
        inherited: need
            .inherited
            .iter()
            .map(|(what, value)| InheritedJson { fact: what.name().to_owned(), value: value.clone() })
            .collect(),
        standalone: need.standalone(),
        rest: need.rest.clone(),
    }
}

fn expansion(expansion: &Expansion) -> ExpansionJson {
    ExpansionJson { from: expansion.from.clone(), to: expansion.to.clone(), because: expansion.because.clone() }
}

fn documents(need: &InformationNeed) -> Vec<String> {
    let numbers = need.numbers.iter().map(|mention| match mention.number() {
        Some(number) => number.to_string(),
        None => format!("{}号", mention.serial),
    });
    need.titles.iter().map(|title| format!("《{title}》")).chain(numbers).collect()
}

fn times(need: &InformationNeed) -> Vec<TimeJson> {
    let time = |time: &crate::query::AskedTime| TimeJson {
        words: time.words.clone(),
        from: time.period.from.to_string(),
        to: time.period.to.to_string(),
        role: time.role.name().to_owned(),
    };
    need.times.iter().map(time).collect()
}

fn facts(need: &InformationNeed) -> Vec<FactJson> {
    let fact = |fact: &crate::query::Fact| FactJson {
        kind: fact.kind.name().to_owned(),
        label: fact.kind.label().to_owned(),
        value: fact.value.clone(),
        words: fact.words.clone(),
    };
    need.facts.iter().map(fact).collect()
}

fn level(level: Level) -> String {
    match level {
        Level::National => "national",
        Level::Provincial => "provincial",
        Level::Prefecture => "prefecture",
        Level::County => "county",
        Level::Township => "township",
    }
    .to_owned()
}
