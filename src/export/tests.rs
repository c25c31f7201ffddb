//! What leaves is whole, escaped and comes back the same.

use std::fs;

use jiff::civil::date;
use tempfile::TempDir;

use super::*;
use crate::analysis::Lexicon;
use crate::corpus::{Corpus, FrontMatter};
use crate::index::{self, Input};
use crate::ingest::Isolation;
use crate::policy::{
    Attachment, Directory, Disclosure, DocumentId, DocumentKind, DocumentNumber, GazetteIssue, Gazetteer, Metadata,
    Noise, Origin, Relation, RelationKind, Source, Target,
};

const POLICY: &str = "试验县<津贴>办法\n\n试政规〔2024〕1号\n\n第一章　总则\n\n第一条　为了“做好”工作 & 其他，制定本办法。\n\n\
     第二条　标准如下：\n\n（一）甲类每月100元；\n\n（二）乙类每月200元。\n\n| 类别 | 金额 |\n| --- | --- |\n| 甲 | 100 |\n\n\
     试验县人民政府\n\n2024年3月1日\n";
const INTERPRETATION: &str = "《试验县津贴办法》解读\n\n第二条的标准比过去提高了一倍。\n";

fn policy() -> (Metadata, Vec<Noise>) {
    let mut meta = Metadata::new(DocumentId::parse("sy-jintie").unwrap(), "=试验县<津贴>办法", DocumentKind::Normative);
    meta.number = DocumentNumber::parse("试政规〔2024〕1号");
    meta.index_number = Some("000014349/2024-00001".to_owned());
    meta.issuers = vec!["试验县人民政府".to_owned(), "试验县民政局".to_owned()];
    meta.dates.written = Some(date(2024, 3, 1));
    meta.dates.expires = Some(date(2029, 2, 28));
    meta.disclosure = Disclosure::Proactive;
    meta.version = 3;
    meta.attachments = vec![Attachment { title: "申请表".to_owned(), location: Some("a.doc".to_owned()) }];
    meta.copied_to = vec!["县委办".to_owned()];
    let gazette = Some(GazetteIssue { name: "试验县人民政府公报".to_owned(), year: 2024, number: 2 });
    meta.sources = vec![Source { sha256: "ab".repeat(32), gazette, ..Source::named("https://example.gov.cn/a.html") }];
    let target = Target { title: Some("试验县旧办法".to_owned()), ..Target::default() };
    meta.relations = vec![Relation {
        on: Some(date(2024, 4, 1)),
        ..Relation::new(RelationKind::Repeals, target).because("同时废止")
    }];
    meta.origins = vec![("number".to_owned(), Origin::Corrected.into()), ("title".to_owned(), Origin::Inferred.into())];
    (meta, vec![Noise { text: "打印本页 关闭".to_owned(), reason: "导航".to_owned() }])
}

/// A library on disk with its index.
fn library() -> (TempDir, Corpus, Generation) {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Corpus::create(folder.path().join("corpus")).unwrap();
    let (meta, noise) = policy();
    let mut explains =
        Metadata::new(DocumentId::parse("sy-jiedu").unwrap(), "《试验县津贴办法》解读", DocumentKind::Interpretation);
    explains.disclosure = Disclosure::Proactive;
    explains.sources = vec![Source::named("示例")];
    let target = Target { document: Some(meta.id.clone()), ..Target::default() };
    explains.relations = vec![Relation::new(RelationKind::Interprets, target)];
    let mut secret = Metadata::new(DocumentId::parse("sy-secret").unwrap(), "不公开的办法", DocumentKind::Normative);
    secret.disclosure = Disclosure::Withheld;
    for (meta, noise, text) in [
        (&meta, noise, POLICY),
        (&explains, Vec::new(), INTERPRETATION),
        (&secret, Vec::new(), "不公开的办法\n\n绝密\n"),
    ] {
        let file = FrontMatter::new(meta, &noise).write(text).unwrap();
        fs::write(corpus.root().join(format!("documents/{}.md", meta.id)), file).unwrap();
    }
    let generation = indexed(&corpus, &folder.path().join("index"));
    (folder, corpus, generation)
}

