//! Who is responsible (承办单位): present name, telephone for the transfer, units with a telephone of their own.

use crate::consultation::Library;
use crate::contract::AnswerJson;
use crate::policy::{Department, Faq, RegionCode};

/// Units of a department shown: what fits beside its name.
const UNITS: usize = 4;

/// An office that answers for the matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct UnitView {
    /// The name the clause gives.
    pub(super) name: String,
    /// Its present or full name, where it is another.
    pub(super) now: String,
    /// What a renaming rests on.
    pub(super) basis: String,
    pub(super) phone: String,
    pub(super) hours: String,
    pub(super) address: String,
    /// Offices within it: name, telephone.
    pub(super) units: Vec<(String, String)>,
    /// Where it was taken from.
    pub(super) from: &'static str,
}

impl UnitView {
    /// Its present name.
    pub(super) fn present(&self) -> &str {
        if self.now.is_empty() { &self.name } else { &self.now }
    }

    /// Its present name and telephone in one line.
    pub(super) fn line(&self) -> String {
        let name = self.present();
        if self.phone.is_empty() { name.to_owned() } else { format!("{name}，电话{}", self.phone) }
    }
}

/// The offices for an answer: those the clauses name, else the one of the reviewed question that is the same.
pub(super) fn of(library: &Library, answer: &AnswerJson, same: Option<&Faq>) -> Vec<UnitView> {
    let directory = library.generation().directory();
    let region = answer.region.as_ref().and_then(|region| RegionCode::parse(&region.code));
    let known = |name: &str| directory.named(name, region.as_ref()).into_iter().next();
    let steps = answer.next_steps.iter().filter(|step| matches!(step.kind.as_str(), "department" | "window"));
    let mut units: Vec<UnitView> = steps
        .map(|step| {
            let now = step.now.clone().or_else(|| step.office.clone()).unwrap_or_default();
            let department = known(if now.is_empty() { &step.name } else { &now });
            let from = match step.citation {
                Some(_) => "条文写明",
                _ if answer.citations.is_empty() => "对口部门",
                _ if answer.citations.iter().any(|one| one.document.issuer.contains(&step.name)) => "发文机关",
                _ => "文件载明",
            };
            let unit = UnitView {
                name: step.name.clone(),
                basis: step.basis.clone().unwrap_or_default(),
                phone: step.phone.clone().unwrap_or_default(),
                address: step.address.clone().unwrap_or_default(),
                now,
                from,
                ..UnitView::default()
            };
            completed(unit, department)
        })
        .collect();
    if let Some(name) = same.and_then(|faq| faq.department.as_deref()).filter(|_| units.is_empty()) {
        let unit = UnitView { name: name.to_owned(), from: "常见问题", ..UnitView::default() };
        units.push(completed(unit, known(name)));
    }
    // A telephone first: the caller waits.
    units.sort_by_key(|unit| unit.phone.is_empty());
    units
}

/// A unit with what the directory knows of its department.
fn completed(mut unit: UnitView, department: Option<&Department>) -> UnitView {
    let Some(department) = department else { return unit };
    let fill = |own: &mut String, known: Option<&String>| {
        if own.is_empty() {
            *own = known.cloned().unwrap_or_default();
        }
    };
    fill(&mut unit.phone, department.phone.as_ref());
    fill(&mut unit.address, department.address.as_ref());
    fill(&mut unit.hours, department.hours.as_ref());
    if unit.now.is_empty() && department.name != unit.name {
        unit.now.clone_from(&department.name);
    }
    let within = department.units.iter().take(UNITS);
    unit.units = within.map(|one| (one.name.clone(), one.phone.clone().unwrap_or_default())).collect();
    unit
}
