//! Building (建库): documents to a new generation, keeping what has not changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::explain::Explained;
use super::gather::{Gathered, gather};
use super::generation::{Generation, open};
use super::head::Head;
use super::manifest::{MANIFEST, Manifest, Seal};
use super::outcome::BuildReport;
use super::plan::{Plan, usable_faqs};
use super::programmes::{ProgrammeBases, usable_programmes};
use super::publish::{BuildLock, Draft, TANTIVY, link_tantivy};
use super::record::encode;
use super::segments::SegmentWriter;
use super::store::Store;
use super::table::{AUX, Aux, TABLE, Table};
use super::{IndexError, SCHEMA_VERSION, cited, interpretation, links};
use crate::analysis::{Analyzer, Lexicon};
use crate::policy::programme::Rulebook;
use crate::policy::{Directory, DocumentId, Faq, Gazetteer, PolicyDocument, sha256_hex};

/// What an index is built from.
pub struct Input<'a> {
    /// Every document of the corpus, with the digest of its file.
    pub entries: Vec<(DocumentId, String)>,
    /// Reads a document; called only for files that changed.
    pub load: &'a dyn Fn(&DocumentId) -> Result<PolicyDocument, String>,
    /// The lexicon.
    pub lexicon: Lexicon,
    /// The places.
    pub gazetteer: Gazetteer,
    /// The departments.
    pub directory: Directory,
    /// The questions.
    pub faqs: Vec<Faq>,
    /// The programmes and the facts they ask about.
    pub book: Rulebook,
}

/// Builds the generation that these documents make, and publishes it. `progress` is told steps done and steps in all.
pub fn build(dir: &Path, input: Input<'_>, progress: &mut dyn FnMut(u64, u64)) -> Result<BuildReport, IndexError> {
    fs::create_dir_all(dir).map_err(IndexError::io(dir))?;
    let _lock = BuildLock::take(dir)?;
    let former = open(dir).map_err(|error| match error {
        IndexError::Missing(_) => "此前没有索引".to_owned(),
        other => other.to_string(),
    });
    let Input { entries, load, lexicon, gazetteer, directory, faqs, book } = input;
    let analyzer = Analyzer::new(&lexicon);
    let mut aux = Aux { lexicon, gazetteer, directory, faqs, book, bases: ProgrammeBases::default() };
    let aux_digest = sha256_hex(&aux.encode()?);
    let plan = Plan::new(entries, former.as_ref().map_err(Clone::clone), analyzer.fingerprint());
    if let Some(former) = plan.former().filter(|_| plan.is_done(&aux_digest)) {
        return Ok(unchanged(former));
    }
    let draft = Draft::begin(dir)?;
    let steps = plan.entries.len() as u64 * 2;
    let mut gathered = gather(&draft, &plan, load, &mut |done| progress(done, steps))?;
    links::link(&mut gathered.heads, &gathered.withheld, &aux.gazetteer);
    let faqs_left_out = usable_faqs(&mut aux, &gathered.withheld);
    let numbers: BTreeSet<u64> = gathered.heads.iter().map(|head| head.location.file).collect();
    let store = Store::open(&draft.folder, numbers)?;
    interpretation::link(&mut gathered.heads, &store, &aux.gazetteer)?;
    cited::count(&mut gathered.heads, &store)?;
    let programmes_left_out = usable_programmes(&mut aux, &gathered.heads, &store)?;
    let explained = Explained::new(&gathered.heads, &store, &analyzer, &aux.faqs)?;
    let indexed = index(&draft, &plan, &mut gathered.heads, &analyzer, &store, &explained, &mut |done| {
        progress(done + steps / 2, steps);
    })?;
    progress(steps, steps);
    let report = BuildReport { programmes_left_out, ..gathered.report(&plan, &draft, indexed, faqs_left_out) };
    seal(draft, &plan, gathered, explained, &aux, &aux_digest, &analyzer)?;
    Ok(report)
}

fn unchanged(former: &Generation) -> BuildReport {
    BuildReport {
        generation: former.number(),
        unchanged: true,
        documents: former.heads().len(),
        passages: former.passage_count(),
        withheld: former.withheld().len(),
        ..BuildReport::default()
    }
}

/// Indexes the passages of documents that are new, changed or differently explained; tells how many.
fn index(
    draft: &Draft,
    plan: &Plan<'_>,
    heads: &mut [Head],
    analyzer: &Analyzer,
    store: &Store,
    explained: &Explained,
    progress: &mut dyn FnMut(u64),
) -> Result<usize, IndexError> {
    let mut todo = Vec::new();
    let mut stay = BTreeSet::new();
    for head in heads.iter_mut() {
        head.bridge = explained.bridge_digest(head);
        let kept = plan.base().and_then(|_| plan.kept(&head.meta.id, &head.digest));
        if kept.is_some_and(|kept| kept.bridge == head.bridge) {
            stay.insert(&head.meta.id);
        } else {
            todo.push(&*head);
        }
    }
    let folder = draft.folder.join(TANTIVY);
    if let Some(base) = plan.base() {
        link_tantivy(&base.folder().join(TANTIVY), &folder)?;
    }
    let writer = SegmentWriter::open(&folder, plan.base().is_none(), todo.len(), analyzer, store, explained)?;
    for former in plan.base().map_or(&[][..], Generation::heads) {
        if !stay.contains(&former.meta.id) {
            writer.remove(&former.meta.id);
        }
    }
    for (done, head) in (0..).zip(&todo) {
        progress(done);
        writer.add(head)?;
    }
    writer.finish()?;
    Ok(todo.len())
}

/// Writes table, aux and manifest, and publishes.
fn seal(
    draft: Draft,
    plan: &Plan<'_>,
    gathered: Gathered,
    explained: Explained,
    aux: &Aux,
    aux_digest: &str,
    analyzer: &Analyzer,
) -> Result<(), IndexError> {
    let documents = gathered.heads.len() as u64;
    let passages = gathered.heads.iter().map(|head| head.passages.len() as u64).sum();
    let withheld = gathered.withheld.len() as u64;
    let mut files = gathered.seals;
    let table = encode(&Table::new(&gathered.heads, &gathered.withheld, explained))?;
    for (name, bytes) in [(TABLE, table), (AUX, aux.encode()?)] {
        draft.write(name, &bytes)?;
        files.push(Seal::of(name, &bytes));
    }
    // tantivy's own two lists have no checksum, and its check covers only the files they name.
    for list in ["meta.json", ".managed.json"] {
        let name = format!("{TANTIVY}/{list}");
        let path = draft.folder.join(&name);
        files.push(Seal::of(&name, &fs::read(&path).map_err(IndexError::io(&path))?));
    }
    let manifest = Manifest {
        schema: SCHEMA_VERSION,
        tantivy: tantivy::version_string().to_owned(),
        analyzer: analyzer.fingerprint().to_owned(),
        corpus: corpus_digest(plan),
        aux: aux_digest.to_owned(),
        generation: draft.number,
        documents,
        passages,
        withheld,
        files,
    };
    let json = serde_json::to_vec_pretty(&manifest).map_err(|error| IndexError::Encode(error.to_string()))?;
    draft.write(MANIFEST, &json)?;
    draft.publish(&sha256_hex(&json))
}

fn corpus_digest(plan: &Plan<'_>) -> String {
    let mut hasher = Sha256::new();
    for (id, digest) in &plan.entries {
        hasher.update(format!("{id}\t{digest}\n"));
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
