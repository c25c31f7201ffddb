//! The analyzer (分析器): text to terms, the same at index time and at query time.

use std::fmt;
use std::sync::{Arc, OnceLock};

use jieba_rs::Jieba;

use super::content::{self, ContentWord};
use super::{Lexicon, gram, normalise, word};

/// Changes whenever any term of any text may change; part of the fingerprint, so that an old index is rebuilt.
const VERSION: &str = "zh-1 jieba-0.11 zhconv-0.4";

/// A term with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The folded term.
    pub term: String,
    /// Where it begins in the original text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its place in the order of terms; words inside a word share its place.
    pub position: u32,
}

/// Cuts text into terms. Cloning is cheap; the dictionary (about 34 MB) is loaded at the first call for words only.
#[derive(Clone)]
pub struct Analyzer {
    inner: Arc<Inner>,
}

struct Inner {
    own_words: Vec<String>,
    fingerprint: String,
    jieba: OnceLock<Jieba>,
}

impl Analyzer {
    /// An analyzer that knows the words of this lexicon beside the general dictionary.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        let own_words = lexicon.words();
        let fingerprint = format!("{VERSION} {}", lexicon.digest());
        Self { inner: Arc::new(Inner { own_words, fingerprint, jieba: OnceLock::new() }) }
    }

    /// Tells analyzers apart whose terms may differ.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.inner.fingerprint
    }

    /// The words (词) of a text, with the dictionary words inside them and numbers in Arabic writing.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<Token> {
        let folded = normalise(text);
        let mut tokens = Vec::new();
        word::visit(self.jieba(), &folded.text, |term, range, position| {
            let range = folded.original_range(range);
            tokens.push(Token { term: term.to_owned(), start: range.start, end: range.end, position });
        });
        tokens
    }

    /// The characters and bigrams (单字与二元组) of a text, and its Latin words and numbers.
    #[must_use]
    pub fn grams(&self, text: &str) -> Vec<Token> {
        let folded = normalise(text);
        let mut tokens = Vec::with_capacity(folded.text.len() / 2);
        gram::visit(&folded.text, |range, position| {
            let term = folded.text[range.clone()].to_owned();
            let range = folded.original_range(range);
            tokens.push(Token { term, start: range.start, end: range.end, position });
        });
        tokens
    }

    /// The words of a folded text, none inside another, with how much of its meaning each carries.
    #[must_use]
    pub fn content_words(&self, text: &str) -> Vec<ContentWord> {
        let folded = normalise(text).text;
        content::visit(self.jieba(), &folded)
    }

    /// The terms of [`Self::words`] without places, for indexing.
    pub fn for_each_word(&self, text: &str, mut emit: impl FnMut(&str)) {
        word::visit(self.jieba(), &normalise(text).text, |term, _, _| emit(term));
    }

    /// The terms of [`Self::grams`] without places, for indexing.
    pub fn for_each_gram(&self, text: &str, mut emit: impl FnMut(&str)) {
        let folded = normalise(text).text;
        gram::visit(&folded, |range, _| emit(&folded[range]));
    }

    /// Whether a folded word stands in the dictionary or the lexicon.
    #[must_use]
    pub fn is_word(&self, word: &str) -> bool {
        self.jieba().has_word(word)
    }

    /// How usual a word of the dictionary is: its count in the dictionary's own corpus, and at least 1.
    #[must_use]
    pub fn usage(&self, word: &str) -> usize {
        self.jieba().suggest_freq(word)
    }

    /// Loads the dictionary now rather than at the first question.
    pub fn warm_up(&self) {
        self.jieba();
    }

    fn jieba(&self) -> &Jieba {
        self.inner.jieba.get_or_init(|| {
            let mut jieba = Jieba::new();
            for word in &self.inner.own_words {
                jieba.add_word(word, None, None);
            }
            jieba
        })
    }
}

impl fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Analyzer").field("fingerprint", &self.inner.fingerprint).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| {
        let tsv = "term\tofficial\trelation\tdomain\tnote\n老人钱\t高龄津贴|社会保险补贴\t俗称\t养老\t\n";
        Analyzer::new(&Lexicon::parse(&[("a.tsv".to_owned(), tsv.to_owned())]).unwrap())
    });

    fn terms(tokens: &[Token]) -> Vec<&str> {
        tokens.iter().map(|token| token.term.as_str()).collect()
    }

    #[test]
    fn grams_stop_at_punctuation() {
        let tokens = ANALYZER.grams("失業，保險 COVID-19达1.5万");
        let expected = ["失", "失业", "业", "保", "保险", "险", "covid", "19", "达", "1.5", "万"];
        assert_eq!(terms(&tokens), expected);
    }

    #[test]
    fn words_hold_lexicon_words_and_words_inside() {
        let tokens = ANALYZER.words("奶奶的老人钱、社会保险补贴怎么领");
        let terms = terms(&tokens);
        for word in ["老人钱", "社会保险补贴", "社会保险", "社会", "保险", "补贴"] {
            assert!(terms.contains(&word), "{word}: {terms:?}");
        }
        let place = |word: &str| tokens.iter().find(|token| token.term == word).map(|token| token.position);
        assert_eq!(place("社会保险"), place("社会保险补贴"));
        assert!(!terms.contains(&"、"));
    }

    #[test]
    fn numbers_have_one_writing() {
        for (text, term) in [
            ("依据第十二条规定", "12条"),
            ("依据第12条规定", "12条"),
            ("年满80岁", "80周岁"),
            ("八十周岁以上", "80周岁"),
            ("百分之十五", "15%"),
            ("每月一百元", "100元"),
            ("补1.2万元", "12000元"),
            ("18-60周岁", "60周岁"),
            ("二〇二四年", "2024年"),
        ] {
            let tokens = ANALYZER.words(text);
            assert!(terms(&tokens).contains(&term), "{text}: {:?}", terms(&tokens));
        }
        assert!(!terms(&ANALYZER.words("统一条例")).contains(&"1条"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn tokens_lie_on_characters(text in "([國甲乙㈠①ａＢ１℃〔\u{200b}… \n，。%]|第十二条|18-60周岁|養老保險|\\PC){0,24}") {
            for token in ANALYZER.words(&text).into_iter().chain(ANALYZER.grams(&text)) {
                prop_assert!(text.get(token.start..token.end).is_some_and(|t| !t.is_empty()), "{token:?}");
            }
        }
    }
}
