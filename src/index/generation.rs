//! The generation (一代索引): all that is read to answer, opened together.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use tantivy::{Index, ReloadPolicy, Searcher};

use super::IndexError;
use super::explain::Explanation;
use super::head::Head;
use super::manifest::Manifest;
use super::passage::{PassageKey, PassageRef};
use super::publish::{Current, TANTIVY, current_manifest, read_current};
use super::record::Withheld;
use super::schema::Fields;
use super::search::Statistics;
use super::store::{Store, map};
use super::table::{AUX, Aux, TABLE, Table};
use crate::analysis::{Analyzer, Learnt, Lexicon};
use crate::policy::programme::{ResolvedBasis, Rulebook};
use crate::policy::{Directory, DocumentId, Faq, Gazetteer, Outline, PolicyDocument};

/// Documents kept decoded: about 20 MB at 20 KB of text and outline each.
const DOCUMENTS_CACHED: NonZeroUsize = NonZeroUsize::new(512).expect("not zero");
/// Times `CURRENT` is read again when the generation it named has been replaced meanwhile.
const OPEN_ATTEMPTS: usize = 3;

/// A generation of the index, open for reading.
pub struct Generation {
    folder: PathBuf,
    manifest: Manifest,
    /// Sorted by id.
    heads: Vec<Head>,
    withheld: Vec<Withheld>,
    /// Place among the heads, by serial.
    places: Vec<u32>,
    by_number: HashMap<String, Vec<u32>>,
    /// Ids that copies had in collections of their own.
    by_copy: HashMap<DocumentId, u32>,
    explanations: HashMap<PassageKey, Vec<Explanation>>,
    faqs_for: HashMap<PassageKey, Vec<u32>>,
    learnt: Learnt,
    aux: Aux,
    analyzer: Analyzer,
    store: Store,
    cache: Mutex<LruCache<u32, Arc<PolicyDocument>>>,
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    pub(super) statistics: Statistics,
}

/// The manifest of the live generation; none when there is no index.
pub fn current(dir: &Path) -> Result<Option<Manifest>, IndexError> {
    current_manifest(dir)
}

/// Opens the live generation after checking that every byte of it is what was written.
pub fn open(dir: &Path) -> Result<Generation, IndexError> {
    let mut named = read_current(dir)?.ok_or_else(|| IndexError::Missing(dir.to_owned()))?;
    for _ in 1..OPEN_ATTEMPTS {
        match Generation::open(&named) {
            Err(IndexError::Io { path, source }) if source.kind() == io::ErrorKind::NotFound => {
                match read_current(dir)? {
                    Some(now) if now != named => named = now,
                    _ => return Err(IndexError::damaged(&path, "文件缺失")),
                }
            }
            opened => return opened,
        }
    }
    Generation::open(&named)
}

impl Generation {
    fn open(current: &Current) -> Result<Self, IndexError> {
        let folder = current.folder.clone();
        let manifest = Manifest::read(&folder, &current.manifest_sha256)?;
        let (own, foreign) = std::thread::scope(|scope| {
            let own = scope.spawn(|| manifest.verify_files(&folder));
            (own.join(), open_tantivy(&folder.join(TANTIVY)))
        });
        own.unwrap_or_else(|_| Err(IndexError::damaged(&folder, "校验中断")))?;
        let (searcher, fields) = foreign?;
        let aux_path = folder.join(AUX);
        let aux = std::fs::read(&aux_path).map_err(IndexError::io(&aux_path))?;
        let aux: Aux = serde_json::from_slice(&aux).map_err(|e| IndexError::damaged(&aux_path, e.to_string()))?;
        let analyzer = Analyzer::new(&aux.lexicon);
        manifest.check_analyzer(analyzer.fingerprint())?;
        let table_path = folder.join(TABLE);
        let table = map(&table_path).map_err(IndexError::io(&table_path))?;
        let table: Table =
            postcard::from_bytes(&table).map_err(|error| IndexError::damaged(&table_path, error.to_string()))?;
        let heads: Vec<Head> = table.heads.into_iter().map(Head::from).collect();
        let places = places(&heads);
        let statistics = Statistics::new(&searcher, fields, &heads)?;
        let numbers: BTreeSet<u64> = heads.iter().map(|head| head.location.file).collect();
        Ok(Self {
            by_number: by_number(&heads),
            by_copy: by_copy(&heads),
            places,
            withheld: table.withheld.into_iter().map(Withheld::from).collect(),
            explanations: table.explanations.into_iter().collect(),
            faqs_for: table.faqs.into_iter().collect(),
            learnt: table.learnt,
            store: Store::open(&folder, numbers)?,
            cache: Mutex::new(LruCache::new(DOCUMENTS_CACHED)),
            folder,
            manifest,
            heads,
            aux,
            analyzer,
            searcher,
            fields,
            statistics,
        })
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.manifest.generation
    }

    /// What it is made of and made with.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// All public documents, sorted by id.
    #[must_use]
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// The document with this serial.
    #[must_use]
    pub fn head(&self, serial: u32) -> Option<&Head> {
        self.heads.get(self.place(serial)? as usize)
    }

    /// The document with this id.
    #[must_use]
    pub fn by_id(&self, id: &DocumentId) -> Option<&Head> {
        self.heads.binary_search_by(|head| head.meta.id.cmp(id)).ok().map(|place| &self.heads[place])
    }

    /// The document with this id, or of which a copy had this id in the collection it came from.
    #[must_use]
    pub fn by_any_id(&self, id: &DocumentId) -> Option<&Head> {
        self.by_id(id).or_else(|| self.by_copy.get(id).map(|&place| &self.heads[place as usize]))
    }

