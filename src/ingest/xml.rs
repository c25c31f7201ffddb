//! XML inside packages (DOCX, OFD, XLSX): a pull reader that knows no entities but the five and refuses what no office
//! writes. It is the only one: its limits hold for every format.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deepest nesting: a text box in a table in a content control of real documents lies some sixty deep.
const MAX_DEPTH: usize = 256;
/// Most attributes of an element: real ones have some forty, most of them names of namespaces.
const MAX_ATTRIBUTES: usize = 256;
/// Bytes in which a file names its encoding.
const DECLARED_WITHIN: usize = 200;
/// Characters of a foreign name that a message repeats.
const NAMED: usize = 40;

/// Why an XML file is not read (XML 拒收).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum XmlError {
    #[error("XML 含有文档类型声明（DTD），可能引用外部实体，不予读取")]
    DocumentType,
    #[error("XML 引用了未知实体“{0}”，不予展开")]
    Entity(String),
    #[error("XML 标签嵌套超过 {MAX_DEPTH} 层，不是正常文件")]
    Depth,
    #[error("XML 标签“{0}”的属性超过 {MAX_ATTRIBUTES} 个，不是正常文件")]
    Attributes(String),
    #[error("XML 编码无法辨认或有损坏的字节")]
    Encoding,
    #[error("XML 格式有误（第 {0} 字节附近）")]
    Malformed(u64),
    #[error("XML 不完整，请重新下载或重新导出")]
    Cut,
}

impl XmlError {
    /// Whether it is what an attack looks like, and not damage.
    fn is_hostile(&self) -> bool {
        !matches!(self, Self::Encoding | Self::Malformed(_) | Self::Cut)
    }
}

/// A step through an XML file. An empty element opens and closes.
#[derive(Debug)]
pub(super) enum Tag<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// An element ends.
    Close(End<'x>),
    /// Text, entities already read. What stands between two tags may come in several pieces.
    Text(Cow<'x, str>),
}

/// An element that ends.
#[derive(Debug)]
pub(super) struct End<'x>(BytesEnd<'x>);

impl End<'_> {
    /// Its local name: prefixes are the writer's choice.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// An element that begins.
#[derive(Debug)]
pub(super) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Its local name.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its local name.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name);
        found.map(|attribute| value(&attribute))
    }

    /// The attributes by their local names, their references read; an unknown one stays as written.
    pub(super) fn attributes(&self) -> Vec<(String, String)> {
        let mut attributes = self.0.attributes();
        let named = |a: Attribute<'_>| (a.key.local_name().into_inner().to_owned(), value(&a));
        attributes.with_checks(false).flatten().map(named).collect()
    }

    fn check(&self) -> Result<(), XmlError> {
        let count = self.0.attributes().with_checks(false).take(MAX_ATTRIBUTES + 1).count();
        if count > MAX_ATTRIBUTES { Err(XmlError::Attributes(short(self.name()))) } else { Ok(()) }
    }
}

fn value(attribute: &Attribute<'_>) -> String {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned)
}

fn short(name: &str) -> String {
    name.chars().take(NAMED).collect()
}

/// The text of an XML file, in whichever encoding it names: UTF-8 and UTF-16 mostly, GB18030 from some OFD writers.
pub(super) fn decode(bytes: &[u8]) -> Result<String, XmlError> {
    let (encoding, skip) = encoding_rs::Encoding::for_bom(bytes).unwrap_or_else(|| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
        let declared = head.split_once("encoding=").and_then(|(_, after)| after.get(1..)).unwrap_or_default();
        let label: String = declared.chars().take_while(|c| !matches!(c, '"' | '\'')).collect();
        (encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8), 0)
    });
    // A file that names UTF-16 in bytes of its own is none.
    let encoding = if skip == 0 { encoding.output_encoding() } else { encoding };
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[skip..]);
    text.map(Cow::into_owned).ok_or(XmlError::Encoding)
}

/// Refuses a part that would be an attack on a library with a parser of its own; whether it is damaged, that will tell.
pub(super) fn refuse_hostile(bytes: &[u8]) -> Result<(), XmlError> {
    let Ok(text) = decode(bytes) else { return Ok(()) };
    let mut tags = Tags::new(&text);
    loop {
        match tags.next() {
            Ok(Some(_)) => {}
            Err(error) if error.is_hostile() => return Err(error),
            Ok(None) | Err(_) => return Ok(()),
        }
    }
}

