//! Preparing (整理): from what a source says to a document ready to be kept, with every character accounted for.

use super::enrich::enrich;
use super::{RawDocument, Refusal, count_characters};
use crate::corpus::{Incoming, identity};
use crate::outline::{self, Reflowed};
use crate::policy::{DocumentId, DocumentIdError, Gazetteer, Metadata, Noise, Outline};

/// Where the characters of a source went (字数账).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Account {
    /// Characters of the source other than white space.
    pub characters_in: usize,
    /// Characters put in by the reader: bars of tables, a heading set before the text a second time.
    pub added: usize,
    /// Characters in clauses.
    pub in_clauses: usize,
    /// Characters in declared noise.
    pub in_noise: usize,
    /// Characters that are neither; must be 0.
    pub unaccounted: usize,
}

impl std::ops::AddAssign for Account {
    fn add_assign(&mut self, other: Self) {
        self.characters_in += other.characters_in;
        self.added += other.added;
        self.in_clauses += other.in_clauses;
        self.in_noise += other.in_noise;
        self.unaccounted += other.unaccounted;
    }
}

/// A document ready to be kept, with its account.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// The document.
    pub incoming: Incoming,
    /// Its clause structure, which fits the text.
    pub outline: Outline,
    /// Where its characters went.
    pub account: Account,
}

/// Joins lines, finds letterhead and outline, and adds what can be inferred.
pub fn prepare(raw: RawDocument, gazetteer: &Gazetteer) -> Result<Prepared, Refusal> {
    let refuse = |reason: String| Refusal { name: raw.name.clone(), reason };
    let (text, noise, lost) = canonical(&raw);
    if text.trim().is_empty() {
        return Err(refuse("没有文字".to_owned()));
    }
    let (meta, states_id) = metadata(&raw, &text, gazetteer).map_err(|error| refuse(error.to_string()))?;
    let outline = outline::outline(&text);
    outline.check(&text).map_err(|error| refuse(format!("条款结构与正文不符：{error}；请把该文件报告给维护者")))?;
    let account = account(&raw, &text, &noise, &outline, lost);
    let incoming = Incoming { meta, states_id, text, noise, original: raw.original };
    Ok(Prepared { incoming, outline, account })
}

/// What is known of the document, and whether the source itself states its id. A document that this library exported
/// comes back as it was.
fn metadata(raw: &RawDocument, text: &str, gazetteer: &Gazetteer) -> Result<(Metadata, bool), DocumentIdError> {
    if let Some(meta) = &raw.exported {
        return Ok((Metadata::clone(meta), true));
    }
    let letterhead = outline::letterhead(text);
    let placeholder = DocumentId::parse("unnamed")?;
    let mut meta = enrich(raw, text, &letterhead, gazetteer, placeholder);
    let stated_id = raw.stated.document_id();
    let states_id = stated_id.is_some();
    meta.id = match stated_id {
        Some(id) => id,
        None => DocumentId::parse(&identity(&meta))?,
    };
    Ok((meta, states_id))
}

/// The canonical text, the declared noise, and the characters lost between.
fn canonical(raw: &RawDocument) -> (String, Vec<Noise>, usize) {
    let mut noise = raw.noise.clone();
    if raw.canonical {
        return (raw.text.clone(), noise, 0);
    }
    let Reflowed { text, noise: dropped } = outline::reflow(&raw.text);
    let reflowed = Reflowed { text, noise: dropped };
    let lost = outline::unaccounted(&raw.text, &reflowed);
    noise.extend(reflowed.noise);
    // The heading goes before the reflowed text: it ends without a stop and would be joined to the first line.
    let text = match &raw.heading {
        Some(heading) => format!("{}\n\n{}", heading.split_whitespace().collect::<Vec<_>>().join(" "), reflowed.text),
        None => reflowed.text,
    };
    (text, noise, lost)
}

fn account(raw: &RawDocument, text: &str, noise: &[Noise], outline: &Outline, lost: usize) -> Account {
    let tops = outline.nodes().iter().filter(|node| node.parent.is_none());
    let in_clauses = tops.map(|node| count_characters(&text[node.start..node.end])).sum();
    let in_noise = noise.iter().map(|noise| count_characters(&noise.text)).sum();
    let whole = raw.characters + raw.added;
    Account {
        characters_in: raw.characters,
        added: raw.added,
        in_clauses,
        in_noise,
        unaccounted: lost.max(whole.abs_diff(in_clauses + in_noise)),
    }
}

impl Account {
    /// What was added to the account since an earlier state of it.
    #[must_use]
    pub fn since(self, before: Self) -> Self {
        Self {
            characters_in: self.characters_in - before.characters_in,
            added: self.added - before.added,
            in_clauses: self.in_clauses - before.in_clauses,
            in_noise: self.in_noise - before.in_noise,
            unaccounted: self.unaccounted - before.unaccounted,
        }
    }
}
