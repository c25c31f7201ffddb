//! Words that state a fact by themselves (事实用语): 当过兵, 户口在外地, 个体户.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::FactKind;

/// A fact stated in words.
pub(super) struct Stated {
    pub(super) kind: FactKind,
    pub(super) value: &'static str,
    pub(super) range: Range<usize>,
}

/// Words by the fact they state, the longer before the shorter they hold.
const WORDS: &[(FactKind, &str, &str)] = &[
    (
        FactKind::Household,
        "elsewhere",
        "户口不在本地 户口在外地 户籍不在本地 户籍在外地 户口在老家 户口不在这 外地户口 外地户籍 非本地户籍 非本市户籍 非本县户籍 非本地户口 \
         外地人 外省户口 外县户口 户口没迁 外来务工",
    ),
    (FactKind::Household, "local", "本地户口 本地户籍 本市户口 本县户口 本市户籍 本县户籍 户口在本地"),
    (FactKind::Household, "rural", "农村户口 农业户口 农村户籍"),
    (FactKind::Household, "urban", "城镇户口 城市户口 非农户口 居民户口 城镇户籍"),
    (FactKind::Disability, "1", "一级残疾 残疾一级 1级残疾"),
    (FactKind::Disability, "2", "二级残疾 残疾二级 2级残疾"),
    (FactKind::Disability, "3", "三级残疾 残疾三级 3级残疾"),
    (FactKind::Disability, "4", "四级残疾 残疾四级 4级残疾"),
    (FactKind::Disability, "yes", "重度残疾 残疾人 残疾员工 残疾 有残疾证 听力障碍 智力障碍 瘫痪 聋哑"),
    (FactKind::Veteran, "yes", "退役军人 退役士兵 退伍军人 退伍 退役 当过兵 转业 复员"),
    (FactKind::LowIncome, "yes", "低保户 低保家庭 吃低保 领低保 低保对象 享受低保 拿低保 低保边缘户"),
    (FactKind::ExtremePoverty, "yes", "特困人员 特困户 特困供养 五保户 五保老人"),
    (FactKind::LiftedFromPoverty, "yes", "脱贫户 建档立卡 贫困户 脱贫人口 监测户 防返贫"),
    (FactKind::Graduate, "yes", "应届毕业生 高校毕业生 大学毕业生 应届生 毕业生 刚毕业 大学毕业"),
    (FactKind::Student, "yes", "在校大学生 在校学生 在校生 大学生 中专生 高中生 研究生 大四 大三 大二 大一 在读"),
    (FactKind::Unemployed, "yes", "失业了 下岗 被裁 被辞退 没工作 没有工作 待业 被开除 失业人员 找不到工作"),
    (FactKind::FlexiblyEmployed, "yes", "灵活就业 打零工 自由职业 跑外卖 送外卖 开网约车 自己交社保"),
    (FactKind::Retired, "yes", "退休人员 退休职工 退休老人 已退休 退休了 退休工人"),
    (FactKind::MigrantWorker, "yes", "农民工 在外打工 外出打工 外出务工 出去打工 进城务工"),
    (FactKind::Farmer, "yes", "种粮大户 种地的 农民 农户 养殖户 种植户"),
    (FactKind::Pregnant, "yes", "怀孕 怀了 孕妇 坐月子 生孩子 生娃"),
    (FactKind::Children, "1", "一孩 独生子女 头胎 一胎"),
    (FactKind::Children, "2", "二孩 二胎 两个孩子 两个娃"),
    (FactKind::Children, "3", "三孩 三胎 三个孩子 三个娃"),
    (FactKind::SelfEmployed, "yes", "个体工商户 个体户 个体经营 开小店 开店 开了个店 摆摊 开饭馆 小饭馆 小卖部"),
    (FactKind::SmallEnterprise, "yes", "小微企业 小微 小型微利企业 微型企业 小企业"),
    (FactKind::HighTech, "yes", "高新技术企业 高新企业 高企"),
    (FactKind::Specialised, "yes", "专精特新 小巨人"),
    (FactKind::CompanyAge, "0", "注册不到一年 成立不到一年 刚注册 新注册 刚成立 注册不满一年 成立不满一年"),
    (FactKind::Enterprise, "yes", "我们公司 我公司 我们企业 我们厂 我们单位 本公司 我厂 工厂 企业 合作社 家庭农场"),
];

/// Words just before that turn a fact round.
const NOT: &[&str] = &["不是", "不算", "没有", "没", "非", "不吃", "没吃", "没领", "不享受", "不属于", "没办"];

/// Any of the words, the longer before the shorter: 农民工 are not 农民.
static ANY: LazyLock<Regex> = LazyLock::new(|| {
    let mut words: Vec<&str> = WORDS.iter().flat_map(|(.., words)| words.split_whitespace()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    #[expect(clippy::unwrap_used, reason = "constant words, compiled in every test run")]
    Regex::new(&words.join("|")).unwrap()
});

static MEANING: LazyLock<HashMap<&str, (FactKind, &str)>> = LazyLock::new(|| {
    let each = |(kind, value, words): &(FactKind, &'static str, &'static str)| {
        let (kind, value) = (*kind, *value);
        words.split_whitespace().map(move |word| (word, (kind, value))).collect::<Vec<_>>()
    };
    WORDS.iter().flat_map(each).collect()
});

/// The facts stated in words, one a kind.
pub(super) fn find(question: &str) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    for hit in ANY.find_iter(question) {
        let Some((kind, value)) = MEANING.get(hit.as_str()).copied() else { continue };
        if found.iter().all(|other| other.kind != kind) {
            let denied = NOT.iter().any(|not| question[..hit.start()].ends_with(not));
            // What is denied of a value that is a word of its own is unknown.
            found.push(Stated { kind, value: if denied { "no" } else { value }, range: hit.range() });
        }
    }
    // 公司把我裁了 is told by a person, 公司注册不到一年 by the company.
    let company = question.find("公司").filter(|_| !question.contains('我') && !question.contains("老板"));
    if let Some(at) = company.filter(|_| found.iter().all(|other| other.kind != FactKind::Enterprise)) {
        found.push(Stated { kind: FactKind::Enterprise, value: "yes", range: at..at + "公司".len() });
    }
    found
}

/// Whether a text speaks of an enterprise as the one who asks: 我们：…, 公司, 厂.
pub(super) fn speaks_of_enterprise(before: &str, after: &str) -> bool {
    const WORDS: &[&str] = &[
        "公司",
        "企业",
        "厂",
        "店",
        "单位",
        "员工",
        "职工",
        "我们：",
        "我们:",
        "招",
        "雇",
        "营收",
        "高企",
        "社保",
        "残保金",
    ];
    WORDS.iter().any(|word| before.contains(word) || after.contains(word))
}
