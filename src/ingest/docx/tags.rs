//! XML of a package part (部件) as a stream of tags, told apart by their local names: prefixes are the writer's choice.

use std::borrow::Cow;

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::DocxError;

/// Deepest nesting read: a text box in a table in a content control of real documents lies some sixty deep.
const MAX_DEPTH: usize = 400;

/// A step through a part.
pub(super) enum Tag<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// An element ends.
    Close(End<'x>),
    /// Words between tags.
    Text(Cow<'x, str>),
}

/// An element that ends.
pub(super) struct End<'x>(BytesEnd<'x>);

impl End<'_> {
    /// Its local name.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// An element that begins.
pub(super) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Its local name.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its local name.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let found =
            self.0.attributes().with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }

    /// Its `val`.
    pub(super) fn val(&self) -> Option<String> {
        self.get("val")
    }

    /// Its `val` as a number.
    pub(super) fn number(&self) -> Option<i64> {
        self.val()?.trim().parse().ok()
    }

    /// Its `val` as a switch: present without a value means on.
    pub(super) fn is_on(&self) -> bool {
        !self.val().is_some_and(|val| matches!(val.as_str(), "0" | "false" | "off" | "none"))
    }
}

/// The tags of a part, one after the other.
pub(super) struct Tags<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
}

impl<'x> Tags<'x> {
    /// Begins to read a part.
    pub(super) fn new(xml: &'x str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, depth: 0 }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next tag; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Tag<'x>>, DocxError> {
        loop {
            match self.reader.read_event().map_err(|error| DocxError::Xml(error.to_string()))? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(DocxError::Deep);
                    }
                    return Ok(Some(Tag::Open(Element(start))));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Tag::Close(End(end))));
                }
                Event::Text(text) => return Ok(Some(Tag::Text(text.into_inner()))),
                Event::CData(data) => return Ok(Some(Tag::Text(data.into_inner()))),
                Event::GeneralRef(entity) => {
                    let character = match &*entity {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => entity.resolve_char_ref().ok().flatten(),
                    };
                    let character = character.ok_or_else(|| DocxError::Entity(entity.chars().take(40).collect()))?;
                    return Ok(Some(Tag::Text(Cow::Owned(character.to_string()))));
                }
                Event::DocType(_) => return Err(DocxError::DocType),
                Event::Eof => return if self.depth == 0 { Ok(None) } else { Err(DocxError::Cut) },
                // Empty elements come as a start and an end.
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => {}
            }
        }
    }

    /// The next tag inside the element that was opened to this depth; none when it ends.
    pub(super) fn inside(&mut self, depth: usize) -> Result<Option<Tag<'x>>, DocxError> {
        match self.next()? {
            Some(Tag::Close(_)) if self.depth < depth => Ok(None),
            Some(tag) => Ok(Some(tag)),
            None if depth == 0 => Ok(None),
            None => Err(DocxError::Cut),
        }
    }

    /// All words of the element just opened, and of what is inside.
    pub(super) fn words(&mut self) -> Result<String, DocxError> {
        let depth = self.depth;
        let mut words = String::new();
        while let Some(tag) = self.inside(depth)? {
            if let Tag::Text(text) = tag {
                words.push_str(&text);
            }
        }
        Ok(words)
    }

    /// Goes over the element just opened; gives the words of the document that stand in it where none should.
    pub(super) fn skip(&mut self) -> Result<String, DocxError> {
        let depth = self.depth;
        let mut words = String::new();
        while let Some(tag) = self.inside(depth)? {
            match tag {
                Tag::Open(element) if is_text(element.name()) => {
                    let text = self.words()?;
                    words.push_str(&text);
                }
                Tag::Open(element) if element.name() == "sym" => words.extend(symbol(&element)),
                Tag::Close(end) if end.name() == "p" => words.push('\n'),
                _ => {}
            }
        }
        Ok(words)
    }
}

/// Elements that hold the document's own words.
pub(super) fn is_text(name: &str) -> bool {
    matches!(name, "t" | "delText")
}

/// Elements that are words of the document or hold them.
pub(super) fn is_word(name: &str) -> bool {
    is_text(name) || name == "sym"
}

/// The character a `w:sym` stands for; boxes, ticks and arrows of Wingdings get their own signs.
pub(super) fn symbol(element: &Element<'_>) -> Option<char> {
    let code = u32::from_str_radix(element.get("char")?.trim(), 16).ok()?;
    let font = element.get("font").unwrap_or_default();
    let sign = match (font.as_str(), code & 0xff) {
        ("Wingdings", 0xfe) | ("Wingdings 2", 0x52 | 0x53) => '☑',
        ("Wingdings", 0xfd) | ("Wingdings 2", 0x51 | 0x54) => '☒',
        ("Wingdings", 0x6f | 0x70 | 0x71 | 0x72 | 0xa8) | ("Wingdings 2", 0x2a | 0x30 | 0xa3) => '□',
        ("Wingdings", 0x6e) => '■',
        ("Wingdings", 0x6c) => '●',
        ("Wingdings", 0xa1) => '○',
        ("Wingdings", 0xfc) | ("Wingdings 2", 0x50) => '✓',
        ("Wingdings", 0xfb) | ("Wingdings 2", 0x4f) => '✗',
        ("Wingdings", 0xe0 | 0xf0) => '→',
        ("Wingdings", 0xab) => '★',
        _ => char::from_u32(code)?,
    };
    Some(sign)
}

/// Counts the words of a part by themselves, without regard to what the reader makes of them.
pub(super) fn count(xml: &str) -> Result<usize, DocxError> {
    let mut tags = Tags::new(xml);
    let mut count = 0;
    let mut inside = 0usize;
    while let Some(tag) = tags.next()? {
        match tag {
            Tag::Open(element) if is_text(element.name()) => inside += 1,
            Tag::Close(end) if is_text(end.name()) => inside = inside.saturating_sub(1),
            Tag::Open(element) if element.name() == "sym" => {
                count += usize::from(symbol(&element).is_some_and(|c| !c.is_whitespace()));
            }
            Tag::Text(text) if inside > 0 => count += crate::ingest::count_characters(&text),
            _ => {}
        }
    }
    Ok(count)
}
