//! The ledger, over files that are new, old, newer, somebody else's and not writable.

use std::fs;

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;

use super::*;

fn words(text: &str) -> Words {
    Words::parse(text, 300).unwrap()
}

fn ticket(question: &str) -> Ticket {
    Ticket {
        question: words(question),
        region: Some(words("990331")),
        as_of: None,
        department: words("丙田县民政局"),
        from: Some(words("page")),
    }
}

fn feedback() -> Feedback {
    Feedback {
        question: words("高龄津贴多少钱，我的号码13812345678"),
        region: None,
        as_of: Some(words("2026-11-21")),
        status: Some(words("answered")),
        rating: Rating::Useless,
        reason: Some(words("看不懂")),
        citations: vec![words("bt-2023#art-3"), words("bt-2023#art-4")],
        comment: None,
    }
}

#[test]
fn what_is_kept_is_there_after_opening_again() {
    let folder = TempDir::new().unwrap();
    let at: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
    let var = folder.path().join("var");
    assert!(matches!(Ledger::existing(&var), Err(CaseworkError::Missing(_))));
    let receipt = {
        let ledger = Ledger::at(&var);
        ledger.keep_feedback(&feedback(), at).unwrap();
        ledger.keep_ticket(&ticket("电梯坏了谁修"), at).unwrap()
    };
    let ledger = Ledger::existing(&var).unwrap();
    assert_eq!(ledger.receipt(&receipt.code).unwrap(), Some(receipt.clone()));
    assert_eq!(ledger.receipt(&Code::random().unwrap()).unwrap(), None);
    let entries = ledger.entries().unwrap();
    assert_eq!(entries.len(), 2);
    assert!(!entries[0].question.contains("13812345678"), "{:?}", entries[0]);
    assert_eq!(entries[0].citations, ["bt-2023#art-3", "bt-2023#art-4"]);
    assert_eq!((entries[1].kind.as_str(), entries[1].state.as_deref()), ("ticket", Some("received")));
    assert_eq!(Entry::COLUMNS.len(), entries[1].cells().len());
    let bytes = fs::read(var.join("zhengda.sqlite")).unwrap();
    assert!(!bytes.windows(11).any(|window| window == b"13812345678"), "a number is in the file");
}

#[test]
fn a_newer_or_a_foreign_file_is_refused_and_stays_as_it_is() {
    let folder = TempDir::new().unwrap();
    let ledger = Ledger::at(folder.path());
    ledger.entries().unwrap();
    let path = folder.path().join("zhengda.sqlite");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Ledger::at(folder.path()).entries(), Err(CaseworkError::Newer(_))));
    let other = TempDir::new().unwrap();
    Connection::open(other.path().join("zhengda.sqlite")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Ledger::at(other.path()).entries(), Err(CaseworkError::Foreign(_))));
    fs::write(folder.path().join("file"), "").unwrap();
    let nowhere = Ledger::at(&folder.path().join("file"));
    let error = nowhere.keep_ticket(&ticket("问"), Timestamp::UNIX_EPOCH).unwrap_err().to_string();
    assert!(error.contains("--var"), "{error}");
    fs::write(path, "not a database, but a text of some length that nobody can open").unwrap();
    assert!(matches!(Ledger::at(folder.path()).entries(), Err(CaseworkError::Database { .. })));
}
