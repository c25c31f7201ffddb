//! Alignment (对照): which passage of a policy a paragraph of its interpretation explains.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::explain::ExplanationReason;
use super::mention::{Named, named_clauses, names};
use super::passage::Passage;
use super::verbatim::Quotable;
use crate::analysis::{Analyzer, is_han};
use crate::policy::{ClauseKind, ClauseNode};

/// Part of the weight of the bigrams a paragraph shares with the policy that one passage must hold. Below a half the
/// paragraph speaks of several passages at once.
const OVERLAP_SHARE: f32 = 0.5;
/// Part of a paragraph's own bigrams that the passage must hold: an explanation repeats the rule it explains.
const OVERLAP_COVERAGE: f32 = 0.25;
/// Fewest bigrams in common; below that a shared term (资金使用管理) would be enough.
const OVERLAP_BIGRAMS: usize = 8;
/// Letters in a row that quote a rule; somewhat more than the run that counts as copied, since names of programmes and
/// offices stand in many passages.
const QUOTED_CHARS: usize = 18;
/// Passages a paragraph may quote.
const QUOTED_PASSAGES: usize = 3;
/// Shortest paragraph that explains anything.
const PARAGRAPH_CHARS: usize = 12;

/// Passages a mention may mean as they are; a whole part (第三部分) is narrowed to the one that shares most words.
const MENTION_PASSAGES: usize = 2;

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
    /// Passages of each clause that can be named.
    named: HashMap<Named, Vec<usize>>,
    /// What of the passages can be quoted.
    quotable: Quotable,
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
        let named = named_clauses(nodes, passages);
        // Passages keep their numbers; a letterhead, which every interpretation repeats, quotes nothing.
        let letterhead = |passage: &Passage| {
            let kind = nodes.get(passage.node as usize).map(|node| node.kind);
            matches!(kind, Some(ClauseKind::Letterhead | ClauseKind::Title))
        };
        let quotable =
            Quotable::new(passages.iter().map(|passage| if letterhead(passage) { "" } else { &text[passage.range()] }));
        let count = passages.len();
        let weights = (0..=count).map(|held| ((count as f32 + 1.0) / (held as f32 + 0.5)).ln()).collect();
        Self { title: title.to_owned(), postings, weights, named, quotable, passages: count }
    }

    /// What the paragraphs of an interpretation explain: by naming an article, else by what they repeat.
    pub(crate) fn align(&self, analyzer: &Analyzer, text: &str, nodes: &[ClauseNode]) -> Vec<Aligned> {
        let mut found = Vec::new();
        let mut answered = None;
        for (index, node) in nodes.iter().enumerate() {
            let mut range = trimmed(text, node.start..node.own_end);
            let silent = matches!(node.kind, ClauseKind::Title | ClauseKind::Letterhead | ClauseKind::Contents);
            if silent || answered == Some(index) || text[range.clone()].chars().count() < PARAGRAPH_CHARS {
                continue;
            }
            // 问：… and the 答：… after it are one explanation: the question holds the plain words.
            if let Some(next) = nodes.get(index + 1)
                && text[range.clone()].starts_with('问')
                && text[next.start..next.own_end].trim_start().starts_with('答')
            {
                range.end = trimmed(text, next.start..next.own_end).end;
                answered = Some(index + 1);
            }
            let mut mentions = self.mentions(&text[range.clone()]);
            if mentions.is_empty() {
                mentions = self.mentions_above(text, nodes, index);
            }
            if mentions.is_empty() {
                let quoted = self.quoted(&text[range.clone()]);
                if !quoted.is_empty() {
                    found.extend(quoted.into_iter().map(|(passage, chars)| Aligned {
                        passage,
                        range: range.clone(),
                        reason: ExplanationReason::Quotation { chars },
                    }));
                    continue;
                }
                let overlap = self.overlap(analyzer, &text[range.clone()]);
                found.extend(overlap.map(|(passage, share)| Aligned {
                    passage,
                    range,
                    reason: ExplanationReason::Overlap { share },
                }));
                continue;
            }
            let mentions = self.narrowed(analyzer, &text[range.clone()], mentions);
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

    /// Passages of the clauses a text names, leaving out clauses of another law (《社会保险法》第十条).
    fn mentions(&self, text: &str) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for (named, range) in names(text) {
            if self.is_elsewhere(&text[..range.start]) {
                continue;
            }
            for &passage in self.named.get(&named).into_iter().flatten() {
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

    /// The passages that a text quotes at length; more than a few share a set phrase rather than a rule.
    fn quoted(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = self.quotable.quoted(self.without_title(text).as_ref());
        let longest = found.first().map_or(0, |(_, chars)| *chars);
        found.retain(|(_, chars)| *chars >= QUOTED_CHARS && *chars * 2 >= longest);
        if found.iter().filter(|(_, chars)| *chars == longest).count() > QUOTED_PASSAGES {
            return Vec::new();
        }
        found.truncate(QUOTED_PASSAGES);
        found
    }

    /// A text without the policy's own title, which is no rule of it.
    fn without_title<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        let inner = self.title.split_once('《').and_then(|(_, rest)| rest.rsplit_once('》')).map(|(inner, _)| inner);
        match [Some(self.title.as_str()), inner].into_iter().flatten().find(|name| text.contains(name)) {
            Some(name) => text.replace(name, "《》").into(),
            None => text.into(),
        }
    }

    /// The passage that holds most of what a text shares with the policy, rare bigrams weighing more.
    fn overlap(&self, analyzer: &Analyzer, text: &str) -> Option<(usize, f32)> {
        let shared = self.shared(analyzer, text);
        let best = shared.best(0..self.passages)?;
        let share = shared.weight[best] / shared.all;
        let coverage = shared.count[best] as f32 / shared.own as f32;
        let enough = share >= OVERLAP_SHARE && coverage >= OVERLAP_COVERAGE && shared.count[best] >= OVERLAP_BIGRAMS;
        enough.then_some((best, share))
    }

    /// Mentions of few passages stay; of many, the one that shares most words with the text.
    fn narrowed(&self, analyzer: &Analyzer, text: &str, mentions: Vec<(usize, String)>) -> Vec<(usize, String)> {
        let labels: HashSet<&String> = mentions.iter().map(|(_, label)| label).collect();
        if mentions.len() <= MENTION_PASSAGES * labels.len() {
            return mentions;
        }
        let shared = self.shared(analyzer, text);
        let best = shared.best(mentions.iter().map(|(passage, _)| *passage));
        mentions.into_iter().filter(|(passage, _)| Some(*passage) == best).collect()
    }

    /// What each passage shares with a text. Bigrams come in a fixed order, so that sums of floats are the same in
    /// every build.
    fn shared(&self, analyzer: &Analyzer, text: &str) -> Shared {
        let own = bigrams(analyzer, text);
        let (weight, count) = (vec![0.0; self.passages], vec![0; self.passages]);
        let mut shared = Shared { own: own.len(), all: 0.0, weight, count };
        for holders in own.iter().filter_map(|gram| self.postings.get(gram)) {
            let one = self.weights[holders.len()];
            shared.all += one;
            for &passage in holders {
                shared.weight[passage] += one;
                shared.count[passage] += 1;
            }
        }
        shared
    }
}

/// What passages share with a text.
struct Shared {
    /// Bigrams of the text.
    own: usize,
    /// Weight of all those that the policy holds.
    all: f32,
    /// By passage.
    weight: Vec<f32>,
    /// By passage.
    count: Vec<usize>,
}

impl Shared {
    /// The passage with most weight, the first of equals.
    fn best(&self, among: impl Iterator<Item = usize>) -> Option<usize> {
        among.max_by(|&a, &b| self.weight[a].total_cmp(&self.weight[b]).then(b.cmp(&a)))
    }
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
