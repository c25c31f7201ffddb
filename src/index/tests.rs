use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tantivy::fieldnorm::FieldNormReader;

use super::wording::PassageText;
use super::*;
use crate::analysis::Lexicon;
use crate::policy::*;

/// A document whose lines are clauses: 第…条 is an article, （…） an item of the one before, anything else a paragraph.
fn document(id: &str, title: &str, body: &str) -> PolicyDocument {
    let mut meta = Metadata::new(DocumentId::parse(id).unwrap(), title, DocumentKind::Normative);
    meta.disclosure = Disclosure::Proactive;
    with_meta(meta, body)
}

fn with_meta(meta: Metadata, body: &str) -> PolicyDocument {
    let text = format!("{}\n{body}", meta.title);
    let mut nodes: Vec<ClauseNode> = Vec::new();
    let mut at = 0;
    for (index, line) in text.split('\n').enumerate() {
        let end = at + line.len();
        let article = line.starts_with('第') && line.contains('条');
        let item = line.starts_with('（');
        let kind = match () {
            () if index == 0 => ClauseKind::Title,
            () if article => ClauseKind::Article,
            () if item => ClauseKind::Item,
            () => ClauseKind::Paragraph,
        };
        let parent = nodes.iter().rposition(|node| node.kind == ClauseKind::Article).filter(|_| item);
        if let Some(parent) = parent {
            nodes[parent].end = end;
        }
        let number = if article { line.find('条').map_or(0, |at| at + '条'.len_utf8()) } else { 0 };
        nodes.push(ClauseNode {
            id: ClauseId(format!("n{index}")),
            kind,
            parent: parent.and_then(|parent| u32::try_from(parent).ok()),
            label: line[..number].to_owned(),
            start: at,
            end,
            own_end: end,
            heading: at..at + number,
            responsibilities: Vec::new(),
        });
        at = end + 1;
    }
    PolicyDocument::new(meta, text.into(), Outline::new(nodes)).unwrap()
}

type Corpus = BTreeMap<String, (String, PolicyDocument)>;

fn corpus(documents: impl IntoIterator<Item = PolicyDocument>) -> Corpus {
    let sealed = |document: PolicyDocument| {
        let digest = sha256_hex(format!("{:?}{}", document.meta(), document.text()).as_bytes());
        (document.id().to_string(), (digest, document))
    };
    documents.into_iter().map(sealed).collect()
}

fn build_with(dir: &Path, corpus: &Corpus, faqs: &[Faq]) -> BuildReport {
    let loaded = Cell::new(0);
    let load = |id: &DocumentId| {
        loaded.set(loaded.get() + 1);
        corpus.get(id.as_str()).map(|(_, document)| document.clone()).ok_or_else(|| "没有".to_owned())
    };
    let input = Input {
        entries: corpus.iter().map(|(id, (digest, _))| (DocumentId::parse(id).unwrap(), digest.clone())).collect(),
        load: &load,
        lexicon: Lexicon::default(),
        gazetteer: Gazetteer::default(),
        directory: Directory::default(),
        faqs: faqs.to_vec(),
        book: crate::policy::programme::Rulebook::default(),
    };
    let report = build(dir, input, &mut |_, _| {}).unwrap();
    assert_eq!(report.read, loaded.get());
    report
}

fn terms(generation: &Generation, view: View, question: &str) -> Vec<(String, f32)> {
    let analyzer = generation.analyzer();
    let tokens = if view == View::Words { analyzer.words(question) } else { analyzer.grams(question) };
    tokens.into_iter().map(|token| (token.term, 1.0)).collect()
}

