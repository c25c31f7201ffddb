//! Feedback (评价): whether an answer was of use, and why not.

use jiff::Timestamp;
use rusqlite::named_params;

use super::ledger::{CaseworkError, Ledger};
use super::words::Words;

/// How an answer was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rating {
    /// 有用.
    Useful,
    /// 没有用.
    Useless,
}

impl Rating {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Useful, Self::Useless];

    /// The name in JSON and in the ledger.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Useful => "useful",
            Self::Useless => "useless",
        }
    }
}

/// A rating of an answer, with what is needed to look at the answer again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// The question.
    pub question: Words,
    /// Region: a division code.
    pub region: Option<Words>,
    /// The day for which it was answered.
    pub as_of: Option<Words>,
    /// How the question had ended.
    pub status: Option<Words>,
    /// The rating.
    pub rating: Rating,
    /// Why.
    pub reason: Option<Words>,
    /// The clauses the answer rested on.
    pub citations: Vec<Words>,
    /// What else was said.
    pub comment: Option<Words>,
}

impl Ledger {
    /// Keeps a rating; when this returns, it is on the disk.
    pub fn keep_feedback(&self, feedback: &Feedback, at: Timestamp) -> Result<(), CaseworkError> {
        let citations: Vec<&str> = feedback.citations.iter().map(Words::as_str).collect();
        self.work(|connection| {
            connection.execute(
                "INSERT INTO feedback (at, question, region, as_of, status, rating, reason, citations, comment)
                 VALUES (:at, :question, :region, :as_of, :status, :rating, :reason, :citations, :comment)",
                named_params! {
                    ":at": at.to_string(),
                    ":question": feedback.question.as_str(),
                    ":region": feedback.region.as_ref().map(Words::as_str),
                    ":as_of": feedback.as_of.as_ref().map(Words::as_str),
                    ":status": feedback.status.as_ref().map(Words::as_str),
                    ":rating": feedback.rating.name(),
                    ":reason": feedback.reason.as_ref().map(Words::as_str),
                    ":citations": citations.join("\n"),
                    ":comment": feedback.comment.as_ref().map(Words::as_str),
                },
            )?;
            Ok(())
        })
    }
}
