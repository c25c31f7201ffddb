//! Akoma Ntoso (法律文件标记): one document as XML in the vocabulary of OASIS LegalDocML, each clause under its id.
//!
//! The names are those of the schema; what it has no name for (a letterhead between clauses, an annex, a table) stands
//! in a named container. Every character of the text stands in the XML once.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::ExportError;
use crate::index::{Generation, Head};
use crate::policy::{Clause, ClauseKind, PolicyDocument, RelationKind};

/// The namespace of Akoma Ntoso 3.0.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
/// Who made the markup.
const EDITOR: &str = "#zhengda";
/// Longest heading that is only a number: 第一百二十三条之一.
const NUMBER_CHARS: usize = 12;

/// Writes elements; every text and attribute is escaped by the writer.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(element(name, attributes)))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(element(name, attributes)))
    }

    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.open(name, &[])?;
        self.0.write_event(Event::Text(BytesText::new(&clean(text))))?;
        self.close(name)
    }
}

fn element<'e>(name: &'e str, attributes: &[(&str, &str)]) -> BytesStart<'e> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, clean(value).as_str()));
    }
    start
}

/// A text without characters that XML 1.0 forbids.
fn clean(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().map(|c| if allowed(c) { c } else { '\u{fffd}' }).collect()
}

/// The document as Akoma Ntoso.
pub fn akoma_ntoso(generation: &Generation, head: &Head) -> Result<String, ExportError> {
    let document = generation.document(head.serial)?;
    let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 1));
    xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.open("akomaNtoso", &[("xmlns", NAMESPACE)])?;
    xml.open("act", &[("name", head.meta.kind.name()), ("contains", "singleVersion")])?;
    meta(&mut xml, generation, head, &document)?;
    let nodes = document.outline().nodes();
    let tops: Vec<usize> = (0..nodes.len()).filter(|&at| nodes[at].parent.is_none()).collect();
    let about =
        |at: &usize| matches!(nodes[*at].kind, ClauseKind::Title | ClauseKind::Letterhead | ClauseKind::Contents);
    let first = tops.iter().position(|at| !about(at)).unwrap_or(tops.len());
    let last = tops.iter().rposition(|at| !about(at)).map_or(first, |at| at + 1);
    let has_children = |at: &usize| nodes.iter().any(|node| node.parent.is_some_and(|parent| parent as usize == *at));
    for (name, part) in [("preface", &tops[..first]), ("body", &tops[first..last]), ("conclusions", &tops[last..])] {
        if part.is_empty() && name != "body" {
            continue;
        }
        xml.open(name, &[])?;
        for at in part {
            match document.clause_at(*at) {
                Some(one) if name != "body" && !has_children(at) => block(&mut xml, one)?,
                Some(one) => clause(&mut xml, one)?,
                None => {}
            }
        }
        if part.is_empty() {
            xml.empty("hcontainer", &[("name", "empty")])?;
        }
        xml.close(name)?;
    }
    xml.close("act")?;
    xml.close("akomaNtoso")?;
    Ok(String::from_utf8_lossy(&xml.0.into_inner()).into_owned())
}

/// Identification, publication, life and references.
fn meta(xml: &mut Xml, generation: &Generation, head: &Head, document: &PolicyDocument) -> io::Result<()> {
    let meta = document.meta();
    xml.open("meta", &[])?;
    identification(xml, document)?;
    let number = meta.number.as_ref().map(ToString::to_string).unwrap_or_default();
    if let Some(day) = meta.dates.published {
        let day = day.to_string();
        xml.empty("publication", &[("date", &day), ("name", "发布"), ("showAs", &meta.title), ("number", &number)])?;
    }
    xml.open("lifecycle", &[("source", EDITOR)])?;
    let dates = &meta.dates;
    let own = [("generation", dates.issued()), ("start", dates.commencement()), ("end", dates.expires)];
    for (name, (kind, day)) in ["written", "effective", "expires"].iter().zip(own) {
        if let Some(day) = day {
            let (id, day) = (format!("event_{name}"), day.to_string());
            xml.empty("eventRef", &[("eId", &id), ("date", &day), ("source", "#self"), ("type", kind)])?;
        }
    }
    for (at, event) in head.events.iter().enumerate().filter(|(_, event)| event.on.is_some()) {
        let kind = if event.kind == crate::policy::LifeEventKind::Amended { "amendment" } else { "repeal" };
        let day = event.on.map(|day| day.to_string()).unwrap_or_default();
        let (id, by) = (format!("event_{}", at + 1), format!("/akn/cn/doc/{}", event.by));
        xml.empty("eventRef", &[("eId", &id), ("date", &day), ("source", &by), ("type", kind)])?;
    }
    xml.close("lifecycle")?;
    references(xml, generation, head)?;
    xml.close("meta")
}

