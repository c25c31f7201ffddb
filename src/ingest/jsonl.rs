//! Reader of collections (.jsonl): one document a line, as portals export them and as BEIR lays them out.

use std::io::{BufRead, Read as _};

use serde_json::{Map, Value};

use super::source::MAX_BYTES;
use super::{Emit, RawDocument, Refusal, SourceFile, Stated, count_characters};
use crate::corpus::FrontMatter;
use crate::policy::sha256_hex;

/// Keys under which a record keeps its text.
pub(super) const TEXT_KEYS: [&str; 4] = ["text", "content", "body", "正文"];
/// The key of records that this library exported, with the number of their shape.
const EXPORT_KEY: &str = "zhengda_export";
/// The shape of exported records that is read.
const EXPORT_SHAPE: u64 = 1;
/// How much of a text is searched for its own title: a letterhead stands above it.
const TITLE_WITHIN: usize = 300;

/// Reads a collection line by line in constant memory.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    let mut lines = match source.lines() {
        Ok(lines) => lines,
        Err(refusal) => return emit(Err(refusal)),
    };
    let mut line = Vec::new();
    for number in 1usize.. {
        let refuse = |reason: String| Refusal { name: format!("{} 第 {number} 行", source.name()), reason };
        line.clear();
        match lines.by_ref().take(MAX_BYTES + 1).read_until(b'\n', &mut line) {
            Ok(0) => return,
            Ok(_) if line.len() as u64 > MAX_BYTES => {
                emit(Err(refuse("一行超过 32 MiB，请拆分".to_owned())));
                if let Err(error) = skip_line(lines.as_mut()) {
                    return emit(Err(refuse(format!("无法读取：{error}"))));
                }
            }
            Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
            Ok(_) => emit(record(source, number, &line).map_err(refuse)),
            Err(error) => return emit(Err(refuse(format!("无法读取：{error}")))),
        }
    }
}

fn skip_line(lines: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let block = lines.fill_buf()?;
        let (used, done) = match block.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (block.len(), block.is_empty()),
        };
        lines.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn record(source: &SourceFile, number: usize, line: &[u8]) -> Result<RawDocument, String> {
    let line = std::str::from_utf8(line).map_err(|_| "不是合法的 UTF-8".to_owned())?;
    let record: Map<String, Value> = serde_json::from_str(line.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("不是 JSON 对象：{error}"))?;
    if record.contains_key(EXPORT_KEY) {
        return exported(source, number, &record);
    }
    document(source, number, &record)
}

/// The document of a record, which stands in this line of a collection.
pub(super) fn document(source: &SourceFile, number: usize, record: &Map<String, Value>) -> Result<RawDocument, String> {
    let text = TEXT_KEYS.iter().find_map(|key| record.get(*key)?.as_str()).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(format!("没有正文（{}）", TEXT_KEYS.join("、")));
    }
    let stated = Stated::from_record(record);
    let heading = stated.title.clone().filter(|title| !opens_with(text, title));
    let characters = count_characters(text) + heading.as_deref().map_or(0, count_characters);
    let within = match &stated.id {
        Some(id) => id.clone(),
        None => sha256_hex(format!("{:?}|{:?}|{:?}", stated.number, stated.title, stated.published).as_bytes())[..12]
            .to_owned(),
    };
    let folders =
        source.folders.iter().cloned().chain(source.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    Ok(RawDocument {
        name: format!("{} 第 {number} 行", source.name()),
        location: format!("{}#{within}", source.location),
        stem: String::new(),
        folders: folders.collect(),
        heading,
        text: text.to_owned(),
        characters,
        stated,
        ..source.blank()
    })
}

/// A record that this library exported: metadata, noise and canonical text come back as they were.
fn exported(source: &SourceFile, number: usize, record: &Map<String, Value>) -> Result<RawDocument, String> {
    if record.get(EXPORT_KEY).and_then(Value::as_u64) != Some(EXPORT_SHAPE) {
        return Err("导出格式的版本与本程序不符；请用同一版本的程序导出和导入".to_owned());
    }
    let front = record.get("metadata").cloned().unwrap_or_default();
    let front: FrontMatter = serde_json::from_value(front).map_err(|error| format!("元数据无法读取：{error}"))?;
    let text = record.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    if record.get("text_sha256").and_then(Value::as_str).is_some_and(|digest| digest != sha256_hex(text.as_bytes())) {
        return Err("正文与其摘要（text_sha256）不符；请重新导出".to_owned());
    }
    let (meta, noise) = front.into_parts();
    let characters = count_characters(&text) + noise.iter().map(|noise| count_characters(&noise.text)).sum::<usize>();
    Ok(RawDocument {
        name: format!("{} 第 {number} 行", source.name()),
        location: format!("{}#{}", source.location, meta.id),
        text,
        noise,
        characters,
        canonical: true,
        recognised: meta.recognised,
        exported: Some(Box::new(meta)),
        ..source.blank()
    })
}

/// Whether the title already stands near the beginning of the text, however it is broken into lines.
pub(super) fn opens_with(text: &str, title: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let head: String = text.chars().take(TITLE_WITHIN).collect();
    plain(&head).contains(&plain(title))
}
