//! The graph (关系图): which document does what to which, as tables or as JSON.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::json;

use super::tables::Sheet;
use super::{ExportError, Selection};
use crate::index::{Head, open_relations};
use crate::policy::{RelationKind, validity};

/// A relation between two documents, or to a name that is not in the library.
struct Edge<'g> {
    kind: RelationKind,
    target: Option<&'g Head>,
    name: String,
    basis: String,
}

/// The relations a document states: those that were resolved, then those that are open.
fn edges<'g>(selection: &Selection<'g>, head: &'g Head, open: &[u32]) -> Vec<Edge<'g>> {
    let stated = |kind: RelationKind| head.meta.relations.iter().filter(move |relation| relation.kind == kind);
    let resolved = head.related.iter().filter(|related| related.outgoing).map(|related| (related.kind, related.serial));
    let interprets = head.interprets.iter().map(|serial| (RelationKind::Interprets, *serial));
    let mut edges: Vec<Edge<'g>> = resolved
        .chain(interprets)
        .filter_map(|(kind, serial)| {
            let target = selection.generation.head(serial)?;
            let mut alike = stated(kind);
            let basis = match (alike.next(), alike.next()) {
                (Some(only), None) => only.basis.clone(),
                _ => stated(kind)
                    .find(|one| one.target.document.as_ref() == Some(&target.meta.id))
                    .and_then(|one| one.basis.clone()),
            };
            Some(Edge { kind, target: Some(target), name: target.meta.name(), basis: basis.unwrap_or_default() })
        })
        .collect();
    edges.extend(open.iter().filter_map(|&at| head.meta.relations.get(at as usize)).map(|relation| {
        let target = &relation.target;
        let title = target.title.as_ref().map(|title| format!("《{title}》")).unwrap_or_default();
        let number = target.number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
        let id = target.document.as_ref().map(ToString::to_string).unwrap_or_default();
        let name = if title.is_empty() && number.is_empty() { id } else { title + &number };
        Edge { kind: relation.kind, target: None, name, basis: relation.basis.clone().unwrap_or_default() }
    }));
    edges
}

/// Each selected document with its edges, in the order of the selection.
fn each<'g>(
    selection: &Selection<'g>,
    mut take: impl FnMut(&'g Head, Edge<'g>) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let generation = selection.generation;
    let open = open_relations(generation);
    for head in selection.heads() {
        let place = generation.heads().binary_search_by(|other| other.meta.id.cmp(&head.meta.id));
        let open = place.ok().and_then(|place| open.get(place)).map_or(&[][..], Vec::as_slice);
        for edge in edges(selection, head, open) {
            take(head, edge)?;
        }
    }
    Ok(())
}

/// Writes the relations as CSV.
pub fn graph_csv(selection: &Selection<'_>, out: impl Write, bom: bool) -> Result<(), ExportError> {
    let headings = ["文件标识", "文件", "关系", "关系代码", "对方标识", "对方", "原文依据"];
    let mut sheet = Sheet::new(out, bom, &headings)?;
    each(selection, |head, edge| {
        let target = edge.target.map(|target| target.meta.id.to_string()).unwrap_or_default();
        let name = head.meta.name();
        let kind = edge.kind;
        sheet.row([head.meta.id.as_str(), &name, kind.name(), kind.json_name(), &target, &edge.name, &edge.basis])
    })?;
    Ok(sheet.end()?)
}

/// Writes the relations as a graph in JSON: nodes, then edges, one a line.
pub fn graph_json(selection: &Selection<'_>, mut out: impl Write) -> Result<(), ExportError> {
    let mut nodes: BTreeSet<u32> = selection.serials.iter().copied().collect();
    let mut edges = Vec::new();
    each(selection, |head, edge| {
        nodes.extend(edge.target.map(|target| target.serial));
        edges.push(json!({
            "from": head.meta.id,
            "kind": edge.kind.json_name(),
            "to": edge.target.map(|target| target.meta.id.to_string()),
            "name": edge.name,
            "basis": Some(edge.basis).filter(|basis| !basis.is_empty()),
        }));
        Ok(())
    })?;
    let nodes = nodes.into_iter().filter_map(|serial| selection.generation.head(serial)).map(|head| {
        let state = validity(&head.meta, &head.events, selection.as_of).state;
        json!({
            "id": head.meta.id,
            "title": head.meta.title,
            "number": head.meta.number.as_ref().map(ToString::to_string),
            "kind": head.meta.kind.name(),
            "validity": state.name(),
        })
    });
    out.write_all(b"{\"nodes\":[\n")?;
    list(&mut out, nodes)?;
    out.write_all(b"],\"edges\":[\n")?;
    list(&mut out, edges.into_iter())?;
    out.write_all(b"]}\n")?;
    Ok(out.flush()?)
}

fn list(out: &mut impl Write, values: impl Iterator<Item = serde_json::Value>) -> std::io::Result<()> {
    for (at, value) in values.enumerate() {
        writeln!(out, "{}{value}", if at == 0 { "" } else { "," })?;
    }
    Ok(())
}
