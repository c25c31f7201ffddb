//! Promise 16: a document is the same document in whatever format it comes: same clauses, same ids, same words.

use std::path::{Path, PathBuf};
use std::process::Command;

use zhengda::ingest::{Isolation, SourceFile, Tools, prepare, read};
use zhengda::policy::Gazetteer;

/// Formats whose clauses must all be the same to the letter as those of plain text in GB18030.
const EQUAL: [&str; 3] = ["html", "docx", "ofd"];
/// How many in a hundred clauses are the same when `pdftotext` reads the PDF. It says nothing of the rules of tables, and
/// where a cell of several lines ends cannot be told without them: what is missing are tables and the clauses around them.
const POPPLER_FLOOR: usize = 83;

/// What is cited of a document: its id, and id, label and words of each clause.
#[derive(Debug)]
struct Cited {
    id: String,
    title: String,
    clauses: Vec<(String, String, String)>,
}

/// Reads one file as an import does, with pdfium's library if one is named.
fn import(path: &Path, pdfium: Option<&Path>) -> Cited {
    let source = SourceFile::open(path, None).unwrap();
    let tools = Tools { pdfium: pdfium.into_iter().map(PathBuf::from).collect(), ..Tools::default() };
    let isolation = Isolation::Child { program: PathBuf::from(env!("CARGO_BIN_EXE_zhengda")), tools };
    let mut documents = Vec::new();
    read(&source, &isolation, &mut |document| documents.push(document));
    assert_eq!(documents.len(), 1, "{}", path.display());
    let prepared = prepare(documents.remove(0).unwrap(), &Gazetteer::default()).unwrap();
    assert_eq!(prepared.account.unaccounted, 0, "{}", path.display());
    let text = &prepared.incoming.text;
    let nodes = prepared.outline.nodes().iter();
    let clauses = nodes.map(|node| (node.id.to_string(), node.label.clone(), text[node.start..node.end].to_owned()));
    let meta = &prepared.incoming.meta;
    Cited { id: meta.id.to_string(), title: meta.title.clone(), clauses: clauses.collect() }
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut texts: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    texts.sort();
    assert_eq!(texts.len(), 10);
    texts
}

/// How many clauses of the ten texts a format has too, of how many.
fn same_clauses(format: &str) -> (usize, usize) {
    let (mut same, mut all) = (0, 0);
    for path in fixtures() {
        let (expected, found) = (import(&path, None), import(&path.with_extension(format), None));
        assert_eq!((&found.id, &found.title), (&expected.id, &expected.title), "{}.{format}", path.display());
        all += expected.clauses.len();
        same += expected.clauses.iter().filter(|clause| found.clauses.contains(clause)).count();
    }
    (same, all)
}

fn must_be_equal(format: &str, pdfium: Option<&Path>) {
    for path in fixtures() {
        let (expected, found) = (import(&path, None), import(&path.with_extension(format), pdfium));
        assert_eq!((&found.id, &found.title), (&expected.id, &expected.title), "{}.{format}", path.display());
        assert_eq!(found.clauses, expected.clauses, "{}.{format}", path.display());
    }
}

#[test]
fn ten_documents_are_the_same_in_web_pages_word_and_ofd() {
    EQUAL.into_iter().for_each(|format| must_be_equal(format, None));
}

#[test]
fn ten_documents_are_the_same_in_pdf_through_pdfium() {
    match pdfium() {
        Some(library) => must_be_equal("pdf", Some(&library)),
        None => eprintln!("skipped: no pdfium on this machine (ZHENGDA_PDFIUM, or Python's pypdfium2)"),
    }
}

#[test]
fn ten_documents_are_nearly_the_same_in_pdf_through_poppler() {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        eprintln!("skipped: no pdftotext on this machine");
        return;
    }
    let (same, all) = same_clauses("pdf");
    assert!(same * 100 >= all * POPPLER_FLOOR, "{same} of {all} clauses");
}

/// Where pdfium's library lies: as the operator says, or where Python keeps it.
fn pdfium() -> Option<PathBuf> {
    let named = std::env::var_os("ZHENGDA_PDFIUM").map(PathBuf::from).filter(|path| path.is_file());
    named.or_else(|| {
        let script =
            "import pathlib, pypdfium2_raw as raw; print(pathlib.Path(raw.__file__).with_name('libpdfium.so'))";
        let said = Command::new("python3").args(["-c", script]).output().ok()?;
        let path = PathBuf::from(String::from_utf8_lossy(&said.stdout).trim());
        path.is_file().then_some(path)
    })
}
