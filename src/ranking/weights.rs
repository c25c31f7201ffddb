//! The numbers that steer ranking, each with its reason. They add up to a score; the leading signal is worth 1.

/// Passages looked at a second time, by their words: most governing passages that are found at all are among them.
pub(super) const SECOND_LOOK: usize = 40;

/// BM25 of the passage, as a share of the best one's: the leading signal.
pub(super) const BODY: f32 = 1.0;
/// The same again for a law: it governs before a departmental rule that repeats it. On the development half of `stard`
/// the three kinds together bring nDCG@10 from 0.420 to 0.440.
pub(super) const LAW: f32 = 0.3;
/// For a judicial interpretation, which says how the law is applied.
pub(super) const JUDICIAL: f32 = 0.25;
/// For any other kind but an administrative regulation.
pub(super) const OTHER_KIND: f32 = -0.05;
/// The same again times the logarithm of how many other works name this one: what the rest of the law leans on governs
/// more often. On `stard` nDCG@10 0.440 → 0.457, recall@100 0.718 → 0.759.
pub(super) const CITED: f32 = 0.12;
/// The documents of one work (articles kept apart, editions) support each other: root of the sum of the fourth powers
/// of their best passages. On `stard` recall@100 + 0.02.
pub(super) const WORK: f32 = 0.2;
/// The mean score of a document's passages: one that speaks of the matter throughout goes first.
pub(super) const DOCUMENT: f32 = 0.2;
/// The mean is taken over at most this many passages: in a code of laws the matter is one chapter.
pub(super) const MEAN_OVER: usize = 12;
/// BM25 of the explanations' plain words, as a share of the best one's.
pub(super) const BRIDGE: f32 = 0.45;
/// The question names the document.
pub(super) const NAMED: f32 = 1.0;
/// The question names the clause and this is it.
pub(super) const CLAUSE: f32 = 1.5;
/// The very region asked about, before the ones above it.
pub(super) const REGION_SAME: f32 = 0.30;
/// A region above the one asked about.
pub(super) const REGION_ABOVE: f32 = 0.12;
/// Another region: kept only to say that it is elsewhere.
pub(super) const REGION_ELSEWHERE: f32 = -0.60;
/// A text that does not hold on the day asked about.
pub(super) const LAPSED: f32 = -0.30;
/// An interpretation explains; the clause it explains goes first.
pub(super) const NOT_AUTHORITY: f32 = -0.35;
/// The year asked about is in the document's title or is its year.
pub(super) const YEAR: f32 = 0.25;
/// The document is of another year than the one asked about.
pub(super) const OTHER_YEAR: f32 = -0.35;
/// The share of what was asked that the passage holds.
pub(super) const COVERAGE: f32 = 0.2;
/// The passage has a value of the kind wanted.
pub(super) const ANSWER_TYPE: f32 = 0.05;
/// The words that the question quotes stand in the passage. (Runs of unquoted words were tried as a signal: they cost
/// 0.002 to 0.015 nDCG@10 on `stard`.)
pub(super) const QUOTATION: f32 = 0.6;
/// Letterhead answers only questions about the document itself.
pub(super) const LETTERHEAD: f32 = -0.40;
