//! The document number (发文字号), in every writing people use.

mod reading;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use reading::{find, fold, squeeze};

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
mod tests;
