//! One judged question asked (一次提问): its run, its answer, its times.

use std::collections::HashSet;
use std::time::Instant;

use jiff::civil::Date;

use crate::answer::Consultation;
use crate::consultation::Library;
use crate::index::{self, IndexError};
use crate::query::Enquiry;
use crate::ranking::{self, Ranking};
use crate::retrieval;

use super::answers::{AnswerLine, best_rouge};
use super::casebook::{Case, Entry};
use super::features::FeatureTable;
use super::outcome::{Kind, Place};
use super::run::RunLine;
use super::{Dataset, Query, Wanted};

/// Documents of one query in a TREC run.
const RUN_DEPTH: usize = 100;
/// What the bare search engine is asked for.
const BARE_TOP: usize = 10;

/// Milliseconds of a question.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Times {
    pub(super) first: f64,
    pub(super) again: f64,
    pub(super) bare: f64,
}

/// What came of a question.
#[derive(Debug)]
pub(super) struct Trial {
    pub(super) run: Vec<RunLine>,
    pub(super) answer: AnswerLine,
    /// The answer without what governs.
    pub(super) without: Option<AnswerLine>,
    /// ROUGE-L of the whole of the best passage, where there are references.
    pub(super) whole_passage: Option<f64>,
    pub(super) entry: Option<Entry>,
    pub(super) times: Times,
}

/// Who asks the questions.
pub(super) struct Examiner<'e> {
    pub(super) library: &'e Library,
    pub(super) dataset: &'e Dataset,
    pub(super) as_of: Date,
    pub(super) wanted: &'e Wanted,
}

impl Examiner<'_> {
    /// Asks a question; adds its signals to the table when weights shall be fitted.
    pub(super) fn ask(&self, query: &Query, table: &mut FeatureTable) -> Result<Trial, IndexError> {
        let enquiry = query.enquiry(self.as_of);
        // The postings are warm for both that are compared.
        self.bare_search(&enquiry)?;
        let (mut consultation, first) = timed(|| self.library.consult_afresh(&enquiry))?;
        let ((), bare) = timed(|| self.bare_search(&enquiry))?;
        let (_, again) = timed(|| self.library.consult_afresh(&enquiry))?;
        let ranking = match consultation.ranking.take() {
            Some(ranking) => ranking,
            None => self.rank(&enquiry)?,
        };
        let run = self.run(query, &ranking);
        let answer = self.line(query, &consultation);
        let governing = self.serials(query);
        let judged = self.dataset.is_judged(&query.id);
        let without =
            if self.wanted.removed && judged { Some(self.without(query, &enquiry, &governing)?) } else { None };
        if self.wanted.fit && judged {
            table.add(&ranking, &governing);
        }
        Ok(Trial {
            whole_passage: self.whole_passage(query, &ranking)?,
            entry: if self.wanted.casebook && judged {
                Some(self.entry(query, &consultation, &ranking, &run)?)
            } else {
                None
            },
            times: Times { first, again, bare },
            run,
            answer,
            without,
        })
    }

    fn line(&self, query: &Query, consultation: &Consultation) -> AnswerLine {
        AnswerLine::of(&query.id, consultation, |id| self.dataset.original_id(id))
    }

    fn without(&self, query: &Query, enquiry: &Enquiry, governing: &HashSet<u32>) -> Result<AnswerLine, IndexError> {
        Ok(self.line(query, &self.library.consult_without(enquiry, governing)?))
    }

    /// The documents that govern a query, as the index counts them.
    fn serials(&self, query: &Query) -> HashSet<u32> {
        let ids = self.dataset.governing(&query.id);
        ids.iter().filter_map(|id| self.library.generation().by_id(id)).map(|head| head.serial).collect()
    }

    /// The ranking of a question that was turned away before the library was searched.
    fn rank(&self, enquiry: &Enquiry) -> Result<Ranking, IndexError> {
        let generation = self.library.generation();
        let need = self.library.understand(enquiry);
        ranking::rank(generation, &need, retrieval::candidates(generation, &need)?)
    }

    /// The bare search engine on the same index: ten passages for all grams of the question, nothing else.
    fn bare_search(&self, enquiry: &Enquiry) -> Result<(), IndexError> {
        let generation = self.library.generation();
        let mut seen = HashSet::new();
        let terms: Vec<(String, f32)> = generation
            .analyzer()
            .grams(&enquiry.question)
            .into_iter()
            .filter(|token| seen.insert(token.term.clone()))
            .map(|token| (token.term, 1.0))
            .collect();
        generation.top(index::View::Grams, &terms, BARE_TOP).map(|_| ())
    }

    fn run(&self, query: &Query, ranking: &Ranking) -> Vec<RunLine> {
        let generation = self.library.generation();
        let mut seen = HashSet::new();
        let documents = ranking.passages.iter().filter(|passage| seen.insert(passage.key.serial()));
        documents
            .filter_map(|passage| generation.head(passage.key.serial()).map(|head| (head, passage.score)))
            .zip(1..=RUN_DEPTH)
            .map(|((head, score), rank)| RunLine {
                query: query.id.clone(),
                document: self.dataset.original_id(&head.meta.id),
                rank,
                score,
            })
            .collect()
    }

    fn whole_passage(&self, query: &Query, ranking: &Ranking) -> Result<Option<f64>, IndexError> {
        let references = self.dataset.references(&query.id);
        if references.is_empty() {
            return Ok(None);
        }
        let generation = self.library.generation();
        let place = ranking.passages.first().and_then(|passage| generation.passage(passage.key));
        let Some(place) = place else { return Ok(Some(0.0)) };
        let document = generation.document(place.serial)?;
        let text = document.text().get(place.start..place.end).unwrap_or_default();
        Ok(Some(best_rouge(text, references)))
    }

    fn entry(
        &self,
        query: &Query,
        consultation: &Consultation,
        ranking: &Ranking,
        run: &[RunLine],
    ) -> Result<Entry, IndexError> {
        let none = HashSet::new();
        let relevant = self.dataset.relevant().get(&query.id).unwrap_or(&none);
        let run: Vec<&str> = run.iter().map(|line| line.document.as_str()).collect();
        let line = self.line(query, consultation);
        let kind = Kind::of(line.counts().then(|| line.cites(relevant)), Place::of(relevant, &run));
        let generation = self.library.generation();
        Case { dataset: self.dataset, generation, query, kind, consultation, ranking, run: &run }.entry()
    }
}

fn timed<T>(work: impl FnOnce() -> Result<T, IndexError>) -> Result<(T, f64), IndexError> {
    let begun = Instant::now();
    let done = work()?;
    Ok((done, begun.elapsed().as_secs_f64() * 1e3))
}
