//! How does Chinese text become terms?
//!
//! Text is folded character by character ([`normalise`]), and the fold remembers where every character stood. From the
//! folded text come two kinds of terms: characters and bigrams ([`Analyzer::grams`]), which need no dictionary, and
//! words ([`Analyzer::words`]), which need jieba's and the library's own [`Lexicon`]. Nothing here knows what a policy is.

mod analyzer;
mod content;
mod gram;
mod lexicon;
mod normalise;
mod number_parse;
mod numeral;
mod pinyin;
mod word;

pub use analyzer::{Analyzer, Token};
pub use content::ContentWord;
pub use lexicon::{Lexicon, LexiconEntry, LexiconError, LexiconHit, Sense};
pub use normalise::{Normalised, is_han, normalise, normalise_char};
pub use numeral::{Numeral, NumeralKind, canonical, numerals_in, parse_number};
pub use pinyin::{Spelling, looks_like_pinyin, pinyin_of};
