//! Intake (入库): takes prepared documents in, each under one identity, with its earlier versions kept.

use std::fs::{self, File, TryLockError};
use std::path::{Component, Path, PathBuf};

use super::documents::read_document;
use super::durable::Durable;
use super::front_matter::FrontMatter;
use super::identity::{apart, identity, normal_title};
use super::register::{Register, Slot, digest};
use super::{Corpus, CorpusError, DOCUMENTS, ORIGINALS, corrections};
use crate::policy::{DocumentId, Metadata, Noise, sha256_hex};

/// Folder of imported documents when the operator names none.
const IMPORTED: &str = "imported";
/// The file whose lock says that an import is writing.
const LOCK: &str = ".import.lock";

/// A file as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its ending, without the dot.
    pub extension: String,
}

/// A document ready to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// What is known beside the text; its first source with a digest is the file it came from.
    pub meta: Metadata,
    /// Whether the source itself states the id; otherwise the intake chooses one.
    pub states_id: bool,
    /// The canonical text.
    pub text: String,
    /// What was left out of it.
    pub noise: Vec<Noise>,
    /// The file as published.
    pub original: Option<Original>,
}

/// What became of an incoming document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// It is new.
    Imported(DocumentId),
    /// It is there already, with the same text and metadata.
    Unchanged(DocumentId),
    /// Its text is the same, its metadata or source changed.
    Refreshed(DocumentId),
    /// Its text changed; the earlier version is kept.
    NewVersion(DocumentId),
    /// The same document came from another source before; that source is recorded with the first, and where its text
    /// differs, it is kept as a copy.
    Duplicate {
        /// The document it is a duplicate of.
        of: DocumentId,
    },
}

/// The one who takes documents in, with the register in memory and the library locked against a second import.
#[derive(Debug)]
pub struct Intake<'c> {
    pub(super) corpus: &'c Corpus,
    register: Register,
    pub(super) durable: Durable,
    into: Option<PathBuf>,
    _lock: File,
}

impl Corpus {
    /// Begins to take documents in, under `documents/<into>` or by their ids under `documents/imported`.
    pub fn intake(&self, into: Option<&str>) -> Result<Intake<'_>, CorpusError> {
        let into = into.map(plain_folder).transpose()?;
        let path = self.root().join(LOCK);
        let lock = File::create(&path).map_err(|cause| CorpusError::io(&path, cause))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(CorpusError::Busy { path: self.root().to_owned() }),
            Err(TryLockError::Error(cause)) => return Err(CorpusError::io(&path, cause)),
        }
        Ok(Intake { corpus: self, register: Register::read(self)?, durable: Durable::default(), into, _lock: lock })
    }

    /// Takes one document in, durably.
    pub fn put(&self, incoming: Incoming) -> Result<Stored, CorpusError> {
        let mut intake = self.intake(None)?;
        let stored = intake.put(incoming)?;
        intake.settle()?;
        Ok(stored)
    }
}

