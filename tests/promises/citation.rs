//! Promise 2: every quote is the document's own bytes, and nothing else can be cited.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use zhengda::policy::{Disclosure, DocumentId, DocumentKind, Metadata, PolicyDocument, sha256_hex};

use super::demonstration::{Demonstration, repository, text_of};
use super::house::{House, TODAY};
use super::judged::judged_questions;

/// Everything in an answer that claims to be a document's own words.
fn claims(answer: &Value) -> Vec<&Value> {
    let list = |key: &str| answer[key].as_array().unwrap().iter().collect::<Vec<_>>();
    [list("citations"), list("interpretations")].concat()
}

fn number(value: &Value, key: &str) -> usize {
    usize::try_from(value[key].as_u64().unwrap()).unwrap()
}

/// Checks an answer's claims by reading the files of a corpus; tells how many there were.
pub(super) fn assert_quotes_stand(corpus: &Path, answer: &Value) -> usize {
    for claim in claims(answer) {
        let text = text_of(corpus, claim["document"]["id"].as_str().unwrap());
        let words = text.get(number(claim, "start")..number(claim, "end"));
        assert_eq!(words, claim["quote"].as_str(), "{claim}");
        assert_eq!(sha256_hex(text.as_bytes()), claim["text_sha256"].as_str().unwrap());
    }
    claims(answer).len()
}

/// Whether every sentence is a quote of its citations or, without any, a phrase that no document could have said.
fn assert_statements_are_quotes(answer: &Value) {
    for statement in answer["answer"].as_array().unwrap() {
        let text = statement["text"].as_str().unwrap();
        let numbers = statement["citations"].as_array().unwrap();
        let quotes: Vec<&str> = numbers
            .iter()
            .map(|number| {
                let cited = answer["citations"].as_array().unwrap().iter().find(|cited| &cited["number"] == number);
                cited.unwrap_or_else(|| panic!("no citation {number}"))["quote"].as_str().unwrap()
            })
            .collect();
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        if numbers.is_empty() {
            assert!(zhengda::answer::FIXED_PHRASES.contains(&text), "neither quote nor fixed phrase: {text}");
        } else {
            assert_eq!(squeeze(text), squeeze(&quotes.concat()));
        }
    }
}

#[test]
fn every_quote_of_the_demonstration_stands_where_it_says() {
    let demonstration = Demonstration::open();
    let answers = demonstration.ask_all(&judged_questions());
    let mut checked = 0;
    for answer in &answers {
        checked += assert_quotes_stand(&Demonstration::corpus(), answer);
        assert_statements_are_quotes(answer);
        let answers = matches!(answer["status"].as_str().unwrap(), "answered" | "partial");
        assert!(
            !answers || !answer["citations"].as_array().unwrap().is_empty(),
            "an answer without citation: {answer}"
        );
    }
    assert!(checked > answers.len() / 5, "{checked} quotes in {} answers", answers.len());
}

#[test]
fn a_number_that_no_clause_holds_is_never_affirmed() {
    let ask = |question: &str| json!({"id": question, "question": question, "region": "990121", "as_of": TODAY});
    let questions =
        [ask("青禾县高龄津贴每月500对吧"), ask("青禾县高龄津贴每人每月100元对吧"), ask("我爷爷84了高龄津贴能领吧")];
    let answers = Demonstration::open().ask_all(&questions);
    let ours = |answer: &Value| answer["answer"][0]["citations"].as_array().unwrap().is_empty();
    assert_eq!(answers.iter().map(ours).collect::<Vec<_>>(), [true, false, false], "{answers:?}");
    for value in answers.iter().flat_map(|answer| answer["values"].as_array().cloned().unwrap_or_default()) {
        let answer = answers.iter().flat_map(|answer| answer["citations"].as_array().unwrap());
        assert!(
            answer.into_iter().any(|cited| cited["quote"].as_str().unwrap().contains(value["text"].as_str().unwrap()))
        );
    }
    let amounts = answers[0]["values"].as_array().unwrap().iter().filter(|value| value["kind"] == "amount");
    assert!(amounts.into_iter().any(|value| value["value"] == 100 && value["unit"] == "元"), "{}", answers[0]);
}

fn document(text: &str) -> PolicyDocument {
    let mut meta = Metadata::new(DocumentId::parse("d").unwrap(), "题", DocumentKind::Normative);
    meta.disclosure = Disclosure::Proactive;
    PolicyDocument::new(meta, text.into(), zhengda::outline::outline(text)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn a_citation_is_a_range_of_its_clause_or_does_not_exist(
        text in "(第[一二三]条|（[一二]）|1\\.|，|。|\n|　|甲乙|金额100元|\\PC){1,60}",
        clause in 0_usize..40,
        start in 0_usize..300,
        length in 0_usize..120,
    ) {
        let document = document(&text);
        let Some(clause) = document.clause_at(clause) else { return Ok(()) };
        let range = start..start + length;
        match clause.cite(range.clone()) {
            Ok(citation) => {
                prop_assert_eq!(Some(citation.quote()), text.get(range.clone()));
                prop_assert_eq!(citation.range(), range);
                prop_assert!(clause.text().contains(citation.quote()));
                prop_assert_eq!(citation.text_sha256(), sha256_hex(text.as_bytes()));
            }
            Err(_) => {
                let inside = clause.node().start <= range.start && range.end <= clause.node().end;
                prop_assert!(!inside || text.get(range).is_none_or(|words| words.trim().is_empty()));
            }
        }
    }
}

#[test]
fn a_citation_cannot_be_written_by_hand() {
    let source = fs::read_to_string(repository().join("src/policy/citation.rs")).unwrap();
    let (before, after) = source.split_once("pub struct Citation {").unwrap();
    let fields = after.split_once('}').unwrap().0;
    assert!(!fields.contains("pub"), "a public field lets anyone write a quote");
    let derives = before.rsplit_once("#[derive(").unwrap().1;
    assert!(!derives.contains("Deserialize") && !derives.contains("Default"), "a citation comes from a clause only");
    for entry in walkdir::WalkDir::new(repository().join("src")).into_iter().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|ending| ending == "rs") {
            let made = fs::read_to_string(entry.path()).unwrap().matches("Citation {").count();
            let own = entry.path().ends_with("policy/citation.rs");
            let known = ["impl Citation {", "struct Citation {", "FaqCitation {"];
            let names: usize = fs::read_to_string(entry.path())
                .unwrap()
                .lines()
                .filter(|line| known.iter().any(|word| line.contains(word)))
                .count();
            assert!(made - names <= usize::from(own), "{} makes a citation of its own", entry.path().display());
        }
    }
}

