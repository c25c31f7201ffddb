//! Promise 7: of the judged questions on the demonstration library at least so many are answered right.

use std::fs;

use serde_json::{Value, json};

use super::demonstration::{Demonstration, repository};
use super::house::TODAY;

/// Percent of each file's questions that must be answered right. Raise them when the answers get better.
const FLOORS: &[(&str, usize)] = &[("b1", 36), ("g1", 40), ("p1", 52), ("p2", 52)];

/// A judged question (判定问题) with what its answer must hold.
struct Judged {
    file: String,
    line: Value,
}

fn judged() -> Vec<Judged> {
    let folder = repository().join("tests/judged");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = Vec::new();
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "jsonl")) {
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        for line in fs::read_to_string(path).unwrap().lines().filter(|line| !line.trim().is_empty()) {
            all.push(Judged { file: file.clone(), line: serde_json::from_str(line).unwrap() });
        }
    }
    all
}

/// The judged questions, as `ask --batch` takes them.
pub(super) fn judged_questions() -> Vec<Value> {
    judged()
        .iter()
        .map(|Judged { line, .. }| {
            json!({"id": line["id"], "question": line["question"], "region": line["region"], "as_of": TODAY})
        })
        .collect()
}

/// Whether an answer ends as wanted and cites the document, whatever words it quotes.
fn is_near(wanted: &Value, answer: &Value) -> bool {
    let mut cited = answer["citations"].as_array().unwrap().iter().map(|cited| &cited["document"]["id"]);
    answer["status"] == wanted["status"] && (wanted["document"].is_null() || cited.any(|id| *id == wanted["document"]))
}

/// Whether an answer is right: the status, and a citation of the document that holds the words.
fn is_right(wanted: &Value, answer: &Value) -> bool {
    let quotes = answer["citations"].as_array().unwrap().iter();
    let mut of_document = quotes
        .filter(|cited| wanted["document"].is_null() || cited["document"]["id"] == wanted["document"])
        .map(|cited| cited["quote"].as_str().unwrap());
    let holds = match wanted["contains"].as_str() {
        Some(words) => of_document.any(|quote| quote.contains(words)),
        None => wanted["document"].is_null() || of_document.next().is_some(),
    };
    answer["status"] == wanted["status"] && holds
}

#[test]
fn so_many_judged_questions_are_answered_right() {
    let judged = judged();
    let answers = Demonstration::open().ask_all(&judged_questions());
    assert_eq!(answers.len(), judged.len());
    let mut below = Vec::new();
    let mut files: Vec<&str> = judged.iter().map(|one| one.file.as_str()).collect();
    files.dedup();
    for file in files {
        let pairs: Vec<(&Value, &Value)> = judged
            .iter()
            .zip(&answers)
            .filter(|(one, _)| one.file == file)
            .map(|(one, answer)| (&one.line, answer))
            .collect();
        let wrong: Vec<_> = pairs.iter().filter(|(wanted, answer)| !is_right(wanted, answer)).collect();
        let percent = (pairs.len() - wrong.len()) * 100 / pairs.len();
        let near = pairs.iter().filter(|(wanted, answer)| is_near(wanted, answer)).count();
        println!(
            "{file}: {} of {} right ({percent} %); {near} end as wanted and cite the document",
            pairs.len() - wrong.len(),
            pairs.len()
        );
        for (wanted, answer) in wrong {
            let cited: Vec<String> = answer["citations"]
                .as_array()
                .unwrap()
                .iter()
                .map(|cited| format!("{} {}", cited["document"]["id"], cited["clause"]["label"]))
                .collect();
            println!(
                "  {} {} — wanted {} {} {}, got {} {cited:?}",
                wanted["id"],
                wanted["question"],
                wanted["status"],
                wanted["document"],
                wanted["contains"],
                answer["status"]
            );
        }
        let floor = FLOORS.iter().find(|(name, _)| *name == file).unwrap_or_else(|| panic!("{file} has no floor")).1;
        if percent < floor {
            below.push(format!("{file}: {percent} % < {floor} %"));
        }
    }
    assert!(below.is_empty(), "{below:?}");
}

#[test]
fn every_answer_passes_verification() {
    let demonstration = Demonstration::open();
    let answers = demonstration.ask_all(&judged_questions());
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), super::house::lines(answers)).unwrap();
    let proof = demonstration.run(&["verify", file.path().to_str().unwrap()]);
    let counts: Value = serde_json::from_str(&proof.out).unwrap();
    assert_eq!((proof.code, counts["failed"].as_i64(), counts["skipped"].as_i64()), (0, Some(0), Some(0)), "{counts}");
    assert!(counts["verified"].as_u64().unwrap() as usize >= judged().len());
}

#[test]
fn what_the_judges_expect_stands_in_the_library() {
    for Judged { line, file } in judged() {
        if let (Some(document), Some(words)) = (line["document"].as_str(), line["contains"].as_str()) {
            let text = super::demonstration::text_of(&Demonstration::corpus(), document);
            assert!(text.contains(words), "{file} {}: “{words}” is not in {document}", line["id"]);
        }
        assert!(!line["question"].as_str().unwrap().is_empty());
    }
}
