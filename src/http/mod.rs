//! Who may knock, and in what shape?
//!
//! The doors to the world: a socket with deadlines and limits (`door`), the interface for programs (`api`), the pages
//! for people (`pages`). A request comes in as text, is checked once, and leaves as a `consultation` call on a core of
//! its own; what comes back is a shape promised in [`crate::contract`] or a page made of it.
//!
//! Only this room and `cli` know the clock, `tokio` and `axum`. What is absent: a question in a log line, in a metric
//! or in an address that a page of ours makes with scripts (without them, `/?q=` has to); a script or a style from anywhere else; work on
//! the threads that hold the connections.

mod api;
mod asked;
mod assets;
mod catalogue;
mod clock;
mod completing;
mod door;
mod embedding;
mod frame;
mod gazettes;
mod guarding;
mod handing;
mod inspecting;
mod limits;
mod measures;
mod pace;
mod pages;
mod posted;
mod problem;
mod reception;
mod router;
mod server;
#[cfg(test)]
mod tests;
mod theme;
mod workers;

pub use door::Listener;
pub use embedding::{EmbedError, EmbedHosts};
pub use limits::Limits;
pub use server::{ServeError, ServeOptions, serve, serve_on, serve_until_signal};
