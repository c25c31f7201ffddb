//! What a programme gives in this case (待遇测算), exact to the fen, its arithmetic in words.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::matching::missing;
use super::state::State;
use super::tree::judge_tree;
use crate::policy::programme::{Benefit, BenefitKind, Decimal, SupportProgramme, Tier};

/// A benefit in this case (待遇结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award<'p> {
    /// The benefit.
    pub benefit: &'p Benefit,
    /// Whether its own conditions are met.
    pub state: State,
    /// Yuan, where it can be computed.
    pub amount: Option<Decimal>,
    /// The arithmetic, or what is given, in words.
    pub words: String,
    /// Facts that would complete the arithmetic or decide whether it is given.
    pub missing: Vec<String>,
}

/// The benefits that are given or may be, on the day asked about.
pub(super) fn awards<'p>(programme: &'p SupportProgramme, facts: &Facts<'_, '_>) -> Vec<Award<'p>> {
    let on_day = programme.benefits.iter().filter(|benefit| benefit.holds_on(facts.setting.as_of));
    on_day.filter_map(|benefit| award(benefit, facts)).collect()
}

fn award<'p>(benefit: &'p Benefit, facts: &Facts<'_, '_>) -> Option<Award<'p>> {
    let (state, conditions) = benefit.when.as_ref().map_or((State::Met, Vec::new()), |when| judge_tree(when, facts));
    if state == State::NotMet {
        return None;
    }
    let open = if state == State::Unknown { missing(&conditions, facts.setting, facts.profile) } else { Vec::new() };
    let mut missing: Vec<String> = open.into_iter().map(str::to_owned).collect();
    if let Some(fact) = benefit.facts().filter(|fact| facts.number(fact).is_none()) {
        missing.extend(facts.lacking(fact).into_iter().map(str::to_owned));
    }
    let mut seen = BTreeSet::new();
    missing.retain(|fact| seen.insert(fact.clone()));
    let (amount, words) = reckoned(benefit, facts);
    // Below the lowest tier, or a part of nothing: nothing is given.
    let by_measure = matches!(benefit.kind, BenefitKind::Tiers { .. } | BenefitKind::Rate { .. });
    if by_measure && amount == Some(Decimal::ZERO) {
        return None;
    }
    Some(Award { benefit, state, amount, words, missing })
}

fn reckoned(benefit: &Benefit, facts: &Facts<'_, '_>) -> (Option<Decimal>, String) {
    let name = |fact: &str| facts.definition(fact).map_or_else(|| fact.to_owned(), |known| known.name.clone());
    let told =
        |fact: &str, number| facts.definition(fact).map_or_else(|| format!("{number}"), |known| known.told(number));
    let (amount, mut words) = match &benefit.kind {
        BenefitKind::Amount { amount, times: None } => (Some(*amount), amount.as_money()),
        BenefitKind::Amount { amount, times: Some(fact) } => match facts.number(fact) {
            Some(number) => {
                let sum = amount.times(number).to_fen();
                (Some(sum), format!("{} × {} = {}", amount.as_money(), told(fact, number), sum.as_money()))
            }
            None => (None, format!("{} × {}", amount.as_money(), name(fact))),
        },
        BenefitKind::Rate { rate, of, above } => part_of(*rate, *above, (of, facts.number(of)), &name),
        BenefitKind::Tiers { of, tiers } => match facts.number(of) {
            Some(number) => step(tiers, number, &format!("{}{}", name(of), told(of, number))),
            None => (None, format!("按{}分档", name(of))),
        },
        BenefitKind::Reduction { rate, of } => reduced(*rate, of.as_deref().map(|of| (name(of), facts.number(of)))),
        BenefitKind::Service => (None, String::new()),
    };
    if let Some(per) = benefit.per.as_ref().filter(|_| !words.is_empty()) {
        words = format!("{per} {words}");
    }
    capped(amount, words, benefit.ceiling)
}

fn part_of(
    rate: Decimal,
    above: Option<Decimal>,
    (of, number): (&str, Option<Decimal>),
    name: &dyn Fn(&str) -> String,
) -> (Option<Decimal>, String) {
    let percent = rate.as_percent();
    match (number, above) {
        (None, None) => (None, format!("{} × {percent}", name(of))),
        (None, Some(above)) => (None, format!("（{} － {}）× {percent}", name(of), above.as_money())),
        (Some(number), None) => {
            let sum = number.times(rate).to_fen();
            (Some(sum), format!("{}{} × {percent} = {}", name(of), number.as_money(), sum.as_money()))
        }
        (Some(number), Some(above)) => {
            let sum = number.minus(above).max(Decimal::ZERO).times(rate).to_fen();
            let base = format!("（{}{} － {}）", name(of), number.as_money(), above.as_money());
            (Some(sum), format!("{base}× {percent} = {}", sum.as_money()))
        }
    }
}

fn step(tiers: &[Tier], number: Decimal, told: &str) -> (Option<Decimal>, String) {
    match tiers.iter().rev().find(|tier| number >= tier.at_least) {
        Some(tier) => (
            Some(tier.amount),
            format!("{told}，达到 {} 档：{}", tier.at_least.as_money().trim_end_matches('元'), tier.amount.as_money()),
        ),
        None => (Some(Decimal::ZERO), format!("{told}，未达到最低一档")),
    }
}

fn reduced(rate: Decimal, of: Option<(String, Option<Decimal>)>) -> (Option<Decimal>, String) {
    let whole = rate == Decimal::whole(1);
    let verb = if whole { "全免".to_owned() } else { format!("减 {}", rate.as_percent()) };
    match of {
        None => (None, verb),
        Some((name, None)) => (None, format!("{name} {verb}")),
        Some((name, Some(number))) => {
            let sum = number.times(rate).to_fen();
            (Some(sum), format!("{name}{} × {} = 少缴{}", number.as_money(), rate.as_percent(), sum.as_money()))
        }
    }
}

fn capped(amount: Option<Decimal>, words: String, ceiling: Option<Decimal>) -> (Option<Decimal>, String) {
    let Some(ceiling) = ceiling else { return (amount, words) };
    let most = ceiling.as_money();
    match amount {
        Some(amount) if amount > ceiling => (Some(ceiling), format!("{words}，超过上限，按 {most}")),
        Some(amount) => (Some(amount), format!("{words}，不超过 {most}")),
        None if words.is_empty() => (None, format!("不超过 {most}")),
        None => (None, format!("{words}，不超过 {most}")),
    }
}
