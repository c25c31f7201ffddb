//! The compilation (汇编): a set of documents as one page to print, with contents and anchors.

use std::io::Write;

use super::{ExportError, Selection};
use crate::index::Head;
use crate::policy::{Clause, ClauseKind, PolicyDocument, validity};

/// The style of the page: it stands alone, prints on A4 and begins each document on a page of its own.
const STYLE: &str = "
:root{color-scheme:light}
body{margin:0 auto;max-width:48rem;padding:2rem 1.25rem;color:#1b1d21;background:#fff;font:1rem/1.9 'Noto Serif CJK SC','Source Han Serif SC',SimSun,serif;overflow-wrap:anywhere}
h1{font-size:2rem;text-align:center;margin:3rem 0 1rem}
h2{font-size:1.5rem;text-align:center;margin:0 0 .75rem;text-wrap:balance}
h3,h4{font-size:1.1rem;margin:1.2rem 0 .4rem}
.chapter>h3,.part>h3{text-align:center}
.about{text-align:center;color:#555b65}
nav ol{padding-left:2rem}nav li{margin:.35rem 0}nav a{color:inherit}nav small{color:#555b65}
article{border-top:2px solid #9d1b1f;margin-top:3rem;padding-top:2rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;font-size:.9rem;border:1px solid #ddd7cc;padding:.75rem 1rem;margin:1rem 0 1.5rem}
dt{color:#555b65}dd{margin:0}
p{margin:.4rem 0}.title p{text-align:center;font-weight:700}.letterhead{color:#555b65}
.item,.subitem{margin-left:2em}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.75rem 0}th,td{border:1px solid #8b8578;padding:.25rem .5rem;text-align:left;vertical-align:top}
.back{font-size:.85rem}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.3rem}.item,.subitem{margin-left:1em}}
@media print{@page{size:A4;margin:25mm 22mm}body{max-width:none;padding:0;font-size:11pt}article{break-before:page;border:0;margin:0;padding:0}nav{break-before:page}.back{display:none}h2,h3,h4{break-after:avoid}tr{break-inside:avoid}a{text-decoration:none}}
";

/// Writes the compilation under a heading.
pub fn compilation(selection: &Selection<'_>, heading: &str, mut out: impl Write) -> Result<(), ExportError> {
    let count = selection.heads().count();
    let title = escape(heading);
    write!(
        out,
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p class=\"about\">收录文件 {count} 件，效力按 {} 判断，以文件原文为准。</p>\n</header>\n",
        selection.as_of
    )?;
    contents(selection, &mut out)?;
    for (number, head) in (1..).zip(selection.heads()) {
        let document = selection.generation.document(head.serial)?;
        article(selection, number, head, &document, &mut out)?;
    }
    out.write_all(b"</body>\n</html>\n")?;
    Ok(out.flush()?)
}

fn contents(selection: &Selection<'_>, out: &mut impl Write) -> std::io::Result<()> {
    out.write_all("<nav id=\"contents\" aria-label=\"目录\">\n<h2>目　录</h2>\n<ol>\n".as_bytes())?;
    for (number, head) in (1..).zip(selection.heads()) {
        let imprint = [
            head.meta.number.as_ref().map(ToString::to_string),
            head.meta.dates.issued().map(|day| day.to_string()),
            Some(validity(&head.meta, &head.events, selection.as_of).state.label().to_owned()),
        ];
        let imprint: Vec<String> = imprint.into_iter().flatten().collect();
        let (title, imprint) = (escape(&head.meta.title), escape(&imprint.join(" · ")));
        writeln!(out, "<li><a href=\"#d{number}\">{title}</a> <small>{imprint}</small></li>")?;
    }
    out.write_all(b"</ol>\n</nav>\n")
}

fn article(
    selection: &Selection<'_>,
    number: usize,
    head: &Head,
    document: &PolicyDocument,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let meta = &head.meta;
    let verdict = validity(meta, &head.events, selection.as_of);
    writeln!(out, "<article id=\"d{number}\">\n<h2>{}</h2>\n<dl>", escape(&meta.title))?;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let rows = [
        ("发文字号", meta.number.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("发文机关", meta.issuers.join("、")),
        ("文种", meta.kind.name().to_owned()),
        ("成文日期", day(meta.dates.written)),
        ("发布日期", day(meta.dates.published)),
        ("效力", format!("{}（{}）", verdict.state.label(), verdict.basis)),
    ];
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "<dt>{name}</dt><dd>{}</dd>", escape(value))?;
    }
    out.write_all(b"</dl>\n")?;
    let mut open: Vec<usize> = Vec::new();
    for clause in document.clauses() {
        let parent = clause.node().parent.map(|parent| parent as usize);
        while open.last().copied() != parent && open.pop().is_some() {
            out.write_all(b"</div>\n")?;
        }
        begin(number, clause, out)?;
        open.push(clause.index());
    }
    for _ in open {
        out.write_all(b"</div>\n")?;
    }
    writeln!(out, "<p class=\"back\"><a href=\"#contents\">回到目录</a></p>\n</article>")
}

/// Opens a clause and writes its own words; rows stand in the table of their parent.
fn begin(number: usize, clause: Clause<'_>, out: &mut impl Write) -> std::io::Result<()> {
    let node = clause.node();
    writeln!(out, "<div id=\"d{number}-{}\" class=\"{}\">", escape(&node.id.0), node.kind.name())?;
    let heading = clause.heading();
    let apart = matches!(node.kind, ClauseKind::Part | ClauseKind::Chapter | ClauseKind::Section | ClauseKind::Heading);
    let words = clause.own_text();
    let words = if apart && !heading.is_empty() {
        let level = if matches!(node.kind, ClauseKind::Section) || node.parent.is_some() { 4 } else { 3 };
        writeln!(out, "<h{level}>{}</h{level}>", escape(heading.trim()))?;
        words.strip_prefix(heading).unwrap_or(words)
    } else {
        words
    };
    lines(words, matches!(node.kind, ClauseKind::Row), out)
}

/// Lines as paragraphs, pipe rows as tables.
fn lines(words: &str, is_row: bool, out: &mut impl Write) -> std::io::Result<()> {
    let mut in_table = false;
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let row = line.starts_with('|') && line.ends_with('|') && line.len() > 1;
        if row != in_table {
            out.write_all(if row { b"<table>\n" } else { b"</table>\n" })?;
            in_table = row;
        }
        if !row {
            writeln!(out, "<p>{}</p>", escape(line))?;
            continue;
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':')) && !cell.is_empty()) {
            continue;
        }
        let tag = if is_row { "td" } else { "th" };
        let cells: String = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect();
        writeln!(out, "<tr>{cells}</tr>")?;
    }
    if in_table { out.write_all(b"</table>\n") } else { Ok(()) }
}

/// Text as it may stand in an element or in a quoted attribute.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}
