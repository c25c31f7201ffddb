//! The catalogue (目录): what the pages offer before anything is asked, made once a generation.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use jiff::civil::Date;

use super::completing::Completions;
use super::gazettes::Gazettes;
use crate::consultation::Library;
use crate::contract::Status;
use crate::index::{Generation, Head};
use crate::policy::DocumentKind;
use crate::query::Enquiry;
use crate::verification::SourceFolder;

/// Example questions on the first page.
const EXAMPLES: usize = 6;
/// Questions asked to find those examples: at some milliseconds each the first page is not kept waiting.
const MOST_TRIED: usize = 60;
/// Documents of each kind shown on the overview of the library.
const NEWEST: usize = 6;
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

/// What the pages offer.
#[derive(Debug)]
pub(super) struct Catalogue {
    generation: u64,
    places: Vec<Place>,
    kinds: Vec<Shelf>,
    themes: Vec<(String, usize)>,
    examples: Vec<String>,
    completions: Completions,
    documents: usize,
    gazettes: Gazettes,
    sources: Option<SourceFolder>,
}

/// The order in which kinds are shown: what people come for first.
const SHOWN_FIRST: [DocumentKind; 2] = [DocumentKind::Normative, DocumentKind::Interpretation];

impl Catalogue {
    /// The catalogue of a library on a day, and of the corpus it was made from where that is at hand.
    pub(super) fn of(library: &Library, corpus: &Path, today: Date) -> Self {
        let generation = library.generation();
        Self {
            generation: generation.number(),
            places: places(generation),
            kinds: kinds(generation),
            themes: themes(generation),
            examples: examples(library, today),
            completions: completions(generation),
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

    /// Completions of what was typed so far.
    pub(super) fn complete(&self, typed: &str) -> Vec<String> {
        self.completions.of(typed)
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

/// Reviewed questions that are answered today without naming a place, evenly over the library so that they speak of
/// different things.
fn examples(library: &Library, today: Date) -> Vec<String> {
    let faqs = library.generation().faqs().iter();
    let reviewed: Vec<&str> = faqs.filter(|faq| faq.reviewed.is_some()).map(|faq| faq.question.as_str()).collect();
    let step = (reviewed.len() / EXAMPLES).max(1);
    let spread = (0..step).flat_map(|from| reviewed.iter().skip(from).step_by(step));
    let mut asked: Vec<&str> = Vec::new();
    for question in spread.take(MOST_TRIED).filter(|question| is_answered(library, question, today)) {
        asked.push(question);
        if asked.len() == EXAMPLES {
            break;
        }
    }
    asked.into_iter().map(str::to_owned).collect()
}

fn is_answered(library: &Library, question: &str, today: Date) -> bool {
    let enquiry = Enquiry { question: question.to_owned(), region: None, as_of: today, audience: None };
    library.consult(&enquiry).is_ok_and(|answer| answer.status == Status::Answered)
}

/// Reviewed questions and titles of documents.
fn completions(generation: &Generation) -> Completions {
    let faqs = generation.faqs().iter().filter(|faq| faq.reviewed.is_some());
    let questions = faqs.map(|faq| (faq.question.as_str(), true));
    let titles = generation.heads().iter().map(|head| (head.meta.title.as_str(), false));
    Completions::of_texts(questions.chain(titles).take(MOST_COMPLETED))
}
