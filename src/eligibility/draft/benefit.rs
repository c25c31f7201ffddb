//! Benefits (扶持内容): which of a sentence's quantities are granted, to whom, up to what.

use std::ops::Range;

use super::quantity::{Kind, Quantity, quantities};

/// What a quantity does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Amount,
    Rate,
    Ceiling,
}

/// How a benefit is reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// A fixed amount in yuan.
    Amount,
    /// An amount that the text only bounds.
    UpTo,
    /// A share of something that is paid out.
    Rate,
    /// A share of something that need not be paid.
    Reduction,
}

/// One benefit as its sentence states it; ranges count in the sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Benefit {
    pub(super) measure: Measure,
    pub(super) value: f64,
    /// The lower end of a range of amounts.
    pub(super) from: Option<f64>,
    /// What the share is taken of.
    pub(super) base: Option<Range<usize>>,
    pub(super) ceiling: Option<f64>,
    /// Whether the share itself is the most that is given (不超过…的30%).
    pub(super) at_most: bool,
    /// 一次性, 每人, 每人每月 …
    pub(super) per: Option<Range<usize>>,
    /// Whom or what it is for, between the benefit before and this one.
    pub(super) whom: Range<usize>,
    /// The quantity itself.
    pub(super) at: Range<usize>,
    /// Which of a list it is for (国家级、省级 … 分别).
    pub(super) member: Option<Range<usize>>,
}

pattern!(
    GRANTED_BEFORE,
    r"(?:给予|予以|奖励|奖补|补贴|补助|资助|补偿|返还|减免|发放|贴息|支持|奖|(?:标准|金额|额度)(?:统一)?(?:由[^，。；]{1,14})?(?:为|是|：|:|提高到|提高至|调整为|调整到|标准)?)[^，。；0-9%％]{0,16}$|按照?每[^，。；]{1,8}$"
);
pattern!(
    GRANTED_AFTER,
    r"^(?:人民币|以内|（含）)?(?:标准)?[^，。；0-9]{0,24}?(?:奖励|奖补|补贴|补助|资助|补偿|支持|贴息|返还|津贴|(?:标准|比例)(?:给予|发放|执行|计发)|奖金)"
);
pattern!(
    CAPPED,
    r"(?:不超过|不高于|最高(?:限额|额度)?(?:可达|可|为|给予|奖励|补贴|补助|资助|支持)?|上限(?:为|是)?|限额(?:为|是)?|封顶(?:为)?|最多|以内)[^，。；0-9、]{0,12}$"
);
pattern!(
    SHARE_GIVEN_BEFORE,
    r"(?:按照?|给予|予以|返还|补贴|补助|补偿|奖励|资助|贴息|减免|减征|补偿|(?:标准|比例)(?:为|是|由[^，。；]{1,12})?)[^，。；]{0,40}$"
);
pattern!(
    SHARE_GIVEN_AFTER,
    r"^(?:的?(?:标准|比例|额度|资金|幅度|费率)?[^，。；0-9]{0,12}?(?:给予|予以|补贴|补助|补偿|奖励|资助|返还|贴息|支持|发放|减免|减征|代偿|奖补)|，?(?:给予|予以)|[的]?(?:、|，|；|。|$)|[的]?[^，。；]{0,24}(?:补贴|补助|奖励|资助|支持))"
);
pattern!(
    THRESHOLD_BEFORE,
    r"(?:不少于|不低于|达到|达|(?:^|[^不])高于|大于|占[^，。；]{0,24}|比重|裁员率|利率|税率|失业率|费率|(?:^|[^不])超过|不足|未满|满|至少|下浮|增长|提高|下降|降低|缴费基数|完成|每(?:增加|新增|投入)[^，。；]{0,12}|由|从|持股[^，。；]{0,6})[^，。；、0-9]{0,8}$"
);
pattern!(
    THRESHOLD_AFTER,
    r"^(?:的?人民币)?(?:（含[^）]{0,8}）|\(含\))?(?:及其?以上|及以下|以上|以下|或以上|（含）以上|（含）以下|以内的|的?基础上|的?费率|—|-|提高到|提高至|调整为|调整到|增加到)"
);
pattern!(
    NOT_GRANTED,
    r"罚款|处以|没收|违法所得|滞纳金|收费标准|预算安排|安排[^，。；]{0,10}专项资金|筹集|违约金|投入资金|缴存|缴费标准|工程款"
);
pattern!(
    LIST_GAP,
    r"^(?:人民币)?(?:/[年月天人])?(?:（[^）]{0,20}）)?\s*(?:、|和|及|以及|与|，)\s*(?:[（(]?[^，。；、0-9]{0,12}[）)]?)?$"
);
pattern!(
    PER,
    r"一次性|每生每(?:月|年|学年|天|学期)|每(?:招用|吸纳|新增|培养)[^，。；0-9]{0,6}[1一](?:人|名|家)|每人每(?:月|年|学年|天|学期)|每(?:家|户|人|头|个|项|件|亩|吨|辆|台|套|枚|支|名|月|年|场|平方米|课时|学年|只|次|篇|栏位|株|立方米)(?:每(?:月|年|学年|天))?|单个(?:项目|企业|品种|集成商|机构)"
);
pattern!(REDUCED, r"减免|减征|减收|降低|优惠|减按|折");
pattern!(
    BEGINS_TO_GIVE,
    r"(?:，|^)(?:则|可以?|将|继续|并|再|还|省级|由[^，。；]{2,24}?)*(?:一次性|分别|每[^，。；、]{1,4}|统一|定额)*(?:按照?|给予|予以|享受|奖励|补贴|补助|资助|发放|补偿|返还)"
);
pattern!(
    GIVES,
    r"(?:继续|再|可|将|并|另)?(?:每(?:人|家|户|头|个|项|件|亩|吨|枚|支|名|场|只|栏位)(?:每[月年])?)?(?:一次性|分别|最高|继续|再)*(?:给予|予以|按照?|奖励|补贴|补助|资助|发放|补偿|返还|贴息|奖补|减免|(?:补贴|补助|资助|奖励|救助|发放)标准)"
);

