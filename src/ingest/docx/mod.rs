//! Reader of Word files (.docx): the words a reader of the document sees, with the numbers Word counts by itself.

mod block;
mod field;
mod numbering;
mod numeral;
mod parts;
mod styles;
mod tags;
mod walk;

use super::package::PackageError;
use super::{Emit, RawDocument, Refusal, SourceFile, count_characters};
use crate::policy::Noise;
use numbering::Numbering;
use parts::Parts;
use styles::Styles;
use tags::{Tag, Tags};
use walk::{Walk, note_mark};

/// Why a Word file is not read (DOCX 拒收).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum DocxError {
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error("不是 Word 文档：压缩包中没有正文部件，请用 Word 或 WPS 打开后另存为 .docx")]
    NoBody,
    #[error("文档中的 XML 有误（{0}），请用 Word 或 WPS 打开后另存为 .docx")]
    Xml(String),
    #[error("文档中的 XML 不完整，请重新下载或重新导出")]
    Cut,
    #[error("文档嵌套过深，不是正常的 Word 文档，请另存为文本")]
    Deep,
    #[error("文档中有未知的 XML 实体“{0}”，不予展开，请用 Word 或 WPS 另存为 .docx")]
    Entity(String),
    #[error("文档中有 DTD 声明，正常的 Word 文档不含此项，不予读取")]
    DocType,
    #[error("正文以外部内容（altChunk）嵌入，请用 Word 打开后另存为 .docx")]
    Foreign,
    #[error("部件“{0}”的编码不是 UTF-8 或 UTF-16，请用 Word 或 WPS 另存为 .docx")]
    Encoding(String),
}

/// Reads one file.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    emit(parse(source));
}

fn parse(source: &SourceFile) -> Result<RawDocument, Refusal> {
    let (bytes, raw) = source.bytes()?;
    let words = document(&bytes).map_err(|error| source.refuse(error.to_string()))?;
    if words.text.trim().is_empty() {
        return Err(source.refuse("没有文字；若正文是图片，请先做文字识别（OCR）"));
    }
    Ok(RawDocument { text: words.text, noise: words.noise, characters: words.characters, added: words.added, ..raw })
}

/// What a Word file says.
#[derive(Debug, Default, PartialEq)]
struct Words {
    text: String,
    noise: Vec<Noise>,
    characters: usize,
    added: usize,
}

/// Line above the notes at the end of the text.
const NOTES: &str = "注释";

/// Parts whose words are not the document's own, and why.
const APART: [(&str, &str); 6] = [
    ("/header", "页眉"),
    ("/footer", "页脚"),
    ("/comments", "批注"),
    ("/diagramData", "图示中的文字"),
    ("/chart", "图表中的文字"),
    ("/glossaryDocument", "文档部件库中的文字"),
];

fn document(bytes: &[u8]) -> Result<Words, DocxError> {
    let mut parts = Parts::open(bytes)?;
    let styles = parts.read("/styles")?.map_or_else(|| Ok(Styles::default()), |xml| Styles::parse(&xml))?;
    let numbering = parts.read("/numbering")?.map_or_else(|| Ok(Numbering::default()), |xml| Numbering::parse(&xml))?;
    let mut walk = Walk::new(&styles, numbering);
    let mut words = Words::default();
    let body = parts.body()?;
    words.characters += tags::count(&body)?;
    let blocks = walk.blocks(&mut Tags::new(&body))?;
    drop(body);
    words.added += block::write(&blocks, &mut words.text);
    drop(blocks);
    notes(&mut parts, &mut walk, &mut words)?;
    for (kind, reason) in APART {
        for xml in parts.all(kind)? {
            words.characters += tags::count(&xml)?;
            walk.drop_part(&xml, reason)?;
        }
    }
    words.added += walk.added;
    words.noise = walk.noise.into_iter().map(|noise| Noise { text: noise.text.trim().to_owned(), ..noise }).collect();
    Ok(words)
}

/// Sets the notes below the text, each behind the mark it has there.
fn notes(parts: &mut Parts<'_>, walk: &mut Walk<'_>, words: &mut Words) -> Result<(), DocxError> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (kind, is_endnote) in [("/footnotes", false), ("/endnotes", true)] {
        let Some(xml) = parts.read(kind)? else { continue };
        words.characters += tags::count(&xml)?;
        let mut tags = Tags::new(&xml);
        while let Some(tag) = tags.next()? {
            let Tag::Open(element) = tag else { continue };
            if !matches!(element.name(), "footnote" | "endnote") {
                continue;
            }
            let id = element.get("id").unwrap_or_default();
            let number = walk.notes.iter().position(|note| note.is_endnote == is_endnote && note.id == id);
            let mut text = String::new();
            let blocks = walk.blocks(&mut tags)?;
            words.added += block::write(&blocks, &mut text);
            match number {
                Some(at) => found.push((at + 1, text)),
                None => walk.drop(&text, "正文没有引用的脚注或尾注"),
            }
        }
    }
    found.sort_by_key(|(number, _)| *number);
    if !found.is_empty() {
        words.text.push_str(&format!("{NOTES}\n"));
        words.added += count_characters(NOTES);
    }
    for (number, text) in found {
        let mark = note_mark(number);
        words.added += count_characters(&mark);
        words.text.push_str(&format!("{mark}{}\n", text.trim()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
