//! The casebook (逐题报告): every judged question with its answer beside what governs, to read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::answer::{Consultation, Quoted};
use crate::index::{Generation, IndexError};
use crate::policy::DocumentId;
use crate::ranking::{RankedPassage, Ranking};

use super::outcome::Kind;
use super::{Dataset, Query, Report};

/// Characters shown of a text.
const SHOWN_CHARS: usize = 320;
/// Words shown of those that the governing text lacks.
const SHOWN_WORDS: usize = 16;

/// A question of the casebook.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    answer_type: &'static str,
    text: String,
}

/// What an entry is made of.
pub(super) struct Case<'c> {
    pub(super) dataset: &'c Dataset,
    pub(super) generation: &'c Generation,
    pub(super) query: &'c Query,
    pub(super) kind: Kind,
    pub(super) consultation: &'c Consultation,
    pub(super) ranking: &'c Ranking,
    /// The documents in order, by the collection's ids.
    pub(super) run: &'c [&'c str],
}

/// A text with where it stands and how it was ranked.
struct Side<'c> {
    name: String,
    rank: Option<usize>,
    passage: Option<&'c RankedPassage>,
    text: String,
}

impl Case<'_> {
    /// Writes the entry.
    pub(super) fn entry(&self) -> Result<Entry, IndexError> {
        let need = &self.consultation.need;
        let mut text = format!("### {}（{}）\n\n", one_line(&self.query.text), self.query.id);
        let expected = self.query.status.as_deref().map(|status| format!("（应为 {status}）")).unwrap_or_default();
        let _ = writeln!(
            text,
            "- {}；状态 {}{expected}；信心 {:.2}",
            self.kind.label(),
            self.consultation.status.name(),
            self.consultation.confidence
        );
        let expansions: Vec<String> = self
            .ranking
            .terms
            .expansions()
            .iter()
            .map(|expansion| format!("{}→{}", expansion.from, expansion.to))
            .collect();
        let region = need.region.as_ref().map_or("未指明", |region| region.name.as_str());
        let _ = writeln!(
            text,
            "- 理解：{}；地区{region}；主题“{}”；扩展 {}",
            need.answer_type().label(),
            need.subject_text(),
            or_none(&expansions.join("、"))
        );
        let cited = self.cited()?;
        let governing = self.governing()?;
        self.write_side(&mut text, "所引", cited.as_ref());
        self.write_side(&mut text, "应引", governing.as_ref());
        if let Some(governing) = &governing {
            let _ = writeln!(text, "\n应引条文里没有的所问之词：{}", or_none(&self.lacking(governing)));
        }
        let passage = |side: &Option<Side<'_>>| side.as_ref().and_then(|side| side.passage).cloned();
        write_signals(&mut text, passage(&cited).as_ref(), passage(&governing).as_ref());
        Ok(Entry { kind: self.kind, answer_type: need.answer_type().label(), text })
    }

    fn write_side(&self, text: &mut String, what: &str, side: Option<&Side<'_>>) {
        let Some(side) = side else {
            let _ = writeln!(text, "- {what}：无");
            return;
        };
        let rank = side.rank.map_or("百名之外".to_owned(), |rank| format!("第 {rank} 名"));
        let _ = writeln!(text, "- {what}：{}，{rank}\n\n> {}\n", side.name, clipped(&side.text));
    }

    /// The first quote of the answer.
    fn cited(&self) -> Result<Option<Side<'_>>, IndexError> {
        let Some(quoted) = self.consultation.quotes.first() else { return Ok(None) };
        let passage = self.passage_of(quoted);
        let all: Vec<&str> = self.consultation.quotes.iter().map(|quoted| quoted.citation.quote()).collect();
        Ok(Some(Side { passage, text: all.join(" ⏎ "), ..self.side(quoted.citation.document()) }))
    }

    fn passage_of(&self, quoted: &Quoted) -> Option<&RankedPassage> {
        let serial = self.generation.by_id(quoted.citation.document())?.serial;
        let range = quoted.citation.range();
        let holds = |passage: &&RankedPassage| {
            let place = self.generation.passage(passage.key);
            place.is_some_and(|place| place.start <= range.start && range.start < place.end)
        };
        let of_document = || self.ranking.passages.iter().filter(|passage| passage.key.serial() == serial);
        of_document().find(holds).or_else(|| of_document().next())
    }

    /// The governing document that stands first in the run; its best passage, or its beginning when none was found.
    fn governing(&self) -> Result<Option<Side<'_>>, IndexError> {
        let ids = self.dataset.governing(&self.query.id);
        let serials: Vec<u32> = ids.iter().filter_map(|id| self.generation.by_id(id)).map(|head| head.serial).collect();
        let found = self.ranking.passages.iter().find(|passage| serials.contains(&passage.key.serial()));
        let Some(passage) = found else {
            let Some(id) = ids.first() else { return Ok(None) };
            let text = self.dataset.words_of(id).map(|(_, text)| text.to_owned()).unwrap_or_default();
            return Ok(Some(Side { text, ..self.side(id) }));
        };
        let document = self.generation.document(passage.key.serial())?;
        let place = self.generation.passage(passage.key);
        let text = place.and_then(|place| document.text().get(place.start..place.end)).unwrap_or_default().to_owned();
        Ok(Some(Side { text, passage: Some(passage), ..self.side(document.id()) }))
    }

    fn side(&self, id: &DocumentId) -> Side<'_> {
        let original = self.dataset.original_id(id);
        let title = self.dataset.words_of(id).map_or("", |(title, _)| title);
        Side {
            rank: self.run.iter().position(|document| *document == original).map(|at| at + 1),
            name: format!("{}〔{original}〕", one_line(title)),
            passage: None,
            text: String::new(),
        }
    }

    /// The content words of the question that neither a text nor its title holds.
    fn lacking(&self, side: &Side<'_>) -> String {
        let words = self.generation.analyzer().content_words(&self.consultation.need.subject_text()).into_iter();
        let held = |word: &str| side.text.contains(word) || side.name.contains(word);
        let lacking: Vec<String> = words.map(|word| word.text).filter(|word| !held(word)).take(SHOWN_WORDS).collect();
        lacking.join(" ")
    }
}

