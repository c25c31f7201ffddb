//! Promises of matching: nothing unknown is a no, verdicts only become surer, arithmetic is exact, free words are read
//! and never guessed at.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::policy::programme::{Claimant, Decimal, FactValue, GivenProfile, Profile, Rulebook, SupportProgramme};
use crate::policy::{Gazetteer, Level, Region, RegionCode};

const FACTS: &str = include_str!("tests/facts.yaml");
const PROGRAMMES: &str = include_str!("tests/programmes.yaml");

fn book() -> Rulebook {
    let industries = [
        ("C", "制造业", ""),
        ("C13", "农副食品加工业", "食品加工"),
        ("F52", "零售业", "零售"),
        ("F51", "批发业", "批发"),
    ];
    let industry = |(code, name, word): (&str, &str, &str)| crate::policy::programme::Industry {
        code: code.to_owned(),
        name: name.to_owned(),
        words: [word].iter().filter(|word| !word.is_empty()).map(|word| (*word).to_owned()).collect(),
    };
    let facts: Vec<crate::policy::programme::FactDefinition> = serde_saphyr::from_str(FACTS).unwrap();
    let programmes: Vec<SupportProgramme> = serde_saphyr::from_str(PROGRAMMES).unwrap();
    let book = Rulebook { vocabulary: (facts, industries.map(industry).to_vec()).into(), programmes };
    for programme in &book.programmes {
        assert_eq!(book.faults(programme), Vec::<String>::new(), "{}", programme.id);
    }
    book
}

fn places() -> Gazetteer {
    let place = |code: &str, name: &str, parent: Option<&str>, alias: &str| Region {
        code: RegionCode::parse(code).unwrap(),
        name: name.to_owned(),
        parent: parent.and_then(RegionCode::parse),
        level: Level::County,
        aliases: vec![alias.to_owned()],
    };
    vec![
        place("621000", "庆阳市", None, "庆阳"),
        place("621002", "西峰区", Some("621000"), "西峰"),
        place("990100", "栖云市", None, "栖云"),
        place("990121", "青禾县", Some("990100"), "青禾"),
    ]
    .into()
}

fn on<'a>(book: &'a Rulebook, places: &'a Gazetteer, day: &str) -> Setting<'a> {
    Setting { book, places, as_of: day.parse().unwrap() }
}

fn profile(book: &Rulebook, places: &Gazetteer, json: serde_json::Value) -> Profile {
    GivenProfile::read(&json, book, places).unwrap().profile
}

/// Verdict, unmet conditions with their gaps, and missing facts, in one line.
fn told(json: serde_json::Value, day: &str, programme: &str) -> String {
    let (book, places) = (book(), places());
    let setting = on(&book, &places, day);
    let profile = profile(&book, &places, json);
    let matched = match_one(book.programme(programme).unwrap(), &profile, setting);
    assert!(matched.standing != Standing::InForce || matched.verdict == verdict(matched.programme, &profile, setting));
    let gap = |one: &ConditionState<'_>| gap_in_words(one, setting).map_or(String::new(), |gap| format!("({gap})"));
    let unmet: Vec<String> = matched.unmet().map(|one| format!("{}{}", one.leaf.id, gap(one))).collect();
    format!("{} {} {}", matched.verdict.label(), unmet.join("、"), matched.missing.join("、")).trim().to_owned()
}

#[test]
fn a_condition_is_missed_by_so_much() {
    let facts = |staff: i64, revenue: &str| json!({"facts": {"登记地": "青禾县", "从业人员数": staff, "年营收": revenue, "行业": "食品加工", "欠薪": false}});
    assert_eq!(told(facts(10, "1200万"), "2026-03-01", "kuogang"), "符合");
    assert_eq!(told(facts(5, "120万"), "2026-03-01", "kuogang"), "不符合 staff(差5人)、revenue(差80万元)");
    assert_eq!(told(facts(5, "1200万"), "2024-03-01", "kuogang"), "不符合 staff(差5人)");
    assert_eq!(told(json!({"facts": {"登记地": "庆阳市"}}), "2026-03-01", "kuogang"), "不符合 region");
    let young = |founded: &str| json!({"facts": {"founded": founded}});
    assert_eq!(told(young("2023-05-01"), "2026-03-01", "chuangye"), "符合");
    assert_eq!(
        told(young("2022-12-01"), "2026-03-01", "chuangye"),
        "不符合 young(2025-12-01以后不再符合，已超过3个月)"
    );
    assert_eq!(told(young("2025-12-01"), "2026-03-01", "chuangye"), "不符合 steady(还差9个月，2026-12-01起符合)");
    assert_eq!(
        told(young("2023-02"), "2026-02-10", "chuangye"),
        "待定  founded",
        "of that month some days are too early"
    );
}

