//! Thresholds (门槛): a number or an amount that a fact must reach or keep under.

use std::ops::Range;

use super::super::quantity::{Kind, Quantity, quantities};
use super::super::vocabulary::Fact;
use super::{Found, Ground, Test};

pattern!(
    BEFORE,
    r"(?P<least>不少于|不低于|不小于|不得少于|不得低于|达到|达|年满|满|至少)|(?P<most>不超过|不高于|不多于|不得超过|未超过|不大于)|(?P<more>超过|高于|大于|多于)|(?P<less>低于|少于|未满|不满|不足|未达到|小于)"
);
pattern!(
    AFTER,
    r"^(?:人民币)?(?:[（(][^）)]{0,60}[）)])?(?:(?P<least>及其?以上|或以上|以上)|(?P<most>及其?以下|以下|以内))(?:[（(]含[^）)]{0,6}[）)])?"
);
pattern!(
    GAP,
    r"^(?:（[^）]*）)?(?:总额|总数|总人数|人数|金额|数量|规模|额|数|合计|累计|应|须|应当|均|实际|在|为|是|不含税|的)*$"
);
pattern!(
    MODIFIER,
    r"(?:^|上年度|上一年度|上年|年度|当年|年|现有|企业|单位|公司|法人|项目|且|并|或者|或|的|其|，|、|。|；|实际|本人|家庭|在职|在岗|累计|全部|连续|平均|月均|对|（|\()$"
);

/// The thresholds of a phrase whose fact is named beside the number.
pub(super) fn read(phrase: &str, ground: Ground<'_>) -> Vec<Found> {
    let all = quantities(phrase);
    let mut found = Vec::new();
    for (nth, quantity) in all.iter().enumerate() {
        let from = nth.checked_sub(1).map_or(0, |before| all[before].range.end);
        if let Some(one) = one(phrase, from, quantity, ground).or_else(|| bare_age(phrase, from, quantity, ground)) {
            found.push(one);
        }
    }
    found
}

/// The comparison beside a quantity: its operator, where its words begin and where they end.
fn comparison(phrase: &str, from: usize, quantity: &Quantity) -> Option<(&'static str, Range<usize>)> {
    if quantity.from.is_some() {
        return None;
    }
    let left = &phrase[from..quantity.range.start];
    let right = &phrase[quantity.range.end..];
    let before =
        BEFORE.captures_iter(left).last().filter(|found| found.get(0).is_some_and(|all| all.end() == left.len()));
    let after = AFTER.captures(right);
    let start = before.as_ref().and_then(|found| found.get(0)).map_or(quantity.range.start, |all| from + all.start());
    let end = quantity.range.end + after.as_ref().and_then(|found| found.get(0)).map_or(0, |all| all.end());
    // 达到200万元以上 says one thing twice; 不超过…以上 contradicts itself.
    let operator = match (before.as_ref().and_then(operator), after.as_ref().and_then(operator)) {
        (Some(one), None) | (None, Some(one)) => one,
        (Some("at_least" | "more_than"), Some("at_least")) => "at_least",
        (Some("at_most"), Some("at_most")) => "at_most",
        _ => return None,
    };
    Some((operator, start..end))
}

fn operator(found: &regex::Captures<'_>) -> Option<&'static str> {
    let operators = [("least", "at_least"), ("most", "at_most"), ("more", "more_than"), ("less", "less_than")];
    let named = operators.into_iter().find(|(name, _)| {
        let group = found.name(name);
        group.is_some()
    });
    named.map(|(_, operator)| operator)
}

fn one(phrase: &str, from: usize, quantity: &Quantity, ground: Ground<'_>) -> Option<Found> {
    let (operator, words) = comparison(phrase, from, quantity)?;
    let lead = &phrase[from..words.start];
    if let Some(found) = share(lead, from, quantity, operator, words.end, ground) {
        return Some(found);
    }
    let (fact, at) = named(lead, ground, |fact| fits(fact, quantity))?;
    Some(Found::new(&fact.id, Test::Number(operator, quantity.value), from + at..words.end))
}

/// The fact whose name stands right before the comparison, what stands in brackets left out if need be.
fn named<'v>(lead: &str, ground: Ground<'v>, fits: impl Fn(&Fact) -> bool) -> Option<(&'v Fact, usize)> {
    let (plain, places) = without_brackets(lead);
    last_named(lead, ground, &fits).or_else(|| last_named(&plain, ground, &fits).map(|(fact, at)| (fact, places[at])))
}

