//! The weights of a span's signals and the limits of a span, each with its reason.
//!
//! The weights were fitted on the development half of `ncp`, so that the mean ROUGE-L of the spans that a softmax of
//! their scores would draw is greatest (listwise, with a small penalty on large weights); four-fold cross-validation.

/// A word of the document's title counts this much: it does not tell the document's sentences apart.
pub(super) const TITLED: f32 = 0.4;
/// Segments of a span at most.
pub(super) const MOST_SEGMENTS: usize = 14;
/// Characters of a span at most: nine in ten reference answers are shorter than half of it.
pub(super) const MOST_CHARS: f32 = 360.0;
/// A condition of which so much is in the question need not be repeated.
pub(super) const CONDITION_NAMED: f32 = 0.35;
/// From so many characters beyond the question a span says enough.
pub(super) const FRESH_CHARS: f32 = 20.0;
/// Shorter than this and without a mark at the end, a span is a heading.
pub(super) const FRAGMENT_CHARS: f32 = 30.0;

/// The signals by name, with their weights.
pub(super) const WEIGHTS: [(&str, f32); 32] = [
    // Words of the question in the span.
    ("told", 4.56),
    // The same, with what its sentence says before it.
    ("sentence told", 4.10),
    // Words of the question in the sentence before.
    ("told before", 3.27),
    // Words that come before the interrogative stand directly before the span: what follows answers.
    ("lead-in", 0.84),
    // Words that come after the interrogative stand in the span.
    ("follow-up", 12.40),
    // Words in the sentence, its headings and the two sentences before it.
    ("context", 3.43),
    // No sentence has more of them.
    ("best context", 4.15),
    // The score of the sentence among all.
    ("strength", 11.62),
    // The span follows a segment that repeats the question.
    ("after echo", 10.43),
    // The span follows a segment that says something else.
    ("after news", -0.19),
    // It begins with a sentence.
    ("sentence start", -0.76),
    // It ends with one.
    ("sentence end", 5.19),
    // It ends with a colon: what it announces is missing.
    ("ends open", 0.05),
    // A few words without a mark at their end: a heading.
    ("fragment", -1.82),
    // It begins with a paragraph.
    ("opens", -2.69),
    // Paragraphs that begin inside it.
    ("paragraphs", -4.50),
    // It begins with an item.
    ("item", 6.24),
    // Items inside it, when the question asks for several things.
    ("items", 0.56),
    // An item follows: the list before it is whole, or it introduces one.
    ("before item", 3.69),
    // Sentences beyond the first, when much is asked.
    ("sentences, long", -0.36),
    // The same for other questions.
    ("sentences, else", -2.50),
    // It has a value of the kind asked for.
    ("value", 1.66),
    // It has none.
    ("no value", -1.16),
    // It has the word asked about (措施 in 哪些措施).
    ("focus", 0.87),
    // It does not.
    ("no focus", -0.46),
    // What it says beyond the question.
    ("fresh", 9.32),
    // Logarithm of its length, when a value is asked for.
    ("short", -1.60),
    // Its square: together the length that fits.
    ("short squared", -0.57),
    // The same for other questions.
    ("middle", 0.18),
    ("middle squared", 0.02),
    // The same when much is asked.
    ("long", 0.14),
    ("long squared", 0.05),
];
