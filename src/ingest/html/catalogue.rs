//! The catalogue of a page (页面信息表): labels and values above the text, as a table, a list or a grid of blocks.

use std::collections::HashMap;

use scraper::{ElementRef, Html};

use super::walk::{Step, is_block, walk};

/// What a field of the catalogue says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Number,
    IndexNumber,
    Issuers,
    Publisher,
    Themes,
    Category,
    Written,
    Generated,
    Published,
    Effective,
    Expires,
    Disclosure,
    Other,
}

/// Labels that publishing systems print before a value.
const LABELS: [(&str, Field); 58] = [
    ("标题", Field::Title),
    ("名称", Field::Title),
    ("信息名称", Field::Title),
    ("文件名称", Field::Title),
    ("公文名称", Field::Title),
    ("文件标题", Field::Title),
    ("发文字号", Field::Number),
    ("文号", Field::Number),
    ("文件编号", Field::Number),
    ("公文字号", Field::Number),
    ("文件字号", Field::Number),
    ("索引号", Field::IndexNumber),
    ("索取号", Field::IndexNumber),
    ("信息索引号", Field::IndexNumber),
    ("发文机关", Field::Issuers),
    ("发布机构", Field::Issuers),
    ("发文单位", Field::Issuers),
    ("发布机关", Field::Issuers),
    ("发布单位", Field::Issuers),
    ("制发机关", Field::Issuers),
    ("制定机关", Field::Issuers),
    ("发文部门", Field::Issuers),
    ("来源", Field::Publisher),
    ("信息来源", Field::Publisher),
    ("责任部门", Field::Publisher),
    ("公开主体", Field::Publisher),
    ("主题分类", Field::Themes),
    ("分类", Field::Themes),
    ("信息分类", Field::Themes),
    ("所属主题", Field::Themes),
    ("栏目", Field::Category),
    ("所属栏目", Field::Category),
    ("体裁分类", Field::Category),
    ("公文种类", Field::Category),
    ("文种", Field::Category),
    ("成文日期", Field::Written),
    ("成文时间", Field::Written),
    ("发文日期", Field::Written),
    ("发文时间", Field::Written),
    ("生成日期", Field::Generated),
    ("生成时间", Field::Generated),
    ("发布日期", Field::Published),
    ("发布时间", Field::Published),
    ("公开日期", Field::Published),
    ("公开时间", Field::Published),
    ("公布日期", Field::Published),
    ("施行日期", Field::Effective),
    ("实施日期", Field::Effective),
    ("生效日期", Field::Effective),
    ("失效日期", Field::Expires),
    ("废止日期", Field::Expires),
    ("公开方式", Field::Disclosure),
    ("公开属性", Field::Disclosure),
    ("公开形式", Field::Disclosure),
    ("有效性", Field::Other),
    ("效力状态", Field::Other),
    ("主题词", Field::Other),
    ("关键词", Field::Other),
];
/// Labels that must meet in a block for it to be the catalogue.
const ENOUGH_LABELS: usize = 3;
/// Most labels looked at: a page has one catalogue.
const MOST_LABELS: usize = 200;
/// Longest label that is not in the list, in characters.
const LONGEST_LABEL: usize = 8;
/// Most characters of a catalogue: a block with more holds the document too.
const MAX_CHARACTERS: usize = 1500;

/// The block that holds the catalogue: the smallest in which enough labels meet, with what above it adds more of them.
/// Inside the document's own text only tables and lists can be one; a paragraph there is the document's.
pub(super) fn catalogue<'a>(page: &'a Html, content: ElementRef<'a>) -> Option<ElementRef<'a>> {
    let hits = labels(page);
    let mut above: HashMap<_, Vec<&str>> = HashMap::new();
    for (label, text) in &hits {
        for ancestor in around(*text) {
            let met = above.entry(ancestor.id()).or_default();
            if !met.contains(label) {
                met.push(label);
            }
        }
    }
    let meets = |element: &ElementRef<'a>| above.get(&element.id()).map_or(0, Vec::len);
    let holds_content = |element: ElementRef<'a>| {
        element == content || content.ancestors().any(|ancestor| ancestor.id() == element.id())
    };
    let listed = |element: &ElementRef<'a>| matches!(element.value().name(), "table" | "ul" | "dl" | "tbody");
    let inside = |element: ElementRef<'a>| element.ancestors().any(|ancestor| ancestor.id() == content.id());
    let mut best: Option<ElementRef<'a>> = None;
    for (_, text) in &hits {
        let mut blocks = around(*text);
        let Some(block) = blocks.find(|block| meets(block) >= ENOUGH_LABELS) else { continue };
        if holds_content(block) || inside(block) && !listed(&block) || length(block) > MAX_CHARACTERS {
            continue;
        }
        let mut whole = block;
        for wider in blocks.take_while(|wider| !holds_content(*wider) && length(*wider) <= MAX_CHARACTERS) {
            if meets(&wider) > meets(&whole) && (!inside(wider) || listed(&wider)) {
                whole = wider;
            }
        }
        if best.is_none_or(|best| meets(&whole) > meets(&best)) {
            best = Some(whole);
        }
    }
    best
}

