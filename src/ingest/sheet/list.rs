//! Lists kept as text (.csv, .tsv): a table, or a collection with one document a row.

use serde_json::{Map, Value};

use super::super::{decode, jsonl};
use super::{Cells, MAX_PLACES, Tables, too_large};
use crate::ingest::{Emit, RawDocument, Refusal, SourceFile, count_characters};

/// Marks that may stand between the cells of a row.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];
/// Names of the column that holds titles.
const TITLE_KEYS: [&str; 2] = ["title", "标题"];

/// Reads one list.
pub(in crate::ingest) fn read(source: &SourceFile, emit: Emit<'_>) {
    match rows(source) {
        Err(refusal) => emit(Err(refusal)),
        Ok((rows, raw)) => match names(&rows) {
            Some(names) => collection(source, &names, &rows[1..], emit),
            None => emit(table(&rows, raw).map_err(|reason| source.refuse(reason))),
        },
    }
}

fn rows(source: &SourceFile) -> Result<(Vec<csv::StringRecord>, RawDocument), Refusal> {
    let (bytes, raw) = source.bytes()?;
    let text = decode::decode(&bytes, None).map_err(|reason| source.refuse(reason))?;
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let times = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    let delimiter = DELIMITERS.into_iter().rev().max_by_key(|&mark| times(mark)).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut places = 0usize;
    for row in reader.records() {
        let row = row.map_err(|error| source.refuse(format!("表格有误：{error}")))?;
        places = places.saturating_add(row.len());
        if places > MAX_PLACES {
            return Err(source.refuse(too_large()));
        }
        rows.push(row);
    }
    Ok((rows, raw))
}

/// The names of the columns, when every row is a document of its own: one column holds titles and one texts.
fn names(rows: &[csv::StringRecord]) -> Option<Vec<String>> {
    let names: Vec<String> = rows.first()?.iter().map(|name| name.trim().to_owned()).collect();
    let has = |keys: &[&str]| names.iter().any(|name| keys.iter().any(|key| key.eq_ignore_ascii_case(name)));
    (has(&TITLE_KEYS) && has(&jsonl::TEXT_KEYS)).then_some(names)
}

fn collection(source: &SourceFile, names: &[String], rows: &[csv::StringRecord], emit: Emit<'_>) {
    for (at, row) in rows.iter().enumerate() {
        let number = row.position().map_or(at + 2, |position| usize::try_from(position.line()).unwrap_or(at + 2));
        let fields = names.iter().zip(row).map(|(name, words)| {
            let name = if name.is_ascii() { name.to_lowercase() } else { name.clone() };
            (name, Value::String(words.to_owned()))
        });
        let record: Map<String, Value> = fields.collect();
        let refuse = |reason: String| Refusal { name: format!("{} 第 {number} 行", source.name()), reason };
        emit(jsonl::document(source, number, &record).map_err(refuse));
    }
}

fn table(rows: &[csv::StringRecord], raw: RawDocument) -> Result<RawDocument, String> {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let mut cells = Cells::new();
    for (row, record) in rows.iter().enumerate() {
        for (column, words) in record.iter().enumerate() {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.is_empty() {
                cells.insert((place(row), place(column)), words);
            }
        }
    }
    let mut tables = Tables::default();
    let characters = cells.values().map(|words| count_characters(words)).sum();
    let grid = tables.grid(cells, &[])?;
    tables.write(&grid);
    if tables.text.trim().is_empty() {
        return Err("表格中没有文字".to_owned());
    }
    Ok(RawDocument { text: tables.text, characters, added: tables.added, ..raw })
}
