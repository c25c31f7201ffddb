//! A profile against the programmes (匹配).

use jiff::civil::Date;

use super::award::{Award, awards};
use super::facts::{Facts, Setting};
use super::state::{State, Verdict};
use super::timing::{WindowState, window_of};
use super::tree::{ConditionState, judge_tree, state_of};
use crate::policy::programme::{Profile, SupportProgramme, Window};

/// Whether a programme holds on the day (事项效力).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    InForce,
    /// It begins on this day.
    Begins(Date),
    /// It ended after this day.
    Ended(Date),
}

impl Standing {
    /// Of a programme on a day.
    #[must_use]
    pub fn of(programme: &SupportProgramme, as_of: Date) -> Self {
        match (programme.from, programme.until) {
            (Some(from), _) if as_of < from => Self::Begins(from),
            (_, Some(until)) if as_of > until => Self::Ended(until),
            _ => Self::InForce,
        }
    }

    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Begins(_) => "not_yet",
            Self::Ended(_) => "ended",
        }
    }
}

/// What a programme comes to for a profile (匹配结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'p> {
    /// The programme.
    pub programme: &'p SupportProgramme,
    /// Eligible, not, or undetermined.
    pub verdict: Verdict,
    /// Whether it holds on the day.
    pub standing: Standing,
    /// Every condition with its state.
    pub conditions: Vec<ConditionState<'p>>,
    /// What it gives.
    pub awards: Vec<Award<'p>>,
    /// When to claim.
    pub window: Option<WindowState>,
    /// The window of which that is said.
    pub window_of: Option<&'p Window>,
    /// The facts that would decide, when undetermined: those to ask for, each once.
    pub missing: Vec<&'p str>,
}

impl<'p> Match<'p> {
    /// The conditions that stand in the way.
    pub fn unmet(&self) -> impl Iterator<Item = &ConditionState<'p>> {
        self.conditions.iter().filter(|condition| condition.matters && condition.state == State::NotMet)
    }
}

/// The verdict alone: cheap enough for a whole county's enterprises.
#[must_use]
pub fn verdict(programme: &SupportProgramme, profile: &Profile, setting: Setting<'_>) -> Verdict {
    if programme.audience != profile.subject || !programme.holds_on(setting.as_of) {
        return Verdict::NotEligible;
    }
    Verdict::of(state_of(&programme.conditions, &Facts { profile, setting }))
}

/// One programme, with everything that explains the verdict.
#[must_use]
pub fn match_one<'p>(programme: &'p SupportProgramme, profile: &Profile, setting: Setting<'p>) -> Match<'p> {
    let facts = Facts { profile, setting };
    let (state, conditions) = judge_tree(&programme.conditions, &facts);
    let window = window_of(programme, &facts);
    let standing = Standing::of(programme, setting.as_of);
    let verdict = if standing == Standing::InForce { Verdict::of(state) } else { Verdict::NotEligible };
    let missing = if verdict == Verdict::Undetermined { missing(&conditions, setting, profile) } else { Vec::new() };
    Match {
        programme,
        verdict,
        standing,
        awards: awards(programme, &facts),
        window: window.map(|(_, state)| state),
        window_of: window.map(|(window, _)| window),
        conditions,
        missing,
    }
}

/// All programmes for this claimant, in the order of the rulebook.
#[must_use]
pub fn match_all<'p>(profile: &Profile, setting: Setting<'p>) -> Vec<Match<'p>> {
    let own = setting.book.programmes.iter().filter(|programme| programme.audience == profile.subject);
    own.map(|programme| match_one(programme, profile, setting)).collect()
}

/// The facts that would decide a programme, in the order of its conditions.
pub(super) fn open_facts_of<'p>(
    programme: &'p SupportProgramme,
    profile: &Profile,
    setting: Setting<'p>,
) -> Vec<&'p str> {
    let (_, conditions) = judge_tree(&programme.conditions, &Facts { profile, setting });
    missing(&conditions, setting, profile)
}

/// The facts behind the conditions that are open and count.
pub(super) fn missing<'p>(conditions: &[ConditionState<'p>], setting: Setting<'p>, profile: &Profile) -> Vec<&'p str> {
    let mut missing = Vec::new();
    for condition in conditions.iter().filter(|condition| condition.matters && condition.state == State::Unknown) {
        open_facts(condition, setting, profile, &mut missing);
    }
    missing
}

fn open_facts<'p>(condition: &ConditionState<'p>, setting: Setting<'p>, profile: &Profile, missing: &mut Vec<&'p str>) {
    let facts = Facts { profile, setting };
    let named = condition.leaf.facts();
    let several = named.len() > 1;
    for fact in named.into_iter().filter(|fact| !several || facts.number(fact).is_none()) {
        for open in facts.lacking(fact) {
            if !missing.contains(&open) {
                missing.push(open);
            }
        }
    }
}
