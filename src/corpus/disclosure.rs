//! Disclosure (公开属性) of a work with several sources: the strictest that any of them states.

use crate::policy::{Metadata, Origin, Place};

/// The field's name in the front matter.
const FIELD: &str = "disclosure";

/// Keeps what another source says against publication where this one says nothing: a document shown by mistake cannot be
/// taken back. A person may decide otherwise in the front matter.
pub(super) fn respect(other: &Metadata, meta: &mut Metadata) {
    let of = |meta: &Metadata| meta.origins.iter().find(|(field, _)| field == FIELD).map(|(_, from)| *from);
    let says_nothing =
        of(meta).is_some_and(|from| from.origin == Origin::Inferred && from.place == Some(Place::Default));
    if other.disclosure.is_public() || !says_nothing {
        return;
    }
    meta.disclosure = other.disclosure;
    meta.origins.retain(|(field, _)| field != FIELD);
    meta.origins.extend(of(other).map(|from| (FIELD.to_owned(), from)));
    meta.origins.sort_by(|a, b| a.0.cmp(&b.0));
}
