//! Text for the work order (工单): the question, what was said, what it rests on, who is responsible.

use super::super::labels;
use super::phrases;
use super::words::Spoken;
use crate::consultation::RunnerUp;
use crate::contract::{AnswerJson, CitationJson, CitedClauseJson, CitedDocumentJson};

/// The question as it was asked, and what it means after the one before.
fn asked(answer: &AnswerJson) -> String {
    let meant = answer.understood.standalone.as_ref().filter(|meant| **meant != answer.question);
    let meant = meant.map(|meant| format!("（接上问：{meant}）")).unwrap_or_default();
    format!("【来电问题】{}{meant}", answer.question)
}

/// Text for the work order.
pub(super) fn order(answer: &AnswerJson, spoken: &[Spoken], unit: Option<&str>) -> String {
    let mut lines = vec![asked(answer)];
    let region = answer.region.as_ref().map_or("未限定", |region| region.name.as_str());
    lines.push(format!("【适用地区】{region}　【按何日规定】{}", answer.as_of));
    let said: Vec<String> = spoken.iter().map(Spoken::line).collect();
    lines.push(format!("【答复口径】{}", said.concat()));
    if !answer.citations.is_empty() {
        lines.push("【政策依据】".to_owned());
        lines.extend(answer.citations.iter().map(basis));
    }
    if !answer.missing.is_empty() {
        lines.push(format!("【文件未写明】{}", answer.missing.join("；")));
    }
    lines.extend(unit.map(|unit| format!("【承办单位】{unit}")));
    lines.push(format!("【处理方式】{}", phrases::handling(answer.status)));
    lines.join("\n")
}

/// Text for the work order when the agent rests the reply on a clause that the answer did not cite.
pub(super) fn chosen_order(answer: &AnswerJson, runner: &RunnerUp, unit: Option<&str>) -> String {
    let region = answer.region.as_ref().map_or("未限定", |region| region.name.as_str());
    let quote = runner.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = vec![
        asked(answer),
        format!("【适用地区】{region}　【按何日规定】{}", answer.as_of),
        "【政策依据】（坐席选用）".to_owned(),
        format!("1．{}", in_full(&runner.document, &runner.clause, &quote)),
    ];
    lines.extend(unit.map(|unit| format!("【承办单位】{unit}")));
    lines.push("【处理方式】坐席核对原文后答复来电人。".to_owned());
    lines.join("\n")
}

/// A citation with its number.
fn basis(cited: &CitationJson) -> String {
    let quote = cited.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}．{}", cited.number, in_full(&cited.document, &cited.clause, &quote))
}

/// A clause in the customary form, with validity, dates and the place by which it is found again.
fn in_full(document: &CitedDocumentJson, clause: &CitedClauseJson, quote: &str) -> String {
    let number = document.document_number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
    let from = document.effective.as_ref().map(|day| format!("，{day}起施行"));
    let until = document.expires.as_ref().map(|day| format!("，有效期至{day}"));
    let dates = from.into_iter().chain(until).collect::<String>();
    let example = if document.example { "；示例文件，不作真实依据" } else { "" };
    format!(
        "{}{number}{}：“{quote}”（{}{dates}；编号{}#{}{example}）",
        labels::titled(&document.title),
        clause.label,
        labels::badge(document).1,
        document.id,
        clause.id,
    )
}
