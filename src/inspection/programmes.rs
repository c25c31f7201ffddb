//! Programmes (惠企/惠民政策事项): files refused, bases that no longer stand, and what to look at again after a change.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::finding::{Finding, FindingKind, Severity};
use crate::corpus::Programmes;
use crate::index::{Generation, Head};
use crate::policy::programme::{Basis, BasisFault, SupportProgramme};
use crate::policy::{LifeEventKind, PolicyDocument, clause_status, validity};

/// Digits of a digest that `reviewed.texts` must give at least.
const LEAST_DIGEST: usize = 8;
/// Digits of a digest that a finding proposes.
const DIGEST: usize = 12;

/// Reports what is wrong with the programmes of a library.
pub(super) fn programmes(generation: &Generation, programmes: &Programmes, as_of: Date, findings: &mut Vec<Finding>) {
    for fault in &programmes.faults {
        findings.push(Finding::about(FindingKind::ProgrammeRefused, &fault.file, &fault.file, fault.what.as_str()));
    }
    for programme in &programmes.book.programmes {
        let inspected = Inspected { generation, programme, as_of };
        let mut documents = BTreeSet::new();
        for (key, basis) in &programme.bases {
            findings.extend(inspected.basis(key, basis));
            documents.insert(&basis.document);
        }
        for head in documents.into_iter().filter_map(|id| generation.by_id(id)) {
            findings.extend(inspected.standing(head));
            findings.extend(inspected.review(head));
        }
    }
}

struct Inspected<'a> {
    generation: &'a Generation,
    programme: &'a SupportProgramme,
    as_of: Date,
}

impl Inspected<'_> {
    fn finding(&self, kind: FindingKind, detail: String) -> Finding {
        Finding::about(kind, &self.programme.id, &self.programme.name, detail)
    }

    /// A basis whose document, clause or words are not there.
    fn basis(&self, key: &str, basis: &Basis) -> Option<Finding> {
        let Some(head) = self.generation.by_id(&basis.document) else {
            let detail = format!("依据 {key}：库中没有主动公开的文件 {}；请导入文件或改写依据", basis.document);
            return Some(self.finding(FindingKind::ProgrammeBasisMissing, detail));
        };
        let document = self.generation.document(head.serial).ok()?;
        match basis.resolve(&document) {
            Ok(_) => self.clause(key, basis, head, &document),
            Err(fault @ BasisFault::ClauseMissing(_)) => {
                let detail = format!("依据 {key}：{} {fault}", basis.document);
                Some(self.finding(FindingKind::ProgrammeBasisMissing, detail))
            }
            Err(fault @ BasisFault::QuoteMissing { .. }) => {
                let detail = format!("依据 {key}：{} {fault}", basis.document);
                Some(self.finding(FindingKind::ProgrammeQuoteMissing, detail))
            }
        }
    }

    /// The day on which the programme must hold: the day asked about, or the nearest day of its period.
    fn day(&self) -> Date {
        let from = self.programme.from.unwrap_or(self.as_of).max(self.as_of);
        self.programme.until.map_or(from, |until| from.min(until))
    }

    /// A clause that was repealed, or does not hold yet, while its document does.
    fn clause(&self, key: &str, basis: &Basis, head: &Head, document: &PolicyDocument) -> Option<Finding> {
        let labels = [basis.clause.as_str()];
        let status = clause_status(document.meta(), &head.events, &labels, self.day());
        let verdict = status.verdict().filter(|verdict| !verdict.state.may_govern())?;
        // A programme that cites what changed the clause has taken the change in.
        if self.programme.bases.values().any(|other| Some(&other.document) == verdict.by.as_ref()) {
            return None;
        }
        let detail = format!("依据 {key}：{}{}，{}；请核对条件和待遇", head.meta.name(), basis.clause, verdict.basis);
        Some(self.finding(FindingKind::ProgrammeTouched, detail))
    }

    /// A document that does not hold on the day.
    fn standing(&self, head: &Head) -> Option<Finding> {
        let day = self.day();
        let verdict = validity(&head.meta, &head.events, day);
        if verdict.state.may_govern() {
            return None;
        }
        let name = head.meta.name();
        let detail = format!(
            "所依据的{name}在{day}{}：{}；请改引现行文件，或写明事项的 until",
            verdict.state.label(),
            verdict.basis
        );
        Some(self.finding(FindingKind::ProgrammeLapsed, detail))
    }

    /// A document that changed since a person last compared the programme with it.
    fn review(&self, head: &Head) -> Option<Finding> {
        let reviewed = self.programme.reviewed.as_ref()?;
        let name = head.meta.name();
        let known = reviewed.texts.get(&head.meta.id);
        if known.is_some_and(|digest| digest.len() < LEAST_DIGEST || !head.text_sha256.starts_with(digest.as_str())) {
            let now = head.text_sha256.get(..DIGEST).unwrap_or_default();
            let detail =
                format!("{name}的正文自 {} 核对以来有改动；请核对后把 reviewed.texts 中的摘要改为 {now}", reviewed.on);
            return Some(self.finding(FindingKind::ProgrammeTouched, detail));
        }
        let newer = |event: &&crate::policy::LifeEvent| {
            let changes = event.kind.ends() || event.kind == LifeEventKind::Amended;
            changes && event.on.is_some_and(|on| on > reviewed.on)
        };
        let event = head.events.iter().find(newer)?;
        let detail = format!("{name}{}，晚于 {} 的核对；请核对后更新 reviewed.on", event.told(), reviewed.on);
        Some(self.finding(FindingKind::ProgrammeTouched, detail).weighing(Severity::Warning))
    }
}
