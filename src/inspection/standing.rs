//! Standing (效力): what expires, what has expired, and what still rests on repealed documents.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::finding::{Finding, FindingKind};
use super::wording::plain;
use crate::index::{Generation, Head};
use crate::policy::{PolicyDocument, RelationKind, Validity, ValidityVerdict, validity};

/// A document whose validity ends within this many days is reported in time to renew it.
const EXPIRING_DAYS: i64 = 90;
/// Shortest title by which a document is known in a running text: 《条例》 may be any.
const MIN_TITLE_CHARS: usize = 6;

pattern!(TITLED, "《([^《》]{2,120})》");
pattern!(ENDS_IT, "废止|失效|停止执行|不再执行|替代|修改|修订|原《");

/// The documents that ended, by title, for finding mentions of them.
pub(super) struct Ended<'g> {
    by_title: HashMap<String, &'g Head>,
}

impl<'g> Ended<'g> {
    /// Titles that belong to ended documents only.
    pub(super) fn of(generation: &'g Generation, as_of: Date) -> Self {
        let mut by_title: HashMap<String, Option<&'g Head>> = HashMap::new();
        for head in generation.heads().iter().filter(|head| head.meta.kind.is_authority()) {
            let ended = validity(&head.meta, &head.events, as_of).state == Validity::Repealed;
            let known = by_title.entry(plain(&head.meta.title)).or_insert_with(|| ended.then_some(head));
            // One edition that holds, or another place's document of the same title: the mention may mean that one.
            if !ended || known.is_some_and(|other| other.meta.region != head.meta.region) {
                *known = None;
            }
        }
        Self { by_title: by_title.into_iter().filter_map(|(title, head)| Some((title, head?))).collect() }
    }
}

/// What the period of a document gives reason to report.
pub(super) fn period(head: &Head, verdict: &ValidityVerdict, as_of: Date, findings: &mut Vec<Finding>) {
    let soon = as_of.saturating_add(EXPIRING_DAYS.days());
    let meta = &head.meta;
    match (verdict.state, meta.dates.expires) {
        // What holds past its end was prolonged.
        (Validity::InForce, Some(until)) if (as_of..=soon).contains(&until) => {
            let detail = format!("有效期至{until}；请在到期前评估，决定延续、修订或者废止");
            findings.push(Finding::of(FindingKind::Expiring, meta, detail));
        }
        (Validity::Expired, _) => {
            let detail = format!("{}；请公布失效，或者印发延续有效期的文件", verdict.basis);
            findings.push(Finding::of(FindingKind::Expired, meta, detail));
        }
        _ => {}
    }
}

/// Relations of a document in force that lead to a repealed one.
pub(super) fn bases(generation: &Generation, head: &Head, as_of: Date, ended: &Ended<'_>, findings: &mut Vec<Finding>) {
    let rests = |kind| matches!(kind, RelationKind::BasedOn | RelationKind::Forwards);
    let mut named: Vec<u32> =
        head.related.iter().filter(|r| r.outgoing && rests(r.kind)).map(|related| related.serial).collect();
    named.sort_unstable();
    named.dedup();
    for target in named.into_iter().filter_map(|serial| generation.head(serial)) {
        let verdict = validity(&target.meta, &target.events, as_of);
        // A basis of which a later edition holds is still a basis.
        let gone = ended.by_title.contains_key(&plain(&target.meta.title));
        if verdict.state == Validity::Repealed && gone {
            let detail = format!("依据{}，后者已废止（{}）；请核对是否需要修订", target.meta.name(), verdict.basis);
            findings.push(Finding::of(FindingKind::BasedOnRepealed, &head.meta, detail));
        }
    }
}

/// Repealed documents that a text in force names by title, other than to end them.
pub(super) fn mentions(head: &Head, document: &PolicyDocument, ended: &Ended<'_>, findings: &mut Vec<Finding>) {
    let text = document.text();
    let mut seen: Vec<&str> = Vec::new();
    for found in TITLED.captures_iter(text) {
        let (Some(whole), Some(title)) = (found.get(0), found.get(1)) else { continue };
        if title.as_str().chars().count() < MIN_TITLE_CHARS || seen.contains(&title.as_str()) {
            continue;
        }
        let Some(target) = ended.by_title.get(&plain(title.as_str())) else { continue };
        let related = head.related.iter().any(|related| related.serial == target.serial);
        let own = plain(&head.meta.title).contains(&plain(title.as_str()));
        if target.serial == head.serial || related || own || ENDS_IT.is_match(sentence(text, whole.start())) {
            continue;
        }
        seen.push(title.as_str());
        let detail = format!("正文引用的{}已废止；请核对引用，必要时修订", target.meta.name());
        findings.push(Finding::of(FindingKind::RefersToRepealed, &head.meta, detail).at(document, whole.start()));
    }
}

/// The sentence around a byte of a text.
pub(super) fn sentence(text: &str, at: usize) -> &str {
    let stops = ['。', '；', '\n'];
    let start = text[..at].rfind(stops).map_or(0, |stop| stop + text[stop..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(stops).map_or(text.len(), |stop| at + stop);
    &text[start..end]
}
