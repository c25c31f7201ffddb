//! What became of a question (结果): right, wrong or unanswered, and where what governs stood in the run.

use std::collections::HashSet;

use serde::Serialize;

/// Documents of a run that a reader looks at.
const LOOKED_AT: usize = 10;
/// Documents of a run.
const RUN: usize = 100;

/// Where the first relevant document stands in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Among the first ten.
    InTen,
    /// Among the first hundred.
    InHundred,
    /// Nowhere.
    Beyond,
}

impl Place {
    pub(super) fn of(relevant: &HashSet<String>, documents: &[&str]) -> Self {
        match documents.iter().take(RUN).position(|document| relevant.contains(*document)) {
            Some(at) if at < LOOKED_AT => Self::InTen,
            Some(_) => Self::InHundred,
            None => Self::Beyond,
        }
    }
}

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Answered, although what governs was nowhere.
    WrongBeyond,
    /// Answered, what governs stood between 11 and 100.
    WrongInHundred,
    /// Answered, what governs stood in the first ten and was not cited.
    WrongInTen,
    /// Not answered, although what governs stood in the first ten.
    SilentInTen,
    /// Not answered, what governs stood between 11 and 100.
    SilentInHundred,
    /// Not answered, and what governs was nowhere: as it should be.
    SilentBeyond,
    /// Cited what governs.
    Right,
}

impl Kind {
    /// All, the worst first.
    pub(super) const ALL: [Self; 7] = [
        Self::WrongBeyond,
        Self::WrongInHundred,
        Self::WrongInTen,
        Self::SilentInTen,
        Self::SilentInHundred,
        Self::SilentBeyond,
        Self::Right,
    ];

    /// `right`: whether the answer cites what governs; none when there was no answer.
    pub(super) fn of(right: Option<bool>, place: Place) -> Self {
        match (right, place) {
            (Some(true), _) => Self::Right,
            (Some(false), Place::InTen) => Self::WrongInTen,
            (Some(false), Place::InHundred) => Self::WrongInHundred,
            (Some(false), Place::Beyond) => Self::WrongBeyond,
            (None, Place::InTen) => Self::SilentInTen,
            (None, Place::InHundred) => Self::SilentInHundred,
            (None, Place::Beyond) => Self::SilentBeyond,
        }
    }

    /// What a person calls it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::WrongBeyond => "答错：应引文件不在前 100",
            Self::WrongInHundred => "答错：应引文件在第 11—100",
            Self::WrongInTen => "答错：应引文件在前 10 而未引",
            Self::SilentInTen => "未答：应引文件在前 10",
            Self::SilentInHundred => "未答：应引文件在第 11—100",
            Self::SilentBeyond => "未答：应引文件不在前 100",
            Self::Right => "引对",
        }
    }
}

/// Questions by where what governs stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Places {
    /// Among the first ten.
    pub in_10: usize,
    /// Between 11 and 100.
    pub in_100: usize,
    /// Not among the first hundred.
    pub beyond: usize,
}

/// Questions by what became of them and where the first relevant document stood in the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Outcomes {
    /// Answered, citing a relevant document.
    pub right: Places,
    /// Answered, citing none.
    pub wrong: Places,
    /// Not answered.
    pub abstained: Places,
}

impl Outcomes {
    /// Counts a question; `right` is none when nothing was answered.
    pub(super) fn count(&mut self, right: Option<bool>, place: Place) {
        let places = match right {
            Some(true) => &mut self.right,
            Some(false) => &mut self.wrong,
            None => &mut self.abstained,
        };
        *match place {
            Place::InTen => &mut places.in_10,
            Place::InHundred => &mut places.in_100,
            Place::Beyond => &mut places.beyond,
        } += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_kinds() {
        let relevant = HashSet::from(["d".to_owned()]);
        let mut run = vec!["x"; 10];
        run.push("d");
        assert_eq!(Place::of(&relevant, &run), Place::InHundred);
        assert_eq!(Place::of(&relevant, &run[5..]), Place::InTen);
        assert_eq!(Place::of(&relevant, &[]), Place::Beyond);
        assert_eq!(Kind::of(Some(false), Place::InTen), Kind::WrongInTen);
        let mut outcomes = Outcomes::default();
        outcomes.count(None, Place::Beyond);
        outcomes.count(Some(true), Place::InTen);
        assert_eq!((outcomes.abstained.beyond, outcomes.right.in_10), (1, 1));
    }
}
