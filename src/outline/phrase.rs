//! Phrases (套语): names of bodies, titles and addressees, told by their form.

/// Whether a sentence, a clause or a quotation ends here.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '）', ')', '》', '」', '"', '】', ']'])
        .ends_with(['。', '；', '：', '！', '？', ';', ':', '!', '?'])
}

/// Words official bodies' names end with.
const BODY_ENDS: [&str; 35] = [
    "人民政府",
    "政府",
    "办公室",
    "办公厅",
    "委员会",
    "委",
    "局",
    "厅",
    "部",
    "院",
    "署",
    "会",
    "行",
    "中心",
    "公司",
    "处",
    "司",
    "室",
    "组",
    "社",
    "队",
    "所",
    "馆",
    "站",
    "大学",
    "学院",
    "学校",
    "指挥部",
    "军区",
    "海关",
    "科协",
    "残联",
    "妇联",
    "工商联",
    "人大",
];

/// Whether a text ends as the names of bodies do.
pub(super) fn ends_body(text: &str) -> bool {
    BODY_ENDS.iter().any(|end| end.len() > '局'.len_utf8() && text.ends_with(end)) || text.ends_with(['厅', '局'])
}

/// Longest name of a body on a line, in bytes; joint signatures may stand side by side.
const LONGEST_NAMES: usize = 360;

/// Whether a text can be the name of an official body, or several: Han characters only, with a fitting end.
pub(super) fn is_body(text: &str) -> bool {
    let name = text.trim_end_matches(['）', ')', '章', '盖', '（', '(', '代']);
    text.len() <= LONGEST_NAMES
        && text.chars().count() >= 3
        && text
            .chars()
            .all(|c| is_han(c) || c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')' | '、' | '·' | '—'))
        && BODY_ENDS.iter().any(|end| name.ends_with(end) || text.ends_with(end))
}

/// The names a line of signatures holds; characters set apart (科　技　部) are one name.
pub(super) fn names(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > 1 && words.iter().all(|word| word.chars().nth(1).is_none()) {
        return vec![words.concat()];
    }
    words.into_iter().map(str::to_owned).collect()
}

/// Whether a character is Han.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇' | '\u{20000}'..='\u{2ffff}')
}

/// Words the titles of documents end with.
const KIND_ENDS: [&str; 58] = [
    "法",
    "条例",
    "规定",
    "办法",
    "细则",
    "规则",
    "解释",
    "决定",
    "修正案",
    "通知",
    "意见",
    "方案",
    "要点",
    "通报",
    "公告",
    "公报",
    "通告",
    "报告",
    "请示",
    "批复",
    "函",
    "纪要",
    "议案",
    "决议",
    "命令",
    "令",
    "规划",
    "计划",
    "纲要",
    "措施",
    "制度",
    "章程",
    "标准",
    "指南",
    "指引",
    "预案",
    "清单",
    "目录",
    "汇报",
    "总结",
    "解读",
    "问答",
    "答复",
    "规程",
    "规范",
    "守则",
    "准则",
    "须知",
    "说明",
    "政策",
    "名单",
    "若干规定",
    "倡议书",
    "任务分工",
    "安排",
    "分工",
    "一览表",
    "流程",
];

/// Whether a title can end here: it ends with a kind of document and closes what it opened.
pub(super) fn ends_title(text: &str) -> bool {
    let opened = text.matches(['《', '（', '(', '“']).count();
    let closed = text.matches(['》', '）', ')', '”']).count();
    let squeezed: String = strip_brackets(text.trim()).chars().rev().filter(|c| !c.is_whitespace()).take(6).collect();
    let end: String = squeezed.chars().rev().collect();
    let end = end.trim_end_matches('》');
    opened == closed && KIND_ENDS.iter().any(|kind| end.ends_with(kind))
}

/// Cuts （试行）（征求意见稿） off the end.
fn strip_brackets(mut text: &str) -> &str {
    while text.ends_with(['）', ')', '〕', ']']) {
        match text.rfind(['（', '(', '〔', '[']) {
            Some(at) if at > 0 => text = text[..at].trim_end(),
            _ => break,
        }
    }
    text
}

/// Longest line of a title, in bytes (some 70 characters).
const LONGEST_TITLE_LINE: usize = 210;

/// Whether a line can be part of a title: short, and no sentence.
pub(super) fn is_title_line(text: &str) -> bool {
    text.len() <= LONGEST_TITLE_LINE
        && !text.contains(['。', '；', '|', '\t'])
        && !text.ends_with(['：', ':', '，', ',', '、', '！', '？', '!', '?', ';'])
        && text.chars().any(is_han)
}

/// Longest line of addressees, in bytes (some 300 characters).
const LONGEST_ADDRESSEE: usize = 900;
/// Words that no line of addressees has.
const NOT_ADDRESSED: [&str; 19] = [
    "如下",
    "现将",
    "包括",
    "规定",
    "下列",
    "以下",
    "应当",
    "事项",
    "附件",
    "时间",
    "电话",
    "地址",
    "责任",
    "牵头",
    "实施单位",
    "配合",
    "主办",
    "承办",
    "联系",
];

/// Whether a line, its colon included, names those a document is sent to (主送机关).
pub(super) fn is_addressee(text: &str) -> bool {
    let Some(names) = text.strip_suffix(['：', ':']) else { return false };
    let names = names.trim_end();
    let last = strip_brackets(names);
    text.len() <= LONGEST_ADDRESSEE
        && !names.contains(['。', '；', '：', '！'])
        && !NOT_ADDRESSED.iter().any(|word| names.contains(word))
        && (BODY_ENDS.iter().any(|end| last.ends_with(end))
            || [
                "单位",
                "机构",
                "部门",
                "企业",
                "区",
                "县",
                "市",
                "代表",
                "同志",
                "们",
                "院校",
                "高校",
                "群众",
                "人士",
                "朋友",
                "联社",
                "高新区",
                "医院",
                "分行",
            ]
            .iter()
            .any(|end| last.ends_with(end)))
}

/// Joins the lines of a title: no white space beside a Han character.
pub(super) fn joined_title(lines: &[&str]) -> String {
    let mut out = String::new();
    for line in lines {
        let mut gap = false;
        for c in line.chars() {
            if c.is_whitespace() {
                gap = true;
                continue;
            }
            // White space is kept only between two Latin words.
            if gap && c.is_ascii_alphabetic() && out.ends_with(|last: char| last.is_ascii_alphanumeric()) {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_addressees_and_bodies() {
        assert!(ends_title("关于印发《会宁县2021年政务公开工作要点》的通  知"));
        assert!(ends_title("某某市养犬管理办法（试行）"));
        assert!(!ends_title("关于印发《会宁县 2021 年政务公开"));
        assert!(is_addressee("各乡镇人民政府，县直各部门、各直属事业机构:"));
        assert!(!is_addressee("现将有关事项通知如下："));
        assert!(is_body("会宁县人民政府办公室"));
        assert!(!is_body("三、工作任务"));
        assert_eq!(joined_title(&["旌德县 2021 年", "工作 要点"]), "旌德县2021年工作要点");
    }
}
