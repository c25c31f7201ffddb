//! Interpretations (解读): policies that have none, and interpretations that only repeat the policy.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::{Finding, FindingKind};
use crate::index::{Generation, Head};
use crate::policy::{DocumentKind, PolicyDocument, Validity};

/// An interpretation of which this share stands word for word in the policy explains nothing.
const COPIED_SHARE: f64 = 0.8;
/// Sentences shorter than this are found anywhere and prove nothing.
const SENTENCE_CHARS: usize = 10;
/// An interpretation of fewer characters in sentences is too short to be measured.
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

/// Reports an interpretation that only repeats the documents it interprets.
pub(super) fn copying(
    generation: &Generation,
    head: &Head,
    interpretation: &PolicyDocument,
    findings: &mut Vec<Finding>,
) {
    let policies = head.interprets.iter().filter_map(|serial| generation.document(*serial).ok());
    for policy in policies {
        let Some(share) = copied_share(interpretation.text(), policy.text()).filter(|share| *share >= COPIED_SHARE)
        else {
            continue;
        };
        let detail = format!(
            "有 {:.0}% 的文字与《{}》逐字相同；请说明背景、要点和办理方法，不要只摘抄原文",
            share * 100.0,
            policy.meta().title
        );
        findings.push(Finding::of(FindingKind::InterpretationCopies, &head.meta, detail));
    }
}

/// The share of the characters of an interpretation's sentences that stand word for word in the policy; none when there
/// is too little to measure.
fn copied_share(interpretation: &str, policy: &str) -> Option<f64> {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let policy = plain(policy);
    let (mut all, mut copied) = (0_usize, 0_usize);
    for sentence in interpretation.split(['。', '；', '\n', '！', '？']).map(plain) {
        let chars = sentence.chars().count();
        if chars >= SENTENCE_CHARS {
            all += chars;
            copied += if policy.contains(&sentence) { chars } else { 0 };
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of characters are far below 2^52")]
    (all >= MEASURED_CHARS).then(|| copied as f64 / all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copying_is_measured_by_sentences() {
        let rule =
            |n: usize| format!("第{n}条 年满{n}十周岁的老年人每人每月领取津贴{n}00元，由乡镇人民政府按月发放。\n");
        let policy: String = (1..9).map(rule).collect();
        assert!(copied_share(&policy, &policy).unwrap() > 0.99);
        let own = "为什么出台这个办法？因为县里老年人越来越多，过去的办法已经不够用，需要统一标准、简化手续，方便大家就近领取。\n"
            .repeat(4);
        assert!(copied_share(&own, &policy).unwrap() < 0.01);
        assert_eq!(copied_share("太短。", &policy), None);
    }
}
