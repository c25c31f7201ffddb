//! What fuzzing aims at: one table, shared by cargo-fuzz (`fuzz/`) and by the replay in CI (`promises/fuzzing.rs`).
//!
//! Each target takes any bytes and asserts what must hold of every input, not only that nothing panics.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use zhengda::corpus::{Corpus, FrontMatter, difference, read_front_matter};
use zhengda::index::copying;
use zhengda::ingest::{self, RawDocument, Refusal};
use zhengda::outline;
use zhengda::policy::{DocumentNumber, Gazetteer, Metadata, Noise};
use zip::write::SimpleFileOptions;

/// A target by name.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const TARGETS: &[Target] = &[
    ("text", |bytes| read("甲.txt", bytes)),
    ("markdown", |bytes| read("甲.md", bytes)),
    ("html", |bytes| read("甲.html", bytes)),
    ("jsonl", |bytes| read("甲.jsonl", bytes)),
    ("csv", |bytes| read("甲.csv", bytes)),
    ("xlsx", workbook),
    ("docx", |bytes| read("甲.docx", &package(bytes, "word/document.xml", &DOCUMENT))),
    ("ofd", |bytes| read("甲.ofd", &package(bytes, "Doc_0/Pages/Page_0/Content.xml", &OFD))),
    ("zip", |bytes| read("甲.zip", &package(bytes, "甲.txt", &[]))),
    ("words", |bytes| laid_out(ingest::lay_out_words(&String::from_utf8_lossy(bytes)))),
    ("layout", |bytes| laid_out(ingest::lay_out_marks(bytes))),
    ("outline", divided),
    ("letterhead", letterhead),
    ("dates", dates),
    ("numbers", numbers),
    ("prepare", prepared),
    ("front_matter", front_matter),
    ("copying", copied),
];

/// Runs a target on an input; a broken promise panics.
pub(crate) fn run(name: &str, bytes: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target of the table");
    target(bytes);
}

/// Where the bytes of a member of a package begin, and its name.
const MEMBER: &[u8] = b"=== ";
/// Most bytes of a member's name.
const MEMBER_NAME: usize = 80;

/// Members of a package that an input need not give: `xlsx`.
const WORKBOOK: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="清单" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];
/// The same of `docx`.
const DOCUMENT: [(&str, &str); 2] = [
    WORKBOOK[0],
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#,
    ),
];
/// The same of `ofd`.
const OFD: [(&str, &str); 2] = [
    (
        "OFD.xml",
        r#"<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#,
    ),
    (
        "Doc_0/Document.xml",
        r#"<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>"#,
    ),
];

/// The places of China, as every library knows them.
static PLACES: LazyLock<Gazetteer> =
    LazyLock::new(|| Corpus::open(env!("CARGO_MANIFEST_DIR")).unwrap().gazetteer().unwrap());

