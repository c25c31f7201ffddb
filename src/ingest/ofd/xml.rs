//! A small tree of XML (文档树): local names only, for producers choose their prefixes freely; bounded in size.

use crate::ingest::xml::{self, Tag, Tags};

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
    let text = xml::decode(bytes).map_err(|error| error.to_string())?;
    let mut tags = Tags::new(&text);
    let mut open = vec![Element::default()];
    let mut elements = 0;
    while let Some(tag) = tags.next().map_err(|error| error.to_string())? {
        match tag {
            Tag::Open(tag) => {
                elements += 1;
                if elements > MAX_ELEMENTS {
                    return Err(format!("XML 元素超过 {MAX_ELEMENTS} 个，不是正常文件"));
                }
                let (name, attributes) = (tag.name().to_owned(), tag.attributes());
                open.push(Element { name, attributes, ..Element::default() });
            }
            Tag::Close(_) => close(&mut open),
            Tag::Text(text) => {
                if let Some(top) = open.last_mut() {
                    top.text.push_str(&text);
                }
            }
        }
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
