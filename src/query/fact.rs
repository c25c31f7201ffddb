//! Who asks, for whom (事实): age, household, status, figures of an enterprise, as far as the question states them.

use crate::analysis::{Numeral, NumeralKind, numerals_in};
use crate::policy::Audience;

use super::fact_words::{self, Stated};

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactKind {
    /// 周岁.
    Age,
    /// 虚岁.
    NominalAge,
    /// 户籍: `local`, `elsewhere`, `rural`, `urban`.
    Household,
    /// 残疾: a grade, or yes.
    Disability,
    /// 退役军人.
    Veteran,
    /// 低保.
    LowIncome,
    /// 特困.
    ExtremePoverty,
    /// 脱贫户.
    LiftedFromPoverty,
    /// 学生.
    Student,
    /// 高校毕业生.
    Graduate,
    /// 失业.
    Unemployed,
    /// 灵活就业.
    FlexiblyEmployed,
    /// 退休.
    Retired,
    /// 农民工、外出务工.
    MigrantWorker,
    /// 农民.
    Farmer,
    /// 怀孕、生育.
    Pregnant,
    /// 孩次: the number of the child.
    Children,
    /// 个体工商户.
    SelfEmployed,
    /// 企业.
    Enterprise,
    /// 小微企业.
    SmallEnterprise,
    /// 高新技术企业.
    HighTech,
    /// 专精特新.
    Specialised,
    /// 职工人数.
    Employees,
    /// 年营业收入, in yuan.
    Revenue,
    /// 投资额, in yuan.
    Investment,
    /// 裁员率.
    LayoffRate,
    /// 成立年限, in years.
    CompanyAge,
    /// 缴费年限, in years.
    PaidYears,
    /// 断缴, in months.
    LapsedMonths,
    /// 收入, in yuan.
    Income,
    /// 面积, as written.
    Area,
}

impl FactKind {
    /// The name used in JSON and its Chinese name.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Age => ("age", "年龄"),
            Self::NominalAge => ("nominal_age", "虚岁"),
            Self::Household => ("household", "户籍"),
            Self::Disability => ("disability", "残疾"),
            Self::Veteran => ("veteran", "退役军人"),
            Self::LowIncome => ("low_income", "低保"),
            Self::ExtremePoverty => ("extreme_poverty", "特困"),
            Self::LiftedFromPoverty => ("lifted_from_poverty", "脱贫户"),
            Self::Student => ("student", "学生"),
            Self::Graduate => ("graduate", "高校毕业生"),
            Self::Unemployed => ("unemployed", "失业"),
            Self::FlexiblyEmployed => ("flexibly_employed", "灵活就业"),
            Self::Retired => ("retired", "退休"),
            Self::MigrantWorker => ("migrant_worker", "外出务工"),
            Self::Farmer => ("farmer", "农民"),
            Self::Pregnant => ("pregnant", "生育"),
            Self::Children => ("children", "子女数"),
            Self::SelfEmployed => ("self_employed", "个体工商户"),
            Self::Enterprise => ("enterprise", "企业"),
            Self::SmallEnterprise => ("small_enterprise", "小微企业"),
            Self::HighTech => ("high_tech", "高新技术企业"),
            Self::Specialised => ("specialised", "专精特新"),
            Self::Employees => ("employees", "职工人数"),
            Self::Revenue => ("revenue", "年营业收入"),
            Self::Investment => ("investment", "投资额"),
            Self::LayoffRate => ("layoff_rate", "裁员率"),
            Self::CompanyAge => ("company_age", "成立年限"),
            Self::PaidYears => ("paid_years", "缴费年限"),
            Self::LapsedMonths => ("lapsed_months", "断缴月数"),
            Self::Income => ("income", "收入"),
            Self::Area => ("area", "面积"),
        }
    }

    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.names().0
    }

    /// The Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.names().1
    }

    /// Whether only an enterprise has it.
    fn of_enterprise(self) -> bool {
        matches!(
            self,
            Self::SelfEmployed
                | Self::Enterprise
                | Self::SmallEnterprise
                | Self::HighTech
                | Self::Specialised
                | Self::Employees
                | Self::Revenue
                | Self::LayoffRate
                | Self::CompanyAge
        )
    }
}

/// A fact that the question states (事实).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub kind: FactKind,
    /// A figure in plain digits, `yes`, `no`, or a word of its kind.
    pub value: String,
    /// The words that state it.
    pub words: String,
}

