//! How a document number is found in a text: the writings, and where the agency code before one begins.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{NumberMention, is_named};

/// One writing of a number. The agency code before it is read backwards in code: a pattern that begins with a run of Han
/// is slow on Chinese text, which is nothing else.
struct Writing {
    pattern: Regex,
    /// Which groups hold the end of the agency, the year and the serial; 0 is none.
    groups: [usize; 3],
    /// Fewest characters of the agency; none when the writing has no agency.
    agency: Option<usize>,
}

/// The writings, the most telling first: what one has read the next ones leave alone.
static WRITINGS: LazyLock<[Writing; 8]> = LazyLock::new(|| {
    let writing = |pattern: &str, groups: [usize; 3], agency| Writing {
        #[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test run")]
        pattern: Regex::new(pattern).unwrap(),
        groups,
        agency,
    };
    [
        // Agency code, then a bracketed year, then a serial: 政办〔2021〕74号, 国发[1998]字3号, 省政府令〔2020〕第3号.
        writing(
            r"\s*[〔﹝\[［【（(〈<﹙]\s*((?:19|20)[0-9]{2})\s*年?\s*[〕﹞\]］】）)〉>﹚]\s*字?\s*第?\s*([0-9]{1,5})\s*号?",
            [0, 1, 2],
            Some(0),
        ),
        // Years of two figures in numbers of the last century: 国发〔85〕10号.
        writing(r"([发函字办])\s*[〔\[［【]\s*([5-9][0-9])\s*[〕\]］】]\s*([0-9]{1,5})\s*号", [1, 2, 3], Some(2)),
        // The same typed without brackets: 会政办发2021 85, 会政办发2021年第85号.
        writing(
            r"([发字规函办政])\s*((?:19|20)[0-9]{2})(?:\s*年?\s*第|\s+|[-—·.])\s*([0-9]{1,5})\s*号?",
            [1, 2, 3],
            Some(2),
        ),
        // Orders and announcements of a year: 财政部公告2020年第3号.
        writing(r"(令|公告|通告)\s*((?:19|20)[0-9]{2})\s*年?\s*第\s*([0-9]{1,5})\s*号", [1, 2, 3], Some(1)),
        // Orders are counted through the years: 国务院令第706号, 国令第706号, 公告第十二号.
        writing(
            r"(令|公告|通告)\s*[（(]?\s*第\s*([0-9]{1,5}|[〇零○一二三四五六七八九十百]{1,7})\s*号",
            [1, 0, 2],
            Some(1),
        ),
        // Only year and serial: 2021 85号, 2021年85号.
        writing(r"((?:19|20)[0-9]{2})(?:\s*年\s*第?|\s+)([0-9]{1,5})\s*号", [0, 1, 2], None),
        // Without a year: 青政办发5号, 人社发第12号.
        writing(
            r"([政办府国财民教卫社委改信农建保税监资水交急审环科联旅商林退司公住][发函规])\s*第?\s*([0-9]{1,5})\s*号",
            [1, 0, 2],
            Some(3),
        ),
        // Only the serial: 85号文.
        writing(r"([0-9]{1,5})\s*号文", [0, 0, 1], None),
    ]
});
/// Longest agency code: 中国人民银行银保监会证监会外汇局公告 and the like.
const LONGEST_AGENCY: usize = 30;

/// Characters after which a number is no document's: 5号楼, 3号线.
const PLACES: &[char] = &[
    '楼', '线', '院', '门', '房', '路', '机', '厅', '窗', '台', '日', '库', '地', '车', '床', '间', '厂', '馆', '井',
    '站', '桥', '街', '巷',
];

/// Words that often stand before an agency code and are not part of it.
const NOT_AGENCY: [&str; 21] = [
    "发文字号",
    "文号",
    "依据",
    "根据",
    "按照",
    "印发",
    "通知",
    "文件",
    "关于",
    "以及",
    "参照",
    "公布",
    "发布",
    "施行",
    "签署",
    "附件",
    "办法",
    "条例",
    "决定",
    "措施",
    "的",
];
/// Words that join two numbers; names of ministries have them inside (工业和信息化部令).
const JOINING: [&str; 2] = ["和", "及"];

pub(super) fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            _ => c,
        })
        .collect()
}

