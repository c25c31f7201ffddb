//! Learns vocabulary from the library's own pairs (语料学词): a reviewed question and the clause it rests on, a paragraph
//! of an interpretation and the clause it explains.
//!
//! A plain word and an official word belong together when they stand on the two sides of more pairs than chance allows:
//! the log-likelihood ratio of Dunning (1993). Counts are kept, so that every expansion can be traced.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{Analyzer, Learnt, LearntTerm};

/// Pairs in which both must stand: two may be chance or one author's habit.
const LEAST_PAIRS: u32 = 3;
/// Of the pairs with the plain word, this part must have the official one.
const LEAST_SHARE: f64 = 0.5;
/// The log-likelihood ratio at which chance is less likely than one in a thousand (χ² with one degree of freedom).
const LEAST_RATIO: f64 = 10.83;
/// Official words kept for a plain one.
const MOST_TERMS: usize = 3;
/// Questions or interpretations the pairs must come from: the variants of one question share their author's habits.
const LEAST_SOURCES: usize = 2;
/// Pairs named as evidence.
const MOST_SEEN: usize = 5;
/// A plain word that carries less than this says nothing of a matter.
const LEAST_PLAIN: f32 = 0.3;
/// Only nouns and terms are worth searching for: 应当 or 修改 stand beside anything.
const LEAST_OFFICIAL: f32 = 1.0;
/// A word in more than this share of all pairs belongs to no matter.
const MOST_COMMON: f64 = 0.2;

/// Words on both sides of a pair.
struct Pair {
    plain: BTreeSet<String>,
    official: BTreeSet<String>,
    from: String,
}

/// Gathers pairs and learns from them.
#[derive(Default)]
pub(super) struct Lessons {
    pairs: Vec<Pair>,
}

impl Lessons {
    /// Adds a pair: plain words, the clause they stand for, and whose words they are. What both sides say teaches
    /// nothing.
    pub(super) fn add(&mut self, analyzer: &Analyzer, plain: &str, clause: &str, from: &str) {
        let words = |text: &str, least: f32| -> BTreeSet<String> {
            let content = analyzer.content_words(text).into_iter();
            let kept = content.filter(|word| word.content >= least && word.text.chars().nth(1).is_some());
            kept.map(|word| word.text).filter(|word| !word.chars().any(|c| c.is_ascii_digit())).collect()
        };
        let (mut said, mut official) = (words(plain, LEAST_PLAIN), words(clause, LEAST_OFFICIAL));
        said.retain(|word| !clause.contains(word.as_str()));
        official.retain(|word| !plain.contains(word.as_str()));
        self.pairs.push(Pair { plain: said, official, from: from.to_owned() });
    }

    /// What the pairs teach.
    pub(super) fn learn(self) -> Learnt {
        let all = self.pairs.len() as f64;
        let mut officials: BTreeMap<&str, u32> = BTreeMap::new();
        let mut plains: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
        for pair in &self.pairs {
            pair.official.iter().for_each(|word| *officials.entry(word).or_default() += 1);
            pair.plain.iter().for_each(|word| plains.entry(word).or_default().push(pair));
        }
        let common = |count: usize| count as f64 > MOST_COMMON * all;
        let mut learnt = Vec::new();
        for (plain, pairs) in plains.into_iter().filter(|(_, pairs)| !common(pairs.len())) {
            let mut together: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for pair in &pairs {
                pair.official.iter().for_each(|word| together.entry(word).or_default().push(&pair.from));
            }
            let mut terms: Vec<(f64, LearntTerm)> = Vec::new();
            for (official, seen) in together.into_iter().filter(|(word, _)| !common(officials[word] as usize)) {
                let (both, of) = (seen.len() as f64, pairs.len() as f64);
                let ratio = likelihood_ratio(both, of, f64::from(officials[official]), all);
                let sources: BTreeSet<&&str> = seen.iter().collect();
                if sources.len() >= LEAST_SOURCES
                    && seen.len() >= LEAST_PAIRS as usize
                    && both >= LEAST_SHARE * of
                    && ratio >= LEAST_RATIO
                {
                    terms.push((ratio, term(official, &seen, pairs.len())));
                }
            }
            terms.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.official.cmp(&b.1.official)));
            terms.truncate(MOST_TERMS);
            if !terms.is_empty() {
                learnt.push((plain.to_owned(), terms.into_iter().map(|(_, term)| term).collect()));
            }
        }
        learnt.into_iter().collect()
    }
}

fn term(official: &str, seen: &[&str], of: usize) -> LearntTerm {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut seen_in: Vec<String> = seen.iter().map(|from| (*from).to_owned()).collect();
    seen_in.dedup();
    seen_in.truncate(MOST_SEEN);
    LearntTerm { official: official.to_owned(), pairs: count(seen.len()), of: count(of), seen_in }
}

/// −2 log λ of two words of which the first stands in `of` pairs, the second in `with`, both in `both`, out of `all`;
/// 0 when they stand together less often than chance would have it.
fn likelihood_ratio(both: f64, of: f64, with: f64, all: f64) -> f64 {
    if both * all <= of * with {
        return 0.0;
    }
    let part =
        |seen: f64, row: f64, column: f64| if seen > 0.0 { seen * (seen * all / (row * column)).ln() } else { 0.0 };
    let (without, rest) = (all - of, all - with);
    2.0 * (part(both, of, with)
        + part(of - both, of, rest)
        + part(with - both, without, with)
        + part(all - of - with + both, without, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lexicon;

    #[test]
    fn a_plain_word_leads_to_the_official_one_it_stood_for() {
        let analyzer = Analyzer::new(&Lexicon::default());
        let mut lessons = Lessons::default();
        for n in 0..6 {
            lessons.add(&analyzer, "老人钱每个月发放吗", "高龄津贴按月发放。", &format!("faq-{n}"));
            lessons.add(&analyzer, "电动车怎么上牌照", "非机动车应当申请登记。", &format!("faq-1{n}"));
            lessons.add(&analyzer, "学校食堂卫生谁管", "餐饮服务提供者应当保证食品安全。", &format!("faq-2{n}"));
            lessons.add(&analyzer, "房子漏水谁修", "物业服务人应当维护共有部分。", &format!("faq-3{n}"));
            lessons.add(&analyzer, "打工工资拖着不给", "用人单位应当及时足额支付劳动报酬。", &format!("faq-4{n}"));
        }
        let learnt = lessons.learn();
        let officials: Vec<&str> = learnt.terms("牌照").iter().map(|term| term.official.as_str()).collect();
        assert!(officials.iter().any(|word| word.contains("登记") || word.contains("机动车")), "{learnt:?}");
        let term = &learnt.terms("牌照")[0];
        assert_eq!((term.pairs, term.of, term.seen_in.len()), (6, 6, 5));
        assert!(learnt.terms("发放").is_empty(), "what both sides say teaches nothing");
    }

    #[test]
    fn chance_teaches_nothing() {
        assert_eq!(likelihood_ratio(1.0, 10.0, 10.0, 100.0), 0.0);
        assert!(likelihood_ratio(5.0, 5.0, 5.0, 100.0) > LEAST_RATIO);
    }
}
