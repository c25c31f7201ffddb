//! Where a basis stands (依据落点): the clause it names, and the bytes of its quote there.

use serde::{Deserialize, Serialize};

use super::Basis;
use crate::policy::{ClauseId, DocumentId, PolicyDocument};

/// A basis found in its document (已核对的依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedBasis {
    /// The document.
    pub document: DocumentId,
    /// The smallest clause that holds the whole quote.
    pub clause: ClauseId,
    /// First byte of the quote in the canonical text.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

/// Why a basis does not stand (依据不成立).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BasisFault {
    /// The document has no such clause.
    #[error("文件没有“{0}”这一条款；请核对条款名称")]
    ClauseMissing(String),
    /// The clause does not say so.
    #[error("“{clause}”中没有这句原文{}；请按现行文本改写依据", elsewhere.as_ref().map_or(String::new(), |place| format!("（它在“{place}”）")))]
    QuoteMissing {
        /// The clause named.
        clause: String,
        /// The clause that does hold the words.
        elsewhere: Option<String>,
    },
}

impl Basis {
    /// Finds the quote in the clause that the basis names.
    pub fn resolve(&self, document: &PolicyDocument) -> Result<ResolvedBasis, BasisFault> {
        let wanted = plain(&self.clause);
        let mut named = document.clauses().filter(|clause| plain(clause.label()) == wanted).peekable();
        if named.peek().is_none() {
            return Err(BasisFault::ClauseMissing(self.clause.clone()));
        }
        for clause in named {
            if let Some(at) = clause.text().find(&self.quote) {
                return Ok(self.at(document, clause.node().start + at));
            }
        }
        let elsewhere = document.text().find(&self.quote).and_then(|at| {
            let node = document.outline().deepest_at(at)?;
            document.clause_at(node).map(|clause| clause.label().to_owned())
        });
        Err(BasisFault::QuoteMissing { clause: self.clause.clone(), elsewhere })
    }

    fn at(&self, document: &PolicyDocument, start: usize) -> ResolvedBasis {
        let end = start + self.quote.len();
        let nodes = document.outline().nodes();
        let smallest = nodes.iter().rfind(|node| node.start <= start && end <= node.end);
        // The clause named holds the quote, so there is one.
        let clause = smallest.or(nodes.first()).map(|node| node.id.clone());
        let clause = clause.unwrap_or_else(|| ClauseId(String::new()));
        ResolvedBasis { document: self.document.clone(), clause, start, end }
    }
}

/// A label without brackets and white space.
fn plain(label: &str) -> String {
    label.chars().filter(|c| !c.is_whitespace() && !matches!(c, '（' | '）' | '(' | ')')).collect()
}
