//! The catalogue (目录): what the pages offer before anything is asked, made once a generation.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use jiff::civil::Date;

use super::gazettes::Gazettes;
use crate::analysis::{is_han, normalise, pinyin_of};
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
    /// The catalogue of a library on a day, and of the corpus it was made from where that is at hand.
    pub(super) fn of(library: &Library, corpus: &Path, today: Date) -> Self {
        let generation = library.generation();
        Self {
            generation: generation.number(),
            places: places(generation),
            kinds: kinds(generation),
            themes: themes(generation),
            examples: examples(library, today),
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

    /// Completions of what was typed so far: hanzi anywhere, pinyin and initials from the beginning, and with slips.
    pub(super) fn complete(&self, typed: &str) -> Vec<String> {
        let typed = Typed::new(typed);
        let mut found: Vec<(u8, usize, &Entry)> =
            self.entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.fit(&typed)?, at, entry))).collect();
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
    fn fit(&self, typed: &Typed) -> Option<u8> {
        let Typed { text, letters, sound } = typed;
        let spelt = |fits: &dyn Fn(&str) -> bool| self.initials.iter().chain(&self.full).any(|spelling| fits(spelling));
        if text.is_empty() {
            None
        } else if self.folded.starts_with(text) {
            Some(0)
        } else if !letters.is_empty() && spelt(&|spelling| spelling.starts_with(letters)) {
            Some(1)
        } else if self.folded.contains(text) {
            Some(2)
        } else if letters.len() >= INNER_LETTERS && spelt(&|spelling| spelling.contains(letters)) {
            Some(3)
        } else if sound.len() >= INNER_LETTERS && self.full.iter().any(|spelling| spelling.contains(sound)) {
            // 高铃津贴 sounds like 高龄津贴.
            Some(4)
        } else {
            in_order(text, &self.folded).then_some(5)
        }
    }
}

/// One or two letters begin too many syllables in the middle of a title.
const INNER_LETTERS: usize = 3;

/// What was typed, in the ways in which it can fit.
struct Typed {
    text: String,
    /// Its letters, when it is pinyin.
    letters: String,
    /// How its hanzi sound, when there is nothing else.
    sound: String,
}

impl Typed {
    fn new(typed: &str) -> Self {
        let text = normalise(typed).text;
        let pinyin = text.is_ascii() && text.chars().any(|c| c.is_ascii_alphanumeric());
        let letters = text.chars().filter(|c| pinyin && c.is_ascii_alphanumeric()).collect();
        let hanzi = text.chars().all(is_han);
        let sound = pinyin_of(&text).into_iter().next().filter(|_| hanzi).map(|spelling| spelling.full);
        Self { sound: sound.unwrap_or_default(), letters, text }
    }
}

/// Whether the hanzi of a text stand in another in their order, all of them, or of four and more all but one: 老人津贴
/// in 老年人高龄津贴.
fn in_order(typed: &str, text: &str) -> bool {
    /// With fewer, almost anything fits.
    const LEAST: usize = 3;
    /// From here on one may be wrong.
    const FORGIVEN: usize = 4;
    let wanted: Vec<char> = typed.chars().filter(|c| is_han(*c)).collect();
    let mut rest = text.chars();
    let mut missed = 0;
    for c in &wanted {
        let before = rest.clone();
        if !rest.any(|other| other == *c) {
            rest = before;
            missed += 1;
        }
    }
    wanted.len() >= LEAST && missed <= usize::from(wanted.len() >= FORGIVEN)
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
        assert_eq!(catalogue.complete("高铃津贴")[0], "高龄津贴怎么领？");
        assert_eq!(catalogue.complete("高令补贴"), Vec::<String>::new());
        assert_eq!(catalogue.complete("高龄贴发放"), ["青禾县高龄津贴发放办法"]);
        assert!(catalogue.complete("").is_empty());
        assert!(catalogue.complete("住房").is_empty());
    }
}
