//! The promises of 政答, each in a file of its own under `promises/`: data in, data out.
//!
//! 1. `architecture` — Arrows between rooms only run down; each outside library has one home; below the doors there is
//!    no clock and no environment; every file is short and every public thing is documented.
//! 2. `citation` — Every quote is the document's own bytes at its offsets, and a citation cannot be made otherwise.
//!    Flipping one byte of one source makes exactly the answers that rest on it fail `verify`.
//! 3. `validity` — Whether a document holds is computed for the day asked about, and no answer rests on one that does not.
//! 4. `outline` — Every numbering scheme is divided as people would; no character is lost; no text makes a parser fall.
//! 5. `abstention` — Every way an answer can end is reached, and none says another's words. What is not 主动公开 shows
//!    nowhere; a draft never governs.
//! 6. `import` — Importing twice changes nothing; a bad file is refused by name while the rest goes in.
//! 7. `judged` — Of the judged questions on the demonstration library at least so many are answered right.
//! 8. `api` — Over a socket, every promised key is there, and every error is a problem document.
//! 9. `commands` — Every command does what the README says, and fails with the right code and words.
//! 10. `index` — A damaged or foreign index is noticed and rebuilt; a changed document is taken up.
//! 11. `evaluation` — The figures of `evaluate` agree with other people's definitions.
//! 12. `real` — Real documents, where they are at hand: nothing unaccounted, and questions cite the right document.
//! 13. `browser` — A person asks, reads, clicks a citation and sees the clause; also without scripts.
//! 14. `start` — A cold start with an index that is there answers at once.
//! 15. `hostile` — Hostile files are refused by name, each with a reason, while the good ones among them go in.
//! 16. `formats` — Ten documents saved as HTML, DOCX, PDF, OFD and GB18030 text give the same clauses, ids and quotes.
//! 17. `fuzzing` — No input makes a reader or a parser panic, hang, grow or lose a character (targets: `fuzzed`).
//! 18. `web` — Pages come from other sites only when the operator names the host.
//! 19. `conversation` — A follow-up is understood from the question before; what was taken over is told, and can be
//!     taken back.
//! 20. `eligibility` — Every situation of `tests/eligibility` comes to what it says, and every condition shown verifies.
//! 21. `casework` — What people say about the answers is kept, nothing of them is; what was acknowledged is never lost.
//! 22. `widget` — One tag puts the questions on another site under its strict policy; nobody else frames us, nothing is
//!     left there.
//! 23. `markup` — Five hundred texts that are markup elsewhere are text with us: in questions, parameters, tickets and
//!     imported documents.
//! 24. `asking` — On the page a person asks, corrects, asks for another day, rates and hands on; also without scripts.
//! 25. `access` — Every page in every state is for everybody: axe-core, 320 pixels, 200 %, the dark, the focus.
//! 26. `console` — An agent works by keyboard alone, on one screen; without scripts the console is whole; internal notes
//!     are nowhere else.
//! 27. `matching` — A case is told, asked about and taken along; also without scripts; nothing of it stays with the server.
//!
//! Beside them: `house` (a small library in a temporary folder, and the program run in it), `demonstration` (the
//! library of `corpus/`, indexed once for all tests), `door` (a server of our own on a free port) and `browsing` (a
//! browser driven over WebDriver).
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking and speaks to its reader")]

mod promises {
    mod abstention;
    mod access;
    mod api;
    mod architecture;
    mod asking;
    mod browser;
    mod browsing;
    mod casework;
    mod citation;
    mod commands;
    mod console;
    mod conversation;
    mod demonstration;
    mod door;
    mod eligibility;
    mod evaluation;
    mod formats;
    mod fuzzed;
    mod fuzzing;
    mod hostile;
    mod house;
    mod import;
    mod index;
    mod judged;
    mod markup;
    mod matching;
    mod outline;
    mod reading;
    mod real;
    mod start;
    mod validity;
    mod web;
    mod widget;
}
