//! What to do next: whom to turn to, where, and with what; each from the clause, with its telephone from the directory.

mod clauses;
mod office;

use crate::index::Generation;
use crate::policy::{Department, DocumentKind, FormerName, RegionCode};
use crate::query::InformationNeed;

use super::{NextStep, Quoted, StepKind, phrases, weights};
use office::Office;

/// Roles whose values are units, not deadlines.
const UNIT_ROLES: &[&str] = &["单位", "部门", "主体", "牵头", "实施", "配合", "负责"];

/// The hotline for everything, in every place of the country.
const HOTLINE: &str = "12345";

/// The departments the quotes name, first those their responsibility notes name; then where to go and what to bring.
pub(super) fn of(generation: &Generation, need: &InformationNeed, quotes: &[Quoted]) -> Vec<NextStep> {
    let mut steps: Vec<NextStep> = Vec::new();
    let add = |steps: &mut Vec<NextStep>, step: NextStep| {
        if steps.iter().all(|other| other.name != step.name) {
            steps.push(step);
        }
    };
    for (index, quoted) in quotes.iter().enumerate() {
        let of = quoted.document.meta().region.as_ref();
        let office = Office { generation, asked: need.region.as_ref().map(|asked| &asked.code), of };
        let noted = responsible(quoted).into_iter();
        for name in noted.chain(office.named_in(quoted.citation.quote())) {
            add(&mut steps, office.step(&name, Some(index)));
        }
    }
    let Some(quoted) = quotes.first() else { return steps };
    let serves = serves_people(quoted);
    if steps.is_empty() {
        let of = quoted.document.meta().region.as_ref();
        let office = Office { generation, asked: need.region.as_ref().map(|asked| &asked.code), of };
        let in_charge = if serves { clauses::in_charge(&office, quoted) } else { None };
        steps.extend(in_charge.or_else(|| issuer(&office, quoted)));
    }
    steps.truncate(weights::NEXT_STEPS);
    if serves {
        steps.extend(clauses::dealings(need, quotes, quoted));
    }
    steps
}

/// Words in the title of a document that tells offices what to do, not people what they may claim.
const FOR_OFFICES: &[&str] = &["要点", "工作计划", "工作方案", "重点工作", "任务", "分工", "责任制"];

/// Whether people have dealings with offices under the document: a law leaves those to others, a work plan is a matter
/// among offices.
fn serves_people(quoted: &Quoted) -> bool {
    let title = &quoted.document.meta().title;
    !is_legislation(quoted) && !FOR_OFFICES.iter().any(|word| title.contains(word))
}

/// Whether a parliament, a government or a court made the document as law.
fn is_legislation(quoted: &Quoted) -> bool {
    use DocumentKind::{JudicialInterpretation, Law, LocalRegulation, Regulation};
    matches!(quoted.document.meta().kind, Law | Regulation | LocalRegulation | JudicialInterpretation)
}

/// The office that issued a document, where no clause names another; nobody turns to a parliament or a court.
fn issuer(office: &Office<'_>, quoted: &Quoted) -> Option<NextStep> {
    let name = quoted.document.meta().issuers.first().filter(|_| !is_legislation(quoted))?;
    Some(office.step(name, None))
}

/// Whom to ask when the library says nothing: the hotline, and the department of the place whose duties come nearest.
pub(super) fn window(generation: &Generation, need: &InformationNeed) -> Vec<NextStep> {
    let region = need.region.as_ref().map(|asked| &asked.code);
    let departments = &generation.directory().departments;
    let there = |department: &&Department| {
        region.is_some_and(|code| {
            department.region.as_ref().is_none_or(|of| generation.gazetteer().fit(code, Some(of)).applies())
        })
    };
    let near = departments.iter().filter(there).map(|department| (duty(need, department), department));
    let nearest = near
        .filter(|(weight, _)| *weight > 0)
        .max_by_key(|(weight, department)| (*weight, department.region.as_ref() == region));
    let mut steps: Vec<NextStep> =
        nearest.map(|(_, department)| known(&department.name, department, None)).into_iter().collect();
    let hotline = departments.iter().filter(there).find(|department| department.phone.as_deref() == Some(HOTLINE));
    steps.push(match hotline {
        Some(department) => NextStep { kind: StepKind::Window, ..known(&department.name, department, None) },
        None => NextStep {
            kind: StepKind::Window,
            name: phrases::HOTLINE.to_owned(),
            phone: Some(HOTLINE.to_owned()),
            ..NextStep::default()
        },
    });
    steps
}

/// How much of what was asked stands among the duties of a department, in characters.
fn duty(need: &InformationNeed, department: &Department) -> usize {
    let words = need.subject.iter().map(|part| part.text.as_str());
    let meant: Vec<&str> = words.chain(need.expansions.iter().map(|one| one.to.as_str())).collect();
    let held = |duty: &&String| {
        meant.iter().any(|text| text.contains(duty.as_str()) || text.chars().nth(1).is_some() && duty.contains(text))
    };
    department.duties.iter().filter(held).map(|duty| duty.chars().count()).sum()
}

/// Units that the clause, or a clause above it, names as responsible.
fn responsible(quoted: &Quoted) -> Vec<String> {
    let outline = quoted.document.outline();
    let range = quoted.citation.range();
    outline
        .lineage(quoted.node)
        .into_iter()
        .rev()
        .flat_map(|index| &outline.nodes()[index].responsibilities)
        .filter(|note| UNIT_ROLES.iter().any(|role| note.role.contains(role)))
        // A note that stands inside the quote, or directly after it, is meant; others belong to other sentences.
        .filter(|note| note.range.start >= range.start && note.range.start <= range.end)
        .flat_map(|note| note.values.iter().cloned())
        .collect()
}

/// A department of the directory under the name a text gives it.
fn known(name: &str, department: &Department, quote: Option<usize>) -> NextStep {
    let bore = |former: &&FormerName| former.name.ends_with(name) && department.short.as_deref() != Some(name);
    let former = department.succeeds.iter().find(bore);
    NextStep {
        name: name.to_owned(),
        now: former.map(|_| department.name.clone()),
        basis: former.map(phrases::renamed),
        office: (former.is_none() && department.name != name).then(|| department.name.clone()),
        quote,
        phone: department.phone.clone(),
        address: department.address.clone(),
        ..NextStep::default()
    }
}

/// The region of a step: the asker's, when the document holds there; else the document's.
fn place<'r>(
    generation: &Generation,
    asked: Option<&'r RegionCode>,
    of: Option<&'r RegionCode>,
) -> Option<&'r RegionCode> {
    asked.filter(|code| generation.gazetteer().fit(code, of).applies()).or(of)
}