impl Intake<'_> {
    /// Takes a document in. It is certain to survive a power cut only after [`Intake::settle`].
    pub fn put(&mut self, mut incoming: Incoming) -> Result<Stored, CorpusError> {
        let location = incoming.meta.file().map(|source| source.location.clone()).unwrap_or_default();
        if let Some(held) = self.held(&incoming, &location) {
            let (id, path) = (held.id.clone(), held.path.clone());
            if self.corpus.copy_path(&id, &location).is_file() {
                if let Some(stored) = self.renew_copy(&mut incoming, &location, &id, &path)? {
                    return Ok(stored);
                }
            } else if !self.parts_from(&incoming, &location, &id, &path)? {
                return self.renew(incoming, id, path);
            }
        }
        if let Some(first) = self.first_of(&incoming) {
            let (id, path) = (first.id.clone(), first.path.clone());
            return self.record_source(&incoming, id, &path);
        }
        incoming.meta.id = self.free_id(&incoming, &location)?;
        if let Some((id, path)) = self.work_of(&incoming)? {
            return self.add_copy(incoming, id, &path);
        }
        let path = self.path_of(&incoming.meta.id);
        self.keep_original(&mut incoming)?;
        self.write(&incoming.meta, &incoming.noise, &incoming.text, path)?;
        Ok(Stored::Imported(incoming.meta.id))
    }

    /// Brings everything put so far to the disk.
    pub fn settle(&mut self) -> Result<(), CorpusError> {
        self.durable.settle()
    }

    /// The document this one is the same as: from the same place, or with the id and title it states.
    fn held(&self, incoming: &Incoming, location: &str) -> Option<&Slot> {
        let title = digest(&normal_title(&incoming.meta.title));
        self.register.at_location(location).or_else(|| {
            let stated = incoming.states_id.then(|| self.register.with_id(&incoming.meta.id));
            stated.flatten().filter(|slot| slot.title == title)
        })
    }

    /// The document with the same identity and text that came from another file.
    fn first_of(&self, incoming: &Incoming) -> Option<&Slot> {
        let text = digest(&incoming.text);
        let file = incoming.meta.file().map(|source| source.sha256.as_str());
        // One collection may list two documents of the same words under two ids: both are asked for by id.
        let file = incoming.states_id.then(|| digest(file.unwrap_or_default()));
        self.register.alike(&identity(&incoming.meta)).find(|slot| slot.text == text && file != Some(slot.file))
    }

    /// Whether a source that once had the same text as another now goes its own way; it is then taken off the other's
    /// sources, so that two sources never overwrite each other in turn.
    fn parts_from(&mut self, incoming: &Incoming, at: &str, id: &DocumentId, path: &Path) -> Result<bool, CorpusError> {
        let (mut held, noise, text) = self.read(id, path)?;
        let leads = held.file().is_none_or(|source| source.location == at);
        let listed = held.sources.iter().any(|source| source.location == at);
        if leads || !listed || incoming.text == text {
            return Ok(false);
        }
        held.sources.retain(|source| source.location != at);
        self.write(&held, &noise, &text, path.to_owned())?;
        Ok(true)
    }

    fn free_id(&self, incoming: &Incoming, location: &str) -> Result<DocumentId, CorpusError> {
        let wanted = if incoming.states_id {
            Some(incoming.meta.id.clone())
        } else {
            DocumentId::parse(&identity(&incoming.meta)).ok()
        };
        let mut candidates = wanted.iter().cloned().chain(wanted.iter().filter_map(|id| apart(id, location)));
        candidates.find(|id| self.register.with_id(id).is_none()).ok_or_else(|| CorpusError::DuplicateId {
            id: incoming.meta.id.clone(),
            first: self.register.with_id(&incoming.meta.id).map(|slot| slot.path.clone()).unwrap_or_default(),
            second: PathBuf::from(location),
        })
    }

    /// Stores what changed about a document the library holds.
    fn renew(&mut self, mut incoming: Incoming, id: DocumentId, path: PathBuf) -> Result<Stored, CorpusError> {
        let (held, noise, text) = self.read(&id, &path)?;
        incoming.meta.id = id.clone();
        incoming.meta.version = held.version;
        incoming.meta.sources = merge_sources(&held, &incoming.meta);
        corrections::keep(&held, &mut incoming.meta);
        let same_text = incoming.text == text;
        if same_text && incoming.meta == held && incoming.noise == noise {
            self.keep_original(&mut incoming)?;
            return Ok(Stored::Unchanged(id));
        }
        if !same_text {
            self.keep_version(&held, &path)?;
            self.durable.settle()?; // the earlier version is safe before the file is replaced
            incoming.meta.version = held.version.saturating_add(1);
        }
        self.keep_original(&mut incoming)?;
        self.write(&incoming.meta, &incoming.noise, &incoming.text, path)?;
        Ok(if same_text { Stored::Refreshed(id) } else { Stored::NewVersion(id) })
    }

    /// Keeps a document's present file as an earlier version.
    pub(super) fn keep_version(&mut self, held: &Metadata, path: &Path) -> Result<(), CorpusError> {
        let file = fs::read(path).map_err(|cause| CorpusError::io(path, cause))?;
        self.durable.write(&self.corpus.version_path(&held.id, held.version), file)
    }

    /// Documents of which an incoming one may be a copy.
    pub(super) fn candidates(&self, incoming: &Incoming) -> Vec<(DocumentId, PathBuf)> {
        let like = self.register.like(&incoming.meta, &incoming.text).into_iter();
        like.map(|slot| (slot.id.clone(), slot.path.clone())).collect()
    }

    fn record_source(&mut self, incoming: &Incoming, id: DocumentId, path: &Path) -> Result<Stored, CorpusError> {
        let (mut held, noise, text) = self.read(&id, path)?;
        held.sources = merge_sources(&held, &incoming.meta);
        self.write(&held, &noise, &text, path.to_owned())?;
        Ok(Stored::Duplicate { of: id })
    }

    /// Reads a document of the library, waiting for it when it was put a moment ago.
    pub(super) fn read(&mut self, id: &DocumentId, path: &Path) -> Result<(Metadata, Vec<Noise>, String), CorpusError> {
        self.durable.wait_for(path)?;
        read_document(id, path)
    }

    pub(super) fn write(
        &mut self,
        meta: &Metadata,
        noise: &[Noise],
        text: &str,
        path: PathBuf,
    ) -> Result<(), CorpusError> {
        let file = FrontMatter::new(meta, noise)
            .write(text)
            .map_err(|error| CorpusError::damaged(&path, error.to_string()))?;
        self.durable.write(&path, file.into_bytes())?;
        self.register.insert(meta, text, path);
        Ok(())
    }

    pub(super) fn keep_original(&mut self, incoming: &mut Incoming) -> Result<(), CorpusError> {
        let Some(original) = incoming.original.take() else { return Ok(()) };
        let name = format!("{}.{}", sha256_hex(&original.bytes), original.extension);
        let path = self.corpus.root().join(ORIGINALS).join(name);
        if path.exists() { Ok(()) } else { self.durable.write(&path, original.bytes) }
    }

    fn path_of(&self, id: &DocumentId) -> PathBuf {
        let folder = self.into.clone().unwrap_or_else(|| imported_folder(id));
        self.corpus.root().join(DOCUMENTS).join(folder).join(format!("{id}.md"))
    }
}

/// The folder of an imported document: 256 of them, so that none grows too large to list.
pub(super) fn imported_folder(id: &DocumentId) -> PathBuf {
    Path::new(IMPORTED).join(&sha256_hex(id.as_str().as_bytes())[..2])
}

/// The sources held, with those of the incoming document added or brought up to date.
pub(super) fn merge_sources(held: &Metadata, incoming: &Metadata) -> Vec<crate::policy::Source> {
    let mut sources = held.sources.clone();
    for source in &incoming.sources {
        match sources.iter_mut().find(|known| known.location == source.location) {
            Some(known) => known.clone_from(source),
            None => sources.push(source.clone()),
        }
    }
    sources
}

fn plain_folder(into: &str) -> Result<PathBuf, CorpusError> {
    let path = Path::new(into);
    let plain = path.components().all(|part| match part {
        Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
        _ => false,
    });
    if plain && path.components().next().is_some() {
        Ok(path.to_owned())
    } else {
        Err(CorpusError::BadFolder { into: into.to_owned() })
    }
}
