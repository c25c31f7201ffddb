//! Fields of the letterhead (版头、版记要素) told by their own words.

use super::super::date;
use super::super::phrase;
use crate::policy::{Disclosure, DocumentNumber};

pub(super) const NUMBER: &str = "发文字号";
pub(super) const BANNER: &str = "发文机关标志";
pub(super) const ADDRESSEE: &str = "主送机关";
pub(super) const SIGNATURE: &str = "发文机关署名";
pub(super) const DATE: &str = "成文日期";
pub(super) const DISCLOSURE: &str = "公开属性";
pub(in super::super) const ATTACHED: &str = "附件说明";
pub(super) const COPIES: &str = "抄送机关";
pub(super) const PRINTED: &str = "印发机关和印发日期";
const PASSED: &str = "通过与公布";

/// Longest field, in bytes; anything longer is body.
const LONGEST: usize = 900;
/// Longest line that is a document number, in bytes.
const LONGEST_NUMBER: usize = 150;

/// Names before a colon, and the field they mean.
const NAMED: [(&str, &str); 35] = [
    ("索引号", "索引号"),
    ("发文机关", "发文机关"),
    ("发布机构", "发文机关"),
    ("发布机关", "发文机关"),
    ("制定机关", "发文机关"),
    ("发文字号", NUMBER),
    ("文号", NUMBER),
    ("成文日期", DATE),
    ("发文日期", DATE),
    ("生成日期", DATE),
    ("发布日期", "发布日期"),
    ("公布日期", "发布日期"),
    ("发布时间", "发布日期"),
    ("施行日期", "施行日期"),
    ("实施日期", "施行日期"),
    ("生效日期", "施行日期"),
    ("废止日期", "失效日期"),
    ("失效日期", "失效日期"),
    ("有效性", "有效性"),
    ("是否有效", "有效性"),
    ("效力状态", "有效性"),
    ("时效性", "有效性"),
    ("主题分类", "主题分类"),
    ("主题词", "主题词"),
    ("体裁分类", "体裁分类"),
    ("公开属性", DISCLOSURE),
    ("公开方式", DISCLOSURE),
    ("公开类别", DISCLOSURE),
    ("信息公开选项", DISCLOSURE),
    ("签发人", "签发人"),
    ("密级", "密级"),
    ("统一编号", "统一编号"),
    ("承办单位", "承办单位"),
    ("原文链接", "来源"),
    ("来源", "来源"),
];

/// Fields that only stand in the closing part.
const CLOSING: [(&str, &str); 6] = [
    ("抄送", COPIES),
    ("抄报", COPIES),
    ("分送", COPIES),
    ("发送", COPIES),
    ("主题词", "主题词"),
    ("承办单位", "承办单位"),
];

/// The field a line is by its name before a colon.
fn named(line: &str, names: &[(&str, &'static str)]) -> Option<&'static str> {
    let colon = line.find(['：', ':'])?;
    // Longer than any name with spaces between its characters.
    if colon > 40 {
        return None;
    }
    let name: String =
        line[..colon].chars().filter(|c| !c.is_whitespace() && !matches!(c, '【' | '】' | '[' | ']')).collect();
    names.iter().find(|(word, _)| *word == name).map(|&(_, field)| field)
}

/// The field a line of the opening part is.
pub(super) fn opening(line: &str) -> Option<&'static str> {
    if line.len() > LONGEST {
        return None;
    }
    let squeezed = line.trim_matches(['（', '）', '(', ')']);
    if is_number(line) {
        Some(NUMBER)
    } else if date::whole_date(squeezed).is_some() {
        Some(DATE)
    } else if line.strip_suffix("文件").is_some_and(|name| phrase::is_body(name.trim())) {
        Some(BANNER)
    } else if is_secrecy(line) {
        Some("密级和紧急程度")
    } else if is_timed(line) {
        Some("发出时间")
    } else if line.starts_with('【') && !line.ends_with('】') && line.contains('】') {
        Some("数据库标注")
    } else if line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()) {
        Some("份号")
    } else if is_passed(line) {
        Some(PASSED)
    } else {
        named(line, &NAMED).or_else(|| remark(line))
    }
}

/// The field a line of the closing part is.
pub(super) fn closing(line: &str) -> Option<&'static str> {
    if line.len() > LONGEST {
        return None;
    }
    if is_printed(line) {
        return Some(PRINTED);
    }
    let disclosed = named(line, &NAMED).filter(|&name| name == DISCLOSURE && disclosure(line).is_some());
    disclosed.or_else(|| named(line, &CLOSING)).or_else(|| remark(line))
}

