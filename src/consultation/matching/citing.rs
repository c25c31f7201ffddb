//! The citations of a match (引用): each basis once, in the shape of those of an answer.

use std::collections::HashMap;

use jiff::civil::Date;

use super::super::render::{cited_clause, cited_document};
use crate::contract::{CitationJson, CitedClauseJson};
use crate::index::{Generation, IndexError};
use crate::policy::programme::SupportProgramme;
use crate::policy::{Validity, validity};

/// Numbers citations as they are used.
pub(super) struct Citer<'a> {
    generation: &'a Generation,
    as_of: Date,
    citations: Vec<CitationJson>,
    /// By document and first and last byte.
    numbers: HashMap<(String, usize, usize), u32>,
}

impl<'a> Citer<'a> {
    pub(super) fn new(generation: &'a Generation, as_of: Date) -> Self {
        Self { generation, as_of, citations: Vec::new(), numbers: HashMap::new() }
    }

    pub(super) fn into_citations(self) -> Vec<CitationJson> {
        self.citations
    }

    /// The number of the citation of a basis; every basis of a programme in the index stands in its document.
    pub(super) fn number(&mut self, programme: &SupportProgramme, key: &str) -> Result<u32, IndexError> {
        let damaged = || {
            let what = format!("事项 {} 的依据“{key}”没有落点；请重建索引", programme.id);
            IndexError::damaged(self.generation.folder(), what)
        };
        let basis = self.generation.basis(&programme.id, key).ok_or_else(damaged)?;
        let place = (basis.document.to_string(), basis.start, basis.end);
        if let Some(number) = self.numbers.get(&place) {
            return Ok(*number);
        }
        let head = self.generation.by_id(&basis.document).ok_or_else(damaged)?;
        let document = self.generation.document(head.serial)?;
        let clause = document.clause(&basis.clause).ok_or_else(damaged)?;
        let citation = clause.cite(basis.start..basis.end).map_err(|_| damaged())?;
        let number = u32::try_from(self.citations.len() + 1).unwrap_or(u32::MAX);
        let cited: CitedClauseJson = cited_clause(clause);
        self.citations.push(CitationJson {
            number,
            document: cited_document(&head.meta, &validity(&head.meta, &head.events, self.as_of)),
            clause: cited,
            quote: citation.quote().to_owned(),
            start: basis.start,
            end: basis.end,
            text_sha256: citation.text_sha256().to_owned(),
        });
        self.numbers.insert(place, number);
        Ok(number)
    }

    /// A document that the conditions or benefits rest on and that does not hold on the day, in words.
    pub(super) fn lapsed(&self, programme: &SupportProgramme) -> Option<String> {
        let leaves = programme.conditions.leaves();
        let asked = leaves.iter().filter(|leaf| leaf.asked_on(self.as_of)).map(|leaf| leaf.basis.as_str());
        let given = programme.benefits.iter().filter(|benefit| benefit.holds_on(self.as_of));
        for key in asked.chain(given.map(|benefit| benefit.basis.as_str())) {
            let Some(head) = programme.bases.get(key).and_then(|basis| self.generation.by_id(&basis.document)) else {
                continue;
            };
            let verdict = validity(&head.meta, &head.events, self.as_of);
            if !matches!(verdict.state, Validity::InForce | Validity::Unknown) {
                return Some(format!("所依据的{}{}：{}", head.meta.name(), verdict.state.label(), verdict.basis));
            }
        }
        None
    }
}
