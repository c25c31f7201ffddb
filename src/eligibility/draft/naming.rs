//! Names (名称、身份): what a proposal is called, and for whom it is.

use super::build::Reading;
use super::grant::Grant;

pattern!(
    PERSONS,
    r"毕业生|人员|个人|劳动者|居民|老年人|老人|学生|残疾人|农民|退役军人|退役士兵|申请人|博士后|儿童|家庭|本人|职工|人才|研究生|创业者|妇女|新生|教师|母亲|军人|村民|牧民|专家"
);
pattern!(
    BUSINESSES,
    r"企业|单位|机构|园区|平台|公司|法人|合作社|养殖场|奶牛场|基地|工厂|车间|商户|项目|中心|集群|院所|高校|实验室|药品|产品|协会|组织|产业|设备|建设|学校|联盟|站"
);
pattern!(
    CALLED,
    r"(?:给予|发放|享受|申领|申请|补发)(?P<name>(?:一次性|省级|县级|市级)?[\x{4e00}-\x{9fff}“”（）]{2,12}?(?:补贴|补助|奖励|返还|贴息|津贴|补偿))"
);
/// A name longer than this is a sentence.
const LONGEST_NAME: usize = 30;
/// So much of whom it is for goes into a name.
const LONGEST_WHOM: usize = 24;

/// 企业 or 个人, by the last word that names a claimant: 招用毕业生的企业 is a business.
pub(super) fn audience(reading: &Reading<'_>, grant: &Grant) -> &'static str {
    let whom = reading.document.text().get(grant.whom.clone()).unwrap_or_default();
    let sentence = reading.sentences[grant.sentence].text;
    let said = last_named(whom).or_else(|| last_named(sentence)).or_else(|| last_named(&reading.document.meta().title));
    let declared =
        reading.document.meta().audience.iter().map(|one| one.name()).find(|name| matches!(*name, "企业" | "个人"));
    match said.or(declared) {
        Some("个人") => "个人",
        _ => "企业",
    }
}

pattern!(
    EMPLOYER,
    r"(?:企业|单位|组织|机构)[^，。；]{0,8}(?:招用|吸纳|招收|新招|录用|聘用|组织|引进)|本企业|企业内|^对?(?:企业|用人单位)(?:[^职参在]|$)"
);

fn last_named(text: &str) -> Option<&'static str> {
    if EMPLOYER.is_match(text) {
        return Some("企业");
    }
    let person = PERSONS.find_iter(text).last().map(|found| found.end());
    let business = BUSINESSES.find_iter(text).last().map(|found| found.end());
    match (person, business) {
        (None, None) => None,
        (person, business) => Some(if person > business { "个人" } else { "企业" }),
    }
}

/// A name for people: the benefit's own, else the clause's heading, else whom it is for.
pub(super) fn name(reading: &Reading<'_>, grant: &Grant) -> String {
    let sentence = &reading.sentences[grant.sentence];
    if let Some(found) = CALLED.captures(sentence.text) {
        return found["name"].to_owned();
    }
    let whom = plain(reading.document.text().get(grant.whom.clone()).unwrap_or_default());
    let whom = BRACKETS.replace_all(&whom, "").into_owned();
    let whom = whom.split('，').find(|part| !super::grant::says_nothing(part)).unwrap_or_default();
    let whom: String = whom
        .trim_start_matches("继续")
        .trim_start_matches('对')
        .trim_end_matches('的')
        .chars()
        .take(LONGEST_WHOM)
        .collect();
    let heading = heading(reading, grant.node);
    match (heading.is_empty(), whom.is_empty()) {
        (false, false) => format!("{heading}：{whom}"),
        (false, true) => heading,
        (true, false) => whom,
        (true, true) => reading.document.meta().title.chars().take(LONGEST_NAME).collect(),
    }
}

pattern!(BRACKETS, r"（[^）]*）");

/// The heading over a clause without its number, when it is short enough for a name.
fn heading(reading: &Reading<'_>, node: usize) -> String {
    let line = reading.document.outline().lineage(node);
    let headings = line.iter().rev().filter_map(|&above| {
        let first = reading.sentences.iter().find(|sentence| sentence.node == above && sentence.heading)?;
        let words = plain(first.text);
        let short = (2..=LONGEST_NAME).contains(&words.chars().count()) && !words.contains('，');
        (short && !GENERAL.is_match(&words)).then_some(words)
    });
    headings.into_iter().next().unwrap_or_default()
}

pattern!(
    GENERAL,
    r"[0-9]元|[0-9]万元|^按照?每|^(?:[^，]{0,6}标准[^，]{0,8}|总则|附则|奖励|补助|额度和期限|资助项目|支持政策)$"
);

/// Words without white space and closing marks.
pub(super) fn plain(text: &str) -> String {
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let trimmed = words.trim_matches(['。', '；', '：', '，', ';', ':', '、']);
    trimmed.to_owned()
}

/// A document's id as the beginning of a programme's: lower-case letters, digits and hyphens.
pub(super) fn slug(id: &str) -> String {
    let plain: String =
        id.to_ascii_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    plain.trim_matches('-').to_owned()
}
