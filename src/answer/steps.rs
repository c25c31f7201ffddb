//! Who to turn to: the department a clause names, with its present name and telephone from the directory.

use std::sync::LazyLock;

use regex::Regex;

use crate::index::Generation;
use crate::policy::{Department, DocumentKind, RegionCode};
use crate::query::InformationNeed;

use super::{NextStep, Quoted, weights};

/// Roles whose values are units, not deadlines.
const UNIT_ROLES: &[&str] = &["单位", "部门", "主体", "牵头", "实施", "配合", "负责"];

/// A department named in running text: 县民政局, 市人力资源和社会保障局, 县就业服务中心.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
    Regex::new(r"(?:[省市县区州]|\p{Han}{2,6}[省市县区])(?:人民政府办公室|政府办公室|政府办|[\p{Han}]{2,10}?(?:局|委员会|联合会|办公室|服务中心|经办中心|中心))").unwrap()
});

/// The departments the quotes name, first those their responsibility notes name.
pub(super) fn of(generation: &Generation, need: &InformationNeed, quotes: &[Quoted]) -> Vec<NextStep> {
    let mut steps: Vec<NextStep> = Vec::new();
    for (index, quoted) in quotes.iter().enumerate() {
        let region = quoted.document.meta().region.as_ref().or(need.region.as_ref().map(|asked| &asked.code));
        for name in responsible(quoted).into_iter().chain(named_in(quoted.citation.quote())) {
            let step = step(generation, &name, Some(index), region);
            if steps.iter().all(|other| other.name != step.name) {
                steps.push(step);
            }
        }
    }
    if steps.is_empty()
        && let Some(quoted) = quotes.first()
    {
        let meta = quoted.document.meta();
        // Nobody turns to a parliament or a court to have a law carried out.
        let office = !matches!(
            meta.kind,
            DocumentKind::Law
                | DocumentKind::Regulation
                | DocumentKind::LocalRegulation
                | DocumentKind::JudicialInterpretation
        );
        steps.extend(
            meta.issuers.first().filter(|_| office).map(|issuer| step(generation, issuer, None, meta.region.as_ref())),
        );
    }
    steps.truncate(weights::NEXT_STEPS);
    steps
}

/// The hotline, when nothing else is known.
pub(super) fn window(generation: &Generation, need: &InformationNeed) -> Vec<NextStep> {
    let Some(asked) = &need.region else { return Vec::new() };
    let hotline = generation.directory().departments.iter().find(|department| {
        department.name.contains("12345")
            && department
                .region
                .as_ref()
                .is_none_or(|region| generation.gazetteer().fit(&asked.code, Some(region)).applies())
    });
    hotline.map(|department| known(&department.name, department, None)).into_iter().collect()
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

fn named_in(quote: &str) -> Vec<String> {
    NAMED.find_iter(quote).map(|found| found.as_str().to_owned()).collect()
}

fn step(generation: &Generation, name: &str, quote: Option<usize>, region: Option<&RegionCode>) -> NextStep {
    let found = generation.directory().named(name, region);
    match found.first().filter(|department| department.region.as_ref() == region || region.is_none()) {
        Some(department) => known(name, department, quote),
        None => NextStep { name: name.to_owned(), quote, ..NextStep::default() },
    }
}

fn known(name: &str, department: &Department, quote: Option<usize>) -> NextStep {
    let renamed = department.succeeds.iter().any(|former| former.name == name);
    NextStep {
        name: name.to_owned(),
        now: renamed.then(|| department.name.clone()),
        quote,
        phone: department.phone.clone(),
        address: department.address.clone(),
        ..NextStep::default()
    }
}
