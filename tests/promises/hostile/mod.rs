//! Promise 15: hostile files are refused by name, each with a reason, while the good ones among them go in.

mod files;
mod packages;

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use self::files::{hostile, zip_of};
use self::packages::{KINDS, killers, package};
use super::house::{House, program};

/// How many good and how many hostile files there are.
const EACH: usize = 200;
fn good(at: usize) -> (String, Vec<u8>) {
    let text = format!(
        "丙田县人民政府关于第{at}号事项的通知\n\n丙政发〔2025〕{at}号\n\n各乡镇人民政府：\n\n一、第{at}号事项由县民政局办理。\n\n\
         二、办理期限为{at}个工作日。\n\n丙田县人民政府\n2025年3月1日\n"
    );
    if let Some(kind) = KINDS.get(at % 8) {
        return (format!("good-{at}.{}", kind.0), package(*kind, &text));
    }
    match at % 4 {
        0 => (format!("good-{at}.txt"), text.into_bytes()),
        1 => (format!("good-{at}.md"), encoding_rs::GB18030.encode(&text).0.into_owned()),
        2 => {
            let title = format!("关于第{at}号事项的通知");
            (
                format!("good-{at}.jsonl"),
                json!({"id": format!("hao-{at}"), "title": title, "text": text}).to_string().into_bytes(),
            )
        }
        _ => {
            let name = format!("{at}号/通知.txt");
            (format!("good-{at}.zip"), zip_of(&[(&name, text.as_bytes()), ("__MACOSX/._x", b"x")]))
        }
    }
}

