//! The schema (表结构) of the ledger: made step by step, so that an older file is taken along and a newer one is refused.

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// “zdcw”: by this SQLite files of ours are known.
pub(super) const APPLICATION: i32 = 0x7a64_6377;

/// The steps from an empty file to the present schema. A step that was published is never changed: add another.
const STEPS: &[&str] = &["
    CREATE TABLE feedback (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        question TEXT NOT NULL,
        region TEXT,
        as_of TEXT,
        status TEXT,
        rating TEXT NOT NULL CHECK (rating IN ('useful', 'useless')),
        reason TEXT,
        citations TEXT NOT NULL,
        comment TEXT
    ) STRICT;
    CREATE TABLE ticket (
        id INTEGER PRIMARY KEY,
        code TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        question TEXT NOT NULL,
        region TEXT,
        as_of TEXT,
        department TEXT NOT NULL,
        origin TEXT,
        state TEXT NOT NULL DEFAULT 'received'
    ) STRICT;
"];

/// What a file turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It has the present schema.
    Ready,
    /// A newer program wrote it.
    Newer,
    /// It is a SQLite file of somebody else.
    Foreign,
}

/// Brings a file to the present schema, in one transaction.
pub(super) fn bring_up(connection: &mut Connection) -> rusqlite::Result<Found> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    let number = |name: &str| transaction.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (application != 0 || tables > 0) {
        return Ok(Found::Foreign);
    }
    let done = usize::try_from(version).unwrap_or(usize::MAX);
    let Some(ahead) = STEPS.get(done..) else { return Ok(Found::Newer) };
    for step in ahead {
        transaction.execute_batch(step)?;
    }
    if !ahead.is_empty() {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", i32::try_from(STEPS.len()).unwrap_or(i32::MAX))?;
    }
    transaction.commit()?;
    Ok(Found::Ready)
}
