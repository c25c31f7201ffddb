//! The numbers that steer evidence and abstention, each with its reason.

/// Passages among which evidence is sought: those that had a second look.
pub(super) const PASSAGES: usize = 40;
/// Below this share of what was asked, the library does not speak of it (库中无). Chosen where, on the development
/// questions, answers below were wrong more often than right.
pub(super) const LEAST_COVERAGE: f32 = 0.2;
/// From this share on the evidence speaks of the matter even without the word the question turns on.
pub(super) const BEYOND_DOUBT: f32 = 0.42;
/// The library has it only elsewhere, or only lapsed, when the best governing passage holds less than this share of
/// what the best other passage holds.
pub(super) const CLEARLY_LESS: f32 = 0.62;
/// The same for a passage of another region: the documents of the asked one say the same in words of their own.
pub(super) const FAR_LESS: f32 = 0.4;
/// Two titles with this share of characters in common name editions of the same rules.
pub(super) const SAME_TITLE: f32 = 0.6;
/// A sentence of a second passage is cited too when its score is at least this share of the best one's.
pub(super) const ALMOST_AS_GOOD: f32 = 0.89;
/// Passages cited at most: more is a search result, not an answer.
pub(super) const MOST_PASSAGES: usize = 3;
/// Documents set side by side in a comparison: a sentence of another document joins at this share of the best score,
/// since each has its own words for the matter.
pub(super) const COMPARED: f32 = 0.6;
/// Documents compared at most.
pub(super) const MOST_COMPARED: usize = 6;
/// A passage of another document is drawn upon when it scores at least this share of the leading one: a table of another
/// matter has numbers too.
pub(super) const OF_ANOTHER: f32 = 0.6;
/// What a sentence gains from its passage's rank.
pub(super) const PASSAGE: f32 = 1.0;
/// The strength of a passage of the leading document that the search did not rank.
pub(super) const UNRANKED: f32 = 0.45;
/// Passages of the leading document looked at beside the ranked ones; a code of laws has more, and each is a matter of
/// its own.
pub(super) const REST_OF_DOCUMENT: usize = 120;
/// What a sentence gains from words of the question in its headings, beside those in itself.
pub(super) const CONTEXT: f32 = 0.8;
/// What a sentence gains from holding a value of the kind asked for.
pub(super) const VALUE: f32 = 0.35;
/// The same when nothing but a value can answer: 多少, 何时.
pub(super) const VALUE_WANTED: f32 = 0.6;
/// A value counts fully where the sentence and its headings hold this share of what was asked: any clause has numbers.
pub(super) const VALUE_SUPPORT: f32 = 0.5;
/// What a sentence loses that only says why a document was made or that it is issued: 为规范…，制定本办法.
pub(super) const FORMULA: f32 = -0.6;
/// What a sentence gains that names the year asked about.
pub(super) const OF_YEAR: f32 = 0.2;
/// What a sentence gains that takes something out, when that is what is asked for: 哪些人不能领.
pub(super) const LEFT_OUT: f32 = 0.35;
/// What a sentence gains when a reviewed question like this one rests on it.
pub(super) const REVIEWED: f32 = 0.8;
/// What a sentence gains from standing in the clause the question names: nothing else counts as much.
pub(super) const CLAUSE_ASKED: f32 = 2.0;
/// A reviewed question is like this one when it holds this share of its terms.
pub(super) const LIKE_THIS: f32 = 0.6;
/// A span may begin in a sentence that scores this share of the best one: the answer often follows the sentence that
/// repeats the question. 0.6 gives no better spans on `ncp` (0.422 and 0.419, cross-validated) and strays further.
pub(super) const GOOD: f32 = 0.8;
/// Another sentence of the passage joins the first when it scores this share of it.
pub(super) const JOINS: f32 = 0.92;
/// Sentences quoted of one passage.
pub(super) const MOST_SENTENCES: usize = 2;
/// A list is quoted whole up to this many bytes (about 300 characters); a longer one to its last whole item.
pub(super) const LIST_BYTES: usize = 900;
/// A list up to this many bytes (about 230 characters) is quoted whole with its introduction.
pub(super) const SMALL_LIST_BYTES: usize = 700;
/// A table up to this many bytes (about 300 characters) is quoted whole: its rows are read against each other.
pub(super) const SMALL_TABLE_BYTES: usize = 900;
/// A sentence of the leading document supplies a value that the quotes lack when it and its headings, the title aside,
/// hold this share of what was asked, or of what the title leaves of it.
pub(super) const SUPPLIED: f32 = 0.34;
/// Where the leading document has no value of the kind asked for, one that scores this share of it and has one answers.
pub(super) const CLOSE_BEHIND: f32 = 0.8;
/// Documents tried for it at most.
pub(super) const TRIED: usize = 3;
/// Rows of a longer table quoted with its lead and its head.
pub(super) const MOST_ROWS: usize = 4;
/// A clause up to this many bytes (about 130 characters) is quoted whole.
pub(super) const SHORT_CLAUSE_BYTES: usize = 400;
/// Clauses cited because a quote refers to them.
pub(super) const REFERENCES: usize = 2;
/// Definitions cited beside an answer.
pub(super) const DEFINITIONS: usize = 1;
/// An introduction longer than this is not repeated before its item.
pub(super) const INTRODUCTION_BYTES: usize = 240;
/// Two regions tie when the second one's score is at least this share of the first one's: then the region decides.
pub(super) const TIE: f32 = 0.93;
/// Regions offered as choices.
pub(super) const MOST_CHOICES: usize = 6;
/// Related questions shown.
pub(super) const RELATED: usize = 4;
/// Programmes shown that an answer speaks of: a clause may hold several, a screen does not.
pub(super) const OFFERS: usize = 3;
/// Next steps shown.
pub(super) const NEXT_STEPS: usize = 4;

/// Below this probability nothing is stated: an honest no is worth more than a guess. On the development half of `stard`
/// four questions in five are answered, on `ncp` 97 in 100; of our own judged questions 14 fall below, 3 of them right.
pub(super) const LEAST_CONFIDENCE: f32 = 0.3;
/// Confidence is logistic in its signals. Base and weights are those of a logistic regression on the answers to `stard`
/// and `ncp` together (area under the curve, cross-validated: 0.79 and 0.89; with the evidence's share alone 0.69 and
/// 0.73); `zhengda evaluate --fit` tells base and slope anew.
pub(super) const CONFIDENCE_BASE: f32 = 4.2;
/// Per unit of what the evidence holds of the question.
pub(super) const CONFIDENCE_SUPPORT: f32 = 1.2;
/// Per unit of coverage by the leading passage.
pub(super) const CONFIDENCE_COVERAGE: f32 = 1.9;
/// Per unit of the best possible score of the words.
pub(super) const CONFIDENCE_SATURATION: f32 = 0.45;
/// The second document scores as much as the first.
pub(super) const CONFIDENCE_SECOND: f32 = -3.6;
/// The third does.
pub(super) const CONFIDENCE_THIRD: f32 = -1.0;
/// The tenth does: a field of equals.
pub(super) const CONFIDENCE_TENTH: f32 = -3.4;
/// The rivals of a library count as much as what is usual when it has so many other documents.
pub(super) const RIVALS_USUAL: f32 = 10.0;
/// A reviewed question rests on the sentence. The collections have none: set by hand.
pub(super) const CONFIDENCE_REVIEWED: f32 = 1.2;
/// The question names the document.
pub(super) const CONFIDENCE_NAMED: f32 = 1.9;
