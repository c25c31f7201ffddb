//! Period of validity (施行日期、有效期): from when and until when a text says it holds.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::dates::count;
use super::find_dates;
use crate::policy::Dates;

pattern!(FROM_DATE, r"(?:自|从|于)([^。；，\n自从于]{6,20}?日)(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|试行|至)");
pattern!(
    FROM_ISSUE,
    r"自(印发|发布|公布|下发|通过|颁布|签发|发文)之日(?:起|后)?(?:([0-9一二三四五六七八九十]{1,3})(个月|日|天)(?:后|起)?)?(?:正式)?(?:施行|实施|执行|生效|试行)"
);
pattern!(
    UNTIL,
    r"有效期(?:限)?(?:截止|仍)?(?:至|到|截至)([^。；，\n]{6,20}?日)|(?:至|到)([^。；，\n至到]{6,20}?日)(?:止|截止|失效|自动失效|废止)"
);
pattern!(
    YEARS,
    r"(?:有效期限?|有效期限|试行期限?|施行期限?)(?:为|是|暂定|定为|暂定为)?\s*([0-9０-９一二两三四五六七八九十]{1,3})\s*(年|个月)"
);
pattern!(RANGE, r"有效期(?:限)?(?:为|自|从)*([^。；，\n]{6,20}?日)起?(?:至|到|—|-)([^。；，\n]{6,20}?日)");
pattern!(
    SUBJECT,
    r"本(?:法|条例|办法|规定|规则|细则|通知|意见|方案|措施|标准|公告|文件|政策|决定|通告|指引|制度|章程|目录|实施)"
);
pattern!(ABOUT_ITSELF, r"施行|实施|执行|印发|发布之日|生效|试行");

/// Farthest a number of years may stand from the document's own name: four Han characters.
const SUBJECT_BYTES: usize = 12;

/// When a text says it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Period {
    pub(super) effective: Option<Date>,
    pub(super) expires: Option<Date>,
}

/// Reads the period from the sentences that speak of the document itself. `issued` gives the days that 自印发之日起 means.
pub(super) fn period(text: &str, issued: &Dates) -> Period {
    let sentences: Vec<&str> = text.split(['。', '；', '\n']).collect();
    let effective = commencement(&sentences, issued);
    // Certificates, contracts and quotas have periods too: the sentence must speak of commencement or of 本办法; a day is
    // believed when it does so anywhere, a number of years only close by.
    let own = |sentence: &&&str| {
        sentence.find("有效期").or_else(|| sentence.find("试行期")).is_some_and(|at| {
            let subject = SUBJECT.find(&sentence[..at]);
            let dated = sentence[at..].contains("至") && (subject.is_some() || sentence[..at].ends_with('》'));
            dated
                || ABOUT_ITSELF.is_match(sentence)
                || subject.is_some_and(|subject| at - subject.end() <= SUBJECT_BYTES)
        })
    };
    let mut period = Period { effective, expires: None };
    for sentence in sentences.iter().rev().filter(own) {
        if let Some((from, until)) = range(sentence) {
            return Period { effective: effective.or(Some(from)), expires: Some(until) };
        }
        period.expires =
            period.expires.or_else(|| until(sentence)).or_else(|| after_years(sentence, effective, issued));
    }
    period.expires = period.expires.or_else(|| sentences.iter().rev().find_map(|sentence| closing_range(sentence)));
    period
}

/// The first day: the last sentence about the document itself decides, as the closing article does.
fn commencement(sentences: &[&str], issued: &Dates) -> Option<Date> {
    let days = sentences.iter().rev().filter_map(|sentence| {
        let day = stated_day(sentence).or_else(|| day_of_issue(sentence, issued))?;
        Some((SUBJECT.is_match(sentence), day))
    });
    let days: Vec<(bool, Date)> = days.collect();
    days.iter().find(|(own, _)| *own).or_else(|| days.first()).map(|(_, day)| *day)
}

fn stated_day(sentence: &str) -> Option<Date> {
    let found = FROM_DATE.captures(sentence)?.get(1)?;
    only_date(found.as_str())
}