#[test]
fn what_is_not_known_is_asked_and_never_a_no() {
    let some = json!({"facts": {"登记地": "青禾县", "从业人员数": 10}, "unknown": ["欠薪"]});
    assert_eq!(told(some, "2026-03-01", "kuogang"), "待定  annual_revenue、industry、wage_arrears");
    assert_eq!(told(json!({"facts": {}}), "2026-03-01", "gaoling-old"), "不符合", "it ended before that day");
    let part = json!({"facts": {"qualifications": {"held": ["高企"], "complete": false}}});
    assert_eq!(told(part, "2026-03-01", "gaoqi"), "待定  past_grants");
    let expired = json!({"facts": {"qualifications": [{"value": "高企", "until": "2026-02-28"}], "past_grants": []}});
    assert_eq!(told(expired.clone(), "2026-02-28", "gaoqi"), "符合");
    assert_eq!(told(expired, "2026-03-01", "gaoqi"), "不符合 certified");
}

#[test]
fn benefits_are_computed_exactly_with_their_arithmetic() {
    let (book, places) = (book(), places());
    let setting = on(&book, &places, "2026-03-01");
    let words = |investment: i64| {
        let profile =
            profile(&book, &places, json!({"facts": {"equipment_investment": investment, "disabled_staff": 3}}));
        let matched = match_one(book.programme("jigai").unwrap(), &profile, setting);
        let told = |award: &Award<'_>| (award.words.clone(), award.amount.map(|amount| amount.fen()));
        matched.awards.iter().map(told).collect::<Vec<_>>()
    };
    let first = |investment| words(investment)[0].clone();
    assert_eq!(first(5_000_000), ("设备投资额500万元 × 10% = 50万元，不超过 300万元".to_owned(), Some(50_000_000)));
    assert_eq!(first(40_000_000).0, "设备投资额4000万元 × 10% = 400万元，超过上限，按 300万元");
    assert_eq!(first(1_234_567).1, Some(12_345_670));
    assert_eq!(words(5_000_000)[1].0, "每人 3000元 × 3人 = 9000元");
    assert_eq!(words(1_000).len(), 2, "below the lowest tier nothing is shown");
    assert_eq!(words(5_000_000)[2].0, "设备投资额500万元，达到 200万 档：1万元");
}

#[test]
fn windows_open_close_and_turn_the_year() {
    let (book, places) = (book(), places());
    let state = |programme: &str, day: &str| {
        let setting = on(&book, &places, day);
        let matched = match_one(book.programme(programme).unwrap(), &Profile::new(Claimant::Enterprise), setting);
        matched.window.map(|window| window.words(setting.as_of)).unwrap_or_default()
    };
    assert_eq!(state("jigai", "2026-04-30"), "正在受理，2026-05-31 截止，还剩 31 天");
    assert_eq!(state("jigai", "2026-05-31"), "今天是最后一天");
    assert_eq!(state("jigai", "2026-06-01"), "已于 2026-05-31 截止，下一次 2027-04-01 开始");
    assert_eq!(state("kuogang", "2026-01-15"), "正在受理，2026-02-28 截止，还剩 44 天");
    assert_eq!(state("kuogang", "2025-11-30"), "已于 2025-02-28 截止，下一次 2025-12-01 开始");
    assert_eq!(state("kuogang", "2025-12-01"), "正在受理，2026-02-28 截止，还剩 89 天");
}