fn indexed(corpus: &Corpus, place: &std::path::Path) -> Generation {
    let inventory = corpus.inventory().unwrap();
    let load = |id: &DocumentId| Ok(corpus.get(id).unwrap().unwrap());
    let input = Input {
        entries: inventory.iter().map(|entry| (entry.id.clone(), entry.digest.clone())).collect(),
        load: &load,
        lexicon: Lexicon::default(),
        gazetteer: Gazetteer::default(),
        directory: Directory::default(),
        faqs: Vec::new(),
        book: crate::policy::programme::Rulebook::default(),
    };
    index::build(place, input, &mut |_, _| {}).unwrap();
    index::open(place).unwrap()
}

fn serials(generation: &Generation) -> Vec<u32> {
    generation.heads().iter().map(|head| head.serial).collect()
}

#[test]
fn lines_import_again_to_the_same_library() {
    let (folder, corpus, generation) = library();
    let all = serials(&generation);
    let selection = Selection { generation: &generation, serials: &all, as_of: date(2026, 11, 21) };
    let mut lines = Vec::new();
    assert_eq!(jsonl(&selection, &corpus, &mut lines).unwrap(), 2);
    assert!(!String::from_utf8_lossy(&lines).contains("绝密"));
    let file = folder.path().join("library.jsonl");
    fs::write(&file, &lines).unwrap();
    let again = Corpus::create(folder.path().join("again")).unwrap();
    for _ in 0..2 {
        let report =
            crate::acquisition::import(std::slice::from_ref(&file), &again, None, &Isolation::InProcess, &mut |_| {});
        let report = report.unwrap();
        assert!(report.sources[0].refused.is_empty(), "{:?}", report.sources[0].refused);
        for head in generation.heads() {
            let before = corpus.get(&head.meta.id).unwrap().unwrap();
            let after = again.get(&head.meta.id).unwrap().unwrap();
            assert_eq!(before, after, "metadata, text and clauses are the same");
        }
    }
    let entries = again.inventory().unwrap();
    let noise: Vec<Noise> = entries.iter().flat_map(|entry| again.noise(entry).unwrap()).collect();
    assert_eq!(noise, policy().1);
}

#[test]
fn akoma_ntoso_holds_every_character_once_under_clause_ids() {
    let (_folder, _, generation) = library();
    let head = generation.by_id(&DocumentId::parse("sy-jintie").unwrap()).unwrap();
    let xml = akoma_ntoso(&generation, head).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut text, mut ids, mut in_meta) = (String::new(), Vec::new(), false);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(element) => {
                in_meta |= element.name().as_ref() == "meta";
                let id = element.try_get_attribute("eId").unwrap();
                ids.extend(id.filter(|_| !in_meta).map(|id| id.value.into_owned()));
            }
            Event::End(element) => in_meta &= element.name().as_ref() != "meta",
            Event::Text(words) => text.push_str(&words),
            Event::GeneralRef(name) => text.push_str(match &*name {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("&{other};"),
            }),
            _ => {}
        }
    }
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(plain(&text), plain(POLICY));
    let document = generation.document(head.serial).unwrap();
    let expected: Vec<String> = document.clauses().map(|clause| clause.id().to_string()).collect();
    assert_eq!(ids, expected);
    assert!(xml.contains("<FRBRnumber value=\"试政规〔2024〕1号\"/>"), "{xml}");
}

#[test]
fn compilations_and_tables_are_escaped() {
    let (folder, _, generation) = library();
    let all = serials(&generation);
    let selection = Selection { generation: &generation, serials: &all, as_of: date(2026, 11, 21) };
    let mut page = Vec::new();
    compilation(&selection, "汇编<1>", &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("汇编&lt;1&gt;") && page.contains("href=\"#d2\"") && page.contains("id=\"d2\""));
    assert!(!page.contains("<津贴>") && page.contains("<td>100</td>"), "{page}");
    assert_eq!(page.matches("<div").count(), page.matches("</div>").count());
    let place = folder.path().join("tables");
    let written = tables(&selection, &[], &place, true).unwrap();
    assert_eq!(written.len(), 5);
    let documents = fs::read_to_string(place.join("documents.csv")).unwrap();
    assert!(documents.starts_with("\u{feff}标识") && documents.contains("'=试验县"), "{documents}");
    let relations = fs::read_to_string(place.join("relations.csv")).unwrap();
    assert!(relations.contains("《试验县旧办法》") && relations.contains("sy-jiedu"), "{relations}");
    let mut graph = Vec::new();
    graph_json(&selection, &mut graph).unwrap();
    let graph: serde_json::Value = serde_json::from_slice(&graph).unwrap();
    assert_eq!((graph["nodes"].as_array().unwrap().len(), graph["edges"].as_array().unwrap().len()), (2, 2));
}
