//! Expiry (有效期): until which day a text holds, or which event ends it.

use std::sync::LazyLock;

use jiff::ToSpan as _;
use jiff::civil::Date;
use regex::Regex;

use super::commencement::range_start;
use super::days::last_day;
use super::sentence::{Sentence, subject};
use crate::ingest::dates::count;

const TERM: &str =
    r"(?:有效期限?|有效时间|有效期间|试行期限?|试行时间|暂行期限?|施行期限?|执行期限?|实施期限?|政策期限|期限)";
const DAY: &str = r"([^。；，,、\n至到]{4,20}?(?:日|月底|月末|年底|年末|底|月))";

static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    made(&format!(
        r"{TERM}(?:截止日期|截止|仍|暂定|暂|为|是|：|:|延长|顺延)*\s*(?:至|到|截至|截止到|截止至)\s*{DAY}\s*(?:$|止|截止|为止|，|,|、|（|\(|；|届满|期满|到期|失效|自动)"
    ))
});
static RANGE_END: LazyLock<Regex> = LazyLock::new(|| {
    made(&format!(
        r"{TERM}(?:为|是|：|:|自|从|暂定|\s)*([^。；，,\n至到]{{6,20}}?日)\s*(?:起|始)?\s*(?:至|到|—|－|-|~|～)\s*{DAY}"
    ))
});
static VERB_UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    made(&format!(
        r"(?:暂定)?(?:施行|实施|执行|试行|实行|有效|延续|，|,)\s*(?:期)?(?:暂定)?\s*(?:至|到|截至)\s*{DAY}\s*(?:$|止|截止|为止|失效|自动失效|废止|自动废止|，|,|（|\()"
    ))
});
static LAPSES_ON: LazyLock<Regex> = LazyLock::new(|| {
    made(&format!(
        r"(?:自|从|于)?{DAY}\s*(起|之日起|后)?\s*(?:即|即行|自动|自行|同时)?(?:失效|废止|停止执行|停止施行|终止执行|不再执行)"
    ))
});
static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    made(&format!(
        r"(?:{TERM}|试行|暂行)(?:为|是|：|:|暂定为|定为|暂定|自\p{{Han}}{{2,4}}之日起(?:计算)?|\s)*([0-9０-９一二两三四五六七八九十]{{1,3}})\s*(周年|年|个月|日|天)"
    ))
});
static RUNS_FOR: LazyLock<Regex> = LazyLock::new(|| {
    made(
        r"(?:暂定|暂)?(?:试行|执行|施行|实施)(?:期)?(?:暂定)?(?:为)?\s*([0-9０-９一二两三四五六七八九十]{1,3})\s*(年|个月)(?:$|，|,|（)",
    )
});
static OPEN_END: LazyLock<Regex> = LazyLock::new(|| {
    made(&format!(
        r"(?:{TERM}|施行|执行|实施|有效)(?:期)?(?:为|暂定)?(?:至|到|截至)[^。；，,0-9]{{0,40}}(?:出台|施行|实施|发布|印发|公布|颁布|生效|结束|解除|新(?:的)?规定|另行通知|调整)[^。；，,]{{0,10}}(?:日|时|为止|止|前|后|$)"
    ))
});
static PERIOD_WORD: LazyLock<Regex> = LazyLock::new(|| made(&format!(r"{TERM}|试行|暂行|施行|实施|执行|有效")));
// What may stand before 有效期 in its clause: nothing, the document's name, or words that carry the date of issue.
static OWN_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    made(&format!(
        r"^(?:(?:{})?(?:的|之)?(?:自.{{2,24}}(?:起|后)(?:正式)?(?:施行|实施|执行|生效|试行)?)?|其|且|暂定|政策|文件|原则上|总体|规定的?)\s*$",
        subject()
    ))
});
static FROM_VERB: LazyLock<Regex> =
    LazyLock::new(|| made(r"(?:自|从|于).{2,24}(?:起|后|日)(?:正式)?(?:施行|实施|执行|生效|试行|实行)(?:$|[，,（])"));
