//! Requirements (申报条件): clauses that say who may claim, for all grants in their reach.

use std::ops::Range;

use super::sentence::Sentence;
use crate::policy::{Clause, PolicyDocument};

/// How the lines of a clause of conditions hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Together {
    All,
    /// One of them is enough (下列人员, 条件之一).
    Any,
    /// None of them may be (有下列情形之一的，不予).
    None,
}

/// A clause of conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Requirement {
    /// The clause, as an index of the outline.
    pub(super) node: usize,
    pub(super) together: Together,
    /// The sentence that announces them.
    lead: Option<usize>,
    /// Its sentences, by their place in the document's sentences.
    pub(super) lines: Vec<usize>,
    /// Whether the clause is about being recognised (认定), not about the grant itself.
    pub(super) recognition: bool,
}

pattern!(
    HEADING,
    r"(?:申报|申请|补助|补贴|支持|资助|奖励|享受|借款|扶持|基本|项目|参保|贴息|发放|兑现|受理|奖补|领取)?(?:企业|单位|人员)?(?:主体|条件|对象|资格|要求)(?:和|及|与|：|:|。|$)"
);
pattern!(
    NOT_CONDITIONS,
    r"工作要求|有关要求|相关要求|组织|管理要求|材料要求|报送要求|时间要求|总体要求|推荐要求|监督|实施范围|资助范围|使用范围|支出范围|适用范围|资金|保障|任务"
);
pattern!(
    LEAD,
    r"(?:符合|具备|满足|具有)(?:了)?(?:以下|下列)(?:基本|全部|所有)?(?:各项)?(?:条件|要求|情形|标准)|(?:以下|下列)(?:基本)?(?:条件|情形|人员|对象|企业|单位|群体)(?:之一)?(?:的)?[：:，。]?|条件(?:之一|如下)|条件[：:]$"
);
pattern!(ONE_OF, r"之一|(?:以下|下列)(?:人员|对象|群体|企业|单位)");
pattern!(DENIES, r"不予|不得|不能|不享受|不属于|不纳入|取消|不受理|不再");
pattern!(RECOGNITION, r"认定(?:为)?[^，。；]{0,20}(?:应当|须|需|应|条件)|申请认定|申报认定|备案条件|评价标准");

/// The clauses of conditions of a document, in order.
pub(super) fn requirements(document: &PolicyDocument, sentences: &[Sentence<'_>]) -> Vec<Requirement> {
    let mut found: Vec<Requirement> = Vec::new();
    for clause in document.clauses() {
        let Some(mut inner) = requirement(document, sentences, &clause) else { continue };
        // Within another clause of conditions a list of its own takes its lines to itself; other lines are there already.
        for outer in &mut found {
            match inner.lead {
                Some(lead) if outer.together == Together::All => {
                    outer.lines.retain(|line| *line != lead && !inner.lines.contains(line));
                }
                _ => inner.lines.retain(|line| !outer.lines.contains(line)),
            }
        }
        if !inner.lines.is_empty() {
            found.push(inner);
        }
    }
    found
}

fn is_within(document: &PolicyDocument, node: usize, above: usize) -> bool {
    document.outline().lineage(node).contains(&above)
}

/// A heading longer than this is a sentence.
const LONGEST_HEADING: usize = 60;

fn requirement(document: &PolicyDocument, sentences: &[Sentence<'_>], clause: &Clause<'_>) -> Option<Requirement> {
    let node = clause.index();
    let own: Vec<usize> = (0..sentences.len()).filter(|&at| sentences[at].node == node).collect();
    let first = own.first().map(|&at| sentences[at].text)?;
    let is_heading = sentences[own[0]].heading && first.len() <= LONGEST_HEADING;
    let headed = is_heading && HEADING.is_match(first) && !NOT_CONDITIONS.is_match(first);
    let lead = own.iter().copied().find(|&at| {
        let text = sentences[at].text;
        LEAD.is_match(text) && !text.contains("优先") && ends_open(sentences, at)
    });
    let lead_text = lead.map_or("", |at| sentences[at].text);
    if !headed && lead.is_none() {
        return None;
    }
    let lines: Vec<usize> = (0..sentences.len())
        .filter(|&at| {
            is_within(document, sentences[at].node, node) && Some(at) != lead && !only_heads(document, sentences, at)
        })
        .filter(|&at| lead.is_none_or(|lead| at > lead))
        .collect();
    let together = match (DENIES.is_match(lead_text), ONE_OF.is_match(lead_text)) {
        (true, _) => Together::None,
        (false, true) => Together::Any,
        (false, false) => Together::All,
    };
    let recognition = RECOGNITION.is_match(lead_text) || RECOGNITION.is_match(first);
    (!lines.is_empty()).then_some(Requirement { node, together, lead, lines, recognition })
}

/// Whether a sentence announces a list: it ends with a colon, or its clause ends with it.
fn ends_open(sentences: &[Sentence<'_>], at: usize) -> bool {
    let text = sentences[at].text.trim_end_matches('。');
    text.ends_with(['：', ':']) || sentences.get(at + 1).is_none_or(|next| next.node != sentences[at].node)
}

/// Whether a sentence is a short heading over others: a heading with nothing below it is itself a statement.
fn only_heads(document: &PolicyDocument, sentences: &[Sentence<'_>], at: usize) -> bool {
    let one = &sentences[at];
    let short = one.heading && one.text.len() <= LONGEST_HEADING && !one.text.contains('，');
    short && sentences.get(at + 1).is_some_and(|next| is_within(document, next.node, one.node))
}

/// A sentence cut into its statements at commas outside brackets.
pub(super) fn parts(text: &str) -> Vec<Range<usize>> {
    let (mut parts, mut begin, mut depth) = (Vec::new(), 0, 0_u32);
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '“' | '《' => depth += 1,
            '）' | ')' | '”' | '》' => depth = depth.saturating_sub(1),
            '，' | ',' if depth == 0 && !is_figure(text, at, c) => {
                parts.push(begin..at);
                begin = at + c.len_utf8();
            }
            _ => {}
        }
    }
    let end = begin + text[begin..].trim_end_matches(['。', '；', '：', '，', ';', ' ', '　']).len();
    parts.push(begin..end);
    parts.retain(|part| !text[part.clone()].trim().is_empty());
    parts
}

/// The comma of 1,500.
fn is_figure(text: &str, at: usize, comma: char) -> bool {
    let before = text[..at].ends_with(|c: char| c.is_ascii_digit());
    comma == ',' && before && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
}
