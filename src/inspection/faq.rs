//! Reviewed questions (常见问题): quotes that no longer stand in their document, and documents that lapsed.

use std::collections::HashSet;

use jiff::civil::Date;

use super::finding::{Finding, FindingKind};
use crate::index::Generation;
use crate::policy::validity;

/// Reports what is wrong with the questions.
pub(super) fn faqs(generation: &Generation, as_of: Date, findings: &mut Vec<Finding>) {
    let mut lapsed: HashSet<(&str, &str)> = HashSet::new();
    for faq in generation.faqs() {
        for cite in &faq.cites {
            let head = generation.by_id(&cite.document);
            let text = head.and_then(|head| generation.document(head.serial).ok());
            if !text.is_some_and(|document| document.text().contains(&cite.quote)) {
                let detail = format!("文件 {} 中没有“{}”；请按现行文本改写问答", cite.document, cite.quote);
                findings.push(Finding::about(FindingKind::FaqQuoteMissing, &faq.id, &faq.question, detail));
                continue;
            }
            let state = head.map(|head| validity(&head.meta, &head.events, as_of).state);
            if state.is_some_and(|state| !state.may_govern()) && lapsed.insert((&faq.id, cite.document.as_str())) {
                let detail = format!("所依据的文件 {} 已不具效力；请改引现行文件或撤下问答", cite.document);
                findings.push(Finding::about(FindingKind::FaqLapsed, &faq.id, &faq.question, detail));
            }
        }
    }
}