fn identification(xml: &mut Xml, document: &PolicyDocument) -> io::Result<()> {
    let meta = document.meta();
    let work = format!("/akn/cn/doc/{}", meta.id);
    let expression = format!("{work}/zho@{}", meta.version);
    let day = meta.dates.issued().map_or_else(|| "0001-01-01".to_owned(), |day| day.to_string());
    xml.open("identification", &[("source", EDITOR)])?;
    for (level, uri) in
        [("FRBRWork", work), ("FRBRExpression", expression.clone()), ("FRBRManifestation", format!("{expression}.xml"))]
    {
        xml.open(level, &[])?;
        xml.empty("FRBRthis", &[("value", &uri)])?;
        xml.empty("FRBRuri", &[("value", &uri)])?;
        if level == "FRBRWork" {
            xml.empty("FRBRalias", &[("name", "title"), ("value", &meta.title)])?;
        }
        if level == "FRBRManifestation" {
            xml.empty("FRBRalias", &[("name", "text_sha256"), ("value", document.text_sha256())])?;
        }
        xml.empty("FRBRdate", &[("date", &day), ("name", "issued")])?;
        xml.empty("FRBRauthor", &[("href", "#issuer_1"), ("as", "#author")])?;
        match level {
            "FRBRWork" => {
                let country = meta.region.as_ref().map_or_else(|| "cn".to_owned(), |code| format!("cn-{code}"));
                xml.empty("FRBRcountry", &[("value", &country)])?;
                if let Some(number) = &meta.number {
                    xml.empty("FRBRnumber", &[("value", &number.to_string())])?;
                }
                xml.empty("FRBRname", &[("value", meta.kind.name())])?;
            }
            "FRBRExpression" => xml.empty("FRBRlanguage", &[("language", "zho")])?,
            _ => xml.empty("FRBRformat", &[("value", "application/akn+xml")])?,
        }
        xml.close(level)?;
    }
    xml.close("identification")
}

fn references(xml: &mut Xml, generation: &Generation, head: &Head) -> io::Result<()> {
    xml.open("references", &[("source", EDITOR)])?;
    for related in head.related.iter().filter(|related| related.outgoing) {
        let Some(other) = generation.head(related.serial) else { continue };
        let name = match related.kind {
            RelationKind::Repeals | RelationKind::Replaces | RelationKind::Amends => "passiveRef",
            _ => "original",
        };
        let href = format!("/akn/cn/doc/{}", other.meta.id);
        let id = format!("ref_{}_{}", related.kind.json_name(), related.serial);
        xml.empty(name, &[("eId", &id), ("href", &href), ("showAs", &other.meta.name())])?;
    }
    for (number, issuer) in (1..).zip(&head.meta.issuers) {
        let (id, href) = (format!("issuer_{number}"), format!("/akn/ontology/organization/cn/{issuer}"));
        xml.empty("TLCOrganization", &[("eId", &id), ("href", &href), ("showAs", issuer)])?;
    }
    let editor = [("eId", "zhengda"), ("href", "/akn/ontology/organization/cn/zhengda"), ("showAs", "政答")];
    xml.empty("TLCOrganization", &editor)?;
    xml.close("references")
}

/// A title or a field of the letterhead as a block.
fn block(xml: &mut Xml, clause: Clause<'_>) -> io::Result<()> {
    let name = if clause.node().kind == ClauseKind::Title { "longTitle" } else { "container" };
    let id = clause.id().to_string();
    let kind = clause.node().kind.name();
    let attributes: &[(&str, &str)] =
        if name == "longTitle" { &[("eId", &id)] } else { &[("eId", &id), ("name", kind)] };
    xml.open(name, attributes)?;
    paragraphs(xml, clause.own_text())?;
    xml.close(name)
}

/// The name of a clause's element.
fn name(clause: Clause<'_>) -> &'static str {
    match clause.node().kind {
        ClauseKind::Part => "part",
        ClauseKind::Chapter => "chapter",
        ClauseKind::Section => "section",
        ClauseKind::Article => "article",
        ClauseKind::Paragraph => "paragraph",
        ClauseKind::Item => "point",
        ClauseKind::Subitem => "indent",
        ClauseKind::Heading if clause.node().parent.is_none() => "section",
        ClauseKind::Heading => "subsection",
        _ => "hcontainer",
    }
}

/// A clause with the clauses below it.
fn clause(xml: &mut Xml, one: Clause<'_>) -> io::Result<()> {
    let element = name(one);
    let id = one.id().to_string();
    let kind = one.node().kind.name();
    let all = [("eId", id.as_str()), ("name", kind)];
    xml.open(element, if element == "hcontainer" { &all } else { &all[..1] })?;
    let heading = one.heading();
    let mut words = one.own_text();
    if !heading.is_empty()
        && let Some(rest) = words.trim_start().strip_prefix(heading)
    {
        let is_number = heading.chars().count() <= NUMBER_CHARS
            && element != "chapter"
            && element != "part"
            && !heading.contains(char::is_whitespace)
            && matches!(element, "article" | "point" | "indent");
        xml.text(if is_number { "num" } else { "heading" }, heading.trim())?;
        words = rest;
    }
    let children: Vec<usize> = one.document().outline().children(Some(one.index())).collect();
    if children.is_empty() {
        xml.open("content", &[])?;
        paragraphs(xml, words)?;
        xml.close("content")?;
    } else if !words.trim().is_empty() {
        xml.open("intro", &[])?;
        paragraphs(xml, words)?;
        xml.close("intro")?;
    }
    for child in children.into_iter().filter_map(|at| one.document().clause_at(at)) {
        clause(xml, child)?;
    }
    xml.close(element)
}

/// Lines as paragraphs; a content needs one even when there are no words.
fn paragraphs(xml: &mut Xml, words: &str) -> io::Result<()> {
    let mut lines = words.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    if lines.peek().is_none() {
        return xml.empty("p", &[]);
    }
    lines.try_for_each(|line| xml.text("p", line))
}
