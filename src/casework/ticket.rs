//! A ticket (转办): an open question handed to the responsible department.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, named_params};

use super::code::Code;
use super::ledger::{CaseworkError, Ledger};
use super::words::Words;

/// A question that was not answered, and who gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The question.
    pub question: Words,
    /// Region: a division code.
    pub region: Option<Words>,
    /// The day for which it was asked.
    pub as_of: Option<Words>,
    /// Who gets it.
    pub department: Words,
    /// Where it was handed on: a page, a widget, a program.
    pub from: Option<Words>,
}

/// What somebody who holds the code is told: never the question, which may be another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The code.
    pub code: Code,
    /// When it was received.
    pub at: Timestamp,
    /// Who has it.
    pub department: String,
    /// What became of it; so far `received`, more with the departments' own desks.
    pub state: String,
}

impl Ledger {
    /// Hands a question on; when this returns, it is on the disk.
    pub fn keep_ticket(&self, ticket: &Ticket, at: Timestamp) -> Result<Receipt, CaseworkError> {
        let code = Code::random().ok_or(CaseworkError::Randomness)?;
        self.work(|connection| {
            connection.execute(
                "INSERT INTO ticket (code, at, question, region, as_of, department, origin)
                 VALUES (:code, :at, :question, :region, :as_of, :department, :origin)",
                named_params! {
                    ":code": code.bare(),
                    ":at": at.to_string(),
                    ":question": ticket.question.as_str(),
                    ":region": ticket.region.as_ref().map(Words::as_str),
                    ":as_of": ticket.as_of.as_ref().map(Words::as_str),
                    ":department": ticket.department.as_str(),
                    ":origin": ticket.from.as_ref().map(Words::as_str),
                },
            )?;
            Ok(())
        })?;
        let department = ticket.department.as_str().to_owned();
        Ok(Receipt { code, at, department, state: "received".to_owned() })
    }

    /// What became of the ticket with this code.
    pub fn receipt(&self, code: &Code) -> Result<Option<Receipt>, CaseworkError> {
        let found = self.work(|connection| {
            let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?));
            let query = "SELECT at, department, state FROM ticket WHERE code = ?1";
            connection.query_row(query, [code.bare()], row).optional()
        })?;
        Ok(found.map(|(at, department, state)| Receipt {
            code: code.clone(),
            at: at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
            department,
            state,
        }))
    }
}
