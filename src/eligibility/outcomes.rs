//! What could be answered to a question (可能的回答): one value for each way the programmes tell answers apart.

use jiff::ToSpan;
use jiff::civil::Date;

use super::facts::months_later;
use super::size;
use crate::policy::programme::{
    Condition, Days, Decimal, FactDefinition, FactType, FactValue, Holding, Holdings, Leaf, Literal, Measure, Profile,
    SupportProgramme, Test,
};

/// A possible answer and how likely it is thought to be.
pub(super) type Outcome = (FactValue, f64);

/// How likely the usual answer is thought to be: exclusions (失信, 已享受) catch few.
const USUAL: f64 = 0.85;
/// How likely nothing of a set is held.
const HOLDS_NOTHING: f64 = 0.6;

/// A leaf that tells answers to a fact apart, and whether it stands in a `none` group.
struct Use<'p> {
    leaf: &'p Leaf,
    negated: bool,
}

fn uses<'p>(condition: &'p Condition, fact: &str, negated: bool, found: &mut Vec<Use<'p>>) {
    match condition {
        Condition::Leaf(leaf) => {
            if leaf.facts().into_iter().any(|own| rests_on(own, fact)) {
                found.push(Use { leaf, negated });
            }
        }
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                uses(part, fact, negated, found);
            }
        }
        Condition::None(parts) => {
            for part in parts {
                uses(part, fact, !negated, found);
            }
        }
    }
}

/// Whether a fact is this one or computed from it.
pub(super) fn rests_on(fact: &str, source: &str) -> bool {
    fact == source
        || matches!(
            (fact, source),
            ("size", "industry" | "staff" | "annual_revenue" | "total_assets")
                | ("age", "birth_date")
                | ("months_since_founded", "founded")
        )
}

/// The answers that these programmes tell apart; weights add up to one.
pub(super) fn outcomes(
    fact: &FactDefinition,
    programmes: &[&SupportProgramme],
    known: &Profile,
    as_of: Date,
) -> Vec<Outcome> {
    let mut found = Vec::new();
    for programme in programmes {
        uses(&programme.conditions, &fact.id, false, &mut found);
    }
    let values = match fact.kind {
        FactType::YesNo => return yes_or_no(fact, &found),
        FactType::Choices | FactType::Programmes => return sets(&found),
        FactType::Choice => return choices(fact, &found),
        FactType::Number | FactType::Money => numbers(fact, &found, known.word("industry")),
        FactType::Date => dates(&found, as_of),
        FactType::Region => places(&found, "999999"),
        FactType::Industry => places(&found, "T97"),
    };
    let weight = 1.0 / f64::from(u32::try_from(values.len()).unwrap_or(u32::MAX).max(1));
    values.into_iter().map(|value| (value, weight)).collect()
}