/// The facts a folded question states, in its order.
pub(super) fn find(question: &str) -> Vec<Fact> {
    let mut found: Vec<(usize, Fact)> = fact_words::find(question)
        .into_iter()
        .map(|Stated { kind, value, range }| {
            (range.start, Fact { kind, value: value.to_owned(), words: question[range].to_owned() })
        })
        .collect();
    for numeral in numerals_in(question) {
        if let Some((kind, words)) = figure(question, &numeral)
            && found.iter().all(|(_, other)| other.kind != kind || kind == FactKind::Age)
        {
            let value = match numeral.kind {
                NumeralKind::Rate => format!("{}%", (numeral.value * 100.0 * 1e4).round() / 1e4),
                NumeralKind::Count => numeral.value.to_string(),
            };
            found.push((numeral.range.start, Fact { kind, value, words }));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, fact)| fact).collect()
}

/// Whom the facts speak of.
pub(super) fn audience(facts: &[Fact]) -> Option<Audience> {
    if facts.is_empty() {
        return None;
    }
    let enterprise = facts.iter().filter(|fact| fact.kind.of_enterprise()).count();
    Some(if enterprise * 2 >= facts.len() { Audience::Enterprise } else { Audience::Person })
}

/// Words before a figure that tell what it is of, with the units that may follow and the farthest they may stand apart.
const BEFORE: &[(FactKind, &[&str], &[&str])] = &[
    (
        FactKind::Revenue,
        &["营收", "营业收入", "销售额", "销售收入", "产值", "营业额", "流水"],
        &["万", "亿", "元", "块"],
    ),
    (FactKind::LayoffRate, &["裁员率"], &[]),
    (FactKind::Investment, &["投资", "投入", "花了", "投了", "设备"], &["万", "亿", "元", "块"]),
    (FactKind::Income, &["工资", "收入", "退休金", "养老金", "月薪"], &["元", "块", "万"]),
    (FactKind::LapsedMonths, &["断了", "断缴", "断交", "停缴", "停了", "断保", "欠了"], &["个月", "月"]),
    (FactKind::PaidYears, &["缴了", "交了", "缴费", "交满", "缴满", "参保", "工龄", "买了"], &["年"]),
    (FactKind::CompanyAge, &["注册", "成立", "开了", "开办"], &["年"]),
    (FactKind::Employees, &["员工", "职工", "工人"], &["个", "人", "名"]),
];

/// Units after a figure that tell by themselves what it is of.
const AFTER: &[(FactKind, &[&str])] = &[
    (FactKind::NominalAge, &["虚岁"]),
    (FactKind::Age, &["周岁", "岁"]),
    (
        FactKind::Employees,
        &["名员工", "个员工", "名职工", "个职工", "个工人", "名工人", "号人", "来号人", "个人上班", "个人交社保"],
    ),
    (FactKind::Children, &["个孩子", "个娃", "个小孩", "个子女"]),
    (FactKind::Area, &["亩", "平方米", "平米", "平方"]),
];

/// A figure with one of these after its unit states a rule, not a person.
const THRESHOLD: &[&str] = &["以上", "以下", "及以上", "及以下", "以内", "至", "到", "-", "老人津贴"];

/// People of whom an age is told without 岁: 我奶82了.
const ELDERS: &[&str] = &[
    "今年",
    "奶奶",
    "爷爷",
    "我奶",
    "我爷",
    "我妈",
    "我爸",
    "老人",
    "老人家",
    "老爷子",
    "老太太",
    "母亲",
    "父亲",
    "我都",
    "外婆",
    "外公",
    "姥姥",
    "姥爷",
    "太奶",
    "年纪",
];

/// Most characters between a word and its figure: 年营收大概1200万.
const NEAR: usize = 3;

/// What a figure of the question states, with the words that say so.
fn figure(question: &str, numeral: &Numeral) -> Option<(FactKind, String)> {
    let before = &question[..numeral.range.start];
    let after = &question[numeral.range.end..];
    if before.trim_end().ends_with("虚岁") && plausible(FactKind::NominalAge, numeral.value) {
        return Some((FactKind::NominalAge, format!("虚岁{}", numeral.text)));
    }
    for (kind, units) in AFTER {
        if let Some(unit) = units.iter().find(|unit| after.starts_with(**unit)) {
            let rest = &after[unit.len()..];
            // 79虚岁80: the figure after is the nominal one.
            if *kind == FactKind::NominalAge && rest.starts_with(|c: char| c.is_ascii_digit()) {
                break;
            }
            let stated =
                !THRESHOLD.iter().any(|word| rest.starts_with(word)) && !before.ends_with(['满', '到', '-', '至']);
            let end = numeral.range.end + unit.len();
            return (stated && plausible(*kind, numeral.value))
                .then(|| (*kind, question[numeral.range.start..end].to_owned()));
        }
    }
    for (kind, words, units) in BEFORE {
        let scaled = numeral.text.ends_with(['万', '亿']);
        let unit = units.iter().find(|unit| after.starts_with(**unit));
        if !units.is_empty() && unit.is_none() && !(scaled && units.contains(&"万")) {
            continue;
        }
        // 员工1个退役军人: the figure belongs to what follows.
        let follows = unit.is_some_and(|unit| after[unit.len()..].starts_with(|c: char| c.is_alphanumeric()));
        if *kind == FactKind::Employees && follows {
            continue;
        }
        let told = words.iter().filter_map(|word| before.rfind(word).map(|at| (at, at + word.len()))).max();
        if let Some((at, _)) = told.filter(|(_, end)| before[*end..].chars().count() <= NEAR) {
            let stop = numeral.range.end + unit.map_or(0, |unit| unit.len());
            return Some((*kind, question[at..stop].to_owned()));
        }
    }
    people(before, after, numeral).or_else(|| bare_age(before, after, numeral))
}

