//! What a time in a question is for (时间的作用): the day the law is asked about, a document's year, or a fact told.
//!
//! | the question | what the time is |
//! |---|---|
//! | 2021年要点, 2022年要办几件 | the year of the document meant: [`TimeRole::DocumentYear`], in `year` |
//! | 2021年9月那会儿, 去年的标准, 2023年的政策 | the day the law is asked about: [`TimeRole::Day`], in `as_of` |
//! | 去年领过, 2019年退休的, 3月1号提交 | a fact of the story: [`TimeRole::Fact`], kept and shown, moves nothing |
//!
//! The day of a past period is its last one, of a coming period its first one. A question that says 现在 or 还能 asks
//! about today, whatever it tells of the past.

use jiff::civil::Date;

use super::calendar_words::{Period, TimeWord};

/// What a time is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeRole {
    /// The day for which the law is asked.
    Day,
    /// The year of a document.
    DocumentYear,
    /// Something told.
    Fact,
}

impl TimeRole {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "as_of",
            Self::DocumentYear => "document_year",
            Self::Fact => "fact",
        }
    }
}

/// A time of a question, with what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedTime {
    /// Its words.
    pub words: String,
    /// The days it means.
    pub period: Period,
    /// What it is for.
    pub role: TimeRole,
}

/// Words that ask about today.
const NOW: &[&str] = &[
    "现在",
    "目前",
    "如今",
    "眼下",
    "还能",
    "还可以",
    "还有效",
    "还算数",
    "还给",
    "还发",
    "还执行",
    "还管用",
    "还有没有",
];

/// Words after a time that look back on how things were.
const THEN: &[&str] =
    &["那会儿", "那会", "那时候", "那时", "那阵", "那年", "那个时候", "的时候", "时候", "当时", "期间", "前后"];

/// What is ruled anew from time to time: asked for with a time, it is the rule of that time.
const RULED: &[&str] = &[
    "标准",
    "政策",
    "规定",
    "比例",
    "费率",
    "税率",
    "基数",
    "待遇",
    "线是",
    "额度",
    "门槛",
    "最低工资",
    "低保线",
    "怎么规定",
    "执行",
    "办法",
];

/// Documents that bear a year.
const YEARLY: &[&str] = &[
    "要点", "文件", "通知", "方案", "意见", "规划", "公告", "工作", "计划", "清单", "细则", "报告", "条例", "公报",
    "版", "年报", "要办", "要建", "任务", "项目", "实施", "预算", "决算", "第",
];

/// What someone did or was then: a fact.
const DONE: &[&str] = &[
    "我",
    "退休",
    "退伍",
    "退役",
    "入伍",
    "毕业",
    "买",
    "结婚",
    "离婚",
    "出生",
    "生的",
    "生了",
    "参加",
    "交",
    "缴",
    "领",
    "办的",
    "办了",
    "注册",
    "成立",
    "离职",
    "辞职",
    "失业",
    "被",
    "签",
    "入职",
    "住",
    "去世",
    "死",
    "摔",
    "工伤",
    "受伤",
    "拆",
    "开始",
    "搬",
    "借",
    "贷",
    "申请过",
    "申请了",
    "提交",
    "报过",
    "报了",
    "拿",
    "走",
    "请",
    "盖",
    "建的",
    "建房",
    "来",
    "上班",
    "干",
    "断",
];

/// What is received or paid year by year: 去年领的是多少 asks for what held then.
const PAID: &[&str] = &["领的", "发的", "拿的", "交的", "缴的", "补的", "报的", "享受的", "执行的"];

/// Words that ask for what a rule fixes.
const ASKS_VALUE: &[&str] = &["多少", "几", "标准", "什么标准", "比例"];

/// Nouns that begin like something done: 贷款额度 is no loan taken.
const NOUNS: &[&str] = &["贷款", "住房", "申请", "缴费", "交通", "建房", "买房", "请示"];

/// A text with these nouns covered.
fn without_nouns(text: String) -> String {
    NOUNS.iter().fold(text, |text, noun| text.replace(noun, "〇〇"))
}

/// How many characters around a time belong to it.
const NEAR: usize = 10;

