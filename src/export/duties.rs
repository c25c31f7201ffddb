//! Duties (责任与时限): who must do what and by when, in the document's own words, as a table.

use std::io::Write;
use std::ops::Range;

use super::ExportError;
use super::tables::Sheet;
use crate::policy::{ClauseKind, ClauseNode, DocumentKind, PolicyDocument, Responsibility};

/// Rows of one table: work plans have some two hundred tasks.
const MOST_DUTIES: usize = 600;
/// Bytes between two statements that still belong to one task: a comma, a line break, a bracket.
const SAME_BRACKET: usize = 12;
/// Longest name of who acts, in characters.
const WHO_CHARS: usize = 24;
/// What names of offices end with.
const OFFICES: [&str; 26] = [
    "局",
    "委",
    "委员会",
    "厅",
    "部",
    "部门",
    "办",
    "办公室",
    "院",
    "中心",
    "政府",
    "公司",
    "机构",
    "站",
    "所",
    "单位",
    "处",
    "科",
    "会",
    "银行",
    "街道",
    "乡镇",
    "机关",
    "学校",
    "小组",
    "主任",
];
/// What names of others end with.
const PARTIES: [&str; 8] = ["人", "企业", "者", "户", "合作社", "社会组织", "学会", "方"];

pattern!(
    LIMIT,
    r"(?:自[^。；，\n]{1,24}?起)?(?:[0-9０-９]{1,3}|[一二两三四五六七八九十]{1,3})个?(?:工作日|自然日|小时|日|天|月)(?:之|以)?内"
);
pattern!(
    DAY,
    r"(?:每年|当年|次年|[12][0-9]{3}\s*年\s*)?(?:[0-9]{1,2}\s*月\s*(?:[0-9]{1,2}\s*日|底|末)|年?底)(?:之|以)?前"
);
pattern!(CHARGE, r"(?:由|，|：|^)([^。；，：、由\n]{2,24}?)(?:共同|分别|具体|统一)?负责");
pattern!(
    BY,
    r"由([^。；，：由\n]{2,40}?)(?:共同|分别|具体|统一|牵头|会同|委托|组织|负责|受理|承办|办理|初审|审核|审批|核查|审定|拨付|发放|公示)"
);
// Words that join sentences are nobody's name.
pattern!(JOINING, r"^(?:但是|但|并且|并|且|则|或者|或|其|也|再)+");
pattern!(
    NUMBER,
    r"^\s*(?:第[一二三四五六七八九十百千零〇0-9]+条|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[.．、])\s*"
);
// Where the words for who acts end: 县财政局在复核通过后…, 企业应当自…起…
pattern!(ACTS, r"自|在|于|应当|应|须|可以|收到|接到|对");

// Headings of the columns that say who and by when.
pattern!(UNITS, r"责任|牵头|配合|承办|负责|实施单位|落实单位");
pattern!(LIMITS, r"时限|时间|期限");

/// A duty (责任): what a sentence lays on whom, by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The place of its clause in the outline.
    pub clause: usize,
    /// Who, in the document's own words; empty when the sentence does not say.
    pub units: Vec<String>,
    /// By when, in the document's own words.
    pub limits: Vec<String>,
    /// Where the sentence stands in the canonical text.
    pub words: Range<usize>,
}

/// The duties of a document, in its order.
#[must_use]
pub fn duties(document: &PolicyDocument) -> Vec<Duty> {
    let mut found = Vec::new();
    for (index, node) in document.outline().nodes().iter().enumerate() {
        match node.kind {
            ClauseKind::Title | ClauseKind::Letterhead | ClauseKind::Contents | ClauseKind::Row => continue,
            ClauseKind::Table => tabled(document, node, &mut found),
            _ => {
                stated(document.text(), index, node, &mut found);
                spoken(document, index, node, &mut found);
            }
        }
        if found.len() >= MOST_DUTIES {
            break;
        }
    }
    found.truncate(MOST_DUTIES);
    found
}

/// What stands in brackets or lines of their own: （责任单位：…，完成时限：…）.
fn stated(text: &str, clause: usize, node: &ClauseNode, found: &mut Vec<Duty>) {
    let mut rest = node.responsibilities.as_slice();
    while let Some(first) = rest.first() {
        let mut taken = 1;
        while taken < rest.len() && rest[taken].range.start <= rest[taken - 1].range.end + SAME_BRACKET {
            taken += 1;
        }
        let (group, others) = rest.split_at(taken);
        let is_limit = |one: &&Responsibility| one.role.contains('时');
        let words = |one: &Responsibility| text.get(one.range.clone()).unwrap_or_default().trim().to_owned();
        found.push(Duty {
            clause,
            units: group.iter().filter(|one| !is_limit(one)).map(words).collect(),
            limits: group.iter().filter(is_limit).flat_map(|one| one.values.clone()).collect(),
            words: task_before(text, node, first.range.start),
        });
        rest = others;
    }
}

