//! Promise 1: arrows between rooms only run down, and the habits that no lint knows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

use super::demonstration::repository;

/// A file beyond this is two files.
const MOST_LINES: usize = 400;

/// Which room may import which, from the ground up. A room that is not here does not exist.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("policy", &[]),
    ("analysis", &[]),
    ("contract", &[]),
    ("outline", &["policy"]),
    ("corpus", &["policy", "outline"]),
    ("ingest", &["policy", "outline", "corpus"]),
    ("web", &[]),
    ("acquisition", &["policy", "corpus", "ingest", "web"]),
    ("index", &["policy", "analysis"]),
    ("query", &["policy", "analysis"]),
    ("retrieval", &["policy", "analysis", "index", "query"]),
    ("eligibility", &["policy"]),
    ("ranking", &["policy", "analysis", "index", "query", "retrieval"]),
    ("answer", &["policy", "analysis", "contract", "index", "query", "retrieval", "ranking"]),
    ("consultation", &["policy", "contract", "index", "query", "retrieval", "eligibility", "ranking", "answer"]),
    ("inspection", &["policy", "corpus", "index"]),
    // By other code than what made the answer: of `answer` only the list of fixed phrases.
    ("verification", &["policy", "contract", "answer"]),
    (
        "evaluation",
        &[
            "policy",
            "analysis",
            "contract",
            "outline",
            "index",
            "query",
            "retrieval",
            "ranking",
            "answer",
            "consultation",
        ],
    ),
    ("export", &["policy", "corpus", "index", "eligibility", "inspection"]),
    ("casework", &["query"]),
    (
        "http",
        &[
            "policy",
            "analysis",
            "contract",
            "corpus",
            "index",
            "query",
            "consultation",
            "inspection",
            "export",
            "verification",
            "casework",
        ],
    ),
    (
        "cli",
        &[
            "policy",
            "analysis",
            "contract",
            "corpus",
            "ingest",
            "acquisition",
            "web",
            "index",
            "query",
            "consultation",
            "eligibility",
            "inspection",
            "export",
            "verification",
            "evaluation",
            "casework",
            "http",
        ],
    ),
];

