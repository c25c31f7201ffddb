//! What is known on a day (已知事实): what was given, and what follows from it.

use jiff::civil::Date;

use super::size::{self, Indicators, Lacking};
use crate::policy::Gazetteer;
use crate::policy::programme::{Days, Decimal, FactDefinition, FactValue, Profile, Rulebook};

/// The rules and the day against which a profile is held (判断环境).
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Programmes and facts.
    pub book: &'a Rulebook,
    /// Places.
    pub places: &'a Gazetteer,
    /// The day asked about.
    pub as_of: Date,
}

/// A profile on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'f, 'a> {
    pub(super) profile: &'f Profile,
    pub(super) setting: Setting<'a>,
}

/// What is known of a fact.
#[derive(Debug)]
pub(super) enum Known<'a> {
    /// It was given.
    Given(&'a FactValue),
    /// It follows; several values when it follows only in part.
    Derived(Vec<FactValue>),
    /// Nothing.
    Unknown,
}

impl<'f, 'a> Facts<'f, 'a> {
    /// The definition of a fact.
    pub(super) fn definition(&self, fact: &str) -> Option<&'a FactDefinition> {
        self.setting.book.vocabulary.get(fact)
    }

    /// What is known of a fact. What was given stands before what follows.
    pub(super) fn known(&self, fact: &str) -> Known<'f> {
        if let Some(value) = self.profile.get(fact) {
            return Known::Given(value);
        }
        let derived = self.derived(fact);
        if derived.is_empty() { Known::Unknown } else { Known::Derived(derived) }
    }

    /// What follows of a fact from others, whatever was given of it itself.
    fn derived(&self, fact: &str) -> Vec<FactValue> {
        match fact {
            "size" => self.sizes(),
            "age" => self.ages(),
            "months_since_founded" => self.months_since_founded(),
            _ => Vec::new(),
        }
    }

    /// The number of a fact, given or derived for certain.
    pub(super) fn number(&self, fact: &str) -> Option<Decimal> {
        match self.known(fact) {
            Known::Given(FactValue::Number(number)) => Some(*number),
            Known::Derived(values) => match values[..] {
                [FactValue::Number(number)] => Some(number),
                _ => None,
            },
            _ => None,
        }
    }

    /// The facts to ask for when this one is not known: itself, or those it is computed from.
    pub(super) fn lacking(&self, fact: &str) -> Vec<&'a str> {
        let Some(definition) = self.definition(fact) else { return Vec::new() };
        let itself = vec![definition.id.as_str()];
        if !definition.derived {
            return itself;
        }
        let sources: &[&str] = match fact {
            "size" => {
                let open: Vec<&str> = size::lacking(self.indicators()).into_iter().map(Lacking::fact).collect();
                // The standard does not cover every industry: then only the size itself can be asked.
                return if open.is_empty() { itself } else { open };
            }
            "age" => &["birth_date"],
            "months_since_founded" => &["founded"],
            _ => &[],
        };
        let known = sources.iter().filter_map(|id| self.definition(id));
        let open = known.map(|source| source.id.as_str()).filter(|id| !self.is_exact(id));
        let open: Vec<&str> = open.collect();
        if open.is_empty() { itself } else { open }
    }

    /// Whether nothing more can be told of a fact: a month may still become a day.
    fn is_exact(&self, fact: &str) -> bool {
        match self.profile.get(fact) {
            None => false,
            Some(FactValue::Date(days)) => days.first == days.last,
            Some(FactValue::Set(set)) => set.complete,
            Some(_) => true,
        }
    }

    fn indicators(&self) -> Indicators<'f> {
        Indicators {
            industry: self.profile.word("industry"),
            staff: self.profile.number("staff"),
            revenue: self.profile.number("annual_revenue"),
            assets: self.profile.number("total_assets"),
        }
    }

    fn sizes(&self) -> Vec<FactValue> {
        let possible = size::possible_sizes(self.indicators());
        // All sizes possible is nothing known.
        let nothing = possible.len() == size::SIZES.len();
        possible.into_iter().filter(|_| !nothing).map(|size| FactValue::Word(size.to_owned())).collect()
    }

    fn ages(&self) -> Vec<FactValue> {
        let Some(FactValue::Date(born)) = self.profile.get("birth_date") else { return Vec::new() };
        numbers(years_between(born.last, self.setting.as_of), years_between(born.first, self.setting.as_of))
    }

    fn months_since_founded(&self) -> Vec<FactValue> {
        let Some(FactValue::Date(Days { first, last })) = self.profile.get("founded") else { return Vec::new() };
        numbers(months_between(*last, self.setting.as_of), months_between(*first, self.setting.as_of))
    }
}

/// A fact that was given and does not follow from what else was given (矛盾), with those it is computed from.
#[must_use]
pub fn contradiction(profile: &Profile, setting: Setting<'_>) -> Option<String> {
    let facts = Facts { profile, setting };
    let name = |id: &str| facts.definition(id).map_or_else(|| id.to_owned(), |known| known.name.clone());
    DERIVED.iter().find_map(|(fact, sources)| {
        let given = profile.get(fact)?;
        let follows = facts.derived(fact);
        if follows.is_empty() || follows.contains(given) {
            return None;
        }
        let sources: Vec<String> = sources.iter().filter(|id| profile.get(id).is_some()).map(|id| name(id)).collect();
        Some(format!("“{}”与按“{}”算出的不一致；请改正其中一项，或去掉“{0}”", name(fact), sources.join("、")))
    })
}

/// The facts that are computed, with what they are computed from.
const DERIVED: [(&str, &[&str]); 3] = [
    ("size", &["industry", "staff", "annual_revenue", "total_assets"]),
    ("age", &["birth_date"]),
    ("months_since_founded", &["founded"]),
];

/// More values than this of a derived number are as good as nothing known.
const MOST_VALUES: i64 = 24;

fn numbers(least: i64, greatest: i64) -> Vec<FactValue> {
    if greatest < 0 || greatest - least > MOST_VALUES {
        return Vec::new();
    }
    (least.max(0)..=greatest).map(|number| FactValue::Number(Decimal::whole(number))).collect()
}

/// Completed years (周岁): a birthday of 29 February is completed on 1 March of other years.
pub(super) fn years_between(from: Date, to: Date) -> i64 {
    let before = (to.month(), to.day()) < (from.month(), from.day());
    i64::from(to.year()) - i64::from(from.year()) - i64::from(before)
}

/// Completed months.
pub(super) fn months_between(from: Date, to: Date) -> i64 {
    let months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month());
    let last_day = to.day() == to.days_in_month();
    months - i64::from(to.day() < from.day() && !last_day)
}

/// A day so many months later, the last of the month where that is shorter.
pub(super) fn months_later(day: Date, months: i64) -> Date {
    use jiff::ToSpan;
    day.checked_add(months.months()).unwrap_or(if months >= 0 { Date::MAX } else { Date::MIN })
}
