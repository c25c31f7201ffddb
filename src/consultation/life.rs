//! The life of a document (文件沿革) as it leaves the house: its relations, what was done to it, the standing of its clauses.

use jiff::civil::Date;

use crate::contract::{ClauseJson, ClauseStatusJson, LifeEventJson, RelationJson};
use crate::index::{Generation, Head};
use crate::policy::{
    Clause, ClauseStatus, LifeEvent, Metadata, PolicyDocument, Relation, RelationKind, Target, clause_status,
};

/// What another document did to this one.
pub(super) fn life_event_json(event: &LifeEvent) -> LifeEventJson {
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    LifeEventJson {
        kind: event.kind.name().to_owned(),
        on: day(event.on),
        until: day(event.until),
        clauses: event.clauses.clone(),
        inferred: event.inferred,
        by: event.by.to_string(),
        by_name: event.by_name.clone(),
        basis: event.basis.clone(),
    }
}

/// The clauses, each with its standing where it is not that of the document.
pub(super) fn clauses(head: &Head, document: &PolicyDocument, as_of: Date) -> Vec<ClauseJson> {
    let by_clause = head.events.iter().any(|event| !event.clauses.is_empty())
        || head.meta.terms.iter().any(|term| !term.clauses.is_empty());
    let nodes = document.outline().nodes();
    let status = |at: usize| {
        let mut lineage = document.outline().lineage(at);
        lineage.reverse();
        let labels: Vec<&str> = lineage.iter().map(|&index| nodes[index].label.as_str()).collect();
        clause_status_json(clause_status(&head.meta, &head.events, &labels, as_of))
    };
    let known = |at: usize| if by_clause { status(at) } else { None };
    document.clauses().enumerate().map(|(at, each)| ClauseJson { status: known(at), ..clause(each) }).collect()
}

fn clause_status_json(status: ClauseStatus) -> Option<ClauseStatusJson> {
    let told = |state: &str, basis, by: Option<crate::policy::DocumentId>| {
        Some(ClauseStatusJson { state: state.to_owned(), basis, by: by.map(|id| id.to_string()) })
    };
    match status {
        ClauseStatus::AsDocument => None,
        ClauseStatus::NotYetEffective { basis } => told("not_yet_effective", basis, None),
        ClauseStatus::Repealed { basis, by } => told("repealed", basis, Some(by)),
        ClauseStatus::Amended { basis, by } => told("amended", basis, Some(by)),
    }
}

/// What an interpretation states of its policy leads to the document that was found for it.
fn interpreted<'g>(generation: &'g Generation, stating: &Head, relation: &Relation) -> Option<&'g Head> {
    let title = relation.target.title.as_deref().filter(|_| relation.kind == RelationKind::Interprets)?;
    let found = stating.interprets.iter().filter_map(|serial| generation.head(*serial));
    found.into_iter().find(|other| other.meta.title.contains(title))
}

/// Whether a document to which a relation of this kind leads is the one that this target names.
fn is_meant(meta: &Metadata, target: &Target) -> bool {
    let by_number = matches!((&meta.number, &target.number), (Some(own), Some(stated)) if own.key() == stated.key());
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (own, stated) = (bare(&meta.title), target.title.as_deref().map(bare).unwrap_or_default());
    by_number || !stated.is_empty() && (own.contains(&stated) || stated.contains(&own))
}

/// A relation, with the document it leads to.
pub(super) fn relation_json(generation: &Generation, stating: &Head, relation: &Relation) -> RelationJson {
    let target = &relation.target;
    let named = target.document.as_ref().and_then(|id| generation.by_id(id));
    let head = named.or_else(|| interpreted(generation, stating, relation)).or_else(|| {
        let alike = stating.related.iter().filter(|other| other.outgoing && other.kind == relation.kind);
        let heads = alike.filter_map(|other| generation.head(other.serial));
        heads.into_iter().find(|head| is_meant(&head.meta, target))
    });
    let name = head
        .map(|head| head.meta.name())
        .or_else(|| target.title.as_ref().map(|title| format!("《{title}》")))
        .or_else(|| target.number.as_ref().map(ToString::to_string))
        .unwrap_or_default();
    RelationJson {
        kind: relation.kind.json_name().to_owned(),
        document: head.map(|head| head.meta.id.to_string()),
        name,
        basis: relation.basis.clone(),
        on: relation.on.map(|day| day.to_string()),
        until: relation.until.map(|day| day.to_string()),
        clauses: relation.clauses.clone(),
    }
}

fn clause(clause: Clause<'_>) -> ClauseJson {
    let node = clause.node();
    ClauseJson {
        id: node.id.to_string(),
        label: node.label.clone(),
        kind: node.kind.name().to_owned(),
        path: clause.path(),
        start: node.start,
        end: node.end,
        parent: clause.parent().map(|parent| parent.id().to_string()),
        status: None,
    }
}
