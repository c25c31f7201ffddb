//! Interpretations and what they explain (解读与政策): each link with its confidence and its reason.
//!
//! An interpretation names works in its title and its text; documents of the library that carry such a name are judged
//! by how and where they are named, by number, edition, place and date. What is likely is used; what is only possible
//! is kept beside it and reported, never used as evidence.

mod judge;
mod names;
mod titles;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::IndexError;
use super::head::Head;
use super::store::Store;
use crate::policy::{DocumentKind, Gazetteer, InterpretationForm, RelationKind};

/// Confidence from which a link is used; below it the link is possible (可能相关) and only reported. A title that names
/// the work, or an opening that announces it, reaches it unless edition or place speak against it.
pub const LIKELY: f32 = 0.6;
/// Most documents linked to one interpretation: one that names more is a list.
const MOST_LINKS: usize = 60;

/// A link between an interpretation and a document it explains, or may explain (解读关联).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InterpretationLink {
    /// Serial of the other document.
    pub serial: u32,
    /// Whether the other document is the policy; otherwise it is the interpretation.
    pub outgoing: bool,
    /// 0–1.
    pub confidence: f32,
    /// Why, in Chinese.
    pub reason: String,
    /// The form of the interpretation.
    pub form: InterpretationForm,
}

impl InterpretationLink {
    /// Whether the link is sure enough to be used.
    #[must_use]
    pub fn is_likely(&self) -> bool {
        self.confidence >= LIKELY
    }
}

/// A document that an interpretation may explain.
struct Found {
    place: usize,
    confidence: f32,
    reason: String,
}

/// Links the interpretations of a library to what they explain, best first; `heads` are sorted by id.
pub(crate) fn link(heads: &mut [Head], store: &Store, gazetteer: &Gazetteer) -> Result<(), IndexError> {
    let interprets = |head: &Head| {
        head.meta.kind == DocumentKind::Interpretation
            || head.meta.relations.iter().any(|relation| relation.kind == RelationKind::Interprets)
    };
    let places: Vec<usize> = (0..heads.len()).filter(|&place| interprets(&heads[place])).collect();
    if places.is_empty() {
        return Ok(());
    }
    let titles = titles::Titles::new(heads);
    let mut all: Vec<(usize, InterpretationForm, Vec<Found>)> = Vec::new();
    for place in places {
        let head = &heads[place];
        let (text, _) = store.read(&head.location)?;
        let form = InterpretationForm::of(&head.meta.title, text);
        all.push((place, form, judge::judged(heads, place, text, &titles, gazetteer)));
    }
    drop(titles);
    for (place, form, found) in all {
        enter(heads, place, form, found);
    }
    for head in heads.iter_mut() {
        // Serials differ between builds of the same documents only together: the order is the same.
        head.links.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.serial.cmp(&b.serial)));
        let likely = |outgoing: bool| {
            head.links.iter().filter(move |link| link.outgoing == outgoing && link.is_likely()).map(|link| link.serial)
        };
        let (interprets, interpreted_by) = (likely(true).collect(), likely(false).collect());
        head.interprets = interprets;
        head.interpreted_by = interpreted_by;
    }
    Ok(())
}

fn enter(heads: &mut [Head], place: usize, form: InterpretationForm, found: Vec<Found>) {
    let mut best: HashMap<usize, Found> = HashMap::new();
    for one in found {
        let better = best.get(&one.place).is_none_or(|other| other.confidence < one.confidence);
        if better && one.place != place {
            best.insert(one.place, one);
        }
    }
    let mut best: Vec<Found> = best.into_values().collect();
    best.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.place.cmp(&b.place)));
    best.truncate(MOST_LINKS);
    let interpretation = heads[place].serial;
    for Found { place: policy, confidence, reason } in best {
        let serial = heads[policy].serial;
        let link = |serial, outgoing, reason| InterpretationLink { serial, outgoing, confidence, reason, form };
        heads[place].links.push(link(serial, true, reason.clone()));
        heads[policy].links.push(link(interpretation, false, reason));
    }
}
