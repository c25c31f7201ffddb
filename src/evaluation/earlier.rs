//! An earlier run or earlier answers (先前结果), to compare with.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::answers::AnswerLine;
use super::measure;
use super::run::{RunLine, ranked};
use super::significance::{Comparison, Part, compare};
use super::{Dataset, DatasetError};

/// What was measured before: read from files that `--run` and `--answers` wrote.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    run: Vec<RunLine>,
    answers: HashMap<String, AnswerLine>,
}

impl Earlier {
    /// Reads files; each tells by its first line which of the two it is.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self, DatasetError> {
        let mut earlier = Self::default();
        for path in paths {
            earlier.add(path)?;
        }
        Ok(earlier)
    }

    fn add(&mut self, path: &Path) -> Result<(), DatasetError> {
        let text = fs::read_to_string(path).map_err(|why| DatasetError::Earlier { path: path.to_owned(), why })?;
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let bad = |why: String| DatasetError::BadLine { path: path.to_owned(), line: number, why };
            if line.starts_with('{') {
                let answer: AnswerLine = serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
                self.answers.insert(answer.id.clone(), answer);
            } else {
                let why = "既不是 TREC run 的六列，也不是 --answers 写出的 JSON";
                self.run.push(RunLine::parse(line).ok_or_else(|| bad(why.to_owned()))?);
            }
        }
        Ok(())
    }

    /// Compares this run and these answers with the earlier ones, for whatever of the two is there.
    pub(super) fn compare(&self, dataset: &Dataset, run: &[RunLine], answers: &[AnswerLine]) -> Vec<Comparison> {
        let mut compared = Vec::new();
        if !self.run.is_empty() {
            compared.extend(self.retrieval(dataset, run));
        }
        if !self.answers.is_empty() {
            compared.extend(self.answers(dataset, answers));
        }
        compared
    }

    fn retrieval(&self, dataset: &Dataset, run: &[RunLine]) -> Vec<Comparison> {
        let (before, after) = (ranked(&self.run), ranked(run));
        let pairs: Vec<_> = dataset
            .relevant()
            .iter()
            .map(|(query, relevant)| {
                let of = |run: &super::run::Ranked<'_>| {
                    measure::of_query(relevant, run.get(query.as_str()).map_or(&[], Vec::as_slice))
                };
                (of(&before), of(&after))
            })
            .collect();
        let by = |name, of: fn(&measure::RetrievalMeasures) -> f64| {
            let parts: Vec<_> = pairs.iter().map(|(a, b)| (Part::whole(of(a)), Part::whole(of(b)))).collect();
            compare(name, &parts)
        };
        vec![by("recall@10", |m| m.recall_10), by("ndcg@10", |m| m.ndcg_10), by("mrr@10", |m| m.mrr_10)]
    }

    fn answers(&self, dataset: &Dataset, answers: &[AnswerLine]) -> Vec<Comparison> {
        let mut given = Vec::new();
        let mut cited = Vec::new();
        let mut rouge = Vec::new();
        for line in answers.iter().filter(|line| dataset.is_judged(&line.id)) {
            let pair =
                |of: &dyn Fn(&AnswerLine) -> Part, none: Part| (self.answers.get(&line.id).map_or(none, of), of(line));
            given.push(pair(&|line| Part::whole(f64::from(u8::from(line.counts()))), Part::whole(0.0)));
            let cites = |line: &AnswerLine| {
                let right = dataset.relevant().get(&line.id).is_some_and(|relevant| line.cites(relevant));
                if line.counts() { Part::whole(f64::from(u8::from(right))) } else { Part::default() }
            };
            cited.push(pair(&cites, Part::default()));
            let references = dataset.references(&line.id);
            if !references.is_empty() {
                rouge.push(pair(&|line| Part::whole(line.rouge(references)), Part::whole(0.0)));
            }
        }
        let mut compared = vec![compare("answered", &given), compare("cited", &cited)];
        if !rouge.is_empty() {
            compared.push(compare("rouge_l", &rouge));
        }
        compared
    }
}
