//! The table (总表): everything of a generation but documents and terms, as it is written.

use serde::{Deserialize, Serialize};

use super::IndexError;
use super::explain::{Explained, Explanation};
use super::head::Head;
use super::passage::PassageKey;
use super::programmes::ProgrammeBases;
use super::record::{HeadRecord, Withheld, WithheldRecord};
use crate::analysis::{Learnt, Lexicon};
use crate::policy::programme::Rulebook;
use crate::policy::{Directory, Faq, Gazetteer};

/// Name of the table of heads.
pub(crate) const TABLE: &str = "documents.tbl";
/// Name of the file of lexicon, places, departments, questions and programmes.
pub(crate) const AUX: &str = "aux.json";
/// Lexicon, places, departments, questions and programmes: they travel with the index, so that both ends of a search use the same.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Aux {
    pub(crate) lexicon: Lexicon,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) directory: Directory,
    pub(crate) faqs: Vec<Faq>,
    pub(crate) book: Rulebook,
    /// Where the bases of the programmes stand, by programme and key.
    pub(crate) bases: ProgrammeBases,
}

impl Aux {
    pub(crate) fn encode(&self) -> Result<Vec<u8>, IndexError> {
        serde_json::to_vec(self).map_err(|error| IndexError::Encode(error.to_string()))
    }
}

/// The heads and what hangs on passages, as written.
#[derive(Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) heads: Vec<HeadRecord>,
    pub(crate) withheld: Vec<WithheldRecord>,
    pub(crate) explanations: Vec<(PassageKey, Vec<Explanation>)>,
    pub(crate) faqs: Vec<(PassageKey, Vec<u32>)>,
    pub(crate) learnt: Learnt,
}

impl Table {
    pub(crate) fn new(heads: &[Head], withheld: &[Withheld], explained: Explained) -> Self {
        Self {
            heads: heads.iter().map(HeadRecord::from).collect(),
            withheld: withheld.iter().map(WithheldRecord::from).collect(),
            explanations: explained.explanations.into_iter().collect(),
            faqs: explained.faqs.into_iter().collect(),
            learnt: explained.learnt,
        }
    }
}