/// Everything an answer could see, without serials.
fn visible(generation: &Generation, questions: &[&str]) -> Vec<String> {
    let name = |serial: u32| generation.head(serial).unwrap().meta.id.to_string();
    let mut seen = Vec::new();
    for head in generation.heads() {
        let related: Vec<_> =
            head.related.iter().map(|related| (related.kind, related.outgoing, name(related.serial))).collect();
        let interpreted: Vec<_> = head.interpreted_by.iter().map(|&serial| name(serial)).collect();
        let document = generation.document(head.serial).unwrap();
        seen.push(format!("{} {} {:?} {related:?} {interpreted:?}", head.meta.id, document.text(), head.events));
        for key in head.keys() {
            let explained: Vec<_> = generation
                .explanations(key)
                .iter()
                .map(|found| (name(found.serial), found.start, found.end, found.reason.clone()))
                .collect();
            seen.push(format!(
                "{:?} {explained:?} {:?}",
                head.passage(key).map(|p| (p.start, p.end)),
                generation.faqs_for(key)
            ));
        }
    }
    for question in questions {
        for view in View::ALL {
            let hits = generation.top(view, &terms(generation, view, question), 5).unwrap();
            // Scores are shown to four digits: sums of floats differ in the last bits.
            let shown = hits.iter().map(|(key, score)| format!("{} {} {score:.3e}", name(key.serial()), key.number()));
            seen.push(format!("{question} {view:?} {:?}", shown.collect::<Vec<_>>()));
        }
    }
    seen
}

fn policy() -> PolicyDocument {
    let body = "第一条　为了保障老年人生活，制定本办法。\n第二条　本县户籍年满八十周岁的老年人享受高龄津贴。\n\
        第三条　80周岁至89周岁的，每人每月100元；90周岁以上的，每人每月200元。\n\
        第四条　申请人应当提交下列材料：\n（一）身份证；\n（二）户口簿。";
    document("qh-gaoling", "青禾县高龄津贴发放办法", body)
}

fn relation(kind: RelationKind, title: &str) -> Relation {
    let target = Target { title: Some(title.to_owned()), ..Target::default() };
    Relation::new(kind, target)
}

fn interpretation() -> PolicyDocument {
    let id = DocumentId::parse("qh-gaoling-jiedu").unwrap();
    let mut meta = Metadata::new(id, "《青禾县高龄津贴发放办法》政策解读", DocumentKind::Interpretation);
    meta.disclosure = Disclosure::Proactive;
    meta.relations = vec![relation(RelationKind::Interprets, "《青禾县高龄津贴发放办法》")];
    with_meta(
        meta,
        "按照第三条，老人钱按岁数发，岁数越大发得越多。\n奶奶要拿着身份证和户口簿去办，申请人应当提交下列材料，缺一不可。\n\
         《社会保险法》第二条另有规定，与本次发钱没有关系。\n将原办法第一条改为第三条，原办法第二条删去，这里只是说条号变了。\n\
         县政府印发《青禾县高龄津贴发放办法》，申请人应当提交下列材料，现解读如下。",
    )
}

#[test]
fn passages_are_articles_and_split_only_when_long() {
    let document = policy();
    let cut = passages(&document);
    let texts: Vec<&str> = cut.iter().map(|passage| &document.text()[passage.range()]).collect();
    assert_eq!(texts.len(), 4);
    assert!(texts[3].starts_with("第四条") && texts[3].ends_with("户口簿。"));
    let long = self::document("x", "题", &"这是一句话，没有结构。".repeat(400));
    let cut = passages(&long);
    assert!(cut.len() > 3);
    assert!(cut.iter().all(|passage| long.text()[passage.range()].ends_with('。')));
    let covered: usize = cut.iter().map(|passage| passage.range().len()).sum();
    assert_eq!(covered, "这是一句话，没有结构。".len() * 400);
}

