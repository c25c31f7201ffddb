//! One test of one value (单项判断), and by how much it is missed.

use jiff::civil::Date;

use super::facts::{Facts, Known, months_between, months_later};
use super::state::State;
use crate::policy::programme::{
    Days, Decimal, FactType, FactValue, Holdings, Leaf, Literal, Measure, Test, industry_code,
};
use crate::policy::{RegionCode, RegionFit};

/// By how much a condition is missed (差多少).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// So much too little.
    Short(Decimal),
    /// So much too much.
    Over(Decimal),
    /// It will be met on this day.
    From(Date),
    /// It was met until this day.
    Until(Date),
}

/// A state, and by how much it is missed.
type Judged = (State, Option<Gap>);

/// Judges a leaf.
pub(super) fn judge(leaf: &Leaf, facts: &Facts<'_, '_>) -> Judged {
    match &leaf.of {
        Measure::Ratio { of, to } => match (facts.number(of), facts.number(to)) {
            (Some(of), Some(to)) => all(leaf.tests.iter().map(|test| ratio(test, of, to))),
            _ => (State::Unknown, None),
        },
        Measure::Fact(fact) => {
            let kind = facts.definition(fact).map(|definition| definition.kind);
            let of = |value: &FactValue| all(leaf.tests.iter().map(|test| judge_value(test, value, kind, facts)));
            match facts.known(fact) {
                Known::Given(value) => of(value),
                Known::Derived(values) => agreed(values.iter().map(of)),
                Known::Unknown => (State::Unknown, None),
            }
        }
    }
}

/// All tests of a leaf; the gap is that of the first one missed.
fn all(judged: impl Iterator<Item = Judged>) -> Judged {
    judged.fold((State::Met, None), |(state, gap), (next, next_gap)| (state.min(next), gap.or(next_gap)))
}

/// The same for each value a fact can have.
fn agreed(judged: impl Iterator<Item = Judged>) -> Judged {
    let judged: Vec<Judged> = judged.collect();
    let state = State::agreed(judged.iter().map(|(state, _)| *state));
    let gap = judged.first().and_then(|(_, gap)| *gap).filter(|_| judged.len() == 1 && state == State::NotMet);
    (state, gap)
}

fn ratio(test: &Test, of: Decimal, to: Decimal) -> Judged {
    if to == Decimal::ZERO {
        return (State::NotMet, None);
    }
    match test {
        Test::AtLeast(rate) | Test::AtMost(rate) | Test::MoreThan(rate) | Test::LessThan(rate) => {
            compare(test, of, rate.times(to))
        }
        _ => (State::Unknown, None),
    }
}

/// Compares a number with a bound.
fn compare(test: &Test, number: Decimal, bound: Decimal) -> Judged {
    let (met, gap) = match test {
        Test::AtLeast(_) => (number >= bound, Gap::Short(bound.minus(number))),
        Test::MoreThan(_) => (number > bound, Gap::Short(bound.minus(number))),
        Test::AtMost(_) => (number <= bound, Gap::Over(number.minus(bound))),
        _ => (number < bound, Gap::Over(number.minus(bound))),
    };
    (State::of(met), (!met).then_some(gap))
}

fn judge_value(test: &Test, value: &FactValue, kind: Option<FactType>, facts: &Facts<'_, '_>) -> Judged {
    let plain = |state| (state, None);
    match (test, value) {
        (Test::Is(literal), value) => plain(equal(literal, value)),
        (Test::IsNot(literal), value) => plain(equal(literal, value).negated()),
        (Test::In(literals), value) => plain(State::any(literals.iter().map(|literal| equal(literal, value)))),
        (Test::NotIn(literals), value) => {
            plain(State::any(literals.iter().map(|literal| equal(literal, value))).negated())
        }
        (Test::Has { any, held_on_day, last_years }, FactValue::Set(set)) => {
            let asked = Asked {
                any,
                on: held_on_day.then_some(facts.setting.as_of),
                since_year: last_years.map(|years| facts.setting.as_of.year() - years + 1),
            };
            plain(asked.of(set))
        }
        (Test::HasNone(any), FactValue::Set(set)) => {
            plain(Asked { any, on: Some(facts.setting.as_of), since_year: None }.of(set).negated())
        }
        (
            Test::AtLeast(bound) | Test::AtMost(bound) | Test::MoreThan(bound) | Test::LessThan(bound),
            FactValue::Number(number),
        ) => compare(test, *number, *bound),
        (Test::Within(codes), FactValue::Word(own)) => plain(State::any(codes.iter().map(|code| match kind {
            Some(FactType::Industry) => within_industry(own, code),
            _ => within_place(own, code, facts),
        }))),
        (_, FactValue::Date(days)) => dated(test, *days, facts.setting.as_of),
        _ => plain(State::Unknown),
    }
}

