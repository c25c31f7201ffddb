//! Letterhead in running text (连排文本中的版头落款): portals export texts without line ends, where number and signature
//! stand inside one long line.

use jiff::civil::Date;

use super::issuers;
use crate::ingest::find_dates;
use crate::policy::DocumentNumber;

/// How far into a text its own number can stand, in characters.
const NUMBER_WITHIN: usize = 300;
/// Longest agency code of such a number, in characters: longer ones have words of the title in them.
const LONGEST_AGENCY: usize = 12;
/// Longest row of names before a date, in characters; joint signatures of twelve authorities have some 150.
const LONGEST_NAMES: usize = 240;
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

/// The first date with the names of authorities before it and nothing of a sentence after it.
pub(super) fn signed(text: &str) -> Option<(Vec<String>, Date)> {
    find_dates(text).into_iter().find_map(|(range, date)| {
        let after = &text[range.end..];
        let closes = after.is_empty() || after.starts_with(char::is_whitespace);
        let closes = closes || AFTER.iter().any(|word| after.starts_with(word));
        if !closes {
            return None;
        }
        let before = text[..range.start].trim_end();
        let from = before.char_indices().rev().take(LONGEST_NAMES).find(|(_, c)| !is_of_name(*c));
        let row = from.map_or(before, |(at, c)| &before[at + c.len_utf8()..]).trim();
        let names: Vec<String> = row.split_whitespace().flat_map(issuers::apart).collect();
        let all = !names.is_empty() && names.iter().all(|name| issuers::is_authority(name) && name.chars().count() > 3);
        // 。　　二〇〇四年四月三十日　　公开程序：…: a date alone at the end.
        let alone = row.is_empty()
            && before.ends_with('。')
            && (after.trim().is_empty() || AFTER.iter().any(|word| after.trim_start().starts_with(word)));
        if all { Some((names, date)) } else { alone.then_some((Vec::new(), date)) }
    })
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
        let (names, date) = signed(text).unwrap();
        assert_eq!((names, date), (vec!["江澜省财政厅".into(), "江澜省教育厅".into()], jiff::civil::date(2024, 5, 23)));
        let order =
            number("某某条例（2004年10月26日国务院第68次常务会议通过2004年11月1日中华人民共和国国务院令第423号公布）");
        assert_eq!(order.unwrap().to_string(), "中华人民共和国国务院令第423号");
        let joined = number("食盐管理实施办法江澜省人民政府令〔2022〕第2号《食盐管理实施办法》已经省政府会议通过");
        assert_eq!(joined.unwrap().to_string(), "江澜省人民政府令〔2022〕第2号");
        assert!(number("省财政厅： 江交公〔2008〕169号文收悉。").is_none());
        assert!(signed("本办法自2012年3月1日起施行。2004年11月26日江澜省人民政府公布的办法同时废止。").is_none());
    }
}