#[test]
fn explanations_faqs_and_bridge_lead_to_the_clause() {
    let dir = tempfile::tempdir().unwrap();
    let faq = |id: &str, reviewed| Faq {
        id: id.to_owned(),
        question: "老太太到岁数给多少补助".to_owned(),
        variants: vec![],
        answer: "每月一百元起。".to_owned(),
        department: None,
        region: None,
        reviewed,
        cites: vec![FaqCitation {
            document: DocumentId::parse("qh-gaoling").unwrap(),
            label: String::new(),
            quote: "每人每月100元".to_owned(),
        }],
    };
    let faqs = [faq("a", Some(jiff::civil::date(2026, 3, 1))), faq("b", None)];
    let report = build_with(dir.path(), &corpus([policy(), interpretation()]), &faqs);
    assert_eq!((report.documents, report.faqs_left_out), (2, 1));
    let generation = open(dir.path()).unwrap();
    let head = generation.by_id(&DocumentId::parse("qh-gaoling").unwrap()).unwrap();
    let keys: Vec<_> = head.keys().collect();
    let third = generation.explanations(keys[2]);
    assert_eq!(third[0].reason, ExplanationReason::Mention { label: "第三条".to_owned() });
    assert!(matches!(
        generation.explanations(keys[3]),
        [Explanation { reason: ExplanationReason::Overlap { .. }, .. }]
    ));
    assert!(generation.explanations(keys[1]).is_empty(), "第二条 of another law");
    assert_eq!(generation.faqs_for(keys[2]).len(), 1);
    let hits = generation.top(View::Bridge, &terms(&generation, View::Bridge, "老太太补助"), 3).unwrap();
    assert_eq!(hits.first().map(|hit| hit.0), Some(keys[2]));
}

#[test]
fn a_link_between_pages_joins_an_interpretation_that_names_nothing_to_its_policy() {
    let dir = tempfile::tempdir().unwrap();
    let page = |document: PolicyDocument, at: &str, to: &str, kind| {
        let mut meta = document.meta().clone();
        meta.kind = kind;
        meta.sources = vec![Source::named(at)];
        meta.links = vec![Link { title: "《某文件》".to_owned(), url: to.to_owned() }];
        with_meta(meta, "示例：老人钱按岁数发，奶奶要拿着身份证和户口簿去办，岁数越大发得越多。")
    };
    let kinds = (DocumentKind::Normative, DocumentKind::Interpretation);
    let documents = corpus([
        page(
            document("p1", "甲县高龄津贴办法", ""),
            "https://a.gov.cn/zc/t20230512_1.html",
            "/jd/t20230513_2.html",
            kinds.0,
        ),
        page(document("i1", "老人钱明白领", ""), "/下载/t20230513_2.html", "./none.html", kinds.1),
        page(document("p2", "甲县残疾人补贴办法", ""), "/下载/t20230601_3.html", "/x/index.html", kinds.0),
        page(document("i2", "补贴明白领", ""), "/下载/t20230602_4.html", "../zc/t20230601_3.html", kinds.1),
    ]);
    build_with(dir.path(), &documents, &[]);
    let generation = open(dir.path()).unwrap();
    let head = |id: &str| generation.by_id(&DocumentId::parse(id).unwrap()).unwrap();
    for (interpretation, policy, reason) in [("i1", "p1", "政策页面链接到本解读"), ("i2", "p2", "页面链接到《某文件》")]
    {
        assert_eq!(head(interpretation).interprets, [head(policy).serial]);
        assert!(head(interpretation).links[0].reason.contains(reason), "{:?}", head(interpretation).links);
    }
}

#[test]
fn repeals_reach_their_targets_and_drafts_do_not_act() {
    let dir = tempfile::tempdir().unwrap();
    let act = |id: &str, kind, disclosure, year: i16, acts| {
        let mut meta = Metadata::new(DocumentId::parse(id).unwrap(), format!("新办法{id}"), kind);
        meta.disclosure = disclosure;
        meta.dates.effective = Some(jiff::civil::date(year, 7, 1));
        meta.relations = vec![relation(acts, "青禾县高龄津贴发放办法")];
        with_meta(meta, "第一条　正文。")
    };
    let documents = [
        policy(),
        act("a", DocumentKind::Normative, Disclosure::Proactive, 2024, RelationKind::Repeals),
        act("b", DocumentKind::Draft, Disclosure::Proactive, 2025, RelationKind::Repeals),
        act("c", DocumentKind::Normative, Disclosure::Withheld, 2023, RelationKind::Amends),
    ];
    let report = build_with(dir.path(), &corpus(documents), &[]);
    assert_eq!((report.documents, report.withheld), (3, 1));
    let generation = open(dir.path()).unwrap();
    assert!(generation.by_id(&DocumentId::parse("c").unwrap()).is_none());
    let hits = generation.top(View::Grams, &terms(&generation, View::Grams, "新办法c"), 50).unwrap();
    assert!(hits.iter().all(|(key, _)| generation.head(key.serial()).is_some()));
    let events = &generation.by_id(&DocumentId::parse("qh-gaoling").unwrap()).unwrap().events;
    let seen: Vec<_> =
        events.iter().map(|event| (event.kind, event.by.as_str(), event.on.map(|on| on.year()))).collect();
    let expected = [(LifeEventKind::Repealed, "a", Some(2024)), (LifeEventKind::Amended, "undisclosed", Some(2023))];
    assert_eq!(seen, expected);
    assert!(!events.iter().any(|event| event.by_name.contains("新办法c")));
    for file in fs::read_dir(generation.folder()).unwrap().filter_map(|entry| fs::read(entry.unwrap().path()).ok()) {
        assert!(!file.windows("新办法c".len()).any(|window| window == "新办法c".as_bytes()));
    }
}

