//! Clauses of the same document that say where to go, what to bring and how it goes on.

use std::sync::LazyLock;

use regex::Regex;

use crate::policy::{ClauseKind, PolicyDocument};
use crate::query::{AnswerType, InformationNeed};

use super::super::{NextStep, Quoted, StepKind};
use super::office::Office;

patterns! {
    PLACE = r"(?:到|向|在|登录|通过|前往)[^。；]{1,30}(?:窗口|服务中心|服务站|便民|村（居）|居委会|村委会|乡镇|街道|平台|小程序|网站|APP|客户端|派出所|大厅)[^。；]{0,12}(?:申请|办理|提出|申报|提交|领取|登记|受理|申领)|(?:申请|申报|办理|受理)(?:地点|窗口|渠道|网址|入口)";
    MATERIAL = r"(?:下列|以下|申请|申报|所需|有关)材料|(?:提交|提供|携带|持|出示)[^。；]{0,24}(?:身份证|户口簿|申请表|营业执照|证明|协议|发票)";
    PROCEDURE = r"(?:下列|以下)(?:程序|流程|步骤)|(?:办理|申报|申请|审核|审批)(?:程序|流程)|(?:受理|初审|审核)[^。；]{0,40}(?:公示|拨付|发放|确认)";
    IN_CHARGE = r"负责|主管|牵头|受理|组织实施|具体实施";
}

/// The steps that a clause may say, with the kinds of answer that already are such a clause.
fn kinds() -> [(StepKind, &'static LazyLock<Regex>, &'static [AnswerType]); 3] {
    [
        (StepKind::Place, &PLACE, &[AnswerType::Place, AnswerType::Procedure]),
        (StepKind::Material, &MATERIAL, &[AnswerType::Material]),
        (StepKind::Procedure, &PROCEDURE, &[AnswerType::Procedure]),
    ]
}

/// Clauses beside the quoted one that say where, with what and how; the nearest of each kind.
pub(super) fn dealings(need: &InformationNeed, quotes: &[Quoted], first: &Quoted) -> Vec<NextStep> {
    kinds()
        .into_iter()
        .filter(|(_, _, answered)| !need.answer_types.iter().any(|kind| answered.contains(kind)))
        .filter_map(|(kind, form, _)| step(kind, form, quotes, first))
        .collect()
}

fn step(kind: StepKind, form: &Regex, quotes: &[Quoted], first: &Quoted) -> Option<NextStep> {
    let document = &first.document;
    let says = |index: usize| citable(document, index).is_some_and(|text| form.is_match(text));
    let places = 0..document.outline().nodes().len();
    let index = places.filter(|index| says(*index)).min_by_key(|index| index.abs_diff(first.node))?;
    let clause = document.clause_at(index)?;
    let quote = quotes.iter().position(|quoted| quoted.document.id() == document.id() && quoted.node == index);
    Some(NextStep {
        kind,
        name: clause.path().last().map_or_else(|| clause.label().to_owned(), |last| shortened(clause.label(), last)),
        quote,
        url: Some(format!("/documents/{}#{}", document.id(), clause.id())),
        ..NextStep::default()
    })
}

/// The label with its heading, where the heading says more.
fn shortened(label: &str, heading: &str) -> String {
    /// A heading of more characters is a sentence.
    const HEADING: usize = 24;
    if heading.contains(label) && heading.chars().count() <= HEADING { heading.to_owned() } else { label.to_owned() }
}

/// The words of a clause that can be pointed at by itself: with its list, when it opens one.
fn citable(document: &PolicyDocument, index: usize) -> Option<&str> {
    let node = document.outline().nodes().get(index)?;
    let labelled = !node.label.is_empty() && !matches!(node.kind, ClauseKind::Title | ClauseKind::Row);
    labelled.then(|| document.text().get(node.start..node.own_end)).flatten()
}

/// The office that the document itself puts in charge: the first clause that names one with what it is charged with.
pub(super) fn in_charge(office: &Office<'_>, quoted: &Quoted) -> Option<NextStep> {
    let document = &quoted.document;
    (0..document.outline().nodes().len()).find_map(|index| {
        let text = citable(document, index)?;
        let sentence = text.split('。').find(|sentence| IN_CHARGE.is_match(sentence))?;
        let name = office.named_in(sentence).into_iter().next()?;
        let after = &sentence[sentence.find(&name)? + name.len()..];
        let charged = IN_CHARGE.find(after).is_some_and(|found| !after[..found.start()].contains(['，', '；', '、']));
        let clause = document.clause_at(index)?;
        let url = format!("/documents/{}#{}", document.id(), clause.id());
        charged.then(|| NextStep { url: Some(url), ..office.step(&name, None) })
    })
}
