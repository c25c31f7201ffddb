//! Findings over a small library made for the purpose.

use jiff::civil::date;

use super::*;
use crate::analysis::Lexicon;
use crate::index::{self, Input};
use crate::outline;
use crate::policy::{
    Directory, Disclosure, DocumentId, DocumentKind, DocumentNumber, Gazetteer, Metadata, PolicyDocument, Relation,
    RelationKind, Target,
};

fn document(
    id: &str,
    title: &str,
    kind: DocumentKind,
    text: &str,
    change: impl FnOnce(&mut Metadata),
) -> PolicyDocument {
    let mut meta = Metadata::new(DocumentId::parse(id).unwrap(), title, kind);
    meta.disclosure = Disclosure::Proactive;
    meta.issuers = vec!["试验县人民政府".to_owned()];
    meta.dates.written = Some(date(2024, 3, 1));
    change(&mut meta);
    PolicyDocument::new(meta, text.into(), outline::outline(text)).unwrap()
}

fn relation(kind: RelationKind, title: &str) -> Relation {
    Relation::new(kind, Target { title: Some(title.to_owned()), ..Target::default() })
}

fn inspected(documents: &[PolicyDocument]) -> Inspection {
    let folder = tempfile::tempdir().unwrap();
    let load = |id: &DocumentId| documents.iter().find(|one| one.id() == id).cloned().ok_or_else(String::new);
    let mut entries: Vec<_> = documents.iter().map(|one| (one.id().clone(), one.text_sha256().to_owned())).collect();
    entries.sort();
    let input = Input {
        entries,
        load: &load,
        lexicon: Lexicon::default(),
        gazetteer: Gazetteer::default(),
        directory: Directory::default(),
        faqs: Vec::new(),
        book: crate::policy::programme::Rulebook::default(),
    };
    index::build(folder.path(), input, &mut |_, _| {}).unwrap();
    inspect(&index::open(folder.path()).unwrap(), None, date(2026, 11, 21))
}

#[test]
fn a_small_library_tells_what_is_wrong_with_it() {
    let number = DocumentNumber::parse("试政规〔2024〕1号");
    let plan = "试验县政务公开工作要点\n\n一、平台建设\n\n2024年底前，各部门热线实现一个号码服务（责任单位：县政府办，完成时限：2024年11月底）。\n\n\
                联系人身份证号11010519491231002X，根据《试验县旧津贴发放办法》发放。\n";
    let documents = [
        document("a-plan", "试验县政务公开工作要点", DocumentKind::Normative, plan, |meta| {
            meta.number.clone_from(&number);
            meta.relations = vec![
                relation(RelationKind::BasedOn, "试验县津贴发放办法"),
                relation(RelationKind::BasedOn, "子虚乌有条例"),
            ];
        }),
        document(
            "b-new",
            "试验县津贴发放办法",
            DocumentKind::Normative,
            "试验县津贴发放办法\n\n第一条　本办法有效期5年，有效期至2026年6月30日。\n",
            |meta| {
                meta.number.clone_from(&number);
                meta.dates.effective = Some(date(2024, 4, 1));
                meta.relations = vec![relation(RelationKind::Repeals, "试验县旧津贴发放办法")];
            },
        ),
        document(
            "c-old",
            "试验县旧津贴发放办法",
            DocumentKind::Normative,
            "试验县旧津贴发放办法\n\n第一条　发放津贴。\n",
            |meta| {
                meta.dates.written = Some(date(2019, 1, 1));
            },
        ),
    ];
    let found = inspected(&documents);
    let of = |kind: FindingKind| -> Vec<(&str, &str)> {
        let all = found.findings.iter().filter(|one| one.kind == kind);
        all.map(|one| (one.subject.as_str(), one.detail.as_str())).collect()
    };
    assert_eq!(found.unaccounted, 0);
    let open = of(FindingKind::UnresolvedReference);
    assert!(open.len() == 1 && open[0].1.contains("子虚乌有条例"), "a target found by title is not open: {open:?}");
    let dates = of(FindingKind::DateContradiction);
    assert!(dates.iter().any(|(id, detail)| *id == "a-plan" && detail.contains("11月底")), "{dates:?}");
    assert!(dates.iter().any(|(id, detail)| *id == "b-new" && detail.contains("有效期5年")), "{dates:?}");
    let personal = of(FindingKind::PersonalData);
    assert!(personal.len() == 1 && !personal[0].1.contains("19491231"), "{personal:?}");
    assert_eq!(of(FindingKind::RefersToRepealed)[0].0, "a-plan");
    assert_eq!(of(FindingKind::DuplicateNumber).len(), 2);
    assert_eq!(found.uninterpreted.iter().map(|row| row.without).sum::<usize>(), 2);
    let mut csv = Vec::new();
    write_csv(&mut csv, &found.findings, true).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.starts_with("\u{feff}种类") && csv.lines().count() > found.findings.len());
}
