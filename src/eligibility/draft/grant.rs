//! Grants (奖补事项): the benefits of a document, each with whom it is for.

use std::ops::Range;

use super::benefit::{Benefit, Measure, benefits, lone_ceiling};
use super::sentence::Sentence;
use super::table;

/// A benefit within a grant; ranges of the benefit count in its sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    pub(super) benefit: Benefit,
    /// The sentence it stands in.
    pub(super) sentence: usize,
    /// The words it depends on, when it is not for all whom the grant is for.
    pub(super) when: Option<Range<usize>>,
    /// The sentence that bounds it, when that is another one.
    pub(super) capped_by: Option<usize>,
}

/// What becomes one programme.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grant {
    /// The clause, as an index of the outline.
    pub(super) node: usize,
    /// Its first sentence.
    pub(super) sentence: usize,
    /// Whom it is for, in the document; empty when other sentences say so.
    pub(super) whom: Range<usize>,
    pub(super) given: Vec<Given>,
}

pattern!(
    SAYS_NOTHING,
    r"^(?:(?:其中|单个|每|同一|省级|市级|县级|市县|县|市|省|财政|最高|累计|年度|并|同时|另|再|由|将|补贴|补助|资助|奖励|返还|贴息|减免|资金|标准|金额|比例|额度|期限|总额|项目|企业|品种|按|分别|为|新增专项资金|继续|给予|一次性|不超过|一定|人民币|统一|所需|原则上|且|按规定|政策)*[：:，、\s（]*)*$"
);
pattern!(
    BEARER,
    r"(?:企业|单位|机构|工厂|车间|人员|毕业生|学生|项目|平台|中心|基地|园区|产品|奖|个人|家庭|农户|合作社|农场|场|主体|集群|药品|人才|者|商|户|站|工作室|团队)(?:（[^）]*）)?的?$"
);

/// Whether words name neither a claimant nor a condition.
pub(super) fn says_nothing(words: &str) -> bool {
    SAYS_NOTHING.is_match(words)
}

/// The grants of a document, in order.
pub(super) fn grants(document: &str, sentences: &[Sentence<'_>]) -> Vec<Grant> {
    let mut found: Vec<Grant> = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        if NOT_A_GRANT.is_match(sentence.text) {
            continue;
        }
        let benefits = benefits(sentence.text);
        if sentence.row {
            found.extend(table::row(sentences, at));
            continue;
        }
        if benefits.is_empty() {
            bound(&mut found, sentence, at);
        }
        if let [only] = &benefits[..] {
            let silent = SAYS_NOTHING.is_match(&sentence.text[only.whom.clone()]);
            let bounds =
                only.measure == Measure::UpTo && silent && found.last().is_some_and(|last| last.node == sentence.node);
            if bounds && bound(&mut found, sentence, at) {
                continue;
            }
        }
        let mut own = false;
        for benefit in benefits {
            place(&mut found, sentence, at, benefit, &mut own);
        }
    }
    for grant in &mut found {
        distribute(document, grant);
    }
    found
}

pattern!(
    NOT_A_GRANT,
    r"罚款|行政处罚|依法追究|资金总规模|力争|比\d{4}年(?:增长|提高)|总投资达|奖补资金总额|资金总额|筹集资金|每年[^，。；]{0,6}累计|^例如|累计奖励额度|累计获得|本通知所列|本措施所列|给予县（市|奖励企业所在|所在县|设区的市|骗取|追回|退回|扣减|同比"
);

/// Puts a benefit into the grant it belongs to, or begins one.
fn place(found: &mut Vec<Grant>, sentence: &Sentence<'_>, at: usize, benefit: Benefit, own: &mut bool) {
    let words = &sentence.text[benefit.whom.clone()];
    let silent = SAYS_NOTHING.is_match(words);
    let mut whom = sentence.at(&benefit.whom);
    if let Some(at) = words.rfind("，对").filter(|at| !words[..*at].contains('的')) {
        whom.start += at + '，'.len_utf8();
    }
    let begins = words.starts_with('对') || words.starts_with("凡") || BEARER.is_match(words);
    let same =
        |last: &Grant| last.given.last().is_some_and(|one| one.sentence == at && one.benefit.whom == benefit.whom);
    let same = found.last().is_some_and(same);
    let given = |when| Given { benefit, sentence: at, when, capped_by: None };
    match found.last_mut().filter(|last| last.node == sentence.node) {
        Some(last) if silent || same => {
            let when = last.given.last().filter(|_| !silent).and_then(|one| one.when.clone());
            last.given.push(given(when));
        }
        Some(last) if !begins && (*own || follows(last, at, sentence)) => last.given.push(given(Some(whom))),
        _ => {
            let whom = if silent { whom.start..whom.start } else { whom };
            found.push(Grant { node: sentence.node, sentence: at, whom, given: vec![given(None)] });
        }
    }
    *own = true;
}

/// Whether a sentence goes on from the grant before it: 次年仍保持在库的，再奖励….
fn follows(last: &Grant, at: usize, sentence: &Sentence<'_>) -> bool {
    last.given.last().is_some_and(|one| one.sentence + 1 == at) && GOES_ON.is_match(sentence.text)
}

pattern!(GOES_ON, r"^(?:次年|第二年|其中|再|另|同时|对其|以后|此后|复核|到期|转入|连续)");

/// What stands right before the first of several figures that each have their case belongs to that figure alone:
/// 300人及以上的按30%返还，300人以下的按90%返还.
fn distribute(document: &str, grant: &mut Grant) {
    let Some(sentence) = grant.given.first().map(|first| first.sentence) else { return };
    let cased = grant.given[1..].iter().any(|one| {
        let when = one.when.clone().filter(|_| one.sentence == sentence);
        when.is_some_and(|when| document[when].contains(|c: char| c.is_ascii_digit()))
    });
    let whom = &document[grant.whom.clone()];
    let last = super::requirement::parts(whom).pop();
    let Some(last) = last.filter(|last| cased && whom[last.clone()].contains(|c: char| c.is_ascii_digit())) else {
        return;
    };
    let start = grant.whom.start;
    grant.given[0].when = Some(start + last.start..start + last.end);
    grant.whom.end = start + last.start;
}

/// Takes a bound of its own sentence for the rates of the grant before it, or for its last amount.
fn bound(found: &mut [Grant], sentence: &Sentence<'_>, at: usize) -> bool {
    let last = found.last_mut().filter(|last| last.node == sentence.node);
    let Some((last, cap)) = last.zip(lone_ceiling(sentence.text)) else { return false };
    let opening = &sentence.text[..cap.range.start];
    let is_about_it = opening.contains("单个") || opening.contains('每') || SAYS_NOTHING.is_match(opening);
    let free = |one: &Given| one.benefit.ceiling.is_none() && one.benefit.measure != Measure::UpTo;
    if !is_about_it || opening.contains("累计") || opening.contains("总额") || !last.given.last().is_some_and(free)
    {
        return false;
    }
    let rates = last.given.iter().any(|one| one.benefit.measure == Measure::Rate);
    let reached = last.given.iter_mut().rev().take(if rates { usize::MAX } else { 1 });
    for given in reached.filter(|one| free(one) && (!rates || one.benefit.measure == Measure::Rate)) {
        given.benefit.ceiling = Some(cap.value);
        given.capped_by = Some(at);
    }
    true
}