/// The fact whose name ends a text, the longest name first.
fn last_named<'v>(lead: &str, ground: Ground<'v>, fits: &impl Fn(&Fact) -> bool) -> Option<(&'v Fact, usize)> {
    let mut best: Option<(&Fact, usize, usize)> = None;
    for fact in ground.vocabulary.of(&["number", "money"]) {
        if fact.subject != ground.audience || !fits(fact) {
            continue;
        }
        for word in fact.words() {
            let Some(at) = lead.rfind(word) else { continue };
            let stands = GAP.is_match(&lead[at + word.len()..]) && MODIFIER.is_match(&lead[..at]);
            if stands && best.is_none_or(|(_, _, length)| word.len() > length) {
                best = Some((fact, at, word.len()));
            }
        }
    }
    best.map(|(fact, at, _)| (fact, at))
}

/// A text without what stands in brackets, and where each of its bytes stood.
fn without_brackets(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut places, mut depth) = (String::new(), Vec::new(), 0_u32);
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth > 0 => depth -= 1,
            c if depth == 0 => {
                out.push(c);
                places.extend(std::iter::repeat_n(at, c.len_utf8()));
            }
            _ => {}
        }
    }
    (out, places)
}

fn fits(fact: &Fact, quantity: &Quantity) -> bool {
    match quantity.kind {
        Kind::Money => fact.kind == "money",
        Kind::Share => fact.kind == "number" && fact.unit == "比例",
        Kind::Count => fact.kind == "number" && same_unit(&fact.unit, &quantity.unit),
    }
}

fn same_unit(fact: &str, text: &str) -> bool {
    match fact {
        "人" => matches!(text, "人" | "名"),
        "周岁" => matches!(text, "周岁" | "岁"),
        "个月" => matches!(text, "个月" | "月"),
        unit => unit == text,
    }
}

pattern!(SHARE_OF, r"占(?P<whole>[^，。；、占]{2,14}?)(?:的)?(?:比例|比重)?(?:应|须)?(?:的|为|在)?$");

/// 残疾职工人数占职工总数的25%以上: one fact compared with another.
fn share(
    lead: &str,
    from: usize,
    quantity: &Quantity,
    operator: &'static str,
    end: usize,
    ground: Ground<'_>,
) -> Option<Found> {
    let whole = SHARE_OF.captures(lead).filter(|_| quantity.kind == Kind::Share)?;
    let counts = |fact: &Fact| fact.unit != "比例";
    let (to, _) = named(whole.name("whole")?.as_str(), ground, counts)?;
    let (of, at) = named(&lead[..whole.get(0)?.start()], ground, counts)?;
    let same = of.kind == to.kind && of.id != to.id;
    same.then(|| Found {
        fact: of.id.clone(),
        of: Some(to.id.clone()),
        test: Test::Number(operator, quantity.value),
        at: from + at..end,
    })
}

/// 年满60周岁, 16周岁以上: an age names its fact by its unit.
fn bare_age(phrase: &str, from: usize, quantity: &Quantity, ground: Ground<'_>) -> Option<Found> {
    let is_age = quantity.unit == "周岁" && ground.audience == "个人";
    let fact = ground.vocabulary.of(&["number"]).find(|fact| fact.unit == "周岁").filter(|_| is_age)?;
    let (operator, words) = comparison(phrase, from, quantity)?;
    Some(Found::new(&fact.id, Test::Number(operator, quantity.value), words))
}
