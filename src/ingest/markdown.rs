//! Reader of Markdown (.md): the marks are taken away, every other character stays where it was.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Emit, RawDocument, Refusal, SourceFile, Stated, count_characters, decode};
use crate::corpus::read_front_matter;
use crate::policy::Noise;

/// Reads one file.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    emit(parse(source));
}

fn parse(source: &SourceFile) -> Result<RawDocument, Refusal> {
    let (bytes, raw) = source.bytes()?;
    let file = decode::decode(&bytes, None).map_err(|reason| source.refuse(reason))?;
    if let Ok((front, text)) = read_front_matter(&file) {
        let (meta, noise) = front.into_parts();
        let characters =
            count_characters(text) + noise.iter().map(|noise| count_characters(&noise.text)).sum::<usize>();
        return Ok(RawDocument {
            text: text.to_owned(),
            noise,
            characters,
            canonical: true,
            stated: Stated::from(meta),
            ..raw
        });
    }
    let (fields, body) = foreign_front_matter(&file);
    let mut stated = Stated::from_record(&fields);
    let plain = plain(body);
    stated.title = stated.title.or(plain.title);
    let characters = count_characters(body);
    Ok(RawDocument { text: plain.text, noise: plain.noise, added: plain.added, characters, stated, ..raw })
}

/// Front matter of another system: read for the keys that are known, left alone when it is no mapping.
fn foreign_front_matter(file: &str) -> (serde_json::Map<String, serde_json::Value>, &str) {
    let none = (serde_json::Map::new(), file);
    let Some((yaml, body)) = crate::corpus::split_front_matter(file) else { return none };
    match serde_saphyr::from_str(yaml) {
        Ok(serde_json::Value::Object(fields)) => (fields, body),
        _ => none,
    }
}

struct Plain {
    text: String,
    noise: Vec<Noise>,
    /// Characters that the source only names: `&copy;`.
    added: usize,
    title: Option<String>,
}

/// Words that stand for a range of the source (文字).
struct Piece<'s> {
    range: Range<usize>,
    words: pulldown_cmark::CowStr<'s>,
    /// Whether the range is a comment, which is noise of its own.
    comment: bool,
}

/// What is kept of a source.
#[derive(Default)]
struct Kept<'s> {
    pieces: Vec<Piece<'s>>,
    comments: Vec<Range<usize>>,
    title: String,
}

fn plain(source: &str) -> Plain {
    let kept = kept(source);
    let mut text = String::with_capacity(source.len());
    let mut marks = String::new();
    let mut at = 0;
    let mut added = 0;
    for Piece { range, words, comment } in &kept.pieces {
        if range.start < at {
            continue; // inside a piece already taken whole, such as a table
        }
        drop_marks(&source[at..range.start], &mut text, &mut marks);
        if !comment {
            added += drop_around(&source[range.clone()], words, &mut marks);
        }
        text.push_str(words);
        at = range.end;
    }
    drop_marks(&source[at..], &mut text, &mut marks);
    let comments = kept.comments.iter().map(|range| &source[range.clone()]).collect::<Vec<_>>().join("\n");
    let noise = [(comments, "注释"), (marks, "Markdown 标记")]
        .into_iter()
        .filter(|(text, _)| !text.trim().is_empty())
        .map(|(text, reason)| Noise { text, reason: reason.to_owned() })
        .collect();
    let title = kept.title.trim().to_owned();
    Plain { text, noise, added, title: (!title.is_empty()).then_some(title) }
}

/// Copies the white space between kept pieces; the rest of it is marks.
fn drop_marks(gap: &str, text: &mut String, marks: &mut String) {
    text.extend(gap.chars().filter(|c| c.is_whitespace()));
    let before = marks.len();
    marks.extend(gap.chars().filter(|c| !c.is_whitespace()));
    if marks.len() > before {
        marks.push(' ');
    }
}

