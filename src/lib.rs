//! 政答 zhengda: the desk that answers what a government's documents actually say, quoting a clause or abstaining.
//!
//! The rooms, each titled by the question it answers, from the ground up:
//!
//! | room | question |
//! |---|---|
//! | [`policy`] | What is a policy? Nouns only, no I/O |
//! | [`outline`] | How is a document's text divided? |

pub mod outline;
pub mod policy;
