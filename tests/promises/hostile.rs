//! Promise 15: hostile files are refused by name, each with a reason, while the good ones among them go in.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write as _};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::house::{House, program};

/// How many good and how many hostile files there are.
const EACH: usize = 200;
/// Endings at which hostile bytes are aimed.
const ENDINGS: [&str; 13] =
    ["txt", "md", "html", "jsonl", "zip", "docx", "xlsx", "csv", "ofd", "pdf", "doc", "wps", "rtf"];

/// Files to be written, by name.
type Files = Vec<(String, Vec<u8>)>;

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Bytes that look random and are the same in every run.
fn noise(seed: usize, length: usize) -> Vec<u8> {
    let mut state = (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..length).map(|_| next()).collect()
}

const TYPES: &[u8] =
    b"<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const RELATIONS: &[u8] = b"<?xml version=\"1.0\"?><Relationships \
    xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"word/document.xml\"/></Relationships>";

fn docx(document: &[u8]) -> Vec<u8> {
    zip_of(&[("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document)])
}

fn ofd(root: &[u8]) -> Vec<u8> {
    zip_of(&[("OFD.xml", root), ("Doc_0/Document.xml", root)])
}

fn xlsx(sheet: &[u8]) -> Vec<u8> {
    zip_of(&[("[Content_Types].xml", TYPES), ("xl/workbook.xml", sheet), ("xl/worksheets/sheet1.xml", sheet)])
}

/// XML that no office writes.
fn hostile_xml() -> Vec<Vec<u8>> {
    let nested = |depth: usize| format!("<a>{}{}</a>", "<b>".repeat(depth), "</b>".repeat(depth));
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let attributes: String = (0..10_000).map(|n| format!(" a{n}=\"\"")).collect();
    [
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".to_owned(),
        "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>".to_owned(),
        format!("<!DOCTYPE a [<!ENTITY l0 \"哈\">{laughs}]><a>&l9;</a>"),
        nested(200),
        nested(100_000),
        format!("<a{attributes}/>"),
        "<a><b></a>".to_owned(),
        "<a".to_owned(),
        String::new(),
    ]
    .map(String::into_bytes)
    .to_vec()
}

fn packages(files: &mut Files) {
    for (at, xml) in hostile_xml().into_iter().enumerate() {
        files.push((format!("xml-{at}.docx"), docx(&xml)));
        files.push((format!("xml-{at}.ofd"), ofd(&xml)));
        files.push((format!("xml-{at}.xlsx"), xlsx(&xml)));
    }
    files.push(("no-document.docx".into(), zip_of(&[("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS)])));
    files.push(("no-document.ofd".into(), zip_of(&[("other.xml", b"<a/>")])));
    let zeros = vec![b' '; 80 << 20];
    files.push(("bomb.docx".into(), docx(&zeros)));
    files.push(("bomb.ofd".into(), ofd(&zeros[..40 << 20])));
    files.push(("bomb.xlsx".into(), xlsx(&zeros[..40 << 20])));
    let wide = b"<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"/></row></sheetData></worksheet>";
    files.push(("dimension.xlsx".into(), xlsx(wide)));
    let whole =
        docx(b"<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>\xe6\x9d\xa1</w:t></w:r></w:p></w:body></w:document>");
    for (at, cut) in [10, 60, 200, whole.len() - 60, whole.len() - 20, whole.len() - 3].into_iter().enumerate() {
        for ending in ["docx", "ofd", "xlsx", "zip"] {
            files.push((format!("cut-{at}.{ending}"), whole[..cut].to_vec()));
        }
    }
}

fn archives(files: &mut Files) {
    let zeros = vec![0; 80 << 20];
    let bomb = zip_of(&[("大.txt", &zeros)]);
    let nested = zip_of(&[("二.zip", &zip_of(&[("三.zip", &bomb)]))]);
    files.push(("bomb.zip".into(), bomb));
    files.push(("nested.zip".into(), nested));
    // Each of these may shrink as it likes, all together they may not.
    let names: Vec<String> = (0..80).map(|n| format!("{n}.txt")).collect();
    let mebibytes: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &zeros[..1 << 20])).collect();
    files.push(("together.zip".into(), zip_of(&mebibytes)));
    let names: Vec<String> = (0..3000).map(|n| format!("{n}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    files.push(("entries.zip".into(), zip_of(&many)));
    for (at, name) in
        ["../../escaped.txt", "/tmp/escaped.txt", "C:\\escaped.txt", "a\\..\\..\\escaped.txt"].iter().enumerate()
    {
        files.push((format!("slip-{at}.zip"), zip_of(&[(name, "第一条 逃逸。".as_bytes())])));
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("link.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    files.push(("link.zip".into(), writer.finish().unwrap().into_inner()));
    // The flag of the first member in both of its headers says that it is encrypted.
    let mut encrypted = zip_of(&[("密.txt", b"secret words")]);
    encrypted[6] |= 1;
    let central = encrypted.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    encrypted[central + 8] |= 1;
    files.push(("encrypted.zip".into(), encrypted));
    files.push(("closed.zip".into(), zip_of(&[("内部/名.rar", b"Rar!"), ("名.exe", b"MZ")])));
    files.push(("nothing.zip".into(), zip_of(&[])));
    files.push(("system.zip".into(), zip_of(&[("__MACOSX/._a.txt", b"x"), (".DS_Store", b"x")])));
    files.push(("closed.rar".into(), b"Rar!\x1a\x07".to_vec()));
    files.push(("closed.7z".into(), b"7z\xbc\xaf\x27\x1c".to_vec()));
}

fn texts(files: &mut Files) {
    files.push(("nested.html".into(), format!("<body>{}正文", "<div>".repeat(100_000)).into_bytes()));
    let many: String = (0..1000).map(|n| format!("<b id={n}>")).collect();
    files.push(("formatting.html".into(), format!("<body><p>{many}{}", "<p>的".repeat(20_000)).into_bytes()));
    files.push(("script.html".into(), b"<html><body><script>document.write('x')</script></body></html>".to_vec()));
    let line = json!({"title": "甲", "text": "长".repeat(14_000_000)}).to_string();
    files.push(("long.jsonl".into(), line.into_bytes()));
    files.push(("deep.jsonl".into(), format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)).into_bytes()));
    files.push(("deep-2.jsonl".into(), format!("{{\"text\":{}", "{\"a\":".repeat(10_000)).into_bytes()));
    files.push(("list.jsonl".into(), b"[1, 2, 3]".to_vec()));
    let words = "政府通知。".repeat(30);
    let utf16: Vec<u8> = [0xFEFFu16].into_iter().chain(words.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    files.push(("utf16.txt".into(), [&utf16[..], &[0x00, 0xD8, 0x20]].concat()));
    let gbk = encoding_rs::GBK.decode(words.as_bytes()).0.into_owned();
    files.push(("mojibake.txt".into(), gbk.clone().into_bytes()));
    files.push(("mojibake.md".into(), gbk.into_bytes()));
    files.push(("replaced.txt".into(), "\u{fffd}".repeat(500).into_bytes()));
}

fn disguised(files: &mut Files) {
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &noise(1, 300)].concat();
    let page = b"<!doctype html><html><body><p>\xe6\xad\xa3\xe6\x96\x87</p></body></html>";
    for ending in ["docx", "ofd", "xlsx", "zip", "pdf", "doc", "wps", "txt", "html", "md"] {
        files.push((format!("png.{ending}"), png.clone()));
    }
    for ending in ["docx", "ofd", "xlsx", "zip", "pdf"] {
        files.push((format!("page.{ending}"), page.to_vec()));
    }
    let looped = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1000000000>>endobj\n3 0 obj<</Type/Page/Parent 3 0 R/Contents 4 0 R>>endobj\n\
        4 0 obj<</Length 5 0 R>>stream\nBT ET\nendstream endobj\n5 0 obj 5 0 R endobj\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF";
    files.push(("loop.pdf".into(), looped.into()));
    files.push(("length.pdf".into(), looped.replace("5 0 R>>", "99999999999>>").into_bytes()));
    files.push(("short.pdf".into(), b"%PDF-1.7".to_vec()));
}

/// Two hundred hostile files, random bytes for every ending filling the list.
fn hostile() -> Files {
    let mut files = Files::new();
    packages(&mut files);
    archives(&mut files);
    texts(&mut files);
    disguised(&mut files);
    for ending in ENDINGS {
        files.push((format!("empty.{ending}"), Vec::new()));
        files.push((format!("zeros.{ending}"), vec![0; 5000]));
    }
    for at in 0.. {
        if files.len() >= EACH {
            break;
        }
        let magic: &[u8] =
            [b"".as_slice(), b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"][at / ENDINGS.len() % 4];
        // Random bytes in which one is always zero are no text in any encoding.
        files
            .push((format!("random-{at}.{}", ENDINGS[at % ENDINGS.len()]), [magic, &noise(at, 400), &[0; 3]].concat()));
    }
    assert_eq!(files.len(), EACH);
    files
}

fn good(at: usize) -> (String, Vec<u8>) {
    let text = format!(
        "丙田县人民政府关于第{at}号事项的通知\n\n丙政发〔2025〕{at}号\n\n各乡镇人民政府：\n\n一、第{at}号事项由县民政局办理。\n\n\
         二、办理期限为{at}个工作日。\n\n丙田县人民政府\n2025年3月1日\n"
    );
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
    for (at, (name, bytes)) in hostile.iter().enumerate() {
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
    let refused: Vec<&Value> = report["total"]["refused"].as_array().unwrap().iter().collect();
    for (at, (name, _)) in hostile.iter().enumerate() {
        let file = format!("in/{at:03}/{name}");
        let reasons: Vec<&str> = refused
            .iter()
            .filter(|refusal| refusal["name"].as_str().unwrap().contains(&file))
            .map(|refusal| refusal["reason"].as_str().unwrap())
            .collect();
        assert!(!reasons.is_empty(), "{file} was not refused");
        for reason in reasons {
            eprintln!("{file}: {reason}");
            assert!(
                reason.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && !reason.contains("内部错误"),
                "{file}: {reason}"
            );
        }
    }
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
