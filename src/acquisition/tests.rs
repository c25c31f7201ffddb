//! Promises of the import, on files made here and, when they are at hand, on real ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{ImportReport, import};
use crate::corpus::Corpus;
use crate::ingest::Isolation;
use crate::policy::{DocumentKind, Origin};

const POLICY: &str = "青禾县人民政府关于印发高龄津贴发放办法的通知\n\n青政规〔2023〕4号\n\n各乡镇人民政府：\n\n\
                      现将办法印发给你们，请认真贯彻执行。\n\n第一条 八十周岁以上的老年人可以按月领取高龄津贴。\n\n\
                      第二条 本办法自2023年7月1日起施行，有效期5年。\n";

struct House {
    sources: TempDir,
    corpus: TempDir,
}

impl House {
    fn new() -> Self {
        let corpus = TempDir::new().unwrap();
        fs::create_dir(corpus.path().join("regions")).unwrap();
        fs::write(
            corpus.path().join("regions/a.tsv"),
            "code\tname\tparent\tlevel\taliases\n990121\t青禾县\t\tcounty\t青禾\n",
        )
        .unwrap();
        Self { sources: TempDir::new().unwrap(), corpus }
    }

    fn source(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.sources.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn corpus(&self) -> Corpus {
        Corpus::open(self.corpus.path()).unwrap()
    }

    fn import(&self) -> ImportReport {
        import(&[self.sources.path().to_owned()], &self.corpus(), None, &Isolation::InProcess, &mut |_| {}).unwrap()
    }

    fn only(&self) -> crate::policy::PolicyDocument {
        let entries = self.corpus().inventory().unwrap();
        assert_eq!(entries.len(), 1);
        self.corpus().load(&entries[0]).unwrap()
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk =
        walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    walk.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn importing_twice_changes_nothing() {
    let house = House::new();
    house.source("a.txt", POLICY);
    house.source("b.md", "# 某县某某规定\n\n第一条 某某。\n");
    house.source("c.jsonl", "{\"id\":\"x1\",\"title\":\"关于甲的通知\",\"text\":\"各单位：请认真执行。\"}\n{\"title\":\"关于乙的通知\",\"text\":\"各单位：请办理。\"}\n");
    house.source("d.html", "<html><head><meta charset=utf-8><title>关于丙的通知</title></head><body><p>各单位：请认真执行本通知的各项要求。</p></body></html>");
    let first = house.import();
    assert_eq!(
        (first.total.imported, first.total.refused.len(), first.total.account.unaccounted),
        (5, 0, 0),
        "{first:?}"
    );
    let before = files(house.corpus.path());
    let second = house.import();
    assert_eq!((second.total.unchanged, second.total.account), (5, first.total.account));
    assert_eq!(files(house.corpus.path()), before);
    fs::remove_file(house.corpus.path().join(".imports.jsonl")).unwrap();
    assert_eq!(house.import().total.unchanged, 5, "also when every file is parsed again");
    assert_eq!(files(house.corpus.path()), before);
}

#[test]
fn a_deleted_document_comes_back() {
    let house = House::new();
    house.source("a.txt", POLICY);
    house.import();
    fs::remove_file(&house.corpus().inventory().unwrap()[0].path).unwrap();
    assert_eq!(house.import().total.imported, 1);
}

#[test]
fn bad_files_are_refused_by_name_and_the_rest_goes_in() {
    let house = House::new();
    house.source("good.txt", POLICY);
    house.source("empty.txt", "");
    house.source("binary.txt", [0u8, 1, 2, 3, 255]);
    house.source("scan.pdf", "%PDF-1.7");
    house.source("mojibake.txt", encoding_rs::GBK.decode(POLICY.as_bytes()).0.as_bytes());
    let large = fs::File::create(house.sources.path().join("large.txt")).unwrap();
    large.set_len(33 * 1024 * 1024).unwrap();
    house.source("lines.jsonl", "{\"title\":\"甲\",\"text\":\"正文。\"}\n不是 JSON\n{\"title\":\"乙\"}\n");
    let report = house.import();
    assert_eq!(report.total.imported, 2, "{report:?}");
    let reason = |name: &str| {
        let refused = report.total.refused.iter().find(|refusal| refusal.name.contains(name));
        refused.unwrap_or_else(|| panic!("{name} 未被拒收：{report:?}")).reason.clone()
    };
    assert!(reason("empty.txt").contains("空"));
    assert!(reason("binary.txt").contains("二进制"));
    assert!(reason("scan.pdf").contains("暂不支持，请转换为"));
    assert!(reason("mojibake.txt").contains("乱码"));
    assert!(reason("large.txt").contains("32 MiB"));
    assert!(reason("lines.jsonl 第 2 行").contains("JSON"));
    assert!(reason("lines.jsonl 第 3 行").contains("没有正文"));
}

#[test]
fn a_gb18030_file_says_the_same_as_its_utf8_twin() {
    let house = House::new();
    house.source("a.txt", POLICY);
    house.source("b.txt", encoding_rs::GB18030.encode(POLICY).0);
    let report = house.import();
    assert_eq!((report.total.imported, report.total.duplicates), (1, 1), "{report:?}");
    let document = house.only();
    assert_eq!(document.meta().sources.len(), 2);
    assert!(house.corpus().original(&document).is_some());
}

#[test]
fn a_changed_source_makes_a_version_and_corrections_survive() {
    let house = House::new();
    house.source("a.txt", POLICY);
    house.import();
    let entry = house.corpus().inventory().unwrap().remove(0);
    let file = fs::read_to_string(&entry.path).unwrap();
    let corrected: String = file
        .lines()
        .map(|line| match line {
            line if line.starts_with("kind:") => "kind: 规章\n".to_owned(),
            line if line.trim_start().starts_with("kind:") => "  kind: 人工\n".to_owned(),
            line => format!("{line}\n"),
        })
        .collect();
    fs::write(&entry.path, corrected).unwrap();
    house.source("a.txt", POLICY.replace("八十周岁", "七十周岁"));
    let report = house.import();
    assert_eq!(report.total.new_versions, 1, "{report:?}");
    let document = house.only();
    assert!(document.text().contains("七十周岁"));
    assert_eq!((document.meta().version, document.meta().kind), (2, DocumentKind::Rule));
    assert!(document.meta().origins.contains(&("kind".to_owned(), Origin::Corrected.into())));
    assert_eq!(house.corpus().earlier_versions(document.id()).unwrap(), [1]);
    assert!(house.corpus().earlier_version(document.id(), 1).unwrap().text().contains("八十周岁"));
}

#[test]
fn two_sources_of_one_work_that_differ_are_one_document_and_its_copy() {
    let house = House::new();
    house.source("a.txt", POLICY);
    house.source("b.txt", POLICY.replace("按月", "按季度"));
    let report = house.import();
    assert_eq!((report.total.imported, house.corpus().inventory().unwrap().len()), (1, 1));
    let document = house.only();
    assert_eq!(document.meta().sources.len(), 2);
    let differences = house.corpus().copy_differences(document.id(), document.text()).unwrap();
    assert_eq!(differences.len(), 1);
    let before = fs::read(&house.corpus().inventory().unwrap()[0].path).unwrap();
    assert_eq!(house.import().total.unchanged, 2);
    assert_eq!(before, fs::read(&house.corpus().inventory().unwrap()[0].path).unwrap());
}

#[test]
fn a_damaged_document_is_named_and_the_others_load() {
    let house = House::new();
    house.source("a.txt", POLICY);
    house.import();
    fs::write(house.corpus.path().join("documents/bad.md"), "---\nid: bad\ntitle: 坏\n").unwrap();
    let corpus = house.corpus();
    let (good, bad): (Vec<_>, Vec<_>) =
        corpus.inventory().unwrap().iter().map(|entry| corpus.load(entry)).partition(Result::is_ok);
    assert_eq!((good.len(), bad.len()), (1, 1));
    assert!(bad[0].as_ref().unwrap_err().to_string().contains("bad.md"));
}

/// The folder of real files; tests that need it are skipped where it is missing.
fn real(path: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    let found = [beside, Path::new("/work/shared/data").join(path)].into_iter().find(|path| path.exists());
    if found.is_none() {
        eprintln!("跳过：没有 ../shared/data/{path}");
    }
    found
}

fn with_places() -> House {
    let house = House::new();
    for folder in ["corpus/regions", "../../main/corpus/regions"] {
        let Ok(files) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) else { continue };
        fs::remove_file(house.corpus.path().join("regions/a.tsv")).ok();
        for file in files.filter_map(Result::ok) {
            fs::copy(file.path(), house.corpus.path().join("regions").join(file.file_name())).unwrap();
        }
        break;
    }
    house
}

#[test]
fn saved_pages_agree_with_their_catalogue() {
    let Some(pages) = real("govcn") else { return };
    let house = with_places();
    let report = import(&[pages.join("html")], &house.corpus(), None, &Isolation::InProcess, &mut |_| {}).unwrap();
    assert_eq!((report.total.documents(), report.total.account.unaccounted), (30, 0), "{:?}", report.total.refused);
    let corpus = house.corpus();
    let entries = corpus.inventory().unwrap();
    let documents: Vec<_> = entries.iter().map(|entry| corpus.load(entry).unwrap()).collect();
    let expected = fs::read_to_string(pages.join("expected.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for line in expected.lines() {
        let expected: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = expected["html_file"].as_str().unwrap().trim_start_matches("html/");
        let document = documents.iter().find(|d| d.meta().file().unwrap().location.ends_with(name)).unwrap();
        let meta = document.meta();
        let got = [
            ("title", meta.title.clone()),
            ("number", meta.number.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("issuer", meta.issuers.join("、")),
            ("index_number", meta.index_number.clone().unwrap_or_default()),
        ];
        for (field, got) in got {
            if expected[field].as_str() != Some(&got) {
                wrong.push(format!("{name} {field}: {got} ≠ {}", expected[field]));
            }
        }
    }
    eprintln!("与目录不一致 {} 处：{wrong:#?}", wrong.len());
    assert!(wrong.len() <= 1, "国令第706号 has no year and is no 发文字号 of our kind; all else agrees");
}

/// `cargo test real_collections -- --ignored --nocapture` prints figures.
#[test]
#[ignore = "takes a minute; prints figures of real collections"]
fn real_collections() {
    for name in ["seeds", "hebei/documents.jsonl", "laws", "govcn/html", "stard/corpus.jsonl", "ncp/corpus.jsonl"] {
        let Some(source) = real(name) else { continue };
        let house = with_places();
        let started = std::time::Instant::now();
        let report =
            import(std::slice::from_ref(&source), &house.corpus(), None, &Isolation::InProcess, &mut |_| {}).unwrap();
        let first = started.elapsed();
        let started = std::time::Instant::now();
        let again = import(&[source], &house.corpus(), None, &Isolation::InProcess, &mut |_| {}).unwrap();
        assert_eq!(again.total.documents(), report.total.documents());
        let total = &report.total;
        eprintln!(
            "{name}: imported {} duplicates {} versions {} refused {} in {:.1}s (again {:.2}s, unchanged {}) {:?}",
            total.imported,
            total.duplicates,
            total.new_versions,
            total.refused.len(),
            first.as_secs_f64(),
            started.elapsed().as_secs_f64(),
            again.total.unchanged,
            total.account
        );
        total.refused.iter().take(5).for_each(|refusal| eprintln!("  {refusal}"));
        figures(&house.corpus());
    }
}

fn figures(corpus: &Corpus) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let entries = corpus.inventory().unwrap();
    let mut samples = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let document = corpus.load(entry).unwrap();
        let meta = document.meta();
        let mut count = |name: String| *counts.entry(name).or_default() += 1;
        count(format!("文种 {}", meta.kind.name()));
        count(format!("层级 {:?}", meta.level));
        let fields = [
            ("文号", meta.number.is_some()),
            ("机关", !meta.issuers.is_empty()),
            ("地区", meta.region.is_some()),
            ("成文", meta.dates.written.is_some()),
            ("发布", meta.dates.published.is_some()),
            ("施行", meta.dates.effective.is_some()),
            ("失效", meta.dates.expires.is_some()),
        ];
        fields.iter().filter(|(_, known)| *known).for_each(|(name, _)| count(format!("有{name}")));
        meta.relations.iter().for_each(|relation| count(format!("关系 {:?}", relation.kind)));
        if index % (entries.len() / 6).max(1) == 0 {
            samples.push(fs::read_to_string(&entry.path).unwrap().chars().take(1100).collect::<String>());
        }
    }
    eprintln!("  {counts:?}");
    if std::env::args().any(|argument| argument == "--nocapture") {
        samples.iter().for_each(|sample| eprintln!("  ----\n{sample}"));
    }
}
