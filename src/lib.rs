//! 政答 zhengda: the desk that answers what a government's documents actually say, quoting a clause or abstaining.
//!
//! The rooms, each titled by the question it answers, from the ground up. Arrows only run down; which room may import
//! which is a test (`tests/promises/architecture.rs`).
//!
//! | room | question |
//! |---|---|
//! | [`policy`] | What is a policy? Nouns only, no I/O |
//! | [`analysis`] | How does Chinese text become terms? |
//! | [`contract`] | What have we promised outsiders? |
//! | [`outline`] | How is a document's text divided? |
//! | [`ingest`] | What does this file say? |
//! | [`corpus`] | Where is it kept? |
//! | [`web`] | What passes between us and other sites? |
//! | [`acquisition`] | How does a pile of files get in? |
//! | [`index`] | How is it stored for search? |
//! | [`query`] | What is being asked? |
//! | [`retrieval`] | Which clauses could answer it? |
//! | [`eligibility`] | Which programmes may this person or business claim, and what is missing? |
//! | [`ranking`] | Which answer it best, and why? |
//! | [`answer`] | What do we say, and on which clause does it rest? |
//! | [`consultation`] | The whole trip of a question |
//! | [`verification`] | Does the proof hold? By other code than what made the answer |
//! | [`inspection`] | What state is the library in? |
//! | [`export`] | In what shapes does the library leave the house? |
//! | [`evaluation`] | How good are the answers? |
//! | [`casework`] | What did people do with the answers? |
//! | [`http`] | Who may knock, and in what shape? |
//! | [`cli`] | What can an operator do? |
//!
//! The flow, from question to answer:
//!
//! ```text
//! Enquiry → query::understand → InformationNeed → retrieval → Candidates → ranking → Ranking
//!         → answer::select_evidence → Evidence | Abstention → answer::compose | abstain → Consultation
//! ```
//!
//! and its twin, from files to index: raw files → `ingest` → `corpus/` → `index::build` → `index/`.

/// A constant pattern, compiled at its first use; a wrong one fails in every test run.
macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($pattern).unwrap());
    };
}

/// Several of them.
macro_rules! patterns {
    ($($name:ident = $pattern:expr;)*) => { $( pattern!($name, $pattern); )* };
}

pub mod acquisition;
pub mod analysis;
pub mod answer;
pub mod casework;
pub mod cli;
pub mod consultation;
pub mod contract;
pub mod corpus;
pub mod eligibility;
pub mod evaluation;
pub mod export;
pub mod http;
pub mod index;
pub mod ingest;
pub mod inspection;
pub mod outline;
pub mod policy;
pub mod query;
pub mod ranking;
pub mod retrieval;
pub mod verification;
pub mod web;
