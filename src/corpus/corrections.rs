//! Corrections (人工更正): what a person entered survives every later import.

use crate::policy::{Metadata, Origin};

/// Carries the fields that a person corrected over from the stored document to the incoming one.
pub(super) fn keep(stored: &Metadata, incoming: &mut Metadata) {
    for (field, origin) in &stored.origins {
        if *origin != Origin::Corrected {
            continue;
        }
        carry(field, stored, incoming);
        incoming.origins.retain(|(name, _)| name != field);
        incoming.origins.push((field.clone(), Origin::Corrected));
    }
    incoming.origins.sort_by(|a, b| a.0.cmp(&b.0)); // the order in which the front matter gives them back
}

fn carry(field: &str, stored: &Metadata, incoming: &mut Metadata) {
    match field {
        "title" => incoming.title.clone_from(&stored.title),
        "number" => incoming.number.clone_from(&stored.number),
        "index_number" => incoming.index_number.clone_from(&stored.index_number),
        "issuers" => incoming.issuers.clone_from(&stored.issuers),
        "region" => incoming.region.clone_from(&stored.region),
        "level" => incoming.level = stored.level,
        "kind" => incoming.kind = stored.kind,
        "themes" => incoming.themes.clone_from(&stored.themes),
        "audience" => incoming.audience.clone_from(&stored.audience),
        "written" => incoming.dates.written = stored.dates.written,
        "published" => incoming.dates.published = stored.dates.published,
        "effective" => incoming.dates.effective = stored.dates.effective,
        "expires" => incoming.dates.expires = stored.dates.expires,
        "disclosure" => incoming.disclosure = stored.disclosure,
        "relations" => incoming.relations.clone_from(&stored.relations),
        _ => {}
    }
}
