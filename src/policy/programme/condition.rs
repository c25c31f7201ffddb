//! Conditions (条件): a tree of groups and leaves, each leaf with its test, its basis and its period.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Decimal;

/// A condition (条件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ConditionData", into = "ConditionData")]
pub enum Condition {
    /// All of them (同时符合).
    All(Vec<Condition>),
    /// One of them (符合其一).
    Any(Vec<Condition>),
    /// None of them (均不属于).
    None(Vec<Condition>),
    /// A single test.
    Leaf(Leaf),
}

/// A single test of a fact (单项条件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its id within the programme.
    pub id: String,
    /// What is tested.
    pub of: Measure,
    /// What must hold of it; all of them.
    pub tests: Vec<Test>,
    /// The basis, by its key.
    pub basis: String,
    /// First day on which the condition is asked.
    pub from: Option<Date>,
    /// Last day on which it is asked.
    pub until: Option<Date>,
}

/// What a condition measures (所测之事).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// A fact.
    Fact(String),
    /// One number over another.
    Ratio {
        /// The part.
        of: String,
        /// The whole.
        to: String,
    },
}

/// A literal of a test (字面值).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    /// 是 or 否.
    YesNo(bool),
    /// A number.
    Number(Decimal),
    /// A choice.
    Word(String),
}

/// What must hold (测试).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Equal.
    Is(Literal),
    /// Not equal.
    IsNot(Literal),
    /// One of.
    In(Vec<Literal>),
    /// None of.
    NotIn(Vec<Literal>),
    /// Holds one of these.
    Has {
        /// Which.
        any: Vec<String>,
        /// Whether one that has expired on the day counts as not held.
        held_on_day: bool,
        /// Of programmes received: only those of the last so many calendar years, this one included.
        last_years: Option<i16>,
    },
    /// Holds none of these.
    HasNone(Vec<String>),
    /// ≥.
    AtLeast(Decimal),
    /// ≤.
    AtMost(Decimal),
    /// >.
    MoreThan(Decimal),
    /// <.
    LessThan(Decimal),
    /// That day or later.
    OnOrAfter(Date),
    /// That day or earlier.
    OnOrBefore(Date),
    /// A day at most so many months before the day asked about.
    WithinMonths(u32),
    /// A day at least so many months before the day asked about.
    AtLeastMonths(u32),
    /// A place or an industry, or below it; one of them.
    Within(Vec<String>),
}

impl Condition {
    /// A condition that everyone meets.
    #[must_use]
    pub fn always() -> Self {
        Self::All(Vec::new())
    }

    /// All leaves, in the order written.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::Leaf(leaf) => vec![leaf],
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => parts.iter().flat_map(Self::leaves).collect(),
        }
    }
}

impl Leaf {
    /// Whether it is asked on a day.
    #[must_use]
    pub fn asked_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The facts it needs.
    #[must_use]
    pub fn facts(&self) -> Vec<&str> {
        match &self.of {
            Measure::Fact(fact) => vec![fact],
            Measure::Ratio { of, to } => vec![of, to],
        }
    }
}

