//! Letterhead (版头): values that are missing, that were only inferred, and numbers that stand on two documents.

use std::collections::BTreeMap;

use super::finding::{Finding, FindingKind, Severity};
use super::wording::plain;
use crate::index::Generation;
use crate::policy::{DocumentKind, Metadata, Origin};

/// Fields whose inferred value a person should confirm, with their Chinese names. Kind and region are left out: hardly a
/// document states them, and a finding on every document is none; 公开属性 because what is handed over for publication is
/// public; 成文日期 because it is inferred from nothing but the date in a file's name.
const CONFIRMED: [(&str, &str); 5] = [
    ("title", "标题"),
    ("number", "发文字号"),
    ("issuers", "发文机关"),
    ("effective", "施行日期"),
    ("expires", "有效期"),
];

/// Reports what a letterhead of this kind must have and has not.
pub(super) fn missing(meta: &Metadata, findings: &mut Vec<Finding>) {
    let kind = meta.kind;
    let explains = !kind.is_authority();
    let legislation = matches!(
        kind,
        DocumentKind::Law
            | DocumentKind::Regulation
            | DocumentKind::LocalRegulation
            | DocumentKind::JudicialInterpretation
    );
    let missing = [
        ("发文字号", kind == DocumentKind::Normative && meta.number.is_none()),
        ("发文机关", !explains && !legislation && meta.issuers.is_empty()),
        ("成文或发布日期", meta.dates.issued().is_none()),
        ("标题", meta.title.trim().is_empty()),
    ];
    let names: Vec<&str> = missing.into_iter().filter(|(_, gone)| *gone).map(|(name, _)| name).collect();
    if !names.is_empty() {
        let detail = format!("缺少{}；请在文件头里补上，并在 provenance 中标为 人工", names.join("、"));
        let severity = if explains { Severity::Notice } else { FindingKind::MissingLetterhead.severity() };
        findings.push(Finding::of(FindingKind::MissingLetterhead, meta, detail).weighing(severity));
    }
}

/// Reports values that nobody but the program says.
pub(super) fn inferred(meta: &Metadata, findings: &mut Vec<Finding>) {
    let inferred =
        |field: &str| meta.origins.iter().any(|(name, from)| name == field && from.origin == Origin::Inferred);
    let names: Vec<&str> = CONFIRMED.iter().filter(|(field, _)| inferred(field)).map(|(_, name)| *name).collect();
    if !names.is_empty() {
        let detail = format!("{}由程序推定，原文没有写明；请核对，确认后标为 人工", names.join("、"));
        findings.push(Finding::of(FindingKind::InferredOnly, meta, detail));
    }
}

/// Reports values on which the places that state them do not agree.
pub(super) fn disagreements(meta: &Metadata, findings: &mut Vec<Finding>) {
    for one in &meta.disagreements {
        let (kept, other) = (one.kept_from.name(), one.other_from.name());
        let detail = format!("{}：{kept}写“{}”（已采用），{other}写“{}”；请核对", one.field, one.kept, one.other);
        findings.push(Finding::of(FindingKind::SourcesDisagree, meta, detail));
    }
}

/// Reports numbers that two different documents of the same issuer carry. Editions of one title share theirs by right.
pub(super) fn duplicates(generation: &Generation, findings: &mut Vec<Finding>) {
    let mut by_number: BTreeMap<String, Vec<&Metadata>> = BTreeMap::new();
    for meta in generation.heads().iter().map(|head| &head.meta).filter(|meta| meta.kind.is_authority()) {
        if let Some(number) = &meta.number {
            by_number.entry(number.key()).or_default().push(meta);
        }
    }
    for (number, documents) in by_number.iter().filter(|(_, documents)| documents.len() > 1) {
        for meta in documents {
            let others = documents.iter().filter(|other| differs(meta, other));
            let names: Vec<String> =
                others.map(|other| format!("《{}》（{}）", other.title, other.id)).take(3).collect();
            if !names.is_empty() {
                let shown = meta.number.as_ref().map_or_else(|| number.clone(), ToString::to_string);
                let detail = format!("{shown} 也是 {} 的文号；请核对哪一件写错了", names.join("、"));
                findings.push(Finding::of(FindingKind::DuplicateNumber, meta, detail));
            }
        }
    }
}

/// Whether two documents with one number are two works of one place.
fn differs(one: &Metadata, other: &Metadata) -> bool {
    let (a, b) = (plain(&one.title), plain(&other.title));
    // 关于印发《X》的通知 and X are one document under two titles; a gazette reprints others under their own numbers.
    let same_work = a.contains(&b) || b.contains(&a);
    let gazette = [one, other].iter().any(|meta| meta.kind == DocumentKind::Gazette);
    // One order may amend several works, each with a text of its own.
    let amends = [&a, &b].iter().all(|title| ["修正案", "修改"].iter().any(|word| title.contains(word)));
    one.id != other.id && one.region == other.region && !same_work && !gazette && !amends
}