/// The benefits a sentence grants, in order.
pub(super) fn benefits(text: &str) -> Vec<Benefit> {
    if NOT_GRANTED.is_match(text) {
        return Vec::new();
    }
    let quantities = quantities(text);
    let roles = roles(text, &quantities);
    let mut found: Vec<Benefit> = Vec::new();
    for (at, quantity) in quantities.iter().enumerate() {
        let before = found.last().map_or(0, |benefit| benefit.at.end);
        match roles[at] {
            Some(Role::Ceiling) => cap(text, &mut found, quantity, before),
            Some(role) => found.push(benefit(text, quantity, role, before)),
            None => {}
        }
    }
    name_members(text, &mut found);
    found
}

/// The bound a sentence sets to what another one grants (单个项目最高300万元).
pub(super) fn lone_ceiling(text: &str) -> Option<Quantity> {
    let mut caps = quantities(text).into_iter().filter(|quantity| {
        quantity.kind == Kind::Money && CAPPED.is_match(&text[..quantity.range.start]) && !NOT_GRANTED.is_match(text)
    });
    caps.next().filter(|_| caps.next().is_none())
}

fn roles(text: &str, quantities: &[Quantity]) -> Vec<Option<Role>> {
    let mut roles: Vec<Option<Role>> = Vec::with_capacity(quantities.len());
    for (at, quantity) in quantities.iter().enumerate() {
        let begin = at.checked_sub(1).map_or(0, |before| quantities[before].range.end);
        let gap = &text[begin..quantity.range.start];
        let continued = at > 0
            && quantities[at - 1].kind == quantity.kind
            && LIST_GAP.is_match(gap)
            && !THRESHOLD_AFTER.is_match(&text[quantity.range.end..]);
        let role = match quantity.kind {
            Kind::Count => None,
            _ if continued && !CAPPED.is_match(gap) && roles[at - 1].is_some() => roles[at - 1],
            Kind::Money => money_role(&text[..quantity.range.start], &text[quantity.range.end..]),
            Kind::Share => share_role(&text[..quantity.range.start], &text[quantity.range.end..]),
        };
        roles.push(role);
    }
    for at in (1..quantities.len()).rev() {
        let gap = &text[quantities[at - 1].range.end..quantities[at].range.start];
        let listed = quantities[at - 1].kind == quantities[at].kind && LIST_GAP.is_match(gap) && gap.starts_with('、');
        if listed && roles[at - 1].is_none() && roles[at] == Some(Role::Amount) {
            roles[at - 1] = roles[at];
        }
    }
    roles
}

