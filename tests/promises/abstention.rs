//! Promise 5: every way an answer can end is reached, and none says another's words.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use zhengda::consultation::{Desk, render};
use zhengda::policy::RegionCode;
use zhengda::query::Enquiry;

use super::house::House;

/// (question, region, status, words that must stand in the answer).
const ENDINGS: &[(&str, &str, &str, &str)] = &[
    ("高龄津贴每人每月多少钱", "990331", "answered", "每人每月100元"),
    ("老人钱一个月能领多少", "990331", "answered", "每人每月100元"),
    ("申领高龄津贴，多久作出决定，电话是多少", "990331", "partial", "10个工作日"),
    ("既有住宅加装电梯每台补助多少", "990331", "elsewhere_only", "20万元"),
    ("稻谷价差补贴每公斤多少", "990331", "lapsed_only", "每公斤0.2元"),
    ("牛奶运输车辆通行证每次有效期多久", "990331", "lapsed_only", "90日"),
    ("人才购房补贴博士给多少", "990331", "lapsed_only", "博士10万元"),
    ("生育三孩一次性发放多少生育补贴", "", "needs_fact", ""),
    ("潜水员证书怎么换领", "990331", "not_found", ""),
    ("《丙田县不存在的办法》第三条怎么规定的", "990331", "not_found", ""),
    ("", "990331", "not_found", ""),
    ("帮我查一下我妈低保批了没", "990331", "refused", ""),
    ("我不想活了", "990331", "emergency", ""),
];

/// Why a question is refused.
const REFUSALS: &[(&str, &str)] = &[
    ("我身份证11010119900307123X，查一下我的补贴", "personal_data"),
    ("你觉得哪个县好，推荐我去哪个", "opinion"),
    ("明年高龄津贴会不会涨", "prediction"),
    ("我的申请办到哪一步了", "individual_case"),
    ("帮我伪造一份低保材料", "unlawful"),
    ("给我讲个笑话", "out_of_scope"),
];

#[test]
fn every_status_is_reached() {
    let house = House::furnished();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (question, region, status, words) in ENDINGS {
        let options: &[&str] = if region.is_empty() { &[] } else { &["--region", region] };
        let answer = house.ask(question, options);
        assert_eq!(answer["status"], *status, "{question}: {answer}");
        let said: String =
            answer["answer"].as_array().unwrap().iter().map(|statement| statement["text"].as_str().unwrap()).collect();
        assert!(said.contains(words), "{question}: {said}");
        if words.is_empty() {
            assert!(said.is_empty(), "{status} states something: {said}");
            assert!(answer["citations"].as_array().unwrap().is_empty());
        }
        assert_eq!(house.verify(&answer).1, 0, "{answer}");
        let message = answer["message"].as_str().unwrap().to_owned();
        assert!(*status == "answered" || !message.is_empty(), "{question} ends without a word");
        if let Some(other) = seen.insert(message.clone(), (*status).to_owned()).filter(|_| !message.is_empty()) {
            assert_eq!(&other, status, "two statuses with the words “{message}”");
        }
    }
}

#[test]
fn two_places_in_one_question_stand_side_by_side() {
    let house = House::furnished();
    let both = house.ask("丙田和丁川生育三孩一次性发放多少生育补贴", &[]);
    assert_eq!(both["status"], "answered", "{both}");
    assert!(both["answer"].to_string().contains("5000元") && both["answer"].to_string().contains("8000元"), "{both}");
    assert_eq!(both["comparison"].as_array().map(Vec::len), Some(2), "{both}");
    assert_eq!(house.verify(&both).1, 0, "{both}");
    let one = house.ask("丙田和丁川的高龄津贴每人每月分别多少钱", &[]);
    assert_eq!(one["status"], "partial", "{one}");
    assert!(one["answer"].to_string().contains("每人每月100元"), "{one}");
    assert!(one["missing"].to_string().contains("丁川县"), "{one}");
}

#[test]
fn signs_and_figures_alone_are_met_with_a_hint() {
    let house = House::furnished();
    for question in ["😀😀😀", "404", "？？？"] {
        let answer = house.ask(question, &["--region", "990331"]);
        assert_eq!(answer["status"], "not_found", "{answer}");
        assert!(answer["message"].as_str().unwrap().contains("请写出"), "{answer}");
    }
    let long = "没有的规定".repeat(15);
    let answer = house.ask(&format!("《{long}》第三条"), &["--region", "990331"]);
    assert!(answer["message"].as_str().unwrap().chars().count() < 90, "{answer}");
}

#[test]
fn each_ending_brings_what_helps() {
    let house = House::furnished();
    let partial = house.ask("申领高龄津贴，多久作出决定，电话是多少", &["--region", "990331"]);
    assert!(partial["missing"].to_string().contains("电话"), "{partial}");
    let which = house.ask("生育三孩一次性发放多少生育补贴", &[]);
    let choices: Vec<&str> =
        which["ask"]["choices"].as_array().unwrap().iter().map(|choice| choice["value"].as_str().unwrap()).collect();
    assert_eq!(choices.len(), 2);
    assert!(choices.contains(&"990331") && choices.contains(&"990332"));
    assert!(!which["ask"]["question"].as_str().unwrap().is_empty());
    for (choice, words) in [("990331", "5000元"), ("990332", "8000元")] {
        let answer = house.ask("生育三孩一次性发放多少生育补贴", &["--region", choice]);
        assert_eq!(answer["status"], "answered");
        assert!(answer["answer"].to_string().contains(words), "{answer}");
    }
    let named = house.ask("丁川县生育三孩一次性发放多少生育补贴", &["--region", "990331"]);
    assert_eq!((&named["region"]["code"], &named["region"]["from"]), (&"990332".into(), &"question".into()));
    assert!(named["answer"].to_string().contains("8000元"));
    let emergency = house.ask("我不想活了", &[]);
    assert_eq!(emergency["contacts"][0]["phone"], "110");
    let elsewhere = house.ask("既有住宅加装电梯每台补助多少", &["--region", "990331"]);
    assert!(elsewhere["answer"][0]["citations"].as_array().unwrap().is_empty(), "it says first that it is elsewhere's");
}

