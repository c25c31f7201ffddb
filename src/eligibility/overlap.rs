//! Programmes that cannot be had together (互斥与就高).

use super::matching::Match;
use super::state::{State, Verdict};
use crate::policy::programme::{Decimal, Exclusive, ExclusiveRule, FactValue, Profile};

/// A remark about two programmes (互斥提示).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap<'p> {
    /// The programme that says so.
    pub of: &'p str,
    /// The other one.
    pub with: &'p str,
    /// The rule.
    pub exclusive: &'p Exclusive,
    /// What it comes to here.
    pub outcome: Outcome,
}

/// What an exclusion comes to (互斥结果).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Both are possible, and this one gives more.
    ThisGivesMore(Decimal, Decimal),
    /// Both are possible, and the other gives more.
    OtherGivesMore(Decimal, Decimal),
    /// Both are possible and give the same.
    Equal(Decimal),
    /// Both are possible; which gives more cannot be computed.
    NotComparable,
    /// The other one was received before.
    Received(Option<i16>),
}

/// The sum a match gives for certain, with how often it is given; none when it is not a sum of one kind.
fn worth<'p>(matched: &Match<'p>) -> Option<(Decimal, Option<&'p str>)> {
    let mut given = matched.awards.iter().filter(|award| award.state == State::Met);
    let first = given.next()?;
    let per = first.benefit.per.as_deref();
    let mut sum = first.amount?;
    for award in given {
        if award.benefit.per.as_deref() != per {
            return None;
        }
        sum = sum.plus(award.amount?);
    }
    let open = matched.awards.iter().any(|award| award.state == State::Unknown);
    (!open).then_some((sum, per))
}

/// All remarks about overlaps among programmes that are eligible or may be, and with those received before.
#[must_use]
pub fn overlaps<'p>(matches: &[Match<'p>], profile: &Profile) -> Vec<Overlap<'p>> {
    let mut found = Vec::new();
    for matched in matches.iter().filter(|matched| matched.verdict == Verdict::Eligible) {
        for exclusive in &matched.programme.exclusive {
            for with in &exclusive.with {
                let other = matches.iter().find(|other| other.programme.id == *with);
                let outcome = match (received(profile, with), other) {
                    (Some(year), _) => Outcome::Received(year),
                    (None, Some(other)) if other.verdict == Verdict::Eligible => compared(matched, other),
                    _ => continue,
                };
                found.push(Overlap { of: &matched.programme.id, with, exclusive, outcome });
            }
        }
    }
    found
}

fn compared(this: &Match<'_>, other: &Match<'_>) -> Outcome {
    match (worth(this), worth(other)) {
        (Some((own, per)), Some((others, other_per))) if per == other_per => match own.cmp(&others) {
            std::cmp::Ordering::Greater => Outcome::ThisGivesMore(own, others),
            std::cmp::Ordering::Less => Outcome::OtherGivesMore(own, others),
            std::cmp::Ordering::Equal => Outcome::Equal(own),
        },
        _ => Outcome::NotComparable,
    }
}

/// Whether a programme was received before, with the year when it is known.
fn received(profile: &Profile, programme: &str) -> Option<Option<i16>> {
    let past = profile.facts.values().find_map(|value| match value {
        FactValue::Set(set) => set.held.iter().find(|holding| holding.value == programme),
        _ => None,
    });
    past.map(|holding| holding.year)
}

impl Overlap<'_> {
    /// The remark in words, with the other programme's name.
    #[must_use]
    pub fn words(&self, other: &str) -> String {
        let rule = self.exclusive.rule;
        let choose = match rule {
            ExclusiveRule::Highest => "只按较高的一项兑现",
            ExclusiveRule::NotBoth => "只能选一项",
            ExclusiveRule::Both => return format!("与“{other}”{}", rule.label()),
        };
        match self.outcome {
            Outcome::ThisGivesMore(own, others) => {
                format!("与“{other}”{}：本项{}，高于{}，建议申报本项", rule.label(), own.as_money(), others.as_money())
            }
            Outcome::OtherGivesMore(own, others) => {
                format!(
                    "与“{other}”{}：本项{}，低于{}，建议申报“{other}”",
                    rule.label(),
                    own.as_money(),
                    others.as_money()
                )
            }
            Outcome::Equal(sum) => format!("与“{other}”{}：两项都是{}，{choose}", rule.label(), sum.as_money()),
            Outcome::NotComparable => format!("与“{other}”{}：金额现在无法比较，{choose}", rule.label()),
            Outcome::Received(year) => {
                let year = year.map_or(String::new(), |year| format!("{year}年"));
                format!("{year}已享受“{other}”，与本项{}；请与经办部门核对", rule.label())
            }
        }
    }
}
