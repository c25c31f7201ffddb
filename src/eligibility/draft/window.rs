//! Windows and deadlines (申报期、时限) of those who apply; what an office must do by when is not theirs.

use std::ops::Range;

use jiff::civil::Date;

use super::quantity::number;

/// When a claim may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Window {
    Always,
    /// MM-DD to MM-DD, every year.
    Yearly(String, String),
    /// A first and a last day.
    Once(Option<Date>, Option<Date>),
    /// Days or months after something; what, is for a person to name.
    Since {
        days: Option<u32>,
        months: Option<u32>,
        of: String,
    },
    /// Counted in working days, or in a way no window can hold.
    Other,
}

pattern!(
    YEARLY,
    r"每年(?:的)?(?P<m1>\d{1,2})月(?:(?P<d1>\d{1,2})日|份)?(?:至|到|—|-|－|–|~|～)(?:(?P<m2>\d{1,2})月)?(?:(?P<d2>\d{1,2})日|份|底)?"
);
pattern!(
    SPAN,
    r"(?P<y1>\d{4})年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日(?:起)?(?:至|到|—|-|－|–|~|～)(?:(?P<y2>\d{4})年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
);
pattern!(
    BEFORE_DAY,
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:\d{1,2}[时点：:]\d{0,2}分?)?(?:（[^）]{1,12}）)?(?:以|之)?前|截止(?:日期|时间)?(?:为|是|到|至|：)?(?:(?P<year2>\d{4})年)?(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日"
);
pattern!(
    SINCE,
    r"(?:自|在|从|于)?(?P<of>[^，。；自在从]{2,24}?)(?:之日|之日起|当日|次日|后|的次月)?起?(?:的)?(?P<number>\d+|[一二三四五六七八九十两]+)(?:日|天)?(?P<unit>个工作日|个自然日|个月|日|天|年|工作日)?(?:之)?内"
);
pattern!(ALWAYS, r"常年受理|全年受理|随时申报|随时申请|常年申报|全年申报");
pattern!(CLAIMS, r"申报|申请|申领|提出|报送|上报|提交|受理|办理登记|推荐");
pattern!(
    OFFICE,
    r"审核|审查|拨付|答复|初审|复核|公示|核查|办结|批复|下达|反馈|发放到|发放至|出具|补正|告知|通知|审定|调查|放款|兑现|核定|审批|划拨|转入|送达|制定|印发"
);

/// The window a sentence states, with its words.
pub(super) fn window(text: &str, year: Option<i16>) -> Option<(Window, Range<usize>)> {
    if !CLAIMS.is_match(text) {
        return None;
    }
    always(text).or_else(|| yearly(text)).or_else(|| span(text)).or_else(|| before(text, year)).or_else(|| since(text))
}

/// The end of the part of a sentence in which a place lies.
fn part(text: &str, at: &Range<usize>) -> Range<usize> {
    let start = text[..at.start].rfind(['，', '；', '。']).map_or(0, |comma| comma + '，'.len_utf8());
    let end = text[at.end..].find(['，', '；', '。']).map_or(text.len(), |comma| at.end + comma);
    start..end
}

fn always(text: &str) -> Option<(Window, Range<usize>)> {
    ALWAYS.find(text).map(|found| (Window::Always, found.range()))
}

fn yearly(text: &str) -> Option<(Window, Range<usize>)> {
    let found = YEARLY.captures(text)?;
    let part = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i8>().ok());
    let (m1, m2) = (part("m1")?, part("m2").or(part("m1"))?);
    // A month without a day begins on its first and ends on its last day.
    let last = Date::new(2023, m2, 1).ok()?.last_of_month().day();
    let (opens, closes) =
        (Date::new(2024, m1, part("d1").unwrap_or(1)).ok()?, Date::new(2024, m2, part("d2").unwrap_or(last)).ok()?);
    let written = |day: Date| format!("{:02}-{:02}", day.month(), day.day());
    Some((Window::Yearly(written(opens), written(closes)), found.get(0)?.range()))
}

fn span(text: &str) -> Option<(Window, Range<usize>)> {
    SPAN.captures_iter(text).find_map(|found| {
        let range = found.get(0)?.range();
        let words = &text[part(text, &range)];
        // 期间招用 tells when something happened, not when to apply.
        let before = &text[..range.start];
        let after = &text[range.end..];
        let applies = CLAIMS.is_match(words) && (TIME_IS.is_match(before) || CLAIM_NEXT.is_match(after));
        let (opens, closes) = days(&found)?;
        applies.then_some((Window::Once(Some(opens), Some(closes)), range))
    })
}

pattern!(TIME_IS, r"(?:申报|申请|申领|受理|办理|报名|报送|提交)[^，。；]{0,8}(?:时间|期限|期|日期)?[^，。；0-9]{0,4}$");
pattern!(
    CLAIM_NEXT,
    r"^(?:期间|内|之间)?(?:，)?(?:向[^，。；]{2,20})?(?:集中)?(?:申报|申请|申领|受理|提出|提交|报送|办理)"
);

/// The two days of a span.
fn days(found: &regex::Captures<'_>) -> Option<(Date, Date)> {
    let part = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
    let small = |name: &str| part(name).and_then(|part| i8::try_from(part).ok());
    let opens = Date::new(part("y1")?, small("m1")?, small("d1")?).ok()?;
    let closes = Date::new(part("y2").unwrap_or(opens.year()), small("m2")?, small("d2")?).ok()?;
    (opens <= closes).then_some((opens, closes))
}