/// 35人 beside the word for an enterprise.
fn people(before: &str, after: &str, numeral: &Numeral) -> Option<(FactKind, String)> {
    let whole = format!("{before}{}", &numeral.text);
    let counted = after.starts_with('人') && !THRESHOLD.iter().any(|word| after['人'.len_utf8()..].starts_with(word));
    (counted && numeral.value >= 2.0 && fact_words::speaks_of_enterprise(&whole, after))
        .then(|| (FactKind::Employees, format!("{}人", numeral.text)))
}

/// 我奶79, 今年80了: an age by who is spoken of.
fn bare_age(before: &str, after: &str, numeral: &Numeral) -> Option<(FactKind, String)> {
    let ended = after.chars().next().is_none_or(|c| "了，。,？? 虚".contains(c) || c.is_whitespace());
    let elder = ELDERS.iter().find(|word| before.ends_with(**word));
    let plain = numeral.kind == NumeralKind::Count && numeral.value.fract() == 0.0;
    (ended && plain && plausible(FactKind::Age, numeral.value))
        .then_some(elder)
        .flatten()
        .map(|_| (FactKind::Age, numeral.text.clone()))
}

/// An age of nobody is a slip or something else.
fn plausible(kind: FactKind, value: f64) -> bool {
    match kind {
        FactKind::Age | FactKind::NominalAge => (1.0..=120.0).contains(&value),
        FactKind::Children => (1.0..=9.0).contains(&value),
        // 一亩补多少 asks for a rate.
        FactKind::Area => value > 1.0,
        _ => value > 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(question: &str) -> Vec<(&'static str, String)> {
        find(question).into_iter().map(|fact| (fact.kind.name(), fact.value)).collect()
    }

    fn told(list: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        list.iter().map(|(kind, value)| (*kind, (*value).to_owned())).collect()
    }

    #[test]
    fn people_tell_who_they_are() {
        for (question, expected) in [
            ("我爷爷84了能领多少", told(&[("age", "84")])),
            ("我妈虚岁70实际69岁", told(&[("nominal_age", "70"), ("age", "69")])),
            ("我奶79虚岁80能领了么", told(&[("age", "79"), ("nominal_age", "80")])),
            ("80岁以上老人津贴多少", told(&[])),
            ("户口在外地能给娃报名不", told(&[("household", "elsewhere")])),
            ("一级残疾还吃低保能领两份吗", told(&[("disability", "1"), ("low_income", "yes")])),
            ("不是低保户能申请吗", told(&[("low_income", "no")])),
            ("当过兵回来有啥钱领", told(&[("veteran", "yes")])),
            ("医保断了5个月住院能报不", told(&[("lapsed_months", "5")])),
            ("交了六年失业险被裁了", told(&[("paid_years", "6"), ("unemployed", "yes")])),
        ] {
            assert_eq!(facts(question), expected, "{question}");
        }
        assert_eq!(audience(&find("我爷爷84了能领多少")), Some(Audience::Person));
    }

    #[test]
    fn enterprises_tell_their_figures() {
        let question = "我们厂 20人 年营收800万 高企 裁员率3% 能报啥";
        let expected = told(&[
            ("enterprise", "yes"),
            ("employees", "20"),
            ("revenue", "8000000"),
            ("high_tech", "yes"),
            ("layoff_rate", "3%"),
        ]);
        assert_eq!(facts(question), expected);
        assert_eq!(audience(&find(question)), Some(Audience::Enterprise));
        assert_eq!(audience(&find("展位费报多少")), None);
        assert_eq!(facts("3人以上可以拼单吗"), told(&[]));
    }
}
