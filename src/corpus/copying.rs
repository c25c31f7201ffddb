//! Copies taken in (副本入库): which copy leads, and where the others go.

use std::fs;
use std::path::{Path, PathBuf};

use super::copies::{may_be_same, rank, read_copy, same_work};
use super::front_matter::FrontMatter;
use super::intake::{Incoming, Intake, Stored, merge_sources};
use super::{CorpusError, corrections, disclosure};
use crate::policy::{DocumentId, Metadata, Noise, Origin};

impl Intake<'_> {
    /// The document of which this one is a copy.
    pub(super) fn work_of(&mut self, incoming: &Incoming) -> Result<Option<(DocumentId, PathBuf)>, CorpusError> {
        let candidates = self.candidates(incoming);
        for (id, path) in candidates {
            let (held, _, text) = self.read(&id, &path)?;
            if may_be_same(&incoming.meta, &held)
                && may_be_joined(incoming, &held)
                && same_work(&incoming.meta, &incoming.text, &held, &text)
            {
                return Ok(Some((id, path)));
            }
        }
        Ok(None)
    }

    /// Keeps another copy of a document; the higher rank leads.
    pub(super) fn add_copy(
        &mut self,
        mut incoming: Incoming,
        id: DocumentId,
        path: &Path,
    ) -> Result<Stored, CorpusError> {
        let (mut held, noise, text) = self.read(&id, path)?;
        if incoming.text == text {
            return self.record_source(&incoming, id, path);
        }
        self.keep_original(&mut incoming)?;
        // What a person wrote into the library is not displaced by a file.
        let imported = held.file().is_some();
        if imported && rank(&incoming.meta, &incoming.text) > rank(&held, &text) {
            return self.lead(incoming, (held, noise, text), path);
        }
        self.write_copy(&id, &incoming.meta, &incoming.noise, &incoming.text)?;
        disclosure::respect(&incoming.meta, &mut held);
        held.sources = merge_sources(&held, &incoming.meta);
        self.write(&held, &noise, &text, path.to_owned())?;
        Ok(Stored::Duplicate { of: id })
    }

    /// Records another source of the same text; the letterhead is that of the source of the highest rank.
    pub(super) fn record_source(
        &mut self,
        incoming: &Incoming,
        id: DocumentId,
        path: &Path,
    ) -> Result<Stored, CorpusError> {
        let (mut held, noise, text) = self.read(&id, path)?;
        if held.file().is_some() && rank(&incoming.meta, &incoming.text) > rank(&held, &text) {
            let mut meta = Metadata { id: id.clone(), version: held.version, ..incoming.meta.clone() };
            meta.sources = merge_sources(&incoming.meta, &held);
            corrections::keep(&held, &mut meta);
            disclosure::respect(&held, &mut meta);
            self.write(&meta, &incoming.noise, &text, path.to_owned())?;
        } else {
            held.sources = merge_sources(&held, &incoming.meta);
            disclosure::respect(&incoming.meta, &mut held);
            self.write(&held, &noise, &text, path.to_owned())?;
        }
        Ok(Stored::Duplicate { of: id })
    }

    /// Puts a copy in the place of the leading one, which becomes a copy. The document keeps its id, and its former text
    /// stays as an earlier version, so that answers given before can still be verified.
    fn lead(
        &mut self,
        incoming: Incoming,
        (held, noise, text): (Metadata, Vec<Noise>, String),
        path: &Path,
    ) -> Result<Stored, CorpusError> {
        let id = held.id.clone();
        let Incoming { mut meta, noise: new_noise, text: new_text, .. } = incoming;
        self.keep_version(&held, path)?;
        self.write_copy(&id, &own_part(&held), &noise, &text)?;
        self.durable.settle()?; // what is replaced is safe before it is replaced
        let location = meta.file().map(|source| source.location.clone()).unwrap_or_default();
        let former = self.corpus.copy_path(&id, &location);
        let others = Metadata { sources: std::mem::take(&mut meta.sources), ..held.clone() };
        meta.sources = merge_sources(&others, &held);
        meta.id = id.clone();
        meta.version = held.version.saturating_add(1);
        corrections::keep(&held, &mut meta);
        disclosure::respect(&held, &mut meta);
        self.write(&meta, &new_noise, &new_text, path.to_owned())?;
        remove(&former)?;
        Ok(Stored::NewVersion(id))
    }

    /// Stores what changed about a copy; none when it is a copy no longer and goes its own way.
    pub(super) fn renew_copy(
        &mut self,
        incoming: &mut Incoming,
        location: &str,
        id: &DocumentId,
        path: &Path,
    ) -> Result<Option<Stored>, CorpusError> {
        let at = self.corpus.copy_path(id, location);
        self.durable.wait_for(&at)?;
        let copy = read_copy(&at)?;
        incoming.meta.id = copy.meta.id.clone();
        disclosure::respect(&copy.meta, &mut incoming.meta);
        let unchanged = copy.text == incoming.text && copy.meta == incoming.meta && copy.noise == incoming.noise;
        if unchanged {
            self.keep_original(incoming)?;
            return Ok(Some(Stored::Unchanged(id.clone())));
        }
        let (mut held, noise, text) = self.read(id, path)?;
        if same_work(&incoming.meta, &incoming.text, &held, &text) {
            let same_text = copy.text == incoming.text;
            let stored = self.add_copy(incoming.clone(), id.clone(), path)?;
            if incoming.text == text {
                remove(&at)?; // it has come to say the same as the leading copy
            }
            return Ok(Some(match stored {
                Stored::Duplicate { of } if same_text => Stored::Refreshed(of),
                Stored::Duplicate { of } => Stored::NewVersion(of),
                other => other,
            }));
        }
        held.sources.retain(|source| source.location != location);
        self.write(&held, &noise, &text, path.to_owned())?;
        remove(&at)?;
        Ok(None)
    }

    fn write_copy(&mut self, id: &DocumentId, meta: &Metadata, noise: &[Noise], text: &str) -> Result<(), CorpusError> {
        let location = meta.file().map(|source| source.location.as_str()).unwrap_or_default();
        let path = self.corpus.copy_path(id, location);
        let file = FrontMatter::new(meta, noise)
            .write(text)
            .map_err(|error| CorpusError::damaged(&path, error.to_string()))?;
        self.durable.write(&path, file.into_bytes())
    }
}

