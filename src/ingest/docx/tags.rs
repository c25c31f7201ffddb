//! What the tags of a package part (部件) mean to Word, over the reader of XML that all packages share.

use super::DocxError;
pub(super) use crate::ingest::xml::{Element, Tag, Tags};

impl Element<'_> {
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

impl Tags<'_> {
    /// All words of the element just opened, and of what is inside.
    pub(super) fn words(&mut self) -> Result<String, DocxError> {
        let depth = self.depth();
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
        let depth = self.depth();
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
