//! Laws as Markdown are their own solution: stripped of its marks, each must be divided as its marks said.

use std::ops::Range;

use super::data;
use crate::outline::{outline, reflow, unaccounted};
use crate::policy::ClauseKind;

/// Least share of articles whose range is exactly right, in percent.
const ARTICLES_FLOOR: f64 = 99.9;
/// Least share of articles whose chapter and section are right, in percent.
const PATHS_FLOOR: f64 = 99.0;

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

#[test]
fn laws_are_divided_as_their_markdown_is() {
    let Some(folder) = data("laws") else { return };
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
            let path: Vec<String> = at
                .map(|at| outline.lineage(at))
                .unwrap_or_default()
                .into_iter()
                .filter(|&at| nodes[at].kind != ClauseKind::Article)
                .map(|at| text[nodes[at].heading.clone()].trim().to_owned())
                .collect();
            let right = at.is_some() && path == article.headings;
            paths += usize::from(right);
            if !good && shown < 40 {
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
    let share = |part: usize| 100.0 * part as f64 / total as f64;
    println!(
        "{files} laws, {total} articles: {exact} exact ({:.3} %), {paths} paths right ({:.3} %), {chaptered} below headings",
        share(exact),
        share(paths)
    );
    assert!(share(exact) >= ARTICLES_FLOOR);
    assert!(share(paths) >= PATHS_FLOOR);
}
