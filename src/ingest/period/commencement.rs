//! Commencement (施行日期): from which day a text, or a clause of it, holds.

use std::sync::LazyLock;

use jiff::ToSpan as _;
use jiff::civil::Date;
use regex::Regex;

use super::sentence::{Sentence, subject};
use super::{FoundDay, days};
use crate::ingest::dates::count;
use crate::ingest::find_dates;
use crate::policy::Dates;

const VERB: &str = r"(?:施行|实施|执行|生效|试行|实行|启用|适用)";

/// The verb belongs to something else when 的 follows it (起施行的《旧办法》), or when it introduces a condition.
const NOT_OTHERS: &str = r"(?:$|[^的《])";

static FROM_DATE: LazyLock<Regex> = LazyLock::new(|| {
    made(&format!(
        r"(?:自|从|于|定于|将于|并于)\s*([^。；，,、\n自从于]{{5,22}}?[日月])\s*(?:零时|0时|0:00|00:00|24时|凌晨)?\s*(?:起|开始|以后|之后|后)?\s*(?:全面|正式|统一|在\p{{Han}}{{2,8}}|开始|施|予以|组织)?{VERB}{NOT_OTHERS}"
    ))
});
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    made(r"(?:自|从)?([^。；，,\n自从于至]{6,20}?日)\s*起?\s*(?:至|到|—|－|-|~|～)\s*[^。；，,\n]{6,20}?日")
});
static FROM_ISSUE: LazyLock<Regex> = LazyLock::new(|| {
    made(&format!(
        r"(?:(?:自|从|于|在)(?:本\p{{Han}}{{1,6}}?)?)?(印发|发布|公布|下发|通过|颁布|签发|发文|批准|签署|公告|发出|出台|刊登)(?:之日|之时|当日|日|之)?(?:的)?(次日|次月)?(?:起|后|开始|即)?\s*(?:(?:满|的|第)?\s*([0-9０-９一二三四五六七八九十]{{1,3}})\s*(个月|个工作日|日|天|年)\s*(?:后|起|之日起)*)?\s*(?:正式|开始|全面)?{VERB}{NOT_OTHERS}"
    ))
});
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    made(
        r"^(?:[^，,：:。]{0,6})?(?:[【\[]\s*)?(?:施行|实施|执行|生效|启用|起始)(?:时间|日期|日)(?:[】\]]\s*|\s*[：:]\s*|为|是|定为)(?:自|从)?(.{5,24})",
    )
});
static CLAUSES: LazyLock<Regex> = LazyLock::new(|| {
    made(
        r"(第[一二三四五六七八九十百零〇0-9]{1,7}[章节条](?:第[一二三四五六七八九十0-9]{1,3}款)?(?:第?[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?项)?(?:(?:、|，|和|及|以及|至|—|-)第[一二三四五六七八九十百零〇0-9]{1,7}[章节条](?:第[一二三四五六七八九十0-9]{1,3}款)?)*)(?:的?(?:有关|相关)?(?:规定|内容|条款))?\s*$",
    )
});
static OWN: LazyLock<Regex> = LazyLock::new(|| made(&format!(r"^(?:{})", subject())));
/// 本通知 right before the day, wherever the sentence began: headings may run into it.
static ENDS_WITH_OWN: LazyLock<Regex> = LazyLock::new(|| {
    made(
        r"(?:本|此)\p{Han}{0,6}?(?:法|条例|办法|规定|规则|细则|规程|通知|意见|方案|措施|标准|公告|文件|政策|决定|通告|指引)(?:的规定)?$",
    )
});
static STARTS: LazyLock<Regex> = LazyLock::new(|| {
    made(r"^(?:自|从|现予|现印发|现发布|并自|于|定于|有效期|政策有效期|经.{2,20}(?:通过|同意|批准)|发布|印发|公布)")
});
static OF_ANOTHER: LazyLock<Regex> =
    LazyLock::new(|| made(r"合同|协议|证书|执照|许可证|保单|项目|企业|单位应当|个人应当"));

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test run")]
fn made(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

/// A commencement that a sentence states.
pub(super) struct Commencement {
    pub(super) day: FoundDay,
    /// The clauses it is about; none: the whole text.
    pub(super) clauses: Vec<String>,
    /// How surely it speaks of this document: 2 names it, 1 speaks without naming.
    pub(super) rank: u8,
}

/// What a sentence says of commencement.
pub(super) fn commencements(sentence: &Sentence<'_>, title: &str, issued: &Dates) -> Vec<Commencement> {
    let words = sentence.words;
    let mut found = Vec::new();
    if let Some(date) = labelled(words) {
        found.push(Commencement { day: FoundDay::new(date, sentence), clauses: Vec::new(), rank: 1 });
        return found;
    }
    let hits = FROM_DATE.captures_iter(words).chain(FROM_ISSUE.captures_iter(words));
    for captures in hits {
        let (Some(whole), Some(group)) = (captures.get(0), captures.get(1)) else { continue };
        let from_issue = captures.len() > 2;
        let date = if from_issue { of_issue(&captures, issued) } else { days::first_day(group.as_str()) };
        let Some(date) = date else { continue };
        let before = words[..whole.start()].trim_end();
        let clauses = clauses_before(before);
        // 自2024年7月起 is a day only where the text speaks of itself: amounts and rates begin with months too.
        let whole_day = from_issue || group.as_str().trim_end().ends_with('日');
        let rank = rank_of(words, before, title);
        let excluded =
            before.ends_with('除') || before.contains('除') && words[whole.end()..].trim_start().starts_with('外');
        let enough = if whole_day { 1 } else { 2 };
        if rank >= enough || !clauses.is_empty() && (excluded || own(words, title)) || !clauses.is_empty() && whole_day
        {
            found.push(Commencement { day: FoundDay::new(date, sentence), clauses, rank });
        }
    }
    found
}

/// How surely the words before a day speak of this document.
fn rank_of(words: &str, before: &str, title: &str) -> u8 {
    let segment = before.rsplit(['，', ',', '：', ':']).next().unwrap_or(before);
    let of_another = OF_ANOTHER.is_match(segment);
    match () {
        () if own(segment, title) && !of_another => 2,
        () if own(words, title) && !of_another => 2,
        () if ENDS_WITH_OWN.is_match(before) => 2,
        () if STARTS.is_match(words) && segment.trim().is_empty() => 1,
        () if STARTS.is_match(segment) || segment.trim().is_empty() && words.contains("现予") => 1,
        () => 0,
    }
}

/// Whether a clause begins with what names the document: 本办法, or its own title.
fn own(words: &str, title: &str) -> bool {
    let words = words.trim_start();
    let Some(found) = OWN.find(words) else { return false };
    let name = found.as_str();
    match name.strip_prefix('《') {
        // 《X》自…起施行 speaks of this document only when X is in its title, or short for it (《办法》).
        Some(rest) => rest.split('》').next().is_some_and(|name| title.contains(name)),
        None => name.starts_with(['本', '此', '以', '上']) || title.contains(name) || name.starts_with('该'),
    }
}

fn labelled(words: &str) -> Option<Date> {
    let rest = LABELLED.captures(words)?.get(1)?.as_str();
    let (range, date) = find_dates(rest).into_iter().next()?;
    (range.start == 0 || rest[..range.start].trim().is_empty()).then_some(date)
}

/// A page dated more than this many days after the text was written was put there later, and is not its publication.
const LATE_PAGE_DAYS: i64 = 180;

/// The day of publication: as stated, unless the page is much younger than the text.
fn published(issued: &Dates) -> Option<Date> {
    match (issued.published, issued.written) {
        (Some(published), Some(written)) if written.saturating_add(LATE_PAGE_DAYS.days()) < published => Some(written),
        (published, written) => published.or(written),
    }
}

/// The day of issue and what is added to it: 自发布之日起30日后.
fn of_issue(captures: &regex::Captures<'_>, issued: &Dates) -> Option<Date> {
    let day = match captures.get(1)?.as_str() {
        "发布" | "公布" | "颁布" | "公告" | "出台" | "刊登" => published(issued),
        _ => issued.written.or(issued.published),
    }?;
    let day = match captures.get(2).map(|word| word.as_str()) {
        Some("次日") => day.tomorrow().ok()?,
        Some("次月") => day.first_of_month().checked_add(1.month()).ok()?,
        _ => day,
    };
    let Some(later) = captures.get(3).and_then(|later| count(later.as_str())) else { return Some(day) };
    let later = i32::from(later);
    match captures.get(4).map(|unit| unit.as_str()) {
        Some("个月") => day.checked_add(later.months()).ok(),
        Some("年") => day.checked_add(later.years()).ok(),
        // Working days depend on the calendar of holidays: said by the words, not computed.
        Some("个工作日") => None,
        _ => day.checked_add(later.days()).ok(),
    }
}

/// The clauses named right before the day: 本办法第三章自……起施行.
pub(super) fn clauses_before(before: &str) -> Vec<String> {
    let Some(found) = CLAUSES.captures(before).and_then(|captures| captures.get(1)) else { return Vec::new() };
    let parts = found.as_str().split(['、', '，', '和', '及', '以']).filter(|part| part.starts_with('第'));
    parts.map(|part| part.trim().to_owned()).collect()
}

/// A range of days that states the whole period: 有效期自2023年1月1日至2024年12月31日.
pub(super) fn range_start(words: &str) -> Option<Date> {
    RANGE.captures(words)?.get(1).and_then(|from| days::first_day(from.as_str()))
}
