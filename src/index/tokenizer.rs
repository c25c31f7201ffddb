//! Hands the analyzer's terms to tantivy.

use tantivy::Index;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::Analyzer;

/// Name of the tokenizer of characters and bigrams.
pub(crate) const GRAMS: &str = "zh_grams";
/// Name of the tokenizer of words.
pub(crate) const WORDS: &str = "zh_words";

/// Registers both tokenizers; must be done each time an index is opened for writing.
pub(crate) fn register(index: &Index, analyzer: &Analyzer) {
    for (name, words) in [(GRAMS, false), (WORDS, true)] {
        index.tokenizers().register(name, Terms::new(analyzer.clone(), words));
    }
}

/// The terms of one text, run together in a buffer that is used again.
#[derive(Clone)]
struct Terms {
    analyzer: Analyzer,
    words: bool,
    text: String,
    ends: Vec<usize>,
    token: Token,
}

impl Terms {
    fn new(analyzer: Analyzer, words: bool) -> Self {
        Self { analyzer, words, text: String::new(), ends: Vec::new(), token: Token::default() }
    }
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.text.clear();
        self.ends.clear();
        let (buffer, ends) = (&mut self.text, &mut self.ends);
        let emit = |term: &str| {
            buffer.push_str(term);
            ends.push(buffer.len());
        };
        if self.words {
            self.analyzer.for_each_word(text, emit);
        } else {
            self.analyzer.for_each_gram(text, emit);
        }
        self.token.reset();
        TermStream { terms: &self.text, ends: &self.ends, next: 0, token: &mut self.token }
    }
}

struct TermStream<'a> {
    terms: &'a str,
    ends: &'a [usize],
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&end) = self.ends.get(self.next) else { return false };
        let start = self.next.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.token.text.clear();
        self.token.text.push_str(&self.terms[start..end]);
        self.token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