/// A number written on its own, without the white space of typesetting: 国 办 发 〔2018〕 123 号.
pub(super) fn squeeze(folded: &str) -> String {
    let figures = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut out = String::with_capacity(folded.len());
    let mut words = folded.split_whitespace().peekable();
    while let Some(word) = words.next() {
        out.push_str(word);
        // 2021 85: the space is all that tells year and serial apart.
        if figures(word.chars().next_back()) && figures(words.peek().and_then(|next| next.chars().next())) {
            out.push(' ');
        }
    }
    out
}

pub(super) fn find(folded: &str) -> Vec<NumberMention> {
    // By where they begin: a list of numbers has thousands of them, and each asks for its neighbours.
    let mut found: BTreeMap<usize, NumberMention> = BTreeMap::new();
    for Writing { pattern, groups, agency: shortest } in &*WRITINGS {
        for captures in pattern.captures_iter(folded) {
            let Some(whole) = captures.get(0) else { continue };
            let [word, year, serial] = groups.map(|group| captures.get(group).filter(|_| group > 0));
            let mut before = found.range(..whole.start()).rev().map(|(_, other)| other.range.end);
            let from = before.find(|end| *end <= whole.start()).unwrap_or(0);
            let agency = shortest.map_or("", |_| {
                let end = word.map_or(whole.start(), |word| word.end());
                trim_agency(&folded[agency_start(folded, from, word.map_or(end, |word| word.start()))..end])
            });
            let start = if shortest.is_some() && (!agency.is_empty() || word.is_some()) {
                word.map_or(whole.start(), |word| word.end()) - agency.len()
            } else {
                whole.start() + (whole.as_str().len() - whole.as_str().trim_start().len())
            };
            let Some(serial) = serial.and_then(|serial| serial_of(serial.as_str())) else { continue };
            let year: Option<u16> = year.and_then(|year| year.as_str().parse().ok());
            let year = year.map(|year| if year < 100 { year + 1900 } else { year });
            let range = start..whole.end();
            let long_enough = shortest.is_none_or(|shortest| agency.chars().count() >= shortest);
            let last = found.range(..range.end).next_back();
            let place = year.is_none() && folded[range.end..].starts_with(PLACES);
            if long_enough && !place && last.is_none_or(|(_, other)| other.range.end <= range.start) {
                found.insert(range.start, NumberMention { range, agency: agency.to_owned(), year, serial });
            }
        }
    }
    found.into_values().collect()
}

/// Where the run of Han before a place begins.
fn agency_start(folded: &str, from: usize, end: usize) -> usize {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '〇');
    let run = folded[from..end].chars().rev().take(LONGEST_AGENCY).take_while(|c| is_han(*c));
    let start = end - run.map(char::len_utf8).sum::<usize>();
    // 2004年11月1日国务院令: the run begins with the end of a date.
    let dated = folded[..start].ends_with(|c: char| c.is_ascii_digit()) && folded[start..end].starts_with('日');
    if dated { start + '日'.len_utf8() } else { start }
}

/// A serial in Arabic or Chinese figures: 706, 七〇六, 十二, 一百二十三.
fn serial_of(text: &str) -> Option<u32> {
    if let Ok(serial) = text.parse() {
        return Some(serial);
    }
    let figure =
        |c: char| "〇一二三四五六七八九".chars().zip(0..).find(|(known, _)| *known == c).map(|(_, value)| value);
    let (mut whole, mut digits): (u32, Option<u32>) = (0, None);
    for c in text.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            _ => {
                let value = if matches!(c, '零' | '○') { 0 } else { figure(c)? };
                digits = Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(value)?);
                continue;
            }
        };
        whole = whole.checked_add(digits.take().unwrap_or(1).checked_mul(place)?)?;
    }
    whole.checked_add(digits.unwrap_or(0)).filter(|serial| *serial > 0)
}

/// Cuts words of the sentence off the front of an agency code.
fn trim_agency(raw: &str) -> &str {
    let joining = JOINING.iter().filter(|_| !is_named(raw));
    NOT_AGENCY
        .iter()
        .chain(joining)
        .filter_map(|word| raw.rfind(word).map(|at| &raw[at + word.len()..]))
        .min_by_key(|rest| rest.len())
        .unwrap_or(raw)
}