/// A leading copy as it came: its first file with the page before it; corrections stay with the document.
fn own_part(held: &Metadata) -> Metadata {
    let file = held.sources.iter().position(|source| !source.sha256.is_empty());
    let mut own = held.clone();
    own.sources.truncate(file.map_or(own.sources.len(), |at| at + 1));
    own.version = 1;
    let corrected = own.origins.iter_mut().filter(|(_, from)| from.origin == Origin::Corrected);
    corrected.for_each(|(_, from)| *from = Origin::Stated.into());
    own
}

/// Whether a document may be joined to another at all. Records of one collection that state ids of their own are asked
/// for by them, unless both say where they were published: then they are pages of sites.
fn may_be_joined(incoming: &Incoming, held: &Metadata) -> bool {
    let file = |meta: &Metadata| meta.file().map(|source| source.sha256.clone());
    let page = |meta: &Metadata| {
        meta.dates.published.is_some() || meta.sources.iter().any(|source| source.location.starts_with("http"))
    };
    let one_collection = incoming.states_id && file(&incoming.meta) == file(held);
    !one_collection || (page(&incoming.meta) && page(held))
}

fn remove(path: &Path) -> Result<(), CorpusError> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(CorpusError::io(path, cause)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::policy::{Disclosure, DocumentKind, DocumentNumber, Level, Place, Provenance, Source, sha256_hex};

    fn body(year: u16) -> String {
        let lines: String =
            (1..60).map(|n| format!("第{n}条 申请人应当在{}日内提交第{}号材料。\n", n * 7, n * 131)).collect();
        format!("甲县高龄津贴发放办法（示例）\n为做好{year}年高龄津贴工作，制定本办法。\n{lines}附件：申请表\n")
    }

    fn incoming(location: &str, number: &str, text: &str) -> Incoming {
        let id = DocumentId::parse("unnamed").unwrap();
        let mut meta = Metadata::new(id, "甲县高龄津贴发放办法", DocumentKind::Normative);
        meta.number = DocumentNumber::parse(number);
        meta.level = Some(Level::County);
        meta.disclosure = Disclosure::Proactive;
        meta.sources = vec![Source { sha256: sha256_hex(location.as_bytes()), ..Source::named(location) }];
        Incoming { meta, states_id: false, text: text.to_owned(), noise: Vec::new(), original: None }
    }

    /// The same notice from a news site, the issuer's site, the gazette and another government's site.
    fn copies() -> Vec<Incoming> {
        let text = body(2023);
        let number = "甲政规〔2023〕4号";
        vec![
            incoming("https://news.example.com/1.html", number, &format!("{text}责任编辑：某某 打印 分享\n")),
            incoming("https://mz.jia.gov.cn/1.html", number, &text.replace("附件：申请表\n", "")),
            incoming("/下载/甲县人民政府公报/1.txt", number, &text.replace("第3条 ", "第3条")),
            incoming("https://www.yi.gov.cn/1.html", "", &text.replace("第9条", "第 九 条")),
        ]
    }

    fn files(corpus: &Corpus) -> Vec<(PathBuf, Vec<u8>)> {
        let walk = walkdir::WalkDir::new(corpus.root()).sort_by_file_name().into_iter().map(Result::unwrap);
        walk.filter(|entry| entry.file_type().is_file())
            .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap()))
            .collect()
    }

    #[test]
    fn the_same_copy_leads_in_whatever_order_they_come() {
        let orders = [[0, 1, 2, 3], [2, 0, 1, 3], [3, 2, 1, 0], [1, 3, 0, 2]];
        for order in orders {
            let dir = tempfile::tempdir().unwrap();
            let corpus = Corpus::create(dir.path()).unwrap();
            for at in order {
                corpus.put(copies()[at].clone()).unwrap();
            }
            let entries = corpus.inventory().unwrap();
            assert_eq!(entries.len(), 1, "{order:?}");
            let document = corpus.load(&entries[0]).unwrap();
            assert!(document.meta().sources[0].location.contains("公报"), "{order:?}");
            assert_eq!(document.meta().sources.len(), 4);
            assert_eq!(document.text(), copies()[2].text);
            let differences = corpus.copy_differences(document.id(), document.text()).unwrap();
            assert_eq!(differences.len(), 3, "{order:?}");
        }
    }

    #[test]
    fn a_second_import_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let corpus = Corpus::create(dir.path()).unwrap();
        for one in copies() {
            corpus.put(one).unwrap();
        }
        let before = files(&corpus);
        for one in copies() {
            let stored = corpus.put(one).unwrap();
            assert!(matches!(stored, Stored::Unchanged(_)), "{stored:?}");
        }
        assert_eq!(before, files(&corpus));
    }

    #[test]
    fn a_correction_survives_a_better_copy_and_a_changed_copy_is_renewed() {
        let dir = tempfile::tempdir().unwrap();
        let corpus = Corpus::create(dir.path()).unwrap();
        corpus.put(copies()[0].clone()).unwrap();
        let path = corpus.inventory().unwrap()[0].path.clone();
        let file = fs::read_to_string(&path).unwrap();
        let corrected = file.replacen("kind: 行政规范性文件", "kind: 其他文件\nprovenance: {kind: 人工}", 1);
        assert_ne!(file, corrected);
        fs::write(&path, corrected).unwrap();
        corpus.put(copies()[2].clone()).unwrap();
        let document = corpus.load(&corpus.inventory().unwrap()[0]).unwrap();
        assert_eq!((document.meta().kind, document.meta().version), (DocumentKind::Other, 2));
        let mut changed = copies()[0].clone();
        changed.text.push_str("更正说明\n");
        assert!(matches!(corpus.put(changed.clone()).unwrap(), Stored::NewVersion(_)));
        assert!(matches!(corpus.put(changed).unwrap(), Stored::Unchanged(_)));
        assert_eq!(corpus.inventory().unwrap().len(), 1);
    }

    #[test]
    fn annual_editions_and_other_numbers_stay_apart() {
        let dir = tempfile::tempdir().unwrap();
        let corpus = Corpus::create(dir.path()).unwrap();
        corpus.put(incoming("a", "", &body(2023))).unwrap();
        corpus.put(incoming("b", "", &body(2024))).unwrap();
        corpus.put(incoming("c", "甲政规〔2023〕4号", &body(2022))).unwrap();
        corpus.put(incoming("d", "甲政规〔2025〕4号", &body(2022))).unwrap();
        assert_eq!(corpus.inventory().unwrap().len(), 4);
    }

    #[test]
    fn of_the_same_text_the_gazette_states_the_letterhead_in_whatever_order() {
        let same = |location: &str, themes: &str| {
            let mut one = incoming(location, "甲政规〔2023〕4号", &body(2023));
            one.meta.themes = vec![themes.to_owned()];
            one
        };
        let all = [same("https://news.example.com/1.html", "转载"), same("/下载/甲县人民政府公报/1.txt", "民政")];
        for order in [[0, 1], [1, 0]] {
            let dir = tempfile::tempdir().unwrap();
            let corpus = Corpus::create(dir.path()).unwrap();
            for at in order {
                corpus.put(all[at].clone()).unwrap();
            }
            let document = corpus.load(&corpus.inventory().unwrap()[0]).unwrap();
            assert_eq!(document.meta().themes, ["民政"], "{order:?}");
            assert!(document.meta().file().unwrap().location.contains("公报"), "{order:?}");
            let before = files(&corpus);
            for at in order {
                assert!(matches!(corpus.put(all[at].clone()).unwrap(), Stored::Unchanged(_)));
            }
            assert!(before == files(&corpus), "{order:?}");
        }
    }

    #[test]
    fn what_one_source_keeps_from_the_public_no_other_shows() {
        let said = |mut one: Incoming, disclosure: Disclosure, from: Provenance| {
            one.meta.disclosure = disclosure;
            one.meta.origins = vec![("disclosure".to_owned(), from)];
            one
        };
        let [first, second, third, _] = <[Incoming; 4]>::try_from(copies()).unwrap();
        let by_default = Provenance::inferred(Place::Default);
        let all = [
            said(first, Disclosure::OnRequest, Provenance::stated(Place::PageTable)),
            said(second, Disclosure::Proactive, by_default),
            said(third, Disclosure::Proactive, by_default),
        ];
        for order in [[0, 1, 2], [2, 1, 0], [2, 0, 1]] {
            let dir = tempfile::tempdir().unwrap();
            let corpus = Corpus::create(dir.path()).unwrap();
            for at in order {
                corpus.put(all[at].clone()).unwrap();
            }
            let document = corpus.load(&corpus.inventory().unwrap()[0]).unwrap();
            assert_eq!(document.meta().disclosure, Disclosure::OnRequest, "{order:?}");
            let shown = corpus.copy_differences(document.id(), document.text()).unwrap();
            assert!(shown.iter().all(|copy| !copy.location.contains("news")), "{shown:?}");
            let before = files(&corpus);
            for at in order {
                corpus.put(all[at].clone()).unwrap();
            }
            assert!(before == files(&corpus), "{order:?}");
        }
    }

    #[test]
    fn a_copy_that_becomes_another_text_goes_its_own_way() {
        let dir = tempfile::tempdir().unwrap();
        let corpus = Corpus::create(dir.path()).unwrap();
        for one in copies() {
            corpus.put(one).unwrap();
        }
        let other: String = (0..300).map(|n| format!("（{n}）另一件事情的第{}项说明。\n", n * 17)).collect();
        corpus.put(incoming("https://www.yi.gov.cn/1.html", "", &other)).unwrap();
        let entries = corpus.inventory().unwrap();
        assert_eq!(entries.len(), 2);
        let listed: usize = entries.iter().map(|entry| corpus.load(entry).unwrap().meta().sources.len()).sum();
        assert_eq!(listed, 4);
    }
}
