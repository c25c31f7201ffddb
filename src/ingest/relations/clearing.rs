//! Lists of a review of documents (清理结果): one relation for each row of what is kept, amended or repealed.
//!
//! The lists come as pipe tables, as numbered lines under headings, and run together in one line (1《甲》某发〔2020〕1号2《乙》…).

use super::names::{clip, named, number_in, titled};
use crate::policy::{Relation, RelationKind, Target};

/// Longest heading of a list: 附件2　宣布失效的省政府行政规范性文件目录（285件）.
const MAX_HEADING_CHARS: usize = 60;
/// Longest row; a longer one is a paragraph.
const MAX_ROW_CHARS: usize = 300;

pattern!(
    TITLED,
    r"清理(?:结果|情况|目录)|(?:废止|失效|保留|继续有效|现行有效)[^《》]{0,30}(?:文件|规章|政策|目录|决定|通知|公告)|(?:文件|规章|法规)[^《》]{0,12}(?:目录|清单)"
);
pattern!(KEEPS, r"保留|继续有效|继续执行|继续适用|继续实施|现行有效|有效的");
pattern!(REPEALS, r"废止|失效|停止执行|不再执行|撤销|作废");
pattern!(AMENDS, r"修改|修订|修正");
pattern!(PLANNED, r"拟|建议|待|限期|适时|尽快|需");
pattern!(
    HEADING,
    r"(?:附件\s*[0-9一二三四五六七八九十]{0,2}\s*[：:.．]?\s*|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|^)\s*((?:[^。；《》\n|0-9]{0,30})(?:目录|清单|文件|规章|政策|如下)(?:[（(][^（）()]{1,12}[）)])?)\s*[：:]?"
);
pattern!(ROW_START, r"(?:^|[^0-9〔\[（(第年月])([0-9]{1,3})\s*[.．、]?\s*[《〈]");
pattern!(NUMBERED_LINE, r"^\s*(?:[0-9]{1,3}\s*[.．、]\s*|[（(][0-9]{1,3}[）)]\s*)(\S.{3,120})$");
pattern!(
    FATE_AT_END,
    r"(保留|继续有效|继续执行|废止|宣布失效|失效|停止执行|修改|修订|拟修改|拟废止|限期修改|予以废止|予以保留|予以修改)[。；]?\s*$"
);
pattern!(NUMBER_LINE, r"文号\s*[：:]\s*(.{4,40})|机关与文号\s*[：:]\s*(.{4,60})");
pattern!(NUMBER_TAIL, r"[（(][^（）()]{0,20}[〔\[（(]\s*(?:19|20)[0-9]{2}.{0,14}号[^（）()]{0,4}[）)].*$");

/// What a list says of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// To be amended; until then it stays in force.
    ToAmend,
    Amended,
    Repealed,
}

impl Fate {
    /// The fate that words name; none when they name several or none.
    fn of(words: &str) -> Option<Self> {
        let (keeps, repeals, amends) = (KEEPS.is_match(words), REPEALS.is_match(words), AMENDS.is_match(words));
        match (keeps, repeals, amends) {
            (true, false, false) => Some(Self::Kept),
            (false, true, false) if !words.contains('拟') && !words.contains("建议") => Some(Self::Repealed),
            (false, false, true) if PLANNED.is_match(words) => Some(Self::ToAmend),
            (false, false, true) => Some(Self::Amended),
            _ => None,
        }
    }

    fn kind(self) -> RelationKind {
        match self {
            Self::Kept | Self::ToAmend => RelationKind::Confirms,
            Self::Amended => RelationKind::Amends,
            Self::Repealed => RelationKind::Repeals,
        }
    }
}

/// The list being read.
struct List<'f> {
    fate: Option<Fate>,
    heading: String,
    /// Columns of a pipe table: title, number, fate.
    columns: Option<Columns>,
    /// Whether a numbered line without marks may be a row: right under a heading of a list.
    bare_rows: bool,
    found: &'f mut Vec<Relation>,
}

#[derive(Clone, Copy)]
struct Columns {
    title: usize,
    number: Option<usize>,
    fate: Option<usize>,
}

/// What the lists of a document say of their rows.
pub(super) fn clearing(title: &str, text: &str, found: &mut Vec<Relation>) {
    let is_list = TITLED.is_match(title);
    let mut list = List { fate: None, heading: String::new(), columns: None, bare_rows: false, found };
    if is_list {
        list.fate = Fate::of(title);
        title.clone_into(&mut list.heading);
    }
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with('|') {
            list.table_line(line, is_list);
            continue;
        }
        list.columns = None;
        // Two wide spaces begin a paragraph where the lines of the source were lost.
        for piece in line.split("　　").map(str::trim).filter(|piece| is_list && !piece.is_empty()) {
            list.running(piece);
        }
        if !is_list && list.bare_rows {
            list.running(line);
        }
        // 下列文件同时废止： opens a list in any document.
        let opens = line.ends_with(['：', ':']) && ["下列", "以下", "如下"].iter().any(|word| line.contains(word));
        if opens && line.contains("文件") | line.contains("规定") | line.contains("通知") {
            list.fate = Fate::of(line).filter(|fate| *fate == Fate::Repealed);
            list.heading = clip(line);
            list.bare_rows = list.fate.is_some();
        }
    }
}

