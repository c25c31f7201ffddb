//! The document number (发文字号), in every writing people use.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// A document number: agency code (机关代字), year, serial. Its display form is 会政办发〔2021〕85号; orders may have no year
/// (国务院令第706号), announcements put it in words (财政部公告2020年第3号).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber {
    agency: String,
    year: Option<u16>,
    serial: u32,
}

/// A document number as it stands in a running text or a question; the agency or the year may be left out (85号文).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberMention {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Agency code as written, possibly empty.
    pub agency: String,
    /// The year.
    pub year: Option<u16>,
    /// The serial.
    pub serial: u32,
}

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
static WRITINGS: LazyLock<[Writing; 7]> = LazyLock::new(|| {
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
        // Only the serial: 85号文.
        writing(r"([0-9]{1,5})\s*号文", [0, 0, 1], None),
    ]
});
/// Longest agency code: 中国人民银行银保监会证监会外汇局公告 and the like.
const LONGEST_AGENCY: usize = 30;

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
/// Agencies of one name: the State Council's orders are called so in catalogues, in texts and in their own heads.
const SAME_AGENCY: [(&str, &str); 3] =
    [("国令", "国务院令"), ("中华人民共和国国务院令", "国务院令"), ("中华人民共和国主席令", "主席令")];

impl DocumentNumber {
    /// Parses a text that is a document number and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded = squeeze(&fold(text.trim()));
        let mention = find(&folded).into_iter().next()?;
        let whole = mention.range.start == 0 && mention.range.end == folded.len();
        if whole { mention.number() } else { None }
    }

    /// Document numbers mentioned in a text. Offsets are those of the text given.
    #[must_use]
    pub fn mentions(text: &str) -> Vec<NumberMention> {
        let folded = fold(text);
        let mut mentions = find(&folded);
        if folded.len() != text.len() {
            // Folding maps character to character, so ranges translate by counting characters.
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            for mention in &mut mentions {
                let first = folded[..mention.range.start].chars().count();
                let last = first + folded[mention.range.clone()].chars().count();
                mention.range = starts[first]..starts[last];
            }
        }
        mentions
    }

    /// 机关代字; for orders and announcements their name (国务院令).
    #[must_use]
    pub fn agency(&self) -> &str {
        &self.agency
    }

    /// The year; orders may have none.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// The serial.
    #[must_use]
    pub fn serial(&self) -> u32 {
        self.serial
    }

    /// The form under which documents are found: agency, year and serial separated by bars; one for all names of an
    /// agency, so that 国令第706号 and 国务院令第706号 are the same.
    #[must_use]
    pub fn key(&self) -> String {
        self.bars(same_agency(&self.agency))
    }

    /// The form in which it is stored: as [`Self::key`], with the agency as written.
    #[must_use]
    pub fn stored(&self) -> String {
        self.bars(&self.agency)
    }

    fn bars(&self, agency: &str) -> String {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        format!("{agency}|{year}|{}", self.serial)
    }

    /// The number with this [`Self::key`] or [`Self::stored`] form; quicker than [`Self::parse`].
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let mut parts = key.splitn(3, '|');
        let (agency, year, serial) = (parts.next()?, parts.next()?, parts.next()?);
        let year = if year.is_empty() { None } else { Some(year.parse().ok()?) };
        Some(Self { agency: agency.to_owned(), year, serial: serial.parse().ok()? })
    }
}

impl NumberMention {
    /// The full number: year and serial, or an order's serial.
    #[must_use]
    pub fn number(&self) -> Option<DocumentNumber> {
        let full = self.year.is_some() || is_named(&self.agency);
        full.then(|| DocumentNumber { agency: self.agency.clone(), year: self.year, serial: self.serial })
    }

    /// Whether the mention can mean this number: everything it says agrees (an agency agrees when one ends with the
    /// other, as 政办 does with 会政办).
    #[must_use]
    pub fn matches(&self, number: &DocumentNumber) -> bool {
        let (said, known) = (same_agency(&self.agency), same_agency(&number.agency));
        self.serial == number.serial
            && self.year.is_none_or(|year| number.year.is_none_or(|known| known == year))
            && (known.ends_with(said) || said.ends_with(known) && !known.is_empty())
    }
}

/// Whether an agency is the name of a kind of document that is counted without years: 国务院令, 财政部公告.
fn is_named(agency: &str) -> bool {
    is_order(agency) || is_announcement(agency)
}

fn is_order(agency: &str) -> bool {
    agency.ends_with('令')
}

fn is_announcement(agency: &str) -> bool {
    agency.ends_with("公告") || agency.ends_with("通告")
}

fn same_agency(agency: &str) -> &str {
    SAME_AGENCY.iter().find(|(name, _)| *name == agency).map_or(agency, |(_, common)| common)
}

fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            _ => c,
        })
        .collect()
}

