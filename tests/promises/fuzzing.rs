//! Promise 17: no input makes a reader or a parser panic, hang, grow or lose a character.
//!
//! The corpus of `fuzz/corpus/` is replayed, then mutated: the same mutations in every run. The real search is
//! cargo-fuzz's (`fuzz/README.md`); what it finds is mended and put into the corpus.

use std::collections::HashMap;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use proptest::test_runner::{RngAlgorithm, TestRng};

use super::demonstration::repository;
use super::fuzzed::{self, TARGETS};

/// Mutated inputs of each target.
const MUTATIONS: usize = 2_000;
/// Time for them; a slow machine gets through fewer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Longest input made by mutation.
const LONGEST: usize = 8_000;
/// Longest time for one input of the corpus: a hang on any machine, far beyond what the slowest seed takes.
const HANG: Duration = Duration::from_secs(20);
/// Letters and marks that mean something to some reader.
const TOKENS: [&str; 40] = [
    "第一条",
    "第十二章",
    "（一）",
    "一、",
    "1.",
    "①",
    "《",
    "》",
    "“",
    "”",
    "。",
    "；",
    "：",
    "\n",
    "\n\n",
    "\u{3000}\u{3000}",
    "附件1",
    "2021年8月27日",
    "二〇二一年",
    "政办发〔2021〕74号",
    "自发布之日起施行",
    "有效期5年",
    "同时废止",
    "责任单位：",
    "| 甲 | 乙 |\n|---|---|\n",
    "- 1 -",
    "\r\n",
    "\u{feff}",
    "\0",
    "```",
    "***",
    "<table><tr><td colspan=9>",
    "</td>",
    "<!--",
    "&#x10ffff;",
    "\",\"",
    "{\"text\":\"",
    "=== 甲.txt\n",
    "<w:p><w:r><w:t>",
    "---\n",
];

/// The inputs kept for a target.
fn kept(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = repository().join("fuzz/corpus").join(target);
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Runs an input; says which one broke a promise.
fn tried(target: &str, name: &str, bytes: &[u8]) -> Result<(), String> {
    let begun = Instant::now();
    if panic::catch_unwind(AssertUnwindSafe(|| fuzzed::run(target, bytes))).is_err() {
        let left = std::env::temp_dir().join(format!("zhengda-fuzz-{target}"));
        fs::write(&left, bytes).unwrap();
        return Err(format!("{target}: {name}; the input is in {}", left.display()));
    }
    let took = begun.elapsed();
    if took < HANG { Ok(()) } else { Err(format!("{target}: {name} took {took:?}")) }
}

#[test]
fn every_input_that_was_kept_keeps_the_promises() {
    let mut broken = Vec::new();
    for (target, _) in TARGETS {
        let files = kept(target);
        assert!(!files.is_empty(), "{target} has no seeds");
        for (name, bytes) in files {
            broken.extend(tried(target, &name, &bytes).err());
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Dice that fall the same way in every run.
struct Dice(TestRng);

impl Dice {
    fn of(target: &str) -> Self {
        let mut seed = [7; 32];
        for (place, byte) in seed.iter_mut().zip(target.bytes()) {
            *place = byte;
        }
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
    }

    fn below(&mut self, limit: usize) -> usize {
        use proptest::prelude::Rng as _;
        if limit == 0 { 0 } else { usize::try_from(self.0.next_u32()).unwrap() % limit }
    }
}

/// A piece of an input is cut, doubled, moved, taken from another one, or replaced by a token or a byte.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let from = dice.below(bytes.len() + 1);
    let to = (from + 1 + dice.below(60)).min(bytes.len()).max(from);
    let piece: Vec<u8> = match dice.below(7) {
        0 => Vec::new(),
        1 => bytes[from..to].repeat(2 + dice.below(20)),
        2 => {
            let at = dice.below(other.len() + 1);
            other[at..(at + dice.below(200)).min(other.len())].to_vec()
        }
        3 => bytes[from..to].iter().rev().copied().collect(),
        4 => vec![u8::try_from(dice.below(256)).unwrap()],
        _ => [&bytes[from..to], TOKENS[dice.below(TOKENS.len())].as_bytes()].concat(),
    };
    bytes.splice(from..to, piece);
    bytes.truncate(LONGEST);
}

#[test]
fn two_thousand_mutated_inputs_each_keep_the_promises() {
    let (mut done, mut broken) = (HashMap::new(), Vec::new());
    for (target, _) in TARGETS {
        let files = kept(target);
        let mut dice = Dice::of(target);
        let begun = Instant::now();
        let mut ran = 0;
        while ran < MUTATIONS && begun.elapsed() < PATIENCE {
            let (name, seed) = &files[dice.below(files.len())];
            let (_, other) = &files[dice.below(files.len())];
            let mut bytes = seed[..seed.len().min(LONGEST)].to_vec();
            for _ in 0..=dice.below(6) {
                mutate(&mut bytes, other, &mut dice);
            }
            ran += 1;
            if let Err(how) = tried(target, &format!("mutation {ran} of {name}"), &bytes) {
                broken.push(how);
                break;
            }
        }
        done.insert(*target, ran);
    }
    eprintln!("mutated inputs: {done:?}");
    assert!(broken.is_empty(), "{broken:#?}");
}
