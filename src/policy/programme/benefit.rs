//! Benefits (待遇): what a programme gives, typed, so that it can be computed where the text has a formula.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Condition, Decimal};

/// What a programme gives (待遇).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BenefitData", into = "BenefitData")]
pub struct Benefit {
    /// What kind, with its numbers.
    pub kind: BenefitKind,
    /// How often or for each of what: 一次性, 每人, 每月.
    pub per: Option<String>,
    /// At most this much.
    pub ceiling: Option<Decimal>,
    /// When it is given; none: always.
    pub when: Option<Condition>,
    /// The basis, by its key.
    pub basis: String,
    /// First day it holds.
    pub from: Option<Date>,
    /// Last day it holds.
    pub until: Option<Date>,
}

/// Kinds of benefits (待遇种类).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BenefitKind {
    /// A fixed amount, perhaps for each of a number.
    Amount {
        /// Yuan.
        amount: Decimal,
        /// The number fact it is multiplied by.
        times: Option<String>,
    },
    /// A part of an amount.
    Rate {
        /// The part of one.
        rate: Decimal,
        /// The fact it is taken of.
        of: String,
        /// Only of what exceeds this.
        above: Option<Decimal>,
    },
    /// An amount by steps.
    Tiers {
        /// The fact that decides the step.
        of: String,
        /// The steps, upwards.
        tiers: Vec<Tier>,
    },
    /// Something owed that is reduced; a rate of 1 is an exemption.
    Reduction {
        /// The part of one that need not be paid.
        rate: Decimal,
        /// The fact that holds the sum owed.
        of: Option<String>,
    },
    /// A service, a title, a place in a queue.
    Service,
}

/// A step (档).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// From this value on.
    pub at_least: Decimal,
    /// Yuan.
    pub amount: Decimal,
}

impl Benefit {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The facts its arithmetic needs.
    #[must_use]
    pub fn facts(&self) -> Option<&str> {
        match &self.kind {
            BenefitKind::Amount { times, .. } => times.as_deref(),
            BenefitKind::Rate { of, .. } | BenefitKind::Tiers { of, .. } => Some(of),
            BenefitKind::Reduction { of, .. } => of.as_deref(),
            BenefitKind::Service => None,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KindName {
    #[default]
    Amount,
    Rate,
    Tiers,
    Reduction,
    Service,
}

/// A benefit as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BenefitData {
    kind: KindName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rate: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    above: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tiers: Option<Vec<Tier>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    per: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ceiling: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
    /// Accepted beside `basis` for a service; the words shown are those of the basis.
    #[serde(default, skip_serializing)]
    text_of: Option<String>,
    #[serde(default)]
    basis: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
}

impl TryFrom<BenefitData> for Benefit {
    type Error = String;

    fn try_from(data: BenefitData) -> Result<Self, String> {
        let lacks = |key: &str| format!("待遇 {:?} 缺 {key}", data.kind).to_lowercase();
        let kind = match data.kind {
            KindName::Amount => {
                BenefitKind::Amount { amount: data.amount.ok_or_else(|| lacks("amount"))?, times: data.times.clone() }
            }
            KindName::Rate => BenefitKind::Rate {
                rate: data.rate.ok_or_else(|| lacks("rate"))?,
                of: data.of.clone().ok_or_else(|| lacks("of"))?,
                above: data.above,
            },
            KindName::Tiers => {
                let tiers = data.tiers.clone().filter(|tiers| !tiers.is_empty()).ok_or_else(|| lacks("tiers"))?;
                if !tiers.is_sorted_by(|one, next| one.at_least < next.at_least) {
                    return Err("待遇 tiers 须按 at_least 从小到大排列".to_owned());
                }
                BenefitKind::Tiers { of: data.of.clone().ok_or_else(|| lacks("of"))?, tiers }
            }
            KindName::Reduction => {
                BenefitKind::Reduction { rate: data.rate.ok_or_else(|| lacks("rate"))?, of: data.of.clone() }
            }
            KindName::Service => BenefitKind::Service,
        };
        let basis = data.basis.clone().or_else(|| data.text_of.clone()).ok_or_else(|| lacks("basis"))?;
        let BenefitData { per, ceiling, when, from, until, .. } = data;
        Ok(Self { kind, per, ceiling, when, basis, from, until })
    }
}

impl From<Benefit> for BenefitData {
    fn from(benefit: Benefit) -> Self {
        let Benefit { kind, per, ceiling, when, basis, from, until } = benefit;
        let data = Self { per, ceiling, when, basis: Some(basis), from, until, ..Self::default() };
        match kind {
            BenefitKind::Amount { amount, times } => {
                Self { kind: KindName::Amount, amount: Some(amount), times, ..data }
            }
            BenefitKind::Rate { rate, of, above } => {
                Self { kind: KindName::Rate, rate: Some(rate), of: Some(of), above, ..data }
            }
            BenefitKind::Tiers { of, tiers } => {
                Self { kind: KindName::Tiers, of: Some(of), tiers: Some(tiers), ..data }
            }
            BenefitKind::Reduction { rate, of } => Self { kind: KindName::Reduction, rate: Some(rate), of, ..data },
            BenefitKind::Service => Self { kind: KindName::Service, ..data },
        }
    }
}