#[test]
fn a_repeal_waits_for_its_document() {
    let dir = tempfile::tempdir().unwrap();
    let mut meta = Metadata::new(DocumentId::parse("b").unwrap(), "关于废止旧办法的决定", DocumentKind::Normative);
    meta.disclosure = Disclosure::Proactive;
    meta.dates.effective = Some(jiff::civil::date(2024, 7, 1));
    meta.relations = vec![relation(RelationKind::Repeals, "高龄津贴发放办法（试行）")];
    let act = with_meta(meta, "第一条　正文。");
    build_with(dir.path(), &corpus([act.clone()]), &[]);
    build_with(dir.path(), &corpus([act, policy()]), &[]);
    let generation = open(dir.path()).unwrap();
    let events = &generation.by_id(&DocumentId::parse("qh-gaoling").unwrap()).unwrap().events;
    let seen: Vec<_> = events.iter().map(|event| (event.kind, event.by.as_str())).collect();
    assert!(seen.is_empty(), "a county's name is not left out by guess: {seen:?}");
    let mut meta = Metadata::new(DocumentId::parse("c").unwrap(), "关于废止旧办法的决定", DocumentKind::Normative);
    meta.disclosure = Disclosure::Proactive;
    meta.dates.effective = Some(jiff::civil::date(2024, 7, 1));
    meta.relations = vec![relation(RelationKind::Repeals, "青禾县高龄津贴发放办法（试行）")];
    build_with(dir.path(), &corpus([with_meta(meta, "第一条　正文。"), policy()]), &[]);
    let generation = open(dir.path()).unwrap();
    let events = &generation.by_id(&DocumentId::parse("qh-gaoling").unwrap()).unwrap().events;
    assert_eq!(events.iter().map(|event| event.by.as_str()).collect::<Vec<_>>(), ["c"]);
}

#[test]
fn another_number_is_another_edition_and_a_newer_edition_is_inferred() {
    let dir = tempfile::tempdir().unwrap();
    let rules = |id: &str, number: &str, year: i16| {
        let mut meta = Metadata::new(DocumentId::parse(id).unwrap(), "青禾县某某管理办法", DocumentKind::Normative);
        meta.disclosure = Disclosure::Proactive;
        meta.issuers = vec!["青禾县人民政府".to_owned()];
        meta.number = DocumentNumber::parse(number);
        meta.dates.effective = Some(jiff::civil::date(year, 7, 1));
        meta
    };
    let (old, new) = (rules("old", "青政规〔2018〕2号", 2018), rules("new", "青政规〔2023〕4号", 2023));
    let mut act = rules("act", "青政规〔2024〕1号", 2024);
    act.title = "关于废止文件的决定".to_owned();
    let number = DocumentNumber::parse("青政规〔2015〕9号");
    let target = Target { number, title: Some("青禾县某某管理办法".to_owned()), ..Target::default() };
    act.relations = vec![Relation::new(RelationKind::Repeals, target)];
    let documents = [with_meta(old, "第一条　旧。"), with_meta(new, "第一条　新。"), with_meta(act, "第一条　废。")];
    build_with(dir.path(), &corpus(documents), &[]);
    let generation = open(dir.path()).unwrap();
    let events = |id: &str| generation.by_id(&DocumentId::parse(id).unwrap()).unwrap().events.clone();
    assert!(events("new").is_empty());
    let old = events("old");
    assert_eq!(old.iter().map(|event| (event.by.as_str(), event.inferred)).collect::<Vec<_>>(), [("new", true)]);
}

