//! What a document rests on (依据): each 根据《…》、《…》 of its preamble.

use super::names::{clip, joined_names, named, sentence_from};
use crate::policy::{Relation, RelationKind};

/// How much of a text's beginning names what it rests on: later sentences use 根据 for conditions.
const PREAMBLE_CHARS: usize = 1200;

pattern!(BASIS, r"(?:根据|依据|按照|依照|贯彻落实|贯彻|落实)[^。；\n]{0,12}?《");

/// What the preamble says the document rests on.
pub(super) fn bases(title: &str, text: &str, found: &mut Vec<Relation>) {
    let end = text.char_indices().nth(PREAMBLE_CHARS).map_or(text.len(), |(at, _)| at);
    let preamble = &text[..end];
    for opening in BASIS.find_iter(preamble) {
        let sentence = sentence_from(preamble, opening.start());
        // Only names joined to each other count: 根据《甲》《乙》和《丙》精神，结合……
        let joined = joined_names(sentence);
        let basis = clip(joined);
        for target in named(joined).into_iter().filter(|target| target.title.as_deref() != Some(title)) {
            found.push(Relation::new(RelationKind::BasedOn, target).because(basis.clone()));
        }
    }
}
