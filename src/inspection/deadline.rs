//! Deadlines (完成时限): one task with two days by which it must be done.

use std::collections::HashSet;

use jiff::civil::Date;

use super::finding::{Finding, FindingKind};
use crate::policy::PolicyDocument;

/// Statements compared within one document; plans have some dozens of deadlines.
const MOST_STATEMENTS: usize = 200;
/// Pairs of characters a task needs to be known again.
const LEAST_PAIRS: usize = 10;
/// Two statements that share this much of the shorter one speak of one task.
const SAME_TASK: f64 = 0.75;

pattern!(DAY, r"(?:([12][0-9]{3})年)?([0-9]{1,2})月(?:([0-9]{1,2})日|底|末)");
pattern!(YEAR_END, r"(?:([12][0-9]{3})年|今年|本年|当年)?(?:年?底|年末|年内)");
pattern!(
    BY,
    r"(?:(?:[12][0-9]{3}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|底|末)(?:之|以)?前|(?:[12][0-9]{3}年|今年|本年|当年)?(?:年?底(?:之|以)?前|年末前|年内))"
);
pattern!(LIMIT, r"[（(][^（）()]*(?:完成时限|完成时间|整改时限|时限要求)[：:]([^（）()]*)[）)]");

/// A text without white space: line breaks and spaces stand inside dates and words.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The days a phrase means: 2021年11月底, 年底, 12月31日. A year that is not said is the given one.
pub(super) fn stated_days(phrase: &str, year: Option<i16>) -> Vec<Date> {
    let phrase = bare(phrase);
    let said = |found: Option<regex::Match<'_>>| found.and_then(|found| found.as_str().parse().ok()).or(year);
    let mut days = Vec::new();
    for found in DAY.captures_iter(&phrase) {
        let Some(year) = said(found.get(1)) else { continue };
        let Some(month) = found.get(2).and_then(|month| month.as_str().parse().ok()) else { continue };
        let first = Date::new(year, month, 1).ok();
        days.extend(match found.get(3) {
            Some(day) => day.as_str().parse().ok().and_then(|day| Date::new(year, month, day).ok()),
            None => first.map(Date::last_of_month),
        });
    }
    if days.is_empty() {
        let ends = YEAR_END.captures_iter(&phrase).filter_map(|found| Date::new(said(found.get(1))?, 12, 31).ok());
        days.extend(ends);
    }
    days
}

/// Reports tasks with two deadlines.
pub(super) fn contradictions(document: &PolicyDocument, findings: &mut Vec<Finding>) {
    let meta = document.meta();
    if !meta.kind.is_authority() {
        return;
    }
    let year = meta.dates.issued().map(|day| day.year());
    let mut statements: Vec<Statement> = Vec::new();
    for clause in document.clauses() {
        let text = bare(clause.own_text());
        if !BY.is_match(&text) && !LIMIT.is_match(&text) {
            continue;
        }
        for detail in against_limit(&text, year) {
            findings.push(Finding::of(FindingKind::DateContradiction, meta, detail).within(clause));
        }
        statements.extend(Statement::all(&text, year, clause.index()));
        statements.truncate(MOST_STATEMENTS);
    }
    for (at, one) in statements.iter().enumerate() {
        let Some(other) = statements[..at].iter().find(|other| other.contradicts(one)) else { continue };
        let place = document.clause_at(other.clause).map(|clause| clause.label().to_owned()).unwrap_or_default();
        let place = if place.is_empty() { "前文".to_owned() } else { place };
        let detail = format!("同一任务{place}写“{}”，这里写“{}”；请统一时限", other.words, one.words);
        let finding = Finding::of(FindingKind::DateContradiction, meta, detail);
        findings.extend(document.clause_at(one.clause).map(|clause| finding.within(clause)));
    }
}