/// Packs an input: what stands below `=== name` is the member of that name, what stands above the first such line is
/// the `main` one; `others` are added where they are not given. A package is left as it is.
///
/// Mutations of a finished package break its checksums and get no further than that.
fn package(bytes: &[u8], main: &str, others: &[(&str, &str)]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let mut members: Vec<(String, Vec<u8>)> = vec![(main.to_owned(), Vec::new())];
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(MEMBER) {
            Some(name) => {
                let name = String::from_utf8_lossy(&name[..name.len().min(MEMBER_NAME)]).trim().to_owned();
                members.push((name, Vec::new()));
            }
            None => members.last_mut().unwrap().1.extend_from_slice(line),
        }
    }
    members.retain(|(_, content)| !content.is_empty());
    for (name, content) in others {
        if members.iter().all(|(known, _)| known != name) {
            members.push(((*name).to_owned(), content.as_bytes().to_vec()));
        }
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in &members {
        // A name given twice is refused by the writer.
        if writer.start_file(name.as_str(), options).is_ok() {
            writer.write_all(content).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// Every document of a file keeps its account, and every refusal says why in Chinese.
fn read(name: &str, bytes: &[u8]) {
    ingest::read_bytes(name, bytes, &mut |item| match item {
        Ok(raw) => balanced(raw),
        Err(refusal) => refused(&refusal),
    });
}

/// As [`read`], but a panic passes, ours too: calamine 0.38 has some, such as on merged cells from B2 to A1 with overflow
/// checks on; importing guards the reader and refuses the file.
fn workbook(bytes: &[u8]) {
    let file = package(bytes, "xl/worksheets/sheet1.xml", &WORKBOOK);
    let mut documents = Vec::new();
    let read = || ingest::read_bytes("甲.xlsx", &file, &mut |item| documents.push(item));
    if std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).is_err() {
        return;
    }
    for item in documents {
        match item {
            Ok(raw) => balanced(raw),
            Err(refusal) => refused(&refusal),
        }
    }
}

fn refused(refusal: &Refusal) {
    assert!(!refusal.reason.contains("读取程序无法处理"), "a reader panicked: {refusal}");
    assert!(refusal.reason.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{refusal}");
}

fn laid_out(raw: RawDocument) {
    assert_eq!(counted(&raw.text, &raw.noise), raw.characters + raw.added, "{raw:?}");
    balanced(raw);
}

/// Nothing is lost between the source and the clauses, and what is written of it reads back.
fn balanced(raw: RawDocument) {
    let (whole, heading) = (raw.characters + raw.added, raw.heading.clone());
    assert!(raw.canonical || heading.is_some() || counted(&raw.text, &raw.noise) == whole, "{raw:?}");
    match ingest::prepare(raw, &PLACES) {
        Err(refusal) => {
            refused(&refusal);
            assert!(!refusal.reason.contains("报告给维护者"), "{refusal}");
        }
        Ok(prepared) => {
            let account = prepared.account;
            assert_eq!(account.unaccounted, 0, "{account:?} {:?}", prepared.incoming);
            assert_eq!(account.characters_in + account.added, account.in_clauses + account.in_noise);
            prepared.outline.check(&prepared.incoming.text).unwrap();
            written(&prepared.incoming.meta, &prepared.incoming.noise, &prepared.incoming.text);
        }
    }
}

fn counted(text: &str, noise: &[Noise]) -> usize {
    let noise: usize = noise.iter().map(|noise| ingest::count_characters(&noise.text)).sum();
    ingest::count_characters(text) + noise
}

/// A document file says what it was told to say.
fn written(meta: &Metadata, noise: &[Noise], text: &str) {
    let file = FrontMatter::new(meta, noise).write(text).unwrap();
    let (front, read) = read_front_matter(&file).unwrap_or_else(|error| panic!("{error}: {file}"));
    let (mut back, noise_back) = front.into_parts();
    assert_eq!(read, text);
    assert_eq!(noise_back, noise);
    let mut meta = meta.clone();
    for meta in [&mut meta, &mut back] {
        meta.elements.sort();
        meta.origins.sort_by(|a, b| a.0.cmp(&b.0));
    }
    assert_eq!(back, meta);
}

/// Any text is divided; nothing is lost when its lines are joined.
fn divided(bytes: &[u8]) {
    let raw = String::from_utf8_lossy(bytes);
    let reflowed = outline::reflow(&raw);
    assert_eq!(outline::unaccounted(&raw, &reflowed), 0, "{reflowed:?}");
    for text in [&*raw, &reflowed.text] {
        let outline = outline::outline(text);
        outline.check(text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
        for node in outline.nodes() {
            for duty in &node.responsibilities {
                assert!(text.get(duty.range.clone()).is_some(), "{duty:?}");
                assert!(node.start <= duty.range.start && duty.range.end <= node.end, "{duty:?} outside {node:?}");
            }
        }
    }
}

/// Every field is a range of the text, in order.
fn letterhead(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let head = outline::letterhead(&text);
    let one = [&head.title, &head.addressee].into_iter().flatten();
    let named = head.number.iter().map(|(range, _)| range);
    let dated = head.written.iter().map(|(range, _)| range).chain(head.disclosure.iter().map(|(range, _)| range));
    for range in one.chain(named).chain(dated).chain(&head.signatures) {
        assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()), "{range:?} of {head:?}");
    }
    for (range, name) in &head.fields {
        assert!(text.get(range.clone()).is_some(), "{name} {range:?}");
    }
    assert!(head.fields.is_sorted_by_key(|(range, _)| range.start), "{:?}", head.fields);
    assert!(!head.title_text.contains('\n'));
}

/// A date's range holds that date.
fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let found = ingest::find_dates(&text);
    assert_eq!(ingest::parse_date(&text), found.first().map(|(_, date)| *date));
    let mut last = 0;
    for (range, date) in found {
        assert!(last <= range.start, "dates do not overlap");
        last = range.end;
        assert_eq!(ingest::parse_date(&text[range]), Some(date));
    }
}

/// A number's range holds a number, and a number is read back from what is shown and from what is stored.
fn numbers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut last = 0;
    for mention in DocumentNumber::mentions(&text) {
        assert!(last <= mention.range.start, "mentions do not overlap: {mention:?}");
        last = mention.range.end;
        assert!(text.get(mention.range.clone()).is_some_and(|words| !words.is_empty()), "{mention:?}");
        if let Some(number) = mention.number() {
            assert!(mention.matches(&number));
            round_trip(&number);
        }
    }
    if let Some(number) = DocumentNumber::parse(&text) {
        round_trip(&number);
    }
}

