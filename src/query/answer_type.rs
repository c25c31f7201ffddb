//! The kind of answer a question wants (答案类型), told by its question words.

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

/// Question words by the kind of answer they want, more specific kinds first.
const QUESTION_WORDS: &[(AnswerType, &[&str])] = &[
    (AnswerType::Comparison, &["对比", "比较一下", "哪个算数", "有啥区别", "有什么区别", "区别是", "谁大"]),
    (AnswerType::Original, &["原文", "第几条", "哪份文件", "哪个文件", "哪条规定", "全文", "文件依据", "链接"]),
    (AnswerType::Telephone, &["电话", "联系方式", "打哪个号", "热线号码", "咨询方式是"]),
    (AnswerType::Rate, &["比例", "比列", "百分之几", "几个点", "几成", "费率", "利率", "权重", "返还多少", "返多少"]),
    (
        AnswerType::Amount,
        &[
            "多少钱",
            "多少元",
            "多少块",
            "几块",
            "几百",
            "几千",
            "几万",
            "给多少",
            "补多少",
            "奖多少",
            "领多少",
            "报多少",
            "交多少",
            "最高多少",
            "封顶",
            "补贴多少",
            "补助多少",
            "奖励多少",
            "津贴多少",
            "减多少",
            "罚多少",
            "金额",
            "给几",
            "免几",
            "什么标准",
            "标准多少",
            "标准是",
            "贵不",
            "收费多少",
        ],
    ),
    (AnswerType::Duration, &["多久", "多长时间", "几天", "几个月", "几年", "多少天", "多长", "几个工作日", "时限几天"]),
    (
        AnswerType::Deadline,
        &[
            "什么时候",
            "啥时候",
            "啥时",
            "何时",
            "几号",
            "哪天",
            "截止",
            "到哪年",
            "哪一天",
            "时间节点",
            "期限",
            "最晚",
            "几月",
            "哪年",
            "几点",
            "时限",
        ],
    ),
    (
        AnswerType::Count,
        &["几件", "几次", "多少个", "几个", "几项", "几家", "几人", "多少件", "多少次", "不低于多少", "哪几个号"],
    ),
    (AnswerType::Material, &["材料", "资料", "要带", "证件", "啥证", "手续", "什么证", "带啥"]),
    (
        AnswerType::Department,
        &[
            "谁负责",
            "哪个部门",
            "哪个单位",
            "责任单位",
            "牵头",
            "找谁",
            "归谁",
            "哪个办",
            "谁保证",
            "谁来",
            "谁管",
            "哪个局",
            "责任部门",
            "谁审",
        ],
    ),
    (
        AnswerType::Place,
        &[
            "哪里",
            "哪儿",
            "在哪",
            "入口",
            "地址",
            "哪看",
            "地点",
            "去哪",
            "哪个学校",
            "哪个小学",
            "哪能",
            "上哪",
            "到哪",
        ],
    ),
    (
        AnswerType::Procedure,
        &[
            "怎么申请",
            "咋申",
            "咋个申请",
            "流程",
            "如何办理",
            "步骤",
            "咋弄",
            "怎么办理",
            "怎么弄",
            "如何申请",
            "怎么报",
            "咋办",
            "怎么办",
            "咋整",
            "怎么领",
            "咋领",
            "如何",
            "怎样",
            "怎么",
            "咋",
        ],
    ),
    (AnswerType::Condition, &["条件", "资格", "谁能", "什么人", "哪些人", "符合", "门槛", "要求"]),
    (
        AnswerType::Definition,
        &["什么意思", "啥意思", "是什么", "指什么", "怎么算", "咋算", "何谓", "什么是", "叫啥", "是啥"],
    ),
    (AnswerType::List, &["哪些", "哪几", "有什么", "清单", "列一下", "有啥", "什么内容", "都有"]),
    (
        AnswerType::YesNo,
        &[
            "吗",
            "么",
            "能不能",
            "可不可以",
            "是不是",
            "有没有",
            "要不要",
            "会不会",
            "是否",
            "算不",
            "还是",
            "对吧",
            "行不",
            "可以不",
            "能否",
            "可否",
            "嘛",
        ],
    ),
];

/// The kinds of answer a question wants, in the order of the table.
pub(super) fn of(question: &str) -> Vec<AnswerType> {
    let mut types: Vec<AnswerType> = QUESTION_WORDS
        .iter()
        .filter(|(_, words)| words.iter().any(|word| question.contains(word)))
        .map(|(answer_type, _)| *answer_type)
        .collect();
    if ends_as_yes_no(question) && !types.contains(&AnswerType::YesNo) {
        types.push(AnswerType::YesNo);
    }
    if types.is_empty() && question.contains("多少") {
        types.push(AnswerType::Amount);
    }
    types
}

/// 公开不, 报不, 没: a question by its last character, before punctuation.
fn ends_as_yes_no(question: &str) -> bool {
    question
        .split(|c: char| c.is_whitespace() || "，。？！?!,".contains(c))
        .any(|part| part.chars().count() > 2 && (part.ends_with('不') || part.ends_with('没') || part.ends_with('否')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_words_tell_the_kind() {
        for (question, expected) in [
            ("生三胎一次给多少钱", AnswerType::Amount),
            ("大病报销比列多少", AnswerType::Rate),
            ("居住证办下来要几天", AnswerType::Duration),
            ("家电以旧换新截止到哪天", AnswerType::Deadline),
            ("庆阳2022年要办几件为民实事", AnswerType::Count),
            ("低保咋个申请 要哪些材料", AnswerType::Material),
            ("热线好差评 责任单位", AnswerType::Department),
            ("惠农政策在村里咋看到", AnswerType::Procedure),
            ("公办学校划片范围公开不", AnswerType::YesNo),
            ("展位费", AnswerType::Open),
        ] {
            assert_eq!(of(question).first().copied().unwrap_or(AnswerType::Open), expected, "{question}");
        }
    }
}
