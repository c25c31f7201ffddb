//! Letterhead in running text (连排文本中的版头落款): portals export texts without line ends, where number and signature
//! stand inside one long line.

use jiff::civil::Date;

use super::issuers;
use crate::ingest::{find_dates, place, stated};
use crate::policy::{Disclosure, DocumentNumber};

// 部长 某某某: orders are signed by a person.
pattern!(SIGNED_BY, r"(?:主席|总理|部长|主任|省长|市长|州长|县长|区长|局长|署长|行长|院长|检察长)\s*\p{Han}{2,4}$");
pattern!(REMARK, r"[（(]\s*(?:此件|本件)?\s*(?:主动公开|公开发布|依申请公开|不予公开|不公开)\s*[）)]");

/// How far into a text its own number can stand, in characters.
const NUMBER_WITHIN: usize = 300;
/// Longest agency code of such a number, in characters: longer ones have words of the title in them.
const LONGEST_AGENCY: usize = 12;
/// Longest row of names before a date, in characters; joint signatures of twelve authorities have some 150.
const LONGEST_NAMES: usize = 240;
/// A name longer than this is one; shorter ones (办公室) count only when they are known.
const SHORTEST_NAME: usize = 3;
/// Characters of a title that tell that it begins here.
const TITLE_FRONT: usize = 6;
/// Within how many characters before its date an order says that it promulgates.
const ORDER_CHARS: usize = 120;
/// Words titles end with, which run into the number where line ends are lost.
const TITLE_ENDS: [&str; 9] = ["通知", "意见", "办法", "规定", "条例", "细则", "方案", "措施", "决定"];
/// Words after a number that make it another document's.
const OTHERS: [&str; 12] = ["文", "收悉", "）", ")", "精神", "要求", "》", "规定", "、", "和", "，", "等"];
/// Words that follow a signature.
const AFTER: [&str; 14] = [
    "（此件",
    "(此件",
    "（信息",
    "（联系",
    "（公开",
    "（本",
    "更多信息",
    "公开程序",
    "公开属性",
    "责任部门",
    "附件",
    "抄送",
    "主题词",
    "（主动公开",
];

/// The number that stands by itself near the beginning.
pub(super) fn number(text: &str) -> Option<DocumentNumber> {
    let head = text.char_indices().nth(NUMBER_WITHIN).map_or(text, |(end, _)| &text[..end]);
    DocumentNumber::mentions(head).into_iter().find_map(|mention| {
        let (before, after) = (&head[..mention.range.start], head[mention.range.end..].trim_start());
        let said = before
            .strip_suffix(['（', '('])
            .map_or(before, |front| if after.starts_with(['）', ')']) { front } else { "" });
        let titled = TITLE_ENDS.iter().any(|end| said.ends_with(end));
        let promulgated = mention.year.is_none() && ["公布", "发布", "颁布"].iter().any(|word| after.starts_with(word));
        let alone = before.is_empty() || before.ends_with(char::is_whitespace) || titled || promulgated;
        let others = !(titled && said.len() < before.len()) && OTHERS.iter().any(|word| after.starts_with(word));
        let agency = mention.agency.chars().count();
        (alone && !others && (2..=LONGEST_AGENCY).contains(&agency)).then(|| mention.number()).flatten()
    })
}

/// The first date with the names of authorities before it and nothing of a sentence after it. Where line ends are lost,
/// the document that was issued begins at once behind the date, with its title.
pub(super) fn signed(text: &str, title: &str) -> Option<(Vec<String>, Date)> {
    find_dates(text).into_iter().find_map(|(range, date)| {
        let after = &text[range.end..];
        let closes = after.is_empty() || after.starts_with(char::is_whitespace);
        let closes = closes || AFTER.iter().any(|word| after.starts_with(word)) || is_titled(after, title);
        if !closes {
            return None;
        }
        let before = text[..range.start].trim_end();
        let from = before.char_indices().rev().take(LONGEST_NAMES).find(|(_, c)| !is_of_name(*c));
        let row = from.map_or(before, |(at, c)| &before[at + c.len_utf8()..]).trim();
        let names = names_at_end(row);
        // 。　　二〇〇四年四月三十日　　公开程序：…: a date alone at the end.
        let alone = SIGNED_BY.is_match(row) && closes_order(text, range.start)
            || row.is_empty()
                && before.ends_with('。')
                && (after.trim().is_empty() || AFTER.iter().any(|word| after.trim_start().starts_with(word)));
        if names.is_empty() { alone.then_some((Vec::new(), date)) } else { Some((names, date)) }
    })
}

