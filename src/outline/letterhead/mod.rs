//! The letterhead (版头、落款、版记): what a document says about itself around its body.

mod annex;
mod field;
mod head;
mod imprint;
mod role;
mod tail;

use std::ops::Range;

use jiff::civil::Date;

use super::date;
use super::phrase;
use super::unit::{self, Unit};
use crate::policy::{Disclosure, DocumentNumber, Place};

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
    /// Where they stand.
    pub issuers_from: Option<Place>,
    /// 主送机关.
    pub addressee: Option<Range<usize>>,
    /// 发文机关署名, one range per line.
    pub signatures: Vec<Range<usize>>,
    /// 成文日期.
    pub written: Option<(Range<usize>, Date)>,
    /// Where it stands: below the text, or above it.
    pub written_from: Option<Place>,
    /// 公开属性.
    pub disclosure: Option<(Range<usize>, Disclosure)>,
    /// 附件 by title, as the list below the text gives them.
    pub attached: Vec<String>,
    /// 抄送机关.
    pub copied_to: Vec<String>,
    /// Other values by their Chinese names: 签发人, 密级, 紧急程度, 印发机关, 印发日期, 主题词, 索引号.
    pub elements: Vec<(&'static str, String)>,
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
    let mut in_body = false;
    for (unit, role) in units.iter().zip(roles) {
        let words = unit.text(text);
        if *role == Role::Title && !titled {
            title_lines.push(words);
            head.title = Some(head.title.map_or(unit.start, |title| title.start)..unit.end);
        } else {
            titled = titled || !title_lines.is_empty();
        }
        if *role == Role::Body {
            in_body = true;
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
        let order = title_lines.last().copied().or(banner);
        let dated = head.written.is_some();
        read_field(&mut head, unit, words, name, order);
        if !dated && head.written.is_some() {
            head.written_from = Some(if in_body { Place::Signature } else { Place::Head });
        }
        imprint::read(&mut head, words, name);
    }
    for (range, name) in &head.fields {
        if *name == ATTACHED {
            head.attached.extend(imprint::attached(&text[range.clone()]));
        }
    }
    head.title_text = phrase::joined_title(&title_lines);
    (head.issuers, head.issuers_from) = issuers(text, &head, banner);
    head
}

fn read_field(head: &mut Letterhead, unit: &Unit, words: &str, name: &'static str, order: Option<&str>) {
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
    if head.number.is_none() && name == field::NUMBER && words.trim_start().starts_with('第') {
        // 某某令 stands on the line above.
        let number = order.and_then(|order| DocumentNumber::parse(&format!("{order}{words}")));
        head.number = number.map(|number| (unit.range(), number));
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

/// Who issued the document: the signatures, else the banner, else what stands before 关于 in the title; and which.
fn issuers(text: &str, head: &Letterhead, banner: Option<&str>) -> (Vec<String>, Option<Place>) {
    let signed = head.signatures.iter().flat_map(|range| text[range.clone()].split(char::is_whitespace));
    let mut names: Vec<String> = Vec::new();
    for name in signed.filter(|name| phrase::is_body(name)) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    if !names.is_empty() {
        return (names, Some(Place::Signature));
    }
    let titled = head.title_text.split_once("关于").map(|(front, _)| front);
    let place = if banner.is_some() { Place::Head } else { Place::Title };
    let names: Vec<String> = banner
        .or(titled)
        .into_iter()
        .flat_map(|names| names.split(|c: char| c.is_whitespace() || c == '、'))
        .filter(|name| phrase::is_body(name))
        .map(str::to_owned)
        .collect();
    let place = Some(place).filter(|_| !names.is_empty());
    (names, place)
}