fn yes_or_no(fact: &FactDefinition, uses: &[Use<'_>]) -> Vec<Outcome> {
    let said = fact.usual.as_ref().and_then(serde_json::Value::as_bool);
    // A fact that only ever excludes is rare.
    let excludes = |used: &Use<'_>| used.negated || used.leaf.tests == [Test::Is(Literal::YesNo(false))];
    let usual = said.or_else(|| uses.iter().all(excludes).then_some(false));
    let yes = match usual {
        Some(true) => USUAL,
        Some(false) => 1.0 - USUAL,
        None => 0.5,
    };
    vec![(FactValue::YesNo(true), yes), (FactValue::YesNo(false), 1.0 - yes)]
}

fn sets(uses: &[Use<'_>]) -> Vec<Outcome> {
    let mut named: Vec<&str> = Vec::new();
    for test in uses.iter().flat_map(|used| &used.leaf.tests) {
        if let Test::Has { any, .. } | Test::HasNone(any) = test {
            named.extend(any.iter().map(String::as_str));
        }
    }
    named.sort_unstable();
    named.dedup();
    let each = (1.0 - HOLDS_NOTHING) / f64::from(u32::try_from(named.len()).unwrap_or(u32::MAX).max(1));
    let held = named.into_iter().map(|value| (FactValue::Set(Holdings::all(vec![Holding::of(value)])), each));
    std::iter::once((FactValue::Set(Holdings::all(Vec::new())), HOLDS_NOTHING)).chain(held).collect()
}

fn choices(fact: &FactDefinition, uses: &[Use<'_>]) -> Vec<Outcome> {
    let mut named: Vec<&str> = Vec::new();
    for test in uses.iter().flat_map(|used| &used.leaf.tests) {
        let literals = match test {
            Test::Is(literal) | Test::IsNot(literal) => std::slice::from_ref(literal),
            Test::In(literals) | Test::NotIn(literals) => literals,
            _ => &[],
        };
        named.extend(literals.iter().filter_map(|literal| match literal {
            Literal::Word(word) => Some(word.as_str()),
            _ => None,
        }));
    }
    let all = fact.choices.len().max(1);
    let share = |count: usize| {
        f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / f64::from(u32::try_from(all).unwrap_or(u32::MAX))
    };
    let (told, other): (Vec<_>, Vec<_>) =
        fact.choices.iter().partition(|choice| named.contains(&choice.value.as_str()));
    let rest = other.first().map(|choice| (FactValue::Word(choice.value.clone()), share(other.len())));
    told.into_iter().map(|choice| (FactValue::Word(choice.value.clone()), share(1))).chain(rest).collect()
}

fn numbers(fact: &FactDefinition, uses: &[Use<'_>], industry: Option<&str>) -> Vec<FactValue> {
    let mut bounds: Vec<Decimal> = Vec::new();
    for used in uses {
        if matches!(&used.leaf.of, Measure::Fact(own) if own == "size") {
            bounds.extend(size::steps(&fact.id, industry));
        }
        let ratio = matches!(used.leaf.of, Measure::Ratio { .. });
        bounds.extend(used.leaf.tests.iter().filter_map(|test| match test {
            // The other side of a ratio is rarely known yet: one, and many.
            _ if ratio => Some(Decimal::whole(1)),
            Test::AtLeast(bound) | Test::LessThan(bound) => Some(*bound),
            Test::AtMost(bound) | Test::MoreThan(bound) => Some(bound.plus(LEAST_STEP)),
            _ => None,
        }));
    }
    bounds.push(Decimal::ZERO);
    bounds.sort_unstable();
    bounds.dedup();
    let least = fact.min.unwrap_or(Decimal::ZERO);
    bounds.into_iter().filter(|bound| *bound >= least).map(FactValue::Number).collect()
}

/// Just more than a bound.
const LEAST_STEP: Decimal = Decimal::whole(1);

fn dates(uses: &[Use<'_>], as_of: Date) -> Vec<FactValue> {
    let mut bounds: Vec<Date> = vec![as_of];
    for used in uses {
        let fact = match &used.leaf.of {
            Measure::Fact(fact) => fact.as_str(),
            Measure::Ratio { .. } => continue,
        };
        let months = match fact {
            "age" => 12,
            _ => 1,
        };
        bounds.extend(used.leaf.tests.iter().filter_map(|test| match test {
            Test::OnOrAfter(day) | Test::OnOrBefore(day) => Some(*day),
            Test::WithinMonths(count) | Test::AtLeastMonths(count) => Some(months_later(as_of, -i64::from(*count))),
            Test::AtLeast(count) | Test::AtMost(count) | Test::MoreThan(count) | Test::LessThan(count) => {
                Some(months_later(as_of, -months * count.trunc()))
            }
            _ => None,
        }));
    }
    let before = |day: &Date| day.checked_sub(40.days()).unwrap_or(*day);
    let mut days: Vec<Date> = bounds.iter().map(before).chain(bounds.iter().copied()).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(|day| FactValue::Date(Days::exact(day))).collect()
}

fn places(uses: &[Use<'_>], elsewhere: &str) -> Vec<FactValue> {
    let mut codes: Vec<String> = vec![elsewhere.to_owned()];
    for test in uses.iter().flat_map(|used| &used.leaf.tests) {
        if let Test::Within(within) = test {
            codes.extend(within.iter().cloned());
        }
    }
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().map(FactValue::Word).collect()
}
