//! Values of the lines around a text (附件说明、抄送、印发、签发人、密级): what stands after their names.

use super::super::date;
use super::{Letterhead, field};

/// Longest value kept, in characters.
const LONGEST_VALUE: usize = 120;
/// Most names after 抄送, and most annexes in a list.
const MOST: usize = 200;
/// Words for how secret and how urgent a document is.
const SECRET: [&str; 3] = ["绝密", "机密", "秘密"];
const URGENT: [&str; 5] = ["特提", "特急", "加急", "平急", "急件"];
/// Fields whose value is the rest of their line.
const PLAIN: [&str; 7] = ["索引号", "主题分类", "主题词", "发布日期", "施行日期", "失效日期", "签发人"];

/// Reads a field whose name is known.
pub(super) fn read(head: &mut Letterhead, words: &str, name: &'static str) {
    if name == field::COPIES {
        head.copied_to.extend(names(after_colon(words)).take(MOST));
    } else if name == field::PRINTED {
        printed(head, words);
    } else if let Some(plain) = PLAIN.iter().find(|plain| **plain == name) {
        put(head, plain, after_colon(words));
    }
    if matches!(name, "密级和紧急程度" | "密级" | field::NUMBER) {
        for (element, known) in [("密级", SECRET.as_slice()), ("紧急程度", URGENT.as_slice())] {
            if let Some(word) = known.iter().find(|word| words.contains(**word)) {
                put(head, element, word);
            }
        }
        // The signer may share the line of the number.
        if let Some((_, signer)) = words.split_once("签发人").filter(|_| name == field::NUMBER) {
            put(head, "签发人", signer.trim_start_matches(['：', ':']));
        }
    }
}

fn put(head: &mut Letterhead, element: &'static str, value: &str) {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !value.is_empty() && value.chars().count() <= LONGEST_VALUE;
    if fits && !head.elements.iter().any(|(known, _)| *known == element) {
        head.elements.push((element, value));
    }
}

/// 某某办公室 2021年6月2日印发: who printed it and when.
fn printed(head: &mut Letterhead, words: &str) {
    let line = words.trim_end_matches(['。', ' ']).trim_end_matches("印发").trim_end();
    let Some((range, day)) = date::last_date(line) else { return };
    put(head, "印发机关", line[..range.start].trim());
    if let Some(day) = day {
        put(head, "印发日期", &day.to_string());
    }
}

fn after_colon(words: &str) -> &str {
    words.split_once(['：', ':']).map_or("", |(_, rest)| rest.trim())
}

/// Names between commas and semicolons.
fn names(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(['，', ',', '、', '；', ';', '。', '\n'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// Titles of annexes in 附件：1.某某表 2.某某图, on one line or several.
pub(super) fn attached(words: &str) -> Vec<String> {
    let mut titles = Vec::new();
    for line in words.lines().map(str::trim) {
        let line = line.strip_prefix("附件").map_or(line, |rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
            rest.trim_start_matches(['：', ':', '、'])
        });
        titles.extend(items(line).map(|title| title.trim().trim_end_matches(['。', '；', ';', '，']).to_owned()));
    }
    titles.retain(|title| title.chars().any(super::super::phrase::is_han) && title.chars().count() <= LONGEST_VALUE);
    titles.retain(|title| !title.starts_with("下载"));
    titles.truncate(MOST);
    titles
}

/// The items of a line: cut before each number that counts on.
fn items(line: &str) -> impl Iterator<Item = &str> {
    let mut cuts = vec![(0, 0)];
    let mut wanted = 1;
    loop {
        let from = cuts.last().map_or(0, |(_, body)| *body);
        let marks = ['.', '．', '、'].map(|stop| format!("{wanted}{stop}"));
        // 1.5 is no item.
        let found =
            marks.iter().filter_map(|mark| line[from..].find(mark.as_str()).map(|at| (from + at, mark.len()))).min();
        let Some((at, length)) = found else { break };
        let inside = line[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
        if inside
            || line[at + length..].starts_with(|c: char| c.is_ascii_digit())
                && length == 2
                && line[at..].starts_with("1.")
                && wanted > 1
        {
            break;
        }
        cuts.push((at, at + length));
        wanted += 1;
    }
    // A list that goes on over lines begins with its own number.
    if cuts.len() == 1 {
        let body = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let body = if body.len() < line.len() { body.trim_start_matches(['.', '．', '、']) } else { line };
        cuts = vec![(0, line.len() - body.len())];
    }
    let ends: Vec<usize> = cuts.iter().skip(1).map(|(at, _)| *at).chain([line.len()]).collect();
    cuts.into_iter().zip(ends).map(|((_, body), end)| &line[body.min(end)..end]).filter(|item| !item.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::letterhead;
    use super::*;
    use crate::policy::Place;

    #[test]
    fn lists_of_annexes() {
        assert_eq!(attached("附件：1.申请表 2.流程图"), ["申请表", "流程图"]);
        assert_eq!(attached("附件：1.申请表\n2.2023年补贴标准；\n3．样式"), ["申请表", "2023年补贴标准", "样式"]);
        assert_eq!(attached("附件：青禾县高龄津贴申请表"), ["青禾县高龄津贴申请表"]);
        assert!(attached("附件：").is_empty());
    }

    #[test]
    fn the_lines_around_a_text() {
        let text = "特急\n青政办发〔2023〕7号 签发人：张某某\n关于做好高龄津贴发放工作的通知\n各乡镇人民政府：\n现将有关事项通知如下。\n\
                    附件：1.申请表\n青禾县民政局　青禾县财政局\n二○二三年五月十日\n（此件依申请公开）\n抄送：县委办，县人大常委会办公室。\n\
                    青禾县民政局办公室 2023年5月11日印发";
        let head = letterhead(text);
        assert_eq!(head.issuers, ["青禾县民政局", "青禾县财政局"]);
        assert_eq!((head.issuers_from, head.written_from), (Some(Place::Signature), Some(Place::Signature)));
        assert_eq!(head.copied_to, ["县委办", "县人大常委会办公室"]);
        assert_eq!(head.attached, ["申请表"]);
        assert_eq!(head.disclosure.unwrap().1, crate::policy::Disclosure::OnRequest);
        assert_eq!(head.written.unwrap().1, jiff::civil::date(2023, 5, 10));
        let known = [
            ("紧急程度", "特急"),
            ("签发人", "张某某"),
            ("印发机关", "青禾县民政局办公室"),
            ("印发日期", "2023-05-11"),
        ];
        for (name, value) in known {
            assert!(head.elements.contains(&(name, value.to_owned())), "{name}: {:?}", head.elements);
        }
    }
}