/// An element and those around it, the innermost first.
fn around(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap))
}

/// The elements of a page whose texts are labels, or begin with one.
fn labels(page: &Html) -> Vec<(&'static str, ElementRef<'_>)> {
    let mut found: Vec<(&'static str, ElementRef<'_>)> = Vec::new();
    let mut open: Vec<ElementRef<'_>> = Vec::new();
    walk(page.root_element(), &mut |step| {
        match step {
            Step::Open(element) => open.push(element),
            Step::Close(_) => {
                open.pop();
            }
            Step::Text(text) => {
                if let (Some((label, _, _)), Some(element)) = (split_label(text), open.last())
                    && found.len() < MOST_LABELS
                {
                    found.push((label, *element));
                }
            }
        }
        true
    });
    found
}

fn length(element: ElementRef<'_>) -> usize {
    let mut count = 0;
    walk(element, &mut |step| {
        if let Step::Text(text) = step {
            count += crate::ingest::count_characters(text);
        }
        count <= MAX_CHARACTERS
    });
    count
}

/// A text that is a label, or begins with one and a colon: label, its meaning, the rest.
fn split_label(text: &str) -> Option<(&'static str, Field, &str)> {
    let (front, rest) = text.split_once(['：', ':']).unwrap_or((text, ""));
    let plain: String = front
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '[' | ']' | '【' | '】' | '\u{200b}'))
        .take(LONGEST_LABEL + 1)
        .collect();
    LABELS.iter().find(|(label, _)| *label == plain).map(|(label, field)| (*label, *field, rest.trim()))
}

/// Whether a text is a label of any name.
fn is_label(text: &str) -> bool {
    text.ends_with(['：', ':']) && text.chars().filter(|c| !c.is_whitespace()).count() <= LONGEST_LABEL
}

/// Labels and values in the catalogue.
pub(super) fn fields(catalogue: ElementRef<'_>) -> Vec<(Field, String)> {
    let mut fields: Vec<(Field, String)> = Vec::new();
    let mut pending = false;
    for cell in cells(catalogue) {
        let whole = cell.concat();
        let labels = cell.iter().filter(|piece| split_label(piece).is_some()).count();
        if labels > 1 {
            // 索引号：… 发文机关：… in one block.
            cell.iter().for_each(|piece| take(piece, &mut fields, &mut pending));
        } else if cell.first().and_then(|piece| split_label(piece)).is_some_and(|(_, _, rest)| rest.is_empty()) {
            // A label without a colon and its value side by side.
            take(&cell[0], &mut fields, &mut pending);
            take(&cell[1..].concat(), &mut fields, &mut pending);
        } else {
            take(&whole, &mut fields, &mut pending);
        }
    }
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

fn take(text: &str, fields: &mut Vec<(Field, String)>, pending: &mut bool) {
    let text = text.trim();
    if let Some((_, field, rest)) = split_label(text) {
        fields.push((field, rest.to_owned()));
        *pending = rest.is_empty();
    } else if is_label(text) {
        *pending = false;
    } else if *pending && !text.is_empty() {
        if let Some((_, value)) = fields.last_mut() {
            text.clone_into(value);
        }
        *pending = false;
    }
}

/// The texts of the innermost blocks, each as the pieces that inline tags make of it; an empty cell is a cell.
fn cells(catalogue: ElementRef<'_>) -> Vec<Vec<String>> {
    let mut cells = vec![Vec::new()];
    walk(catalogue, &mut |step| {
        match step {
            Step::Text(text) => {
                let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if let (false, Some(cell)) = (words.is_empty(), cells.last_mut()) {
                    cell.push(words);
                }
            }
            Step::Open(inner) | Step::Close(inner) if is_block(inner) && inner.value().name() != "br" => {
                let empty_cell = matches!(inner.value().name(), "td" | "dd") && matches!(step, Step::Close(_));
                if cells.last().is_some_and(|cell: &Vec<String>| !cell.is_empty() || empty_cell) {
                    cells.push(Vec::new());
                }
            }
            _ => {}
        }
        true
    });
    cells
}
