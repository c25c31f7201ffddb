//! The five seed documents: the clauses that the question set names are there, under the names people give them.

use std::collections::HashMap;

use super::data;
use crate::outline::{letterhead, outline, reflow, unaccounted};
use crate::policy::Outline;

const SEEDS: [&str; 5] = ["dongxiang-2020", "huining-2021", "jingde-2021", "qingyang-2022", "zhongwei-2021"];

/// The labels a basis names behind the document: `jingde-2021 二（三）三（二）` names two.
fn labels(basis: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for c in basis.chars().take_while(|&c| "一二三四五六七八九十（）".contains(c) || c.is_ascii_digit()) {
        let closed = found.last().is_some_and(|label| label.ends_with('）'));
        // A second bracket is a remark, a bracket closed twice the end of one.
        if (c == '（' && closed) || (c == '）' && !open) {
            break;
        }
        open = c == '（' || (open && c != '）');
        let opens = closed && !c.is_ascii_digit();
        match found.last_mut() {
            Some(label) if !opens => label.push(c),
            _ => found.push(c.to_string()),
        }
    }
    found
}

#[test]
fn the_clauses_questions_rest_on_are_found() {
    let (Some(folder), Some(questions)) = (data("seeds"), data("questions")) else { return };
    let mut outlines: HashMap<&str, Outline> = HashMap::new();
    for seed in SEEDS {
        let raw = std::fs::read_to_string(folder.join(format!("{seed}.txt"))).unwrap();
        let reflowed = reflow(&raw);
        assert_eq!(unaccounted(&raw, &reflowed), 0, "{seed}");
        let outline = outline(&reflowed.text);
        assert_eq!(outline.check(&reflowed.text), Ok(()), "{seed}");
        assert!(letterhead(&reflowed.text).written.is_some(), "{seed}");
        outlines.insert(seed, outline);
    }
    let (mut named, mut missing) = (0, Vec::new());
    let lines = std::fs::read_to_string(questions.join("questions.jsonl")).unwrap();
    for line in lines.lines() {
        let question: serde_json::Value = serde_json::from_str(line).unwrap();
        let basis = question["basis"].as_str().unwrap_or_default();
        for seed in SEEDS {
            let Some((_, rest)) = basis.split_once(&format!("{seed} ")) else { continue };
            for label in labels(rest) {
                named += 1;
                if !outlines[seed].nodes().iter().any(|node| node.label.ends_with(&label)) {
                    missing.push(format!("{seed} {label}"));
                }
            }
        }
    }
    println!("{named} clauses named by questions, {} missing", missing.len());
    assert!(named > 0 && missing.is_empty(), "{missing:?}");
}
