//! The plan (增量计划): what of the former generation can be kept.

use std::collections::{BTreeMap, HashMap};

use super::generation::Generation;
use super::head::Head;
use super::record::Withheld;
use super::table::Aux;
use crate::policy::DocumentId;

/// Most files of records kept before they are gathered into one: each one is a map and an open at start.
const MOST_STORE_FILES: usize = 16;

/// What of the former generation can be kept.
pub(crate) struct Plan<'p> {
    former: Option<&'p Generation>,
    former_withheld: HashMap<DocumentId, Withheld>,
    /// Every document of the corpus with the digest of its file.
    pub(crate) entries: BTreeMap<DocumentId, String>,
    /// Why passages are indexed anew; none when the former segments serve.
    pub(crate) full: Option<String>,
    /// Whether records are copied into one new file.
    pub(crate) gather_records: bool,
    changed: usize,
}

impl<'p> Plan<'p> {
    pub(crate) fn new(
        entries: Vec<(DocumentId, String)>,
        former: Result<&'p Generation, String>,
        fingerprint: &str,
    ) -> Self {
        let entries: BTreeMap<DocumentId, String> = entries.into_iter().collect();
        let withheld = former.as_ref().map_or(Vec::new(), |former| former.withheld().to_vec());
        let mut plan = Self {
            former: former.as_ref().ok().copied(),
            former_withheld: withheld.into_iter().map(|one| (one.id.clone(), one)).collect(),
            entries,
            full: former.as_ref().err().cloned(),
            gather_records: true,
            changed: 0,
        };
        if let Ok(former) = former {
            plan.compare(former, fingerprint);
        }
        plan
    }

    fn compare(&mut self, former: &Generation, fingerprint: &str) {
        let fresh = |(id, digest): &(&DocumentId, &String)| {
            self.kept(id, digest).is_none() && self.kept_withheld(id, digest).is_none()
        };
        let gone = former.heads().iter().filter(|head| !self.entries.contains_key(&head.meta.id)).count()
            + self.former_withheld.keys().filter(|id| !self.entries.contains_key(*id)).count();
        let changed = self.entries.iter().filter(fresh).count() + gone;
        self.changed = changed;
        if former.manifest().analyzer != fingerprint {
            self.full = Some("词表或分词器有变化".to_owned());
        } else if changed * 2 > self.entries.len() {
            self.full = Some("一半以上的文件有变化".to_owned());
        }
        self.gather_records = self.full.is_some() || former.store_files() >= MOST_STORE_FILES;
    }

    /// Whether the former generation is already what is asked for.
    pub(crate) fn is_done(&self, aux_digest: &str) -> bool {
        self.full.is_none()
            && self.changed == 0
            && self.former.is_some_and(|former| former.manifest().aux == aux_digest)
    }

    /// The head of a document whose file has not changed.
    pub(crate) fn kept(&self, id: &DocumentId, digest: &str) -> Option<&'p Head> {
        self.former?.by_id(id).filter(|head| head.digest == digest)
    }

    /// What is known of a document that is not public and whose file has not changed.
    pub(crate) fn kept_withheld(&self, id: &DocumentId, digest: &str) -> Option<&Withheld> {
        self.former_withheld.get(id).filter(|withheld| withheld.digest == digest)
    }

    /// The former generation, when its segments serve.
    pub(crate) fn base(&self) -> Option<&'p Generation> {
        self.former.filter(|_| self.full.is_none())
    }

    /// The former generation, whose records serve even when its segments do not.
    pub(crate) fn former(&self) -> Option<&'p Generation> {
        self.former
    }

    /// Serials: kept for a document that was there, the next free one for a new one; counted anew in a full build.
    pub(crate) fn serials(&self) -> Serials<'p> {
        let base = self.base();
        let next = base.and_then(|base| base.heads().iter().map(|head| head.serial + 1).max()).unwrap_or(0);
        Serials { base, next }
    }
}

/// Gives out serials.
pub(crate) struct Serials<'p> {
    base: Option<&'p Generation>,
    next: u32,
}

impl Serials<'_> {
    pub(crate) fn of(&mut self, id: &DocumentId) -> u32 {
        self.base.and_then(|base| base.by_id(id)).map_or_else(
            || {
                let serial = self.next;
                self.next += 1;
                serial
            },
            |head| head.serial,
        )
    }
}

/// Reviewed questions that rest on something the public may see; the number of those left out.
pub(crate) fn usable_faqs(aux: &mut Aux, withheld: &[Withheld]) -> usize {
    let before = aux.faqs.len();
    aux.faqs.retain_mut(|faq| {
        faq.cites.retain(|cite| withheld.iter().all(|withheld| withheld.id != cite.document));
        faq.reviewed.is_some() && !faq.cites.is_empty()
    });
    before - aux.faqs.len()
}
