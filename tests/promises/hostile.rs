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

/// Files to be written: name, content, and a part of the reason for which they are refused.
type Files = Vec<(String, Vec<u8>, &'static str)>;

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

const TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";

/// The relation by which a part of an office package leads to another.
fn relation(kind: &str, target: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
        Target=\"{target}\"/></Relationships>"
    )
}

fn docx(document: &[u8]) -> Vec<u8> {
    let root = relation("officeDocument", "word/document.xml");
    zip_of(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", document),
    ])
}

fn ofd_of(page: &[u8], resources: &str) -> Vec<u8> {
    let document = "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>\
        <PublicRes>Res.xml</PublicRes></CommonData><Pages><Page ID='1' BaseLoc='Page.xml'/></Pages></Document>";
    zip_of(&[
        ("OFD.xml", b"<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"),
        ("Doc_0/Document.xml", document.as_bytes()),
        ("Doc_0/Res.xml", resources.as_bytes()),
        ("Doc_0/Page.xml", page),
    ])
}

fn ofd(page: &[u8]) -> Vec<u8> {
    ofd_of(page, "<Res/>")
}

fn xlsx_of(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let root = relation("officeDocument", "xl/workbook.xml");
    let related = relation("worksheet", "worksheets/sheet1.xml").replace(
        "</Relationships>",
        "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" \
         Target=\"sharedStrings.xml\"/></Relationships>",
    );
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
        <sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    zip_of(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related.as_bytes()),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn xlsx(sheet: &[u8]) -> Vec<u8> {
    xlsx_of(sheet, b"<sst/>")
}

/// A format of packages: its ending, how one is made of its main part, and what surrounds the words of that part.
type Kind = (&'static str, fn(&[u8]) -> Vec<u8>, [&'static str; 2], fn(&str) -> String);

/// The formats made of XML, each with a main part that its reader takes.
const KINDS: [Kind; 3] = [
    ("docx", docx, ["<w:document xmlns:w=\"w\"><w:body>", "</w:body></w:document>"], |words| {
        words.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect()
    }),
    ("ofd", ofd, ["<Page><Content><Layer>", "</Layer></Content></Page>"], |words| {
        let lines = words.lines().filter(|line| !line.is_empty()).enumerate();
        lines
            .map(|(at, line)| {
                let (top, steps) = (30 + 9 * at, line.chars().count().saturating_sub(1));
                format!(
                    "<TextObject Boundary='30 {top} 150 6' Size='5'>\
                     <TextCode X='0' Y='5' DeltaX='g {steps} 5'>{line}</TextCode></TextObject>"
                )
            })
            .collect()
    }),
    (
        "xlsx",
        xlsx,
        [
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
            "</sheetData></worksheet>",
        ],
        |words| {
            let lines = words.lines().filter(|line| !line.is_empty()).enumerate();
            lines
                .map(|(at, line)| {
                    let row = at + 1;
                    format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{line}</t></is></c></row>")
                })
                .collect()
        },
    ),
];

/// A good file of a kind.
fn package((_, made, [before, after], part): Kind, words: &str) -> Vec<u8> {
    made(format!("{before}{}{after}", part(words)).as_bytes())
}

