//! Promise 15: a document is the same document in whatever format it comes: same clauses, same ids, same words.

use std::path::{Path, PathBuf};

use zhengda::ingest::{SourceFile, prepare, read};
use zhengda::policy::Gazetteer;

/// The formats each of the ten documents is saved in, beside plain text in GB18030.
const FORMATS: [&str; 4] = ["html", "docx", "pdf", "ofd"];

/// What is cited of a document: its id, and id, label and words of each clause.
#[derive(Debug, PartialEq)]
struct Cited {
    id: String,
    title: String,
    clauses: Vec<(String, String, String)>,
}

/// Imports one file in memory; none when this machine has no program for the format.
fn import(path: &Path) -> Option<Cited> {
    let source = SourceFile::open(path, None).unwrap();
    let mut documents = Vec::new();
    read(&source, &mut |document| documents.push(document));
    assert_eq!(documents.len(), 1, "{}", path.display());
    let raw = match documents.remove(0) {
        Ok(raw) => raw,
        Err(refusal) if refusal.reason.contains("PDF 需要本机有") => return None,
        Err(refusal) => panic!("{refusal}"),
    };
    let prepared = prepare(raw, &Gazetteer::default()).unwrap();
    assert_eq!(prepared.account.unaccounted, 0, "{}", path.display());
    let text = &prepared.incoming.text;
    let nodes = prepared.outline.nodes().iter();
    let clauses = nodes.map(|node| (node.id.to_string(), node.label.clone(), text[node.start..node.end].to_owned()));
    let meta = &prepared.incoming.meta;
    Some(Cited { id: meta.id.to_string(), title: meta.title.clone(), clauses: clauses.collect() })
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut texts: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    texts.sort();
    texts
}

#[test]
fn ten_documents_are_the_same_in_five_formats() {
    let texts = fixtures();
    assert_eq!(texts.len(), 10);
    let mut wrong = Vec::new();
    for text in &texts {
        let expected = import(text).unwrap();
        for format in FORMATS {
            let path = text.with_extension(format);
            let Some(found) = import(&path) else {
                eprintln!("skipped: no PDF engine on this machine for {}", path.display());
                continue;
            };
            if found != expected {
                let missing = expected.clauses.iter().find(|clause| !found.clauses.contains(clause));
                let other = found.clauses.iter().find(|clause| !expected.clauses.contains(clause));
                wrong.push(format!(
                    "{}: {} for {}, no {missing:?} but {other:?}",
                    path.display(),
                    found.title,
                    expected.title
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
