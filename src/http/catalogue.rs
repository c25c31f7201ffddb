//! The catalogue (目录): what the pages offer before anything is asked, made once a generation.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::gazettes::Gazettes;
use crate::analysis::{normalise, pinyin_of};
use crate::index::{Generation, Head};
use crate::policy::DocumentKind;
use crate::verification::SourceFolder;

/// Example questions on the first page.
const EXAMPLES: usize = 6;
/// Documents of each kind shown on the overview of the library.
const NEWEST: usize = 6;
/// Completions given at once: what fits below the box on a telephone.
const COMPLETIONS: usize = 8;
/// Titles and questions beyond this many are not completed; each costs about 300 bytes.
const MOST_COMPLETED: usize = 200_000;

/// A place that has documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Its code.
    pub(super) code: String,
    /// Its name.
    pub(super) name: String,
}

/// The documents of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shelf {
    /// The kind.
    pub(super) kind: DocumentKind,
    /// How many there are.
    pub(super) count: usize,
    /// Serials of the newest, the newest first.
    pub(super) newest: Vec<u32>,
}

/// A title or question to complete to.
#[derive(Debug)]
struct Entry {
    text: String,
    folded: String,
    full: Vec<String>,
    initials: Vec<String>,
    question: bool,
}

/// What the pages offer.
#[derive(Debug)]
pub(super) struct Catalogue {
    generation: u64,
    places: Vec<Place>,
    kinds: Vec<Shelf>,
    themes: Vec<(String, usize)>,
    examples: Vec<String>,
    entries: Vec<Entry>,
    documents: usize,
    gazettes: Gazettes,
    sources: Option<SourceFolder>,
}

/// The order in which kinds are shown: what people come for first.
const SHOWN_FIRST: [DocumentKind; 2] = [DocumentKind::Normative, DocumentKind::Interpretation];

impl Catalogue {
    /// The catalogue of a generation, and of the corpus it was made from where that is at hand.
    pub(super) fn of(generation: &Generation, corpus: &Path) -> Self {
        Self {
            generation: generation.number(),
            places: places(generation),
            kinds: kinds(generation),
            themes: themes(generation),
            examples: examples(generation),
            entries: entries(generation),
            documents: generation.heads().len(),
            gazettes: Gazettes::of(generation),
            sources: SourceFolder::open(corpus).ok(),
        }
    }

    /// The plain files of the corpus, for verification.
    pub(super) fn sources(&self) -> Option<&SourceFolder> {
        self.sources.as_ref()
    }

    /// The generation it was made of.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// The gazettes.
    pub(super) fn gazettes(&self) -> &Gazettes {
        &self.gazettes
    }

    /// Documents in all.
    pub(super) fn documents(&self) -> usize {
        self.documents
    }

    /// The places that have documents.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// The documents by kind, normative documents (规范性文件) first.
    pub(super) fn kinds(&self) -> &[Shelf] {
        &self.kinds
    }

    /// The themes with their counts, the largest first.
    pub(super) fn themes(&self) -> &[(String, usize)] {
        &self.themes
    }

    /// Questions the library can answer.
    pub(super) fn examples(&self) -> &[String] {
        &self.examples
    }

    /// Completions of what was typed so far: hanzi anywhere, pinyin and initials from the beginning.
    pub(super) fn complete(&self, typed: &str) -> Vec<String> {
        let typed = normalise(typed).text;
        let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        let latin = !letters.is_empty() && typed.is_ascii();
        let mut found: Vec<(u8, usize, &Entry)> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| Some((entry.fit(&typed, &letters, latin)?, at, entry)))
            .collect();
        found.sort_by_key(|(fit, at, entry)| (*fit, !entry.question, *at));
        let mut texts: Vec<String> = Vec::new();
        for (.., entry) in found {
            if !texts.contains(&entry.text) {
                texts.push(entry.text.clone());
            }
            if texts.len() == COMPLETIONS {
                break;
            }
        }
        texts
    }
}

impl Entry {
    fn new(text: &str, question: bool) -> Self {
        let spellings = pinyin_of(text);
        Self {
            text: text.to_owned(),
            folded: normalise(text).text,
            full: spellings.iter().map(|spelling| spelling.full.clone()).collect(),
            initials: spellings.into_iter().map(|spelling| spelling.initials).collect(),
            question,
        }
    }

