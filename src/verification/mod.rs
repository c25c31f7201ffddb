//! Does the proof hold? Reads the sources again, by other code than what made the answer.
//!
//! Nothing here uses the index, the outline or the flow: only an answer's JSON and the plain files of the corpus.

mod ending;
mod matching;
mod particulars;
mod source;

use crate::answer::FIXED_PHRASES;
use crate::contract::{
    AnswerJson, CitationJson, CitedClauseJson, CitedDocumentJson, ComparedJson, FailureJson, ProofJson, Status,
    ValueJson,
};
use crate::policy::sha256_hex;

pub use ending::Ending;
pub use matching::verify_match;
pub use source::{SourceFolder, SourceRecord};

/// A quote with everything that an answer says about where it stands.
struct Claim<'a> {
    document: &'a CitedDocumentJson,
    clause: &'a CitedClauseJson,
    quote: &'a str,
    start: usize,
    end: usize,
    text_sha256: &'a str,
}

impl<'a> Claim<'a> {
    fn of(citation: &'a CitationJson) -> Self {
        Self {
            document: &citation.document,
            clause: &citation.clause,
            quote: &citation.quote,
            start: citation.start,
            end: citation.end,
            text_sha256: &citation.text_sha256,
        }
    }
}

/// Checks every citation, statement and interpretation of an answer against the sources.
#[must_use]
pub fn verify(answer: &AnswerJson, source: &dyn Fn(&str) -> Option<SourceRecord>) -> ProofJson {
    let mut proof = ProofJson::default();
    for citation in &answer.citations {
        let claim = Claim::of(citation);
        let governs = matches!(answer.status, Status::Answered | Status::Partial | Status::Emergency);
        let held = check_claim(&claim, source);
        let held = held.and_then(|record| check_standing(&answer.as_of, governs, &claim, &record));
        count(&mut proof, format!("citation {}", citation.number), held);
    }
    for index in 0..answer.answer.len() {
        count(&mut proof, format!("statement {}", index + 1), check_statement(answer, index));
    }
    for (index, explained) in answer.interpretations.iter().enumerate() {
        let claim = Claim {
            document: &explained.document,
            clause: &explained.clause,
            quote: &explained.quote,
            start: explained.start,
            end: explained.end,
            text_sha256: &explained.text_sha256,
        };
        count(&mut proof, format!("interpretation {}", index + 1), check_claim(&claim, source).map(|_| ()));
    }
    for (index, value) in answer.values.iter().enumerate() {
        count(&mut proof, format!("value {}", index + 1), check_value(answer, value));
    }
    for (index, row) in answer.comparison.iter().enumerate() {
        count(&mut proof, format!("comparison {}", index + 1), check_compared(answer, row));
    }
    count(&mut proof, "status".to_owned(), check_status(answer));
    count(&mut proof, "message".to_owned(), particulars::check_message(answer));
    proof
}

fn count(proof: &mut ProofJson, subject: String, held: Result<(), String>) {
    match held {
        Ok(()) => proof.verified += 1,
        Err(why) => {
            proof.failed += 1;
            proof.failures.push(FailureJson { subject, why });
        }
    }
}

/// The quote is the document's own bytes at the stated place of the stated text.
fn check_claim(claim: &Claim<'_>, source: &dyn Fn(&str) -> Option<SourceRecord>) -> Result<SourceRecord, String> {
    let id = &claim.document.id;
    let record = source(id).ok_or_else(|| format!("来源中没有文件 {id}"))?;
    let digest = sha256_hex(record.text.as_bytes());
    if digest != claim.text_sha256 {
        return Err(format!("文件 {id} 的正文与引用时不同（SHA-256 {digest}）"));
    }
    match record.text.get(claim.start..claim.end) {
        Some(words) if words == claim.quote => {}
        Some(_) => return Err(format!("文件 {id} 第 {}–{} 字节的文字与引文不同", claim.start, claim.end)),
        None => return Err(format!("文件 {id} 没有第 {}–{} 字节", claim.start, claim.end)),
    }
    if record.title != claim.document.title {
        return Err(format!("文件 {id} 的标题是“{}”，不是“{}”", record.title, claim.document.title));
    }
    if !record.public {
        return Err(format!("文件 {id} 不是主动公开文件"));
    }
    check_path(claim, &record)?;
    particulars::check_letterhead(claim.document, &record)?;
    particulars::check_label(claim.document, claim.clause, record.text.get(..claim.end).unwrap_or_default())?;
    Ok(record)
}

/// The headings named lead to the quote: each stands in the text at or before it, in this order.
fn check_path(claim: &Claim<'_>, record: &SourceRecord) -> Result<(), String> {
    let mut from = 0;
    for step in claim.clause.path.iter().filter(|step| **step != claim.clause.label) {
        // A heading may reach beyond the quote: an item whose whole sentence is its heading is quoted in part.
        let found = record.text[from..].find(step.as_str()).filter(|at| from + at < claim.end);
        match found {
            Some(at) => from += at,
            // A step without a heading of its own is a label (第十二条第二款): its words need not stand in the text.
            None if claim.clause.label.starts_with(step.as_str()) || particulars::is_label(step) => {}
            None => return Err(format!("文件 {} 在引文之前没有标题“{step}”", claim.document.id)),
        }
    }
    Ok(())
}