/// The tags of an XML file, one after the other.
pub(super) struct Tags<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
}

impl<'x> Tags<'x> {
    /// Begins to read a decoded file.
    pub(super) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, depth: 0 }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next tag; none at the end. After an error there is nothing more to read.
    pub(super) fn next(&mut self) -> Result<Option<Tag<'x>>, XmlError> {
        loop {
            let event = self.reader.read_event().map_err(|_| XmlError::Malformed(self.reader.error_position()))?;
            match event {
                Event::Start(start) => return self.open(start).map(Some),
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Tag::Close(End(end))));
                }
                Event::Text(text) => return Ok(Some(Tag::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Tag::Text(text.xml10_content()))),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().ok().flatten();
                    let name = reference.into_inner();
                    let text = character.map(String::from).or_else(|| resolve_predefined_entity(&name).map(Into::into));
                    return text.map(|text| Some(Tag::Text(text.into()))).ok_or_else(|| XmlError::Entity(short(&name)));
                }
                Event::DocType(_) => return Err(XmlError::DocumentType),
                Event::Eof => return if self.depth == 0 { Ok(None) } else { Err(XmlError::Cut) },
                // Empty elements come as a start and an end.
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => {}
            }
        }
    }

    /// The next tag inside the element that was opened to this depth; none when it ends.
    pub(super) fn inside(&mut self, depth: usize) -> Result<Option<Tag<'x>>, XmlError> {
        match self.next()? {
            Some(Tag::Close(_)) if self.depth < depth => Ok(None),
            Some(tag) => Ok(Some(tag)),
            None if depth == 0 => Ok(None),
            None => Err(XmlError::Cut),
        }
    }

    fn open(&mut self, start: BytesStart<'x>) -> Result<Tag<'x>, XmlError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(XmlError::Depth);
        }
        let element = Element(start);
        element.check()?;
        Ok(Tag::Open(element))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(xml: &str) -> Result<Vec<String>, XmlError> {
        let mut tags = Tags::new(xml);
        let mut found = Vec::new();
        while let Some(tag) = tags.next()? {
            found.push(match tag {
                Tag::Open(element) => format!("<{} {:?}", element.name(), element.get("id")),
                Tag::Text(text) => text.into_owned(),
                Tag::Close(end) => format!(">{}", end.name()),
            });
        }
        Ok(found)
    }

    #[test]
    fn a_document_is_read_step_by_step() {
        let found = events("<?xml version='1.0'?><w:a><b r:id='甲&amp;乙'/>款&lt;&#x5341;<![CDATA[<x>]]></w:a>");
        assert_eq!(found.unwrap(), ["<a None", "<b Some(\"甲&乙\")", ">b", "款", "<", "十", "<x>", ">a"]);
        let gbk = encoding_rs::GB18030.encode("<?xml version=\"1.0\" encoding=\"GB18030\"?><a>条款</a>").0.into_owned();
        assert!(decode(&gbk).unwrap().contains("条款"));
    }

    #[test]
    fn what_no_office_writes_is_refused() {
        let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        let many = |count: usize| format!("<a {}/>", (0..count).map(|n| format!("x{n}='' ")).collect::<String>());
        assert!(events(&deep(MAX_DEPTH)).is_ok() && events(&many(MAX_ATTRIBUTES)).is_ok());
        assert_eq!(events(&deep(MAX_DEPTH + 1)), Err(XmlError::Depth));
        assert_eq!(events(&"<a>".repeat(100_000)), Err(XmlError::Depth));
        assert_eq!(events(&many(10_000)), Err(XmlError::Attributes("a".to_owned())));
        assert_eq!(
            events("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
            Err(XmlError::DocumentType)
        );
        assert_eq!(events("<a>&b;</a>"), Err(XmlError::Entity("b".to_owned())));
        assert_eq!(events("<a><b/>"), Err(XmlError::Cut));
        assert!(events("<a><b></a>").is_err() && events("<a").is_err());
        assert_eq!(refuse_hostile(b"<!DOCTYPE a><a/>"), Err(XmlError::DocumentType));
        assert_eq!(refuse_hostile(b"<a><b></a>"), Ok(()));
    }
}