/// What each signal adds to the score of the cited passage and of the governing one.
fn write_signals(text: &mut String, cited: Option<&RankedPassage>, governing: Option<&RankedPassage>) {
    let mut rows: BTreeMap<&str, [f32; 2]> = BTreeMap::new();
    for (at, passage) in [cited, governing].into_iter().enumerate() {
        for signal in passage.map_or(&[][..], |passage| &passage.explanation.signals) {
            rows.entry(signal.name).or_default()[at] += signal.value * signal.weight;
        }
    }
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n| 信号 | 所引 | 应引 |\n|---|---:|---:|");
    for (name, [cited, governing]) in rows {
        let _ = writeln!(text, "| {name} | {cited:.3} | {governing:.3} |");
    }
    let total =
        |passage: Option<&RankedPassage>| passage.map_or("—".to_owned(), |passage| format!("{:.3}", passage.score));
    let _ = writeln!(text, "| 合计 | {} | {} |", total(cited), total(governing));
}

/// Binds the entries to a book: the figures and the table of kinds at the top, then the questions, the worst kind first.
pub(super) fn bind(mut entries: Vec<Entry>, report: &Report) -> String {
    let mut text = format!(
        "# 逐题报告\n\n{} 问，{} 份文件；recall@10 {:.3}，MRR@10 {:.3}，nDCG@10 {:.3}；作答 {:.3}，其中引对 {:.3}。\n\n",
        report.queries,
        report.documents,
        report.retrieval.recall_10,
        report.retrieval.mrr_10,
        report.retrieval.ndcg_10,
        report.answers.answered,
        report.answers.cited
    );
    let count = |kind: Kind| entries.iter().filter(|entry| entry.kind == kind).count();
    let _ = writeln!(text, "| 情形 | 题数 | 占比 |\n|---|---:|---:|");
    for kind in Kind::ALL {
        let share = 100.0 * count(kind) as f64 / entries.len().max(1) as f64;
        let _ = writeln!(text, "| {} | {} | {share:.1} % |", kind.label(), count(kind));
    }
    let mut types: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for entry in &entries {
        let row = types.entry(entry.answer_type).or_default();
        row.0 += 1;
        row.1 += usize::from(entry.kind == Kind::Right);
    }
    let _ = writeln!(text, "\n| 问的是 | 题数 | 引对 |\n|---|---:|---:|");
    for (name, (all, right)) in types {
        let _ = writeln!(text, "| {name} | {all} | {right} |");
    }
    entries.sort_by_key(|entry| entry.kind);
    for kind in Kind::ALL {
        let _ = writeln!(text, "\n## {}（{}）\n", kind.label(), count_of(&entries, kind));
        for entry in entries.iter().filter(|entry| entry.kind == kind) {
            let _ = writeln!(text, "{}", entry.text);
        }
    }
    text
}

fn count_of(entries: &[Entry], kind: Kind) -> usize {
    entries.iter().filter(|entry| entry.kind == kind).count()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clipped(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}……", &line[..end]),
        None => line,
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "无" } else { text }
}