#[test]
fn of_two_that_exclude_each_other_the_higher_is_named() {
    let (book, places) = (book(), places());
    let setting = on(&book, &places, "2026-03-01");
    let words = |grants: serde_json::Value| {
        let facts = json!({"facts": {"equipment_investment": 5_000_000, "disabled_staff": 0, "founded": "2024-01-01", "qualifications": ["高企"], "past_grants": grants}});
        let profile = profile(&book, &places, facts);
        let found = overlaps(&match_all(&profile, setting), &profile);
        found.iter().filter(|one| one.of == "gaoqi").map(|one| one.words("创业奖")).collect::<Vec<_>>().join("|")
    };
    assert_eq!(words(json!([])), "与“创业奖”就高不重复：本项20万元，高于5万元，建议申报本项");
    assert_eq!(
        words(json!([{"programme": "chuangye", "year": 2025}])),
        "2025年已享受“创业奖”，与本项就高不重复；请与经办部门核对"
    );
}

#[test]
fn free_words_are_read_with_the_words_they_stand_in() {
    let (book, places) = (book(), places());
    let setting = on(&book, &places, "2026-11-21");
    let read = |text: &str, who| {
        let facts = read_facts(text, who, setting);
        facts.iter().map(|fact| format!("{}←{}", fact.fact, fact.words(text))).collect::<Vec<_>>().join(" ")
    };
    let business = |text| read(text, Claimant::Enterprise);
    assert_eq!(
        business("庆阳西峰 食品加工 35人 年营收1200万 高企 能报啥"),
        "registered_region←庆阳西峰 industry←食品加工 staff←35人 annual_revenue←年营收1200万 qualifications←高企"
    );
    assert_eq!(
        business("还有2个残疾员工，没有欠薪，不是高企"),
        "disabled_staff←2个残疾员工 wage_arrears←没有欠薪 qualifications←不是高企"
    );
    assert_eq!(business("去年3月成立"), "founded←去年3月成立");
    for unsure in ["30多人", "大概35人", "员工30到50人", "可能是高企", "批发零售", "营收1200", "是不是高企"]
    {
        assert_eq!(business(unsure), "", "{unsure}");
    }
    for (words, number) in
        [("３５人", 35), ("三十五人", 35), ("一百二十号人", 120), ("二百五十人", 250), ("员工35", 35)]
    {
        let found = read_facts(words, Claimant::Enterprise, setting);
        assert_eq!(found.first().map(|read| &read.value), Some(&FactValue::Number(Decimal::whole(number))), "{words}");
        assert_eq!(found[0].words(words), words);
    }
    for (words, number) in
        [("营收1200w", 12_000_000), ("营收一千二百万", 12_000_000), ("营收两千零五十万元", 20_500_000)]
    {
        let found = read_facts(words, Claimant::Enterprise, setting);
        assert_eq!(found.first().map(|read| &read.value), Some(&FactValue::Number(Decimal::whole(number))), "{words}");
    }
    for sought in ["高企正在申请", "高企过期了", "以前是高企", "高企被取消了", "营收100万美元", "注册不在西峰"]
    {
        assert_eq!(business(sought), "", "{sought}");
    }
    assert_eq!(business("高企还没评上"), "qualifications←高企还没评上");
    assert_eq!(business("成立五年了"), "founded←成立五年");
    assert_eq!(business("上个月成立"), "founded←上个月成立");
    assert_eq!(read("65岁 低保户", Claimant::Person), "age←65岁 relief←低保户");
    assert_eq!(read("我妈72了", Claimant::Person), "age←72");
    assert_eq!(read("虚岁72", Claimant::Person), "");
    assert_eq!(claimant_of("我妈72了独居", setting), Some(Claimant::Person));
}

/// A profile of the enterprise's facts, any of them missing.
fn any_profile(book: &Rulebook) -> impl Strategy<Value = Profile> + use<> {
    let facts: Vec<_> = book
        .vocabulary
        .facts()
        .iter()
        .filter(|fact| fact.subject == Claimant::Enterprise && !fact.derived)
        .map(|fact| (fact.id.clone(), prop::option::weighted(0.7, 0_u32..6)))
        .collect();
    let (ids, values): (Vec<String>, Vec<_>) = facts.into_iter().unzip();
    values.prop_map(move |picks| {
        let mut profile = Profile::new(Claimant::Enterprise);
        for (id, pick) in ids.iter().zip(picks) {
            if let Some(value) = pick.and_then(|pick| some_value(id, pick)) {
                profile.facts.insert(id.clone(), value);
            }
        }
        profile
    })
}