    /// How well it completes what was typed, 0 the best; none when not at all.
    fn fit(&self, typed: &str, letters: &str, latin: bool) -> Option<u8> {
        /// One or two letters begin too many syllables in the middle of a title.
        const INNER_LETTERS: usize = 3;
        if typed.is_empty() {
            None
        } else if self.folded.starts_with(typed) {
            Some(0)
        } else if latin && self.initials.iter().chain(&self.full).any(|spelling| spelling.starts_with(letters)) {
            Some(1)
        } else if self.folded.contains(typed) {
            Some(2)
        } else if latin
            && letters.len() >= INNER_LETTERS
            && self.initials.iter().chain(&self.full).any(|spelling| spelling.contains(letters))
        {
            Some(3)
        } else {
            None
        }
    }
}

fn places(generation: &Generation) -> Vec<Place> {
    let codes: BTreeSet<_> = generation.heads().iter().filter_map(|head| head.meta.region.as_ref()).collect();
    let named = codes.into_iter().filter_map(|code| generation.gazetteer().get(code));
    named.map(|region| Place { code: region.code.to_string(), name: region.name.clone() }).collect()
}

fn kinds(generation: &Generation) -> Vec<Shelf> {
    let mut by_kind: HashMap<DocumentKind, Vec<&Head>> = HashMap::new();
    for head in generation.heads() {
        by_kind.entry(head.meta.kind).or_default().push(head);
    }
    let others = DocumentKind::ALL.into_iter().filter(|kind| !SHOWN_FIRST.contains(kind));
    let shelf = |kind| {
        let mut heads = by_kind.remove(&kind)?;
        let count = heads.len();
        heads.sort_by_key(|head| Reverse(head.meta.dates.issued()));
        Some(Shelf { kind, count, newest: heads.into_iter().take(NEWEST).map(|head| head.serial).collect() })
    };
    SHOWN_FIRST.into_iter().chain(others).filter_map(shelf).collect()
}

fn themes(generation: &Generation) -> Vec<(String, usize)> {
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for theme in generation.heads().iter().flat_map(|head| &head.meta.themes) {
        *counts.entry(theme).or_default() += 1;
    }
    let mut themes: Vec<(String, usize)> = counts.into_iter().map(|(theme, count)| (theme.clone(), count)).collect();
    themes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    themes
}

/// Reviewed questions, evenly over the library so that they speak of different things.
fn examples(generation: &Generation) -> Vec<String> {
    let reviewed: Vec<&str> =
        generation.faqs().iter().filter(|faq| faq.reviewed.is_some()).map(|faq| faq.question.as_str()).collect();
    let step = (reviewed.len() / EXAMPLES).max(1);
    reviewed.into_iter().step_by(step).take(EXAMPLES).map(str::to_owned).collect()
}

fn entries(generation: &Generation) -> Vec<Entry> {
    let faqs = generation.faqs().iter().filter(|faq| faq.reviewed.is_some());
    let questions = faqs.map(|faq| Entry::new(&faq.question, true));
    let titles = generation.heads().iter().map(|head| Entry::new(&head.meta.title, false));
    questions.chain(titles).take(MOST_COMPLETED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completes_hanzi_pinyin_and_initials() {
        let entries = vec![Entry::new("青禾县高龄津贴发放办法", false), Entry::new("高龄津贴怎么领？", true)];
        let catalogue = Catalogue {
            generation: 1,
            places: Vec::new(),
            kinds: Vec::new(),
            themes: Vec::new(),
            examples: Vec::new(),
            entries,
            documents: 1,
            gazettes: Gazettes::default(),
            sources: None,
        };
        assert_eq!(catalogue.complete("高龄"), ["高龄津贴怎么领？", "青禾县高龄津贴发放办法"]);
        assert_eq!(catalogue.complete("gaoling")[0], "高龄津贴怎么领？");
        assert_eq!(catalogue.complete("QHX"), ["青禾县高龄津贴发放办法"]);
        assert!(catalogue.complete("").is_empty());
        assert!(catalogue.complete("住房").is_empty());
    }
}
