//! Alignment (对照): which passage of a policy a paragraph of its interpretation explains.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::explain::ExplanationReason;
use super::passage::Passage;
use crate::analysis::{Analyzer, is_han, parse_number};
use crate::policy::{ClauseKind, ClauseNode};

/// Part of the weight of the bigrams a paragraph shares with the policy that one passage must hold. Below a half the
/// paragraph speaks of several passages at once.
const OVERLAP_SHARE: f32 = 0.5;
/// Part of a paragraph's own bigrams that the passage must hold: an explanation repeats the rule it explains.
const OVERLAP_COVERAGE: f32 = 0.25;
/// Fewest bigrams in common; below that a shared term (资金使用管理) would be enough.
const OVERLAP_BIGRAMS: usize = 8;
/// Shortest paragraph that explains anything.
const PARAGRAPH_CHARS: usize = 12;

/// 第十二条, 第12条.
static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
    Regex::new("第([0-9０-９一二三四五六七八九十百千零〇两]{1,9})条").unwrap()
});

/// A paragraph of an interpretation that explains a passage.
pub(crate) struct Aligned {
    /// Index of the passage.
    pub(crate) passage: usize,
    /// The paragraph.
    pub(crate) range: Range<usize>,
    pub(crate) reason: ExplanationReason,
}

/// A policy prepared for alignment.
pub(crate) struct Target {
    title: String,
    /// Passages that hold each bigram.
    postings: HashMap<u64, Vec<usize>>,
    /// Weight of a bigram by the number of passages that hold it.
    weights: Vec<f32>,
    /// Passages of each article number.
    articles: HashMap<u64, Vec<usize>>,
    passages: usize,
}

impl Target {
    pub(crate) fn new(
        analyzer: &Analyzer,
        title: &str,
        text: &str,
        nodes: &[ClauseNode],
        passages: &[Passage],
    ) -> Self {
        let mut postings: HashMap<u64, Vec<usize>> = HashMap::new();
        for (index, passage) in passages.iter().enumerate() {
            let letterhead = nodes.get(passage.node as usize).is_some_and(|node| node.kind == ClauseKind::Letterhead);
            if !letterhead {
                bigrams(analyzer, &text[passage.range()])
                    .into_iter()
                    .for_each(|gram| postings.entry(gram).or_default().push(index));
            }
        }
        let mut articles: HashMap<u64, Vec<usize>> = HashMap::new();
        for node in nodes.iter().filter(|node| node.kind == ClauseKind::Article) {
            let Some(number) = article_numbers(&node.label).next() else { continue };
            // Annexes begin again with 第一条: the first one is meant.
            articles.entry(number.0).or_insert_with(|| {
                let meets =
                    |passage: &Passage| (passage.start as usize) < node.end && node.start < passage.end as usize;
                (0..passages.len()).filter(|&index| meets(&passages[index])).collect()
            });
        }
        let count = passages.len();
        let weights = (0..=count).map(|held| ((count as f32 + 1.0) / (held as f32 + 0.5)).ln()).collect();
        Self { title: title.to_owned(), postings, weights, articles, passages: count }
    }

    /// What the paragraphs of an interpretation explain: by naming an article, else by what they repeat.
    pub(crate) fn align(&self, analyzer: &Analyzer, text: &str, nodes: &[ClauseNode]) -> Vec<Aligned> {
        let mut found = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let range = trimmed(text, node.start..node.own_end);
            let silent = matches!(node.kind, ClauseKind::Title | ClauseKind::Letterhead | ClauseKind::Contents);
            if silent || text[range.clone()].chars().count() < PARAGRAPH_CHARS {
                continue;
            }
            let mut mentions = self.mentions(&text[range.clone()]);
            if mentions.is_empty() {
                mentions = self.mentions_above(text, nodes, index);
            }
            if mentions.is_empty() {
                let overlap = self.overlap(analyzer, &text[range.clone()]);
                found.extend(overlap.map(|(passage, share)| Aligned {
                    passage,
                    range,
                    reason: ExplanationReason::Overlap { share },
                }));
                continue;
            }
            found.extend(mentions.into_iter().map(|(passage, label)| Aligned {
                passage,
                range: range.clone(),
                reason: ExplanationReason::Mention { label },
            }));
        }
        found
    }

    /// Mentions in the nearest heading above a paragraph: （一）关于第五条.
    fn mentions_above(&self, text: &str, nodes: &[ClauseNode], index: usize) -> Vec<(usize, String)> {
        let mut at = index;
        while let Some(parent) = nodes[at].parent.map(|parent| parent as usize).filter(|&parent| parent < at) {
            let mentions = self.mentions(&text[nodes[parent].heading.clone()]);
            if !mentions.is_empty() {
                return mentions;
            }
            at = parent;
        }
        Vec::new()
    }

    /// Passages of the articles a text names, leaving out articles of another law (《社会保险法》第十条).
    fn mentions(&self, text: &str) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for (number, range) in article_numbers(text) {
            if self.is_elsewhere(&text[..range.start]) {
                continue;
            }
            for &passage in self.articles.get(&number).into_iter().flatten() {
                if found.iter().all(|(other, _)| *other != passage) {
                    found.push((passage, text[range.clone()].to_owned()));
                }
            }
        }
        found
    }

    /// Whether the words before a mention name another document.
    fn is_elsewhere(&self, before: &str) -> bool {
        let Some(quoted) = before.trim_end().strip_suffix('》') else { return false };
        quoted.rsplit_once('《').is_some_and(|(_, title)| !self.title.contains(title))
    }

    /// The passage that holds most of what a text shares with the policy, rare bigrams weighing more.
    fn overlap(&self, analyzer: &Analyzer, text: &str) -> Option<(usize, f32)> {
        let own = bigrams(analyzer, text);
        let mut weight = vec![0.0_f32; self.passages];
        let mut count = vec![0_usize; self.passages];
        let mut all = 0.0;
        // In a fixed order, so that sums of floats come out the same in every build.
        for gram in &own {
            let Some(holders) = self.postings.get(gram) else { continue };
            let one = self.weights[holders.len()];
            all += one;
            for &passage in holders {
                weight[passage] += one;
                count[passage] += 1;
            }
        }
        let best = (0..self.passages).max_by(|&a, &b| weight[a].total_cmp(&weight[b]).then(b.cmp(&a)))?;
        let share = weight[best] / all;
        let coverage = count[best] as f32 / own.len() as f32;
        let enough = share >= OVERLAP_SHARE && coverage >= OVERLAP_COVERAGE && count[best] >= OVERLAP_BIGRAMS;
        enough.then_some((best, share))
    }
}

/// Article numbers a text names, with their places.
fn article_numbers(text: &str) -> impl Iterator<Item = (u64, Range<usize>)> + '_ {
    ARTICLE.captures_iter(text).filter_map(|captures| {
        let value = parse_number(captures.get(1)?.as_str()).filter(|value| (1.0..1e6).contains(value))?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie in 1..1e6")]
        Some((value as u64, captures.get(0)?.range()))
    })
}

/// The distinct bigrams of a text, sorted.
fn bigrams(analyzer: &Analyzer, text: &str) -> Vec<u64> {
    let mut found = HashSet::new();
    analyzer.for_each_gram(text, |term| {
        let mut chars = term.chars();
        if let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next())
            && is_han(first)
            && is_han(second)
        {
            found.insert(u64::from(u32::from(first)) << 32 | u64::from(u32::from(second)));
        }
    });
    let mut found: Vec<u64> = found.into_iter().collect();
    found.sort_unstable();
    found
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}
