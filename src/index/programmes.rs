//! Programmes (惠企/惠民政策事项) in a generation: each with the bytes of the clauses it rests on.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::IndexError;
use super::head::Head;
use super::store::Store;
use super::table::Aux;
use crate::policy::programme::{ResolvedBasis, SupportProgramme};
use crate::policy::{DocumentId, Outline, PolicyDocument};

/// Where the bases of the programmes stand, by programme and key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct ProgrammeBases(BTreeMap<String, BTreeMap<String, ResolvedBasis>>);

impl ProgrammeBases {
    /// A basis of a programme.
    pub(crate) fn get(&self, programme: &str, key: &str) -> Option<&ResolvedBasis> {
        self.0.get(programme)?.get(key)
    }
}

/// Keeps the programmes whose every basis stands in a public document of the library; tells which were left out, and why.
pub(super) fn usable_programmes(
    aux: &mut Aux,
    heads: &[Head],
    store: &Store,
) -> Result<Vec<(String, String)>, IndexError> {
    let mut documents = Documents { heads, store, read: HashMap::new() };
    let mut left_out = Vec::new();
    let mut kept = Vec::new();
    for programme in std::mem::take(&mut aux.book.programmes) {
        match documents.bases(&programme)? {
            Ok(bases) => {
                aux.bases.0.insert(programme.id.clone(), bases);
                kept.push(programme);
            }
            Err(why) => left_out.push((programme.id, why)),
        }
    }
    aux.book.programmes = kept;
    Ok(left_out)
}

/// Documents read so far.
struct Documents<'a> {
    heads: &'a [Head],
    store: &'a Store,
    read: HashMap<DocumentId, PolicyDocument>,
}

/// The bases of a programme, or why one does not stand.
type Found = Result<BTreeMap<String, ResolvedBasis>, String>;

impl Documents<'_> {
    fn bases(&mut self, programme: &SupportProgramme) -> Result<Found, IndexError> {
        let mut found = BTreeMap::new();
        for (key, basis) in &programme.bases {
            let Some(document) = self.document(&basis.document)? else {
                return Ok(Err(format!("依据 {key}：库中没有主动公开的文件 {}", basis.document)));
            };
            match basis.resolve(document) {
                Ok(resolved) => found.insert(key.clone(), resolved),
                Err(fault) => return Ok(Err(format!("依据 {key}（{}）：{fault}", basis.document))),
            };
        }
        Ok(Ok(found))
    }

    fn document(&mut self, id: &DocumentId) -> Result<Option<&PolicyDocument>, IndexError> {
        if !self.read.contains_key(id) {
            let Ok(place) = self.heads.binary_search_by(|head| head.meta.id.cmp(id)) else { return Ok(None) };
            let head = &self.heads[place];
            let (text, nodes) = self.store.read(&head.location)?;
            let damaged = |error| IndexError::damaged(&self.store.path(&head.location), format!("{id}：{error}"));
            let document = PolicyDocument::new(head.meta.clone(), text.into(), Outline::new(nodes)).map_err(damaged)?;
            self.read.insert(id.clone(), document);
        }
        Ok(self.read.get(id))
    }
}