/// The sentence before a bracket; the whole own text when nothing stands before it.
fn task_before(text: &str, node: &ClauseNode, at: usize) -> Range<usize> {
    let before = text.get(node.start..at).unwrap_or_default();
    let end = before.trim_end_matches(|c: char| c.is_whitespace() || "（(【[".contains(c)).len();
    let body = before[..end].trim_end_matches(['。', '；']);
    let start =
        body.rfind(['。', '；', '\n']).map_or(0, |cut| cut + body[cut..].chars().next().map_or(0, char::len_utf8));
    let start = start + (before[start..end].len() - before[start..end].trim_start().len());
    if start < end { node.start + start..node.start + end } else { node.start..node.own_end }
}

/// What the rows of a table say under headings such as 责任单位 and 完成时间.
fn tabled(document: &PolicyDocument, node: &ClauseNode, found: &mut Vec<Duty>) {
    let text = document.text();
    let mut headings: Option<Vec<&str>> = None;
    let mut at = node.start;
    for line in text.get(node.start..node.end).unwrap_or_default().split_inclusive('\n') {
        let cells = cells(line, at);
        at += line.len();
        let words = |cell: &Range<usize>| &text[cell.clone()];
        if cells.len() < 2 || cells.iter().all(|cell| words(cell).chars().all(|c| matches!(c, '-' | ':'))) {
            continue;
        }
        let Some(headings) = &headings else {
            headings = Some(cells.iter().map(words).collect());
            continue;
        };
        let under = |pattern: &regex::Regex| -> Vec<String> {
            let column = |(_, heading): &(&Range<usize>, &&str)| pattern.is_match(heading);
            let filled = cells.iter().zip(headings).filter(column).map(|(cell, _)| words(cell).to_owned());
            filled.filter(|words| !words.is_empty()).collect()
        };
        let (units, limits) = (under(&UNITS), under(&LIMITS));
        let task = cells.iter().zip(headings).find(|(_, heading)| {
            !UNITS.is_match(heading) && !LIMITS.is_match(heading) && !heading.contains("序号") && !heading.is_empty()
        });
        if let (false, Some((task, _)), Some(clause)) =
            (units.is_empty(), task, document.outline().deepest_at(cells[0].start))
        {
            found.push(Duty { clause, units, limits, words: task.clone() });
        }
    }
}

/// The cells of a row of a pipe table, trimmed, as ranges of the text in which the line begins at `at`.
fn cells(line: &str, at: usize) -> Vec<Range<usize>> {
    let Some(inner) = line.trim().strip_prefix('|').and_then(|rest| rest.strip_suffix('|')) else { return Vec::new() };
    let mut start = at + (line.len() - line.trim_start().len()) + 1;
    let mut cells = Vec::new();
    for cell in inner.split('|') {
        let from = start + (cell.len() - cell.trim_start().len());
        cells.push(from..from + cell.trim().len());
        start += cell.len() + 1;
    }
    cells
}

/// What sentences say: 由县民政局负责…, 县财政局在15个工作日内拨付. One that names nobody is for those whom its clause
/// names in brackets.
fn spoken(document: &PolicyDocument, clause: usize, node: &ClauseNode, found: &mut Vec<Duty>) {
    let text = document.text();
    let named: Vec<&Duty> = found.iter().filter(|duty| duty.clause == clause).collect();
    let named = if let [only] = named.as_slice() { only.units.clone() } else { Vec::new() };
    let mut at = node.start;
    for part in text.get(node.start..node.own_end).unwrap_or_default().split_inclusive(['。', '；', '\n']) {
        let start = at + (part.len() - part.trim_start().len());
        let range = start..start.max(at + part.trim_end().len());
        at += part.len();
        let stated = node.responsibilities.iter().any(|one| one.range.start < range.end && range.start < one.range.end);
        if !stated && let Some((units, limits)) = read(&text[range.clone()], document.meta().kind) {
            let units = if units.is_empty() { named.clone() } else { units };
            found.push(Duty { clause, units, limits, words: range });
        }
    }
}

/// Who and by when, as a sentence says it; nothing when it lays nothing on anybody.
fn read(words: &str, kind: DocumentKind) -> Option<(Vec<String>, Vec<String>)> {
    let mut units: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let name = name.trim();
        if !name.is_empty() && !units.iter().any(|known| known == name) {
            units.push(name.to_owned());
        }
    };
    // Most sentences have none of these words: they are passed over without a pattern.
    let captures = |word: char, pattern: &regex::Regex| -> Vec<String> {
        if !words.contains(word) {
            return Vec::new();
        }
        let names =
            pattern.captures_iter(words).filter_map(|found| Some(unnumbered(found.get(1)?.as_str()).to_owned()));
        names.filter(|name| is_office(name)).collect()
    };
    captures('负', &CHARGE).iter().chain(&captures('由', &BY)).for_each(|name| add(name));
    let mut limits: Vec<regex::Match<'_>> = Vec::new();
    limits.extend(words.contains('内').then(|| LIMIT.find_iter(words)).into_iter().flatten());
    limits.extend(words.contains('前').then(|| DAY.find_iter(words)).into_iter().flatten());
    // A law speaks of everybody's time limits; a table of duties is about offices.
    let anyone = !matches!(kind, DocumentKind::Law | DocumentKind::JudicialInterpretation);
    for limit in &limits {
        let name = who(&words[..limit.start()]);
        if is_office(name) || anyone {
            add(name);
        }
    }
    let limits: Vec<String> = limits.iter().map(|limit| limit.as_str().to_owned()).collect();
    (!units.is_empty() || anyone && !limits.is_empty()).then_some((units, limits))
}

