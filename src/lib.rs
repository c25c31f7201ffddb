//! 政答 zhengda: the desk that answers what a government's documents actually say, quoting a clause or abstaining.
//!
//! The rooms, each titled by the question it answers, from the ground up:
//!
//! | room | question |
//! |---|---|
//! | [`policy`] | What is a policy? Nouns only, no I/O |
//! | [`analysis`] | How does Chinese text become terms? |
//! | [`index`] | How is it stored for search? |

pub mod analysis;
pub mod index;
pub mod policy;