/// Whether the words before a place are those with which an order ends: 现予公布，自…起施行。
fn closes_order(text: &str, at: usize) -> bool {
    let front: String = text[..at].chars().rev().take(ORDER_CHARS).collect();
    let front: String = front.chars().rev().collect();
    ["公布", "发布", "颁布", "施行"].iter().any(|word| front.contains(word))
}

/// The names of authorities a row ends with; the title of an annex may stand before them.
fn names_at_end(row: &str) -> Vec<String> {
    let words = phrase_words(row);
    let is_name = |name: &String| {
        issuers::is_authority(name) && (name.chars().count() > SHORTEST_NAME || place::is_national(name))
    };
    let named: Vec<Vec<String>> = words.iter().rev().map(|word| issuers::apart(behind_list(word))).collect();
    let mut names: Vec<String> = named
        .into_iter()
        .take_while(|names| names.iter().all(is_name))
        .flat_map(|names| names.into_iter().rev())
        .collect();
    names.reverse();
    names
}

/// A word without the last entry of a list of annexes that runs into it: 2.某某统计表（略）某省某厅.
fn behind_list(word: &str) -> &str {
    let ends = ["（略）", "名单", "统计表", "汇总表", "一览表", "申请表", "办法", "方案", "清单"];
    let cut = ends.iter().filter_map(|end| word.rfind(end).map(|at| at + end.len())).max().unwrap_or(0);
    if cut < word.len() { &word[cut..] } else { word }
}

/// The words of a row; characters set apart (科　技　部) are one word.
fn phrase_words(row: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut apart = false;
    for word in row.split_whitespace() {
        let single = word.chars().nth(1).is_none();
        match words.last_mut() {
            Some(last) if single && apart && !place::is_national(last) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        apart = single;
    }
    words
}

/// Whether a text begins with words of the title, as the document issued with a notice does.
fn is_titled(after: &str, title: &str) -> bool {
    let front: String = after.chars().take(TITLE_FRONT).collect();
    front.chars().count() == TITLE_FRONT && !front.contains(char::is_whitespace) && title.contains(&front)
}

/// What the remark about disclosure inside a line says (（此件主动公开）).
pub(super) fn disclosure(text: &str) -> Option<Disclosure> {
    REMARK.find(text).and_then(|found| stated::disclosure(found.as_str()))
}

fn is_of_name(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '（' | '）' | ' ' | '\u{3000}' | '\u{a0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_signature_inside_a_line() {
        let text = "关于做好某事的通知\u{3000}\u{3000}江人社字〔2024〕41号各市人民政府：现通知如下。请遵照执行。江澜省财政厅江澜省教育厅\
                    2024年5月23日（此件主动公开）更多信息请关注官方微信";
        assert_eq!(number(text).unwrap().to_string(), "江人社字〔2024〕41号");
        let (names, date) = signed(text, "").unwrap();
        assert_eq!((names, date), (vec!["江澜省财政厅".into(), "江澜省教育厅".into()], jiff::civil::date(2024, 5, 23)));
        let order =
            number("某某条例（2004年10月26日国务院第68次常务会议通过2004年11月1日中华人民共和国国务院令第423号公布）");
        assert_eq!(order.unwrap().to_string(), "中华人民共和国国务院令第423号");
        let joined = number("食盐管理实施办法江澜省人民政府令〔2022〕第2号《食盐管理实施办法》已经省政府会议通过");
        assert_eq!(joined.unwrap().to_string(), "江澜省人民政府令〔2022〕第2号");
        assert!(number("省财政厅： 江交公〔2008〕169号文收悉。").is_none());
        assert!(signed("本办法自2012年3月1日起施行。2004年11月26日江澜省人民政府公布的办法同时废止。", "").is_none());
    }

    #[test]
    fn signatures_run_into_what_follows() {
        let title = "江澜省人民政府办公厅关于印发江澜省引才办法的通知";
        let joined = "请遵照执行。江澜省人民政府办公厅2017年10月16日江澜省引才办法第一条为引才制定本办法。";
        let day = jiff::civil::date(2017, 10, 16);
        assert_eq!(signed(joined, title).unwrap(), (vec!["江澜省人民政府办公厅".into()], day));
        assert!(signed("按江澜省人民政府2017年10月16日会议要求办理。", title).is_none());
        let short = "附件：某某计划管理办法\u{3000}\u{3000}财政部 科技部 2017年10月16日附件：某某";
        assert_eq!(signed(short, "").unwrap(), (vec!["财政部".into(), "科技部".into()], day));
        let spread = "科\u{3000}技\u{3000}部\u{3000}\u{3000}教\u{3000}育\u{3000}部 2017年10月16日";
        assert_eq!(signed(spread, "").unwrap(), (vec!["科技部".into(), "教育部".into()], day));
        assert_eq!(disclosure("联系人：某某（此件依申请公开）更多信息"), Some(Disclosure::OnRequest));
    }
}
