//! A run (排序结果): the ranked documents of each query, as TREC writes them.

use std::collections::HashMap;

use serde::Serialize;

/// What a run calls itself.
const RUN_TAG: &str = "zhengda";

/// One line of a TREC run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunLine {
    /// The query.
    pub query: String,
    /// The document.
    pub document: String,
    /// Its rank, from 1.
    pub rank: usize,
    /// Its score.
    pub score: f32,
}

impl RunLine {
    /// The line as TREC writes it.
    #[must_use]
    pub fn trec(&self) -> String {
        format!("{} Q0 {} {} {:.6} {RUN_TAG}", self.query, self.document, self.rank, self.score)
    }

    /// Reads a line; none when it is not one.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [query, _, document, rank, score, ..] = fields.as_slice() else { return None };
        Some(Self {
            query: (*query).to_owned(),
            document: (*document).to_owned(),
            rank: rank.parse().ok()?,
            score: score.parse().ok()?,
        })
    }
}

/// The documents of each query, best first.
pub(super) type Ranked<'r> = HashMap<&'r str, Vec<&'r str>>;

/// The documents of each query of a run.
pub(super) fn ranked<'r>(run: impl IntoIterator<Item = &'r RunLine>) -> Ranked<'r> {
    let mut rows: HashMap<&str, Vec<(usize, &str)>> = HashMap::new();
    for line in run {
        rows.entry(&line.query).or_default().push((line.rank, &line.document));
    }
    rows.into_iter()
        .map(|(query, mut rows)| {
            rows.sort_by_key(|row| row.0);
            (query, rows.into_iter().map(|row| row.1).collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let line = RunLine { query: "q1".into(), document: "第一条-a".into(), rank: 2, score: 1.25 };
        assert_eq!(RunLine::parse(&line.trec()), Some(line.clone()));
        assert_eq!(RunLine::parse("q1 Q0 d1 first 1 x"), None);
        let first = RunLine { document: "b".into(), rank: 1, ..line.clone() };
        assert_eq!(ranked(&[line, first])["q1"], ["b", "第一条-a"]);
    }
}