/// Whether a line is a document number, perhaps with the signer behind it, or 第505号 of an order (令).
fn is_number(line: &str) -> bool {
    if line.len() > LONGEST_NUMBER || !line.contains('号') {
        return false;
    }
    let inner = line.trim_matches(['（', '）', '(', ')', ' ', '\u{3000}']);
    let signed = ["签发人", "特急", "秘密"].iter().filter_map(|word| inner.find(word)).min().unwrap_or(inner.len());
    let number = inner[..signed].trim_end();
    let order = number.strip_suffix('号').and_then(|front| front.rsplit_once('第')).is_some_and(|(front, digits)| {
        let counted = digits.trim();
        let opens = front.is_empty() || front.trim_end().ends_with('令') || front.trim_end().ends_with("公告");
        opens
            && !counted.is_empty()
            && counted
                .chars()
                .all(|c| c.is_ascii_digit() || super::super::numeral::digit(c).is_some() || c == '十' || c == '百')
    });
    order || DocumentNumber::parse(number).is_some() || is_numbers(number)
}

/// Whether a line holds the numbers of several issuers and nothing else: 财税〔2020〕1号　发改财金〔2020〕2号.
fn is_numbers(line: &str) -> bool {
    let mut from = 0;
    let mentions = DocumentNumber::mentions(line);
    let gaps = mentions.iter().map(|mention| {
        let gap = from..mention.range.start;
        from = mention.range.end;
        gap
    });
    let blank = |gap: std::ops::Range<usize>| {
        line.get(gap).is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || matches!(c, '、' | '，' | '/' | ',')))
    };
    mentions.len() > 1
        && gaps.collect::<Vec<_>>().into_iter().all(blank)
        && line.len() == from
        && mentions.iter().all(|mention| mention.number().is_some() && !mention.agency.is_empty())
}

/// Whether a line is the hour at which a telegram (发电) went out: 2023年5月24日 9时00分.
fn is_timed(line: &str) -> bool {
    let Some(mark) = date::date_at(line) else { return false };
    let rest = line[mark.length..].trim();
    mark.date.is_some()
        && rest.contains(['时', ':', '：'])
        && rest.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '时' | '分' | '秒' | ':' | '：'))
}

fn is_secrecy(line: &str) -> bool {
    // 机密★10年, 特急
    line.len() <= 30
        && ["秘密", "机密", "绝密", "特急", "加急", "平急", "特提", "内部"].iter().any(|word| line.starts_with(word))
}

/// Whether a line tells when a law was passed: 2017年11月4日 第十二届…通过.
fn is_passed(line: &str) -> bool {
    let inner = line.trim_start_matches(['（', '(']);
    let bracketed = inner.len() < line.len();
    let from = inner.strip_prefix("根据").unwrap_or(inner);
    let Some(mark) = date::date_at(from) else { return false };
    let after = &from[mark.length..];
    let sentence = after.trim_start().starts_with(['，', ',', '、', '至', '—', '-', '前', '底', '以', '起']);
    let told = ["通过", "公布", "发布", "施行", "修订", "修正", "批准", "实施", "生效"]
        .iter()
        .any(|word| after.contains(word));
    told && !sentence && (bracketed || !after.ends_with(['。', '；', '：']))
}

/// Whether a line tells who printed the document and when: 某某办公室 2021年6月2日印发.
fn is_printed(line: &str) -> bool {
    let line = line.trim_end_matches(['。', ' ']);
    line.strip_suffix("印发").is_some_and(|front| {
        let front = front.trim_end();
        date::last_date(front).is_some_and(|(range, _)| {
            range.end == front.len() && (range.start == 0 || phrase::is_body(front[..range.start].trim()))
        })
    })
}

/// A remark in brackets below the date: （此件公开发布）, （联系人：…）.
fn remark(line: &str) -> Option<&'static str> {
    let inner = line.strip_prefix(['（', '(', '['])?.strip_suffix(['）', ')', ']'])?;
    if inner.contains(['（', '。']) && !inner.starts_with("联系") {
        return None;
    }
    let about = ["此件", "本件", "此文", "此页", "信息公开", "公开"].iter().any(|word| inner.starts_with(word));
    if about && disclosure(inner).is_some() {
        Some(DISCLOSURE)
    } else if inner.starts_with("联系") || inner.starts_with("此页无正文") || inner.starts_with("此件") {
        Some("附注")
    } else {
        None
    }
}

/// What a line says about disclosure.
pub(super) fn disclosure(line: &str) -> Option<Disclosure> {
    let said: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    if ["不予公开", "不公开", "非公开"].iter().any(|word| said.contains(word)) {
        Some(Disclosure::Withheld)
    } else if said.contains("依申请公开") {
        Some(Disclosure::OnRequest)
    } else if ["主动公开", "公开发布", "此件公开", "全文公开"].iter().any(|word| said.contains(word)) {
        Some(Disclosure::Proactive)
    } else {
        None
    }
}
