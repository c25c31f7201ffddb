//! The document number (发文字号), in every writing people use.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// A document number: agency code (机关代字), year, serial. Its display form is 会政办发〔2021〕85号.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber {
    agency: String,
    year: u16,
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

/// Agency code, then a bracketed year, then a serial: 政办〔2021〕74号.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
    Regex::new(r"(\p{Han}{0,16})\s*[〔﹝\[［【（(〈<]\s*((?:19|20)[0-9]{2})\s*年?\s*[〕﹞\]］】）)〉>]\s*第?\s*([0-9]{1,5})\s*号?").unwrap()
});
/// The same typed without brackets: 会政办发2021 85, 会政办发2021年第85号.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
    Regex::new(
        r"(\p{Han}{1,12}(?:发|字|规|函|办|令|政))\s*((?:19|20)[0-9]{2})(?:\s*年?\s*第|\s+|[-—·.])\s*([0-9]{1,5})\s*号?",
    )
    .unwrap()
});
/// Only year and serial: 2021 85号, 2021年85号.
static YEAR_SERIAL: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
    Regex::new(r"((?:19|20)[0-9]{2})(?:\s*年\s*第?|\s+)([0-9]{1,5})\s*号").unwrap()
});
/// Only the serial: 85号文.
static SERIAL_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
    Regex::new(r"([0-9]{1,5})\s*号文").unwrap()
});

/// Words that often stand before an agency code and are not part of it.
const NOT_AGENCY: [&str; 12] =
    ["文号", "发文字号", "依据", "根据", "按照", "印发", "通知", "文件", "关于", "以及", "参照", "的"];

impl DocumentNumber {
    /// Parses a text that is a document number and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text.trim());
        let mention = find(&folded).into_iter().next()?;
        let whole = mention.range.start == 0 && mention.range.end == folded.len();
        match (whole, mention.year) {
            (true, Some(year)) => Some(Self { agency: mention.agency, year, serial: mention.serial }),
            _ => None,
        }
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

    /// 机关代字.
    #[must_use]
    pub fn agency(&self) -> &str {
        &self.agency
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The serial.
    #[must_use]
    pub fn serial(&self) -> u32 {
        self.serial
    }

    /// The form used as a search key: agency, year and serial separated by bars.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}|{}|{}", self.agency, self.year, self.serial)
    }

    /// The number with this [`Self::key`]; quicker than [`Self::parse`].
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let mut parts = key.splitn(3, '|');
        let (agency, year, serial) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { agency: agency.to_owned(), year: year.parse().ok()?, serial: serial.parse().ok()? })
    }
}

impl NumberMention {
    /// The full number, when year and serial are both there.
    #[must_use]
    pub fn number(&self) -> Option<DocumentNumber> {
        self.year.map(|year| DocumentNumber { agency: self.agency.clone(), year, serial: self.serial })
    }

    /// Whether the mention can mean this number: everything it says agrees (an agency agrees when one ends with the
    /// other, as 政办 does with 会政办).
    #[must_use]
    pub fn matches(&self, number: &DocumentNumber) -> bool {
        self.serial == number.serial
            && self.year.is_none_or(|year| year == number.year)
            && (number.agency.ends_with(&self.agency)
                || self.agency.ends_with(&number.agency) && !number.agency.is_empty())
    }
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

fn find(folded: &str) -> Vec<NumberMention> {
    let mut found: Vec<NumberMention> = Vec::new();
    let patterns =
        [(&*BRACKETED, true, true), (&*BARE, true, true), (&*YEAR_SERIAL, false, true), (&*SERIAL_ONLY, false, false)];
    for (pattern, has_agency, has_year) in patterns {
        for captures in pattern.captures_iter(folded) {
            let Some(whole) = captures.get(0) else { continue };
            let group = |n: usize| captures.get(n).map_or("", |m| m.as_str());
            let raw_agency = if has_agency { group(1) } else { "" };
            let agency = trim_agency(raw_agency);
            let start = whole.start() + (raw_agency.len() - agency.len());
            let year_group = 1 + usize::from(has_agency);
            let year = if has_year { group(year_group).parse().ok() } else { None };
            let Ok(serial) = group(year_group + usize::from(has_year)).parse() else { continue };
            let mention = NumberMention { range: start..whole.end(), agency: agency.to_owned(), year, serial };
            if found
                .iter()
                .all(|other| other.range.end <= mention.range.start || mention.range.end <= other.range.start)
            {
                found.push(mention);
            }
        }
    }
    found.sort_by_key(|mention| mention.range.start);
    found
}

/// Cuts words of the sentence off the front of an agency code.
fn trim_agency(raw: &str) -> &str {
    NOT_AGENCY
        .iter()
        .filter_map(|word| raw.rfind(word).map(|at| &raw[at + word.len()..]))
        .min_by_key(|rest| rest.len())
        .unwrap_or(raw)
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.agency, self.year, self.serial)
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
        assert_eq!(agencies, ["国办发", "和甘政办发"]);
    }
}