/// XML that no office writes, around or within a good main part, and what it is refused for.
fn hostile_xml((_, _, [before, after], part): Kind) -> Vec<(String, &'static str)> {
    let words = part("第一条 某某。");
    let whole = |dtd: &str, more: &str| format!("{dtd}{before}{words}{more}{after}");
    let nested = |depth: usize| whole("", &format!("{}{}", "<b>".repeat(depth), "</b>".repeat(depth)));
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let attributes: String = (0..10_000).map(|n| format!(" a{n}=\"\"")).collect();
    vec![
        (whole("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "<b>&x;</b>"), "文档类型声明"),
        (whole("<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\">", ""), "文档类型声明"),
        (whole(&format!("<!DOCTYPE a [<!ENTITY l0 \"哈\">{laughs}]>"), "<b>&l9;</b>"), "文档类型声明"),
        (whole("", "<b>&xxe;</b>"), "未知实体“xxe”"),
        (nested(300), "嵌套超过 256 层"),
        (nested(100_000), "嵌套超过 256 层"),
        (whole("", &format!("<b{attributes}/>")), "属性超过 256 个"),
        (format!("{before}<b></c>{after}"), ""),
        (format!("{before}<b"), ""),
        (String::new(), ""),
    ]
}

/// Files within all limits of their formats that take more than a reader may have, and what stops them.
fn killers() -> Files {
    // A string of a megabyte, named by two thousand cells.
    let strings = format!("<sst><si><t>{}</t></si></sst>", "条".repeat(300_000));
    let rows: String =
        (1..=2000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let [before, after] = KINDS[2].2;
    let memory = xlsx_of(format!("{before}{rows}{after}").as_bytes(), strings.as_bytes());
    // Drawings that draw drawings, a thousand each.
    let units: String = (0..9)
        .map(|unit| {
            let inner = format!("<CompositeObject Boundary='0 0 9 9' ResourceID='{}'/>", unit + 1).repeat(1000);
            format!("<CompositeGraphicUnit ID='{unit}'><Content>{inner}</Content></CompositeGraphicUnit>")
        })
        .collect();
    let resources = format!("<Res><CompositeGraphicUnits>{units}</CompositeGraphicUnits></Res>");
    let [before, after] = KINDS[1].2;
    let page = format!("{before}<CompositeObject Boundary='0 0 9 9' ResourceID='0'/>{after}");
    vec![
        ("memory.xlsx".into(), memory, "内存超过 1024 MiB"),
        // By the clock when the machine is busy.
        ("time.ofd".into(), ofd_of(page.as_bytes(), &resources), "超过 "),
    ]
}

fn packages(files: &mut Files) {
    for kind in KINDS {
        for (at, (xml, reason)) in hostile_xml(kind).into_iter().enumerate() {
            files.push((format!("xml-{at}.{}", kind.0), kind.1(xml.as_bytes()), reason));
        }
        let [before, after] = kind.2;
        let long = |bytes: usize| format!("{before}{}{}{after}", kind.3("第一条 某某。"), " ".repeat(bytes));
        files.push((format!("bomb.{}", kind.0), kind.1(long(40 << 20).as_bytes()), "压缩比超过 100"));
        let whole = package(kind, "第一条 某某。");
        for (at, cut) in [10, 60, 200, whole.len() - 60, whole.len() - 20, whole.len() - 3].into_iter().enumerate() {
            files.push((format!("cut-{at}.{}", kind.0), whole[..cut].to_vec(), ""));
        }
    }
    files.push(("no-document.docx".into(), zip_of(&[("[Content_Types].xml", TYPES.as_bytes())]), "没有正文部件"));
    files.push(("no-document.ofd".into(), zip_of(&[("other.xml", b"<a/>")]), "缺少 OFD.xml"));
    let wide = b"<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"/></row></sheetData></worksheet>";
    files.push(("dimension.xlsx".into(), xlsx(wide), "没有文字"));
    for (at, cut) in [10, 60, 100].into_iter().enumerate() {
        files.push((format!("cut-{at}.zip"), docx(b"<a/>")[..cut].to_vec(), "不是完整的 ZIP"));
    }
}

fn archives(files: &mut Files) {
    let zeros = vec![0; 80 << 20];
    let bomb = zip_of(&[("大.txt", &zeros)]);
    let nested = zip_of(&[("二.zip", &zip_of(&[("三.zip", &bomb)]))]);
    files.push(("bomb.zip".into(), bomb, "疑为压缩炸弹"));
    files.push(("nested.zip".into(), nested, "嵌套超过 1 层"));
    // Each of these may shrink as it likes, all together they may not.
    let names: Vec<String> = (0..80).map(|n| format!("{n}.txt")).collect();
    let mebibytes: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &zeros[..1 << 20])).collect();
    files.push(("together.zip".into(), zip_of(&mebibytes), "疑为压缩炸弹"));
    let names: Vec<String> = (0..3000).map(|n| format!("{n}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    files.push(("entries.zip".into(), zip_of(&many), "超过 2000 个"));
    for (at, name) in
        ["../../escaped.txt", "/tmp/escaped.txt", "C:\\escaped.txt", "a\\..\\..\\escaped.txt"].iter().enumerate()
    {
        files.push((format!("slip-{at}.zip"), zip_of(&[(name, "第一条 逃逸。".as_bytes())]), "路径不安全"));
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("link.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    files.push(("link.zip".into(), writer.finish().unwrap().into_inner(), "链接或特殊文件"));
    // The flag of the first member in both of its headers says that it is encrypted.
    let mut encrypted = zip_of(&[("密.txt", b"secret words")]);
    encrypted[6] |= 1;
    let central = encrypted.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    encrypted[central + 8] |= 1;
    files.push(("encrypted.zip".into(), encrypted, "已加密"));
    files.push(("closed.zip".into(), zip_of(&[("内部/名.rar", b"Rar!"), ("名.exe", b"MZ")]), ""));
    files.push(("nothing.zip".into(), zip_of(&[]), "没有文件"));
    files.push(("system.zip".into(), zip_of(&[("__MACOSX/._a.txt", b"x"), (".DS_Store", b"x")]), "没有文件"));
    files.push(("closed.rar".into(), b"Rar!\x1a\x07".to_vec(), "解压后导入"));
    files.push(("closed.7z".into(), b"7z\xbc\xaf\x27\x1c".to_vec(), "解压后导入"));
}

fn texts(files: &mut Files) {
    files.push(("nested.html".into(), format!("<body>{}正文", "<div>".repeat(100_000)).into_bytes(), ""));
    let many: String = (0..1000).map(|n| format!("<b id={n}>")).collect();
    files.push(("formatting.html".into(), format!("<body><p>{many}{}", "<p>的".repeat(20_000)).into_bytes(), ""));
    files.push(("script.html".into(), b"<html><body><script>document.write('x')</script></body></html>".to_vec(), ""));
    let line = json!({"title": "甲", "text": "长".repeat(14_000_000)}).to_string();
    files.push(("long.jsonl".into(), line.into_bytes(), "32 MiB"));
    files.push(("deep.jsonl".into(), format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)).into_bytes(), "JSON"));
    files.push(("deep-2.jsonl".into(), format!("{{\"text\":{}", "{\"a\":".repeat(10_000)).into_bytes(), "JSON"));
    files.push(("list.jsonl".into(), b"[1, 2, 3]".to_vec(), ""));
    let words = "政府通知。".repeat(30);
    let utf16: Vec<u8> = [0xFEFFu16].into_iter().chain(words.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    files.push(("utf16.txt".into(), [&utf16[..], &[0x00, 0xD8, 0x20]].concat(), "损坏的字节"));
    let gbk = encoding_rs::GBK.decode(words.as_bytes()).0.into_owned();
    files.push(("mojibake.txt".into(), gbk.clone().into_bytes(), "乱码"));
    files.push(("mojibake.md".into(), gbk.into_bytes(), "乱码"));
    let formula = "=cmd|' /C calc'!A0".repeat(3);
    files.push(("quote.csv".into(), [b"\"".as_slice(), &noise(5, 500), &[0]].concat(), ""));
    files.push(("binary.tsv".into(), [formula.as_bytes(), &[0, 1, 2]].concat(), "二进制"));
    files.push(("replaced.txt".into(), "\u{fffd}".repeat(500).into_bytes(), ""));
}

fn disguised(files: &mut Files) {
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &noise(1, 300)].concat();
    let page = b"<!doctype html><html><body><p>\xe6\xad\xa3\xe6\x96\x87</p></body></html>";
    for ending in ["docx", "ofd", "xlsx", "zip", "pdf", "doc", "wps", "txt", "html", "md"] {
        files.push((format!("png.{ending}"), png.clone(), ""));
    }
    for ending in ["docx", "ofd", "xlsx", "zip", "pdf"] {
        files.push((format!("page.{ending}"), page.to_vec(), ""));
    }
    let looped = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1000000000>>endobj\n3 0 obj<</Type/Page/Parent 3 0 R/Contents 4 0 R>>endobj\n\
        4 0 obj<</Length 5 0 R>>stream\nBT ET\nendstream endobj\n5 0 obj 5 0 R endobj\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF";
    files.push(("loop.pdf".into(), looped.into(), ""));
    files.push(("length.pdf".into(), looped.replace("5 0 R>>", "99999999999>>").into_bytes(), ""));
    files.push(("short.pdf".into(), b"%PDF-1.7".to_vec(), ""));
}

/// Two hundred hostile files, random bytes for every ending filling the list.
fn hostile() -> Files {
    let mut files = Files::new();
    packages(&mut files);
    files.extend(killers());
    archives(&mut files);
    texts(&mut files);
    disguised(&mut files);
    for ending in ENDINGS {
        files.push((format!("empty.{ending}"), Vec::new(), ""));
        files.push((format!("zeros.{ending}"), vec![0; 5000], ""));
    }
    for at in 0.. {
        if files.len() >= EACH {
            break;
        }
        let magic: &[u8] =
            [b"".as_slice(), b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"][at / ENDINGS.len() % 4];
        // Random bytes in which one is always zero are no text in any encoding.
        files.push((
            format!("random-{at}.{}", ENDINGS[at % ENDINGS.len()]),
            [magic, &noise(at, 400), &[0; 3]].concat(),
            "",
        ));
    }
    assert_eq!(files.len(), EACH);
    files
}

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
    let refused: Vec<&Value> = report["total"]["refused"].as_array().unwrap().iter().collect();
    for (at, (name, _, expected)) in hostile.iter().enumerate() {
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
                reason.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && reason.contains(expected),
                "{file}: {reason}, not {expected}"
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
fn a_content_that_killed_its_reader_twice_is_not_tried_a_third_time() {
    let house = House::empty();
    let (_, bytes, reason) = killers().swap_remove(0);
    for name in ["in/1.xlsx", "in/2.xlsx", "in/3.xlsx"] {
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
