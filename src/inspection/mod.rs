//! What state is the library in? Findings a publisher must know of, each with its place and what to do.
//!
//! One pass over the documents of the index and one over the files of the corpus; nothing is held but the findings and
//! small tables, so that 50,000 documents take minutes of reading and megabytes of memory.

mod deadline;
mod faq;
mod finding;
mod holdings;
mod interpretations;
mod letterhead;
mod period;
mod programmes;
mod standing;
mod table;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Corpus, programmes_of};
use crate::index::{Generation, Head, open_relations};
use crate::policy::validity;

pub use finding::{Finding, FindingKind, Severity};
pub use interpretations::Uninterpreted;
pub use table::{neutral, write_csv};

use holdings::Holdings;
use interpretations::Tally;
use standing::Ended;

/// The state of the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// The day for which validity was told.
    pub as_of: String,
    /// Documents looked at.
    pub documents: usize,
    /// Passages.
    pub passages: usize,
    /// Characters of the texts, white space left aside.
    pub characters: u64,
    /// Characters that the import left out of the texts as noise.
    pub noise_characters: u64,
    /// Characters of the texts that belong to no top-level clause, or to two; 0, or there is a finding.
    pub unaccounted: u64,
    /// How many findings there are of each kind.
    pub counts: BTreeMap<&'static str, usize>,
    /// Policies without interpretation by department and year.
    pub uninterpreted: Vec<Uninterpreted>,
    /// The findings, by kind, urgency and document.
    pub findings: Vec<Finding>,
}

/// Inspects the library as of a day; without the corpus what only its files tell is left out.
#[must_use]
pub fn inspect(generation: &Generation, corpus: Option<&Corpus>, as_of: Date) -> Inspection {
    let mut findings = Vec::new();
    let holdings = corpus.map(|corpus| Holdings::of(corpus, &mut findings)).unwrap_or_default();
    let ended = Ended::of(generation, as_of);
    let open = open_relations(generation);
    let mut tally = Tally::default();
    let mut characters = 0;
    let mut unaccounted = 0;
    for (head, open) in generation.heads().iter().zip(&open) {
        let verdict = validity(&head.meta, &head.events, as_of);
        tally.take(head, verdict.state, &mut findings);
        standing::period(head, &verdict, as_of, &mut findings);
        letterhead::missing(&head.meta, &mut findings);
        letterhead::inferred(&head.meta, &mut findings);
        letterhead::disagreements(&head.meta, &mut findings);
        holdings::references(head, open, &holdings, &mut findings);
        let in_force = verdict.state.may_govern() && head.meta.kind.is_authority();
        if in_force {
            standing::bases(generation, head, as_of, &ended, &mut findings);
        }
        let text = read(generation, head, &holdings, in_force.then_some(&ended), &mut findings);
        characters += text.0;
        unaccounted += text.1;
    }
    letterhead::duplicates(generation, &mut findings);
    faq::faqs(generation, as_of, &mut findings);
    if let Some(corpus) = corpus {
        programmes::programmes(generation, &programmes_of(corpus), as_of, &mut findings);
    }
    findings.sort();
    findings.dedup();
    let mut counts = BTreeMap::new();
    findings.iter().for_each(|finding| *counts.entry(finding.kind.name()).or_default() += 1);
    Inspection {
        as_of: as_of.to_string(),
        documents: generation.heads().len(),
        passages: generation.passage_count(),
        characters,
        noise_characters: holdings.noise_characters,
        unaccounted,
        counts,
        uninterpreted: tally.table(),
        findings,
    }
}

/// Inspects the text of a document; gives its characters, and those of them that no clause holds.
fn read(
    generation: &Generation,
    head: &Head,
    holdings: &Holdings,
    ended: Option<&Ended<'_>>,
    findings: &mut Vec<Finding>,
) -> (u64, u64) {
    let meta = &head.meta;
    let document = match generation.document(head.serial) {
        Ok(document) => document,
        Err(problem) => {
            findings.push(Finding::of(FindingKind::Unreadable, meta, format!("{problem}；请重建索引")));
            return (0, 0);
        }
    };
    let astray = holdings::unaccounted(&document) as u64;
    if astray > 0 {
        let detail = format!("{astray} 个字符不在任何条款里，或同时在两个条款里；请把该文件报告给维护者");
        findings.push(Finding::of(FindingKind::Unaccounted, meta, detail));
    }
    if meta.recognised {
        let detail = "正文由图片识别，可能有错字；请对照原件校对，改完后删去 recognised";
        findings.push(Finding::of(FindingKind::Recognised, meta, detail));
    }
    period::contradictions(&document, findings);
    deadline::contradictions(&document, findings);
    wording::personal(&document, findings);
    wording::hidden(&document, findings);
    wording::marks(&document, findings);
    holdings.much_noise(&document, findings);
    holdings.attachments(&document, findings);
    interpretations::copying(generation, head, &document, findings);
    if let Some(ended) = ended {
        standing::mentions(head, &document, ended, findings);
    }
    let characters = document.text().chars().filter(|c| !c.is_whitespace()).count();
    (characters as u64, astray)
}
