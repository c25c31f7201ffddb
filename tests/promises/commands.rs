//! Promise 9: every command does what the README says, and fails with the right code and words.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use super::demonstration::repository;
use super::house::{House, TODAY, lines, run_in};

#[test]
fn ask_prints_for_people_and_for_programs() {
    let house = House::furnished();
    let ran = house.run(&["ask", "高龄津贴每人每月多少钱", "--region", "丙田县", "--as-of", TODAY]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for words in ["有依据", "丙田县", "每人每月100元", "[1]", "丙政规〔2023〕4号", "第三条", TODAY]
    {
        assert!(ran.out.contains(words), "no {words} in {}", ran.out);
    }
    let answer = house.ask("高龄津贴每人每月多少钱", &["--region", "990331"]);
    for key in [
        "question",
        "status",
        "as_of",
        "region",
        "understood",
        "answer",
        "missing",
        "citations",
        "interpretations",
        "next_steps",
        "related_questions",
        "confidence",
        "took_ms",
    ] {
        assert!(answer.get(key).is_some(), "no {key}");
    }
}

#[test]
fn a_batch_is_answered_line_by_line_in_order() {
    let house = House::furnished();
    let questions = lines([
        json!({"id": "b", "question": "高龄津贴每人每月多少钱", "region": "990331"}),
        json!({"id": 7, "question": "生育三孩一次性发放多少生育补贴", "region": "990332", "as_of": TODAY}),
        json!({"id": "a", "question": "稻谷价差补贴每公斤多少", "region": "990331", "as_of": "2020-01-01"}),
    ]);
    house.write("questions.jsonl", questions);
    let answers = house.run(&["ask", "--batch", "questions.jsonl"]).json_lines();
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&json!("b"), &json!(7), &json!("a")]);
    assert!(answers[1]["answer"].to_string().contains("8000元"));
    assert_eq!(answers[2]["status"], "answered", "in force in 2020: {}", answers[2]);
    house.write("bad.jsonl", "{\"id\":1,\"question\":\"高龄津贴\"}\n{\"id\":2}\n");
    let ran = house.run(&["ask", "--batch", "bad.jsonl"]);
    assert!(ran.failure(1).contains("bad.jsonl") && ran.err.contains('2'), "{ran:?}");
}

#[test]
fn commands_at_the_same_time_wait_for_each_other() {
    let house = House::furnished();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let answer = house.ask("高龄津贴每人每月多少钱", &["--region", "990331"]);
                assert_eq!(answer["status"], "answered");
            });
        }
    });
}