#[test]
fn metadata_survives_the_record() {
    let dir = tempfile::tempdir().unwrap();
    let mut meta = Metadata::new(DocumentId::parse("m").unwrap(), "题", DocumentKind::Notice);
    meta.number = DocumentNumber::parse("会政办发〔2021〕85号");
    meta.index_number = Some("0149/2021".into());
    meta.issuers = vec!["甲".into(), "乙".into()];
    meta.region = RegionCode::parse("990121");
    meta.level = Some(Level::County);
    meta.dates.written = Some(jiff::civil::date(2021, 8, 27));
    meta.disclosure = Disclosure::Proactive;
    meta.audience = vec![Audience::Person];
    meta.sources = vec![Source::named("示例")];
    meta.relations = vec![relation(RelationKind::BasedOn, "某法")];
    meta.origins = vec![("number".into(), Origin::Corrected.into())];
    let original = with_meta(meta, "正文一段。");
    build_with(dir.path(), &corpus([original.clone()]), &[]);
    let generation = open(dir.path()).unwrap();
    let head = generation.by_number(&original.meta().number.as_ref().unwrap().key())[0];
    assert_eq!(&head.meta, original.meta());
    assert_eq!(*generation.document(head.serial).unwrap(), original);
}

#[test]
fn every_flipped_byte_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    build_with(dir.path(), &corpus([policy(), interpretation()]), &[]);
    assert!(open(dir.path()).is_ok());
    let folder = dir.path().join("gen-000001");
    let files = fs::read_dir(&folder).unwrap().chain(fs::read_dir(folder.join("tantivy")).unwrap());
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.retain(|path| !path.to_string_lossy().ends_with(".lock"));
    files.push(dir.path().join("CURRENT"));
    assert!(files.len() > 8);
    for path in files {
        let bytes = fs::read(&path).unwrap();
        for at in [0, bytes.len() / 2, bytes.len() - 2] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x04;
            fs::write(&path, &flipped).unwrap();
            let opened = open(dir.path());
            assert!(opened.is_err_and(|error| error.calls_for_rebuild()), "{} at {at}", path.display());
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert!(open(dir.path()).is_ok());
    let table = folder.join("documents.tbl");
    fs::remove_file(&table).unwrap();
    assert!(matches!(open(dir.path()), Err(IndexError::Damaged { .. })));
    let report = build_with(dir.path(), &corpus([policy(), interpretation()]), &[]);
    assert!(report.full.is_some() && open(dir.path()).is_ok());
}

/// BM25 as the book has it, on lengths rounded as tantivy stores them.
fn brute_force(generation: &Generation, view: View, query: &[(String, f32)]) -> Vec<(PassageKey, f64)> {
    let mut bags: Vec<(PassageKey, Vec<String>)> = Vec::new();
    for head in generation.heads() {
        let document = generation.document(head.serial).unwrap();
        for (key, passage) in head.keys().zip(&head.passages) {
            let text = PassageText::new(&head.meta.title, document.outline().nodes(), document.text(), passage);
            let tokens = match view {
                View::Words => generation.analyzer().words(&text.body),
                View::Title => generation.analyzer().grams(&text.title),
                _ => generation.analyzer().grams(&text.body),
            };
            bags.push((key, tokens.into_iter().map(|token| token.term).collect()));
        }
    }
    let length = |bag: &Vec<String>| {
        let id = FieldNormReader::fieldnorm_to_id(u32::try_from(bag.len()).unwrap());
        f64::from(FieldNormReader::id_to_fieldnorm(id))
    };
    let count = bags.len() as f64;
    let average = bags.iter().map(|(_, bag)| length(bag)).sum::<f64>() / count;
    let score = |bag: &Vec<String>| -> f64 {
        query
            .iter()
            .map(|(term, weight)| {
                let held = bags.iter().filter(|(_, bag)| bag.contains(term)).count() as f64;
                let idf = (1.0 + (count - held + 0.5) / (held + 0.5)).ln();
                let often = bag.iter().filter(|other| *other == term).count() as f64;
                f64::from(*weight) * idf * 2.2 * often / (often + 1.2 * (0.25 + 0.75 * length(bag) / average))
            })
            .sum()
    };
    let mut scored: Vec<_> = bags.iter().map(|(key, bag)| (*key, score(bag))).filter(|hit| hit.1 > 0.0).collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    scored
}

