//! Handing on (转办): which department gets a question that was not answered.

use jiff::civil::Date;

use super::problem::Problem;
use crate::consultation::{Library, render};
use crate::policy::{Region, RegionCode};
use crate::query::Enquiry;

/// Who takes every question that nobody else is known for.
const HOTLINE: &str = "12345政务服务便民热线";
/// Fewer characters name no department: 局, 县.
const LEAST: usize = 2;

/// The department for a question: the one that was named, if the directory knows it; else the one the answer points to;
/// else the hotline of the place. Never words of the sender.
pub(super) fn department(
    library: &Library,
    question: &str,
    region: Option<&RegionCode>,
    as_of: Date,
    named: Option<&str>,
) -> Result<String, Problem> {
    if let Some(known) = named.and_then(|name| known(library, name, region)) {
        return Ok(known);
    }
    let enquiry = Enquiry { question: question.to_owned(), region: region.cloned(), as_of, audience: None };
    let answer = render(&*library.consult(&enquiry)?, 0.0);
    let step = answer.next_steps.iter().find(|step| step.kind == "department");
    let pointed = step.and_then(|step| step.office.clone().or_else(|| step.now.clone()).or(Some(step.name.clone())));
    Ok(pointed.unwrap_or_else(|| hotline(library, region)))
}

/// A department of the directory by a name or a part of one: in the place itself, then anywhere.
fn known(library: &Library, name: &str, region: Option<&RegionCode>) -> Option<String> {
    let directory = library.generation().directory();
    if let Some(exact) = directory.named(name, region).first() {
        return Some(exact.name.clone());
    }
    let within = |full: &str| full.contains(name) || name.contains(full);
    let mut found = directory
        .departments
        .iter()
        .filter(|department| name.chars().count() >= LEAST && region.is_some() && department.region.as_ref() == region)
        .filter(|department| within(&department.name) || department.short.as_deref().is_some_and(within));
    found.next().map(|department| department.name.clone())
}

/// The hotline of the place, or the hotline.
fn hotline(library: &Library, region: Option<&RegionCode>) -> String {
    let place = region.and_then(|code| library.generation().gazetteer().get(code));
    format!("{}{HOTLINE}", place.map_or("", |place: &Region| place.name.as_str()))
}