fn day_of_issue(sentence: &str, issued: &Dates) -> Option<Date> {
    let captures = FROM_ISSUE.captures(sentence)?;
    let day = match captures.get(1)?.as_str() {
        "发布" | "公布" | "颁布" => issued.published.or(issued.written),
        _ => issued.written.or(issued.published),
    }?;
    let Some(later) = captures.get(2).and_then(|later| count(later.as_str())) else { return Some(day) };
    match captures.get(3).map(|unit| unit.as_str()) {
        Some("个月") => day.checked_add(i32::from(later).months()).ok(),
        _ => day.checked_add(i32::from(later).days()).ok(),
    }
}

fn until(sentence: &str) -> Option<Date> {
    let captures = UNTIL.captures(sentence)?;
    only_date(captures.get(1).or_else(|| captures.get(2))?.as_str())
}

fn range(sentence: &str) -> Option<(Date, Date)> {
    let captures = RANGE.captures(sentence)?;
    Some((only_date(captures.get(1)?.as_str())?, only_date(captures.get(2)?.as_str())?))
}

/// 本办法自2023年1月1日起施行，至2027年12月31日止.
fn closing_range(sentence: &str) -> Option<Date> {
    (SUBJECT.is_match(sentence) && stated_day(sentence).is_some()).then(|| until(sentence)).flatten()
}

/// The day before the anniversary: five years from 2023-07-01 end with 2028-06-30.
fn after_years(sentence: &str, effective: Option<Date>, issued: &Dates) -> Option<Date> {
    let captures = YEARS.captures(sentence)?;
    let length = i32::from(count(captures.get(1)?.as_str())?);
    let span = if captures.get(2)?.as_str() == "年" { length.years() } else { length.months() };
    effective.or(issued.issued())?.checked_add(span).ok()?.yesterday().ok()
}

fn only_date(text: &str) -> Option<Date> {
    let (range, date) = find_dates(text).into_iter().next()?;
    (text[..range.start].trim().is_empty() && text[range.end..].trim().is_empty()).then_some(date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn of(text: &str) -> (Option<Date>, Option<Date>) {
        let issued = Dates { written: Some(date(2023, 5, 10)), published: Some(date(2023, 5, 12)), ..Dates::default() };
        let period = period(text, &issued);
        (period.effective, period.expires)
    }

    #[test]
    fn texts_state_their_period() {
        let (from, until) = (Some(date(2023, 7, 1)), Some(date(2028, 6, 30)));
        assert_eq!(of("第九条　本办法自2023年7月1日起施行，有效期5年。"), (from, until));
        assert_eq!(of("本办法自二〇二三年七月一日起施行，有效期五年，由县民政局负责解释。"), (from, until));
        assert_eq!(of("本通知自2023年7月1日起执行，有效期至2028年6月30日。"), (from, until));
        assert_eq!(of("本办法自2023年7月1日起施行，有效期为2023年7月1日至2028年6月30日。"), (from, until));
        assert_eq!(of("本办法自印发之日起施行，有效期2年。"), (Some(date(2023, 5, 10)), Some(date(2025, 5, 9))));
        assert_eq!(of("本方案适用于2026年度补贴，有效期至2028年6月30日。"), (None, until));
        assert_eq!(of("本办法自公布之日起施行。"), (Some(date(2023, 5, 12)), None));
        assert_eq!(of("本办法自发布之日起30日后施行。"), (Some(date(2023, 6, 11)), None));
        assert_eq!(of("本办法自2023年7月1日起施行。2019年3月1日起施行的《旧办法》同时废止。"), (from, None));
    }

    #[test]
    fn periods_of_other_things_are_not_the_documents() {
        assert_eq!(of("许可证有效期5年。合同自2020年1月1日起生效的，按合同执行。").1, None);
        assert_eq!(
            of("第三条 残疾人证有效期十年。\n第九条 本办法自2023年7月1日起施行。"),
            (Some(date(2023, 7, 1)), None)
        );
    }
}
