//! The numbers that steer retrieval, each with its reason.

/// Passages taken from the main view: deep enough for 100 documents after grouping.
pub(super) const DEPTH: usize = 500;
/// With a region asked about, passages of other regions are sifted out afterwards, so more are taken.
pub(super) const DEPTH_WITH_REGION: usize = 1_000;
/// Passages taken by the words of their explanations.
pub(super) const DEPTH_BRIDGE: usize = 100;
/// Terms in more than this share of all passages say little and cost most (`search.md`: 10 % loses 0.003 nDCG).
pub(super) const COMMON_SHARE: f64 = 0.15;
/// Terms of one query, the most informative first (`safety.md` proposes 64; 80 leave room for the expansions of a long question:
/// recall@100 on `stard` 0.820 → 0.825).
pub(super) const MOST_TERMS: usize = 80;
/// A term of an expansion counts less than a word of the question: it is a guess.
pub(super) const EXPANSION_WEIGHT: f32 = 0.48;
/// The official term of a word that no document uses (老人钱) carries the whole matter, shared among alternatives.
pub(super) const ONLY_EXPANSION_WEIGHT: f32 = 1.0;
/// A wider or narrower term is a weaker guess than a synonym.
pub(super) const LOOSE_EXPANSION_WEIGHT: f32 = 0.38;
/// A single character says less than its idf claims: it stands in many words.
pub(super) const CHARACTER_WEIGHT: f32 = 0.7;
/// Documents that a question can name at once (85号文 without an agency may fit several).
pub(super) const MOST_NAMED_DOCUMENTS: usize = 20;
/// Passages taken of a named document.
pub(super) const MOST_NAMED_PASSAGES: usize = 2_000;
/// Bigrams of a word that is not held whole count for this part of it: 加装电梯 half held is not yet the matter.
pub(super) const PART_OF_WORD: f32 = 0.7;
/// A word that the lexicon does not know says less of the matter than one of policy: 残保金 before 银行.
pub(super) const ORDINARY_WORD: f32 = 0.5;
/// A word that neither the lexicon nor any document knows is mostly everyday talk (奶奶, 邻居).
pub(super) const UNHEARD_WORD: f32 = 0.3;
/// A word that only says what kind of answer is wanted (材料, 标准, 流程) says little of the matter.
pub(super) const ASKED_WORD: f32 = 0.25;
/// The same as a term of the search: every document has it somewhere.
pub(super) const ASKED_TERM: f32 = 0.5;
/// The word a question turns on is spoken of when this much of it is held: half of the bigrams of a long word.
pub(super) const KEY_HELD: f32 = 0.35;
/// A question of at most this many content words turns on one of them; a longer one tells a story around it.
pub(super) const WORDS_WITH_KEY: usize = 4;
