//! Promise 10: a damaged or foreign index is noticed and rebuilt; a changed document is taken up.

use std::fs;
use std::path::PathBuf;

use super::house::{House, Written};

const QUESTION: &str = "高龄津贴每人每月多少钱";

fn asks(house: &House) -> String {
    let answer = house.ask(QUESTION, &["--region", "990331"]);
    assert_eq!(answer["status"], "answered", "{answer}");
    answer["answer"].to_string()
}

/// Every file of the live generation but locks, and the file that names it.
fn index_files(house: &House) -> Vec<PathBuf> {
    let current = house.path("index/CURRENT");
    let named = fs::read_to_string(&current).unwrap();
    walkdir::WalkDir::new(house.path("index").join(named.split_whitespace().next().unwrap()))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && !path.to_string_lossy().contains("lock"))
        .chain([current])
        .collect()
}

#[test]
fn a_flipped_byte_in_any_file_of_the_index_is_noticed_and_the_index_rebuilt() {
    let house = House::furnished();
    let said = asks(&house);
    for number in 0..index_files(&house).len() {
        // A rebuild makes other files: they are counted anew.
        let files = index_files(&house);
        let Some(path) = files.get(number) else { break };
        let mut bytes = fs::read(path).unwrap();
        if bytes.is_empty() {
            continue;
        }
        let at = bytes.len() / 2;
        bytes[at] ^= 0x10;
        fs::write(path, bytes).unwrap();
        let ran = house.run(&["ask", QUESTION, "--region", "990331", "--as-of", super::house::TODAY, "--json"]);
        assert_eq!(ran.json()["answer"].to_string(), said, "{}", path.display());
        assert!(!ran.err.is_empty(), "{}: rebuilt without a word", path.display());
        assert!(house.run(&["ask", QUESTION]).err.is_empty(), "{}: whole again", path.display());
    }
}

#[test]
fn a_foreign_a_half_and_a_missing_index_are_rebuilt() {
    let house = House::furnished();
    let said = asks(&house);
    type Spoil = fn(&House);
    let spoil: [(&str, Spoil); 5] = [
        ("no folder", |house| fs::remove_dir_all(house.path("index")).unwrap()),
        ("no CURRENT", |house| fs::remove_file(house.path("index/CURRENT")).unwrap()),
        ("CURRENT of something else", |house| fs::write(house.path("index/CURRENT"), "hello\n").unwrap()),
        ("a file gone", |house| {
            let file = index_files(house).into_iter().find(|path| path.ends_with("documents.tbl")).unwrap();
            fs::remove_file(file).unwrap();
        }),
        ("a file cut short", |house| {
            let file = index_files(house).into_iter().find(|path| path.ends_with("documents.tbl")).unwrap();
            let bytes = fs::read(&file).unwrap();
            fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
        }),
    ];
    for (name, spoil) in spoil {
        spoil(&house);
        assert_eq!(asks(&house), said, "{name}");
    }
}

#[test]
fn a_changed_a_new_and_a_removed_document_are_taken_up_without_rebuilding_the_rest() {
    let house = House::furnished();
    let built = house.run(&["index", "--json"]).json();
    assert_eq!(built["report"]["documents"], 8, "{built}");
    let again = house.run(&["index", "--json"]).json();
    assert_eq!(again["report"]["unchanged"], true, "{again}");

    let path = house.path("corpus/documents/bt-2023-gaoling.md");
    let changed = fs::read_to_string(&path).unwrap().replace("每人每月100元", "每人每月130元");
    fs::write(&path, changed).unwrap();
    let report = house.run(&["index", "--json"]).json()["report"].clone();
    assert!(
        report["full"].is_null() && report["read"].as_u64().unwrap() <= 2,
        "only the changed one is read: {report}"
    );
    assert!(asks(&house).contains("130元"));

    house.put(&Written::new(
        "bt-2026-xin",
        "丙田县冰雪场地补助办法",
        "number: 丙政规〔2026〕1号\neffective: 2026-02-01\npublished: 2026-01-01\n",
        "第一条　冰雪场地每处补助9万元。\n",
    ));
    let answer = house.ask("冰雪场地每处补助多少钱", &["--region", "990331"]);
    assert!(answer["answer"].to_string().contains("9万元"), "taken up without being told: {answer}");
    fs::remove_file(house.path("corpus/documents/bt-2026-xin.md")).unwrap();
    let answer = house.ask("冰雪场地每处补助多少钱", &["--region", "990331"]);
    assert!(!answer.to_string().contains("9万元"), "{answer}");
}

#[test]
fn a_damaged_document_is_named_and_the_others_answer() {
    let house = House::furnished();
    house.write("corpus/documents/broken.md", "---\nid: broken\ntitle: 坏\n");
    house.write("corpus/documents/nonsense.md", [0xff_u8, 0xfe, 0x00]);
    let ran = house.run(&["index"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("broken") && ran.err.contains("nonsense"), "{ran:?}");
    assert!(asks(&house).contains("100元"));
}
