//! Corrections (人工更正): what a person entered survives every later import.

use crate::policy::{Metadata, Origin};

/// Carries the fields that a person corrected over from the stored document to the incoming one.
pub(super) fn keep(stored: &Metadata, incoming: &mut Metadata) {
    for (field, origin) in &stored.origins {
        if origin.origin != Origin::Corrected {
            continue;
        }
        carry(field, stored, incoming);
        incoming.origins.retain(|(name, _)| name != field);
        incoming.origins.push((field.clone(), *origin));
        // A person has looked at it.
        incoming.disagreements.retain(|disagreement| disagreement.field != *field);
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
        "attachments" => incoming.attachments.clone_from(&stored.attachments),
        "copied_to" => incoming.copied_to.clone_from(&stored.copied_to),
        "elements" => incoming.elements.clone_from(&stored.elements),
        "relations" => incoming.relations.clone_from(&stored.relations),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Disagreement, DocumentId, DocumentKind, DocumentNumber, Place};

    #[test]
    fn what_a_person_entered_stays() {
        let meta = |title: &str| Metadata::new(DocumentId::parse("a").unwrap(), title, DocumentKind::Other);
        let mut stored = meta("甲");
        stored.number = DocumentNumber::parse("国务院令第706号");
        stored.copied_to = vec!["某县人大常委会办公室".to_owned()];
        stored.origins = ["copied_to", "number"].map(|field| (field.to_owned(), Origin::Corrected.into())).to_vec();
        let mut incoming = meta("乙");
        incoming.disagreements = vec![Disagreement {
            field: "number".to_owned(),
            kept: "某发〔2020〕1号".to_owned(),
            kept_from: Place::PageTable,
            other: "某发〔2020〕2号".to_owned(),
            other_from: Place::Head,
        }];
        keep(&stored, &mut incoming);
        assert_eq!((incoming.title.as_str(), &incoming.number), ("乙", &stored.number));
        assert_eq!((incoming.copied_to, incoming.disagreements), (stored.copied_to, Vec::new()));
    }
}
