//! Open targets (未解析的指向): relations whose other end is not in the library.

use super::generation::Generation;
use super::resolve::{Actor, Resolver};
use crate::policy::{RelationKind, Target};

/// For each document, in the order of the heads, the places of its relations that lead to no document of the library.
/// A target named by number or title that was found is not open.
#[must_use]
pub fn open_relations(generation: &Generation) -> Vec<Vec<u32>> {
    let heads = generation.heads();
    let resolver = Resolver::new(heads, generation.gazetteer());
    let open = |(place, head): (usize, &super::Head)| {
        let meta = &head.meta;
        let actor = Actor::of(place, meta);
        // A document that names itself leads nowhere, and nothing is missing.
        let itself = |target: &Target| target.document.as_ref() == Some(&meta.id);
        let relations = (0..).zip(actor.relations);
        relations
            .filter(|(_, relation)| match relation.kind {
                // Interpretations are linked by more than their relation; one that is linked lacks nothing.
                RelationKind::Interprets => head.interprets.is_empty(),
                _ => !itself(&relation.target) && resolver.resolve(&relation.target, &actor).is_empty(),
            })
            .map(|(at, _)| at)
            .collect()
    };
    heads.iter().enumerate().map(open).collect()
}
