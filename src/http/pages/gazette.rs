//! `/gazette`: the gazettes by year and issue, and the documents of an issue.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::asked::{self, Asked, shown, stated};
use super::super::gazettes::Gazettes;
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::chrome::{Chrome, Here, page};
use super::library::DocumentRow;
use super::link::link;
use crate::consultation::document_summary;
use crate::policy::GazetteIssue;

/// Which issue is wanted; all three or none.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct GazetteQuery {
    name: Option<String>,
    year: Option<String>,
    number: Option<String>,
}

struct IssueLink {
    label: String,
    count: usize,
    url: String,
    current: bool,
}

struct YearRow {
    year: i16,
    issues: Vec<IssueLink>,
}

struct GazetteSection {
    name: String,
    years: Vec<YearRow>,
}

/// The page.
#[derive(Template)]
#[template(path = "gazette.html")]
struct GazettePage {
    chrome: Chrome,
    gazettes: Vec<GazetteSection>,
    heading: String,
    rows: Vec<DocumentRow>,
}

/// Shows the gazettes, or an issue.
pub(super) async fn gazette(
    State(reception): State<Reception>,
    Asked(query): Asked<GazetteQuery>,
) -> Result<Response, Problem> {
    let as_of = asked::as_of(None)?;
    let wanted = wanted(&query)?;
    let shared = reception.clone();
    let template = reception
        .work(move |library| {
            let generation = library.generation();
            let catalogue = shared.catalogue();
            let gazettes = catalogue.gazettes();
            let rows = match &wanted {
                None => Vec::new(),
                Some(issue) => gazettes.documents(issue).ok_or_else(|| missing(issue))?.to_vec(),
            };
            let heads = rows.iter().filter_map(|serial| generation.head(*serial));
            let rows = heads.map(|head| DocumentRow::new(generation, document_summary(head, as_of), as_of)).collect();
            let heading = wanted.as_ref().map(|issue| format!("{} {}年第{}期", issue.name, issue.year, issue.number));
            Ok(GazettePage {
                chrome: Chrome::new(Here::Documents),
                gazettes: sections(gazettes, wanted.as_ref()),
                heading: heading.unwrap_or_default(),
                rows,
            })
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

fn missing(issue: &GazetteIssue) -> Problem {
    Problem::not_found(format!(
        "库中没有《{}》{}年第{}期的文件；已收录的公报见 /gazette。",
        shown(&issue.name),
        issue.year,
        issue.number
    ))
}

fn wanted(query: &GazetteQuery) -> Result<Option<GazetteIssue>, Problem> {
    let parts = (stated(query.name.as_ref()), stated(query.year.as_ref()), stated(query.number.as_ref()));
    match parts {
        (None, None, None) => Ok(None),
        (Some(name), Some(year), Some(number)) => match (year.parse(), number.parse()) {
            (Ok(year), Ok(number)) => Ok(Some(GazetteIssue { name: name.to_owned(), year, number })),
            _ => Err(Problem::invalid(
                "year 和 number 必须是数字，例如 /gazette?name=某某县人民政府公报&year=2026&number=3。",
            )),
        },
        _ => Err(Problem::invalid("name、year、number 要么都写，要么都不写；已收录的公报见 /gazette。")),
    }
}

fn sections(gazettes: &Gazettes, current: Option<&GazetteIssue>) -> Vec<GazetteSection> {
    let mut sections: Vec<GazetteSection> = Vec::new();
    for (issue, documents) in gazettes.issues() {
        if sections.last().is_none_or(|section| section.name != issue.name) {
            sections.push(GazetteSection { name: issue.name.clone(), years: Vec::new() });
        }
        let Some(section) = sections.last_mut() else { continue };
        if section.years.last().is_none_or(|row| row.year != issue.year) {
            section.years.push(YearRow { year: issue.year, issues: Vec::new() });
        }
        let (year, number) = (issue.year.to_string(), issue.number.to_string());
        let one = IssueLink {
            label: format!("第{}期", issue.number),
            count: documents.len(),
            url: link("/gazette", &[("name", &issue.name), ("year", &year), ("number", &number)]),
            current: current == Some(issue),
        };
        if let Some(row) = section.years.last_mut() {
            row.issues.push(one);
        }
    }
    sections
}
