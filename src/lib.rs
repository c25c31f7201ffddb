//! 政答 zhengda: the desk that answers what a government's documents actually say, quoting a clause or abstaining.
//!
//! The rooms, each titled by the question it answers, from the ground up:
//!
//! | room | question |
//! |---|---|
//! | [`policy`] | What is a policy? Nouns only, no I/O |
//! | [`analysis`] | How does Chinese text become terms? |
//! | [`contract`] | What have we promised outsiders? |
//! | [`index`] | How is it stored for search? |
//! | [`http`] | Who may knock, and in what shape? |

pub mod analysis;
pub mod answer;
pub mod consultation;
pub mod contract;
pub mod evaluation;
pub mod http;
pub mod index;
pub mod policy;
pub mod query;
pub mod ranking;
pub mod retrieval;
pub mod verification;
