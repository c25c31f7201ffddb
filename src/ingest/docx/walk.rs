//! Walking a story (正文流) of a Word file: paragraphs and what they are made of.

use super::DocxError;
use super::block::{Block, Collected};
use super::field::{Field, is_contents};
use super::numbering::Numbering;
use super::styles::{self, Look, ParagraphLook, Styles};
use super::tags::{Element, Tag, Tags, is_text, symbol};
use crate::ingest::count_characters;
use crate::policy::Noise;

const DELETED: &str = "修订删除的文字";
const HIDDEN: &str = "隐藏文字";
const FIELD_CODE: &str = "域代码";
const INVISIBLE: &str = "不显示的字符";
const PHONETIC: &str = "注音";
const FALLBACK: &str = "供旧版软件使用的副本";
const MISPLACED: &str = "位置不明的文字";
const CONTENTS: &str = "目录";

/// A note (脚注、尾注) in the order in which the text refers to it.
#[derive(Debug, PartialEq)]
pub(super) struct NoteMark {
    /// Whether it stands at the end of the document.
    pub(super) is_endnote: bool,
    /// Its id in its part.
    pub(super) id: String,
}

/// A walk through a story; what it finds out is common to all stories of a file.
pub(super) struct Walk<'d> {
    pub(super) styles: &'d Styles,
    pub(super) numbering: Numbering,
    pub(super) noise: Vec<Noise>,
    /// Characters put in.
    pub(super) added: usize,
    pub(super) notes: Vec<NoteMark>,
    /// Inside how many cells the walk is.
    pub(super) cells: usize,
    /// Inside how many dark places the walk is, where white words can be read.
    pub(super) dark: usize,
    fields: Vec<Field>,
    /// Inside how many deletions the walk is.
    deleted: usize,
    /// Characters kept so far.
    kept: usize,
    /// The characters kept when each open choice between two forms of the same thing began.
    choices: Vec<usize>,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    look: ParagraphLook,
    /// How its runs look where they say nothing.
    base: Look,
    boxes: Vec<Block>,
    begins_contents: bool,
}

