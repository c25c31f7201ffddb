//! Promise 20: every situation of `tests/eligibility/*.tsv` comes to what it says, every condition shown has a quote that
//! verifies, and nothing of a profile stays behind.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde_json::{Value, json};
use zhengda::corpus::{Corpus, Programmes, programmes_of};
use zhengda::eligibility::{
    Match, Outcome, Overlap, Setting, Standing, State, Verdict, WindowState, match_all, match_one, overlaps,
};
use zhengda::policy::Gazetteer;
use zhengda::policy::programme::{Claimant, Decimal, ExclusiveRule, Profile, Rulebook, SupportProgramme};

use super::demonstration::{Demonstration, repository};

/// The table must hold at least so many situations.
const LEAST_SITUATIONS: usize = 100;

struct Known {
    programmes: Programmes,
    places: Gazetteer,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let corpus = Corpus::open(Demonstration::corpus()).unwrap();
        Known { programmes: programmes_of(&corpus), places: corpus.gazetteer().unwrap() }
    })
}

fn tables() -> Vec<PathBuf> {
    let folder = fs::read_dir(repository().join("tests/eligibility")).unwrap();
    let mut tables: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    tables.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    tables.sort();
    tables
}

#[test]
fn every_programme_is_whole_and_every_basis_stands_in_its_clause() {
    assert_eq!(known().programmes.faults, []);
    let ran = Demonstration::open().run(&["check", "--json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let wrong = findings.iter().filter(|finding| {
        let kind = finding["kind"].as_str().unwrap();
        kind.starts_with("programme_") && finding["severity"] == "error"
    });
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&Value>::new());
}

#[test]
fn every_situation_comes_to_what_the_table_says() {
    let (book, places) = (&known().programmes.book, &known().places);
    let mut situations = 0;
    let mut wrong = Vec::new();
    for table in tables() {
        let name = table.file_name().unwrap().to_string_lossy().into_owned();
        for (at, line) in fs::read_to_string(&table).unwrap().lines().enumerate().skip(1) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            situations += 1;
            wrong.extend(situation(line, book, places).into_iter().map(|what| format!("{name}:{} {what}", at + 1)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(situations >= LEAST_SITUATIONS, "{situations} situations");
}

fn situation(line: &str, book: &Rulebook, places: &Gazetteer) -> Vec<String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [title, day, who, facts, expected, ..] = columns[..] else {
        return vec!["五列：情形 日期 身份 事实 预期".to_owned()];
    };
    let as_of: Date = day.trim().parse().unwrap();
    let who = Claimant::from_label(who.trim()).unwrap();
    let mut wrong = Vec::new();
    let mut profile = Profile::new(who);
    for fact in facts.split('；').map(str::trim).filter(|fact| !fact.is_empty()) {
        let (key, value) = fact.split_once('=').unwrap_or((fact, ""));
        let Some(definition) = book.vocabulary.named(key.trim(), who) else {
            wrong.push(format!("{title}：词表中没有“{key}”"));
            continue;
        };
        if value.trim() == "不知道" {
            profile.unknown.insert(definition.id.clone());
            continue;
        }
        match definition.read_words(value, book, places) {
            Ok(value) => drop(profile.facts.insert(definition.id.clone(), value)),
            Err(why) => wrong.push(format!("{title}：{why}")),
        }
    }
    for want in expected.split('；').map(str::trim).filter(|want| !want.is_empty()) {
        let (name, verdict) = want.split_once('=').unwrap_or((want, ""));
        let Some(programme) = programme(book, name, as_of) else {
            wrong.push(format!("{title}：没有事项“{name}”"));
            continue;
        };
        let setting = Setting { book, places, as_of };
        let matched = match_one(programme, &profile, setting);
        let overlaps = overlaps(&match_all(&profile, setting), &profile);
        let seen = Seen { matched: &matched, overlaps: &overlaps, setting };
        wrong.extend(differs(&seen, verdict).map(|got| format!("{title}：应为 {want}，得 {got}")));
    }
    wrong
}

/// The programme of this name that holds on the day, or any of that name.
fn programme<'b>(book: &'b Rulebook, name: &str, as_of: Date) -> Option<&'b SupportProgramme> {
    let bears = |one: &&SupportProgramme| one.name == name || one.aliases.iter().any(|alias| alias == name);
    let same = || book.programmes.iter().filter(bears);
    book.programme(name).or_else(|| same().find(|one| one.holds_on(as_of))).or_else(|| same().next())
}

/// What a situation came to.
struct Seen<'a> {
    matched: &'a Match<'a>,
    overlaps: &'a [Overlap<'a>],
    setting: Setting<'a>,
}