fn round_trip(number: &DocumentNumber) {
    assert_eq!(DocumentNumber::parse(&number.to_string()).as_ref(), Some(number), "{number}");
    assert_eq!(DocumentNumber::from_key(&number.stored()).as_ref(), Some(number), "{}", number.stored());
}

/// The whole way of a text into the library, and once more from there.
fn prepared(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let raw = RawDocument { characters: ingest::count_characters(&text), text, ..RawDocument::default() };
    balanced(raw.clone());
    let Ok(first) = ingest::prepare(raw, &PLACES) else { return };
    let file = FrontMatter::new(&first.incoming.meta, &first.incoming.noise).write(&first.incoming.text).unwrap();
    ingest::read_bytes("甲.md", file.as_bytes(), &mut |item| {
        // A text of control characters is none to the decoder; the library reads its own files without it.
        let Ok(again) = item else { return };
        assert!(again.canonical);
        let again = ingest::prepare(again, &PLACES).unwrap();
        assert_eq!(again.incoming.text, first.incoming.text);
        assert_eq!(again.incoming.meta.id, first.incoming.meta.id);
        assert_eq!(again.outline, first.outline);
        assert_eq!(again.account.unaccounted, 0);
    });
}

/// What reads as front matter is written so that it reads the same.
fn front_matter(bytes: &[u8]) {
    let file = String::from_utf8_lossy(bytes);
    if let Ok((front, text)) = read_front_matter(&file) {
        let (meta, noise) = front.into_parts();
        written(&meta, &noise, text);
    }
}

/// Shares are shares, a text copies all of itself, and every difference is of one of the two texts.
fn copied(bytes: &[u8]) {
    let whole = String::from_utf8_lossy(bytes);
    let (one, other) = whole.split_once("\n===\n").unwrap_or((&whole, ""));
    for (text, policy) in [(one, other), (other, one), (one, one)] {
        let copying = copying(text, policy);
        assert!(copying.verbatim <= copying.characters, "{copying:?}");
        assert!(copying.longest_run <= copying.verbatim, "{copying:?}");
        assert!([copying.verbatim_share, copying.headings_share].iter().all(|share| (0.0..=1.0).contains(share)));
    }
    let none = difference("甲", "乙", one, one);
    assert!(none.lines.is_empty() && none.missing == 0 && none.added == 0, "{none:?}");
    let _ = difference("甲", "乙", one, other);
}