/// A number written on its own, without the white space of typesetting: 国 办 发 〔2018〕 123 号.
fn squeeze(folded: &str) -> String {
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

fn find(folded: &str) -> Vec<NumberMention> {
    let mut found: Vec<NumberMention> = Vec::new();
    for Writing { pattern, groups, agency: shortest } in &*WRITINGS {
        for captures in pattern.captures_iter(folded) {
            let Some(whole) = captures.get(0) else { continue };
            let [word, year, serial] = groups.map(|group| captures.get(group).filter(|_| group > 0));
            let from = found.iter().map(|other| other.range.end).filter(|end| *end <= whole.start()).max().unwrap_or(0);
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
            let free = found.iter().all(|other| other.range.end <= range.start || range.end <= other.range.start);
            if long_enough && free {
                found.push(NumberMention { range, agency: agency.to_owned(), year, serial });
            }
        }
    }
    found.sort_by_key(|mention| mention.range.start);
    found
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

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { agency, serial, .. } = self;
        match self.year {
            None => write!(f, "{agency}第{serial}号"),
            Some(year) if is_announcement(agency) => write!(f, "{agency}{year}年第{serial}号"),
            Some(year) if is_order(agency) => write!(f, "{agency}〔{year}〕第{serial}号"),
            Some(year) => write!(f, "{agency}〔{year}〕{serial}号"),
        }
    }
}

impl TryFrom<String> for DocumentNumber {
    type Error = String;
    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value).ok_or_else(|| format!("“{value}” 不是发文字号；应如 会政办发〔2021〕85号"))
    }
}

impl From<DocumentNumber> for String {
    fn from(value: DocumentNumber) -> Self {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_writing_is_the_same_number() {
        let number = DocumentNumber::parse("会政办发〔2021〕85号").unwrap();
        for text in [
            "会政办发[2021]85号",
            "会政办发(2021) 85 号",
            "会政办发（２０２１）８５号",
            "会政办发2021 85",
            "会政办发〔2021〕85 号",
            "会政办发2021年第85号",
        ] {
            assert_eq!(DocumentNumber::parse(text), Some(number.clone()), "{text}");
        }
        assert_eq!(number.to_string(), "会政办发〔2021〕85号");
        assert_eq!(DocumentNumber::from_key(&number.key()), Some(number));
        assert_eq!(DocumentNumber::parse("国发[1998]字3号"), DocumentNumber::parse("国发〔1998〕3号"));
        assert_eq!(
            DocumentNumber::parse("国 办 发\n〔２０１８〕\n123 号"),
            DocumentNumber::parse("国办发〔2018〕123号")
        );
    }

    #[test]
    fn orders_and_announcements_keep_their_form() {
        for (text, shown) in [
            ("国务院令第706号", "国务院令第706号"),
            ("国令第706号", "国令第706号"),
            ("国务院令（第七〇六号）", ""),
            ("国务院令 第七百零六号", "国务院令第706号"),
            ("省政府令〔2020〕第3号", "省政府令〔2020〕第3号"),
            ("江澜省人民政府令[2020]3号", "江澜省人民政府令〔2020〕第3号"),
            ("财政部 税务总局公告2020年第3号", "财政部税务总局公告2020年第3号"),
            ("通告 2020年第3号", "通告2020年第3号"),
            ("公告第十二号", "公告第12号"),
            ("住房和城乡建设部令第5号", "住房和城乡建设部令第5号"),
            ("国经贸〔2000〕1号", "国经贸〔2000〕1号"),
            ("太原市人民政府令第5号", "太原市人民政府令第5号"),
            ("工信部联规〔2020〕1号", "工信部联规〔2020〕1号"),
        ] {
            let number = DocumentNumber::parse(text);
            assert_eq!(number.as_ref().map(ToString::to_string).unwrap_or_default(), shown, "{text}");
            let Some(number) = number else { continue };
            assert_eq!(DocumentNumber::parse(&number.to_string()).as_ref(), Some(&number), "{text}");
            assert_eq!(DocumentNumber::from_key(&number.stored()).as_ref(), Some(&number), "{text}");
        }
        let order = DocumentNumber::parse("国令第706号").unwrap();
        assert_eq!(order.key(), DocumentNumber::parse("国务院令第706号").unwrap().key());
        let mentions = DocumentNumber::mentions("依照《某某条例》（中华人民共和国国务院令第706号）执行");
        assert!(mentions[0].matches(&order) && mentions.len() == 1, "{mentions:?}");
        assert_eq!(DocumentNumber::parse("第三条"), None);
        assert_eq!(DocumentNumber::parse("85号文"), None);
    }

    #[test]
    fn partial_mentions_match() {
        let number = DocumentNumber::parse("旌政办〔2021〕74号").unwrap();
        for text in ["政办[2021]74号 哪几个号不并进来", "74号文是啥", "2021 74号说了什么", "〔2021〕74号"]
        {
            let mentions = DocumentNumber::mentions(text);
            assert!(mentions.iter().any(|m| m.matches(&number)), "{text}: {mentions:?}");
        }
        assert!(DocumentNumber::mentions("2021年8月27日印发").is_empty());
        assert!(DocumentNumber::mentions("拨打12345").is_empty());
    }

    #[test]
    fn words_of_the_sentence_are_not_agency() {
        let mentions = DocumentNumber::mentions("根据国办发〔2020〕17号和甘政办发〔2020〕83号精神");
        let agencies: Vec<_> = mentions.iter().map(|m| m.agency.as_str()).collect();
        assert_eq!(agencies, ["国办发", "甘政办发"]);
    }
}
