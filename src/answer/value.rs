//! Whether words hold a value of the kind asked for (值).

use crate::query::AnswerType;

pattern!(CALENDAR_YEAR, r"(?:19|20)[0-9]{2}\s*年");

/// Whether a folded text has something of this kind. A calendar year is no duration and no count.
pub(super) fn holds(kind: AnswerType, text: &str) -> bool {
    match kind {
        AnswerType::Duration | AnswerType::Count => kind.stands_in(&CALENDAR_YEAR.replace_all(text, " ")),
        _ => kind.stands_in(text),
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