/// Farther back than this a word does not govern a quantity.
const REACH: usize = 48;

fn near(text: &str) -> &str {
    let start = text.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    &text[start..]
}

fn money_role(left: &str, right: &str) -> Option<Role> {
    let left = near(left);
    if SHARED_AMONG.is_match(left) || LENT.is_match(left) {
        return None;
    }
    let granted = GRANTED_BEFORE.is_match(left) || granted_after(right);
    if CAPPED.is_match(left) {
        return Some(Role::Ceiling);
    }
    let threshold = THRESHOLD_AFTER.is_match(right) || (THRESHOLD_BEFORE.is_match(left) && !stated_as_standard(left));
    (granted && !threshold).then_some(Role::Amount)
}

pattern!(HAS_STANDARD, r"(?:补贴|补助|资助|奖励)标准");
pattern!(CAP_OF_ALL, r"(?:总[^，。；（）]{0,8}|奖补金额|补助金额|补贴资金|奖励金额|资金)不超过[^，。；]{0,40}$");
pattern!(BASED, r"(?:按照?|给予|予以)[^，。；0-9占]{2,30}的$");
pattern!(LENT, r"(?:贷款|授信|信贷|担保)(?:额度|金额|规模)?[^，。；息补0-9]{0,10}$");
pattern!(BORNE, r"(?:负担|承担|分担|配套)$");
pattern!(NEXT_FIGURE, r"^[^，。；、]{0,8}?[0-9]");

/// Whether the words after a figure grant it, and not the next figure.
fn granted_after(right: &str) -> bool {
    GRANTED_AFTER.find(right).is_some_and(|found| !NEXT_FIGURE.is_match(&right[found.end()..]))
}

pattern!(
    SHARED_AMONG,
    r"(?:其中|、|，)[^，。；]{0,6}(?:省级?|市级?|县级?|市县|中央|国家)(?:财政)?(?:补贴|补助|承担|负担|安排|奖励)$"
);
pattern!(
    STANDARD,
    r"(?:标准|补贴|补助|奖励|金额)[^，。；]{0,10}(?:提高|调整|增加)(?:到|至|为)$|(?:标准|额度)(?:为)?(?:不低于|不少于)[^，。；0-9]{0,6}$"
);

fn stated_as_standard(left: &str) -> bool {
    STANDARD.is_match(left)
}

fn share_role(left: &str, right: &str) -> Option<Role> {
    let left = near(left);
    let raised =
        STANDARD.is_match(left) || left.ends_with("提高至") || left.ends_with("提高到") || left.ends_with("调整为");
    // 按照贷款利率的50%: what stands before 的 is what the share is taken of.
    let based = left.ends_with('的') && BASED.is_match(left);
    if CAP_OF_ALL.is_match(left)
        || BORNE.is_match(left)
        || THRESHOLD_AFTER.is_match(right)
        || (THRESHOLD_BEFORE.is_match(left) && !raised && !based)
    {
        return None;
    }
    (SHARE_GIVEN_BEFORE.is_match(left) && SHARE_GIVEN_AFTER.is_match(right) || raised && left.contains("比例"))
        .then_some(Role::Rate)
}

