//! The letterhead (版头、落款、版记): what a document says about itself around its body.

mod annex;
mod field;
mod head;
mod role;
mod tail;

use std::ops::Range;

use jiff::civil::Date;

use super::date;
use super::phrase;
use super::unit::{self, Unit};
use crate::policy::{Disclosure, DocumentNumber};

pub(super) use field::ATTACHED;
pub(super) use role::{AnnexMark, Role, roles};

/// What a document says about itself (版头、主送、落款、版记); all ranges are bytes of the text it was read from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Letterhead {
    /// Where the title stands; it may run over several lines.
    pub title: Option<Range<usize>>,
    /// The title in one line, without white space beside Han characters; empty when there is none.
    pub title_text: String,
    /// 发文字号.
    pub number: Option<(Range<usize>, DocumentNumber)>,
    /// 发文机关, as signed, else as in the banner, else as in the title.
    pub issuers: Vec<String>,
    /// 主送机关.
    pub addressee: Option<Range<usize>>,
    /// 发文机关署名, one range per line.
    pub signatures: Vec<Range<usize>>,
    /// 成文日期.
    pub written: Option<(Range<usize>, Date)>,
    /// 公开属性.
    pub disclosure: Option<(Range<usize>, Disclosure)>,
    /// Every field with its Chinese name, in order.
    pub fields: Vec<(Range<usize>, &'static str)>,
}

/// Reads the letterhead of a text.
#[must_use]
pub fn letterhead(text: &str) -> Letterhead {
    let units = unit::units(text);
    let roles = roles(text, &units);
    collect(text, &units, &roles)
}

/// Whether a line is a field of its own and never the middle of a sentence.
pub(super) fn stands_alone(line: &str) -> bool {
    field::opening(line).is_some() || field::closing(line).is_some() || annex::opens(line)
}

/// Gathers the fields from units whose roles are known.
pub(super) fn collect(text: &str, units: &[Unit], roles: &[Role]) -> Letterhead {
    let mut head = Letterhead::default();
    let mut title_lines: Vec<&str> = Vec::new();
    let mut banner = None;
    let mut titled = false;
    for (unit, role) in units.iter().zip(roles) {
        let words = unit.text(text);
        if *role == Role::Title && !titled {
            title_lines.push(words);
            head.title = Some(head.title.map_or(unit.start, |title| title.start)..unit.end);
        } else {
            titled = titled || !title_lines.is_empty();
        }
        let Role::Field(name) = *role else { continue };
        match head.fields.last_mut() {
            Some((range, last)) if name == ATTACHED && *last == name => range.end = unit.end,
            _ => head.fields.push((unit.range(), name)),
        }
        match name {
            field::BANNER => banner = words.trim().strip_suffix("文件"),
            field::ADDRESSEE if head.addressee.is_none() => head.addressee = Some(unit.range()),
            _ => {}
        }
        read_field(&mut head, unit, words, name);
    }
    head.title_text = phrase::joined_title(&title_lines);
    head.issuers = issuers(text, &head, banner);
    head
}

fn read_field(head: &mut Letterhead, unit: &Unit, words: &str, name: &'static str) {
    if name == field::SIGNATURE {
        // Name and date may share the line.
        let date = date::last_date(words);
        let name_end = date.as_ref().map_or(words.len(), |(range, _)| range.start);
        head.signatures.push(unit.start..unit.start + words[..name_end].trim_end().len());
    }
    if head.written.is_none() && (name == field::SIGNATURE || name == field::DATE) {
        head.written = date::last_date(words)
            .and_then(|(range, date)| Some((unit.start + range.start..unit.start + range.end, date?)));
    }
    if head.number.is_none() && name == field::NUMBER {
        head.number = DocumentNumber::mentions(words).into_iter().find_map(|mention| {
            let number = mention.number()?;
            Some((unit.start + mention.range.start..unit.start + mention.range.end, number))
        });
    }
    if head.disclosure.is_none() && name == field::DISCLOSURE {
        head.disclosure = field::disclosure(words).map(|disclosure| (unit.range(), disclosure));
    }
}

/// Who issued the document: the signatures, else the banner, else what stands before 关于 in the title.
fn issuers(text: &str, head: &Letterhead, banner: Option<&str>) -> Vec<String> {
    let signed = head.signatures.iter().flat_map(|range| text[range.clone()].split(char::is_whitespace));
    let mut names: Vec<String> = Vec::new();
    for name in signed.filter(|name| phrase::is_body(name)) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    if !names.is_empty() {
        return names;
    }
    let titled = head.title_text.split_once("关于").map(|(front, _)| front);
    banner
        .or(titled)
        .into_iter()
        .flat_map(|names| names.split(|c: char| c.is_whitespace() || c == '、'))
        .filter(|name| phrase::is_body(name))
        .map(str::to_owned)
        .collect()
}
