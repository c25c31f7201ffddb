//! Hostile files of every kind, each with what it must be refused for.

use std::io::{Cursor, Write as _};

use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::EACH;
use super::packages::{killers, packages};

/// Endings at which hostile bytes are aimed.
const ENDINGS: [&str; 13] =
    ["txt", "md", "html", "jsonl", "zip", "docx", "xlsx", "csv", "ofd", "pdf", "doc", "wps", "rtf"];

/// Files to be written: name, content, and a part of the reason for which they are refused.
pub(super) type Files = Vec<(String, Vec<u8>, &'static str)>;

pub(super) fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
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

fn archives(files: &mut Files) {
    let zeros = vec![0; 80 << 20];
    let bomb = zip_of(&[("大.txt", &zeros)]);
    let nested = zip_of(&[("二.zip", &zip_of(&[("三.zip", &bomb)]))]);
    files.push(("bomb.zip".into(), bomb, "疑为压缩炸弹"));
    files.push(("nested.zip".into(), nested, "嵌套超过 1 层"));
    // Each of these may shrink as it likes, all together they may not.
    let names: Vec<String> = (0..80).map(|n| format!("{n}.txt")).collect();
    let mebibytes: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &zeros[..1 << 20])).collect();
    files.push(("together.zip".into(), zip_of(&mebibytes), "解压后总量超过上限"));
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
    // As .docx or .xlsx it would be read as the page it is.
    for ending in ["ofd", "zip", "pdf"] {
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
pub(super) fn hostile() -> Files {
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
