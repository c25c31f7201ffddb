//! Units (单位) after a numeral, with what they count.

use super::FigureKind::{self, Age, Amount, Count, Period, Rate};

/// Written form, kind, unit, factor; the longer form before the shorter it begins with.
const UNITS: &[(&str, FigureKind, &str, f64)] = &[
    ("块钱", Amount, "元", 1.0),
    ("元", Amount, "元", 1.0),
    ("块", Amount, "元", 1.0),
    ("个百分点", Rate, "百分点", 1.0),
    ("个基点", Rate, "基点", 1.0),
    ("个点", Rate, "%", 1.0),
    ("倍", Rate, "倍", 1.0),
    ("成", Rate, "%", 10.0),
    ("周岁", Age, "周岁", 1.0),
    ("岁", Age, "岁", 1.0),
    ("个工作日", Period, "工作日", 1.0),
    ("工作日", Period, "工作日", 1.0),
    ("个自然日", Period, "日", 1.0),
    ("个月", Period, "月", 1.0),
    ("个季度", Period, "季度", 1.0),
    ("个学期", Period, "学期", 1.0),
    ("个学年", Period, "学年", 1.0),
    ("个小时", Period, "小时", 1.0),
    ("个星期", Period, "周", 1.0),
    ("小时", Period, "小时", 1.0),
    ("分钟", Period, "分钟", 1.0),
    ("学年", Period, "学年", 1.0),
    ("周年", Period, "年", 1.0),
    ("周", Period, "周", 1.0),
    ("年", Period, "年", 1.0),
    ("日", Period, "日", 1.0),
    ("天", Period, "日", 1.0),
    ("人次", Count, "人次", 1.0),
    ("平方米", Count, "平方米", 1.0),
    ("公里", Count, "公里", 1.0),
    ("公斤", Count, "公斤", 1.0),
    ("名", Count, "名", 1.0),
    ("人", Count, "人", 1.0),
    ("户", Count, "户", 1.0),
    ("家", Count, "家", 1.0),
    ("件", Count, "件", 1.0),
    ("项", Count, "项", 1.0),
    ("次", Count, "次", 1.0),
    ("份", Count, "份", 1.0),
    ("个", Count, "个", 1.0),
    ("套", Count, "套", 1.0),
    ("亩", Count, "亩", 1.0),
    ("辆", Count, "辆", 1.0),
    ("台", Count, "台", 1.0),
    ("张", Count, "张", 1.0),
    ("吨", Count, "吨", 1.0),
];

/// Units followed by one of these are pieces of other words: 一次性, 一家庭, 三年级, 五成员.
const OTHER_WORDS: &[(&str, &[char])] = &[
    ("次", &['性', '月', '日', '年', '要', '数']),
    ("家", &['庭', '长', '属', '具', '用', '人']),
    ("年", &['级', '度', '代', '报', '产', '龄']),
    ("成", &['员', '立', '为', '果', '本', '年', '功', '人', '套', '品']),
    ("名", &['称', '义', '单', '录', '下', '字']),
    ("人", &['员', '民', '口', '身', '才', '力', '社']),
    ("户", &['口', '籍', '外']),
    ("件", &['事']),
    ("日", &['常', '期']),
    ("周", &['边', '期', '末', '转']),
    ("天", &['然', '津']),
    ("台", &['账', '阶', '风', '湾']),
    ("张", &['贴']),
    ("元", &['件', '旦']),
];

/// Characters before 一 that make another word of it: 同一家, 上一年, 每一项.
const BEFORE_ONE: &[char] =
    &['同', '任', '唯', '统', '进', '之', '逐', '某', '另', '上', '下', '前', '后', '单', '这', '哪', '每'];
/// Units of which 一 is an article rather than a count.
const ARTICLES: &[&str] = &["个", "项", "家", "名", "套", "台", "件", "张", "成"];

/// A unit as it was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    pub(super) kind: FigureKind,
    pub(super) name: &'static str,
    pub(super) factor: f64,
    /// Bytes of its written form.
    pub(super) len: usize,
}

/// The unit at the start of what follows a numeral.
pub(super) fn unit_at(before: &str, numeral: &str, after: &str) -> Option<Unit> {
    let (form, kind, name, factor) = UNITS.iter().find(|(form, ..)| after.starts_with(form))?;
    let rest = &after[form.len()..];
    let other = OTHER_WORDS.iter().any(|(unit, next)| unit == form && rest.starts_with(*next));
    let article = numeral == "一" && (ARTICLES.contains(form) || before.ends_with(BEFORE_ONE));
    (!other && !article).then_some(Unit { kind: *kind, name, factor: *factor, len: form.len() })
}
