//! Questions that must not be answered from the library (拒答), and those that need a number to call first.

use crate::policy::{Directory, EmergencyReply};

/// Why a question is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// 个人数据.
    PersonalData,
    /// 意见、推荐.
    Opinion,
    /// 预测.
    Prediction,
    /// 个案办理结果.
    IndividualCase,
    /// 违法.
    Unlawful,
    /// 与政策无关.
    OutOfScope,
}

impl Refusal {
    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PersonalData => "personal_data",
            Self::Opinion => "opinion",
            Self::Prediction => "prediction",
            Self::IndividualCase => "individual_case",
            Self::Unlawful => "unlawful",
            Self::OutOfScope => "out_of_scope",
        }
    }
}

/// A rule: every group must have a word in the question, and none of `unless` may stand in it.
struct Rule {
    refusal: Refusal,
    groups: &'static [&'static [&'static str]],
    unless: &'static [&'static str],
}

/// Asking what the law does about a wrong is not asking to do it.
const ABOUT_THE_LAW: &[&str] = &[
    "处罚",
    "怎么罚",
    "罚款",
    "责任",
    "犯罪",
    "犯法",
    "违法",
    "判",
    "举报",
    "投诉",
    "后果",
    "坐牢",
    "维权",
    "追究",
    "处理",
];

/// Words for a public benefit or account, used by several rules.
const ENTITLEMENTS: &[&str] = &[
    "低保",
    "养老金",
    "退休金",
    "公积金",
    "社保",
    "医保",
    "账户",
    "余额",
    "补贴",
    "津贴",
    "救助",
    "申请",
    "工资",
    "失业金",
    "贷款",
];

/// The rules, tried in order; general wording, none written for one question.
const RULES: &[Rule] = &[
    Rule {
        refusal: Refusal::Unlawful,
        groups: &[&[
            "写个假",
            "写一个假",
            "写份假",
            "弄个假",
            "办个假",
            "开个假",
            "办假证",
            "做假材料",
            "怎么伪造",
            "如何伪造",
            "咋伪造",
            "怎么骗取",
            "如何骗取",
            "怎么骗补",
            "咋骗",
            "怎么套取",
            "如何套取",
            "怎么逃税",
            "如何逃税",
            "怎么偷税",
            "怎么冒领",
            "怎么行贿",
            "代开假",
            "帮我伪造",
            "帮我造假",
        ]],
        unless: ABOUT_THE_LAW,
    },
    Rule {
        refusal: Refusal::PersonalData,
        groups: &[&["帮我查", "给我查", "查一下我", "查下我", "查一查我", "帮忙查", "查询我的", "查我"], ENTITLEMENTS],
        unless: &[],
    },
    Rule {
        refusal: Refusal::IndividualCase,
        groups: &[&[
            "批了没",
            "批下来没",
            "批下来了",
            "审核通过了没",
            "到账没",
            "到账了没",
            "为什么不给我批",
            "凭啥不给我",
            "怎么还没给我",
            "我的申请",
            "办到哪一步",
            "进度到哪",
            "审到哪",
        ]],
        unless: &[],
    },
    Rule {
        refusal: Refusal::Prediction,
        groups: &[
            &["明年", "后年", "下一年", "下半年", "将来"],
            &[
                "还有没有",
                "会不会",
                "会涨",
                "会降",
                "涨不涨",
                "还发不",
                "还给不",
                "还会",
                "取消不",
                "能涨",
                "要涨",
                "还有吗",
                "涨多少",
            ],
        ],
        unless: &[],
    },
    Rule {
        refusal: Refusal::Opinion,
        groups: &[&[
            "你推荐",
            "推荐我",
            "给我推荐",
            "帮我推荐",
            "推荐一下",
            "你觉得",
            "你认为",
            "你看好",
            "哪个县好",
            "哪个市好",
            "哪个地方好",
            "哪里政策好",
            "哪个县政策好",
            "划不划算",
            "划算不",
            "划算吗",
            "值不值得",
        ]],
        unless: &[],
    },
    Rule {
        refusal: Refusal::OutOfScope,
        groups: &[&[
            "天气预报",
            "今天天气",
            "写首诗",
            "写一首",
            "讲个笑话",
            "讲笑话",
            "彩票号",
            "炒股",
            "买哪只股票",
            "星座运",
            "算命",
            "写代码",
            "写个程序",
            "翻译成",
            "世界杯",
            "电影推荐",
            "菜谱",
        ]],
        unless: &[],
    },
];

/// Kin and other persons whose data are not the asker's.
const KIN: &[&str] = &[
    "我妈",
    "我爸",
    "我爷",
    "我奶",
    "我老公",
    "我老婆",
    "我丈夫",
    "我妻子",
    "我儿子",
    "我女儿",
    "我邻居",
    "我同事",
    "我朋友",
    "他叫",
    "她叫",
];

/// The hundred commonest family names, enough to notice a name after a kinship word.
const FAMILY_NAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// Why the question must not be answered from the library.
pub(super) fn refusal(question: &str, masked: bool) -> Option<Refusal> {
    if masked || names_another_person(question) {
        return Some(Refusal::PersonalData);
    }
    RULES
        .iter()
        .find(|rule| {
            rule.groups.iter().all(|group| group.iter().any(|word| question.contains(word)))
                && !rule.unless.iter().any(|word| question.contains(word))
        })
        .map(|rule| rule.refusal)
}

/// 我妈王桂兰一个月养老金多少: a kinship word, a name, and a question for an amount that only an account holds.
fn names_another_person(question: &str) -> bool {
    let asks_for_account = ENTITLEMENTS.iter().any(|word| question.contains(word))
        && ["多少", "几", "查", "批", "到账"].iter().any(|word| question.contains(word));
    asks_for_account
        && KIN.iter().any(|kin| {
            question.find(kin).is_some_and(|at| {
                let rest: Vec<char> = question[at + kin.len()..].chars().take(4).collect();
                rest.len() == 4
                    && FAMILY_NAMES.contains(rest[0])
                    && rest[1..3].iter().all(|c| !"的了能有是在想办要今年多岁级以上".contains(*c))
                    && !question[at + kin.len()..].starts_with("高")
            })
        })
}

/// What must be said first, when the question sounds like an emergency.
pub(super) fn emergency(question: &str, directory: &Directory) -> Option<EmergencyReply> {
    directory
        .emergencies
        .iter()
        .find(|reply| reply.patterns.iter().any(|pattern| question.contains(pattern.as_str())))
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_by_kind_and_ordinary_questions_pass() {
        for (question, expected) in [
            ("我妈王桂兰一个月养老金多少", Some(Refusal::PersonalData)),
            ("帮我查低保批了没", Some(Refusal::PersonalData)),
            ("哪个县政策好 你推荐我落哪", Some(Refusal::Opinion)),
            ("明年还有没有这个补贴", Some(Refusal::Prediction)),
            ("帮我写个假的贫困证明", Some(Refusal::Unlawful)),
            ("给我讲个笑话", Some(Refusal::OutOfScope)),
            ("我的申请办到哪一步了", Some(Refusal::IndividualCase)),
            ("会宁负面清单变了会不会公布", None),
            ("我妈今年80能领高龄津贴多少", None),
            ("骗取低保会怎么处罚", None),
            ("展位费报多少", None),
        ] {
            assert_eq!(refusal(question, false), expected, "{question}");
        }
    }
}