/// Small invented documents that share words.
fn some_document(number: usize, seed: &[usize]) -> PolicyDocument {
    const PARTS: [&str; 12] = [
        "申请失业保险金",
        "年满80周岁的老年人",
        "每人每月100元",
        "县民政局负责",
        "提交身份证和户口簿",
        "医疗救助对象",
        "自受理之日起十个工作日内",
        "住房公积金贷款",
        "农机购置补贴",
        "高龄津贴",
        "廉租住房",
        "残疾人证",
    ];
    let lines: Vec<String> = seed
        .chunks(3)
        .enumerate()
        .map(|(n, chunk)| {
            let words: Vec<&str> = chunk.iter().map(|&part| PARTS[part % PARTS.len()]).collect();
            format!("第{}条　{}。", n + 1, words.join("，"))
        })
        .collect();
    document(&format!("d{number:02}"), &format!("关于{}的通知", PARTS[seed[0] % PARTS.len()]), &lines.join("\n"))
}

const QUESTIONS: [&str; 4] = ["80岁老人每月多少钱", "失业保险金怎么申请", "民政局高龄津贴", "通知"];

#[test]
fn top_is_bm25() {
    let dir = tempfile::tempdir().unwrap();
    let documents =
        (0..40).map(|n| some_document(n, &(0..15).map(|i| (n * 7 + i * i * 5 + n * i) % 97).collect::<Vec<_>>()));
    build_with(dir.path(), &corpus(documents), &[]);
    let generation = open(dir.path()).unwrap();
    for question in QUESTIONS {
        for view in [View::Grams, View::Title, View::Words] {
            let mut query = terms(&generation, view, question);
            query.iter_mut().step_by(3).for_each(|term| term.1 = 2.5);
            let expected = brute_force(&generation, view, &query);
            for k in [1, 10, 1000] {
                let found = generation.top(view, &query, k).unwrap();
                assert_eq!(found.len(), expected.len().min(k), "{question} {view:?}");
                for ((_, score), (_, wanted)) in found.iter().zip(&expected) {
                    assert!((f64::from(*score) - wanted).abs() < 2e-4 * wanted, "{question} {view:?} {score} {wanted}");
                }
            }
        }
    }
    assert!(generation.top(View::Grams, &[("的".into(), 0.0), ("没有".into(), 1.0)], 5).unwrap().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn incremental_equals_full(
        before in prop::collection::vec(prop::collection::vec(0usize..97, 3..12), 6..12),
        changes in prop::collection::vec((0usize..14, prop::option::of(prop::collection::vec(0usize..97, 3..12))), 1..4),
        explained in any::<bool>(),
    ) {
        let mut now = corpus(before.iter().enumerate().map(|(n, seed)| some_document(n, seed)).chain([policy()]));
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        build_with(one.path(), &now, &[]);
        for (number, change) in &changes {
            match change {
                Some(seed) => now.extend(corpus([some_document(*number, seed)])),
                None => drop(now.remove(&format!("d{number:02}"))),
            }
        }
        if explained {
            now.extend(corpus([interpretation()]));
        }
        build_with(one.path(), &now, &[]);
        let again = build_with(one.path(), &now, &[]);
        prop_assert!(again.unchanged);
        build_with(other.path(), &now, &[]);
        let (incremental, full) = (open(one.path()).unwrap(), open(other.path()).unwrap());
        prop_assert_eq!(visible(&incremental, &QUESTIONS), visible(&full, &QUESTIONS));
    }
}
