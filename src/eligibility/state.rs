//! Three-valued logic (三值判断): met, not met, unknown. What is not known is never taken for a no.

/// Whether a condition is met (条件状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// 不符合.
    NotMet,
    /// 未知.
    Unknown,
    /// 符合.
    Met,
}

impl State {
    /// From something known.
    #[must_use]
    pub fn of(met: bool) -> Self {
        if met { Self::Met } else { Self::NotMet }
    }

    /// The opposite; the unknown stays unknown.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Met => Self::NotMet,
            Self::Unknown => Self::Unknown,
            Self::NotMet => Self::Met,
        }
    }

    /// All of them (Kleene's and): met when there are none.
    #[must_use]
    pub fn all(states: impl IntoIterator<Item = Self>) -> Self {
        states.into_iter().min().unwrap_or(Self::Met)
    }

    /// One of them (Kleene's or): not met when there are none.
    #[must_use]
    pub fn any(states: impl IntoIterator<Item = Self>) -> Self {
        states.into_iter().max().unwrap_or(Self::NotMet)
    }

    /// The same for every value a fact can have, or unknown.
    #[must_use]
    pub fn agreed(states: impl IntoIterator<Item = Self>) -> Self {
        let mut states = states.into_iter();
        let first = states.next().unwrap_or(Self::Unknown);
        if states.all(|state| state == first) { first } else { Self::Unknown }
    }

    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
        }
    }
}

/// What a programme's conditions come to (结论).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// 符合.
    Eligible,
    /// 待定.
    Undetermined,
    /// 不符合.
    NotEligible,
}

impl Verdict {
    /// From the state of all conditions together.
    #[must_use]
    pub fn of(state: State) -> Self {
        match state {
            State::Met => Self::Eligible,
            State::Unknown => Self::Undetermined,
            State::NotMet => Self::NotEligible,
        }
    }

    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Undetermined => "undetermined",
            Self::NotEligible => "not_eligible",
        }
    }

    /// The Chinese word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Eligible => "符合",
            Self::Undetermined => "待定",
            Self::NotEligible => "不符合",
        }
    }
}