static OF_ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
    made(
        r"(?:许可|执照|证书|证件|证明|证|合同|协议|资质|资格|称号|备案|回执|成绩|批文|批准|承诺|名单|结果|指标|额度|决定书|通知书|凭证|居住|保函|专利|商标|担保|贷款|产品|药品|食品|授权|认定|岗位|方案|项目|基地|企业|机构|人才|奖励|补贴|招标|投标|报价|数据|账户|卡|标志|标识|印章|公示|公告期|所称|取得|申请)(?:的)?(?:有效|期限|$)",
    )
});

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test run")]
fn made(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

/// Longest sentence that states a period; in longer ones, run together, years belong to something else.
const MAX_CHARS: usize = 160;

/// What a sentence says of the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expiry {
    /// It ends with this day; with the first day when the sentence states the whole range.
    On(Option<Date>, Date),
    /// It lasts this long from its commencement, in months.
    Months(i32),
    /// It lasts this many days.
    Days(i32),
    /// It ends with an event.
    Event,
}

impl Expiry {
    /// The last day, counted from the first: five years from 2023-07-01 end with 2028-06-30.
    pub(super) fn last_day(self, from: Option<Date>) -> Option<Date> {
        match self {
            Self::On(_, day) => Some(day),
            Self::Months(months) => from?.checked_add(months.months()).ok()?.yesterday().ok(),
            Self::Days(days) => from?.checked_add(days.days()).ok()?.yesterday().ok(),
            Self::Event => None,
        }
    }
}

/// What a sentence says of the end of this document.
pub(super) fn expiry(sentence: &Sentence<'_>, title: &str) -> Option<Expiry> {
    let words = sentence.words;
    if words.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let found = stated(words)?;
    is_own(sentence, title).then_some(found)
}

fn stated(words: &str) -> Option<Expiry> {
    let day = |found: Option<regex::Match<'_>>| found.and_then(|found| last_day(found.as_str()));
    if let Some(captures) = RANGE_END.captures(words)
        && let Some(until) = day(captures.get(2))
    {
        return Some(Expiry::On(range_start(words), until));
    }
    let until = UNTIL.captures(words).or_else(|| VERB_UNTIL.captures(words));
    if let Some(until) = until.and_then(|captures| day(captures.get(1))) {
        return Some(Expiry::On(None, until));
    }
    if let Some(captures) = LAPSES_ON.captures(words)
        && !words.contains('《')
        && let Some(until) = day(captures.get(1))
    {
        let until = if captures.get(2).is_some() { until.yesterday().ok()? } else { until };
        return Some(Expiry::On(None, until));
    }
    if OPEN_END.is_match(words) {
        return Some(Expiry::Event);
    }
    let captures = LENGTH.captures(words).or_else(|| RUNS_FOR.captures(words))?;
    let length = i32::from(count(captures.get(1)?.as_str())?);
    Some(match captures.get(2)?.as_str() {
        "个月" => Expiry::Months(length),
        "日" | "天" => Expiry::Days(length),
        _ => Expiry::Months(length.checked_mul(12)?),
    })
}

/// Whether the sentence speaks of this document: permits, contracts and quotas have periods too.
fn is_own(sentence: &Sentence<'_>, title: &str) -> bool {
    let words = sentence.words;
    let mut first = true;
    for segment in words.split(['，', ',', '；', '（']) {
        let opens = std::mem::take(&mut first);
        let Some(word) = PERIOD_WORD.find(segment) else { continue };
        if stated(&segment[word.start()..]).is_none() && !segment[word.start()..].contains('至') {
            continue;
        }
        let before = segment[..word.start()].trim();
        if OF_ANOTHER.is_match(&segment[..word.end()]) && !names_itself(before, title) {
            return false;
        }
        let alone = before.is_empty() || OWN_BEFORE.is_match(before);
        let quoted_other = before.starts_with('《') && !names_itself(before, title);
        let named = names_itself(before, title);
        if quoted_other || !alone {
            return false;
        }
        if named {
            return true;
        }
        // 有效期五年 alone: this or the sentence before it must speak of the document.
        let around = speaks_of_itself(words, title) || speaks_of_itself(sentence.before, title);
        return around && !(opens && OF_ANOTHER.is_match(sentence.before));
    }
    words.chars().count() <= MAX_LOOSE_CHARS && speaks_of_itself(words, title) && !OF_ANOTHER.is_match(words)
}

/// Longest sentence believed where the period does not stand in a clause of its own.
const MAX_LOOSE_CHARS: usize = 80;

/// Whether a sentence names this document first, or says from when something is in force.
fn speaks_of_itself(words: &str, title: &str) -> bool {
    names_itself(words, title) || FROM_VERB.is_match(words)
}

/// Whether the words begin with what names this document.
fn names_itself(words: &str, title: &str) -> bool {
    match words.strip_prefix('《') {
        Some(rest) => rest.split('》').next().is_some_and(|name| title.contains(name)),
        None => words.starts_with('本') && !words.contains("所称"),
    }
}