/// Gives a bound to the benefit before it, or makes it a benefit of its own.
fn cap(text: &str, found: &mut Vec<Benefit>, quantity: &Quantity, before: usize) {
    let gap = &text[before..quantity.range.start];
    let own_subject = gap.contains("；") || gap.contains("，对") || gap.contains("的，");
    match (quantity.kind, found.last_mut()) {
        (Kind::Money, Some(last)) if !own_subject && last.ceiling.is_none() && last.measure != Measure::UpTo => {
            last.ceiling = Some(quantity.value);
        }
        (Kind::Money, Some(last)) if !own_subject && last.measure == Measure::UpTo && LIST_GAP.is_match(gap) => {
            found.push(benefit(text, quantity, Role::Ceiling, before));
        }
        (Kind::Money, Some(_)) if !own_subject => {}
        (Kind::Money, _) if given_here(text, quantity) || HAS_STANDARD.is_match(text) => {
            found.push(benefit(text, quantity, Role::Ceiling, before))
        }
        _ => {}
    }
}

fn given_here(text: &str, quantity: &Quantity) -> bool {
    granted_after(&text[quantity.range.end..]) || GRANTED_BEFORE.is_match(near(&text[..quantity.range.start]))
}

fn benefit(text: &str, quantity: &Quantity, role: Role, before: usize) -> Benefit {
    let before = after_noun(text, before, quantity.range.start);
    let lead = before..quantity.range.start;
    let gives = beginning(text, &lead);
    let words = &text[gives..quantity.range.start];
    let tail_end = text[quantity.range.end..].find(['，', '；', '。']).map_or(text.len(), |at| quantity.range.end + at);
    let around = &text[gives..tail_end];
    let measure = match role {
        Role::Ceiling => Measure::UpTo,
        Role::Amount => Measure::Amount,
        Role::Rate if REDUCED.is_match(around) && !around.contains("给予") => Measure::Reduction,
        Role::Rate => Measure::Rate,
    };
    Benefit {
        measure,
        value: quantity.value,
        from: quantity.from,
        base: (role == Role::Rate).then(|| base(text, gives, quantity.range.start)).flatten(),
        ceiling: None,
        at_most: role == Role::Rate && CAPPED_SHARE.is_match(words),
        per: per(text, gives, &quantity.range),
        whom: trimmed(text, before, gives),
        at: quantity.range.clone(),
        member: None,
    }
}

/// Where the words about a figure begin: those up to the first comma still belong to the figure before it.
fn after_noun(text: &str, before: usize, to: usize) -> usize {
    if before == 0 {
        return 0;
    }
    let gap = &text[before..to];
    match gap.find(['，', '；', '、', '。']) {
        Some(comma) => before + comma,
        None => to,
    }
}

pattern!(CAPPED_SHARE, r"不超过|不高于|最高");

/// Where the words that give begin: whom it is for stands before them.
fn beginning(text: &str, lead: &Range<usize>) -> usize {
    let part = &text[lead.clone()];
    let at_comma: Option<usize> =
        BEGINS_TO_GIVE.find_iter(part).last().map(|found| match found.as_str().starts_with('，') {
            true => found.start() + '，'.len_utf8(),
            false => found.start(),
        });
    let last_comma = part.rfind('，').map_or(0, |at| at + '，'.len_utf8());
    let at_comma = at_comma.filter(|at| *at >= last_comma);
    let in_part = || GIVES.find_iter(&part[last_comma..]).next().map(|found| last_comma + found.start());
    lead.start + at_comma.or_else(in_part).unwrap_or(last_comma)
}

/// What a share is taken of: the words between 按 and the figure.
fn base(text: &str, from: usize, to: usize) -> Option<Range<usize>> {
    let part = &text[from..to];
    let cut = part.rfind(['，', '；']).map_or(0, |at| at + '，'.len_utf8());
    let governing = BASE_LEAD.find_iter(&part[cut..]).last().or_else(|| BASE_VERB.find(&part[cut..]));
    let lead = governing.map_or(cut, |found| cut + found.end());
    let words = part[lead..].trim_end_matches("不超过").trim_end_matches("最高").trim_end_matches('的');
    let range = from + lead..from + lead + words.len();
    (words.chars().count() >= 2).then_some(range)
}

pattern!(BASE_LEAD, r"(?:按照?|给予|予以|享受|调整为|提高到|提高至)(?:最高)?(?:不超过|不高于)?其?");
pattern!(BASE_VERB, r"(?:返还|补贴|补助|奖励|资助)(?:不超过|不高于)?其?");