/// A value of a fact, around the bounds of the test programmes.
fn some_value(id: &str, pick: u32) -> Option<FactValue> {
    let book = book();
    let at = |values: [&str; 6]| values[pick as usize].to_owned();
    let words = match id {
        "staff" => at(["0", "5", "9", "10", "300", "1000"]),
        "annual_revenue" => at(["0", "199万", "200万", "2000万", "4亿", "300万"]),
        "founded" => at(["2022-02-28", "2023-03-01", "2023-03", "2025", "2025-03-01", "2025-03-02"]),
        "industry" => at(["C", "C13", "F52", "F", "J66", "F51"]),
        "registered_region" => at(["990121", "990100", "621000", "621002", "990121", "990100"]),
        "wage_arrears" => at(["是", "否", "否", "是", "否", "否"]),
        "qualifications" => at(["高企", "无", "高企（至2026-02-28）", "专精特新", "高企、专精特新", "无"]),
        "past_grants" => at(["无", "gaoqi（2025）", "chuangye", "gaoqi", "无", "无"]),
        _ => at(["0", "1", "200万", "1999999", "5000万", "3"]),
    };
    Some(book.vocabulary.get(id)?.read_words(&words, &book, &places()).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn removing_a_fact_only_ever_leaves_a_verdict_open(profile in any_profile(&book())) {
        let (book, places) = (book(), places());
        let setting = on(&book, &places, "2026-03-01");
        for programme in &book.programmes {
            let before = verdict(programme, &profile, setting);
            for id in profile.facts.keys() {
                let mut less = profile.clone();
                less.facts.remove(id);
                let after = verdict(programme, &less, setting);
                prop_assert!(after == before || after == Verdict::Undetermined, "{} without {id}: {before:?} → {after:?}", programme.id);
            }
            let matched = match_one(programme, &profile, setting);
            prop_assert!(matched.missing.is_empty() == (matched.verdict != Verdict::Undetermined), "{}", programme.id);
        }
    }

    #[test]
    fn asking_ends_and_never_asks_twice(profile in any_profile(&book()), lost in 0_usize..8) {
        let (book, places) = (book(), places());
        let setting = on(&book, &places, "2026-03-01");
        let mut known = Profile::new(Claimant::Enterprise);
        let mut asked = std::collections::BTreeSet::new();
        while let Some(next) = next_question(&known, setting) {
            prop_assert!(asked.insert(next.fact.id.clone()), "asked {} twice", next.fact.id);
            match profile.facts.get(&next.fact.id).filter(|_| asked.len() != lost) {
                Some(value) => known.facts.insert(next.fact.id.clone(), value.clone()).map_or((), |_| ()),
                None => { known.unknown.insert(next.fact.id.clone()); }
            }
        }
        for programme in &book.programmes {
            let open = match_one(programme, &known, setting).missing;
            prop_assert!(open.iter().all(|fact| known.unknown.contains(*fact) || known.facts.contains_key(*fact)), "{open:?}");
        }
    }

    #[test]
    fn no_words_bring_the_reader_down(text in "[一二三十百千万亿0-9年月日人个元岁%，。 没不是高企残疾员工成立至到约多-]{0,40}") {
        let (book, places) = (book(), places());
        let setting = on(&book, &places, "2026-03-01");
        for who in [Claimant::Enterprise, Claimant::Person] {
            for read in read_facts(&text, who, setting) {
                prop_assert!(text.get(read.range.clone()).is_some());
            }
        }
    }
}

#[test]
fn what_was_told_and_what_follows_must_agree() {
    let (book, places) = (book(), places());
    let setting = on(&book, &places, "2026-11-21");
    let contradicts = |json| super::contradiction(&profile(&book, &places, json), setting);
    let firm = |size: &str| {
        let facts = json!({"size": size, "industry": "C13", "staff": 10, "annual_revenue": 2_000_000});
        json!({"subject": "企业", "facts": facts})
    };
    assert_eq!(contradicts(firm("微型")), None);
    assert!(contradicts(firm("大型")).is_some_and(|words| words.contains("不一致")));
    assert_eq!(contradicts(json!({"subject": "企业", "facts": {"size": "大型"}})), None);
}
