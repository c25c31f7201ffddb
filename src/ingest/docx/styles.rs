//! Styles (样式): what a paragraph or a run inherits.

use std::collections::HashMap;

use super::DocxError;
use super::tags::{Element, Tag, Tags};

/// Longest chain of styles based on one another: real ones have five, a loop has no end.
const LONGEST_CHAIN: usize = 20;

/// How a run looks, as far as it decides whether a reader sees it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Look {
    /// Whether it is hidden.
    pub(super) hidden: Option<bool>,
    /// Whether its colour is white.
    pub(super) white: Option<bool>,
    /// Whether something dark lies behind it.
    pub(super) shaded: Option<bool>,
}

impl Look {
    /// What this does not say is as in the other.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            hidden: self.hidden.or(other.hidden),
            white: self.white.or(other.white),
            shaded: self.shaded.or(other.shaded),
        }
    }

    /// Takes in one property of a run.
    pub(super) fn take(&mut self, element: &Element<'_>) {
        match element.name() {
            "vanish" => self.hidden = Some(element.is_on()),
            "color" => {
                let themed = element.get("themeColor").is_some_and(|theme| theme == "background1");
                self.white = Some(themed || element.val().is_some_and(|color| color.eq_ignore_ascii_case("FFFFFF")));
            }
            "shd" => self.shaded = Some(is_shaded(element)),
            "highlight" => self.shaded = Some(!element.val().is_some_and(|color| color == "none" || color == "white")),
            _ => {}
        }
    }
}

/// Whether a shading is other than white.
pub(super) fn is_shaded(element: &Element<'_>) -> bool {
    let fill = element.get("fill").unwrap_or_default().to_ascii_uppercase();
    let pattern = element.val().is_some_and(|pattern| !matches!(pattern.as_str(), "clear" | "nil"));
    pattern || element.get("themeFill").is_some() || !matches!(fill.as_str(), "" | "AUTO" | "FFFFFF")
}

/// The numbering a paragraph or a style states.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ListPlace {
    /// Which list; 0 is none.
    pub(super) num_id: Option<String>,
    /// Which level.
    pub(super) level: Option<usize>,
}

/// What a paragraph states.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphLook {
    /// Its style.
    pub(super) style: Option<String>,
    /// Its place in a list.
    pub(super) list: Option<ListPlace>,
    /// Whether its first line is set in.
    pub(super) indented: Option<bool>,
    /// Whether it stands in the middle or at the right.
    pub(super) centred: Option<bool>,
    /// Whether something dark lies behind it.
    pub(super) shaded: Option<bool>,
    /// How its mark looks.
    pub(super) mark: Look,
    /// Whether its mark was deleted, so that it runs on into the next.
    pub(super) runs_on: bool,
}

/// Reads the properties of a paragraph.
pub(super) fn paragraph_look(tags: &mut Tags<'_>) -> Result<ParagraphLook, DocxError> {
    let depth = tags.depth();
    let mut look = ParagraphLook::default();
    let (mut in_mark, mut hidden_mark) = (false, false);
    while let Some(tag) = tags.inside(depth)? {
        let element = match tag {
            Tag::Open(element) => element,
            Tag::Close(end) => {
                in_mark &= end.name() != "rPr";
                continue;
            }
            Tag::Text(_) => continue,
        };
        match element.name() {
            "rPr" => in_mark = true,
            "pPrChange" | "rPrChange" | "sectPr" | "tabs" | "framePr" => {
                tags.skip()?;
            }
            "del" | "moveFrom" if in_mark => look.runs_on = true,
            "specVanish" if in_mark => hidden_mark = element.is_on(),
            _ if in_mark => look.mark.take(&element),
            "pStyle" => look.style = element.val(),
            "numPr" => look.list = Some(ListPlace::default()),
            "ilvl" => {
                look.list.get_or_insert_default().level =
                    element.number().and_then(|level| usize::try_from(level).ok());
            }
            "numId" => look.list.get_or_insert_default().num_id = element.val(),
            "ind" => look.indented = indent(&element).or(look.indented),
            "jc" => look.centred = element.val().map(|side| matches!(side.as_str(), "center" | "right" | "end")),
            "shd" => look.shaded = Some(is_shaded(&element)),
            _ => {}
        }
    }
    look.runs_on |= hidden_mark;
    Ok(look)
}

fn indent(element: &Element<'_>) -> Option<bool> {
    let states = ["firstLine", "firstLineChars"].iter().find_map(|name| element.get(name));
    states.map(|width| width.trim().parse::<i64>().is_ok_and(|width| width > 0))
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    look: Look,
    paragraph: ParagraphLook,
    shades: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    normal: Option<String>,
    defaults: Look,
}

