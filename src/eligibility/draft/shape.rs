//! The draft (草稿): what is written out for a person to review.

use super::condition::Test;

/// Programmes proposed from one document; nothing of it holds before a person has reviewed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub(super) document: String,
    pub(super) title: String,
    pub(super) programmes: Vec<Proposed>,
}

impl Draft {
    /// How many programmes are proposed.
    #[must_use]
    pub fn programmes(&self) -> usize {
        self.programmes.len()
    }

    /// How many statements could not be turned into a condition.
    #[must_use]
    pub fn unresolved(&self) -> usize {
        self.programmes.iter().map(|programme| programme.unresolved.len()).sum()
    }
}

/// One proposed programme.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Proposed {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) audience: &'static str,
    pub(super) region: Option<String>,
    pub(super) themes: Vec<String>,
    pub(super) by_itself: bool,
    pub(super) from: Option<String>,
    pub(super) until: Option<String>,
    pub(super) bases: Vec<Basis>,
    pub(super) conditions: Vec<Node>,
    pub(super) benefits: Vec<Benefit>,
    /// The keys of the window but its basis, as they are written.
    pub(super) window: Option<(String, String)>,
    pub(super) materials: Vec<Stated>,
    pub(super) place: Option<Stated>,
    pub(super) telephone: Option<Stated>,
    pub(super) online: Option<Stated>,
    pub(super) department: Option<Stated>,
    pub(super) exclusive: Vec<(&'static str, String)>,
    pub(super) unresolved: Vec<Stated>,
}

/// The exact words of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Basis {
    pub(super) key: String,
    pub(super) clause: String,
    pub(super) quote: String,
    pub(super) start: usize,
}

/// Words with the key of their basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) text: String,
    pub(super) basis: String,
}

/// A condition of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Leaf(Leaf),
    All(Vec<Node>),
    Any(Vec<Node>),
    None(Vec<Node>),
}

/// One test of a fact.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    pub(super) fact: String,
    /// The other fact of a share.
    pub(super) of: Option<String>,
    pub(super) test: Test,
    pub(super) basis: String,
}

/// A benefit as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Benefit {
    pub(super) kind: Kind,
    pub(super) value: f64,
    pub(super) per: Option<String>,
    /// The fact a share is taken of, or that an amount is multiplied by.
    pub(super) of: Option<String>,
    pub(super) ceiling: Option<f64>,
    pub(super) when: Vec<Node>,
    pub(super) basis: String,
    /// What a person must still settle, in words.
    pub(super) note: Option<String>,
}

/// Kinds of benefits that a draft proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Amount,
    Rate,
    Reduction,
}