fn before(text: &str, year: Option<i16>) -> Option<(Window, Range<usize>)> {
    BEFORE_DAY.captures_iter(text).find_map(|found| {
        let range = found.get(0)?.range();
        let words = &text[range.start.min(part(text, &range).start)..part(text, &range).end];
        let part = |one: &str, two: &str| {
            found.name(one).or(found.name(two)).and_then(|part| part.as_str().parse::<i16>().ok())
        };
        let year = part("year", "year2").or(year)?;
        let day = |value: i16| i8::try_from(value).ok();
        let closes = Date::new(year, day(part("month", "month2")?)?, day(part("day", "day2")?)?).ok()?;
        let every_year = words.contains("每年");
        let applies = (CLAIMS.is_match(words) || words.contains("截止")) && !OFFICE_ONLY.is_match(words);
        applies.then_some((if every_year { Window::Other } else { Window::Once(None, Some(closes)) }, range))
    })
}

pattern!(
    OFFICE_SUBJECT,
    r"(?:局|厅|委|中心|部门|银行|公司|政府|办公室)(?:（[^）]*）)?(?:应当|应|须|要|负责)?(?:在|自|于|收到|会同|对|每)[^，。；]*$"
);
pattern!(OFFICE_ONLY, r"拨付|答复|公示|办结|批复|下达|反馈|核查|审核完|招用|注册|成立|取得|入职|毕业");

fn since(text: &str) -> Option<(Window, Range<usize>)> {
    SINCE.captures_iter(text).find_map(|found| {
        let range = found.get(0)?.range();
        let after = &text[range.end..part(text, &range).end];
        let next = &text
            [range.end..text.len().min(range.end + text[range.end..].find('。').unwrap_or(text.len() - range.end))];
        let near = if after.trim().is_empty() { next } else { after };
        let applies = near.find_first(&CLAIMS) < near.find_first(&OFFICE);
        let starts = found.get(0)?.as_str().contains('起') || found.get(0)?.as_str().contains('后');
        if !applies || !starts || OFFICE_SUBJECT.is_match(&text[..range.end]) {
            return None;
        }
        let count = whole(number(&found["number"])?)?;
        let of = found["of"].trim_end_matches("之日").to_owned();
        let unit = found.name("unit").map_or("日", |unit| unit.as_str());
        let window = match unit {
            "个月" => Window::Since { days: None, months: Some(count), of },
            "年" => Window::Since { days: None, months: count.checked_mul(12), of },
            "日" | "天" | "个自然日" => Window::Since { days: Some(count), months: None, of },
            _ => Window::Other,
        };
        Some((window, range))
    })
}

fn whole(value: f64) -> Option<u32> {
    /// No deadline runs longer than ten years of days.
    const MOST: u32 = 3660;
    (1..=MOST).find(|whole| f64::from(*whole) >= value)
}

trait FindFirst {
    fn find_first(&self, pattern: &regex::Regex) -> usize;
}

impl FindFirst for str {
    /// Where a pattern stands first; the far end when it does not.
    fn find_first(&self, pattern: &regex::Regex) -> usize {
        pattern.find(self).map_or(usize::MAX, |found| found.start())
    }
}

pattern!(
    RUNS_UNTIL,
    r"(?:政策|实施|执行|有效|受理)?(?:实施|执行|有效)?(?:期限|期|时间)?(?:截至|截止到|截止至|执行至|执行到|实施至|有效期至|延续至|延长至|至)(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日|执行至(?P<year2>\d{4})年底|(?:截至|延续至|至)(?P<year3>\d{4})年12月底"
);
pattern!(PERIOD, r"期限|执行|实施|有效期|政策|期间");

/// The last day of what a sentence provides (政策实施期限截至…).
pub(super) fn until(text: &str) -> Option<(Date, Range<usize>)> {
    let found = RUNS_UNTIL.captures(text).filter(|_| PERIOD.is_match(text))?;
    let part = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
    let small = |name: &str| part(name).and_then(|part| i8::try_from(part).ok());
    let day = match part("year") {
        Some(year) => Date::new(year, small("month")?, small("day")?).ok()?,
        None => Date::new(part("year2").or(part("year3"))?, 12, 31).ok()?,
    };
    Some((day, found.get(0)?.range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    #[test]
    fn those_who_apply_have_a_window_and_offices_have_none() {
        let yearly = Window::Yearly("04-01".to_owned(), "05-31".to_owned());
        let months = Window::Since { days: None, months: Some(12), of: "证书核发".to_owned() };
        for (text, expected) in [
            ("申报时间为每年4月1日至5月31日", Some(yearly)),
            ("请于2026年9月15日前将申报材料报送县科技局", Some(Window::Once(None, day("2026-09-15")))),
            ("申报期为2026年3月1日至4月30日", Some(Window::Once(day("2026-03-01"), day("2026-04-30")))),
            ("可在证书核发之日起12个月内申领补贴", Some(months)),
            ("补助常年受理", Some(Window::Always)),
            ("县科技局自受理申请之日起15个工作日内完成审核", None),
            ("2026年1月1日至12月31日期间招用毕业生的", None),
        ] {
            assert_eq!(window(text, Some(2026)).map(|(window, _)| window), expected, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_measure_is_read() {
        assert_eq!(until("政策实施期限截至2026年12月31日。").map(|(day, _)| day), day("2026-12-31"));
        assert_eq!(until("本意见执行至2027年底").map(|(day, _)| day), day("2027-12-31"));
    }
}
