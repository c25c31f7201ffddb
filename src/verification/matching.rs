//! The proof of a match (匹配核对): every citation is read again, and everything that was said names one.

use std::collections::BTreeSet;

use super::source::SourceRecord;
use super::{Claim, check_claim, check_standing, count};
use crate::contract::{MatchJson, ProgrammeMatchJson, ProofJson};

/// Checks every citation and every statement of a match against the sources.
#[must_use]
pub fn verify_match(matched: &MatchJson, source: &dyn Fn(&str) -> Option<SourceRecord>) -> ProofJson {
    let mut proof = ProofJson::default();
    // Only what a verdict rests on must hold on the day: a programme that ended is shown with what ended with it.
    let in_force = matched.programmes.iter().filter(|told| told.standing == "in_force");
    let governing: BTreeSet<u32> = in_force.flat_map(rests_on).collect();
    for citation in &matched.citations {
        let claim = Claim::of(citation);
        let governs = governing.contains(&citation.number);
        let held = check_claim(&claim, source);
        let held = held.and_then(|record| check_standing(&matched.as_of, governs, &claim, &record));
        count(&mut proof, format!("citation {}", citation.number), held);
    }
    for told in &matched.programmes {
        count(&mut proof, format!("programme {}", told.id), check_programme(matched, told));
    }
    proof
}

/// The citations of conditions and benefits.
fn rests_on(told: &ProgrammeMatchJson) -> Vec<u32> {
    let conditions = told.conditions.iter().map(|condition| condition.citation);
    conditions.chain(told.benefits.iter().map(|benefit| benefit.citation)).collect()
}

fn check_programme(matched: &MatchJson, told: &ProgrammeMatchJson) -> Result<(), String> {
    let stated = told.materials.iter().chain(&told.unresolved).chain(&told.notes);
    let places = [&told.place, &told.telephone, &told.online, &told.department];
    let mut numbers = rests_on(told);
    numbers.extend(stated.chain(places.into_iter().flatten()).map(|stated| stated.citation));
    numbers.extend(told.exclusive.iter().map(|exclusive| exclusive.citation));
    numbers.extend(told.window.iter().map(|window| window.citation));
    for number in numbers {
        quote(matched, number)?;
    }
    if let Some(telephone) = &told.telephone
        && !quote(matched, telephone.citation)?.contains(telephone.text.trim())
    {
        return Err(format!("电话 {} 不在第 {} 号引用的原文中", telephone.text, telephone.citation));
    }
    check_verdict(told)
}

fn quote(matched: &MatchJson, number: u32) -> Result<&str, String> {
    let found = matched.citations.iter().find(|citation| citation.number == number);
    found.map(|citation| citation.quote.as_str()).ok_or_else(|| format!("没有第 {number} 号引用"))
}

/// A verdict agrees with the states of its conditions.
fn check_verdict(told: &ProgrammeMatchJson) -> Result<(), String> {
    if told.standing != "in_force" {
        let said = told.verdict == "not_eligible";
        return if said { Ok(()) } else { Err("事项不在期内，却没有判为不符合".to_owned()) };
    }
    let counting = |state: &str| told.conditions.iter().any(|one| one.matters && one.state == state);
    let holds = match told.verdict.as_str() {
        "eligible" => !counting("not_met") && !counting("unknown"),
        "not_eligible" => counting("not_met"),
        "undetermined" => counting("unknown") && !counting("not_met"),
        _ => false,
    };
    if holds { Ok(()) } else { Err(format!("结论“{}”与各项条件的状态不符", told.label)) }
}
