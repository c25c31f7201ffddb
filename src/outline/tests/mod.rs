//! Tests of the room: nasty cases written for it, arbitrary texts, and the real documents beside the repository.
mod show;