/// The unit a benefit is counted by, around its figure.
fn per(text: &str, gives: usize, at: &Range<usize>) -> Option<Range<usize>> {
    let lead = text[..gives].rfind(['，', '。', '；']).map_or(0, |comma| comma + '，'.len_utf8());
    let found = PER.find_iter(&text[lead..at.start]).last()?;
    Some(lead + found.start()..lead + found.end())
}

fn trimmed(text: &str, from: usize, to: usize) -> Range<usize> {
    let part = &text[from..to.max(from)];
    let body = part.trim_start_matches(['，', '、', '；', '。', ' ', '　', '和', '及', '）', '的']);
    let start = from + part.len() - body.len();
    start..start + body.trim_end_matches(['，', '、', '：', ' ', '　']).len()
}

/// Pairs the amounts of a list with the members they are for, when there are as many of both.
fn name_members(text: &str, found: &mut [Benefit]) {
    let mut first = 0;
    while first < found.len() {
        let kind = found[first].base.is_some();
        let listed = |next: &&Benefit| is_listed(text, next) && next.base.is_some() == kind;
        let run = found[first + 1..].iter().take_while(listed).count() + 1;
        if run > 1 {
            let whom = found[first].whom.clone();
            let members = beside_each(text, &found[first..first + run]).or_else(|| members(text, &whom, run));
            let (per, measure, base) = (found[first].per.clone(), found[first].measure, found[first].base.clone());
            for (nth, benefit) in found[first..first + run].iter_mut().enumerate() {
                (benefit.whom, benefit.per, benefit.measure) = (whom.clone(), per.clone(), measure);
                benefit.base.clone_from(&base);
                benefit.member = members.as_ref().map(|members| members[nth].clone());
            }
        }
        first += run;
    }
}

pattern!(FIRST_MEMBER, r"(?:按照?|分别|给予|标准|为|：|，|补助|补贴|奖励)(?P<member>[^，。；：、0-9]{2,14})$");

/// The members, when each stands right before its own figure (初级1000元、中级1500元).
fn beside_each(text: &str, run: &[Benefit]) -> Option<Vec<Range<usize>>> {
    let first = FIRST_MEMBER.captures(&text[..run[0].at.start])?.name("member")?.range();
    let mut members = vec![first];
    for pair in run.windows(2) {
        let gap = trimmed(text, pair[0].at.end, pair[1].at.start);
        members.push(gap);
    }
    members.iter().all(|member| text[member.clone()].chars().count() >= 2).then_some(members)
}

/// Whether a benefit has nothing before it but the mark of a list and perhaps its member's name.
fn is_listed(text: &str, benefit: &Benefit) -> bool {
    let before = &text[..benefit.at.start];
    let begin = before.rfind(['、', '和', '，']).map_or(0, |at| at);
    let gap = &before[begin..];
    benefit.whom.is_empty() && !gap.starts_with('，')
        || LIST_GAP.is_match(gap) && gap.starts_with(['、', '和']) && text[..begin].ends_with(ENDS_FIGURE)
}

const ENDS_FIGURE: [char; 5] = ['元', '%', '％', '万', '‰'];

/// The members of a list of this length; none when the text lists another number of things.
pub(super) fn members(text: &str, whom: &Range<usize>, wanted: usize) -> Option<Vec<Range<usize>>> {
    for marks in [&["、"][..], &["、", "和"], &["、", "和", "及"], &["、", "和", "及", "与", "或", "，"]] {
        let parts = split(text, whom, marks);
        if parts.len() == wanted {
            return Some(parts);
        }
    }
    None
}

fn split(text: &str, whom: &Range<usize>, marks: &[&str]) -> Vec<Range<usize>> {
    let (mut parts, mut begin, mut depth) = (Vec::new(), whom.start, 0_u32);
    for (at, c) in text[whom.clone()].char_indices().map(|(at, c)| (whom.start + at, c)) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let mark = marks.iter().find(|mark| depth == 0 && text[at..].starts_with(**mark) && at > begin);
        if let Some(mark) = mark {
            parts.push(begin..at);
            begin = at + mark.len();
        }
    }
    parts.push(begin..whom.end.max(begin));
    parts
}
