//! The result of checking an answer's proof.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many statements and citations hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct ProofJson {
    /// Checks that held.
    pub verified: u32,
    /// Checks that failed.
    pub failed: u32,
    /// Checks left out; always 0.
    pub skipped: u32,
    /// What failed, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<FailureJson>,
}

/// One check that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FailureJson {
    /// What was checked: `citation 1`, `statement 2`.
    pub subject: String,
    /// Why it does not hold, in Chinese.
    pub why: String,
}