#[test]
fn search_ranks_filters_and_explains() {
    let house = House::furnished();
    let found = house.run(&["search", "生育补贴", "--json", "--as-of", TODAY]).json();
    assert_eq!(found["query"], "生育补贴");
    let documents = |found: &Value| -> Vec<String> {
        found["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["document"]["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = documents(&found);
    assert!(all.contains(&"bt-2025-shengyu".to_owned()) && all.contains(&"dc-2025-shengyu".to_owned()), "{all:?}");
    for (filter, kept) in [
        (vec!["--region", "990332"], "dc-2025-shengyu"),
        (vec!["--issuer", "丁川"], "dc-2025-shengyu"),
        (vec!["--from", "2025-03-11"], "dc-2025-shengyu"),
        (vec!["--to", "2025-03-05"], "bt-2025-shengyu"),
    ] {
        let mut arguments = vec!["search", "生育三孩的，一次性发放生育补贴", "--json", "--as-of", TODAY];
        arguments.extend(&filter);
        let kept_only = documents(&house.run(&arguments).json());
        assert_eq!(kept_only.first().map(String::as_str), Some(kept), "{filter:?}: {kept_only:?}");
        let other = if kept.starts_with("dc") { "bt-2025-shengyu" } else { "dc-2025-shengyu" };
        assert!(!kept_only.contains(&other.to_owned()), "{filter:?}: {kept_only:?}");
    }
    for clause in found["results"].as_array().unwrap().iter().flat_map(|one| one["clauses"].as_array().unwrap()) {
        let excerpt = clause["excerpt"].as_str().unwrap();
        for highlight in clause["highlights"].as_array().unwrap() {
            let place = |key: &str| usize::try_from(highlight[key].as_u64().unwrap()).unwrap();
            assert!(excerpt.get(place("start")..place("end")).is_some_and(|words| !words.is_empty()));
        }
    }
    let scores: Vec<f64> =
        found["results"].as_array().unwrap().iter().map(|one| one["score"].as_f64().unwrap()).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
    let explained = house.run(&["search", "生育补贴", "--json", "--explain"]).json();
    let story = &explained["results"][0]["clauses"][0]["explanation"];
    assert!(story.is_object(), "{explained}");
}

#[test]
fn verify_reads_the_sources_again() {
    let house = House::furnished();
    let answer = house.ask("高龄津贴每人每月多少钱", &["--region", "990331"]);
    house.write("answer.json", answer.to_string());
    let ran = house.run(&["verify", "answer.json"]);
    let proof = ran.json();
    assert!(proof["verified"].as_u64().unwrap() >= 2 && proof["failed"] == 0 && proof["skipped"] == 0, "{proof}");
    fs::remove_dir_all(house.path("index")).unwrap();
    assert_eq!(house.run(&["verify", "answer.json"]).code, 0, "the index is not needed");
    house.write("answer.json", answer.to_string().replace("每人每月100元", "每人每月900元"));
    let ran = house.run(&["verify", "answer.json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(serde_json::from_str::<Value>(&ran.out).unwrap()["failed"].as_u64().unwrap() > 0);
    house.write("answer.json", "这不是答案");
    assert!(house.run(&["verify", "answer.json"]).failure(1).contains("answer.json"));
}

#[test]
fn check_tells_the_state_of_the_library() {
    let house = House::furnished();
    let found = house.run(&["check", "--json", "--as-of", "2028-05-01"]).json();
    let of_kind = |kind: &str| -> Vec<String> {
        let findings = found["findings"].as_array().unwrap().iter();
        findings.filter(|one| one["kind"] == kind).map(|one| one["subject"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(found["unaccounted"], 0);
    assert_eq!(of_kind("expiring"), ["bt-2023-gaoling"], "{found}");
    assert!(of_kind("expired").contains(&"bt-2019-daogu".to_owned()));
    let bare = of_kind("without_interpretation");
    assert!(bare.contains(&"bt-2025-shengyu".to_owned()) && !bare.contains(&"bt-2023-gaoling".to_owned()), "{bare:?}");
    let ran = house.run(&["check"]);
    assert!(ran.code == 0 && ran.out.contains("缺解读"), "{ran:?}");
}

#[test]
fn wrong_input_is_code_1_and_names_the_thing() {
    let house = House::furnished();
    for (arguments, words) in [
        (vec!["import", "no-such-folder"], "no-such-folder"),
        (vec!["ask", "低保", "--region", "子虚县"], "子虚县"),
        (vec!["ask", "--batch", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (vec!["verify", "no-such-answer.json"], "no-such-answer.json"),
        (vec!["--corpus", "no-corpus", "--index", "no-index", "index"], "no-corpus"),
        (vec!["--corpus", "no-corpus", "--index", "no-index", "ask", "低保"], "no-corpus"),
    ] {
        let ran = house.run(&arguments);
        assert_eq!(ran.code, 1, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(words), "{arguments:?}: {ran:?}");
        assert!(ran.err.lines().last().unwrap().starts_with("zhengda："), "{ran:?}");
    }
    let help = house.run(&["--help"]);
    assert_eq!(help.code, 0);
    for command in ["serve", "import", "index", "ask", "search", "verify", "check", "export", "evaluate"] {
        assert!(help.out.contains(command), "{command} is not in the help");
    }
    assert_ne!(house.run(&["frobnicate"]).code, 0);
    assert_ne!(house.run(&["ask", "低保", "--as-of", "yesterday"]).code, 0);
}

#[test]
fn what_the_system_cannot_do_is_code_2_with_one_message() {
    let house = House::furnished();
    assert_eq!(house.run(&["index"]).code, 0);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = house.run(&["serve", "--listen", &address]);
    assert!(ran.failure(2).contains(&address), "{ran:?}");
    // A folder that cannot be made, whoever asks: a file stands in its place.
    house.write("file", "");
    let ran = house.run(&["--index", "file/index", "index"]);
    assert!(ran.failure(2).contains("file"), "{ran:?}");
    let ran = house.run(&["--index", "read-only", "index"]);
    assert_eq!(ran.code, 0);
    let folder = house.path("read-only");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Root writes anywhere; then there is nothing to see.
    if fs::write(folder.join("probe"), "").is_err() {
        house.put(&super::house::documents()[0]);
        house.write(
            "corpus/documents/x.md",
            "---\nid: x\ntitle: 题\nkind: 其他文件\ndisclosure: 主动公开\n---\n题\n\n一、新。\n",
        );
        let ran = house.run(&["--index", "read-only", "index"]);
        assert!(ran.failure(2).contains("read-only"), "{ran:?}");
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_readme_says_what_the_program_does() {
    for name in ["README.md", "README.zh.md"] {
        let readme = fs::read_to_string(repository().join(name)).unwrap();
        let house = House::empty();
        for command in ["serve", "import", "index", "ask", "search", "verify", "check", "export", "evaluate"] {
            assert!(readme.contains(&format!("zhengda {command}")), "{name} does not speak of {command}");
            let help = run_in(house.root(), &[command, "--help"]);
            let row = readme.lines().find(|line| {
                line.starts_with('|') && line.contains(&format!("`zhengda {command}"))
                    || line.contains(&format!("`zhengda`、`zhengda {command}"))
                    || line.contains(&format!("`zhengda`, `zhengda {command}"))
            });
            let options = row.unwrap_or_else(|| panic!("{name}: no row for {command}")).split_whitespace();
            for option in options
                .map(|word| word.trim_matches(|c: char| "[]`|,，;；".contains(c)))
                .filter(|word| word.starts_with("--"))
            {
                assert!(help.out.contains(option), "{name}: {command} has no {option}");
            }
        }
    }
}