#[test]
fn two_hundred_hostile_files_among_two_hundred_good_ones() {
    let house = House::empty();
    let hostile = hostile();
    for (at, (name, bytes, _)) in hostile.iter().enumerate() {
        // Good and bad in turn, so that a reader that lost its senses would spoil its neighbour.
        house.write(&format!("in/{at:03}/{name}"), bytes);
        let (name, bytes) = good(at + 1);
        house.write(&format!("in/{at:03}/{name}"), bytes);
    }
    let begun = Instant::now();
    let ran = house.run(&["import", "in", "--json"]);
    eprintln!("hostile: {:.1} s", begun.elapsed().as_secs_f64());
    assert!(!ran.err.contains("panicked") && ran.err.trim().is_empty(), "{}", ran.err);
    let report = ran.json();
    let mut wrong = Vec::new();
    let refused: Vec<&Value> = report["total"]["refused"].as_array().unwrap().iter().collect();
    for (at, (name, _, expected)) in hostile.iter().enumerate() {
        let file = format!("in/{at:03}/{name}");
        let reasons: Vec<&str> = refused
            .iter()
            .filter(|refusal| refusal["name"].as_str().unwrap().contains(&file))
            .map(|refusal| refusal["reason"].as_str().unwrap())
            .collect();
        eprintln!("{file}: {reasons:?}");
        let is_chinese = |reason: &&str| reason.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if !reasons.iter().any(|reason| reason.contains(expected)) || !reasons.iter().all(is_chinese) {
            wrong.push(format!("{file}: {reasons:?}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let strays: Vec<&&Value> =
        refused.iter().filter(|refusal| refusal["name"].as_str().unwrap().contains("good-")).collect();
    assert!(strays.is_empty(), "{strays:#?}");
    assert_eq!(report["total"]["imported"], EACH, "{}", report["total"]);
    assert_eq!(report["total"]["unaccounted"], 0);
    let written: BTreeSet<String> = fs::read_dir(house.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(written, BTreeSet::from(["corpus".to_owned(), "in".to_owned()]), "nothing else is written");
    assert!(!std::path::Path::new("/tmp/escaped.txt").exists());
}

#[test]
fn a_content_that_killed_its_reader_twice_is_not_tried_a_third_time() {
    let house = House::empty();
    let (_, bytes, reason) = killers().swap_remove(0);
    for name in ["in/1.ods", "in/2.ods", "in/3.ods"] {
        house.write(name, &bytes);
    }
    for tried in [2, 0] {
        let report = house.run(&["import", "in", "--json"]).json();
        let refused = report["total"]["refused"].as_array().unwrap();
        let reasons: Vec<&str> = refused.iter().map(|refusal| refusal["reason"].as_str().unwrap()).collect();
        assert_eq!(reasons.len(), 3);
        assert!(reasons.iter().all(|why| why.contains(reason)), "{reasons:?}");
        assert_eq!(reasons.iter().filter(|why| !why.contains("不再尝试")).count(), tried, "{reasons:?}");
    }
}

#[test]
fn an_interrupted_import_goes_on_where_it_was() {
    let house = House::empty();
    let count = 120;
    for at in 1..=count {
        let (name, bytes) = good(at);
        house.write(&format!("in/{name}"), bytes);
    }
    for signal in ["-INT", "-KILL"] {
        let mut child =
            program(house.root()).args(["import", "in"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(400));
        let id = child.id().to_string();
        let _ = std::process::Command::new("kill").args([signal, &id]).status();
        child.wait().unwrap();
    }
    let report = house.run(&["import", "in", "--json"]).json();
    let total = &report["total"];
    let sum: u64 = ["imported", "unchanged", "refreshed"].iter().map(|key| total[*key].as_u64().unwrap()).sum();
    assert_eq!((sum, total["refused"].as_array().unwrap().len()), (count as u64, 0), "{total}");
    let again = house.run(&["import", "in", "--json"]).json();
    assert_eq!(again["total"]["unchanged"], count, "{}", again["total"]);
}

#[test]
fn members_of_an_archive_keep_their_names_folders_and_files() {
    let house = House::empty();
    let (_, text) = good(4);
    // Windows in China writes names in GBK and sets no flag.
    let mut archive = zip_of(&[("AAAA/BBBB.txt", &text), ("A/x.rar", b"Rar!")]);
    let gbk = encoding_rs::GBK.encode("民政/通知.txt").0.into_owned();
    assert_eq!(gbk.len(), "AAAA/BBBB.txt".len());
    while let Some(at) = archive.windows(gbk.len()).position(|window| window == b"AAAA/BBBB.txt") {
        archive[at..at + gbk.len()].copy_from_slice(&gbk);
    }
    house.write("in/归档.zip", zip_of(&[("内层.zip", &archive)]));
    let report = house.run(&["import", "in", "--json"]).json();
    assert_eq!(report["total"]["imported"], 1, "{report}");
    let refused = &report["total"]["refused"][0];
    assert!(refused["name"].as_str().unwrap().ends_with("归档.zip!内层.zip!A/x.rar"), "{refused}");
    assert!(refused["reason"].as_str().unwrap().contains("请解压后导入"), "{refused}");
    let kept: Vec<Vec<u8>> = fs::read_dir(house.path("corpus/originals"))
        .unwrap()
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(kept, [text]);
    let documents = walkdir::WalkDir::new(house.path("corpus/documents")).into_iter().map(Result::unwrap);
    let document =
        documents.filter(|entry| entry.file_type().is_file()).find(|entry| entry.path().extension().is_some()).unwrap();
    assert!(fs::read_to_string(document.path()).unwrap().contains("归档.zip!内层.zip!民政/通知.txt"));
}

#[test]
fn a_scan_within_an_archive_gets_the_text_of_the_operators_program() {
    let house = House::empty();
    let scan = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>endobj\n\
        4 0 obj<</Length 29>>stream\nq 595 0 0 842 0 0 cm /I Do Q \nendstream endobj\n5 0 obj<</Type/XObject/Subtype/Image\
        /Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\nx\nendstream endobj\n\
        trailer<</Root 1 0 R>>\n%%EOF\n";
    house.write("in/归档.zip", zip_of(&[("通知.pdf", scan.as_bytes())]));
    let refused = house.run(&["import", "in", "--json"]).json()["total"]["refused"][0].clone();
    if refused["reason"].as_str().unwrap().contains("pdftotext") {
        return eprintln!("skipped: no program that reads PDF on this machine");
    }
    assert!(refused["reason"].as_str().unwrap().contains("扫描件"), "{refused}");
    let report = house.run(&["import", "in", "--json", "--ocr-command", "echo 第一条 某某由县民政局负责。"]).json();
    assert_eq!((&report["total"]["imported"], &report["total"]["unaccounted"]), (&json!(1), &json!(0)), "{report}");
}