/// The times of a question with what each is for.
pub(super) fn read(question: &str, words: Vec<TimeWord>, today: Date) -> Vec<AskedTime> {
    // 去年领了，今年还有吗: what is asked is this year's.
    let this_day = words.iter().any(|word| word.period.from <= today && today <= word.period.to);
    let asks_now = this_day || NOW.iter().any(|word| question.contains(word));
    words
        .into_iter()
        .map(|word| AskedTime {
            role: role(&question[word.range.end..], &word, today, asks_now),
            words: question[word.range.clone()].trim().to_owned(),
            period: word.period,
        })
        .collect()
}

fn role(after: &str, word: &TimeWord, today: Date, asks_now: bool) -> TimeRole {
    let passed = word.period.to < today || word.period.from > today;
    let after = after.trim_start();
    let near = without_nouns(after.chars().take_while(|c| !"，。；？！?!,;".contains(*c)).take(NEAR).collect());
    let first = |list: &[&str]| list.iter().filter_map(|word| near.find(word)).min();
    let then = THEN.iter().any(|word| near.starts_with(word));
    let rest = near.trim_start_matches(['的', '度', '那', '份', '个']);
    let done = first(DONE);
    let before_doing = |at: Option<usize>| at.is_some_and(|at| done.is_none_or(|done| at < done));
    if then && passed && !asks_now && done.is_none() {
        return TimeRole::Day;
    }
    // 去年的标准, 去年青禾的标准; 今年的标准 is today's.
    if passed && !asks_now && before_doing(first(RULED)) {
        return TimeRole::Day;
    }
    // 去年领的是多少.
    let paid = PAID.iter().any(|word| near.starts_with(word)) && ASKS_VALUE.iter().any(|word| after.contains(word));
    if passed && !asks_now && paid {
        return TimeRole::Day;
    }
    let whole_year = word.period.from.year() == word.period.to.year() && !word.period.is_day();
    let yearly = YEARLY.iter().any(|word| rest.starts_with(word)) || before_doing(first(YEARLY));
    if whole_year && !then && (word.absolute || passed) && (yearly || word.absolute && done.is_none()) {
        return TimeRole::DocumentYear;
    }
    TimeRole::Fact
}

/// The day the times make the question's: the last day of a past period, the first of a coming one.
pub(super) fn day_asked(times: &[AskedTime], today: Date) -> Option<Date> {
    let time = times.iter().find(|time| time.role == TimeRole::Day)?;
    Some(if time.period.to < today { time.period.to } else { time.period.from })
}

/// The year of the document meant.
pub(super) fn document_year(times: &[AskedTime]) -> Option<i16> {
    times.iter().find(|time| time.role == TimeRole::DocumentYear).map(|time| time.period.from.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::calendar_words;
    use super::*;

    fn of(question: &str) -> Vec<AskedTime> {
        let today = date(2026, 11, 21);
        read(question, calendar_words::find(question, today), today)
    }

    #[test]
    fn each_time_has_its_role() {
        use TimeRole::{Day, DocumentYear, Fact};
        for (question, role) in [
            ("2021年9月那会儿热线几点下班", Day),
            ("去年的低保标准是多少", Day),
            ("前年的报销比例是多少", Day),
            ("2023年的最低工资标准", Day),
            ("去年青禾的低保标准是多少", Day),
            ("去年领的高龄津贴是多少", Day),
            ("2025年公积金贷款最高额度", Day),
            ("去年交的材料怎么还没信", Fact),
            ("去年领的补贴今年还有多少", Fact),
            ("青禾2024年工作要点", DocumentYear),
            ("青禾2022年要办几件实事", DocumentYear),
            ("2024年青禾县公开要点第三条", DocumentYear),
            ("我去年领过今年还能领不", Fact),
            ("2019年退休的能不能补", Fact),
            ("3月1号印发 20个工作日是哪天", Fact),
            ("今年农村低保标准多少", Fact),
            ("2020年疫情那会儿缓缴的保险，现在还能不能拖", Fact),
            ("上个月交的材料怎么还没信", Fact),
        ] {
            assert_eq!(of(question).first().map(|time| time.role), Some(role), "{question}");
        }
        let today = date(2026, 11, 21);
        assert_eq!(day_asked(&of("2021年9月那会儿热线几点下班"), today), Some(date(2021, 9, 30)));
        assert_eq!(day_asked(&of("今年的标准"), today), None);
        assert_eq!(document_year(&of("青禾2024年要点")), Some(2024));
    }
}
