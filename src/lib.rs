//! 政答 zhengda: the desk that answers what a government's documents actually say, quoting a clause or abstaining.
//!
//! The rooms, each titled by the question it answers, from the ground up:
//!
//! | room | question |
//! |---|---|
//! | [`policy`] | What is a policy? Nouns only, no I/O |
//! | [`contract`] | What have we promised outsiders? |

pub mod answer;
pub mod consultation;
pub mod contract;
pub mod evaluation;
pub mod policy;
pub mod query;
pub mod ranking;
pub mod retrieval;
pub mod verification;