/// What it came to, when that is not what was expected.
fn differs(seen: &Seen<'_>, expected: &str) -> Option<String> {
    let (matched, book) = (seen.matched, seen.setting.book);
    let (word, remarks) = expected.split_once(['(', '（']).unwrap_or((expected, ""));
    let remarks = remarks.trim_end_matches([')', '）']);
    let mut unmet: Vec<&str> = matched.unmet().map(|one| one.leaf.id.as_str()).collect();
    unmet.sort_unstable();
    unmet.dedup();
    let mut missing = matched.missing.clone();
    missing.sort_unstable();
    let got = format!(
        "{}（差 {}；缺 {}；{:?}）",
        matched.verdict.label(),
        unmet.join("、"),
        missing.join("、"),
        matched.standing
    );
    let in_force = matched.standing == Standing::InForce;
    let agrees = match word {
        "不在期内" => return in_force.then_some(got),
        "不符合" => matched.verdict == Verdict::NotEligible && in_force,
        word => matched.verdict.label() == word,
    };
    if !agrees {
        return Some(got);
    }
    let whole = remarks.starts_with('差') || remarks.starts_with('缺');
    let parts: Vec<&str> = if whole { vec![remarks] } else { remarks.split(['，', ',']).collect() };
    let id = |name: &str| {
        book.vocabulary.named(name, matched.programme.audience).map_or(name.to_owned(), |fact| fact.id.clone())
    };
    let wrong = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).any(|part| {
        let listed = |list: &str| list.split('、').map(|one| one.trim().to_owned()).collect::<Vec<_>>();
        if let Some(list) = part.strip_prefix('差') {
            let mut wanted = listed(list);
            wanted.sort_unstable();
            return wanted != unmet;
        }
        if let Some(list) = part.strip_prefix('缺') {
            let mut wanted: Vec<String> = listed(list).iter().map(|name| id(name)).collect();
            wanted.sort_unstable();
            return wanted != missing;
        }
        !remark_holds(seen, part)
    });
    wrong.then(|| {
        format!("{got} {:?} {:?}", matched.window, matched.awards.iter().map(|award| &award.words).collect::<Vec<_>>())
    })
}

/// 500000元, 窗口未开, 窗口已过, 剩3天, 择一：NAME, 就高本项：NAME, 就高另项：NAME, 同享：NAME, 已享受：NAME.
fn remark_holds(seen: &Seen<'_>, remark: &str) -> bool {
    let Seen { matched, overlaps, setting } = seen;
    if let Some((how, name)) = remark.split_once('：') {
        let own = overlaps.iter().filter(|one| one.of == matched.programme.id);
        let mut named = own.filter(|one| setting.book.programme(one.with).is_some_and(|other| other.name == name));
        return named.any(|one| match (how, one.outcome, one.exclusive.rule) {
            ("已享受", Outcome::Received(_), _) => true,
            (_, Outcome::Received(_), _) => false,
            ("择一", _, ExclusiveRule::NotBoth) | ("同享", _, ExclusiveRule::Both) => true,
            ("就高本项", outcome, ExclusiveRule::Highest) => matches!(outcome, Outcome::ThisGivesMore(..)),
            ("就高另项", outcome, ExclusiveRule::Highest) => matches!(outcome, Outcome::OtherGivesMore(..)),
            _ => false,
        });
    }
    if let Some(sum) = remark.strip_suffix('元').and_then(Decimal::parse) {
        let given = matched.awards.iter().filter(|award| award.state == State::Met).filter_map(|award| award.amount);
        return given.fold(Decimal::ZERO, Decimal::plus) == sum;
    }
    match (remark, matched.window) {
        ("窗口未开", Some(WindowState::Opens { .. })) | ("窗口已过", Some(WindowState::Closed { .. })) => true,
        (_, Some(window @ WindowState::Open { .. })) => {
            let days =
                remark.strip_prefix('剩').and_then(|rest| rest.strip_suffix('天')).and_then(|days| days.parse().ok());
            days.is_some() && window.days_left(setting.as_of) == days
        }
        _ => false,
    }
}

#[test]
fn a_match_verifies_and_a_changed_quote_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profile.json");
    let text = "青禾县 食品加工 35人 年营收1200万 高企";
    fs::write(&file, json!({"subject": "企业", "as_of": "2026-05-20", "text": text}).to_string()).unwrap();
    let demonstration = Demonstration::open();
    let ran = demonstration.run(&["match", file.to_str().unwrap(), "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut matched: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(matched["read"].as_array().unwrap().len(), 5);
    assert!(matched["next_question"]["question"].is_string());
    let proof = |matched: &Value| {
        let file = folder.path().join("match.json");
        fs::write(&file, matched.to_string()).unwrap();
        let ran = demonstration.run(&["verify", file.to_str().unwrap()]);
        serde_json::from_str::<Value>(&ran.out).unwrap()
    };
    let whole = proof(&matched);
    assert_eq!(whole["failed"], 0, "{whole}");
    assert!(whole["verified"].as_u64().unwrap() > 50);
    matched["citations"][0]["quote"] = json!("可以领取一百万元");
    assert!(proof(&matched)["failed"].as_u64().unwrap() >= 1);
}

#[test]
fn a_draft_is_proposed_from_a_document_or_a_file_and_is_never_in_use() {
    let demonstration = Demonstration::open();
    let by_id = demonstration.run(&["programme", "draft", "qh-2024-gongye-jiangbu"]);
    assert!(by_id.out.contains("draft: true") && by_id.out.contains("qh-2024-gongye-jiangbu"), "{}", by_id.out);
    let file = repository().join("tests/fixtures/formats/qh-2024-gongye-jiangbu.docx");
    let by_path = demonstration.run(&["programme", "draft", file.to_str().unwrap()]);
    assert!(by_path.out.contains("draft: true"), "{} {}", by_path.out, by_path.err);
    // What is marked as a draft is refused where programmes are in use.
    assert!(serde_json::from_value::<SupportProgramme>(json!({"id": "a", "draft": true})).is_err());
    let absent = demonstration.run(&["programme", "draft", "no-such-document"]);
    assert!(absent.code == 1 && absent.err.contains("no-such-document"), "{}", absent.err);
}
