//! The weights of a span's signals and the limits of a span, each with its reason.
//!
//! The weights were fitted on the development half of `ncp`, so that the mean ROUGE-L of the spans that a softmax of
//! their scores would draw is greatest (listwise, with a small penalty on large weights): 0.418 fitted, 0.412 in
//! four-fold cross-validation, 0.30 for whole sentences. Tried and left out because the cross-validated mean rose or
//! stayed without them: echo inside the span, the word after the interrogative, what precedes the interrogative, the
//! number of items, a colon at the end, position in the document, lengths for questions that want no value.

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
pub(super) const WEIGHTS: [(&str, f32); 22] = [
    // Words of the question in the span.
    ("told", 4.63),
    // Words of the question in the sentence before.
    ("told before", 0.81),
    // Words that come after the interrogative stand in the span.
    ("follow-up", 14.55),
    // Words in the sentence, its headings and the two sentences before it.
    ("context", 9.77),
    // No sentence has more of them.
    ("best context", 2.37),
    // The score of the sentence among all.
    ("strength", 21.97),
    // The span follows a segment that repeats the question.
    ("after echo", 13.51),
    // The span follows a segment that says something else.
    ("after news", -0.53),
    // It begins with a sentence.
    ("sentence start", -1.22),
    // It ends with one.
    ("sentence end", 5.18),
    // A few words without a mark at their end: a heading.
    ("fragment", -1.40),
    // It begins with a paragraph.
    ("opens", -0.82),
    // Paragraphs that begin inside it.
    ("paragraphs", -3.47),
    // It begins with an item.
    ("item", 6.29),
    // An item follows: the list before it is whole, or it introduces one.
    ("before item", 3.96),
    // Sentences beyond the first, when much is asked.
    ("sentences, long", -0.13),
    // The same for other questions.
    ("sentences, else", -1.80),
    // It has a value of the kind asked for.
    ("value", -0.68),
    // It has none.
    ("no value", 1.06),
    // What it says beyond the question.
    ("fresh", 7.80),
    // Logarithm of its length, when a value is asked for.
    ("short", -1.47),
    // Its square: together the length that fits.
    ("short squared", -0.46),
];
