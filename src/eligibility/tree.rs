//! The tree of conditions on a day (条件树): its state, and which leaves decide it.

use super::facts::Facts;
use super::leaf::{Gap, judge};
use super::state::State;
use crate::policy::programme::{Condition, Leaf};

/// A condition with its state (条件结果).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConditionState<'p> {
    /// The condition.
    pub leaf: &'p Leaf,
    /// Whether it must not hold (a member of a `none` group).
    pub negated: bool,
    /// Whether what is required holds.
    pub state: State,
    /// By how much it is missed.
    pub gap: Option<Gap>,
    /// The group of alternatives it belongs to, and which of them it is part of, from 0.
    pub alternative: Option<(u16, u16)>,
    /// Whether it counts for the result: an unmet alternative beside a met one does not.
    pub matters: bool,
}

enum Node<'p> {
    All(State, Vec<Node<'p>>),
    Any(State, Vec<Node<'p>>),
    Leaf(ConditionState<'p>),
}

impl Node<'_> {
    fn state(&self) -> State {
        match self {
            Self::All(state, _) | Self::Any(state, _) => *state,
            Self::Leaf(leaf) => leaf.state,
        }
    }
}

/// Judges a tree: its state and its leaves in the order written.
pub(super) fn judge_tree<'p>(condition: &'p Condition, facts: &Facts<'_, '_>) -> (State, Vec<ConditionState<'p>>) {
    let Some(node) = node(condition, false, facts) else { return (State::Met, Vec::new()) };
    let state = node.state();
    let mut leaves = Vec::new();
    let mut groups = 0;
    flatten(node, true, None, &mut groups, &mut leaves);
    (state, leaves)
}

/// The state alone, without the leaves.
pub(super) fn state_of(condition: &Condition, facts: &Facts<'_, '_>) -> State {
    quick(condition, false, facts).unwrap_or(State::Met)
}

/// None: the condition is not asked on this day.
fn quick(condition: &Condition, negated: bool, facts: &Facts<'_, '_>) -> Option<State> {
    let (parts, inner, all) = match condition {
        Condition::Leaf(leaf) => {
            return leaf.asked_on(facts.setting.as_of).then(|| {
                let state = judge(leaf, facts).0;
                if negated { state.negated() } else { state }
            });
        }
        Condition::All(parts) => (parts, negated, !negated),
        Condition::Any(parts) => (parts, negated, negated),
        Condition::None(parts) => (parts, !negated, !negated),
    };
    let decided = if all { State::NotMet } else { State::Met };
    let mut state = None;
    for part in parts {
        let Some(next) = quick(part, inner, facts) else { continue };
        let so_far = state.unwrap_or(next);
        state = Some(if all { next.min(so_far) } else { next.max(so_far) });
        if state == Some(decided) {
            break;
        }
    }
    state
}

fn node<'p>(condition: &'p Condition, negated: bool, facts: &Facts<'_, '_>) -> Option<Node<'p>> {
    let (parts, inner, all) = match condition {
        Condition::Leaf(leaf) => {
            return leaf.asked_on(facts.setting.as_of).then(|| {
                let (state, gap) = judge(leaf, facts);
                let (state, gap) = if negated { (state.negated(), None) } else { (state, gap) };
                Node::Leaf(ConditionState { leaf, negated, state, gap, alternative: None, matters: true })
            });
        }
        Condition::All(parts) => (parts, negated, !negated),
        Condition::Any(parts) => (parts, negated, negated),
        Condition::None(parts) => (parts, !negated, !negated),
    };
    let nodes: Vec<Node<'p>> = parts.iter().filter_map(|part| node(part, inner, facts)).collect();
    if nodes.is_empty() {
        return None;
    }
    let states = nodes.iter().map(Node::state);
    Some(if all { Node::All(State::all(states), nodes) } else { Node::Any(State::any(states), nodes) })
}

fn flatten<'p>(
    node: Node<'p>,
    matters: bool,
    alternative: Option<(u16, u16)>,
    groups: &mut u16,
    leaves: &mut Vec<ConditionState<'p>>,
) {
    match node {
        Node::Leaf(leaf) => leaves.push(ConditionState { matters, alternative, ..leaf }),
        Node::All(_, parts) => {
            for part in parts {
                flatten(part, matters, alternative, groups, leaves);
            }
        }
        Node::Any(state, parts) => {
            *groups = groups.saturating_add(1);
            let group = *groups;
            for (branch, part) in (0_u16..).zip(parts) {
                let counts = state == State::NotMet || part.state() == state;
                flatten(part, matters && counts, Some((group, branch)), groups, leaves);
            }
        }
    }
}
