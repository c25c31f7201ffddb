//! XML inside packages (DOCX, OFD): a pull reader that knows no entities but the five and refuses what no office writes.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// Deepest nesting: text boxes within tables within tables stay below forty.
const MAX_DEPTH: usize = 128;
/// Most attributes of an element: real ones have some twenty, most of them names of namespaces.
const MAX_ATTRIBUTES: usize = 64;
/// Bytes in which a file names its encoding.
const DECLARED_WITHIN: usize = 200;

/// Why an XML file is not read (XML 拒收).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum XmlError {
    #[error("XML 含有文档类型声明（DTD），可能引用外部实体，不予读取")]
    DocumentType,
    #[error("XML 引用了未知实体“{0}”")]
    Entity(String),
    #[error("XML 标签嵌套超过 {MAX_DEPTH} 层，不是正常文件")]
    Depth,
    #[error("XML 标签“{0}”的属性超过 {MAX_ATTRIBUTES} 个，不是正常文件")]
    Attributes(String),
    #[error("XML 编码无法辨认或有损坏的字节")]
    Encoding,
    #[error("XML 格式有误（第 {0} 字节附近）")]
    Malformed(u64),
}

/// A step through an XML file. An empty element opens and closes.
#[derive(Debug, Clone)]
pub(super) enum XmlEvent<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// Text, entities already read. What stands between two tags may come in several pieces.
    Text(Cow<'x, str>),
    /// An element ends; its name without prefix.
    Close(String),
}

/// An element that begins.
#[derive(Debug, Clone)]
pub(super) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> String {
        local(self.0.name().0).to_owned()
    }

    /// Whether it is called so, whatever its prefix.
    pub(super) fn is(&self, name: &str) -> bool {
        local(self.0.name().0) == name
    }

    /// The value of an attribute by its name without prefix; one without prefix goes first.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut found = None;
        for attribute in self.0.attributes().with_checks(false).filter_map(Result::ok) {
            let key = attribute.key.0;
            if local(key) == name && !key.starts_with("xmlns:") && (key == name || found.is_none()) {
                found = Some(value(&attribute.value));
            }
        }
        found
    }

    fn check(&self) -> Result<(), XmlError> {
        let count = self.0.attributes().with_checks(false).take(MAX_ATTRIBUTES + 1).count();
        if count > MAX_ATTRIBUTES { Err(XmlError::Attributes(self.name())) } else { Ok(()) }
    }
}

/// The name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A value with its references read; one that refers to an unknown entity stays as written, so that nothing is lost.
fn value(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), Cow::into_owned)
}

/// The text of an XML file, in whichever encoding it names: UTF-8 and UTF-16 mostly, GB18030 from some OFD writers.
pub(super) fn decode(bytes: &[u8]) -> Result<String, XmlError> {
    let (encoding, skip) = encoding_rs::Encoding::for_bom(bytes).unwrap_or_else(|| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
        let declared = head.split_once("encoding=").and_then(|(_, after)| after.get(1..)).unwrap_or_default();
        let label: String = declared.chars().take_while(|c| !matches!(c, '"' | '\'')).collect();
        (encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8), 0)
    });
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[skip..]);
    text.map(Cow::into_owned).ok_or(XmlError::Encoding)
}

/// The events of an XML file, one after the other.
pub(super) struct Events<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
}

impl<'x> Events<'x> {
    /// Begins at the first event of a decoded file.
    pub(super) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The next event, none at the end. After an error there is nothing more to read.
    pub(super) fn next(&mut self) -> Result<Option<XmlEvent<'x>>, XmlError> {
        loop {
            let event = self.reader.read_event().map_err(|_| XmlError::Malformed(self.reader.error_position()))?;
            match event {
                Event::Start(start) => return self.open(start).map(Some),
                Event::Empty(start) => return self.open(start).map(Some),
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(XmlEvent::Close(local(end.name().0).to_owned())));
                }
                Event::Text(text) => return Ok(Some(XmlEvent::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(XmlEvent::Text(text.into_inner()))),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().ok().flatten();
                    let name = reference.into_inner();
                    let text = character.map(String::from).or_else(|| resolve_predefined_entity(&name).map(Into::into));
                    return text.map(|text| Some(XmlEvent::Text(text.into()))).ok_or(XmlError::Entity(name.into()));
                }
                Event::DocType(_) => return Err(XmlError::DocumentType),
                Event::Eof if self.depth > 0 => return Err(XmlError::Malformed(self.reader.buffer_position())),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn open(&mut self, start: BytesStart<'x>) -> Result<XmlEvent<'x>, XmlError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(XmlError::Depth);
        }
        let element = Element(start);
        element.check()?;
        Ok(XmlEvent::Open(element))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(xml: &str) -> Result<Vec<String>, XmlError> {
        let mut events = Events::new(xml);
        let mut found = Vec::new();
        while let Some(event) = events.next()? {
            found.push(match event {
                XmlEvent::Open(element) => format!("<{} {:?}", element.name(), element.attribute("id")),
                XmlEvent::Text(text) => text.into_owned(),
                XmlEvent::Close(name) => format!(">{name}"),
            });
        }
        Ok(found)
    }

    #[test]
    fn a_document_is_read_step_by_step() {
        let found = events("<?xml version='1.0'?><w:a><b r:id='1' id='甲&amp;乙'/>款&lt;&#x5341;<![CDATA[<x>]]></w:a>");
        assert_eq!(found.unwrap(), ["<a None", "<b Some(\"甲&乙\")", ">b", "款", "<", "十", "<x>", ">a"]);
        let gbk = encoding_rs::GB18030.encode("<?xml version=\"1.0\" encoding=\"GB18030\"?><a>条款</a>").0.into_owned();
        assert!(decode(&gbk).unwrap().contains("条款"));
    }

    #[test]
    fn what_no_office_writes_is_refused() {
        let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        let many = |count: usize| format!("<a {}/>", (0..count).map(|n| format!("x{n}='' ")).collect::<String>());
        assert!(events(&deep(128)).is_ok() && events(&many(64)).is_ok());
        assert_eq!(events(&deep(200)), Err(XmlError::Depth));
        assert_eq!(events(&"<a>".repeat(100_000)), Err(XmlError::Depth));
        assert_eq!(events(&many(10_000)), Err(XmlError::Attributes("a".to_owned())));
        assert_eq!(
            events("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
            Err(XmlError::DocumentType)
        );
        assert_eq!(events("<a>&b;</a>"), Err(XmlError::Entity("b".to_owned())));
        assert!(events("<a><b></a>").is_err() && events("<a>").is_err() && events("<a").is_err());
    }
}
