//! `/admin/library`: the state of the library for its publisher; read-only, for this machine.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, REFRESH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::asked::{self, Asked, shown, stated};
use super::super::door::Client;
use super::super::inspecting::{admit, inspection};
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::chrome::{Chrome, Here, page};
use super::link::{Pages, link};
use crate::inspection::{Finding, FindingKind, Inspection, write_csv};

/// Findings a page.
const PER_PAGE: usize = 50;
/// Seconds after which a page that waits asks again.
const AGAIN: &str = "5";
/// Where the page is.
const PATH: &str = "/admin/library";

/// What narrows the findings.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct AdminQuery {
    kind: Option<String>,
    page: Option<String>,
}

struct KindLink {
    name: &'static str,
    severity: &'static str,
    count: usize,
    url: String,
    current: bool,
}

struct FindingRow {
    kind: &'static str,
    severity: (&'static str, &'static str),
    title: String,
    url: Option<String>,
    place: String,
    detail: String,
}

/// Policies without interpretation of one department, year by year.
struct DepartmentRow {
    department: String,
    total: String,
    years: Vec<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "admin.html")]
struct AdminPage {
    chrome: Chrome,
    waiting: bool,
    facts: Vec<(&'static str, String)>,
    kinds: Vec<KindLink>,
    chosen: &'static str,
    rows: Vec<FindingRow>,
    total: usize,
    all: usize,
    years: Vec<String>,
    departments: Vec<DepartmentRow>,
    csv_url: String,
    pages: Pages,
}

/// Shows the findings.
pub(super) async fn admin(
    State(reception): State<Reception>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    Asked(query): Asked<AdminQuery>,
) -> Result<Response, Problem> {
    admit(&reception, client.map(|client| client.0.0), &headers)?;
    let number = asked::page(query.page.as_ref())?;
    let kind = kind(query.kind.as_ref())?;
    let Some(inspection) = inspection(&reception).await else {
        let mut response = page(StatusCode::OK, &waiting());
        response.headers_mut().insert(REFRESH, HeaderValue::from_static(AGAIN));
        return Ok(response);
    };
    Ok(page(StatusCode::OK, &build(&inspection, kind, number)))
}

/// Gives the findings as a table to save, for Excel too.
pub(super) async fn csv(
    State(reception): State<Reception>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    Asked(query): Asked<AdminQuery>,
) -> Result<Response, Problem> {
    admit(&reception, client.map(|client| client.0.0), &headers)?;
    let kind = kind(query.kind.as_ref())?;
    let inspection = inspection(&reception).await.ok_or_else(Problem::busy)?;
    let mut table = Vec::new();
    write_csv(&mut table, chosen(&inspection, kind), true).map_err(|_| Problem::internal())?;
    let disposition = "attachment; filename=\"zhengda-check.csv\"";
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, disposition)], table).into_response())
}

/// Gives the inspection as JSON.
pub(super) async fn json(
    State(reception): State<Reception>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    admit(&reception, client.map(|client| client.0.0), &headers)?;
    let inspection = inspection(&reception).await.ok_or_else(Problem::busy)?;
    Ok(axum::Json(&*inspection).into_response())
}

fn kind(value: Option<&String>) -> Result<Option<FindingKind>, Problem> {
    let Some(text) = stated(value) else { return Ok(None) };
    FindingKind::from_name(text).map(Some).ok_or_else(|| {
        let names: Vec<&str> = FindingKind::ALL.iter().map(|kind| kind.label()).collect();
        Problem::invalid(format!("kind “{}” 不是发现的种类；可以写 {}。", shown(text), names.join("、")))
    })
}

fn chosen(inspection: &Inspection, kind: Option<FindingKind>) -> impl Iterator<Item = &Finding> {
    inspection.findings.iter().filter(move |finding| kind.is_none_or(|kind| finding.kind == kind))
}