/// One value or several.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Vec<String> {
    fn from(value: OneOrMany) -> Self {
        match value {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

impl From<Vec<String>> for OneOrMany {
    fn from(mut values: Vec<String>) -> Self {
        match (values.pop(), values.is_empty()) {
            (Some(one), true) => Self::One(one),
            (last, _) => Self::Many(values.into_iter().chain(last).collect()),
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RatioData {
    of: String,
    to: String,
}

/// A condition as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ConditionData {
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<Vec<Condition>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    any: Option<Vec<Condition>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<Vec<Condition>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<RatioData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is: Option<Literal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_not: Option<Literal>,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    one_of: Option<Vec<Literal>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_in: Option<Vec<Literal>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_any: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_none: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held_on_day: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_years: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_than: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    less_than: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_or_after: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_or_before: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within_months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least_months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<OneOrMany>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
}

impl ConditionData {
    fn tests(&mut self) -> Vec<Test> {
        let held_on_day = self.held_on_day.unwrap_or(true);
        let last_years = self.last_years;
        let has = |any| Test::Has { any, held_on_day, last_years };
        [
            self.is.take().map(Test::Is),
            self.is_not.take().map(Test::IsNot),
            self.one_of.take().map(Test::In),
            self.not_in.take().map(Test::NotIn),
            self.has.take().map(|one| has(vec![one])),
            self.has_any.take().map(has),
            self.has_none.take().map(Test::HasNone),
            self.at_least.map(Test::AtLeast),
            self.at_most.map(Test::AtMost),
            self.more_than.map(Test::MoreThan),
            self.less_than.map(Test::LessThan),
            self.on_or_after.map(Test::OnOrAfter),
            self.on_or_before.map(Test::OnOrBefore),
            self.within_months.map(Test::WithinMonths),
            self.at_least_months.map(Test::AtLeastMonths),
            self.within.take().map(|places| Test::Within(places.into())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn leaf(mut self) -> Result<Leaf, String> {
        let name = self.id.clone().or_else(|| self.fact.clone()).unwrap_or_else(|| "（未命名）".to_owned());
        let of = match (self.fact.take(), self.ratio.take()) {
            (Some(fact), None) => Measure::Fact(fact),
            (None, Some(RatioData { of, to })) => Measure::Ratio { of, to },
            _ => return Err(format!("条件 {name}：写明 fact（事实）或 ratio（比例）之一")),
        };
        let tests = self.tests();
        if tests.is_empty() {
            return Err(format!("条件 {name}：没有判断；写明 is、at_least、within 等之一"));
        }
        let basis = self.basis.ok_or_else(|| format!("条件 {name}：没有 basis；写明它依据 bases 中的哪一条"))?;
        let id = match (self.id, &of) {
            (Some(id), _) => id,
            (None, Measure::Fact(fact)) => fact.clone(),
            (None, Measure::Ratio { of, .. }) => of.clone(),
        };
        Ok(Leaf { id, of, tests, basis, from: self.from, until: self.until })
    }
}

impl TryFrom<ConditionData> for Condition {
    type Error = String;

    fn try_from(mut data: ConditionData) -> Result<Self, String> {
        let groups = (data.all.take(), data.any.take(), data.none.take());
        let (group, parts) = match groups {
            (None, None, None) => return data.leaf().map(Self::Leaf),
            (Some(parts), None, None) => (Self::All as fn(_) -> _, parts),
            (None, Some(parts), None) if parts.is_empty() => return Err("any 之下没有条件".to_owned()),
            (None, Some(parts), None) => (Self::Any as fn(_) -> _, parts),
            (None, None, Some(parts)) => (Self::None as fn(_) -> _, parts),
            _ => return Err("一处只写 all、any、none 之一".to_owned()),
        };
        let alone = data.fact.is_none() && data.ratio.is_none() && data.tests().is_empty();
        if alone {
            Ok(group(parts))
        } else {
            Err("all、any、none 旁边不写判断；把它作为其中一项".to_owned())
        }
    }
}

impl From<Condition> for ConditionData {
    fn from(condition: Condition) -> Self {
        match condition {
            Condition::All(parts) => Self { all: Some(parts), ..Self::default() },
            Condition::Any(parts) => Self { any: Some(parts), ..Self::default() },
            Condition::None(parts) => Self { none: Some(parts), ..Self::default() },
            Condition::Leaf(leaf) => Self::of_leaf(leaf),
        }
    }
}

impl ConditionData {
    fn of_leaf(leaf: Leaf) -> Self {
        let mut data =
            Self { id: Some(leaf.id), basis: Some(leaf.basis), from: leaf.from, until: leaf.until, ..Self::default() };
        match leaf.of {
            Measure::Fact(fact) => data.fact = Some(fact),
            Measure::Ratio { of, to } => data.ratio = Some(RatioData { of, to }),
        }
        for test in leaf.tests {
            data.add(test);
        }
        data
    }

    fn add(&mut self, test: Test) {
        match test {
            Test::Is(value) => self.is = Some(value),
            Test::IsNot(value) => self.is_not = Some(value),
            Test::In(values) => self.one_of = Some(values),
            Test::NotIn(values) => self.not_in = Some(values),
            Test::Has { any, held_on_day, last_years } => {
                self.has_any = Some(any);
                self.held_on_day = (!held_on_day).then_some(false);
                self.last_years = last_years;
            }
            Test::HasNone(values) => self.has_none = Some(values),
            Test::AtLeast(value) => self.at_least = Some(value),
            Test::AtMost(value) => self.at_most = Some(value),
            Test::MoreThan(value) => self.more_than = Some(value),
            Test::LessThan(value) => self.less_than = Some(value),
            Test::OnOrAfter(day) => self.on_or_after = Some(day),
            Test::OnOrBefore(day) => self.on_or_before = Some(day),
            Test::WithinMonths(months) => self.within_months = Some(months),
            Test::AtLeastMonths(months) => self.at_least_months = Some(months),
            Test::Within(places) => self.within = Some(places.into()),
        }
    }
}
