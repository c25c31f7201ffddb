//! Gathering (汇集): the first pass of a build, which keeps or reads every document.

use std::collections::BTreeSet;

use super::IndexError;
use super::generation::Generation;
use super::head::Head;
use super::manifest::Seal;
use super::outcome::BuildReport;
use super::passage::passages;
use super::plan::Plan;
use super::publish::{Draft, link_file};
use super::record::Withheld;
use super::store::{Location, StoreWriter, file_name};
use crate::policy::{DocumentId, PolicyDocument};

/// What the first pass over the corpus yields.
pub(super) struct Gathered {
    /// Sorted by id.
    pub(super) heads: Vec<Head>,
    pub(super) withheld: Vec<Withheld>,
    pub(super) failed: Vec<(DocumentId, String)>,
    pub(super) read: usize,
    pub(super) seals: Vec<Seal>,
}

impl Gathered {
    pub(super) fn report(&self, plan: &Plan<'_>, draft: &Draft, indexed: usize, faqs_left_out: usize) -> BuildReport {
        let former = plan.former().map_or(&[][..], Generation::heads);
        let gone = |head: &&Head| self.heads.binary_search_by(|other| other.meta.id.cmp(&head.meta.id)).is_err();
        BuildReport {
            generation: draft.number,
            unchanged: false,
            full: plan.full.clone(),
            documents: self.heads.len(),
            passages: self.heads.iter().map(|head| head.passages.len()).sum(),
            read: self.read,
            indexed,
            removed: former.iter().filter(gone).count(),
            withheld: self.withheld.len(),
            faqs_left_out,
            programmes_left_out: Vec::new(),
            failed: self.failed.clone(),
        }
    }
}

/// Keeps or reads every document and writes its record.
pub(super) fn gather(
    draft: &Draft,
    plan: &Plan<'_>,
    load: &dyn Fn(&DocumentId) -> Result<PolicyDocument, String>,
    progress: &mut dyn FnMut(u64),
) -> Result<Gathered, IndexError> {
    let mut writer = StoreWriter::create(&draft.folder, draft.number)?;
    let mut serials = plan.serials();
    let mut gathered =
        Gathered { heads: Vec::new(), withheld: Vec::new(), failed: Vec::new(), read: 0, seals: Vec::new() };
    for (done, (id, digest)) in (1..).zip(&plan.entries) {
        progress(done);
        if let Some(kept) = plan.kept(id, digest) {
            let location = match plan.former().filter(|_| plan.gather_records) {
                Some(former) => writer.append(former.store().bytes(&kept.location)?)?,
                None => kept.location,
            };
            gathered.heads.push(kept.without_links(serials.of(id), location));
        } else if let Some(kept) = plan.kept_withheld(id, digest) {
            gathered.withheld.push(kept.clone());
        } else {
            gathered.read += 1;
            match load(id).and_then(|document| checked(document, id)) {
                Err(why) => gathered.failed.push((id.clone(), why)),
                Ok(document) if document.meta().disclosure.is_public() => {
                    let location = writer.add(&document)?;
                    gathered.heads.push(Head::new(&document, digest, serials.of(id), location));
                }
                Ok(document) => gathered.withheld.push(Withheld::new(&document, digest)),
            }
        }
    }
    gathered.seals.extend(writer.finish()?);
    gathered.seals.extend(link_records(draft, plan, &gathered.heads)?);
    Ok(gathered)
}

/// Links the former files of records that are still needed.
fn link_records(draft: &Draft, plan: &Plan<'_>, heads: &[Head]) -> Result<Vec<Seal>, IndexError> {
    let Some(former) = plan.former().filter(|_| !plan.gather_records) else { return Ok(Vec::new()) };
    let needed: BTreeSet<String> = heads.iter().map(|head| file_name(head.location.file)).collect();
    let seals: Vec<Seal> = former.manifest().files.iter().filter(|seal| needed.contains(&seal.name)).cloned().collect();
    for seal in &seals {
        link_file(&former.folder().join(&seal.name), &draft.folder.join(&seal.name))?;
    }
    Ok(seals)
}

fn checked(document: PolicyDocument, id: &DocumentId) -> Result<PolicyDocument, String> {
    if document.id() != id {
        return Err(format!("文件自称 {}，应为 {id}", document.id()));
    }
    if u32::try_from(document.text().len()).is_err() {
        return Err(IndexError::TooLarge(id.to_string()).to_string());
    }
    Ok(document)
}

impl Head {
    fn new(document: &PolicyDocument, digest: &str, serial: u32, location: Location) -> Self {
        Self {
            serial,
            meta: document.meta().clone(),
            text_sha256: document.text_sha256().to_owned(),
            passages: passages(document),
            events: Vec::new(),
            interprets: Vec::new(),
            interpreted_by: Vec::new(),
            links: Vec::new(),
            related: Vec::new(),
            digest: digest.to_owned(),
            location,
            bridge: 0,
            cited_by: 0,
        }
    }

    fn without_links(&self, serial: u32, location: Location) -> Self {
        let empty = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (events, interprets, interpreted_by, links, related) = empty;
        Self { serial, location, events, interprets, interpreted_by, links, related, ..self.clone() }
    }
}

impl Withheld {
    /// Keeps what the document does to others, without its words.
    fn new(document: &PolicyDocument, digest: &str) -> Self {
        let meta = document.meta();
        let acts = meta.relations.iter().filter(|relation| relation.kind.bears_on_validity());
        let mut relations: Vec<_> = acts.cloned().collect();
        relations.iter_mut().for_each(|relation| relation.basis = None);
        Self {
            id: meta.id.clone(),
            digest: digest.to_owned(),
            kind: meta.kind,
            region: meta.region.clone(),
            commencement: meta.dates.commencement(),
            relations,
        }
    }
}