impl List<'_> {
    fn table_line(&mut self, line: &str, is_list: bool) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' '))) {
            return;
        }
        if let Some(columns) = columns_of(&cells) {
            self.columns = Some(columns);
            return;
        }
        let whole_row = cells.iter().filter(|cell| !cell.is_empty()).count() == 1;
        if whole_row && let Some(fate) = Fate::of(&cells.concat()) {
            (self.fate, self.heading) = (Some(fate), cells.concat());
            return;
        }
        let Some(columns) = self.columns.filter(|columns| is_list || columns.fate.is_some()) else { return };
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let stated = columns.fate.map(cell).unwrap_or_default();
        let fate = if columns.fate.is_some() && !stated.is_empty() { Fate::of(stated) } else { self.fate };
        let number = columns.number.and_then(|at| number_in(cell(at)));
        self.row(cell(columns.title), number, fate, line);
    }

    /// A line outside tables: headings and rows, perhaps run together.
    fn running(&mut self, line: &str) {
        let starts: Vec<usize> =
            ROW_START.captures_iter(line).filter_map(|found| Some(found.get(1)?.start())).collect();
        let first = starts.first().copied().unwrap_or(line.len());
        self.heading_in(&line[..first]);
        if starts.is_empty() {
            self.bare_line(line);
            return;
        }
        let ends = starts.iter().skip(1).copied().chain([line.len()]);
        for (start, end) in starts.iter().copied().zip(ends) {
            // The heading of the next list follows its last row in a line that is run together.
            let piece = &line[start..end];
            let heading =
                HEADING.find_iter(piece).find(|found| found.start() > 0 && Fate::of(found.as_str()).is_some());
            let row = heading.as_ref().map_or(piece, |found| &piece[..found.start()]);
            let stated = FATE_AT_END.captures(row.trim()).and_then(|found| Fate::of(found.get(1)?.as_str()));
            let rest = row.rsplit('》').next().unwrap_or_default();
            let number = number_in(row.split_once('》').map_or(rest, |(_, rest)| rest));
            self.row(row, number, stated.or(self.fate), row);
            if let Some(found) = heading {
                self.heading_in(&piece[found.start()..]);
            }
        }
    }

    fn heading_in(&mut self, words: &str) {
        for captures in HEADING.captures_iter(words) {
            let heading = captures.get(1).map_or("", |found| found.as_str()).trim();
            let tells = KEEPS.is_match(heading) || REPEALS.is_match(heading) || AMENDS.is_match(heading);
            // 说明：废止该文件有利于…… gives a reason, not a list.
            if tells && !words.starts_with("说明") && heading.chars().count() <= MAX_HEADING_CHARS {
                self.fate = Fate::of(heading);
                self.heading = clip(heading);
                self.bare_rows = self.fate.is_some();
            }
        }
    }

    /// 12.关于某某工作的通知（某政发〔2015〕3号), and below it 文号：….
    fn bare_line(&mut self, line: &str) {
        if let Some(captures) = NUMBER_LINE.captures(line)
            && let Some(last) = self.found.last_mut()
            && last.target.number.is_none()
        {
            let words = captures.get(1).or_else(|| captures.get(2)).map_or("", |found| found.as_str());
            last.target.number = number_in(words);
            return;
        }
        let Some(words) = NUMBERED_LINE.captures(line).and_then(|found| found.get(1)) else { return };
        if self.bare_rows && self.fate.is_some() && !words.as_str().ends_with('。') {
            let name = NUMBER_TAIL.replace(words.as_str(), "");
            let number = number_in(words.as_str());
            let quoted = if name.contains('《') && name.starts_with('《') {
                name.into_owned()
            } else {
                format!("《{name}》")
            };
            self.row(&quoted, number, self.fate, line);
        }
    }

    fn row(&mut self, cell: &str, number: Option<crate::policy::DocumentNumber>, fate: Option<Fate>, words: &str) {
        let Some(fate) = fate.filter(|_| words.chars().count() <= MAX_ROW_CHARS) else { return };
        let mut targets = named(cell);
        if targets.is_empty() && cell.chars().count() >= super::MIN_TITLE_CHARS {
            targets = vec![titled(NUMBER_TAIL.replace(cell, "").trim())];
        }
        for target in targets {
            let number = target.number.clone().or_else(|| number.clone());
            let target = Target { number, ..target };
            let basis = format!("{}：{}", self.heading, words.trim());
            self.found.push(Relation::new(fate.kind(), target).because(clip(&basis)));
        }
    }
}

/// Which cells of a header row name title, number and fate.
fn columns_of(cells: &[&str]) -> Option<Columns> {
    let find = |words: &[&str]| cells.iter().position(|cell| words.iter().any(|word| cell.contains(word)));
    let short = cells.iter().all(|cell| cell.chars().count() <= 12);
    let title = find(&["文件名称", "文件标题", "标题", "名称", "文件名"])?;
    let number = find(&["文号", "文件编号", "字号"]);
    let fate = find(&["处理意见", "清理结果", "清理意见", "处理结果", "处理方式", "处理", "结论", "意见", "效力"]);
    (short && (number.is_some() || fate.is_some())).then_some(Columns { title, number, fate })
}