/// Outside libraries that only some rooms know.
const KNOWN_ALONE: &[(&str, &[&str])] = &[
    ("tantivy", &["index"]),
    ("memmap2", &["index"]),
    ("postcard", &["index"]),
    ("jieba_rs", &["analysis"]),
    ("pinyin", &["analysis"]),
    ("zhconv", &["analysis"]),
    ("scraper", &["ingest", "web"]),
    ("pulldown_cmark", &["ingest"]),
    ("encoding_rs", &["ingest"]),
    ("zip", &["ingest"]),
    ("quick_xml", &["ingest", "web", "export"]),
    ("landlock", &["ingest"]),
    ("ureq", &["web"]),
    ("rustix", &["ingest"]),
    ("chardetng", &["ingest"]),
    ("serde_saphyr", &["corpus", "ingest"]),
    ("lru", &["index", "consultation"]),
    ("rusqlite", &["casework"]),
    ("getrandom", &["casework"]),
    ("tokio", &["http"]),
    ("axum", &["http"]),
    ("hyper", &["http"]),
    ("tower", &["http"]),
    ("tower_http", &["http"]),
    ("socket2", &["http"]),
    ("askama", &["http"]),
    ("metrics", &["http"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
];

/// What only the doors may do: read the clock of the wall and the environment, and be asynchronous.
const ONLY_AT_THE_DOORS: &[&str] = &[
    r"\bstd::env\b",
    r"\benv::(var|args)",
    r"SystemTime::now",
    r"Timestamp::now",
    r"Zoned::now",
    r"\basync (fn|move|\{)",
];

/// A source file of a room, its comments and its inline tests taken out.
struct Source {
    room: String,
    path: String,
    lines: usize,
    code: String,
    whole: String,
}

fn sources() -> Vec<Source> {
    let root = repository().join("src");
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let is_test = path.split('/').any(|part| matches!(part, "tests.rs" | "tests" | "scale.rs"));
        if !path.ends_with(".rs") || is_test {
            continue;
        }
        let whole = fs::read_to_string(entry.path()).unwrap();
        let own = whole.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let code: Vec<&str> = own.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        found.push(Source {
            room: path.split('/').next().unwrap().trim_end_matches(".rs").to_owned(),
            lines: own.lines().count(),
            code: code.join("\n"),
            path,
            whole,
        });
    }
    assert!(found.len() > 50, "the sources are where they were");
    found
}

/// The rooms a piece of code names: `crate::room::…`, `use crate::{room, room::…}`.
fn imports(code: &str) -> BTreeSet<String> {
    let path = Regex::new(r"\bcrate::(\w+)").unwrap();
    let group = Regex::new(r"\bcrate::\{([^;]*)\};").unwrap();
    let member = Regex::new(r"(?:^|,)\s*(\w+)").unwrap();
    let nested = Regex::new(r"\{[^{}]*\}").unwrap();
    let mut rooms: BTreeSet<String> = path.captures_iter(code).map(|found| found[1].to_owned()).collect();
    for found in group.captures_iter(code) {
        let mut flat = found[1].to_owned();
        while nested.is_match(&flat) {
            flat = nested.replace_all(&flat, "").into_owned();
        }
        rooms.extend(member.captures_iter(&flat).map(|found| found[1].to_owned()));
    }
    rooms
}

#[test]
fn a_room_imports_only_what_lies_below_it() {
    let rooms: BTreeSet<&str> = MAY_IMPORT.iter().map(|(room, _)| *room).collect();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.room.as_str(), "lib" | "main")) {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(room, _)| *room == source.room) else {
            wrong.push(format!("{} is in a room that the table does not know", source.path));
            continue;
        };
        for import in imports(&source.code) {
            if rooms.contains(import.as_str()) && import != source.room && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{} imports {import}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_runs_down() {
    let order: Vec<&str> = MAY_IMPORT.iter().map(|(room, _)| *room).collect();
    for (at, (room, allowed)) in MAY_IMPORT.iter().enumerate() {
        for below in *allowed {
            assert!(order[..at].contains(below), "{room} → {below} does not run down");
        }
    }
}

#[test]
fn verification_knows_of_the_answer_only_its_fixed_phrases() {
    let named = Regex::new(r"crate::answer::(\w+)").unwrap();
    for source in sources().iter().filter(|source| source.room == "verification") {
        let names: Vec<&str> = named.captures_iter(&source.code).map(|found| found.get(1).unwrap().as_str()).collect();
        let phrases = ["FIXED_PHRASES", "is_ours"];
        assert!(names.iter().all(|name| phrases.contains(name)), "{}: {names:?}", source.path);
    }
}

#[test]
fn an_outside_library_has_one_home() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (library, rooms) in KNOWN_ALONE {
            let used = Regex::new(&format!(r"\b{library}::")).unwrap().is_match(&source.code);
            if used && !rooms.contains(&source.room.as_str()) {
                wrong.push(format!("{} uses {library}, which is known to {rooms:?} alone", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn below_the_doors_there_is_no_clock_no_environment_and_nothing_asynchronous() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.room.as_str(), "cli" | "http" | "main")) {
        for forbidden in ONLY_AT_THE_DOORS {
            if Regex::new(forbidden).unwrap().is_match(&source.code) {
                wrong.push(format!("{}: {forbidden}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_file_is_unsafe_and_says_why() {
    let word = Regex::new(r"\bunsafe\s*(\{|fn|impl)").unwrap();
    let sources = sources();
    let found: Vec<&Source> = sources.iter().filter(|source| word.is_match(&source.code)).collect();
    assert!(found.len() <= 1, "{:?}", found.iter().map(|source| &source.path).collect::<Vec<_>>());
    assert!(found.iter().all(|source| source.whole.contains("SAFETY")), "no SAFETY comment");
}

#[test]
fn files_are_short() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.lines > MOST_LINES)
        .map(|source| format!("{}: {} lines", source.path, source.lines))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn public_things_are_documented_and_rooms_open_with_a_question() {
    let public = Regex::new(r"^\s*pub (const |async )?(fn|struct|enum|trait|const|static|type) ").unwrap();
    let mut bare = Vec::new();
    for source in sources() {
        let lines: Vec<&str> = source.whole.split("#[cfg(test)]\nmod tests {").next().unwrap().lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| public.is_match(line)) {
            let before = lines[..at].iter().rev().map(|line| line.trim()).find(|line| {
                !(line.starts_with("#[") || line.ends_with(")]") || line.ends_with(',') || line.starts_with("// "))
            });
            if !before.is_some_and(|line| line.starts_with("///")) {
                bare.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
        }
        let is_room = source.path.matches('/').count() == 1 && source.path.ends_with("/mod.rs");
        let first = source.whole.lines().next().unwrap_or_default();
        if is_room && !(first.starts_with("//!") && first.contains('?')) {
            bare.push(format!("{} does not open with the question it answers", source.path));
        }
    }
    assert!(bare.is_empty(), "{bare:#?}");
}

#[test]
fn no_room_is_called_by_what_it_is_not() {
    for entry in walkdir::WalkDir::new(repository().join("src")).into_iter().map(Result::unwrap) {
        let name = entry.path().file_stem().unwrap().to_string_lossy().into_owned();
        let empty = ["utils", "util", "helpers", "helper", "common", "manager", "service", "misc"];
        assert!(!empty.contains(&name.as_str()), "{}", entry.path().display());
    }
}

#[test]
fn the_maps_show_every_room() {
    let read = |name: &str| fs::read_to_string(repository().join(name)).unwrap();
    let maps =
        [("src/lib.rs", read("src/lib.rs")), ("README.md", read("README.md")), ("README.zh.md", read("README.zh.md"))];
    for (room, _) in MAY_IMPORT {
        assert!(Path::new(&repository().join("src").join(room)).is_dir(), "no room {room}");
        for (name, map) in &maps {
            let shown = map.contains(&format!("| [`{room}`]")) || map.contains(&format!("| `{room}`"));
            assert!(shown, "{name} does not show {room}");
        }
    }
}
