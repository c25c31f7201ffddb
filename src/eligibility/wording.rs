//! Conditions and gaps in words (条件的说法): fixed phrases around the names of the vocabulary.

use super::facts::{Setting, months_between};
use super::leaf::Gap;
use super::tree::ConditionState;
use crate::policy::RegionCode;
use crate::policy::programme::{Decimal, FactDefinition, FactType, Leaf, Literal, Measure, Test};

/// What a condition requires, in words: 从业人员数不少于10人.
#[must_use]
pub fn condition_in_words(condition: &ConditionState<'_>, setting: Setting<'_>) -> String {
    let words = leaf_in_words(condition.leaf, setting);
    if !condition.negated {
        return words;
    }
    match yes_no(condition.leaf, setting) {
        Some((name, required)) => yes_no_in_words(name, !required),
        None => format!("不属于：{words}"),
    }
}

/// The name and the required answer of a test for yes or no.
fn yes_no<'a>(leaf: &Leaf, setting: Setting<'a>) -> Option<(&'a str, bool)> {
    let (Measure::Fact(id), [Test::Is(Literal::YesNo(required))]) = (&leaf.of, leaf.tests.as_slice()) else {
        return None;
    };
    setting.book.vocabulary.get(id).map(|fact| (fact.name.as_str(), *required))
}

fn yes_no_in_words(name: &str, required: bool) -> String {
    format!("{name}：{}", if required { "是" } else { "否" })
}

fn leaf_in_words(leaf: &Leaf, setting: Setting<'_>) -> String {
    if let Some((name, required)) = yes_no(leaf, setting) {
        return yes_no_in_words(name, required);
    }
    let name = |id: &str| setting.book.vocabulary.get(id).map_or_else(|| id.to_owned(), |fact| fact.name.clone());
    let (subject, fact) = match &leaf.of {
        Measure::Fact(id) => (name(id), setting.book.vocabulary.get(id)),
        Measure::Ratio { of, to } => (format!("{}占{}的比例", name(of), name(to)), None),
    };
    let tests: Vec<String> = leaf.tests.iter().map(|test| test_in_words(test, fact, setting)).collect();
    format!("{subject}{}", tests.join("，"))
}

fn test_in_words(test: &Test, fact: Option<&FactDefinition>, setting: Setting<'_>) -> String {
    let told = |number: &Decimal| fact.map_or_else(|| number.as_percent(), |fact| fact.told(*number));
    let literal = |value: &Literal| match value {
        Literal::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Literal::Number(number) => told(number),
        Literal::Word(word) => word.clone(),
    };
    let literals = |values: &[Literal]| values.iter().map(literal).collect::<Vec<_>>().join("、");
    match test {
        Test::Is(value) => format!("为{}", literal(value)),
        Test::IsNot(value) => format!("不为{}", literal(value)),
        Test::In(values) if values.len() == 1 => format!("为{}", literals(values)),
        Test::In(values) => format!("为{}之一", literals(values)),
        Test::NotIn(values) => format!("不是{}", literals(values)),
        Test::Has { any, held_on_day, last_years } => {
            let years = last_years.map_or(String::new(), |years| format!("（近{years}年）"));
            let once = if *held_on_day { "" } else { "（含曾经）" };
            format!("{years}{once}有{}", held_in_words(any, fact, setting).join("或"))
        }
        Test::HasNone(any) => format!("没有{}", held_in_words(any, fact, setting).join("、")),
        Test::AtLeast(number) => format!("不少于{}", told(number)),
        Test::AtMost(number) => format!("不超过{}", told(number)),
        Test::MoreThan(number) => format!("多于{}", told(number)),
        Test::LessThan(number) => format!("少于{}", told(number)),
        Test::OnOrAfter(day) => format!("在{day}或以后"),
        Test::OnOrBefore(day) => format!("在{day}或以前"),
        Test::WithinMonths(months) => format!("在{}以内", span(*months)),
        Test::AtLeastMonths(months) => format!("满{}", span(*months)),
        Test::Within(codes) => {
            let industry = fact.is_some_and(|fact| fact.kind == FactType::Industry);
            let names: Vec<String> = codes.iter().map(|code| place_or_industry(code, industry, setting)).collect();
            format!("属于{}", names.join("、"))
        }
    }
}

fn held_in_words(values: &[String], fact: Option<&FactDefinition>, setting: Setting<'_>) -> Vec<String> {
    let grants = fact.is_some_and(|fact| fact.kind == FactType::Programmes);
    let name = |id: &String| match setting.book.programme(id).filter(|_| grants) {
        Some(programme) => format!("“{}”", programme.name),
        None => id.clone(),
    };
    values.iter().map(name).collect()
}

fn place_or_industry(code: &str, industry: bool, setting: Setting<'_>) -> String {
    if industry {
        let own = crate::policy::programme::industry_code(code).unwrap_or_else(|| code.to_owned());
        return setting.book.vocabulary.industry_name(&own).to_owned();
    }
    let region = RegionCode::parse(code).and_then(|code| setting.places.get(&code));
    region.map_or_else(|| code.to_owned(), |region| region.name.clone())
}

fn span(months: u32) -> String {
    if months >= 12 && months.is_multiple_of(12) { format!("{}年", months / 12) } else { format!("{months}个月") }
}

/// By how much a condition is missed, in words: 差5人, 超出80万元, 还差3个月.
#[must_use]
pub fn gap_in_words(condition: &ConditionState<'_>, setting: Setting<'_>) -> Option<String> {
    let gap = condition.gap?;
    let fact = match &condition.leaf.of {
        Measure::Fact(id) => setting.book.vocabulary.get(id),
        Measure::Ratio { of, .. } => setting.book.vocabulary.get(of),
    };
    let told = |number: Decimal| match fact {
        Some(fact) if counts(fact) && !number.is_whole() => fact.told(Decimal::whole(number.trunc() + 1)),
        Some(fact) => fact.told(number),
        None => number.to_string(),
    };
    let as_of = setting.as_of;
    Some(match gap {
        Gap::Short(number) if number == Decimal::ZERO => "刚好等于，须更多".to_owned(),
        Gap::Over(number) if number == Decimal::ZERO => "刚好等于，须更少".to_owned(),
        Gap::Short(number) => format!("差{}", told(number)),
        Gap::Over(number) => format!("超出{}", told(number)),
        Gap::From(day) => {
            let months = months_between(as_of, day);
            let left = as_of.until(day).map_or(0, |span| span.get_days());
            if months >= 1 {
                format!("还差{months}个月，{day}起符合")
            } else {
                format!("还差{left}天，{day}起符合")
            }
        }
        Gap::Until(day) => format!("{day}以后不再符合，已超过{}", since(day, as_of)),
    })
}

fn since(day: jiff::civil::Date, as_of: jiff::civil::Date) -> String {
    match months_between(day, as_of) {
        months if months >= 1 => format!("{months}个月"),
        _ => format!("{}天", day.until(as_of).map_or(0, |span| span.get_days())),
    }
}

/// Whether a fact counts whole things.
fn counts(fact: &FactDefinition) -> bool {
    matches!(
        fact.unit.as_deref(),
        Some(
            "人" | "个"
                | "户"
                | "项"
                | "名"
                | "家"
                | "台"
                | "张"
                | "件"
                | "次"
                | "岁"
                | "周岁"
                | "个月"
                | "月"
                | "年"
        )
    )
}