#[test]
fn refusals_say_why_and_cite_nothing() {
    let house = House::furnished();
    for (question, reason) in REFUSALS {
        let answer = house.ask(question, &["--region", "990331"]);
        assert_eq!(
            (&answer["status"], &answer["reason"]),
            (&"refused".into(), &(*reason).into()),
            "{question}: {answer}"
        );
        assert!(answer["citations"].as_array().unwrap().is_empty() && answer["answer"].as_array().unwrap().is_empty());
        assert!(!answer.to_string().contains("11010119900307123"), "a personal number is repeated");
    }
}

#[test]
fn what_is_not_public_shows_nowhere() {
    let house = House::furnished();
    let secrets = ["松鹤九号", "bt-2025-guanwang", "丙田县地下管廊巡查应急预案", "管廊值守组"];
    let mut said = String::new();
    for question in
        ["地下管廊巡查每日几次", "松鹤九号是什么", "《丙田县地下管廊巡查应急预案》", "丙政办〔2025〕77号 原文"]
    {
        let answer = house.ask(question, &["--region", "990331"]);
        assert!(!matches!(answer["status"].as_str().unwrap(), "answered" | "partial"), "{answer}");
        let mut answer = answer;
        for key in ["question", "understood", "message"] {
            answer.as_object_mut().unwrap().remove(key); // they repeat the asker's own words
        }
        said.push_str(&answer.to_string());
        let mut found = house.run(&["search", question, "--json", "--explain"]).json();
        found.as_object_mut().unwrap().remove("query");
        said.push_str(&found.to_string());
    }
    said.push_str(&house.run(&["check", "--json"]).out);
    for secret in secrets {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
    for file in walkdir::WalkDir::new(house.path("index")).into_iter().map(Result::unwrap) {
        if file.file_type().is_file() {
            let bytes = fs::read(file.path()).unwrap();
            let holds = |words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
            assert!(!holds("松鹤九号") && !holds("管廊值守组"), "{} holds its words", file.path().display());
        }
    }
}

#[test]
fn a_draft_never_governs_and_an_interpretation_is_no_authority() {
    let house = House::furnished();
    for (question, day) in [
        ("人才购房补贴硕士给多少", "2026-11-21"),
        ("人才购房补贴硕士给多少", "2030-01-01"),
        ("《丙田县人才购房补贴办法（征求意见稿）》第二条", "2026-11-21"),
    ] {
        let answer = house.ask(question, &["--region", "990331", "--as-of", day]);
        assert_eq!(answer["status"], "lapsed_only", "{answer}");
        assert_eq!(answer["citations"][0]["document"]["validity"], "draft");
    }
    let answer = house.ask("80多岁老人钱怎么领", &["--region", "990331"]);
    let kinds = |key: &str| -> Vec<Value> {
        answer[key].as_array().unwrap().iter().map(|one| one["document"]["kind"].clone()).collect()
    };
    assert!(kinds("citations").iter().all(|kind| kind != "政策解读"), "{answer}");
    assert!(kinds("interpretations").iter().all(|kind| kind == "政策解读"));
    assert!(!kinds("interpretations").is_empty(), "{answer}");
}

/// Questions made of the pieces that questions are made of, mixed with anything.
const ANYTHING: &str = "(低保|老人钱|高龄津贴|生育补贴|加装电梯|稻谷|第[一二十]+条第二款|三（二）|丙政规〔2023〕4号|丙政规2023 4|4号文|《|》|“|”|\
    多少|几年|咋|不|啥时候|丙田县|丁川|乙水市|2024年|1[0-9]{10}|[0-9Xx]{0,19}|\u{202e}|\u{3000}|butie|，|？|\\PC){0,16}";

#[test]
fn whatever_is_asked_the_answer_is_well_formed() {
    let house = House::furnished();
    assert_eq!(house.run(&["index"]).code, 0);
    let desk = Desk::open(&house.path("index")).unwrap();
    let sources = zhengda::verification::SourceFolder::open(&house.path("corpus")).unwrap();
    let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) });
    let asked = (ANYTHING, any::<bool>(), 2018_i16..2032);
    let result = runner.run(&asked, |(question, local, year)| {
        let region = RegionCode::parse("990331").filter(|_| local);
        let as_of = jiff::civil::date(year, 6, 1);
        let consulted = desk.library().consult(&Enquiry { question, region, as_of, audience: None }).unwrap();
        let answer = render(&consulted, 0.0);
        let proof = zhengda::verification::verify(&answer, &|id| sources.read(id));
        prop_assert_eq!(proof.failed, 0, "{:?}", proof);
        let status = answer.status.name();
        prop_assert_eq!(status == "refused", answer.reason.is_some());
        prop_assert_eq!(status == "needs_fact", answer.ask.is_some());
        prop_assert_eq!(status == "partial", !answer.missing.is_empty());
        prop_assert!(status == "answered" || !answer.message.is_empty());
        Ok(())
    });
    result.unwrap();
}
