//! The door (门): sockets, connections and their deadlines. It knows nothing of what is asked.

mod admission;
mod connection;
mod listener;
mod pulse;

pub(super) use admission::Admission;
pub(super) use connection::{Client, serve_connections};
pub use listener::Listener;