impl Styles {
    /// Reads the part.
    pub(super) fn parse(xml: &str) -> Result<Self, DocxError> {
        let mut styles = Self::default();
        let mut tags = Tags::new(xml);
        while let Some(tag) = tags.next()? {
            let Tag::Open(element) = tag else { continue };
            match element.name() {
                "rPrDefault" => styles.defaults = look(&mut tags)?,
                "style" => {
                    let id = element.get("styleId").unwrap_or_default();
                    let is_default = element.get("default").is_some_and(|on| on == "1" || on == "true");
                    if is_default && element.get("type").is_some_and(|kind| kind == "paragraph") {
                        styles.normal = Some(id.clone());
                    }
                    let read = style(&mut tags)?;
                    styles.styles.insert(id, read);
                }
                _ => {}
            }
        }
        Ok(styles)
    }

    /// A style and those it is based on, the nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = id;
        std::iter::from_fn(move || {
            let id = next?;
            let style = self.styles.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        })
        .take(LONGEST_CHAIN)
    }

    /// The style a paragraph has.
    pub(super) fn style_of<'s>(&'s self, look: &'s ParagraphLook) -> Option<&'s str> {
        look.style.as_deref().or(self.normal.as_deref())
    }

    /// How runs of a style look.
    pub(super) fn look(&self, id: Option<&str>) -> Look {
        self.chain(id).fold(Look::default(), |look, (_, style)| look.or(style.look))
    }

    /// How runs look where nothing is said.
    pub(super) fn defaults(&self) -> Look {
        self.defaults
    }

    /// Whether the first line of a paragraph is set in.
    pub(super) fn is_indented(&self, look: &ParagraphLook) -> bool {
        let style = self.style_of(look);
        let first = |value: fn(&ParagraphLook) -> Option<bool>| {
            value(look).or_else(|| self.chain(style).find_map(|(_, style)| value(&style.paragraph))).unwrap_or(false)
        };
        first(|look| look.indented) && !first(|look| look.centred)
    }

    /// Whether something dark lies behind a paragraph.
    pub(super) fn is_shaded(&self, look: &ParagraphLook) -> bool {
        let inherited = || self.chain(self.style_of(look)).find_map(|(_, style)| style.paragraph.shaded);
        look.shaded.or_else(inherited).unwrap_or(false)
    }

    /// Whether a style of tables shades cells.
    pub(super) fn shades(&self, id: &str) -> bool {
        self.chain(Some(id)).any(|(_, style)| style.shades)
    }

    /// The list of a numbering style.
    pub(super) fn list_of<'s>(&'s self, id: &'s str) -> Option<&'s str> {
        self.chain(Some(id)).find_map(|(_, style)| style.paragraph.list.as_ref()?.num_id.as_deref())
    }

    /// The list of a paragraph, its level where stated, and the styles whose levels it may take, the nearest first.
    pub(super) fn list<'s>(&'s self, look: &'s ParagraphLook) -> Option<(&'s str, Option<usize>, Vec<&'s str>)> {
        let own = look.list.as_ref();
        let style = self.style_of(look);
        let inherited = || {
            self.chain(style).find_map(|(_, style)| {
                let list = style.paragraph.list.as_ref()?;
                Some((list.num_id.as_deref()?, list.level))
            })
        };
        let (num_id, level, from_style) = match own.and_then(|list| list.num_id.as_deref()) {
            Some(num_id) => (num_id, own.and_then(|list| list.level), false),
            None => {
                let (num_id, level) = inherited()?;
                match own.and_then(|list| list.level) {
                    Some(level) => (num_id, Some(level), false),
                    None => (num_id, level, true),
                }
            }
        };
        let styles =
            if from_style || level.is_none() { self.chain(style).map(|(id, _)| id).collect() } else { Vec::new() };
        (num_id != "0").then_some((num_id, level, styles))
    }
}

fn style(tags: &mut Tags<'_>) -> Result<Style, DocxError> {
    let depth = tags.depth();
    let mut style = Style::default();
    while let Some(tag) = tags.inside(depth)? {
        let Tag::Open(element) = tag else { continue };
        match element.name() {
            "basedOn" => style.based_on = element.val(),
            "pPr" if tags.depth() == depth + 1 => style.paragraph = paragraph_look(tags)?,
            "rPr" if tags.depth() == depth + 1 => style.look = look(tags)?,
            "shd" => style.shades |= is_shaded(&element),
            _ => {}
        }
    }
    Ok(style)
}

/// Reads the properties of a run.
pub(super) fn look(tags: &mut Tags<'_>) -> Result<Look, DocxError> {
    styled_look(tags).map(|(look, _)| look)
}

/// Reads the properties of a run and the style it names.
pub(super) fn styled_look(tags: &mut Tags<'_>) -> Result<(Look, Option<String>), DocxError> {
    let depth = tags.depth();
    let mut look = Look::default();
    let mut style = None;
    while let Some(tag) = tags.inside(depth)? {
        let Tag::Open(element) = tag else { continue };
        match element.name() {
            "rPrChange" => {
                tags.skip()?;
            }
            "rStyle" => style = element.val(),
            _ => look.take(&element),
        }
    }
    Ok((look, style))
}
