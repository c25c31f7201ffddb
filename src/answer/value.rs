//! Whether words hold a value of the kind asked for (值).

use crate::query::AnswerType;

use super::figures::{Figure, FigureKind};

pattern!(CALENDAR_YEAR, r"(?:19|20)[0-9]{2}\s*年");

/// Whether a folded text has something of this kind. A calendar year is no duration and no count.
pub(super) fn holds(kind: AnswerType, text: &str) -> bool {
    match kind {
        AnswerType::Duration | AnswerType::Count => kind.stands_in(&CALENDAR_YEAR.replace_all(text, " ")),
        _ => kind.stands_in(text),
    }
}

/// Whether a value is of the kind asked for: 亩 and 年 are no money, 元 is no share.
pub(super) fn is_of(figure: &Figure, kind: AnswerType) -> bool {
    let money = figure.unit == "元";
    match kind {
        AnswerType::Amount => money,
        AnswerType::Rate => !money && matches!(figure.kind, FigureKind::Rate | FigureKind::Ceiling),
        AnswerType::Duration => figure.kind == FigureKind::Period,
        AnswerType::Deadline => figure.kind == FigureKind::Date,
        AnswerType::Count => matches!(figure.kind, FigureKind::Count | FigureKind::Age),
        _ => false,
    }
}

/// Whether what is asked for is told by words rather than by a figure with its unit.
pub(super) fn is_wordy(kind: AnswerType) -> bool {
    use AnswerType::{Amount, Count, Deadline, Duration, Rate};
    !matches!(kind, Amount | Rate | Duration | Deadline | Count)
}

/// The kind of answer that a stated value asks for.
pub(super) fn kind_of(figure: &Figure) -> AnswerType {
    match figure.kind {
        FigureKind::Date => AnswerType::Deadline,
        FigureKind::Period => AnswerType::Duration,
        FigureKind::Age => AnswerType::Condition,
        FigureKind::Count => AnswerType::Count,
        _ if figure.unit == "元" => AnswerType::Amount,
        FigureKind::Rate | FigureKind::Ceiling | FigureKind::Amount => AnswerType::Rate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_no_duration() {
        assert!(!holds(AnswerType::Duration, "做好2021年民生实事"));
        assert!(holds(AnswerType::Duration, "2021年起最长3年"));
        assert!(holds(AnswerType::Deadline, "2021年11月底前"));
    }
}