impl<'d> Walk<'d> {
    pub(super) fn new(styles: &'d Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            noise: Vec::new(),
            added: 0,
            notes: Vec::new(),
            cells: 0,
            dark: 0,
            fields: Vec::new(),
            deleted: 0,
            kept: 0,
            choices: Vec::new(),
        }
    }

    /// Sets words apart as noise.
    pub(super) fn drop(&mut self, words: &str, reason: &'static str) {
        if words.trim().is_empty() {
            return;
        }
        match self.noise.iter_mut().find(|noise| noise.reason == reason) {
            Some(noise) => noise.text.push_str(words),
            None => self.noise.push(Noise { text: words.to_owned(), reason: reason.to_owned() }),
        }
    }

    fn end_drop(&mut self) {
        for noise in self.noise.iter_mut().filter(|noise| !noise.text.ends_with('\n')) {
            noise.text.push('\n');
        }
    }

    /// The blocks of the element just opened.
    pub(super) fn blocks(&mut self, tags: &mut Tags<'_>) -> Result<Vec<Block>, DocxError> {
        let depth = tags.depth();
        let mut collected = Collected::default();
        while let Some(tag) = tags.inside(depth)? {
            match tag {
                Tag::Open(element) => self.block(&element, tags, &mut collected)?,
                Tag::Close(end) => self.close(end.name()),
                Tag::Text(_) => {}
            }
        }
        Ok(collected.finish())
    }

    /// One element among blocks: a paragraph, a table, or something around them.
    pub(super) fn block(
        &mut self,
        element: &Element<'_>,
        tags: &mut Tags<'_>,
        into: &mut Collected,
    ) -> Result<(), DocxError> {
        match element.name() {
            "p" => {
                let paragraph = self.paragraph(tags)?;
                self.lay(paragraph, into);
            }
            "tbl" => {
                let table = self.table(tags)?;
                into.blocks.push(Block::Table(table));
            }
            "altChunk" => return Err(DocxError::Foreign),
            _ => {
                let mut stray = Paragraph::default();
                self.piece(element, tags, &mut stray, Look::default())?;
                if !stray.text.trim().is_empty() || !stray.boxes.is_empty() {
                    self.lay(stray, into);
                }
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, tags: &mut Tags<'_>) -> Result<Paragraph, DocxError> {
        let depth = tags.depth();
        let mut paragraph = Paragraph {
            base: self.styles.look(self.styles.style_of(&ParagraphLook::default())),
            ..Paragraph::default()
        };
        while let Some(tag) = tags.inside(depth)? {
            match tag {
                Tag::Open(element) if element.name() == "pPr" => {
                    paragraph.look = styles::paragraph_look(tags)?;
                    paragraph.base = self.styles.look(self.styles.style_of(&paragraph.look));
                }
                Tag::Open(element) if element.name() == "r" => self.run(tags, &mut paragraph)?,
                Tag::Open(element) => {
                    let look = paragraph.base;
                    self.piece(&element, tags, &mut paragraph, look)?;
                }
                Tag::Close(end) => self.close(end.name()),
                Tag::Text(_) => {}
            }
        }
        Ok(paragraph)
    }

    fn run(&mut self, tags: &mut Tags<'_>, paragraph: &mut Paragraph) -> Result<(), DocxError> {
        let depth = tags.depth();
        let mut look = paragraph.base;
        while let Some(tag) = tags.inside(depth)? {
            match tag {
                Tag::Open(element) if element.name() == "rPr" => {
                    let (own, style) = styles::styled_look(tags)?;
                    let named = style.map(|style| self.styles.look(Some(&style))).unwrap_or_default();
                    look = own.or(named).or(paragraph.base);
                }
                Tag::Open(element) => self.piece(&element, tags, paragraph, look)?,
                Tag::Close(end) => self.close(end.name()),
                Tag::Text(_) => {}
            }
        }
        Ok(())
    }

    /// One element inside a paragraph; those not named here are only around others.
    fn piece(
        &mut self,
        element: &Element<'_>,
        tags: &mut Tags<'_>,
        paragraph: &mut Paragraph,
        look: Look,
    ) -> Result<(), DocxError> {
        match element.name() {
            name if is_text(name) => {
                let words = tags.words()?;
                self.put(&words, paragraph, look);
            }
            "sym" => {
                if let Some(sign) = symbol(element) {
                    self.put(sign.encode_utf8(&mut [0; 4]), paragraph, look);
                }
            }
            "instrText" | "delInstrText" => {
                let words = tags.words()?;
                if let Some(field) = self.fields.last_mut() {
                    field.instruction.push_str(&words);
                }
            }
            "fldChar" => self.field(&element.get("fldCharType").unwrap_or_default(), paragraph),
            "fldSimple" => paragraph.begins_contents |= element.get("instr").is_some_and(|code| is_contents(&code)),
            "tab" | "ptab" => self.space(paragraph, ' '),
            "br" | "cr" => self.space(paragraph, '\n'),
            "noBreakHyphen" if self.is_shown() => {
                paragraph.text.push('-');
                self.added += 1;
            }
            "footnoteReference" => self.note(element, paragraph, false),
            "endnoteReference" => self.note(element, paragraph, true),
            "txbxContent" => {
                self.dark += 1;
                let fields = std::mem::take(&mut self.fields);
                let blocks = self.blocks(tags)?;
                self.fields = fields;
                self.dark -= 1;
                paragraph.boxes.extend(blocks);
            }
            "rt" => self.drop_element(tags, PHONETIC)?,
            "del" | "moveFrom" => self.deleted += 1,
            "AlternateContent" => self.choices.push(self.kept),
            "Fallback" if self.choices.last().is_some_and(|&before| self.kept > before) => {
                self.drop_element(tags, FALLBACK)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "AlternateContent" => {
                self.choices.pop();
            }
            _ => {}
        }
    }

    pub(super) fn drop_element(&mut self, tags: &mut Tags<'_>, reason: &'static str) -> Result<(), DocxError> {
        let words = tags.skip()?;
        self.drop(&words, reason);
        self.end_drop();
        Ok(())
    }

    /// Sets words apart that stand where no words can stand.
    pub(super) fn drop_misplaced(&mut self, element: &Element<'_>, tags: &mut Tags<'_>) -> Result<(), DocxError> {
        let words = match symbol(element) {
            Some(sign) if element.name() == "sym" => sign.to_string(),
            _ => tags.words()?,
        };
        self.drop(&words, MISPLACED);
        Ok(())
    }

    fn is_shown(&self) -> bool {
        self.deleted == 0 && self.fields.iter().all(|field| field.has_result)
    }

    fn space(&mut self, paragraph: &mut Paragraph, gap: char) {
        if self.is_shown() {
            // At the front it sets the line in.
            paragraph.text.push(if gap == ' ' && paragraph.text.is_empty() { '\u{3000}' } else { gap });
        }
    }

    fn put(&mut self, words: &str, paragraph: &mut Paragraph, look: Look) {
        let look = look.or(self.styles.defaults());
        let dark = self.dark > 0 || look.shaded == Some(true) || self.styles.is_shaded(&paragraph.look);
        let reason = if self.deleted > 0 {
            DELETED
        } else if !self.is_shown() {
            FIELD_CODE
        } else if look.hidden == Some(true) || look.white == Some(true) && !dark {
            HIDDEN
        } else {
            self.kept += count_characters(words);
            for c in words.chars() {
                match c {
                    '\n' | '\r' | '\t' | '\u{a0}' => paragraph.text.push(' '),
                    '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {
                        self.drop(c.encode_utf8(&mut [0; 4]), INVISIBLE);
                    }
                    _ => paragraph.text.push(c),
                }
            }
            return;
        };
        self.drop(words, reason);
    }

    fn field(&mut self, kind: &str, paragraph: &mut Paragraph) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.has_result = true;
                    paragraph.begins_contents |= is_contents(&field.instruction);
                }
            }
            "end" => {
                let field = self.fields.pop();
                if let Some(words) = field.and_then(|field| field.drawn()).filter(|_| self.is_shown()) {
                    self.added += count_characters(&words);
                    paragraph.text.push_str(&words);
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, element: &Element<'_>, paragraph: &mut Paragraph, is_endnote: bool) {
        let Some(id) = element.get("id").filter(|_| self.is_shown()) else { return };
        let mark = NoteMark { is_endnote, id };
        let number = match self.notes.iter().position(|note| *note == mark) {
            Some(at) => at + 1,
            None => {
                self.notes.push(mark);
                self.notes.len()
            }
        };
        let words = note_mark(number);
        self.added += count_characters(&words);
        paragraph.text.push_str(&words);
    }

    /// Lays a paragraph that was read among the blocks, its number before it.
    fn lay(&mut self, paragraph: Paragraph, into: &mut Collected) {
        self.end_drop();
        let Paragraph { text, look, boxes, begins_contents, .. } = paragraph;
        if look.runs_on {
            into.held.push_str(&text);
            into.blocks.extend(boxes);
            return;
        }
        let text = std::mem::take(&mut into.held) + &text;
        let is_empty = text.trim().is_empty();
        if begins_contents && !into.ends_with_contents_word() {
            self.added += count_characters(CONTENTS);
            into.blocks.push(Block::Paragraph(CONTENTS.to_owned()));
        }
        let is_hidden = is_empty && look.mark.hidden == Some(true);
        let number = if is_hidden { None } else { self.number(&look) };
        // An empty line shows a bare number only where that is all there is to it: in the column 序号 of a table.
        let number = number.filter(|number| !number.is_empty() && (!is_empty || self.cells > 0));
        let line = match number {
            Some(number) => {
                self.added += count_characters(&number);
                number + text.trim_start()
            }
            None => text,
        };
        if !line.trim().is_empty() {
            let is_set_in = self.cells == 0 && self.styles.is_indented(&look);
            into.blocks.push(Block::Paragraph(if is_set_in { format!("　　{line}") } else { line }));
        }
        into.blocks.extend(boxes);
    }

    /// The number of a paragraph, with the gap behind it.
    fn number(&mut self, look: &ParagraphLook) -> Option<String> {
        let (num_id, level, from) = self.styles.list(look)?;
        let of_style = from.iter().find_map(|style| self.numbering.level_of_style(num_id, style, self.styles));
        let shown = self.numbering.next(num_id, of_style.or(level).unwrap_or(0), self.styles)?;
        let gap = if shown.close || shown.text.is_empty() { "" } else { " " };
        Some(shown.text + gap)
    }
}

/// The mark of a note in the text (注号).
pub(super) fn note_mark(number: usize) -> String {
    format!("〔注{number}〕")
}

impl Walk<'_> {
    /// Sets all words of a part apart as noise.
    pub(super) fn drop_part(&mut self, xml: &str, reason: &'static str) -> Result<(), DocxError> {
        let mut tags = Tags::new(xml);
        while let Some(tag) = tags.next()? {
            if matches!(tag, Tag::Open(_)) {
                self.drop_element(&mut tags, reason)?;
            }
        }
        Ok(())
    }
}