fn waiting() -> AdminPage {
    AdminPage {
        chrome: Chrome::new(Here::Elsewhere),
        waiting: true,
        facts: Vec::new(),
        kinds: Vec::new(),
        chosen: "",
        rows: Vec::new(),
        total: 0,
        all: 0,
        years: Vec::new(),
        departments: Vec::new(),
        csv_url: String::new(),
        pages: Pages::of(PATH, &[], 1, 0, PER_PAGE),
    }
}

fn build(inspection: &Inspection, kind: Option<FindingKind>, number: usize) -> AdminPage {
    let name = kind.map_or("", FindingKind::name);
    let total = chosen(inspection, kind).count();
    let rows = chosen(inspection, kind).skip((number - 1).saturating_mul(PER_PAGE)).take(PER_PAGE).map(row);
    let kinds = FindingKind::ALL.iter().filter_map(|one| {
        let count = *inspection.counts.get(one.name())?;
        let url = link(PATH, &[("kind", one.name())]);
        let severity = one.severity().name();
        Some(KindLink { name: one.label(), severity, count, url, current: kind == Some(*one) })
    });
    let with_table = kind.is_none_or(|kind| kind == FindingKind::WithoutInterpretation);
    let (years, departments) = if with_table && number == 1 { table(inspection) } else { (Vec::new(), Vec::new()) };
    AdminPage {
        waiting: false,
        facts: facts(inspection),
        kinds: kinds.collect(),
        chosen: kind.map_or("", FindingKind::label),
        rows: rows.collect(),
        total,
        all: inspection.findings.len(),
        years,
        departments,
        csv_url: link("/admin/library.csv", &[("kind", name)]),
        pages: Pages::of(PATH, &[("kind", name)], number, total, PER_PAGE),
        ..waiting()
    }
}

fn facts(inspection: &Inspection) -> Vec<(&'static str, String)> {
    vec![
        ("公开文件", format!("{} 份", inspection.documents)),
        ("条款段", format!("{} 个", inspection.passages)),
        ("正文", format!("{} 字", inspection.characters)),
        ("略去的无关文字", format!("{} 字", inspection.noise_characters)),
        ("未归属字符", format!("{} 个", inspection.unaccounted)),
        ("效力按", inspection.as_of.clone()),
    ]
}

fn row(finding: &Finding) -> FindingRow {
    let document = finding.document();
    let anchor = if finding.clause.is_empty() { String::new() } else { format!("#{}", finding.clause) };
    let title = if finding.title.is_empty() { finding.subject.clone() } else { finding.title.clone() };
    FindingRow {
        kind: finding.kind.label(),
        severity: (finding.severity.name(), finding.severity.label()),
        title,
        url: document.map(|id| format!("/documents/{id}{anchor}")),
        place: finding.place.clone(),
        detail: finding.detail.clone(),
    }
}

/// Policies without interpretation: departments down, years across, 缺解读/总数 in the cells.
fn table(inspection: &Inspection) -> (Vec<String>, Vec<DepartmentRow>) {
    let mut years: Vec<Option<i16>> = inspection.uninterpreted.iter().map(|row| row.year).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let mut departments: Vec<&str> = inspection.uninterpreted.iter().map(|row| row.department.as_str()).collect();
    departments.dedup();
    let rows = departments.into_iter().map(|department| {
        let own = || inspection.uninterpreted.iter().filter(move |row| row.department == department);
        let cell = |year: &Option<i16>| {
            let found = own().find(|row| row.year == *year);
            found.map_or_else(String::new, |row| format!("{}/{}", row.without, row.policies))
        };
        let without: usize = own().map(|row| row.without).sum();
        DepartmentRow {
            department: department.to_owned(),
            total: without.to_string(),
            years: years.iter().map(cell).collect(),
        }
    });
    let rows = rows.collect();
    (years.iter().map(|year| year.map_or_else(|| "不明".to_owned(), |year| year.to_string())).collect(), rows)
}
