//! The kind of answer a question wants (答案类型), told by its question words.

use std::ops::Range;

use super::question_words;

/// The kind of answer wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AnswerType {
    /// 金额.
    Amount,
    /// 比例.
    Rate,
    /// 期限: a date or a deadline.
    Deadline,
    /// 时长.
    Duration,
    /// 数量.
    Count,
    /// 条件.
    Condition,
    /// 材料.
    Material,
    /// 办法、流程.
    Procedure,
    /// 地点.
    Place,
    /// 电话.
    Telephone,
    /// 部门.
    Department,
    /// 是非.
    YesNo,
    /// 定义.
    Definition,
    /// 清单.
    List,
    /// 原文.
    Original,
    /// 比较.
    Comparison,
    /// No question word tells.
    Open,
}

impl AnswerType {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Rate => "rate",
            Self::Deadline => "deadline",
            Self::Duration => "duration",
            Self::Count => "count",
            Self::Condition => "condition",
            Self::Material => "material",
            Self::Procedure => "procedure",
            Self::Place => "place",
            Self::Telephone => "telephone",
            Self::Department => "department",
            Self::YesNo => "yes_no",
            Self::Definition => "definition",
            Self::List => "list",
            Self::Original => "original",
            Self::Comparison => "comparison",
            Self::Open => "open",
        }
    }

    /// The Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Amount => "金额",
            Self::Rate => "比例",
            Self::Deadline => "时间期限",
            Self::Duration => "时长",
            Self::Count => "数量",
            Self::Condition => "条件",
            Self::Material => "材料",
            Self::Procedure => "办理方式",
            Self::Place => "地点",
            Self::Telephone => "电话",
            Self::Department => "责任部门",
            Self::YesNo => "是否",
            Self::Definition => "含义",
            Self::List => "清单",
            Self::Original => "原文",
            Self::Comparison => "比较",
            Self::Open => "相关规定",
        }
    }
}

/// A question word in a text and the kind of answer it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AskedKind {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// The kind.
    pub(super) kind: AnswerType,
}

/// The question words of a text, in order: at each place the longest, so that 什么时候 is not also 什么.
pub(super) fn find(text: &str) -> Vec<AskedKind> {
    let mut found: Vec<AskedKind> = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let hit = question_words::at(rest).filter(|(word, kind)| is_asked(text, from, word, *kind));
        let hit = hit.map(|(word, kind)| (word, by_unit(word, &rest[word.len()..]).unwrap_or(kind)));
        let step = match hit {
            Some((word, kind)) => {
                found.push(AskedKind { range: from..from + word.len(), kind });
                word.len()
            }
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
        from += step;
    }
    found.extend(
        yes_no_endings(text)
            .filter(|ending| ending.start >= found.last().map_or(0, |last| last.range.end))
            .map(|range| AskedKind { range, kind: AnswerType::YesNo })
            .collect::<Vec<_>>(),
    );
    found
}

/// Units after 多少 that say what is counted: 补多少年 asks how long.
const COUNTED: &[(AnswerType, &[&str])] = &[
    (AnswerType::Duration, &["年", "天", "个月", "小时", "个工作日", "日", "周"]),
    (AnswerType::Count, &["次", "人", "家", "户", "件", "项", "条", "个人", "个", "亩", "岁", "平"]),
    (AnswerType::Rate, &["个点", "倍", "成"]),
];

fn by_unit(word: &str, after: &str) -> Option<AnswerType> {
    let counts = word.ends_with("多少") && !after.starts_with("年龄");
    let of = |units: &[&str]| units.iter().any(|unit| after.starts_with(unit));
    COUNTED.iter().rev().filter(|_| counts).find(|(_, units)| of(units)).map(|(kind, _)| *kind)
}

/// Whether a noun of this kind says what 多少 after it asks for.
fn names_value(kind: AnswerType) -> bool {
    use AnswerType::{Count, Deadline, Duration, Rate, Telephone};
    matches!(kind, Telephone | Rate | Duration | Deadline | Count)
}

/// 材料清单给我: the wish stands within this many characters of what is wished for.
const GIVE_ME_WITHIN: usize = 4;

/// Whether a word asks by itself; 材料 or 比例 does so only where nothing else in the question asks.
fn asks_by_itself(text: &str, asked: &AskedKind) -> bool {
    const ASKING: &[char] =
        &['谁', '什', '啥', '几', '多', '哪', '怎', '咋', '何', '吗', '么', '嘛', '不', '没', '否', '啷'];
    let original = matches!(asked.kind, AnswerType::Original | AnswerType::Comparison);
    let after: String = text[asked.range.end..].chars().take(GIVE_ME_WITHIN).collect();
    let demanded = ["给我", "发我", "给一下", "发一下"].iter().any(|word| after.contains(word));
    original || demanded || text[asked.range.clone()].contains(ASKING)
}

