//! What the agent asked for, and the addresses that ask for something else in the same call.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::super::super::asked::{self, FilterQuery, stated};
use super::super::super::problem::Problem;
use super::super::link::link;
use super::PATH;
use crate::consultation::{DocumentFilter, Library};

/// What the form of the console sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::http::pages) struct AgentQuery {
    pub(super) q: Option<String>,
    pub(super) region: Option<String>,
    /// The office that issued the documents wanted.
    pub(super) department: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) validity: Option<String>,
    pub(super) as_of: Option<String>,
    /// The question before in the same call.
    pub(super) after: Option<String>,
    /// What is taken back of the understanding.
    pub(super) no: Option<String>,
    /// The clause set beside the one cited: document id, a slash, clause id.
    pub(super) beside: Option<String>,
}

impl AgentQuery {
    /// The day for which the answer shall hold.
    pub(super) fn day(&self) -> Result<Date, Problem> {
        asked::as_of(self.as_of.as_ref())
    }

    /// The value of a field of the form, for the page.
    pub(super) fn text(&self, field: &str) -> &str {
        let value = match field {
            "q" => &self.q,
            "region" => &self.region,
            "department" => &self.department,
            "kind" => &self.kind,
            "validity" => &self.validity,
            "as_of" => &self.as_of,
            "after" => &self.after,
            "no" => &self.no,
            _ => &self.beside,
        };
        stated(value.as_ref()).unwrap_or_default()
    }

    /// Which documents may answer; none when nothing narrows them. The region is understood, not filtered by.
    fn filter(&self, library: &Library) -> Result<Option<DocumentFilter>, Problem> {
        let narrowed = FilterQuery {
            kind: self.kind.clone(),
            validity: self.validity.clone(),
            issuer: self.department.clone(),
            ..FilterQuery::default()
        };
        if narrowed.is_empty() {
            return Ok(None);
        }
        Ok(Some(narrowed.parse(library.generation())?.0))
    }

    /// The serials of the documents that the filters hide; none when there are no filters.
    pub(super) fn hidden(&self, library: &Library) -> Result<Option<HashSet<u32>>, Problem> {
        let Some(filter) = self.filter(library)? else { return Ok(None) };
        let (generation, day) = (library.generation(), self.day()?);
        let hidden = generation.heads().iter().filter(|head| !filter.admits(generation, head, day));
        Ok(Some(hidden.map(|head| head.serial).collect()))
    }

    /// The address of this call with these fields changed.
    pub(super) fn with(&self, changes: &[(&str, &str)]) -> String {
        let fields = ["q", "region", "department", "kind", "validity", "as_of", "after", "no", "beside"];
        let all = fields.map(|field| {
            let changed = changes.iter().find(|(name, _)| *name == field).map(|(_, value)| *value);
            (field, changed.unwrap_or_else(|| self.text(field)))
        });
        link(PATH, &all)
    }

    /// The address of another question in the same call, which does not follow this one.
    pub(super) fn other(&self, question: &str) -> String {
        self.with(&[("q", question), ("after", ""), ("no", ""), ("beside", "")])
    }

    /// The address of the same question with one thing more taken back.
    pub(super) fn without(&self, what: &str) -> String {
        let no = self.text("no");
        let no = if no.is_empty() { what.to_owned() } else { format!("{no},{what}") };
        self.with(&[("no", &no), ("beside", "")])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_the_call_and_change_one_thing() {
        let field = |text: &str| Some(text.to_owned());
        let query =
            AgentQuery { q: field("低保"), region: field("990121"), no: field("as_of"), ..AgentQuery::default() };
        assert_eq!(query.with(&[("region", "")]), "/agent?q=%E4%BD%8E%E4%BF%9D&no=as_of");
        assert!(query.without("region").ends_with("&no=as_of%2Cregion"));
        assert!(!query.other("高龄").contains("no=") && query.other("高龄").contains("region=990121"));
    }
}
