//! Links (文件之间): what documents do to each other, resolved once for all readers.

use super::edition::{is_incorporated, newer_editions};
use super::head::{Head, Related};
use super::record::Withheld;
use super::resolve::{Actor, Resolver};
use crate::policy::{DocumentId, Gazetteer, LifeEvent, LifeEventKind, Relation, RelationKind};

/// Stands for the id of an acting document that is not public; it is never a document of the library.
const WITHHELD_ID: &str = "undisclosed";
/// Stands for its name.
const WITHHELD_NAME: &str = "另一份未公开的文件";

/// What was found, by place among the heads.
#[derive(Default)]
struct Links {
    events: Vec<(usize, LifeEvent)>,
    related: Vec<(usize, RelationKind, usize)>,
}

/// Resolves the relations of all documents; `heads` are sorted by id, their links empty.
pub(crate) fn link(heads: &mut [Head], withheld: &[Withheld], gazetteer: &Gazetteer) {
    let links = find(heads, withheld, gazetteer);
    let serials: Vec<u32> = heads.iter().map(|head| head.serial).collect();
    for (place, event) in links.events {
        heads[place].events.push(event);
    }
    for (place, event) in newer_editions(heads) {
        let ended = heads[place].events.iter().any(|event| event.kind.ends() && event.clauses.is_empty());
        if !ended {
            heads[place].events.push(event);
        }
    }
    for (from, kind, to) in links.related {
        heads[from].related.push(Related { kind, serial: serials[to], outgoing: true });
        heads[to].related.push(Related { kind, serial: serials[from], outgoing: false });
    }
}

fn find(heads: &[Head], withheld: &[Withheld], gazetteer: &Gazetteer) -> Links {
    let resolver = Resolver::new(heads, gazetteer);
    let mut links = Links::default();
    for (place, head) in heads.iter().enumerate() {
        let meta = &head.meta;
        let actor = Actor::of(place, meta);
        for relation in actor.relations {
            let by = || (meta.id.clone(), meta.name(), relation.basis.clone());
            let from = links.events.len();
            add_events(&mut links.events, &resolver, relation, &actor, by);
            let told: Vec<_> = links.events.drain(from..).collect();
            let fresh = |(place, event): &(usize, LifeEvent)| !is_incorporated(event, meta, &heads[*place].meta);
            links.events.extend(told.into_iter().filter(fresh));
            // What interpretations explain is found by `interpretation`, with confidence and reason.
            if relation.kind != RelationKind::Interprets {
                let found = resolver.resolve(&relation.target, &actor);
                links.related.extend(found.into_iter().map(|to| (place, relation.kind, to)));
            }
        }
    }
    let Ok(nobody) = DocumentId::parse(WITHHELD_ID) else { return links };
    for document in withheld {
        let actor = Actor {
            place: None,
            kind: document.kind,
            region: document.region.as_ref(),
            commencement: document.commencement,
            relations: &document.relations,
        };
        for relation in actor.relations {
            let by = || (nobody.clone(), WITHHELD_NAME.to_owned(), None);
            add_events(&mut links.events, &resolver, relation, &actor, by);
        }
    }
    links.related.sort_unstable();
    links.related.dedup();
    links
}

fn add_events(
    events: &mut Vec<(usize, LifeEvent)>,
    resolver: &Resolver<'_>,
    relation: &Relation,
    actor: &Actor<'_>,
    by: impl Fn() -> (DocumentId, String, Option<String>),
) {
    let kind = match relation.kind {
        RelationKind::Repeals => LifeEventKind::Repealed,
        RelationKind::Replaces => LifeEventKind::Replaced,
        RelationKind::Extends => LifeEventKind::Extended,
        RelationKind::Confirms => LifeEventKind::Confirmed,
        _ => LifeEventKind::Amended,
    };
    for place in resolver.acted_on(relation, actor) {
        let (by, by_name, basis) = by();
        let on = relation.on.or(actor.commencement);
        let (until, clauses) = (relation.until, relation.clauses.clone());
        let event = LifeEvent { kind, on, until, clauses, inferred: false, by, by_name, basis };
        events.push((place, event));
    }
}
