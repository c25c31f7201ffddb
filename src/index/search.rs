//! Searching (检索): the passages that weigh most for some terms.

use tantivy::collector::TopDocs;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider, BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, Term};

use super::IndexError;
use super::generation::Generation;
use super::head::Head;
use super::passage::PassageKey;
use super::schema::{Fields, PASSAGE, View};

/// Passages fetched beyond those asked for, so that ties at the end are broken by key and not by the order of
/// indexing.
const TIE_ROOM: usize = 16;
/// Times the room is doubled when even that many tie.
const TIE_ATTEMPTS: usize = 4;
/// Bits of a score that count. The last bits depend on the order in which terms were added up, which differs between
/// indexes with the same content; what is left still tells scores apart that differ by a ten-thousandth part.
const SCORE_MASK: u32 = !0x1ff;

/// What BM25 needs to know of the whole index.
pub(super) struct Statistics {
    /// Terms of each view's field. Added up from the stored lengths, which are rounded, rather than taken from tantivy,
    /// whose own sum changes when segments with deletions are merged.
    tokens: [(Field, u64); 4],
    passages: u64,
    keys: Vec<Column<u64>>,
}

impl Statistics {
    pub(super) fn new(searcher: &Searcher, fields: Fields, heads: &[Head]) -> Result<Self, IndexError> {
        let mut tokens = View::ALL.map(|view| (fields.of(view), 0));
        let mut keys = Vec::new();
        for reader in searcher.segment_readers() {
            for (field, sum) in &mut tokens {
                let lengths: FieldNormReader = reader.get_fieldnorms_reader(*field)?;
                *sum += reader.doc_ids_alive().map(|doc| u64::from(lengths.fieldnorm(doc))).sum::<u64>();
            }
            keys.push(reader.fast_fields().u64(PASSAGE)?);
        }
        let passages = heads.iter().map(|head| head.passages.len() as u64).sum();
        Ok(Self { tokens, passages, keys })
    }

    pub(super) fn passages(&self) -> usize {
        usize::try_from(self.passages).unwrap_or(usize::MAX)
    }
}

/// The statistics of one search.
struct Provider<'s> {
    statistics: &'s Statistics,
    frequencies: Vec<(Term, u64)>,
}

impl Bm25StatisticsProvider for Provider<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.statistics.tokens.iter().find(|(other, _)| *other == field).map_or(1, |(_, tokens)| (*tokens).max(1)))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.statistics.passages)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.frequencies.iter().find(|(other, _)| other == term).map_or(0, |(_, frequency)| *frequency))
    }
}

impl Generation {
    /// The `k` passages with the highest sum of weighted BM25 over these terms, best first, ties in the order of the
    /// documents' ids. Terms are as the analyzer makes them; those without weight or occurrence are left out.
    pub fn top(&self, view: View, terms: &[(String, f32)], k: usize) -> Result<Vec<(PassageKey, f32)>, IndexError> {
        let mut provider = Provider { statistics: &self.statistics, frequencies: Vec::with_capacity(terms.len()) };
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(terms.len());
        for (text, weight) in merged(terms) {
            let term = Term::from_field_text(self.fields.of(view), text);
            let frequency = self.searcher.doc_freq(&term)?;
            if frequency == 0 {
                continue;
            }
            let query: Box<dyn Query> = Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs));
            let plain = (weight - 1.0).abs() < f32::EPSILON;
            let query = if plain { query } else { Box::new(BoostQuery::new(query, weight)) };
            clauses.push((Occur::Should, query));
            provider.frequencies.push((term, frequency));
        }
        if k == 0 || clauses.is_empty() {
            return Ok(Vec::new());
        }
        self.search(&BooleanQuery::new(clauses), &provider, k)
    }

    /// Fetches a few more than asked for, until the last one fetched no longer ties with the last one wanted.
    fn search(
        &self,
        query: &dyn Query,
        provider: &Provider<'_>,
        k: usize,
    ) -> Result<Vec<(PassageKey, f32)>, IndexError> {
        let mut found = Vec::new();
        let most = self.passage_count().max(1);
        for attempt in 0..TIE_ATTEMPTS {
            let limit = k.saturating_add(TIE_ROOM << attempt).min(most);
            let collector = TopDocs::with_limit(limit).order_by_score();
            let hits = self.searcher.search_with_statistics_provider(query, &collector, provider)?;
            found = hits
                .into_iter()
                .filter_map(|(score, address)| {
                    let key = self.statistics.keys.get(address.segment_ord as usize)?.first(address.doc_id)?;
                    Some((PassageKey(key), rounded(score)))
                })
                .collect::<Vec<_>>();
            let tied = limit < most
                && found.len() == limit
                && found.get(k - 1).map(|hit| hit.1) == found.last().map(|hit| hit.1);
            if !tied {
                break;
            }
        }
        let place = |key: PassageKey| (self.place(key.serial()), key.number());
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| place(a.0).cmp(&place(b.0))));
        found.truncate(k);
        Ok(found)
    }

    /// Every term of a view with the number of passages it stands in; a term of several segments comes as often.
    pub fn for_each_term(&self, view: View, mut emit: impl FnMut(&str, u64)) -> Result<(), IndexError> {
        for reader in self.searcher.segment_readers() {
            let terms = reader.inverted_index(self.fields.of(view))?;
            let mut stream = terms.terms().stream().map_err(tantivy::TantivyError::from)?;
            while stream.advance() {
                if let Ok(term) = std::str::from_utf8(stream.key()) {
                    emit(term, u64::from(stream.value().doc_freq));
                }
            }
        }
        Ok(())
    }

    /// In how many passages a term stands.
    pub fn doc_freq(&self, view: View, term: &str) -> Result<u64, IndexError> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(self.fields.of(view), term))?)
    }
}

/// Each term once, with the sum of its weights: a clause costs time, and the sum of scores is the same.
fn merged(terms: &[(String, f32)]) -> Vec<(&str, f32)> {
    let mut merged: Vec<(&str, f32)> = Vec::with_capacity(terms.len());
    for (text, weight) in terms.iter().filter(|(_, weight)| weight.is_finite() && *weight > 0.0) {
        match merged.iter_mut().find(|(other, _)| other == text) {
            Some((_, sum)) => *sum += weight,
            None => merged.push((text, *weight)),
        }
    }
    merged
}

fn rounded(score: Score) -> f32 {
    f32::from_bits(score.to_bits() & SCORE_MASK)
}