/// The question words of a text that ask: those of the stretches in which one asks by itself, or all when none does.
pub(super) fn asking(text: &str, found: Vec<AskedKind>, stretches: &[Range<usize>]) -> Vec<AskedKind> {
    let asks = |stretch: &Range<usize>| {
        found.iter().any(|asked| stretch.contains(&asked.range.start) && asks_by_itself(text, asked))
    };
    let asking: Vec<&Range<usize>> = stretches.iter().filter(|stretch| asks(stretch)).collect();
    let stretch_of = |asked: &AskedKind| asking.iter().find(|stretch| stretch.contains(&asked.range.start));
    // 电话是多少, 比例多少: the noun says what kind of figure is meant.
    let told = |asked: &AskedKind| {
        let before = |noun: &&AskedKind| names_value(noun.kind) && noun.range.end <= asked.range.start;
        let bare = asked.kind == AnswerType::Amount && text.get(asked.range.clone()) == Some("多少");
        bare && found.iter().filter(before).any(|noun| stretch_of(noun) == stretch_of(asked))
    };
    let kept = |asked: &&AskedKind| (asking.is_empty() || stretch_of(asked).is_some()) && !told(asked);
    found.iter().filter(kept).cloned().collect()
}

/// Whether a question word asks here. 么 does so only at an end (能领么), not in 这么 or 那么; 几年 is a count of years
/// and 前几年 a time; 手续费 is no paper.
fn is_asked(text: &str, at: usize, word: &str, kind: AnswerType) -> bool {
    let before = &text[..at];
    let after = &text[at + word.len()..];
    // 啥材料都不用交 says all and none.
    let all = ["都不", "也不", "都没", "也没", "都能", "都可以", "都行"];
    if word.starts_with(['啥', '什', '哪']) && {
        let near: String = after.chars().take(4).collect();
        all.iter().any(|word| near.contains(word))
    } {
        return false;
    }
    match word {
        // 行不 asks at an end; 执行不到位 does not.
        _ if word.ends_with('不') => after.chars().next().is_none_or(|c| !c.is_alphanumeric()),
        "么" | "吗" | "嘛" => {
            !before.ends_with(['这', '那', '要', '多', '怎', '什'])
                && after.chars().next().is_none_or(|c| !c.is_alphanumeric() || after.starts_with("我"))
        }
        "几年" | "几天" | "几个月" => !before.ends_with(['前', '这', '近', '好', '头']),
        "手续" | "资料" | "材料" => !after.starts_with('费'),
        "地址" | "电话" | "资格" | "流程" | "条件" => {
            !after.starts_with('的') || kind == AnswerType::Telephone
        }
        _ => true,
    }
}

/// 公开不, 报不, 没: ends of parts that ask yes or no.
fn yes_no_endings(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive(|c: char| c.is_whitespace() || "，。？！?!,、；;".contains(c)).filter_map(move |part| {
        let own = part.trim_end_matches(|c: char| c.is_whitespace() || "，。？！?!,、；;".contains(c));
        let end = start + own.len();
        start += part.len();
        let last = own.chars().next_back()?;
        (own.chars().count() > 2 && matches!(last, '不' | '没' | '否')).then(|| end - last.len_utf8()..end)
    })
}

/// The kinds of answer a text wants, the one that tells most first.
pub(super) fn of(found: &[AskedKind]) -> Vec<AnswerType> {
    let mut kinds: Vec<AnswerType> = found.iter().map(|asked| asked.kind).collect();
    kinds.sort_by_key(|kind| question_words::ORDER.iter().position(|known| known == kind));
    kinds.dedup();
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_words_tell_the_kind() {
        for (question, expected) in [
            ("生三胎一次给多少钱", AnswerType::Amount),
            ("大病报销比例多少", AnswerType::Rate),
            ("居住证办下来要几天", AnswerType::Duration),
            ("家电以旧换新截止到哪天", AnswerType::Deadline),
            ("庆阳2022年要办几件为民实事", AnswerType::Count),
            ("低保咋个申请 要哪些材料", AnswerType::Material),
            ("热线好差评 责任单位", AnswerType::Department),
            ("惠农政策在村里咋看到", AnswerType::Procedure),
            ("公办学校划片范围公开不", AnswerType::YesNo),
            ("展位费", AnswerType::Open),
        ] {
            assert_eq!(of(&find(question)).first().copied().unwrap_or(AnswerType::Open), expected, "{question}");
        }
    }

    #[test]
    fn a_noun_says_what_is_counted() {
        let kinds = |text: &str| of(&asking(text, find(text), &super::super::part::stretches(text)));
        assert_eq!(kinds("返还比例是多少 什么时候打款"), [AnswerType::Rate, AnswerType::Deadline]);
        assert_eq!(kinds("民政局电话是多少"), [AnswerType::Telephone]);
        assert_eq!(kinds("公开清单 时间节点 责任单位"), [AnswerType::Deadline, AnswerType::Department]);
    }

    #[test]
    fn the_longest_word_asks() {
        assert_eq!(of(&find("什么时候发放")), [AnswerType::Deadline]);
        assert_eq!(of(&find("前几年办的证这么久了有什么用")), [AnswerType::List]);
        assert_eq!(of(&find("低保户补什么")), [] as [AnswerType; 0]);
        assert_eq!(of(&find("一天要付多少利息")), [AnswerType::Rate]);
        assert_eq!(of(&find("补几个点 封顶多少")), [AnswerType::Rate, AnswerType::Amount]);
    }
}
