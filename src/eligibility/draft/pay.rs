//! Benefits of a proposal (扶持标准): figures with what they are taken of, counted by and bounded with.

use std::ops::Range;

use super::benefit::Measure;
use super::build::Proposal;
use super::grant::Given;
use super::naming::plain;
use super::shape::{Benefit, Kind, Node};

/// Stands where a person must name a fact; no loader takes it.
const TO_BE_NAMED: &str = "待定";

/// Writes the benefits of the grant into the proposal.
pub(super) fn benefits(proposal: &mut Proposal<'_>) {
    for nth in 0..proposal.grant.given.len() {
        let given = proposal.grant.given[nth].clone();
        let benefit = one(proposal, &given);
        proposal.out.benefits.push(benefit);
    }
}

fn one(proposal: &mut Proposal<'_>, given: &Given) -> Benefit {
    let sentence = &proposal.reading.sentences[given.sentence];
    let basis = proposal.cite("benefit", sentence.at(&(0..sentence.text.len())));
    let mut notes = Vec::new();
    let kind = match given.benefit.measure {
        Measure::Amount | Measure::UpTo => Kind::Amount,
        Measure::Rate => Kind::Rate,
        Measure::Reduction => Kind::Reduction,
    };
    if let Some(at) = given.capped_by {
        let cap = &proposal.reading.sentences[at];
        proposal.cite("ceiling", cap.at(&(0..cap.text.len())));
    }
    let figure = plain(&sentence.text[given.benefit.at.clone()]);
    if given.benefit.measure == Measure::UpTo {
        proposal.leave(format!("实际金额（{figure}为上限）"), basis.clone());
    }
    if given.benefit.from.is_some() {
        proposal.leave(format!("实际金额（原文为区间：{figure}）"), basis.clone());
    }
    if FLOOR.is_match(&sentence.text[..given.benefit.at.start]) {
        proposal.leave(format!("实际金额（{figure}为下限）"), basis.clone());
    }
    if given.benefit.at_most {
        proposal.leave(format!("实际比例（{figure}为上限）"), basis.clone());
    }
    let of = match kind {
        Kind::Amount => times(proposal, given),
        Kind::Rate | Kind::Reduction => base(proposal, given, &basis, &mut notes),
    };
    let when = when(proposal, given, &mut notes);
    Benefit {
        kind,
        value: given.benefit.value,
        per: per(sentence.text, given),
        of,
        ceiling: given.benefit.ceiling,
        when,
        basis,
        note: (!notes.is_empty()).then(|| notes.join("；")),
    }
}

pattern!(FLOOR, r"(?:不低于|不少于)[^，。；0-9]{0,6}$");

fn per(text: &str, given: &Given) -> Option<String> {
    let words = given.benefit.per.clone().map(|per| text[per].to_owned());
    match given.benefit.measure {
        Measure::UpTo => Some(format!("最高{}", words.map(|words| format!("（{words}）")).unwrap_or_default())),
        _ => words,
    }
}

/// The number of persons an amount is multiplied by, when a fact counts them by name.
fn times(proposal: &Proposal<'_>, given: &Given) -> Option<String> {
    let sentence = &proposal.reading.sentences[given.sentence];
    let per = given.benefit.per.clone().map(|per| &sentence.text[per]);
    let counted = per.is_some_and(|per| per.contains("每人") || per.contains("每名"));
    let noun = given
        .benefit
        .per
        .clone()
        .map(|per| plain(sentence.text.get(per.end..given.benefit.at.start).unwrap_or_default()));
    let facts = proposal.reading.vocabulary.of(&["number"]).filter(|fact| fact.subject == proposal.out.audience);
    let mut named = facts.filter(|fact| fact.words().any(|word| noun.as_deref() == Some(word)));
    let fact = named.next().map_or_else(|| TO_BE_NAMED.to_owned(), |fact| fact.id.clone());
    (counted && proposal.out.audience == "企业").then_some(fact)
}

/// The fact a share is taken of; a person names it when the words match none.
fn base(proposal: &mut Proposal<'_>, given: &Given, basis: &str, notes: &mut Vec<String>) -> Option<String> {
    let sentence = &proposal.reading.sentences[given.sentence];
    let words = given.benefit.base.clone().map(|base| plain(&sentence.text[base])).unwrap_or_default();
    let audience = proposal.out.audience;
    let facts = proposal.reading.vocabulary.of(&["money"]).filter(|fact| fact.subject == audience);
    let mut best: Option<(&str, usize)> = None;
    for fact in facts {
        for word in fact.words().filter(|word| names(&words, word)) {
            if best.is_none_or(|(_, length)| word.len() > length) {
                best = Some((&fact.id, word.len()));
            }
        }
    }
    if let Some((fact, _)) = best {
        return Some(fact.to_owned());
    }
    notes.push(format!("计算基数：{}", if words.is_empty() { "原文未写明" } else { &words }));
    if !words.is_empty() {
        proposal.leave(format!("计算基数：{words}"), basis.to_owned());
    }
    Some(TO_BE_NAMED.to_owned())
}

pattern!(
    BEFORE_BASE,
    r"^(?:企业|单位|项目|其|上年度|上一年度|年度|当年|年|实际|实缴|及其职工|缴纳的?|发生的?|支付的?|的|和|新增)*$"
);

/// Whether words say exactly what a fact is called, but for who and when.
fn names(words: &str, fact: &str) -> bool {
    let stem = fact.trim_end_matches(['额', '数']);
    let words = words.trim_end_matches(['额', '数']);
    words.strip_suffix(stem).is_some_and(|before| BEFORE_BASE.is_match(before))
}

/// When a benefit holds: what stands before it, and which member of a list it is for.
fn when(proposal: &mut Proposal<'_>, given: &Given, notes: &mut Vec<String>) -> Vec<Node> {
    let sentence = &proposal.reading.sentences[given.sentence];
    let mut nodes = Vec::new();
    if let Some(range) = given.when.clone() {
        notes.push(format!("限于：{}", plain(proposal.text(&range))));
        nodes.extend(proposal.read(&range));
    }
    if let Some(member) = given.benefit.member.clone() {
        let range = sentence.at(&member);
        notes.push(format!("对应：{}", plain(proposal.text(&range))));
        nodes.extend(self::member(proposal, &range));
    } else if given.when.is_none() && is_listed(proposal, given) {
        notes.push("原文列有多个标准，各自的对象须人工写入 when".to_owned());
    }
    nodes
}

/// A member of a list as a condition; the list itself is among what is unresolved.
fn member(proposal: &mut Proposal<'_>, range: &Range<usize>) -> Vec<Node> {
    let nodes = proposal.read_part(range).0;
    let words = plain(proposal.text(range));
    let whom = plain(proposal.text(&proposal.grant.whom.clone()));
    if !nodes.is_empty() || !words.ends_with('级') {
        return nodes;
    }
    // 省级 of 国家级、省级、市级绿色工厂 is read with the noun that ends the list.
    let noun = whom.rsplit('级').next().unwrap_or_default();
    let whole = format!("{}{noun}", words.trim_start_matches('对').trim_start_matches("新认定的"));
    let basis = proposal.grant.whom.clone();
    proposal.read_words(&whole, basis)
}

fn is_listed(proposal: &Proposal<'_>, given: &Given) -> bool {
    let same = proposal.grant.given.iter().filter(|other| {
        other.sentence == given.sentence && other.when.is_none() && other.benefit.measure == given.benefit.measure
    });
    same.count() > 1
}
