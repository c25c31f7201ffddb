//! A page taken apart (正文与其余): the document's text, and everything else by the reason why it is not.

use scraper::{ElementRef, Html};

use super::walk::{Step, is_block, is_hidden, walk};
use super::{attached, table};
use crate::ingest::count_characters;
use crate::policy::Noise;

/// Why words of the page are not the document's.
const REASONS: [&str; 5] =
    ["网页导航等正文以外的文字", "网页目录表头，已录入元数据", "网页隐藏文字", "网页按钮和分享栏", "零宽字符"];
const BESIDE: usize = 0;
const CATALOGUE: usize = 1;
const HIDDEN: usize = 2;
const TOOLS: usize = 3;
const ZERO_WIDTH: usize = 4;

// A line of the text container that is nothing but the page's own buttons.
pattern!(
    TOOL,
    r"(?x)
        ^[\s【\[（(|]*(?:
        (?:字体|字号|字体大小)\s*[：:]?[\s\[【]*(?:[大中小]|[Aa]\+?|[\s|【】\[\]/])*
        |打印(?:本页|此页|页面|文章)?|关闭(?:本页|窗口|页面)?|收藏(?:本页)?|返回(?:顶部|列表|上一页)?|保存(?:本页)?
        |分享(?:到|至)?[：:]?(?:\s*(?:微信|微博|QQ空间|QQ|新浪微博|朋友圈))*|扫一扫.{0,24}|微信扫.{0,24}|二维码
        |(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s*[：:]\s*[0-9]*\s*次?
        |(?:上一篇|下一篇|上一页|下一页|末页|首页|尾页|责任编辑|网站编辑|编辑)\s*[：:]?.{0,40}
        |更多信息请关注.{0,30}
        )(?:[\s】\]）)|]|打印|关闭|本页|窗口|收藏|保存|【|\[)*$"
);
/// Longest line of buttons, in characters.
const LONGEST_TOOL: usize = 60;

/// A page taken apart.
#[derive(Default)]
pub(super) struct Parts {
    /// The document's text.
    pub(super) text: String,
    /// Characters of the page other than white space, with the text alternatives of its pictures.
    pub(super) characters: usize,
    /// Characters put in: bars of tables, the words around text alternatives.
    pub(super) added: usize,
    /// Pictures in the document.
    pub(super) pictures: usize,
    noise: [String; REASONS.len()],
}

impl Parts {
    /// The words of the page that stand outside the document.
    pub(super) fn beside(&self) -> &str {
        &self.noise[BESIDE]
    }

    /// The declared noise.
    pub(super) fn into_noise(self) -> Vec<Noise> {
        let said = self.noise.into_iter().zip(REASONS).filter(|(text, _)| !text.trim().is_empty());
        said.map(|(text, reason)| Noise { text: text.trim().to_owned(), reason: reason.to_owned() }).collect()
    }

    /// Appends the page that continues this one.
    pub(super) fn append(&mut self, next: Self) {
        end_line(&mut self.text);
        self.text.push_str(&next.text);
        self.characters += next.characters;
        self.added += next.added;
        self.pictures += next.pictures;
        for (noise, more) in self.noise.iter_mut().zip(next.noise) {
            end_line(noise);
            noise.push_str(&more);
        }
    }

    fn line(&mut self, sink: Option<usize>) {
        end_line(match sink {
            None => &mut self.text,
            Some(at) => &mut self.noise[at],
        });
    }

    fn words(&mut self, sink: Option<usize>, words: &str) {
        self.characters += count_characters(words);
        let zero = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
        match sink {
            Some(at) => push_words(&mut self.noise[at], words),
            None if words.contains(zero) => {
                self.noise[ZERO_WIDTH].extend(words.chars().filter(|c| zero(*c)));
                push_words(&mut self.text, &words.replace(zero, ""));
            }
            None => push_words(&mut self.text, words),
        }
    }

    /// The text alternative of a picture takes its place.
    fn picture(&mut self, picture: ElementRef<'_>) {
        self.pictures += 1;
        let Some(alternative) = attached::alternative(picture) else { return };
        self.characters += count_characters(&alternative);
        let shown = format!("（图：{alternative}）");
        self.added += count_characters(&shown) - count_characters(&alternative);
        end_line(&mut self.text);
        self.text.push_str(&shown);
        self.text.push('\n');
    }

    fn table(&mut self, element: ElementRef<'_>) -> bool {
        let Some((rows, added)) = table::rows(element) else { return false };
        let rows = rows.join("\n");
        self.characters += count_characters(&rows) - added;
        self.added += added;
        end_line(&mut self.text);
        self.text.push_str(&rows);
        end_line(&mut self.text);
        true
    }

    /// Sets lines that are the page's buttons apart.
    fn without_tools(mut self) -> Self {
        let is_tool = |line: &str| line.chars().count() <= LONGEST_TOOL && TOOL.is_match(line.trim());
        if self.text.lines().any(is_tool) {
            let (tools, kept): (Vec<&str>, Vec<&str>) =
                self.text.lines().partition(|line| !line.trim().is_empty() && is_tool(line));
            self.noise[TOOLS] = tools.join("\n");
            self.text = kept.join("\n");
        }
        self
    }
}

/// Takes a page apart.
pub(super) fn take_apart<'a>(page: &'a Html, content: ElementRef<'a>, catalogue: Option<ElementRef<'a>>) -> Parts {
    let mut parts = Parts::default();
    let mut place = Position::default();
    walk(page.root_element(), &mut |step| match step {
        Step::Open(element) => {
            place.enter(element, content, catalogue);
            let within = place.sink().is_none();
            let name = element.value().name();
            if within && name == "table" && parts.table(element) {
                place.leave(element);
                return false;
            }
            if within && name == "img" {
                parts.picture(element);
            }
            if is_block(element) {
                parts.line(place.sink());
            }
            true
        }
        Step::Text(words) => {
            parts.words(place.sink(), words);
            true
        }
        Step::Close(element) => {
            if is_block(element) {
                parts.line(place.sink());
            }
            place.leave(element);
            true
        }
    });
    parts.without_tools()
}

/// Where the walk is: each of the three counts as long as its element is open.
#[derive(Default)]
struct Position<'a> {
    content: Option<ElementRef<'a>>,
    catalogue: Option<ElementRef<'a>>,
    hidden: Option<ElementRef<'a>>,
}

impl<'a> Position<'a> {
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

    /// The kind of noise words at this place are; none when they are the document's.
    fn sink(&self) -> Option<usize> {
        match (self.hidden, self.catalogue, self.content) {
            (Some(_), _, _) => Some(HIDDEN),
            (_, Some(_), _) => Some(CATALOGUE),
            (_, _, None) => Some(BESIDE),
            _ => None,
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