/// Questions whose answers rest on different documents.
const QUESTIONS: [(&str, &str); 6] = [
    ("高龄津贴每人每月多少钱", "990331"),
    ("申领高龄津贴要带什么", "990331"),
    ("生育三孩一次性发放多少生育补贴", "990331"),
    ("生育三孩一次性发放多少生育补贴", "990332"),
    ("加装电梯每台补助多少", "990332"),
    ("稻谷价差补贴标准每公斤多少", "990331"),
];

#[test]
fn one_flipped_byte_fails_exactly_the_answers_that_rest_on_it() {
    let house = House::furnished();
    let answers: Vec<Value> =
        QUESTIONS.iter().map(|(question, region)| house.ask(question, &["--region", region])).collect();
    for answer in &answers {
        assert!(!claims(answer).is_empty(), "{answer}");
        assert_eq!(house.verify(answer).1, 0, "{answer}");
    }
    let mut failed = 0;
    for entry in fs::read_dir(house.path("corpus/documents")).unwrap().map(Result::unwrap) {
        let bytes = fs::read(entry.path()).unwrap();
        let id = entry.file_name().to_string_lossy().trim_end_matches(".md").to_owned();
        let text = bytes.windows(5).position(|window| window == b"\n---\n").unwrap() + 5;
        for at in [text, text + (bytes.len() - text) / 2, bytes.len() - 2] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x01;
            fs::write(entry.path(), &flipped).unwrap();
            for answer in &answers {
                let rests = claims(answer).iter().any(|claim| claim["document"]["id"] == id.as_str());
                assert_eq!(house.verify(answer).1 > 0, rests, "byte {at} of {id}, answer: {answer}");
                failed += usize::from(rests);
            }
        }
        fs::write(entry.path(), &bytes).unwrap();
    }
    assert!(failed >= 3 * QUESTIONS.len(), "every answer failed when its source was flipped");
}

#[test]
fn an_answer_that_was_tampered_with_fails() {
    let house = House::furnished();
    let answer = house.ask("高龄津贴每人每月多少钱", &["--region", "990331"]);
    assert_eq!(house.verify(&answer).1, 0);
    let changes: [(&str, Value); 15] = [
        ("/citations/0/quote", json!("每人每月900元")),
        ("/citations/0/start", json!(0)),
        ("/citations/0/end", json!(1_000_000)),
        ("/citations/0/text_sha256", json!("0".repeat(64))),
        ("/citations/0/document/id", json!("bt-2025-shengyu")),
        ("/citations/0/document/title", json!("另一份文件")),
        ("/citations/0/document/expires", json!("2099-12-31")),
        ("/citations/0/document/issuer", json!("另一机关")),
        ("/citations/0/document/document_number", json!("某政发〔1999〕1号")),
        ("/citations/0/document/issued", json!("1999-01-01")),
        ("/citations/0/clause/label", json!("第九十九条")),
        ("/values/0/value", json!(999)),
        ("/message", json!("请先缴费。")),
        ("/answer/0/text", json!("每人每月100元，逾期不候。")),
        ("/answer/0/citations", json!([])),
    ];
    for (place, value) in changes {
        let mut changed = answer.clone();
        *changed.pointer_mut(place).unwrap_or_else(|| panic!("no {place} in {answer}")) = value;
        assert!(house.verify(&changed).1 > 0, "{place} was changed and nobody noticed");
    }
    let mut later = answer.clone();
    later["as_of"] = json!("2029-01-01");
    assert!(house.verify(&later).1 > 0, "the document has expired by then");
    let mut none = answer;
    none["answer"] = json!([]);
    none["citations"] = json!([]);
    none["interpretations"] = json!([]);
    assert!(house.verify(&none).1 > 0, "answered, and nothing cited");
}

#[test]
fn the_same_question_has_the_same_answer_byte_for_byte() {
    let demonstration = Demonstration::open();
    let questions: Vec<Value> = judged_questions().into_iter().step_by(9).collect();
    let plain = |mut answers: Vec<Value>| {
        for answer in &mut answers {
            answer.as_object_mut().unwrap().remove("took_ms");
        }
        serde_json::to_string(&answers).unwrap()
    };
    let first = plain(demonstration.ask_all(&questions));
    let backwards: Vec<Value> = questions.into_iter().rev().collect();
    let mut again = demonstration.ask_all(&backwards);
    again.reverse();
    assert_eq!(first, plain(again));
    assert!(first.contains(TODAY));
}
