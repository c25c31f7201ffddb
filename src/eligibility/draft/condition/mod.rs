//! Conditions (条件): what of a phrase the fact vocabulary can hold, and what is left for a person.

mod choice;
mod place;
mod threshold;
mod time;
mod yes_no;

use std::ops::Range;

use super::vocabulary::Vocabulary;

/// A test on one fact, in the words of the data format.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Is(bool),
    In(Vec<String>),
    NotIn(Vec<String>),
    HasAny(Vec<String>),
    /// `at_least`, `at_most`, `more_than` or `less_than`.
    Number(&'static str, f64),
    /// `within_months` or `at_least_months`.
    Months(&'static str, u32),
    Within(String),
}

/// A condition found in a phrase.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) fact: String,
    /// The fact it is compared with, when the condition is a share (占职工总数的10%).
    pub(super) of: Option<String>,
    pub(super) test: Test,
    /// The words it was read from, in the phrase.
    pub(super) at: Range<usize>,
}

impl Found {
    fn new(fact: impl Into<String>, test: Test, at: Range<usize>) -> Self {
        Self { fact: fact.into(), of: None, test, at }
    }
}

/// What the reading of a phrase rests on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    /// 企业 or 个人: only facts about the one who applies.
    pub(super) audience: &'a str,
    /// The place of the document: its code and its names in the text (本县, 我县, 青禾县).
    pub(super) place: Option<(&'a str, &'a [String])>,
}

/// A phrase read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Reading {
    pub(super) found: Vec<Found>,
    /// Whether the phrase says more than the conditions found.
    pub(super) open: bool,
}

pattern!(ALTERS, r"或者|或|除外|但|不含|以外|原则上|不受|视同|优先|一般|可以不|酌情|任一|之一|其中|分别|不限|特殊");
pattern!(
    FILLER,
    r"严重|信用|税收缴纳|缴纳税收|符合条件|符合规定|符合上述[^，]{0,6}条件|按规定|依法|应当|必须|须|应|同时|具备|具有|满足|符合|以下|下列|条件|申报|申请|享受|单位|企业|法人|公司|机构|主体|用人|个人|人员|对象|本人|对于|对|凡|的|且|并|和|与|及|在|为|是|经|被|由|于|年度|上年|上一|当年|新|已|列入|纳入|名单|情形|行为|记录|情况|无|未|没有|不|发生|存在|通过|获得|取得|认定|评定|评为|命名|以|范围|内|行政区域|境内|工商|登记|注册|设立|成立|等|一|个|家|其|了|至|规模|达到|实际|人民币|[，。；：、（）()“”\s　]"
);

/// Reads the conditions of a phrase. What alters a condition (或者, 但, 除外) leaves the whole phrase to a person.
pub(super) fn read(phrase: &str, ground: Ground<'_>) -> Reading {
    let mut found = threshold::read(phrase, ground);
    found.extend(time::read(phrase, ground));
    found.extend(place::read(phrase, ground));
    found.extend(choice::read(phrase, ground));
    found.extend(yes_no::read(phrase, ground));
    let found = whole_lists(phrase, disjoint(found));
    if found.is_empty() || (ALTERS.is_match(&uncovered(phrase, &found)) && !names_two_kinds(phrase, &found)) {
        return Reading { found: Vec::new(), open: is_statement(phrase) };
    }
    let open = is_statement(&uncovered(phrase, &found));
    Reading { found, open }
}

pattern!(MARKS, r"^(?:、|和|及|以及|或|或者|与)+$");
pattern!(LISTS, r"、|以及|和|及|与");

/// Joins the values of one list, and gives up a list of which only some members are values.
fn whole_lists(phrase: &str, found: Vec<Found>) -> Vec<Found> {
    let mut joined: Vec<Found> = Vec::new();
    for one in found {
        if let Some(last) = joined.last_mut().filter(|last| last.fact == one.fact) {
            let listed = MARKS.is_match(&phrase[last.at.end..one.at.start]);
            if let (true, Test::HasAny(all) | Test::In(all), Test::HasAny(more) | Test::In(more)) =
                (listed, &mut last.test, &one.test)
            {
                all.extend(more.iter().cloned());
                last.at.end = one.at.end;
                continue;
            }
        }
        joined.push(one);
    }
    for one in &mut joined {
        if let Test::HasAny(all) | Test::In(all) = &mut one.test {
            let mut seen = std::collections::HashSet::new();
            all.retain(|value| seen.insert(value.clone()));
        }
    }
    let twice: Vec<String> = joined.iter().map(|one| one.fact.clone()).collect();
    let twice = |fact: &str| twice.iter().filter(|other| *other == fact).count() > 1;
    joined.retain(|one| !twice(&one.fact) || !matches!(one.test, Test::HasAny(_) | Test::In(_)));
    let partial = LISTS.is_match(&uncovered(phrase, &joined));
    joined.retain(|one| !partial || !matches!(one.test, Test::HasAny(_) | Test::In(_)));
    joined
}

pattern!(TWO_KINDS, r"^的[^，。；的0-9]{2,16}或者?[^，。；的0-9]{2,16}$");

/// Whether all that alters the phrase is a choice between two kinds of claimants at its end (…的甲企业或者乙企业).
fn names_two_kinds(phrase: &str, found: &[Found]) -> bool {
    let end = found.iter().map(|one| one.at.end).max().unwrap_or_default();
    TWO_KINDS.is_match(phrase[end..].trim_end_matches(['，', '。', '；']))
}

/// Whether words remain when what any application says of itself is taken away.
fn is_statement(text: &str) -> bool {
    !FILLER.replace_all(text, "").trim().is_empty()
}

/// Longer finds win over shorter ones that lie in them.
fn disjoint(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| (one.at.start, std::cmp::Reverse(one.at.end)));
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        if kept.last().is_none_or(|last| last.at.end <= one.at.start) {
            kept.push(one);
        }
    }
    kept
}

fn uncovered(phrase: &str, found: &[Found]) -> String {
    let (mut rest, mut from) = (String::new(), 0);
    for one in found {
        rest.push_str(&phrase[from..one.at.start]);
        rest.push(' ');
        from = one.at.end;
    }
    rest.push_str(&phrase[from..]);
    rest
}