/// Who acts, before the words of a limit: an office or a party, else nobody.
fn who(before: &str) -> &str {
    let segment = before.rsplit(['，', '；', '。', '：', '、', '\n']).next().unwrap_or_default();
    let segment = unnumbered(segment.rsplit('由').next().unwrap_or_default());
    let end = ACTS.find(segment).map_or(segment.len(), |found| found.start());
    let name = segment[JOINING.find(&segment[..end]).map_or(0, |joint| joint.end())..end].trim();
    let acts = is_office(name) || PARTIES.iter().any(|ending| name.ends_with(ending));
    if acts && name.chars().nth(WHO_CHARS).is_none() { name } else { "" }
}

/// Words without the number they begin with.
pub(super) fn unnumbered(words: &str) -> &str {
    &words[NUMBER.find(words).map_or(0, |number| number.end())..]
}

fn is_office(name: &str) -> bool {
    OFFICES.iter().any(|ending| name.ends_with(ending))
}

/// Writes the duties of a document as CSV that a spreadsheet opens without running anything.
pub fn duties_csv(document: &PolicyDocument, out: impl Write) -> Result<(), ExportError> {
    let headings = ["条款", "所在部分", "责任单位", "时限", "原文", "条款标识"];
    let mut sheet = Sheet::new(out, true, &headings)?;
    for duty in duties(document) {
        let Some(clause) = document.clause_at(duty.clause) else { continue };
        let words = document.text().get(duty.words.clone()).unwrap_or_default();
        let path = clause.parent().map(|parent| parent.path().join(" › ")).unwrap_or_default();
        let (units, limits) = (duty.units.join("；"), duty.limits.join("；"));
        sheet.row([clause.label(), &path, &units, &limits, words, &clause.id().0])?;
    }
    Ok(sheet.end()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_tasks_is_read_by_its_headings() {
        let text = "某方案\n\n一、任务\n\n| 序号 | 任务 | 责任单位 | 完成时间 |\n|---|---|---|---|\n| 1 | 建成平台 | 县政府办 | 2026年6月底 |\n";
        let id = crate::policy::DocumentId::parse("a").unwrap();
        let meta = crate::policy::Metadata::new(id, "某方案", DocumentKind::Plan);
        let document = PolicyDocument::new(meta, text.into(), crate::outline::outline(text)).unwrap();
        let [duty] = duties(&document).try_into().unwrap();
        assert_eq!((duty.units, duty.limits), (vec!["县政府办".to_owned()], vec!["2026年6月底".to_owned()]));
        assert_eq!(&text[duty.words], "建成平台");
    }

    #[test]
    fn who_and_by_when_are_the_documents_own_words() {
        let of = |words: &str| read(words, DocumentKind::Normative);
        let (units, limits) = of("第十条　县商务局10个工作日内审核，由县财政局在复核通过后20个工作日内拨付").unwrap();
        assert_eq!(units, ["县商务局", "县财政局"]);
        assert_eq!(limits, ["10个工作日内", "20个工作日内"]);
        let (units, limits) = of("本办法由县民政局负责解释").unwrap();
        assert_eq!((units, limits), (vec!["县民政局".to_owned()], Vec::new()));
        assert_eq!(of("企业应当自公布之日起10个工作日内申请复核").unwrap().0, ["企业"]);
        assert_eq!(of("每年6月30日前，县人力资源和社会保障局公布名单").unwrap().1, ["每年6月30日前"]);
        let (units, _) = of("（二）项目由县工业和信息化局、县财政局委托第三方机构核查，15个工作日内出具报告").unwrap();
        assert_eq!(units, ["县工业和信息化局、县财政局"]);
        assert_eq!(of("（三）注册在乡镇的企业由乡镇人民政府在5个工作日内推荐").unwrap().0, ["乡镇人民政府"]);
        assert!(of("但应当在设备全部到位后12个月内提出").unwrap().0.is_empty());
        assert!(of("年满80周岁的独居老人，每人每月补贴120元").is_none());
        // A law's time limits for everybody are no office's duty.
        assert!(read("当事人应当在十五日内提出", DocumentKind::Law).is_none());
    }
}
