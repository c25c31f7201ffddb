//! Who must do what by when (责任与时限), beside the text and as a table to save.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::super::api;
use super::super::problem::Problem;
use super::super::reception::Reception;
use crate::export::{ExportError, duties, duties_csv};
use crate::policy::PolicyDocument;

/// A row of the table on the page.
#[derive(Debug)]
pub(super) struct DutyView {
    /// Anchor of its clause.
    pub(super) id: String,
    pub(super) label: String,
    pub(super) units: String,
    pub(super) limits: String,
    /// The sentence, as it stands.
    pub(super) words: String,
}

/// The duties of a document as rows.
pub(super) fn rows(document: &PolicyDocument) -> Vec<DutyView> {
    let row = |duty: crate::export::Duty| {
        let clause = document.clause_at(duty.clause)?;
        let label = if clause.label().is_empty() { "正文" } else { clause.label() };
        Some(DutyView {
            id: clause.id().to_string(),
            label: label.to_owned(),
            units: duty.units.join("；"),
            limits: duty.limits.join("；"),
            words: document.text().get(duty.words).unwrap_or_default().to_owned(),
        })
    };
    duties(document).into_iter().filter_map(row).collect()
}

/// The duties of a document as CSV.
pub(super) async fn csv(State(reception): State<Reception>, Path(id): Path<String>) -> Result<Response, Problem> {
    let (name, table) = reception
        .work(move |library| {
            let generation = library.generation();
            let document = generation.document(api::find(generation, &id)?.serial)?;
            let mut table = Vec::new();
            duties_csv(&document, &mut table).map_err(|error| match error {
                ExportError::Index(error) => error.into(),
                _ => Problem::internal(),
            })?;
            Ok((document.id().to_string(), table))
        })
        .await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        // An id holds nothing that needs quoting.
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-duties.csv\"")),
        (CACHE_CONTROL, "no-cache".to_owned()),
    ];
    Ok((headers, table).into_response())
}
