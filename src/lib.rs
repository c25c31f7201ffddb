//! 政答 zhengda: the desk that answers what a government's documents actually say, quoting a clause or abstaining.
//!
//! The rooms, each titled by the question it answers, from the ground up:
//!
//! | room | question |
//! |---|---|
//! | [`policy`] | What is a policy? Nouns only, no I/O |
//! | [`outline`] | Which stretch of a text is which clause? |
//! | [`corpus`] | Where is it kept? |
//! | [`ingest`] | What does this file say? |
//! | [`acquisition`] | How does a pile of files get in? |

pub mod acquisition;
pub mod corpus;
pub mod ingest;
pub mod outline;
pub mod policy;
