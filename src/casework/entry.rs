//! An entry (台账条目): a rating or a ticket as it leaves the ledger for those who act on it.

use rusqlite::{Connection, Row};
use serde::Serialize;

use super::ledger::{CaseworkError, Ledger};

/// A rating or a ticket; what does not belong to its kind is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// `feedback` or `ticket`.
    pub kind: String,
    /// The code of a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When it was received.
    pub at: String,
    /// The question, personal numbers masked.
    pub question: String,
    /// Region.
    pub region: Option<String>,
    /// The day for which it was asked.
    pub as_of: Option<String>,
    /// Who has a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// What became of a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Where a ticket was handed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// How the rated question had ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The clauses the rated answer rested on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<String>,
    /// What else was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl Entry {
    /// The columns of a table of entries.
    pub const COLUMNS: [&'static str; 14] = [
        "kind",
        "code",
        "at",
        "question",
        "region",
        "as_of",
        "department",
        "state",
        "from",
        "status",
        "rating",
        "reason",
        "citations",
        "comment",
    ];

    /// The cells of its row, one for each column.
    #[must_use]
    pub fn cells(&self) -> [String; 14] {
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        [
            self.kind.clone(),
            or_empty(&self.code),
            self.at.clone(),
            self.question.clone(),
            or_empty(&self.region),
            or_empty(&self.as_of),
            or_empty(&self.department),
            or_empty(&self.state),
            or_empty(&self.from),
            or_empty(&self.status),
            or_empty(&self.rating),
            or_empty(&self.reason),
            self.citations.join(" "),
            or_empty(&self.comment),
        ]
    }
}

impl Ledger {
    /// Everything in the ledger, ratings before tickets, the oldest first.
    pub fn entries(&self) -> Result<Vec<Entry>, CaseworkError> {
        self.work(|connection| {
            let mut all = read(connection, FEEDBACK, feedback)?;
            all.extend(read(connection, TICKETS, ticket)?);
            Ok(all)
        })
    }
}

const FEEDBACK: &str = "SELECT at, question, region, as_of, status, rating, reason, citations, comment
     FROM feedback ORDER BY id";
const TICKETS: &str = "SELECT at, question, region, as_of, department, code, state, origin FROM ticket ORDER BY id";

fn read(
    connection: &Connection,
    query: &str,
    entry: impl Fn(&Row<'_>) -> rusqlite::Result<Entry>,
) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = connection.prepare(query)?;
    let rows = statement.query_map([], |row| entry(row))?;
    rows.collect()
}

/// What both kinds have.
fn common(kind: &str, row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        kind: kind.to_owned(),
        at: row.get("at")?,
        question: row.get("question")?,
        region: row.get("region")?,
        as_of: row.get("as_of")?,
        ..Entry::default()
    })
}

fn feedback(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let citations: String = row.get("citations")?;
    Ok(Entry {
        status: row.get("status")?,
        rating: row.get("rating")?,
        reason: row.get("reason")?,
        citations: citations.lines().map(str::to_owned).collect(),
        comment: row.get("comment")?,
        ..common("feedback", row)?
    })
}

fn ticket(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        code: row.get("code")?,
        department: row.get("department")?,
        state: row.get("state")?,
        from: row.get("origin")?,
        ..common("ticket", row)?
    })
}
