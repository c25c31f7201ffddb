//! Runners-up (备选条款): what else the ranking considered, and in words why it stands where it does.

use std::collections::HashSet;

use super::{Library, render};
use crate::answer::Consultation;
use crate::contract::{CitedClauseJson, CitedDocumentJson};
use crate::index::IndexError;
use crate::policy::RegionFit;
use crate::ranking::{RankedPassage, Ranking, Signal};

/// Words shown as held by a title or a text: the longest say enough.
const WORDS: usize = 3;
/// Signals of the ranking that say something to a person beside the words themselves, with what they say.
const TELLING: &[(&str, &str)] = &[
    ("点名文件", "问题点名这个文件"),
    ("点名条款", "问题点名这一条"),
    ("引语原文", "含问题引用的原话"),
    ("解读与问答用语", "解读或常见问题用过这些词"),
    ("非规范依据", "解读材料，不作依据"),
];

/// A clause that was considered and not cited.
#[derive(Debug, Clone)]
pub struct RunnerUp {
    /// Its document, with the validity of the clause on the day asked about.
    pub document: CitedDocumentJson,
    /// The clause.
    pub clause: CitedClauseJson,
    /// Its words.
    pub text: String,
    /// Its score.
    pub score: f32,
    /// How far it lies behind the first of the ranking.
    pub behind: f32,
    /// Why it stands where it does.
    pub reasons: Vec<String>,
    /// The parts of the score.
    pub signals: Vec<Signal>,
}

/// The best clauses that an answer does not cite, at most so many.
pub fn runners_up(library: &Library, consultation: &Consultation, most: usize) -> Result<Vec<RunnerUp>, IndexError> {
    let Some(ranking) = &consultation.ranking else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for passage in &ranking.passages {
        if found.len() == most {
            break;
        }
        if let Some(runner) = runner_up(library, consultation, ranking, passage)?
            && seen.insert(runner.clause.url.clone())
        {
            found.push(runner);
        }
    }
    Ok(found)
}

fn runner_up(
    library: &Library,
    consultation: &Consultation,
    ranking: &Ranking,
    passage: &RankedPassage,
) -> Result<Option<RunnerUp>, IndexError> {
    let generation = library.generation();
    let Some(place) = generation.passage(passage.key) else { return Ok(None) };
    let document = generation.document(place.serial)?;
    let cited = consultation.quotes.iter().any(|quoted| {
        let range = quoted.citation.range();
        quoted.citation.document() == document.id() && range.start < place.end && place.start < range.end
    });
    let clause = document.clause_at(place.node as usize).filter(|_| !cited);
    let text = document.text().get(place.start..place.end);
    let (Some(clause), Some(text)) = (clause, text) else { return Ok(None) };
    let first = ranking.passages.first().map_or(passage.score, |first| first.score);
    Ok(Some(RunnerUp {
        document: render::cited_document(document.meta(), &passage.validity),
        clause: render::cited_clause(clause),
        text: text.to_owned(),
        score: passage.score,
        behind: (first - passage.score).max(0.0),
        reasons: reasons(consultation, ranking, passage, &document.meta().title, text),
        signals: passage.explanation.signals.clone(),
    }))
}

fn reasons(
    consultation: &Consultation,
    ranking: &Ranking,
    passage: &RankedPassage,
    title: &str,
    text: &str,
) -> Vec<String> {
    let strong = |name: &str| passage.explanation.signals.iter().any(|one| one.name == name && one.value > 0.5);
    let mut reasons: Vec<String> = Vec::new();
    let holds = |what: &str, words: Vec<&str>| (!words.is_empty()).then(|| format!("{what}含“{}”", words.join("”“")));
    let titled = words(title, ranking);
    let own = words(text, ranking).into_iter().filter(|word| !titled.contains(word)).collect();
    reasons.extend(holds("标题", titled));
    reasons.extend(holds("条文", own));
    reasons.extend(TELLING.iter().filter(|(name, _)| strong(name)).map(|(_, says)| (*says).to_owned()));
    if strong("有所问类型的内容") {
        reasons.push("写有所问的内容".to_owned());
    }
    if consultation.need.region.is_some() {
        reasons.push(place(passage.region_fit).to_owned());
    }
    reasons.push(passage.validity.state.label().to_owned());
    reasons
}

/// How a document's place lies to the place asked about, in words.
fn place(fit: RegionFit) -> &'static str {
    match fit {
        RegionFit::Same => "本级文件",
        RegionFit::Above(_) => "上级文件",
        RegionFit::Everywhere => "各地适用",
        RegionFit::Below(_) => "下级文件",
        RegionFit::Elsewhere => "外地文件",
    }
}

/// The longest stretches of a text that the terms of a question cover.
fn words<'t>(text: &'t str, ranking: &Ranking) -> Vec<&'t str> {
    let terms = ranking.terms.all().iter().filter(|term| term.term.chars().nth(1).is_some());
    let mut hits: Vec<(usize, usize)> = terms
        .flat_map(|term| text.match_indices(term.term.as_str()).map(|(at, found)| (at, at + found.len())))
        .collect();
    hits.sort_unstable();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (start, end) in hits {
        match runs.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => runs.push((start, end)),
        }
    }
    let mut found: Vec<&str> = Vec::new();
    runs.sort_by_key(|(start, end)| (std::cmp::Reverse(end - start), *start));
    for run in runs.into_iter().filter_map(|(start, end)| text.get(start..end)) {
        if found.len() < WORDS && !found.iter().any(|longer| longer.contains(run)) {
            found.push(run);
        }
    }
    found
}