/// What an answer says of a document's standing agrees with the source, and an answer rests on nothing lapsed.
fn check_standing(as_of: &str, governs: bool, claim: &Claim<'_>, record: &SourceRecord) -> Result<(), String> {
    let said = (claim.document.effective.as_deref(), claim.document.expires.as_deref());
    let stands = (record.effective.as_deref(), record.expires.as_deref());
    if said != stands {
        return Err(format!("文件 {} 的施行日期或有效期与来源不同", claim.document.id));
    }
    // ISO dates compare as text.
    let expired = record.expires.as_deref().is_some_and(|day| day < as_of);
    let early = record.effective.as_deref().is_some_and(|day| day > as_of);
    let lapsed = expired || early || !matches!(claim.document.validity.as_str(), "in_force" | "unknown");
    if governs && lapsed {
        return Err(format!("文件 {} 在 {} 不具效力，不能作为依据", claim.document.id, as_of));
    }
    let ended = record.ended_by.iter().find(|ending| ending.from.as_deref().is_none_or(|from| from <= as_of));
    if let Some(ending) = ended.filter(|_| governs) {
        let from = ending.from.as_deref().map_or(String::new(), |from| format!("自{from}起"));
        return Err(format!("来源中《{}》{from}废止或替代了文件 {}，不能作为依据", ending.by, claim.document.id));
    }
    Ok(())
}

/// A statement is made of its citations' quotes, or is a fixed phrase.
fn check_statement(answer: &AnswerJson, index: usize) -> Result<(), String> {
    let statement = &answer.answer[index];
    if statement.citations.is_empty() {
        let fixed = FIXED_PHRASES.contains(&statement.text.as_str());
        return if fixed { Ok(()) } else { Err("既没有引用，也不是固定用语".to_owned()) };
    }
    let mut rest = statement.text.trim();
    for number in &statement.citations {
        let citation = answer.citations.iter().find(|citation| citation.number == *number);
        let quote = citation.map(|citation| citation.quote.trim()).ok_or_else(|| format!("没有第 {number} 号引用"))?;
        rest = rest.strip_prefix(quote).ok_or_else(|| format!("不是第 {number} 号引用的原文"))?.trim_start();
    }
    if rest.is_empty() { Ok(()) } else { Err("含有引文以外的文字".to_owned()) }
}

/// A value is the words of its citation's quote, at the bytes it names.
fn check_value(answer: &AnswerJson, value: &ValueJson) -> Result<(), String> {
    let number = value.citation;
    let cited = answer.citations.iter().find(|citation| citation.number == number);
    let cited = cited.ok_or_else(|| format!("没有第 {number} 号引用"))?;
    let place = value.start.checked_sub(cited.start).zip(value.end.checked_sub(cited.start));
    match place.and_then(|(start, end)| cited.quote.get(start..end)) {
        Some(words) if words == value.text => particulars::check_number(value, &cited.quote),
        _ => Err(format!("“{}”不在第 {number} 号引用的第 {}–{} 字节", value.text, value.start, value.end)),
    }
}

/// A document set beside others is cited, under the title and the day of issue that its citations give.
fn check_compared(answer: &AnswerJson, row: &ComparedJson) -> Result<(), String> {
    for number in &row.citations {
        let cited = answer.citations.iter().find(|citation| citation.number == *number);
        let document = &cited.ok_or_else(|| format!("没有第 {number} 号引用"))?.document;
        if (&document.id, &document.title, &document.issued) != (&row.document, &row.title, &row.issued) {
            return Err(format!("对照的文件 {} 与第 {number} 号引用的文件不同", row.document));
        }
    }
    let newer = |other: &ComparedJson| other.issued > row.issued;
    if row.newest && answer.comparison.iter().any(newer) {
        return Err(format!("文件 {} 不是所列文件中最新发布的", row.document));
    }
    if row.citations.is_empty() { Err(format!("对照的文件 {} 没有引用", row.document)) } else { Ok(()) }
}

/// A status that answers has a statement with a citation; one that does not has none.
fn check_status(answer: &AnswerJson) -> Result<(), String> {
    let cites = answer.answer.iter().any(|statement| !statement.citations.is_empty());
    match answer.status {
        Status::Answered | Status::Partial | Status::ElsewhereOnly | Status::LapsedOnly if !cites => {
            Err(format!("状态为{}，却没有引用", answer.status.label()))
        }
        // After the numbers to call, what can be answered of a mixed question may stand.
        Status::NotFound | Status::Refused | Status::NeedsFact | Status::Unavailable if cites => {
            Err(format!("状态为{}，却有引用", answer.status.label()))
        }
        _ => Ok(()),
    }
}
