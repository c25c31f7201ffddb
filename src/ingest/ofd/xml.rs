//! A small tree of XML (文档树): local names only, for producers choose their prefixes freely; no DTD, bounded depth and size.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::ingest::decode;

/// Deepest nesting read: page blocks and outlines of real files stay below twenty.
const MAX_DEPTH: usize = 128;
/// Most elements of one part: a full page of single-character text objects has some ten thousand.
const MAX_ELEMENTS: usize = 1_000_000;

/// An element with its attributes, text and children.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// Its own text.
    pub(super) text: String,
    /// The elements in it.
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The value of an attribute; some producers write the names in another case.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of this name.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The trimmed text of the first child of this name, when there is any.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    /// Calls `visit` for the element and everything in it, in document order.
    pub(super) fn each<'e>(&'e self, visit: &mut dyn FnMut(&'e Element)) {
        visit(self);
        for child in &self.children {
            child.each(visit);
        }
    }
}

/// Parses one part of the package.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, String> {
    let text = decode::decode(bytes, None)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = false;
    let mut open = vec![Element::default()];
    let mut elements = 0;
    loop {
        match reader.read_event().map_err(|error| format!("XML 有错：{error}"))? {
            Event::Eof => break,
            Event::DocType(_) => return Err("XML 中有文档类型声明（DTD），可能引用外部文件".to_owned()),
            Event::Start(tag) => {
                elements += 1;
                if open.len() > MAX_DEPTH || elements > MAX_ELEMENTS {
                    return Err("XML 嵌套过深或元素过多，不是正常文件".to_owned());
                }
                open.push(element(&tag));
            }
            Event::Empty(tag) => {
                elements += 1;
                let empty = element(&tag);
                if let Some(top) = open.last_mut() {
                    top.children.push(empty);
                }
            }
            Event::End(_) => close(&mut open),
            Event::Text(text) => push(&mut open, &text.xml10_content()),
            Event::CData(text) => push(&mut open, &text.xml10_content()),
            Event::GeneralRef(name) => push(&mut open, &reference(&name.xml10_content())),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().and_then(|root| root.children.into_iter().next()).ok_or_else(|| "XML 是空的".to_owned())
}

fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(done) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.children.push(done);
    }
}

fn push(open: &mut [Element], text: &str) {
    if let Some(top) = open.last_mut() {
        top.text.push_str(text);
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        let value = value.map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
        (attribute.key.local_name().as_ref().to_owned(), value)
    });
    Element { name: tag.local_name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
}

/// The character a reference stands for; an unknown one stays as it is written.
fn reference(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let named = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    };
    named.or_else(|| number.and_then(char::from_u32)).map_or_else(|| format!("&{name};"), |c| c.to_string())
}
