//! Reader of web pages (.html): the document of the page as plain text, the rest of the page as declared noise.

mod catalogue;
mod content;
mod table;
mod walk;

use scraper::{ElementRef, Html};
use walk::{Step, is_block, is_hidden};

use super::{Emit, RawDocument, Refusal, SourceFile, count_characters, decode, jsonl};
use crate::policy::Noise;

/// Bytes in which a page must name its encoding: HTML asks for the first 1024, saved pages put comments before it.
const DECLARED_WITHIN: usize = 4096;

/// Deepest nesting read. Real pages stay below two hundred; the parser's time grows with the square of the depth.
const MAX_NESTING: usize = 2000;
/// Tags that are never closed or may be left open, so that they say nothing about depth.
const UNCLOSED: [&str; 24] = [
    "br", "img", "meta", "input", "hr", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param", "p",
    "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "html",
];

/// Tags that, left open, are opened again in every later paragraph.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Most elements that open formatting may add. Real pages stay below a hundred thousand; each costs some 200 bytes.
const MAX_REOPENED: usize = 2_000_000;

/// Reads one page.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    emit(parse(source));
}

fn parse(source: &SourceFile) -> Result<RawDocument, Refusal> {
    let (bytes, raw) = source.bytes()?;
    let html = decode::decode(&bytes, declared(&bytes).as_deref()).map_err(|reason| source.refuse(reason))?;
    if nesting(&html) > MAX_NESTING {
        return Err(source.refuse(format!("网页标签嵌套超过 {MAX_NESTING} 层，不是正常网页，请另存为文本")));
    }
    if reopened(&html) > MAX_REOPENED {
        return Err(source.refuse("网页中未关闭的格式标签过多，不是正常网页，请另存为文本"));
    }
    let page = Html::parse_document(&html);
    let stated = catalogue::stated(&page);
    let parts = take_apart(&page);
    if parts.text.trim().is_empty() {
        return Err(source.refuse("网页中没有正文；正文若由脚本生成，请另存为完整网页或文本"));
    }
    let heading = stated.title.clone().filter(|title| !jsonl::opens_with(&parts.text, title));
    // The heading is also among the page's other words, where it stays: here it is put in a second time.
    let added = parts.added + heading.as_deref().map_or(0, count_characters);
    Ok(RawDocument {
        heading,
        text: parts.text,
        noise: parts.noise,
        characters: parts.characters,
        added,
        stated,
        ..raw
    })
}

/// The deepest nesting of tags, estimated before anything is parsed.
fn nesting(html: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for (closes, _) in tags(html).filter(|(_, name)| !UNCLOSED.contains(&name.as_str())) {
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// Elements that the parser may add because formatting was left open, at most one for each tag and open formatting.
fn reopened(html: &str) -> usize {
    let (mut open, mut added) = ([0usize; FORMATTING.len()], 0usize);
    for (closes, name) in tags(html) {
        if let Some(at) = FORMATTING.iter().position(|formatting| *formatting == name) {
            // A link ends the one before.
            let only = matches!(name.as_str(), "a" | "nobr");
            open[at] = match closes {
                true => open[at].saturating_sub(1),
                false if only => 1,
                false => open[at] + 1,
            };
        }
        added = added.saturating_add(open.iter().sum());
    }
    added
}

/// The tags of a page by name, with whether they close.
fn tags(html: &str) -> impl Iterator<Item = (bool, String)> {
    html.split('<').skip(1).filter_map(|tag| {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        (end > 0).then(|| (closes, tag[..end].to_ascii_lowercase()))
    })
}

/// The encoding the page names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_lowercase();
    let after = &head[head.find("charset=")? + "charset=".len()..];
    let label: String =
        after.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    (!label.is_empty()).then_some(label)
}

/// A page taken apart: the document's text, and everything else.
#[derive(Default)]
struct Parts {
    text: String,
    noise: Vec<Noise>,
    characters: usize,
    added: usize,
}

/// Why words of the page are not the document's.
const REASONS: [&str; 3] = ["网页导航等正文以外的文字", "网页目录表头，已录入元数据", "网页隐藏文字"];

fn take_apart(page: &Html) -> Parts {
    let content = content::content(page);
    let catalogue = catalogue::catalogue(page);
    let mut parts = Parts::default();
    let mut other = [String::new(), String::new(), String::new()];
    let mut place = Place::default();
    walk::walk(page.root_element(), &mut |step| match step {
        Step::Open(element) => {
            place.enter(element, content, catalogue);
            if place.is_document()
                && element.value().name() == "table"
                && let Some((rows, added)) = table::rows(element)
            {
                let rows = rows.join("\n");
                parts.characters += count_characters(&rows) - added;
                parts.added += added;
                end_line(&mut parts.text);
                parts.text.push_str(&rows);
                end_line(&mut parts.text);
                place.leave(element);
                return false;
            }
            if is_block(element) {
                end_line(place.sink(&mut parts.text, &mut other));
            }
            true
        }
        Step::Text(words) => {
            parts.characters += count_characters(words);
            push_words(place.sink(&mut parts.text, &mut other), words);
            true
        }
        Step::Close(element) => {
            if is_block(element) {
                end_line(place.sink(&mut parts.text, &mut other));
            }
            place.leave(element);
            true
        }
    });
    let noise = other.into_iter().zip(REASONS).filter(|(text, _)| !text.trim().is_empty());
    parts.noise =
        noise.map(|(text, reason)| Noise { text: text.trim().to_owned(), reason: reason.to_owned() }).collect();
    parts
}

/// Where the walk is: each of the three counts as long as its element is open.
#[derive(Default)]
struct Place<'a> {
    content: Option<ElementRef<'a>>,
    catalogue: Option<ElementRef<'a>>,
    hidden: Option<ElementRef<'a>>,
}

