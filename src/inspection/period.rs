//! Periods (日期与有效期): dates of one document that exclude each other.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::deadline::{bare, stated_days};
use super::finding::{Finding, FindingKind};
use super::standing::sentence;
use crate::policy::{Dates, DocumentKind, PolicyDocument};

/// A period of years and its end may differ by this much: 五年 until the day before or the end of the month.
const TOLERANCE_DAYS: i32 = 31;
/// A document may take effect some days before it is signed or put on the site; more than this is a slip of the pen.
const BACKDATED_DAYS: i32 = 366;

pattern!(YEARS, r"有效期限?(?:为|是|暂定为|暂定)?([0-9]{1,2}|[一二两三四五六七八九十]{1,2})年");
pattern!(END, r"(?:有效期|执行|实施|施行|期限|时间)[^。；，\n]{0,16}?(?:至|到|截止)([^。；，\n至]{4,14}?(?:日|底|末))");
pattern!(ITSELF, r"本(?:法|条例|办法|规定|规则|细则|通知|意见|方案|措施|标准|公告|文件|政策|决定|通告|指引|制度)");

/// Reports contradictions between the dates of a document, and between its dates and its text.
pub(super) fn contradictions(document: &PolicyDocument, findings: &mut Vec<Finding>) {
    let meta = document.meta();
    // A draft states what has not come to pass, an interpretation speaks of another document's dates.
    if !meta.kind.is_authority() || meta.kind == DocumentKind::Draft {
        return;
    }
    for detail in between(&meta.dates) {
        findings.push(Finding::of(FindingKind::DateContradiction, meta, detail));
    }
    years_against_end(document, findings);
    two_ends(document, findings);
}

/// Contradictions among the four dates.
fn between(dates: &Dates) -> Vec<String> {
    let Dates { written, published, effective, expires } = *dates;
    let mut found = Vec::new();
    let mut say = |wrong: bool, earlier: String, later: String| {
        if wrong {
            found.push(format!("{earlier}早于{later}；请核对原文并更正文件头"));
        }
    };
    let named = |name: &str, day: Date| format!("{name}{day}");
    if let (Some(expires), Some(from)) = (expires, effective.or(written).or(published)) {
        say(expires < from, named("有效期届满日", expires), named("起始日", from));
    }
    if let (Some(published), Some(written)) = (published, written) {
        say(published < written, named("发布日期", published), named("成文日期", written));
    }
    if let (Some(effective), Some(written)) = (effective, written) {
        let backdated = effective.saturating_add(BACKDATED_DAYS.days()) < written;
        say(backdated, named("施行日期", effective), named("成文日期", written));
    } else if let (Some(effective), Some(published)) = (effective, published) {
        let backdated = effective.saturating_add(BACKDATED_DAYS.days()) < published;
        say(backdated, named("施行日期", effective), named("发布日期", published));
    }
    found
}

/// 有效期5年 beside an end that is not five years after the beginning.
fn years_against_end(document: &PolicyDocument, findings: &mut Vec<Finding>) {
    let dates = document.meta().dates;
    let Some(from) = dates.commencement() else { return };
    for found in YEARS.captures_iter(document.text()) {
        let (Some(whole), Some(years)) = (found.get(0), found.get(1).and_then(|years| small_number(years.as_str())))
        else {
            continue;
        };
        let sentence = sentence(document.text(), whole.start());
        if !ITSELF.is_match(sentence) {
            continue;
        }
        let stated = END.captures(sentence).and_then(|end| stated_days(end.get(1)?.as_str(), None).first().copied());
        let Some(end) = stated.or(dates.expires) else { continue };
        let due = from.saturating_add(i64::from(years).years());
        let apart = (due - end).get_days();
        if apart.abs() > TOLERANCE_DAYS {
            let detail = format!("写明有效期{years}年，自{from}起应到{due}前后，但截止日写的是{end}；请核对更正");
            findings
                .push(Finding::of(FindingKind::DateContradiction, document.meta(), detail).at(document, whole.start()));
        }
    }
}

/// Two different days until which the document itself is said to hold.
fn two_ends(document: &PolicyDocument, findings: &mut Vec<Finding>) {
    let issued = document.meta().dates.issued().map(|day| day.year());
    let mut ends: Vec<(Date, usize)> = Vec::new();
    for found in END.captures_iter(document.text()) {
        let (Some(whole), Some(day)) = (found.get(0), found.get(1)) else { continue };
        let around = sentence(document.text(), whole.start());
        let itself = ITSELF.is_match(around) || bare(whole.as_str()).starts_with("有效期") || around.contains("政策");
        if let (true, Some(day)) = (itself, stated_days(day.as_str(), issued).first()) {
            ends.push((*day, whole.start()));
        }
    }
    let Some(&(first, first_at)) = ends.first() else { return };
    if let Some(&(other, at)) = ends.iter().find(|(day, _)| *day != first) {
        let clause = document.outline().deepest_at(first_at).and_then(|node| document.clause_at(node));
        let place = clause.map(|clause| clause.label().to_owned()).filter(|label| !label.is_empty());
        let place = place.unwrap_or_else(|| "前文".to_owned());
        let detail = format!("{place}说执行到{first}，这里说到{other}；请核对以哪一个为准");
        findings.push(Finding::of(FindingKind::DateContradiction, document.meta(), detail).at(document, at));
    }
}

/// A number up to 99 in either writing.
fn small_number(text: &str) -> Option<i32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).and_then(|at| i32::try_from(at).ok());
    let (tens, ones) = match text.replace('两', "二").split_once('十') {
        None => return digit(text.replace('两', "二").chars().next()?),
        Some((tens, ones)) => (tens.to_owned(), ones.to_owned()),
    };
    let tens = tens.chars().next().map_or(Some(1), digit)?;
    let ones = ones.chars().next().map_or(Some(0), digit)?;
    Some(tens * 10 + ones)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_out_of_order_are_told() {
        let dates = Dates {
            written: Some(date(2024, 3, 1)),
            published: Some(date(2024, 2, 1)),
            effective: Some(date(2021, 1, 1)),
            expires: Some(date(2020, 12, 31)),
        };
        assert_eq!(between(&dates).len(), 3, "{:?}", between(&dates));
        let usual = Dates {
            written: Some(date(2024, 3, 1)),
            published: Some(date(2024, 3, 5)),
            effective: Some(date(2024, 1, 1)),
            expires: Some(date(2028, 12, 31)),
        };
        assert!(between(&usual).is_empty());
    }

    #[test]
    fn small_numbers_in_both_writings() {
        assert_eq!(
            ["5", "五", "两", "十", "十五", "二十"].map(|text| small_number(text).unwrap()),
            [5, 5, 2, 10, 15, 20]
        );
        assert_eq!(small_number("x"), None);
    }
}