/// Takes what words leave out of their piece as marks: the ticks of code, the whole of a named character. Gives the
/// characters that are not in the source.
fn drop_around(piece: &str, words: &str, marks: &mut String) -> usize {
    // Code over two lines has a space where the source has the break.
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (piece, words) = (squeezed(piece), squeezed(words));
    let (before, after, added) = match piece.find(&words) {
        Some(at) => (&piece[..at], &piece[at + words.len()..], 0),
        None => (piece.as_str(), "", count_characters(&words)),
    };
    for left in [before, after].into_iter().filter(|left| !left.is_empty()) {
        marks.push_str(left);
        marks.push(' ');
    }
    added
}

fn kept(source: &str) -> Kept<'_> {
    let mut kept = Kept::default();
    let mut heading = None;
    let mut first_title = true;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => kept.keep(source, range),
            Event::Start(Tag::Item) => kept.keep_number(source, range),
            Event::Start(Tag::Heading { level, .. }) => heading = Some(level),
            Event::End(TagEnd::Heading(level)) => {
                heading = None;
                first_title &= level != HeadingLevel::H1;
            }
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                if heading == Some(HeadingLevel::H1) && first_title {
                    kept.title.push_str(&words);
                }
                // Code and mathematics come with their marks in the range; the words are what is inside.
                kept.pieces.push(Piece { range, words, comment: false });
            }
            Event::Html(_) | Event::InlineHtml(_) => kept.keep_between_tags(source, range),
            _ => {}
        }
    }
    kept
}

impl Kept<'_> {
    fn keep(&mut self, source: &str, range: Range<usize>) {
        let words = source[range.clone()].to_owned();
        self.pieces.push(Piece { range, words: words.into(), comment: false });
    }

    /// The number of an ordered item is the document's own and stays; a bullet is a mark.
    fn keep_number(&mut self, source: &str, range: Range<usize>) {
        let item = &source[range.clone()];
        let figures = item.bytes().take_while(u8::is_ascii_digit).count();
        if figures > 0 && item[figures..].starts_with(['.', ')']) {
            self.keep(source, range.start..range.start + figures + 1);
        }
    }

    /// Text between the tags of raw HTML stays; comments are noise of their own.
    fn keep_between_tags(&mut self, source: &str, range: Range<usize>) {
        let html = &source[range.clone()];
        if html.trim_start().starts_with("<!--") {
            let words = if html.ends_with('\n') { "\n" } else { "" };
            self.pieces.push(Piece { range: range.clone(), words: words.into(), comment: true });
            self.comments.push(range);
            return;
        }
        let mut at = 0;
        while at < html.len() {
            let open = html[at..].find('<').map_or(html.len(), |open| at + open);
            if !html[at..open].trim().is_empty() {
                self.keep(source, range.start + at..range.start + open);
            }
            at = html[open..].find('>').map_or(html.len(), |close| open + close + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        let source = "# 中华人民共和国某法\n\n2020年1月1日 通过\n\n<!-- INFO END -->\n\n## 第一章 总 则\n\n第一条 为了**某事**，制定本法。\n\n`码`&copy;&amp;\n\n\
                      1. 第一项；\n2. 第二项。\n\n- 点\n\n| 档次 | 金额 |\n|---|---|\n| 一 | 5元 |\n";
        let plain = plain(source);
        assert_eq!(plain.title.as_deref(), Some("中华人民共和国某法"));
        for line in ["第一章 总 则", "第一条 为了某事，制定本法。", "1. 第一项；", "2. 第二项。", "| 一 | 5元 |"]
        {
            assert!(plain.text.lines().any(|found| found.trim() == line), "{line} in {}", plain.text);
        }
        let noise: usize = plain.noise.iter().map(|noise| count_characters(&noise.text)).sum();
        assert_eq!(count_characters(source) + plain.added, count_characters(&plain.text) + noise);
        assert!(plain.text.contains("码©&") && plain.added == 1, "{}", plain.text);
        assert!(plain.noise.iter().any(|noise| noise.text.contains("INFO END")));
    }
}
