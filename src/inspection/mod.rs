//! What state is the library in? Findings a publisher must know of.

use std::collections::HashSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use crate::index::{Generation, Head};
use crate::policy::{DocumentKind, RelationKind, Validity, validity};

/// A document whose validity ends within this many days is reported in time to renew it.
const EXPIRING_DAYS: i64 = 90;

/// The kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A normative document without an interpretation (缺解读).
    WithoutInterpretation,
    /// A relation whose target is not in the library (引用未解析).
    UnresolvedReference,
    /// A FAQ entry whose quote is not in the cited document (问答引文不符).
    FaqQuoteMissing,
    /// A FAQ entry that rests on a lapsed document (问答依据失效).
    FaqLapsed,
    /// Expires soon (即将到期).
    Expiring,
    /// Past its validity but not listed as repealed (已过有效期).
    Expired,
    /// In force and based on a repealed document (依据已废止).
    BasedOnRepealed,
    /// A letterhead value is missing (版头缺项).
    MissingLetterhead,
    /// A file that could not be read (无法读取).
    Unreadable,
}

impl FindingKind {
    /// The Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::WithoutInterpretation => "缺解读",
            Self::UnresolvedReference => "引用未解析",
            Self::FaqQuoteMissing => "问答引文不符",
            Self::FaqLapsed => "问答依据失效",
            Self::Expiring => "即将到期",
            Self::Expired => "已过有效期",
            Self::BasedOnRepealed => "依据已废止",
            Self::MissingLetterhead => "版头缺项",
            Self::Unreadable => "无法读取",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// The document, or the FAQ entry.
    pub subject: String,
    /// More, in Chinese.
    pub detail: String,
}

/// The state of the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Documents looked at.
    pub documents: usize,
    /// Passages.
    pub passages: usize,
    /// Characters of the texts that belong to no clause; 0, or a document is refused.
    pub unaccounted: u64,
    /// The findings, sorted by kind.
    pub findings: Vec<Finding>,
}

/// Inspects the library as of a day.
#[must_use]
pub fn inspect(generation: &Generation, as_of: Date) -> Inspection {
    let mut findings = Vec::new();
    for head in generation.heads() {
        let mut found =
            |kind, detail: String| findings.push(Finding { kind, subject: head.meta.id.to_string(), detail });
        standing(generation, head, as_of, &mut found);
        references(generation, head, &mut found);
        letterhead(head, &mut found);
    }
    faqs(generation, as_of, &mut findings);
    findings.sort();
    Inspection { documents: generation.heads().len(), passages: generation.passage_count(), unaccounted: 0, findings }
}

fn standing(generation: &Generation, head: &Head, as_of: Date, found: &mut impl FnMut(FindingKind, String)) {
    let verdict = validity(&head.meta, &head.events, as_of);
    let soon = as_of.saturating_add(EXPIRING_DAYS.days());
    match (verdict.state, head.meta.dates.expires) {
        (Validity::InForce, Some(until)) if until <= soon => {
            found(FindingKind::Expiring, format!("{}：有效期至{until}", head.meta.name()));
        }
        (Validity::Expired, _) => found(FindingKind::Expired, format!("{}：{}", head.meta.name(), verdict.basis)),
        _ => {}
    }
    let needs = head.meta.kind == DocumentKind::Normative && verdict.state == Validity::InForce;
    if needs && head.interpreted_by.is_empty() {
        found(FindingKind::WithoutInterpretation, head.meta.name());
    }
    if verdict.state != Validity::InForce {
        return;
    }
    for relation in head.meta.relations.iter().filter(|relation| relation.kind == RelationKind::BasedOn) {
        let target = relation.target.document.as_ref().and_then(|id| generation.by_id(id));
        if let Some(target) = target.filter(|t| validity(&t.meta, &t.events, as_of).state == Validity::Repealed) {
            found(FindingKind::BasedOnRepealed, format!("{}依据{}，后者已废止", head.meta.name(), target.meta.name()));
        }
    }
}

fn references(generation: &Generation, head: &Head, found: &mut impl FnMut(FindingKind, String)) {
    for relation in &head.meta.relations {
        let target = &relation.target;
        if target.document.as_ref().is_some_and(|id| generation.by_id(id).is_some()) {
            continue;
        }
        let name = target.title.clone().or_else(|| target.number.as_ref().map(ToString::to_string));
        let name = name.or_else(|| target.document.as_ref().map(ToString::to_string)).unwrap_or_default();
        found(FindingKind::UnresolvedReference, format!("{}“{name}”不在库中", relation.kind.name()));
    }
}

fn letterhead(head: &Head, found: &mut impl FnMut(FindingKind, String)) {
    let meta = &head.meta;
    let official = meta.kind.is_authority() && meta.kind != DocumentKind::Draft;
    let missing = [
        ("发文字号", official && meta.kind == DocumentKind::Normative && meta.number.is_none()),
        ("发文机关", meta.issuers.is_empty()),
        ("成文或发布日期", meta.dates.issued().is_none()),
    ];
    let names: Vec<&str> = missing.into_iter().filter(|(_, gone)| *gone).map(|(name, _)| name).collect();
    if !names.is_empty() {
        found(FindingKind::MissingLetterhead, format!("缺少{}", names.join("、")));
    }
}

fn faqs(generation: &Generation, as_of: Date, findings: &mut Vec<Finding>) {
    let mut lapsed: HashSet<(String, String)> = HashSet::new();
    for faq in generation.faqs() {
        for cite in &faq.cites {
            let head = generation.by_id(&cite.document);
            let text = head.and_then(|head| generation.document(head.serial).ok());
            if !text.is_some_and(|document| document.text().contains(&cite.quote)) {
                let detail = format!("文件 {} 中没有“{}”", cite.document, cite.quote);
                findings.push(Finding { kind: FindingKind::FaqQuoteMissing, subject: faq.id.clone(), detail });
                continue;
            }
            let state = head.map(|head| validity(&head.meta, &head.events, as_of).state);
            let key = (faq.id.clone(), cite.document.to_string());
            if state.is_some_and(|state| !state.may_govern()) && lapsed.insert(key) {
                let detail = format!("所依据的文件 {} 已不具效力", cite.document);
                findings.push(Finding { kind: FindingKind::FaqLapsed, subject: faq.id.clone(), detail });
            }
        }
    }
}
