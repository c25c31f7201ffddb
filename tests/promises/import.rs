//! Promise 6: importing twice changes nothing; a bad file is refused by name while the rest goes in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::house::{House, Ran};

const NOTICE: &str = "丙田县人民政府关于印发丙田县牧草补贴办法的通知\n\n丙政规〔2025〕9号\n\n各乡镇人民政府：\n\n\
    现将《丙田县牧草补贴办法》印发给你们，请认真贯彻执行。\n\n丙田县人民政府\n2025年3月1日\n\n（此件公开发布）\n\n\
    丙田县牧草补贴办法\n\n第一条　种植牧草的，每亩补贴120元。\n\n第二条　申请牧草补贴，应当提交下列材料：\n\n\
    （一）身份证；\n\n（二）种植面积证明。\n\n第三条　本办法自2025年4月1日起施行，有效期5年。\n";

const PAGE: &str = "<!doctype html><html><head><meta charset=\"utf-8\"><title>关于做好冬季供水的通知</title></head><body>\
    <nav>首页 &gt; 公开</nav><div id=\"UCAP-CONTENT\"><p>各供水单位：</p><p>一、冬季供水管道由供水单位负责保温。</p>\
    <p>二、居民报修后2小时内到场。</p><p>丙田县水务局</p><p>2025年11月1日</p></div></body></html>";

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (entry.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn sources() -> House {
    let house = House::empty();
    house.write("in/mucao.txt", NOTICE);
    house.write("in/gb/mucao-gb.txt", encoding_rs::GB18030.encode(&NOTICE.replace("牧草", "绿肥")).0);
    house.write("in/gongshui.html", PAGE);
    house.write("in/yangzhi.md", "# 丙田县养殖场管理规定\n\n第一条 养殖场应当登记。\n\n第二条 登记有效期**3年**。\n");
    let record = |id: &str, title: &str, text: &str| json!({"id": id, "title": title, "text": text}).to_string();
    let records = [
        record("jia-1", "关于甲事的通知", "各单位：\n一、甲事由县财政局办理。\n二、每年办理1次。"),
        record("jia-2", "关于乙事的通知", "各单位：\n一、乙事由县教育局办理。"),
    ];
    house.write("in/pile.jsonl", records.join("\n"));
    house
}

fn import(house: &House) -> Value {
    house.run(&["import", "in", "--json"]).json()
}

fn count(report: &Value, key: &str) -> u64 {
    report["total"][key].as_u64().unwrap_or_else(|| panic!("no {key} in {report}"))
}

#[test]
fn the_second_import_changes_no_byte() {
    let house = sources();
    let first = import(&house);
    assert_eq!((count(&first, "imported"), count(&first, "unaccounted")), (6, 0), "{first}");
    assert!(first["total"]["refused"].as_array().unwrap().is_empty(), "{first}");
    let before = files(&house.path("corpus"));
    let second = import(&house);
    assert_eq!((count(&second, "imported"), count(&second, "unchanged")), (0, 6), "{second}");
    assert_eq!(count(&first, "characters_in"), count(&second, "characters_in"), "the account is the same");
    assert_eq!(files(&house.path("corpus")), before);
}

#[test]
fn every_character_is_in_a_clause_or_in_declared_noise() {
    let house = sources();
    let report = import(&house);
    for source in report["sources"].as_array().unwrap() {
        let number = |key: &str| source[key].as_u64().unwrap();
        assert_eq!(number("unaccounted"), 0);
        assert_eq!(number("characters_in") + number("added"), number("in_clauses") + number("in_noise"), "{source}");
    }
}

#[test]
fn what_was_imported_is_answered_from() {
    let house = sources();
    import(&house);
    for (question, words) in [
        ("种牧草一亩补多少钱", "每亩补贴120元"),
        ("种绿肥一亩补多少钱", "每亩补贴120元"),
        ("冬季供水居民报修多久到场", "2小时内到场"),
    ] {
        let answer = house.ask(question, &["--region", "990331"]);
        assert!(answer["answer"].to_string().contains(words), "{question}: {answer}");
        assert_eq!(house.verify(&answer).1, 0);
    }
    let answer = house.ask("《丙田县牧草补贴办法》第二条", &[]);
    let cited = &answer["citations"][0];
    assert_eq!(cited["document"]["document_number"], "丙政规〔2025〕9号", "{answer}");
    assert_eq!(cited["document"]["effective"], "2025-04-01", "{answer}");
    assert_eq!(cited["document"]["expires"], "2030-03-31", "five years from then: {answer}");
    assert!(cited["clause"]["label"].as_str().unwrap().starts_with("第二条"), "{answer}");
}

#[test]
fn a_changed_source_becomes_a_version_and_the_old_one_is_kept() {
    let house = sources();
    import(&house);
    let id = |house: &House| {
        house.ask("种牧草一亩补多少钱", &["--region", "990331"])["citations"][0]["document"]["id"].clone()
    };
    let before = id(&house);
    house.write("in/mucao.txt", NOTICE.replace("120元", "150元"));
    let report = import(&house);
    assert_eq!(
        (count(&report, "new_versions"), count(&report, "imported"), count(&report, "unchanged")),
        (1, 0, 5),
        "{report}"
    );
    let answer = house.ask("种牧草一亩补多少钱", &["--region", "990331"]);
    assert!(answer["answer"].to_string().contains("每亩补贴150元"), "{answer}");
    assert_eq!(id(&house), before, "the same document");
    let kept = files(&house.path("corpus/versions"));
    assert!(kept.values().any(|bytes| String::from_utf8_lossy(bytes).contains("每亩补贴120元")), "{:?}", kept.keys());
}

#[test]
fn bad_files_are_refused_by_name_and_the_rest_goes_in() {
    let house = House::empty();
    house.write("in/good.txt", NOTICE);
    house.write("in/empty.txt", "");
    house.write("in/blank.txt", " \n\u{3000}\n");
    house.write("in/picture.txt", [0_u8, 1, 2, 3, 0xff, 0xfe, 0, 0]);
    house.write("in/scan.pdf", "%PDF-1.7\n");
    house.write("in/mojibake.txt", encoding_rs::GBK.decode(NOTICE.as_bytes()).0.as_bytes());
    house.write("in/twin.txt", NOTICE);
    let large = fs::File::create(house.path("in/large.txt")).unwrap();
    large.set_len(64 * 1024 * 1024).unwrap();
    house.write(
        "in/pile.jsonl",
        "{\"title\":\"关于丙事的通知\",\"text\":\"一、丙事由县审计局办理。\"}\n不是 JSON\n{\"title\":\"没有正文\"}\n",
    );
    let report = import(&house);
    let refused: Vec<(String, String)> = report["total"]["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].as_str().unwrap().to_owned(), one["reason"].as_str().unwrap().to_owned()))
        .collect();
    for name in [
        "empty.txt",
        "blank.txt",
        "picture.txt",
        "scan.pdf",
        "mojibake.txt",
        "large.txt",
        "pile.jsonl 第 2 行",
        "pile.jsonl 第 3 行",
    ] {
        let found = refused.iter().find(|(who, _)| who.contains(name));
        assert!(found.is_some_and(|(_, why)| why.chars().count() > 3), "{name} is not refused: {refused:?}");
    }
    assert_eq!(refused.len(), 8, "{refused:?}");
    assert_eq!((count(&report, "imported"), count(&report, "duplicates")), (2, 1), "{report}");
    let Ran { code, out, .. } = house.run(&["import", "in"]);
    assert_eq!(code, 0);
    assert!(out.contains("scan.pdf") && out.contains("未归属 0"), "{out}");
}

#[test]
fn whatever_bytes_come_the_import_stands() {
    let house = House::empty();
    // A small generator of our own: the same bytes in every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let pieces = [
        "第一条",
        "（一）",
        "1.",
        "|--|",
        "---\n",
        "\n",
        "<p>",
        "</div>",
        "{\"text\":",
        "附件",
        "〔2021〕",
        "目录",
        "\u{feff}",
        "\"",
        "二、",
    ];
    for number in 0..40 {
        let mut bytes = Vec::new();
        for _ in 0..next() % 60 {
            match next() % 3 {
                0 => bytes.push(next().to_le_bytes()[0]),
                _ => bytes.extend(pieces[usize::try_from(next()).unwrap_or(0) % pieces.len()].bytes()),
            }
        }
        let ending = ["txt", "md", "html", "jsonl"][number % 4];
        house.write(&format!("in/{number:02}.{ending}"), bytes);
    }
    let report = import(&house);
    assert_eq!(count(&report, "unaccounted"), 0);
    let checked = house.run(&["check"]);
    assert_eq!(checked.code, 0, "{checked:?}");
}

#[test]
fn a_person_may_correct_the_front_matter() {
    let house = sources();
    import(&house);
    let path = walkdir::WalkDir::new(house.path("corpus/documents"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .find(|path| {
            path.is_file()
                && fs::read_to_string(path).unwrap().contains("每亩补贴120元")
                && fs::read_to_string(path).unwrap().contains("牧草")
        })
        .unwrap();
    let file = fs::read_to_string(&path).unwrap();
    let corrected: String = file
        .split_inclusive('\n')
        .map(|line| if line.starts_with("kind:") { "kind: 征求意见稿\n" } else { line })
        .collect();
    assert_ne!(file, corrected);
    fs::write(&path, corrected).unwrap();
    let answer = house.ask("种牧草一亩补多少钱", &["--region", "990331"]);
    assert_eq!(answer["status"], "lapsed_only", "a draft now: {answer}");
}

#[test]
fn a_library_of_nothing_but_documents_knows_places_words_and_emergency_numbers() {
    let house = House::empty();
    for folder in ["regions", "lexicon", "directory"] {
        fs::remove_dir_all(house.path("corpus").join(folder)).unwrap();
    }
    let notice = NOTICE.replace("丙田县", "旌德县").replace("丙政规", "旌政规").replace("牧草", "高龄");
    house.write("in/gaoling.txt", notice.replace("种植高龄的，每亩补贴120元", "高龄津贴每人每月120元"));
    import(&house);
    let answer = house.ask("旌德县老人钱一个月发多少", &[]);
    assert_eq!(answer["region"]["code"], "341825", "{answer}");
    assert!(answer["answer"].to_string().contains("每人每月120元"), "{answer}");
    let emergency = house.ask("我不想活了", &[]);
    assert!(!emergency["contacts"].as_array().unwrap().is_empty(), "{emergency}");
}
