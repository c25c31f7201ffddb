//! Interpretations (解读): policies that have none, and interpretations that only repeat the policy.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::{Finding, FindingKind};
use crate::index::{self, Copying, Generation, Head};
use crate::policy::{DocumentKind, PolicyDocument, Validity};

/// An interpretation of which this share stands word for word in the policy explains nothing.
const COPIED_SHARE: f32 = 0.8;
/// An interpretation of fewer letters is too short to be measured.
const MEASURED_CHARS: usize = 120;

/// How many policies of one department and year have no interpretation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Uninterpreted {
    /// 发文机关; joint documents count for the first one.
    pub department: String,
    /// The year of issue; none when it is not known.
    pub year: Option<i16>,
    /// Normative documents in force.
    pub policies: usize,
    /// Those without an interpretation.
    pub without: usize,
}

/// Counts policies by department and year.
#[derive(Default)]
pub(super) struct Tally(BTreeMap<(String, Option<i16>), (usize, usize)>);

impl Tally {
    /// Takes a document into the count, and reports it when it has no interpretation.
    pub(super) fn take(&mut self, head: &Head, state: Validity, findings: &mut Vec<Finding>) {
        let meta = &head.meta;
        if meta.kind != DocumentKind::Normative || state != Validity::InForce {
            return;
        }
        let department = meta.issuers.first().cloned().unwrap_or_else(|| "（机关不明）".to_owned());
        let year = meta.dates.issued().map(|day| day.year());
        let (policies, without) = self.0.entry((department, year)).or_default();
        *policies += 1;
        if head.interpreted_by.is_empty() {
            *without += 1;
            let detail = "现行有效的规范性文件没有关联解读；请补发解读，或在解读的文件头里写明 interprets".to_owned();
            findings.push(Finding::of(FindingKind::WithoutInterpretation, meta, detail));
        }
    }

    /// The table, by department, then year.
    pub(super) fn table(self) -> Vec<Uninterpreted> {
        let row = |((department, year), (policies, without))| Uninterpreted { department, year, policies, without };
        self.0.into_iter().map(row).filter(|row: &Uninterpreted| row.without > 0).collect()
    }
}

/// Reports an interpretation that only repeats the documents it interprets, or is nothing but their headings.
pub(super) fn copying(
    generation: &Generation,
    head: &Head,
    interpretation: &PolicyDocument,
    findings: &mut Vec<Finding>,
) {
    let policies = head.interprets.iter().filter_map(|serial| generation.document(*serial).ok());
    for policy in policies {
        let copied = index::copying(interpretation.text(), policy.text());
        if let Some(detail) = fault(&copied, &policy.meta().title) {
            findings.push(Finding::of(FindingKind::InterpretationCopies, &head.meta, detail));
        }
    }
}

/// What is wrong with an interpretation that copies so much of a policy.
fn fault(copied: &Copying, policy: &str) -> Option<String> {
    if copied.characters < MEASURED_CHARS {
        return None;
    }
    if copied.verbatim_share >= COPIED_SHARE {
        return Some(format!(
            "有 {:.0}% 的文字与《{policy}》逐字相同；请说明背景、要点和办理方法，不要只摘抄原文",
            copied.verbatim_share * 100.0
        ));
    }
    copied.bare_headings.then(|| format!("只列出《{policy}》的各级标题，没有说明；请补充背景、要点和办理方法"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_and_bare_headings_are_told() {
        let rule =
            |n: usize| format!("第{n}条 年满{n}十周岁的老年人每人每月领取津贴{n}00元，由乡镇人民政府按月发放。\n");
        let policy: String = (1..9).map(rule).collect();
        let fault_of = |text: &str| fault(&index::copying(text, &policy), "办法");
        assert!(fault_of(&policy).is_some_and(|detail| detail.contains("100%")));
        let own = "为什么出台这个办法？因为县里老年人越来越多，过去的办法已经不够用，需要统一标准、简化手续，方便大家就近领取。\n"
            .repeat(4);
        assert_eq!((fault_of(&own), fault_of("太短。")), (None, None));
        let headings: String = (1..20).map(|n| format!("{n}．关于津贴发放的第{n}个方面的安排\n")).collect();
        assert!(fault_of(&headings).is_some_and(|detail| detail.contains("标题")));
    }
}
