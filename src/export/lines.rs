//! Lines (逐行 JSON): one document a line with metadata, text, clauses and relations; the import reads them back.

use std::collections::HashSet;
use std::io::Write;

use serde::Serialize;

use super::{ExportError, Selection};
use crate::corpus::{Corpus, FrontMatter};
use crate::index::{Generation, Head};
use crate::policy::{LifeEvent, Noise, PolicyDocument};

/// The shape of the lines; the import reads this one.
const SHAPE: u32 = 1;

/// A document as a line.
#[derive(Serialize)]
struct Line<'d> {
    zhengda_export: u32,
    id: &'d str,
    title: &'d str,
    /// What a corpus file says above the text, noise included: all that is needed to write it again.
    metadata: FrontMatter,
    text: &'d str,
    text_sha256: &'d str,
    clauses: Vec<ClauseLine<'d>>,
    related: Vec<RelatedLine<'d>>,
    events: &'d [LifeEvent],
    interpreted_by: Vec<&'d str>,
}

#[derive(Serialize)]
struct ClauseLine<'d> {
    id: &'d str,
    kind: &'static str,
    label: &'d str,
    parent: Option<&'d str>,
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'d str>,
}

/// A relation as it was resolved.
#[derive(Serialize)]
struct RelatedLine<'d> {
    kind: &'static str,
    document: &'d str,
    outgoing: bool,
}

/// Writes the selection as lines, in the order of the corpus files; gives the number of lines.
pub fn jsonl(selection: &Selection<'_>, corpus: &Corpus, mut out: impl Write) -> Result<usize, ExportError> {
    let generation = selection.generation;
    let wanted: HashSet<u32> = selection.serials.iter().copied().collect();
    let mut written = 0;
    let mut failure = None;
    corpus.each(&mut |read| {
        let Ok((meta, noise, _)) = read else { return };
        let Some(head) = generation.by_id(&meta.id).filter(|head| wanted.contains(&head.serial)) else { return };
        if failure.is_none() {
            failure = line(generation, head, &noise, &mut out).err();
            written += 1;
        }
    });
    failure.map_or_else(|| Ok(out.flush()?), Err)?;
    Ok(written)
}

fn line(generation: &Generation, head: &Head, noise: &[Noise], out: &mut impl Write) -> Result<(), ExportError> {
    let document = generation.document(head.serial)?;
    serde_json::to_writer(&mut *out, &shape(generation, head, &document, noise, false))
        .map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// One document as JSON, each clause with its id and its own words.
pub fn document_json(generation: &Generation, head: &Head) -> Result<String, ExportError> {
    let document = generation.document(head.serial)?;
    let shape = shape(generation, head, &document, &[], true);
    Ok(serde_json::to_string_pretty(&shape).map_err(std::io::Error::from)?)
}

fn shape<'d>(
    generation: &'d Generation,
    head: &'d Head,
    document: &'d PolicyDocument,
    noise: &[Noise],
    with_words: bool,
) -> Line<'d> {
    let id_of = |serial: &u32| generation.head(*serial).map(|other| other.meta.id.as_str());
    let clause = |clause: crate::policy::Clause<'d>| {
        let node = clause.node();
        ClauseLine {
            id: &node.id.0,
            kind: node.kind.name(),
            label: &node.label,
            parent: clause.parent().map(|parent| parent.id().0.as_str()),
            start: node.start,
            end: node.end,
            text: with_words.then(|| clause.own_text()),
        }
    };
    let related = head.related.iter().filter_map(|related| {
        let document = id_of(&related.serial)?;
        Some(RelatedLine { kind: related.kind.json_name(), document, outgoing: related.outgoing })
    });
    let interprets = head
        .interprets
        .iter()
        .filter_map(|serial| Some(RelatedLine { kind: "interprets", document: id_of(serial)?, outgoing: true }));
    Line {
        zhengda_export: SHAPE,
        id: head.meta.id.as_str(),
        title: &head.meta.title,
        metadata: FrontMatter::new(&head.meta, noise),
        text: document.text(),
        text_sha256: document.text_sha256(),
        clauses: document.clauses().map(clause).collect(),
        related: related.chain(interprets).collect(),
        events: &head.events,
        interpreted_by: head.interpreted_by.iter().filter_map(id_of).collect(),
    }
}
