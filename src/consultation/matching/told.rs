//! A match in the shapes promised to outsiders (匹配结果的呈现).

use jiff::civil::Date;
use serde_json::{Value, json};

use super::citing::Citer;
use crate::contract::{
    AlternativeJson, BenefitJson, ConditionJson, ExclusiveJson, MissingFactJson, ProgrammeMatchJson, StatedJson,
    WindowJson,
};
use crate::eligibility::{
    Award, ConditionState, Match, Overlap, Setting, Standing, Verdict, condition_in_words, gap_in_words,
};
use crate::index::IndexError;
use crate::policy::RegionCode;
use crate::policy::programme::{
    BenefitKind, Days, FactDefinition, FactType, FactValue, Holding, Stated, SupportProgramme,
};

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// One programme with everything that explains its verdict.
pub(super) fn programme(
    matched: &Match<'_>,
    overlaps: &[Overlap<'_>],
    setting: Setting<'_>,
    citer: &mut Citer<'_>,
) -> Result<ProgrammeMatchJson, IndexError> {
    let own = matched.programme;
    let lapsed = if matched.standing == Standing::InForce { citer.lapsed(own) } else { None };
    let verdict = if lapsed.is_some() { Verdict::NotEligible } else { matched.verdict };
    let (standing, standing_words) = match (lapsed, matched.standing) {
        (Some(words), _) => ("basis_lapsed", words),
        (None, Standing::InForce) => ("in_force", String::new()),
        (None, Standing::Begins(from)) => ("not_yet", format!("自{from}起实施")),
        (None, Standing::Ended(until)) => ("ended", format!("已于{until}到期")),
    };
    let conditions = matched.conditions.iter().map(|condition| told_condition(condition, own, setting, citer));
    let conditions = conditions.collect::<Result<_, _>>()?;
    let benefits = matched.awards.iter().map(|award| told_award(award, own, citer)).collect::<Result<_, _>>()?;
    let mut stated = |all: &[Stated]| all.iter().map(|one| told_stated(one, own, citer)).collect::<Result<Vec<_>, _>>();
    let (unresolved, notes) = (stated(&own.unresolved)?, stated(&own.notes)?);
    let mut one = |stated: &Option<Stated>| stated.as_ref().map(|one| told_stated(one, own, citer)).transpose();
    let places = (one(&own.place)?, one(&own.telephone)?, one(&own.online)?, one(&own.department)?);
    let (place, telephone, online, department) = places;
    let name = |id: &&str| setting.book.vocabulary.get(id).map_or_else(|| (*id).to_owned(), |fact| fact.name.clone());
    let undetermined = verdict == Verdict::Undetermined;
    let missing = matched.missing.iter().filter(|_| undetermined);
    Ok(ProgrammeMatchJson {
        id: own.id.clone(),
        name: own.name.clone(),
        region: own.region.as_ref().map(ToString::to_string),
        themes: own.themes.clone(),
        delivery: own.delivery.label().to_owned(),
        from: day(own.from),
        until: day(own.until),
        verdict: verdict.name().to_owned(),
        label: verdict.label().to_owned(),
        standing: standing.to_owned(),
        standing_words,
        conditions,
        benefits,
        window: window(matched, setting.as_of, citer)?,
        materials: materials(own, citer)?,
        place,
        telephone,
        online,
        department,
        exclusive: exclusive(own, overlaps, setting, citer)?,
        unresolved,
        notes,
        missing_facts: missing.map(|id| MissingFactJson { fact: (*id).to_owned(), name: name(id) }).collect(),
    })
}

fn told_condition(
    condition: &ConditionState<'_>,
    own: &SupportProgramme,
    setting: Setting<'_>,
    citer: &mut Citer<'_>,
) -> Result<ConditionJson, IndexError> {
    let leaf = condition.leaf;
    Ok(ConditionJson {
        id: leaf.id.clone(),
        words: condition_in_words(condition, setting),
        state: condition.state.name().to_owned(),
        matters: condition.matters,
        by_how_much: gap_in_words(condition, setting),
        facts: leaf.facts().into_iter().map(str::to_owned).collect(),
        alternative: condition.alternative.map(|(group, branch)| AlternativeJson { group, branch }),
        from: day(leaf.from),
        until: day(leaf.until),
        citation: citer.number(own, &leaf.basis)?,
    })
}

fn told_award(award: &Award<'_>, own: &SupportProgramme, citer: &mut Citer<'_>) -> Result<BenefitJson, IndexError> {
    let (kind, service) = match award.benefit.kind {
        BenefitKind::Amount { .. } => ("amount", false),
        BenefitKind::Rate { .. } => ("rate", false),
        BenefitKind::Tiers { .. } => ("tiers", false),
        BenefitKind::Reduction { .. } => ("reduction", false),
        BenefitKind::Service => ("service", true),
    };
    // What a service gives, only the clause can say.
    let quote = own.bases.get(&award.benefit.basis).filter(|_| service).map(|basis| basis.quote.clone());
    Ok(BenefitJson {
        kind: kind.to_owned(),
        state: award.state.name().to_owned(),
        words: quote.unwrap_or_else(|| award.words.clone()),
        amount_fen: award.amount.map(|amount| amount.fen()),
        per: award.benefit.per.clone(),
        missing_facts: award.missing.clone(),
        citation: citer.number(own, &award.benefit.basis)?,
    })
}

fn told_stated(stated: &Stated, own: &SupportProgramme, citer: &mut Citer<'_>) -> Result<StatedJson, IndexError> {
    Ok(StatedJson { text: stated.text.clone(), citation: citer.number(own, &stated.basis)? })
}

fn materials(own: &SupportProgramme, citer: &mut Citer<'_>) -> Result<Vec<StatedJson>, IndexError> {
    let told = own
        .materials
        .iter()
        .map(|material| Ok(StatedJson { text: material.name.clone(), citation: citer.number(own, &material.basis)? }));
    told.collect()
}

fn window(matched: &Match<'_>, as_of: Date, citer: &mut Citer<'_>) -> Result<Option<WindowJson>, IndexError> {
    let Some((state, window)) = matched.window.zip(matched.window_of) else { return Ok(None) };
    let (opens, closes) = state.days();
    Ok(Some(WindowJson {
        state: state.name().to_owned(),
        words: state.words(as_of),
        opens: day(opens),
        closes: day(closes),
        days_left: state.days_left(as_of),
        citation: citer.number(matched.programme, &window.basis)?,
    }))
}

fn exclusive(
    own: &SupportProgramme,
    overlaps: &[Overlap<'_>],
    setting: Setting<'_>,
    citer: &mut Citer<'_>,
) -> Result<Vec<ExclusiveJson>, IndexError> {
    let mut told = Vec::new();
    for overlap in overlaps.iter().filter(|overlap| overlap.of == own.id) {
        let name = setting.book.programme(overlap.with).map_or(overlap.with, |other| other.name.as_str());
        told.push(ExclusiveJson {
            with: overlap.with.to_owned(),
            with_name: name.to_owned(),
            rule: overlap.exclusive.rule.label().to_owned(),
            words: overlap.words(name),
            citation: citer.number(own, &overlap.exclusive.basis)?,
        });
    }
    Ok(told)
}

/// A value as it can be sent again.
pub(super) fn fact_json(fact: &FactDefinition, value: &FactValue) -> Value {
    match value {
        FactValue::YesNo(yes) => json!(yes),
        FactValue::Number(number) => json!(number),
        FactValue::Date(days) => json!(told_days(*days)),
        FactValue::Word(word) => json!(word),
        FactValue::Set(set) => {
            let held: Vec<Value> = set.held.iter().map(|holding| holding_json(fact, holding)).collect();
            if set.complete {
                return json!(held);
            }
            json!({"held": held, "not_held": set.lacking, "complete": false})
        }
    }
}

fn holding_json(fact: &FactDefinition, holding: &Holding) -> Value {
    let key = if fact.kind == FactType::Programmes { "programme" } else { "value" };
    let plain =
        holding.since.is_none() && holding.until.is_none() && holding.year.is_none() && holding.amount.is_none();
    if plain {
        return json!(holding.value);
    }
    let mut told = serde_json::Map::new();
    told.insert(key.to_owned(), json!(holding.value));
    let more = [
        ("since", holding.since.map(|day| json!(day.to_string()))),
        ("until", holding.until.map(|day| json!(day.to_string()))),
        ("year", holding.year.map(|year| json!(year))),
        ("amount", holding.amount.map(|amount| json!(amount))),
    ];
    told.extend(more.into_iter().filter_map(|(key, value)| value.map(|value| (key.to_owned(), value))));
    Value::Object(told)
}

/// 2024-03-05, 2024-03, 2024.
fn told_days(days: Days) -> String {
    let (first, last) = (days.first, days.last);
    if first == last {
        first.to_string()
    } else if first.month() == last.month() {
        format!("{}-{:02}", first.year(), first.month())
    } else {
        first.year().to_string()
    }
}

/// A value in words, for confirmation.
pub(super) fn told_value(fact: &FactDefinition, value: &FactValue, setting: Setting<'_>) -> String {
    match value {
        FactValue::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        FactValue::Number(number) => fact.told(*number),
        FactValue::Date(days) => told_days(*days),
        FactValue::Word(word) => match fact.kind {
            FactType::Region => {
                let region = RegionCode::parse(word).and_then(|code| setting.places.get(&code));
                region.map_or_else(|| word.clone(), |region| region.name.clone())
            }
            FactType::Industry => setting.book.vocabulary.industry_name(word).to_owned(),
            _ => word.clone(),
        },
        FactValue::Set(set) => {
            let held = set.held.iter().map(|holding| holding.value.clone());
            held.chain(set.lacking.iter().map(|lacking| format!("没有{lacking}"))).collect::<Vec<_>>().join("、")
        }
    }
}
