//! The numbers that steer ranking, each with its reason. They add up to a score; the leading signal is worth 1.

/// Passages looked at a second time, by their words: most governing passages that are found at all are among them.
pub(super) const SECOND_LOOK: usize = 40;

/// BM25 of the passage, as a share of the best one's: the leading signal.
pub(super) const BODY: f32 = 1.0;
/// BM25 of title and headings, as a share of the best one's.
pub(super) const TITLE: f32 = 0.25;
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
pub(super) const COVERAGE: f32 = 0.8;
/// The passage has a value of the kind wanted.
pub(super) const ANSWER_TYPE: f32 = 0.12;
/// Neighbouring words of the question stand as one phrase in the passage.
pub(super) const PHRASE: f32 = 0.25;
/// Letterhead answers only questions about the document itself.
pub(super) const LETTERHEAD: f32 = -0.40;