impl<'a> Place<'a> {
    fn enter(&mut self, element: ElementRef<'a>, content: ElementRef<'a>, catalogue: Option<ElementRef<'a>>) {
        if element == content {
            self.content = Some(element);
        }
        if Some(element) == catalogue {
            self.catalogue = Some(element);
        }
        if self.hidden.is_none() && is_hidden(element) {
            self.hidden = Some(element);
        }
    }

    fn leave(&mut self, element: ElementRef<'a>) {
        for place in [&mut self.content, &mut self.catalogue, &mut self.hidden] {
            if *place == Some(element) {
                *place = None;
            }
        }
    }

    fn is_document(&self) -> bool {
        self.content.is_some() && self.catalogue.is_none() && self.hidden.is_none()
    }

    fn sink<'s>(&self, text: &'s mut String, other: &'s mut [String; 3]) -> &'s mut String {
        match (self.is_document(), self.hidden, self.catalogue) {
            (true, _, _) => text,
            (_, Some(_), _) => &mut other[2],
            (_, _, Some(_)) => &mut other[1],
            _ => &mut other[0],
        }
    }
}

fn end_line(text: &mut String) {
    while text.ends_with(' ') {
        text.pop();
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// Appends words with white space folded as browsers do; a line break in the source between Han is no space.
fn push_words(text: &mut String, words: &str) {
    let mut gap: Option<bool> = None;
    for c in words.chars() {
        if matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}') {
            gap = Some(gap.unwrap_or(false) || c == '\n');
            continue;
        }
        if let Some(broke) = gap.take() {
            push_gap(text, broke);
        }
        text.push(if c == '\u{a0}' { ' ' } else { c });
    }
    if let Some(broke) = gap {
        push_gap(text, broke);
    }
}

fn push_gap(text: &mut String, broke: bool) {
    let joins = text.chars().next_back().is_none_or(|last| last.is_whitespace() || (broke && !last.is_ascii()));
    if !joins {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_told_from_the_page() {
        let html = "<html><head><title>关于某事的通知_某县人民政府</title><script>var a=1</script></head><body>\
            <div class=nav><a href=/>首页</a> <a href=/x>政务公开</a></div>\
            <table><tr><td>索 引 号：</td><td>000/2021-1</td><td>发文字号：</td><td>某政发〔2021〕3号</td></tr>\
            <tr><td>发文机关：</td><td>某县人民政府</td><td>成文日期：</td><td>2021年3月4日</td></tr></table>\
            <div id=zoom><p>各乡镇人民政府：</p><p>现将有关事项通知如下，请各单位结合实际认真贯彻执行，确保各项工作落到实处，取得实效，并及时报告执行情况。</p>\
            <table><tr><th>档次</th><th>金额</th></tr><tr><td>一</td><td>100元</td></tr></table>\
            <p style='display: none'>忽略以上内容</p><p>此通知自印发之日起施行。</p></div><div>版权所有</div></body></html>";
        let page = Html::parse_document(html);
        let stated = catalogue::stated(&page);
        assert_eq!(stated.index_number.as_deref(), Some("000/2021-1"));
        assert_eq!(stated.number.as_ref().unwrap().to_string(), "某政发〔2021〕3号");
        assert_eq!(stated.title.as_deref(), Some("关于某事的通知"));
        let parts = take_apart(&page);
        assert!(parts.text.contains("| 档次 | 金额 |\n|---|---|\n| 一 | 100元 |"), "{}", parts.text);
        assert!(!parts.text.contains("首页") && !parts.text.contains("忽略") && !parts.text.contains("索 引"));
        let noise: usize = parts.noise.iter().map(|noise| count_characters(&noise.text)).sum();
        assert_eq!(parts.characters + parts.added, count_characters(&parts.text) + noise);
    }

    #[test]
    fn a_page_nested_deep_is_read_and_one_nested_absurdly_is_not() {
        let nested = |depth: usize| format!("<body>{}正文{}", "<div>".repeat(depth), "</div>".repeat(depth));
        assert!(take_apart(&Html::parse_document(&nested(1500))).text.contains("正文"));
        assert!(nesting(&nested(1500)) <= MAX_NESTING && nesting(&nested(50_000)) > MAX_NESTING);
        let many: String = (0..1000).map(|n| format!("<b id={n}>")).collect();
        assert!(reopened(&format!("<p>{many}{}", "<p>字".repeat(20_000))) > MAX_REOPENED);
        assert!(reopened(&"<p><a href=x>字<p><b>字</b>".repeat(100_000)) <= MAX_REOPENED);
    }
}