    /// The documents whose number has this key; other places may use the same number.
    #[must_use]
    pub fn by_number(&self, key: &str) -> Vec<&Head> {
        self.by_number.get(key).into_iter().flatten().map(|&place| &self.heads[place as usize]).collect()
    }

    /// A document with text and outline.
    pub fn document(&self, serial: u32) -> Result<Arc<PolicyDocument>, IndexError> {
        let head =
            self.head(serial).ok_or_else(|| IndexError::damaged(&self.folder, format!("没有第 {serial} 号文件")))?;
        let cache = || self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = cache().get(&serial) {
            return Ok(Arc::clone(document));
        }
        let damaged = |what: String| IndexError::damaged(&self.store.path(&head.location), what);
        let (text, nodes) = self.store.read(&head.location)?;
        let document = PolicyDocument::new(head.meta.clone(), text.into(), Outline::new(nodes))
            .map_err(|error| damaged(error.to_string()))?;
        if document.text_sha256() != head.text_sha256 {
            return Err(damaged(format!("{} 的正文摘要不符", head.meta.id)));
        }
        let document = Arc::new(document);
        cache().put(serial, Arc::clone(&document));
        Ok(document)
    }

    /// Where a passage stands.
    #[must_use]
    pub fn passage(&self, key: PassageKey) -> Option<PassageRef> {
        self.head(key.serial())?.passage(key)
    }

    /// Passages in all.
    #[must_use]
    pub fn passage_count(&self) -> usize {
        self.statistics.passages()
    }

    /// The paragraphs of interpretations (政策解读) that explain a passage.
    #[must_use]
    pub fn explanations(&self, key: PassageKey) -> &[Explanation] {
        self.explanations.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The reviewed questions (常见问题) that cite a passage.
    #[must_use]
    pub fn faqs_for(&self, key: PassageKey) -> Vec<&Faq> {
        self.faqs_for.get(&key).into_iter().flatten().filter_map(|&index| self.aux.faqs.get(index as usize)).collect()
    }

    /// The analyzer whose terms are in this index.
    #[must_use]
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// The vocabulary learnt from the library's own pairs.
    #[must_use]
    pub fn learnt(&self) -> &Learnt {
        &self.learnt
    }

    /// The lexicon.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.aux.lexicon
    }

    /// The places.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.aux.gazetteer
    }

    /// The departments.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.aux.directory
    }

    /// The reviewed questions.
    #[must_use]
    pub fn faqs(&self) -> &[Faq] {
        &self.aux.faqs
    }

    /// The programmes (惠企/惠民政策事项) and the facts they ask about.
    #[must_use]
    pub fn book(&self) -> &Rulebook {
        &self.aux.book
    }

    /// Where a basis of a programme stands.
    #[must_use]
    pub fn basis(&self, programme: &str, key: &str) -> Option<&ResolvedBasis> {
        self.aux.bases.get(programme, key)
    }

    /// The tantivy searcher, for queries that [`Self::top`] does not cover.
    #[must_use]
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The fields of the tantivy index.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The place of a document among the heads: the order in which ties are broken, the same however the index came
    /// to be.
    pub(super) fn place(&self, serial: u32) -> Option<u32> {
        self.places.get(serial as usize).copied().filter(|&place| place != NO_PLACE)
    }

    pub(crate) fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Number of files of records.
    pub(crate) fn store_files(&self) -> usize {
        self.manifest.files.iter().filter(|seal| seal.name.ends_with(".dat")).count()
    }
}

/// Marks a serial that no document has.
const NO_PLACE: u32 = u32::MAX;

/// Places of documents by the ids that their sources had in a collection: `portal.jsonl#17f75d`.
fn by_copy(heads: &[Head]) -> HashMap<DocumentId, u32> {
    let mut found = HashMap::new();
    for (place, head) in (0..).zip(heads) {
        for source in &head.meta.sources {
            let id = source.location.rsplit_once(".jsonl#").and_then(|(_, id)| DocumentId::parse(id).ok());
            if let Some(id) = id.filter(|id| *id != head.meta.id) {
                found.entry(id).or_insert(place);
            }
        }
    }
    found
}

fn places(heads: &[Head]) -> Vec<u32> {
    let most = heads.iter().map(|head| head.serial as usize + 1).max().unwrap_or(0);
    let mut places = vec![NO_PLACE; most];
    for (place, head) in (0..).zip(heads) {
        places[head.serial as usize] = place;
    }
    places
}

fn by_number(heads: &[Head]) -> HashMap<String, Vec<u32>> {
    let mut found: HashMap<String, Vec<u32>> = HashMap::new();
    for (place, head) in (0..).zip(heads) {
        if let Some(number) = &head.meta.number {
            found.entry(number.key()).or_default().push(place);
        }
    }
    found
}

/// Opens the tantivy index and reads the checksum of every file of it.
fn open_tantivy(folder: &Path) -> Result<(Searcher, Fields), IndexError> {
    let damaged = |error: tantivy::TantivyError| IndexError::damaged(folder, error.to_string());
    let (schema, fields) = Fields::schema();
    let index = Index::open_in_dir(folder).map_err(damaged)?;
    if index.schema() != schema {
        return Err(IndexError::damaged(folder, "字段与本程序不符"));
    }
    if let Some(file) = index.validate_checksum().map_err(damaged)?.into_iter().next() {
        return Err(IndexError::damaged(&folder.join(file), "校验和不符"));
    }
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(damaged)?;
    let searcher = tantivy::IndexReader::searcher(&reader);
    Ok((searcher, fields))
}
