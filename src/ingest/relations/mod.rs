//! Relations (文件关系) that titles and texts state, each with the words that state it.

mod amendments;
mod bases;
mod clearing;
mod endings;
mod extensions;
mod names;
mod titles;

use std::collections::HashSet;

use crate::policy::{DocumentKind, Relation, RelationKind, Target};

/// Shortest title that names one document: 《条例》 and 《规定》 are short for another.
const MIN_TITLE_CHARS: usize = 4;
/// Most relations of one kind taken from one document: lists of reviews reach some hundreds.
const MAX_RELATIONS: usize = 2000;

/// The relations a document states.
pub(super) fn relations(title: &str, text: &str, kind: DocumentKind) -> Vec<Relation> {
    let mut found = Vec::new();
    titles::from_title(title, kind == DocumentKind::Interpretation, &mut found);
    // An interpretation tells what another document rests on and ends, and a draft ends nothing yet.
    if kind.is_authority() {
        bases::bases(title, text, &mut found);
    }
    if kind.is_authority() && kind != DocumentKind::Draft {
        amendments::amendments(title, text, &mut found);
        clearing::clearing(title, text, &mut found);
        endings::endings(title, text, &mut found);
        extensions::extensions(title, text, &mut found);
    }
    kept(title, found)
}

/// Each relation once, those that name a document, and not those of a document to itself.
fn kept(title: &str, found: Vec<Relation>) -> Vec<Relation> {
    let mut seen: HashSet<(RelationKind, Target, Vec<String>)> = HashSet::new();
    let mut kept: Vec<Relation> = Vec::new();
    for relation in found {
        let alike = kept.iter().filter(|other| other.kind == relation.kind).count();
        let name = relation.target.title.as_deref();
        let names_one = name.is_none_or(|name| name.chars().count() >= MIN_TITLE_CHARS);
        // Its own title means an earlier edition only where the text ends one.
        let itself = name == Some(title) && !matches!(relation.kind, RelationKind::Repeals | RelationKind::Replaces);
        // A list gives the number, the sentence above it only the name of its first row.
        let named_before = relation.target.number.is_none()
            && relation.clauses.is_empty()
            && kept.iter().any(|other| other.kind == relation.kind && other.target.title == relation.target.title);
        let key = (relation.kind, relation.target.clone(), relation.clauses.clone());
        if names_one && !itself && !named_before && alike < MAX_RELATIONS && seen.insert(key) {
            kept.push(relation);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