fn equal(literal: &Literal, value: &FactValue) -> State {
    match (literal, value) {
        (Literal::YesNo(one), FactValue::YesNo(other)) => State::of(one == other),
        (Literal::Number(one), FactValue::Number(other)) => State::of(one == other),
        (Literal::Word(one), FactValue::Word(other)) => State::of(one == other),
        _ => State::Unknown,
    }
}

/// What is asked of a set.
struct Asked<'a> {
    any: &'a [String],
    on: Option<Date>,
    since_year: Option<i16>,
}

impl Asked<'_> {
    fn of(&self, set: &Holdings) -> State {
        State::any(self.any.iter().map(|value| self.one(value, set)))
    }

    fn one(&self, value: &str, set: &Holdings) -> State {
        let held = set.held.iter().filter(|holding| holding.value == value);
        let states = held.map(|holding| {
            let on_day = State::of(self.on.is_none_or(|day| holding.on(day)));
            let in_time = match (self.since_year, holding.year) {
                (None, _) => State::Met,
                (Some(_), None) => State::Unknown,
                (Some(since), Some(year)) => State::of(year >= since),
            };
            State::all([on_day, in_time])
        });
        let held = State::any(states);
        let known = set.complete || set.lacking.iter().any(|lacking| lacking == value);
        let seen = set.held.iter().any(|holding| holding.value == value);
        if held == State::NotMet && !known && !seen { State::Unknown } else { held }
    }
}

fn within_industry(own: &str, code: &str) -> State {
    let (Some(own), Some(code)) = (industry_code(own), industry_code(code)) else { return State::Unknown };
    if own.starts_with(&code) {
        State::Met
    } else if code.starts_with(&own) {
        State::Unknown
    } else {
        State::NotMet
    }
}

fn within_place(own: &str, code: &str, facts: &Facts<'_, '_>) -> State {
    let (Some(own), Some(code)) = (RegionCode::parse(own), RegionCode::parse(code)) else { return State::Unknown };
    match facts.setting.places.fit(&own, Some(&code)) {
        RegionFit::Same | RegionFit::Above(_) | RegionFit::Everywhere => State::Met,
        RegionFit::Below(_) => State::Unknown,
        RegionFit::Elsewhere => State::NotMet,
    }
}

/// A test of a day that may be known only as a month or a year.
fn dated(test: &Test, days: Days, as_of: Date) -> Judged {
    let (first, last) = (on_day(test, days.first, as_of), on_day(test, days.last, as_of));
    match (first, last) {
        (Some(first), Some(last)) if first.side == last.side => {
            let met = first.side == Side::Within;
            (State::of(met), (!met).then_some(last.gap).flatten())
        }
        _ => (State::Unknown, None),
    }
}

/// Where a day lies to the days that meet a test.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Within,
    After,
}

struct Placed {
    side: Side,
    gap: Option<Gap>,
}

fn on_day(test: &Test, day: Date, as_of: Date) -> Option<Placed> {
    let placed = |side, gap| Some(Placed { side, gap });
    match test {
        Test::OnOrAfter(bound) if day >= *bound => placed(Side::Within, None),
        Test::OnOrAfter(_) => placed(Side::Before, None),
        Test::OnOrBefore(bound) if day <= *bound => placed(Side::Within, None),
        Test::OnOrBefore(_) => placed(Side::After, None),
        Test::WithinMonths(_) | Test::AtLeastMonths(_) if day > as_of => placed(Side::After, None),
        Test::WithinMonths(months) => {
            let last = months_later(day, i64::from(*months));
            if as_of <= last { placed(Side::Within, None) } else { placed(Side::Before, Some(Gap::Until(last))) }
        }
        Test::AtLeastMonths(months) if months_between(day, as_of) >= i64::from(*months) => placed(Side::Within, None),
        Test::AtLeastMonths(months) => placed(Side::After, Some(Gap::From(months_later(day, i64::from(*months))))),
        _ => None,
    }
}
