//! Content words (实词): which words of a question carry its meaning, told by their part of speech.

use jieba_rs::Jieba;

/// A word and how much of a question's meaning it carries.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentWord {
    /// The folded word.
    pub text: String,
    /// 0 (pronouns, numbers, particles) to 1 (nouns, names).
    pub content: f32,
}

/// Nouns, names, words of the library's own lexicon: what a question is about.
const THING: f32 = 1.0;
/// Verbs and adjectives say what is done with it; many of them are everyday ones with an official twin.
const ACTION: f32 = 0.3;
/// A verb or adjective of one character (领, 花, 补) says less still.
const SHORT_ACTION: f32 = 0.1;
/// A noun of one character (钱, 家, 人) is mostly everyday talk.
const SHORT_THING: f32 = 0.3;

/// The content words of a folded text, in order.
pub(super) fn visit(jieba: &Jieba, text: &str) -> Vec<ContentWord> {
    jieba
        .tag(text, true)
        .into_iter()
        .filter(|token| token.word.chars().any(char::is_alphanumeric))
        .map(|token| ContentWord { content: content(token.word, token.tag), text: token.word.to_owned() })
        .filter(|word| word.content > 0.0)
        .collect()
}

/// How much a word with this part of speech carries (tags of the ICTCLAS set, as jieba uses them).
fn content(word: &str, tag: &str) -> f32 {
    let single = word.chars().nth(1).is_none();
    match tag.chars().next() {
        // Numbers, measure words, pronouns, adverbs, particles, prepositions, conjunctions, interjections, suffixes.
        Some('m' | 'q' | 'r' | 'd' | 'u' | 'p' | 'c' | 'e' | 'y' | 'o' | 'k' | 'h' | 'f' | 't') => 0.0,
        Some('v' | 'a' | 'z') if tag != "vn" && tag != "an" => {
            if single {
                SHORT_ACTION
            } else {
                ACTION
            }
        }
        _ if single => SHORT_THING,
        _ => THING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_carry_more_than_pronouns_and_numbers() {
        let words = visit(&Jieba::new(), "我奶奶82了一个月能领多少津贴");
        let of = |text: &str| words.iter().find(|word| word.text == text).map(|word| word.content);
        assert_eq!(of("津贴"), Some(THING));
        assert_eq!(of("我"), None);
        assert_eq!(of("82"), None);
        assert!(of("领").is_none_or(|content| content < ACTION));
    }
}
