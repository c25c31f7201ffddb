//! Laws as Markdown are their own solution: stripped of its marks, each must be divided as its marks said.

use std::ops::Range;

use super::data;
use crate::outline::{outline, reflow, unaccounted};
use crate::policy::{ClauseKind, ClauseNode, Outline};

/// Least share of articles whose range is exactly right, in percent.
const ARTICLES_FLOOR: f64 = 99.9;
/// Least share of articles whose chapter and section are right, in percent.
const PATHS_FLOOR: f64 = 99.8;
/// Least share of the paragraphs and items in articles that are clauses of their own with the right bounds, in percent.
const PARTS_FLOOR: f64 = 99.0;
/// Most failures printed.
const SHOWN: usize = 60;
/// Files whose headings are wrong in the Markdown itself, read by eye: their articles are no measure of paths.
const WRONG_HEADINGS: [(&str, &str); 4] = [
    ("澳门特别行政区基本法", "the chapters stand below the preamble"),
    ("有关担保制度的解释", "（一）, （二）, （三） of part three are printed but not marked"),
    ("农村土地承包纠纷案件适用法律问题", "四、 is printed but not marked"),
    ("民法典/附则", "the heading is empty"),
];

/// An article as the Markdown has it: its range in the plain text and the headings above it.
struct Article {
    range: Range<usize>,
    headings: Vec<String>,
}

/// The plain text of a Markdown law, and its articles.
fn strip(markdown: &str) -> (String, Vec<Article>) {
    let mut text = String::new();
    let mut articles: Vec<Article> = Vec::new();
    let mut headings: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for line in markdown.lines() {
        let line = line.trim_end();
        if line.starts_with("<!--") {
            continue;
        }
        let level = line.bytes().take_while(|&b| b == b'#').count();
        let words = line[level..].trim();
        let start = text.len();
        text.push_str(words);
        let end = text.len();
        text.push('\n');
        if level > 0 {
            open = false;
            headings.retain(|(other, _)| *other < level);
            if level > 1 {
                headings.push((level, words.to_owned()));
            }
        } else if is_article(words) {
            open = true;
            articles.push(Article {
                range: start..end,
                headings: headings.iter().map(|(_, words)| words.clone()).collect(),
            });
        } else if open
            && !words.is_empty()
            && let Some(article) = articles.last_mut()
        {
            article.range.end = end;
        }
    }
    (text, articles)
}

/// 第…条, perhaps 之…, and white space: an article's first line.
fn is_article(line: &str) -> bool {
    let number = |c: char| "一二三四五六七八九十百千零〇－之".contains(c);
    line.strip_prefix('第').and_then(|rest| rest.split_once('条')).is_some_and(|(count, rest)| {
        let rest = rest.trim_start_matches(number);
        !count.is_empty() && count.chars().all(number) && rest.starts_with([' ', '\u{3000}', '\u{2003}'])
    })
}

/// （一）, (一) or 1. at the start of a line, not （一）至（三）项….
fn is_item(line: &str) -> bool {
    let number = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    if let Some(rest) = line.strip_prefix(['（', '(']) {
        let after = rest.trim_start_matches(number);
        let text = after.trim_start_matches(['）', ')']);
        return after.len() < rest.len() && text.len() < after.len() && !text.starts_with(['至', '、']);
    }
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    after.len() < line.len() && after.starts_with(['.', '．', '、'])
}

/// The lines of an article, each a paragraph or an item, and how many of them are clauses of their own with the right bounds.
fn boundaries(text: &str, nodes: &[ClauseNode], article: &Article, shown: &mut usize) -> (usize, usize) {
    let (mut lines, mut fitting) = (0, 0);
    let mut at = article.range.start;
    for (number, line) in text[article.range.clone()].split_inclusive('\n').enumerate() {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if number == 0 || words.is_empty() {
            continue;
        }
        lines += 1;
        let item = is_item(words);
        let fits = |node: &&ClauseNode| {
            let kind = if item {
                matches!(node.kind, ClauseKind::Item | ClauseKind::Subitem)
            } else {
                node.kind == ClauseKind::Paragraph
            };
            kind && text[node.start..node.own_end].trim() == words
        };
        let right = nodes.iter().filter(|node| node.start == start).any(|node| fits(&node));
        fitting += usize::from(right);
        if !right && *shown < SHOWN {
            *shown += 1;
            println!("not a clause of its own: {}", words.chars().take(30).collect::<String>());
        }
    }
    (lines, fitting)
}

/// The headings above a clause.
fn headings(text: &str, outline: &Outline, at: usize) -> Vec<String> {
    let nodes = outline.nodes();
    let above = outline.lineage(at).into_iter().filter(|&at| nodes[at].kind != ClauseKind::Article);
    above.map(|at| text[nodes[at].heading.clone()].trim().to_owned()).collect()
}

#[test]
fn laws_are_divided_as_their_markdown_is() {
    let Some(folder) = data("laws") else { return };
    let (mut parts, mut bounded, mut judged) = (0, 0, 0);
    let (mut files, mut total, mut exact, mut paths, mut chaptered) = (0, 0, 0, 0, 0);
    let mut shown = 0;
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
        if entry.path().extension().is_none_or(|end| end != "md") {
            continue;
        }
        files += 1;
        let markdown = std::fs::read_to_string(entry.path()).unwrap();
        let (text, articles) = strip(&markdown);
        let reflowed = reflow(&text);
        assert_eq!(unaccounted(&text, &reflowed), 0, "{}", entry.path().display());
        let outline = outline(&text);
        outline.check(&text).unwrap();
        let nodes = outline.nodes();
        let found: std::collections::HashMap<usize, usize> = nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.kind == ClauseKind::Article)
            .map(|(at, node)| (node.start, at))
            .collect();
        for article in &articles {
            total += 1;
            chaptered += usize::from(!article.headings.is_empty());
            let at = found.get(&article.range.start).copied();
            let good = at.is_some_and(|at| nodes[at].end == article.range.end);
            exact += usize::from(good);
            let path = at.map(|at| headings(&text, &outline, at)).unwrap_or_default();
            let (lines, fitting) = boundaries(&text, nodes, article, &mut shown);
            parts += lines;
            bounded += fitting;
            let right = at.is_some() && path == article.headings;
            let misled = WRONG_HEADINGS.iter().any(|(name, _)| entry.path().to_string_lossy().contains(name));
            judged += usize::from(!misled);
            paths += usize::from(right && !misled);
            if (!good || (!right && !misled)) && shown < SHOWN {
                shown += 1;
                let first: String = text[article.range.clone()].chars().take(24).collect();
                println!(
                    "{}: {first} exact {good} path {path:?} wanted {:?}",
                    entry.path().display(),
                    article.headings
                );
            }
        }
        let extra = nodes.iter().filter(|node| node.kind == ClauseKind::Article).count();
        if extra != articles.len() {
            println!("{}: {extra} articles instead of {}", entry.path().display(), articles.len());
        }
    }
    let share = |part: usize, of: usize| 100.0 * part as f64 / of as f64;
    let (exact, paths, bounded) = (share(exact, total), share(paths, judged), share(bounded, parts));
    println!(
        "{files} laws: {exact:.3} % of {total} articles exact, {paths:.3} % of {judged} paths right ({chaptered} articles \
         below headings), {bounded:.3} % of {parts} paragraphs and items bounded"
    );
    assert!(exact >= ARTICLES_FLOOR);
    assert!(paths >= PATHS_FLOOR);
    assert!(bounded >= PARTS_FLOOR);
}
