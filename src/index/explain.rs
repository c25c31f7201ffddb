//! Explanations (解读与条款): which plain words explain which passage.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::IndexError;
use super::align::Target;
use super::head::Head;
use super::learn::Lessons;
use super::passage::PassageKey;
use super::store::Store;
use crate::analysis::{Analyzer, Learnt};
use crate::policy::{DocumentKind, Faq, FaqCitation};

/// Characters of plain words indexed with one passage. More would make the passage look long and weigh every word
/// less; the first paragraphs that explain it are the ones that name it.
const BRIDGE_CHARS: usize = 3000;

/// Why a paragraph is taken to explain a passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ExplanationReason {
    /// It names the article.
    Mention {
        /// As it names it: 第十二条.
        label: String,
    },
    /// It quotes the passage word for word.
    Quotation {
        /// Letters of the longest run.
        chars: usize,
    },
    /// It repeats the passage's rare words.
    Overlap {
        /// Part of the weight of shared words that this passage holds.
        share: f32,
    },
}

/// A paragraph of an interpretation (政策解读) that explains a passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Serial of the interpretation.
    pub serial: u32,
    /// Where the paragraph begins in the interpretation's canonical text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Why.
    pub reason: ExplanationReason,
}

/// All explanations of a library.
#[derive(Default)]
pub(crate) struct Explained {
    pub(crate) explanations: BTreeMap<PassageKey, Vec<Explanation>>,
    /// Indexes of the questions that cite a passage.
    pub(crate) faqs: BTreeMap<PassageKey, Vec<u32>>,
    /// The plain words, to be searched.
    pub(crate) bridge: HashMap<PassageKey, String>,
    /// What the pairs of plain words and clauses teach.
    pub(crate) learnt: Learnt,
    lessons: Lessons,
}

impl Explained {
    /// Aligns all interpretations and questions; `heads` are sorted by id and linked.
    pub(crate) fn new(heads: &[Head], store: &Store, analyzer: &Analyzer, faqs: &[Faq]) -> Result<Self, IndexError> {
        let mut explained = Self::default();
        let by_serial: HashMap<u32, &Head> = heads.iter().map(|head| (head.serial, head)).collect();
        for policy in heads.iter().filter(|head| !head.interpreted_by.is_empty()) {
            let (text, nodes) = store.read(&policy.location)?;
            let target = Target::new(analyzer, &policy.meta.title, text, &nodes, &policy.passages);
            for serial in &policy.interpreted_by {
                let Some(interpretation) = by_serial.get(serial) else { continue };
                if interpretation.meta.kind == DocumentKind::Interpretation {
                    explained.add_interpretation(&target, policy, interpretation, store, analyzer)?;
                }
            }
        }
        for (index, faq) in (0..).zip(faqs) {
            for cite in &faq.cites {
                explained.add_faq(heads, store, analyzer, (index, faq), cite)?;
            }
        }
        explained.learnt = std::mem::take(&mut explained.lessons).learn();
        Ok(explained)
    }

    fn add_interpretation(
        &mut self,
        target: &Target,
        policy: &Head,
        interpretation: &Head,
        store: &Store,
        analyzer: &Analyzer,
    ) -> Result<(), IndexError> {
        let (text, nodes) = store.read(&interpretation.location)?;
        let (clauses, _) = store.read(&policy.location)?;
        let serial = interpretation.serial;
        for aligned in target.align(analyzer, text, &nodes) {
            let Ok(number) = u32::try_from(aligned.passage) else { continue };
            let key = PassageKey::new(policy.serial, number);
            self.add_words(key, &text[aligned.range.clone()]);
            if let Some(clause) = policy.passage(key).and_then(|place| clauses.get(place.start..place.end)) {
                self.lessons.add(analyzer, &text[aligned.range.clone()], clause, interpretation.meta.id.as_str());
            }
            let (start, end) = (aligned.range.start, aligned.range.end);
            let explanation = Explanation { serial, start, end, reason: aligned.reason };
            self.explanations.entry(key).or_default().push(explanation);
        }
        Ok(())
    }

    fn add_faq(
        &mut self,
        heads: &[Head],
        store: &Store,
        analyzer: &Analyzer,
        (index, faq): (u32, &Faq),
        cite: &FaqCitation,
    ) -> Result<(), IndexError> {
        let Ok(place) = heads.binary_search_by(|head| head.meta.id.cmp(&cite.document)) else { return Ok(()) };
        let head = &heads[place];
        let (text, nodes) = store.read(&head.location)?;
        // The quote is the evidence; the label serves when the text was edited since.
        let quoted = text.find(&cite.quote).filter(|_| !cite.quote.is_empty());
        let labelled = || nodes.iter().find(|node| !cite.label.is_empty() && node.label == cite.label);
        let Some(at) = quoted.or_else(|| labelled().map(|node| node.start)) else { return Ok(()) };
        let holds = |key: &PassageKey| head.passage(*key).is_some_and(|p| p.start <= at && at < p.end);
        let Some(key) = head.keys().find(holds) else { return Ok(()) };
        let cited_before = self.faqs.entry(key).or_default();
        if !cited_before.contains(&index) {
            cited_before.push(index);
            // The answer is written by those who know the official words; the questions are not.
            let clause = head.passage(key).and_then(|place| text.get(place.start..place.end)).unwrap_or_default();
            for question in std::iter::once(&faq.question).chain(&faq.variants) {
                self.lessons.add(analyzer, question, clause, &faq.id);
            }
            for words in std::iter::once(&faq.question).chain(&faq.variants).chain([&faq.answer]) {
                self.add_words(key, words);
            }
        }
        Ok(())
    }

    fn add_words(&mut self, key: PassageKey, words: &str) {
        let bridge = self.bridge.entry(key).or_default();
        if bridge.chars().count() < BRIDGE_CHARS {
            bridge.push_str(words);
            bridge.push('\n');
        }
    }

    /// Tells the plain words of a document's passages from others; 0 when there are none.
    pub(crate) fn bridge_digest(&self, head: &Head) -> u64 {
        let mut hasher = Sha256::new();
        let mut any = false;
        for (key, words) in head.keys().filter_map(|key| self.bridge.get(&key).map(|words| (key, words))) {
            hasher.update(key.number().to_le_bytes());
            hasher.update(words.as_bytes());
            any = true;
        }
        let hash = hasher.finalize();
        let first = hash.iter().take(8).fold(0, |value, &byte| value << 8 | u64::from(byte));
        if any { first.max(1) } else { 0 }
    }
}
