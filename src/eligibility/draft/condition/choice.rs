//! Choices (资质、身份、规模): the values of the vocabulary that a phrase names.

use super::super::vocabulary::Fact;
use super::{Found, Ground, Test};

/// A value named by fewer characters than this is also a part of other words.
const SHORTEST: usize = 3;
/// The same for a synonym: 创新型 also stands before other things.
const SHORTEST_SYNONYM: usize = 4;

pattern!(
    SIZES,
    r"(?P<all>中小微(?:型)?企业|小微(?:型)?企业|中小(?:型)?企业|小型、微型企业|小型微型企业|大中型企业|大型企业|中型企业|小型企业|微型企业)"
);

/// The values that a phrase names: sets of values as `has_any`, single ones as `in`.
pub(super) fn read(phrase: &str, ground: Ground<'_>) -> Vec<Found> {
    let mut found = sizes(phrase, ground);
    for fact in ground.vocabulary.of(&["choices", "choice"]).filter(|fact| fact.subject == ground.audience) {
        found.extend(named(phrase, fact));
        found.extend(told(phrase, fact));
    }
    longest(found)
}

pattern!(NEGATED, r"(?:未|不|非|无|没有|不是|不属于|尚未)[^，。；、]{0,8}$|企$");

pattern!(ANOTHER_THING, r"^(?:提名|候选|培育|后备|储备|服务|协会|集群|产品)");

fn named(phrase: &str, fact: &Fact) -> Vec<Found> {
    let mut found = Vec::new();
    for choice in &fact.choices {
        let several = fact.kind == "choices";
        // A single choice (性别, 学段 …) is named by its own value alone: its synonyms are how people talk, not how texts do.
        let long = |word: &&str| {
            let least = if **word == choice.value { SHORTEST } else { SHORTEST_SYNONYM };
            word.chars().count() >= least && (several || **word == choice.value)
        };
        let words = choice.words().filter(long);
        for word in words {
            let plain = phrase.match_indices(word).filter(|(at, _)| {
                !NEGATED.is_match(&phrase[..*at]) && !ANOTHER_THING.is_match(&phrase[at + word.len()..])
            });
            found.extend(plain.map(|(at, _)| {
                let test = match several {
                    true => Test::HasAny(vec![choice.value.clone()]),
                    false => Test::In(vec![choice.value.clone()]),
                };
                Found::new(&fact.id, test, at..at + word.len())
            }));
        }
    }
    found
}

pattern!(IS, r"(?:(?P<no>不属于|不为|非|不是)|属于|等级为|评为|为|达到)(?:[^，。；、]{0,2})$");

/// A value too short to stand alone, when the phrase names the fact before it (亩均效益评价结果不属于D类).
fn told(phrase: &str, fact: &Fact) -> Vec<Found> {
    let Some(named) = fact.words().filter_map(|word| phrase.find(word)).min() else { return Vec::new() };
    let mut found = Vec::new();
    for choice in fact.choices.iter().filter(|_| fact.kind == "choice") {
        let Some(at) = phrase[named..].find(choice.value.as_str()).map(|at| named + at) else { continue };
        let Some(is) = IS.captures(&phrase[named..at]) else { continue };
        let values = vec![choice.value.clone()];
        let test = if is.name("no").is_some() { Test::NotIn(values) } else { Test::In(values) };
        found.push(Found::new(&fact.id, test, named..at + choice.value.len()));
    }
    if found.len() == 1 { found } else { Vec::new() }
}

/// 小微企业 means two sizes: the official division has four.
fn sizes(phrase: &str, ground: Ground<'_>) -> Vec<Found> {
    if ground.audience != "企业" || ground.vocabulary.get("size").is_none() {
        return Vec::new();
    }
    let sizes = SIZES.find_iter(phrase).filter(|found| {
        let before = &phrase[..found.start()];
        !NEGATED.is_match(before)
            && !before.ends_with(['新', '技', '型', '质', '精', '”'])
            && !before.ends_with("科技型")
    });
    let all = [("微", "微型"), ("小", "小型"), ("中", "中型"), ("大", "大型")];
    sizes
        .map(|found| {
            let word = found.as_str();
            let named = all.iter().filter(|(sign, _)| word.contains(sign)).map(|(_, size)| (*size).to_owned());
            Found::new("size", Test::In(named.collect()), found.range())
        })
        .collect()
}

/// The longest find at each place; the same words in two facts say nothing certain.
fn longest(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| (std::cmp::Reverse(one.at.len()), one.at.start));
    let mut kept: Vec<Found> = Vec::new();
    let mut doubtful: Vec<std::ops::Range<usize>> = Vec::new();
    for one in found {
        match kept.iter().find(|kept| kept.at.start < one.at.end && one.at.start < kept.at.end) {
            Some(same) if same.at == one.at && same.fact != one.fact => doubtful.push(one.at),
            Some(_) => {}
            None => kept.push(one),
        }
    }
    kept.retain(|one| !doubtful.contains(&one.at));
    kept
}
