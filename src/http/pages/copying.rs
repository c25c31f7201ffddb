//! Copying (复制): the answer as plain text that never goes without its citations.

use std::collections::HashSet;

use super::labels;
use super::quotes::Passage;
use crate::contract::{AnswerJson, CitationJson};

/// Said below every copy.
const CLOSING: &str = "（由政答从所列文件逐字引用，以文件原文为准。）";

/// The answer as plain text. Addresses begin with a slash: the page puts its own origin before them.
pub(super) fn plain(answer: &AnswerJson, passages: &[Passage]) -> String {
    let place = answer.region.as_ref().map(|region| format!("，{}", region.name)).unwrap_or_default();
    let mut lines = vec![
        format!("问：{}", answer.question),
        format!("答（{}，按{}的规定{place}）：", answer.status.label(), labels::day(&answer.as_of)),
    ];
    let said = passages.iter().any(|passage| passage.text() == answer.message);
    lines.extend((!said && !answer.message.is_empty()).then(|| answer.message.clone()));
    lines.extend(answer.notes.iter().cloned());
    for passage in passages {
        lines.push(passage.text().to_owned());
        let cited = passage.numbers().iter();
        let cited = cited.filter_map(|number| answer.citations.iter().find(|one| one.number == *number));
        let mut sources: Vec<String> = cited.flat_map(source).collect();
        let mut seen = HashSet::new();
        sources.retain(|line| seen.insert(line.clone()));
        lines.extend(sources);
    }
    lines.extend(answer.missing.iter().map(|missing| format!("文件未写明：{missing}")));
    for step in answer.next_steps.iter().filter(|step| step.phone.is_some()) {
        let name = step.office.as_ref().unwrap_or(&step.name);
        let place = step.address.as_ref().map(|address| format!("，{address}")).unwrap_or_default();
        lines.push(format!("联系：{name}，电话{}{place}", step.phone.as_deref().unwrap_or_default()));
    }
    lines.push(CLOSING.to_owned());
    lines.join("\n")
}

/// Where a quote stands, in the customary form: 《title》（number）clause, validity, day, address.
fn source(citation: &CitationJson) -> [String; 2] {
    let document = &citation.document;
    let number = document.document_number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
    let issued = document.issued.as_ref().map(|day| format!("，{}印发", labels::day(day))).unwrap_or_default();
    let (_, badge) = labels::badge(document);
    let example = if document.example { "，示例文件" } else { "" };
    [
        format!("——{}{number}{}，{badge}{issued}{example}", labels::titled(&document.title), citation.clause.label),
        format!("原文：{}", citation.clause.url),
    ]
}