/// A deadline in the words of a task that goes beyond the one in the bracket behind it:
/// 2021年底前实现……（完成时限：2021年11月底）. An earlier one is a step on the way.
fn against_limit(text: &str, year: Option<i16>) -> Vec<String> {
    let mut found = Vec::new();
    let mut from = 0;
    for limit in LIMIT.captures_iter(text) {
        let (Some(bracket), Some(value)) = (limit.get(0), limit.get(1)) else { continue };
        let task = &text[from..bracket.start()];
        from = bracket.end();
        let Some(due) = stated_days(value.as_str(), year).into_iter().next_back() else { continue };
        for by in BY.find_iter(task) {
            if stated_days(by.as_str(), Some(due.year())).first().is_some_and(|day| *day > due) {
                found.push(format!("文中写“{}”，完成时限写“{}”；请统一时限", by.as_str(), value.as_str()));
            }
        }
    }
    found
}

/// A sentence with one deadline.
struct Statement {
    clause: usize,
    day: Date,
    words: String,
    pairs: HashSet<(char, char)>,
}

impl Statement {
    fn all(text: &str, year: Option<i16>, clause: usize) -> Vec<Self> {
        let sentences = text.split(['。', '；']).filter(|sentence| BY.find_iter(sentence).count() == 1);
        let statement = |sentence: &str| {
            let by = BY.find(sentence)?;
            let task = format!("{}{}", &sentence[..by.start()], &sentence[by.end()..]);
            let task = task.split(['（', '(']).next().unwrap_or_default();
            let letters: Vec<char> = task.chars().filter(|c| c.is_alphabetic()).collect();
            let pairs: HashSet<(char, char)> = letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
            let day = stated_days(by.as_str(), year).first().copied()?;
            (pairs.len() >= LEAST_PAIRS).then(|| Self { clause, day, words: by.as_str().to_owned(), pairs })
        };
        sentences.filter_map(statement).collect()
    }

    /// Whether another statement gives the same task another day.
    fn contradicts(&self, other: &Self) -> bool {
        let less = self.pairs.len().min(other.pairs.len());
        #[expect(clippy::cast_precision_loss, reason = "counts of characters in a sentence")]
        let share = self.pairs.intersection(&other.pairs).count() as f64 / less as f64;
        self.day != other.day && self.day.year() == other.day.year() && share >= SAME_TASK
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_from_phrases() {
        assert_eq!(stated_days("2021 年 11 月底", None), [date(2021, 11, 30)]);
        assert_eq!(stated_days("年底前", Some(2021)), [date(2021, 12, 31)]);
        assert_eq!(stated_days("2024年底", None), [date(2024, 12, 31)]);
        assert_eq!(stated_days("12月31日前", Some(2023)), [date(2023, 12, 31)]);
        assert!(stated_days("长期坚持", Some(2023)).is_empty());
        assert!(stated_days("2023年13月40日", None).is_empty());
    }

    #[test]
    fn a_task_later_than_its_own_limit_is_told() {
        let text =
            "2021年底前，各部门热线实现一个号码服务。做好知识库建设（责任单位：县政府办，完成时限：2021年11月底）。";
        let found = against_limit(&bare(text), Some(2021));
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("2021年底前") && found[0].contains("11月底"));
        let step = "6月底前完成摸底。年底前完成整改（责任单位：县政府办，完成时限：2021年12月底）。";
        assert!(against_limit(step, Some(2021)).is_empty());
    }

    #[test]
    fn one_task_with_two_days_is_known_again() {
        let one = Statement::all("年底前完成全县政府网站集约化建设任务并通过验收", Some(2021), 0);
        let two = Statement::all("10月底前完成全县政府网站集约化建设任务", Some(2021), 1);
        let else_ = Statement::all("10月底前完成农村饮水安全巩固提升工程的调查摸底工作", Some(2021), 2);
        assert!(one[0].contradicts(&two[0]));
        assert!(!one[0].contradicts(&else_[0]));
    }
}
