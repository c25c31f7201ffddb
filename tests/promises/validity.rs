//! Promise 3: whether a document holds is computed for the day asked about.

use std::collections::HashMap;
use std::fs;

use serde_json::{Value, json};

use super::demonstration::Demonstration;
use super::house::{House, Written};
use super::judged::judged_questions;

/// Editions that repeal, replace, amend and only propose.
fn editions() -> Vec<Written> {
    let rule = |id, title, more, text| Written::new(id, title, more, text);
    vec![
        rule(
            "yi-2020",
            "丙田县渔船更新补助暂行办法",
            "number: 丙政规〔2020〕1号\nwritten: 2019-12-20\npublished: 2019-12-25\neffective: 2020-01-01\nexpires: 2025-12-31\n",
            "第一条　渔船更新的，每艘补助3万元。\n\n第二条　本办法自2020年1月1日起施行，有效期至2025年12月31日。\n",
        ),
        rule(
            "yi-2024",
            "丙田县渔船更新补助办法",
            "number: 丙政规〔2024〕8号\nwritten: 2024-05-20\npublished: 2024-05-25\neffective: 2024-07-01\nexpires: 2029-06-30\n\
             relations:\n  - {type: repeals, target: yi-2020}\n",
            "第一条　渔船更新的，每艘补助5万元。\n\n第二条　本办法自2024年7月1日起施行，有效期至2029年6月30日。\
             《丙田县渔船更新补助暂行办法》（丙政规〔2020〕1号）同时废止。\n",
        ),
        rule(
            "er-2022",
            "丙田县茶园改造奖补标准",
            "number: 丙农发〔2022〕1号\nwritten: 2022-02-01\npublished: 2022-02-01\neffective: 2022-03-01\n",
            "一、茶园改造每亩奖补400元。\n",
        ),
        rule(
            "er-2025",
            "丙田县茶园改造奖补标准（2025年版）",
            "number: 丙农发〔2025〕2号\nwritten: 2025-02-01\npublished: 2025-02-01\neffective: 2025-03-01\n\
             relations:\n  - {type: replaces, target: er-2022}\n",
            "一、茶园改造每亩奖补600元。\n",
        ),
        rule(
            "san-2021",
            "丙田县养蜂场登记办法",
            "number: 丙政规〔2021〕3号\nwritten: 2021-01-01\npublished: 2021-01-01\neffective: 2021-02-01\n",
            "第一条　养蜂场应当在开场之日起15日内登记。\n",
        ),
        rule(
            "san-2023",
            "关于修改养蜂场登记办法的决定",
            "number: 丙政规〔2023〕5号\nwritten: 2023-01-01\npublished: 2023-01-01\neffective: 2023-02-01\n\
             relations:\n  - {type: amends, target: san-2021}\n",
            "一、将第一条中的“15日”修改为“20日”。\n",
        ),
        Written {
            kind: "征求意见稿",
            ..rule(
                "san-yijian",
                "丙田县蜂业管理办法（征求意见稿）",
                "written: 2026-01-01\npublished: 2026-01-01\nrelations:\n  - {type: repeals, target: san-2021}\n",
                "第一条　养蜂场登记期限为30日。\n",
            )
        },
        Written {
            kind: "其他文件", ..rule("si-wuri", "丙田县牧道通行说明", "", "一、牧道通行不收费。\n")
        },
    ]
}

/// (document, title searched, day, state).
const STATES: &[(&str, &str, &str, &str)] = &[
    ("yi-2020", "渔船更新补助", "2019-12-31", "not_yet_effective"),
    ("yi-2020", "渔船更新补助", "2020-01-01", "in_force"),
    ("yi-2020", "渔船更新补助", "2024-06-30", "in_force"),
    ("yi-2020", "渔船更新补助", "2024-07-01", "repealed"),
    ("yi-2020", "渔船更新补助", "2026-01-01", "repealed"),
    ("yi-2024", "渔船更新补助", "2024-06-30", "not_yet_effective"),
    ("yi-2024", "渔船更新补助", "2024-07-01", "in_force"),
    ("yi-2024", "渔船更新补助", "2029-06-30", "in_force"),
    ("yi-2024", "渔船更新补助", "2029-07-01", "expired"),
    ("er-2022", "茶园改造奖补标准", "2025-02-28", "in_force"),
    ("er-2022", "茶园改造奖补标准", "2025-03-01", "repealed"),
    ("er-2025", "茶园改造奖补标准", "2025-03-01", "in_force"),
    ("san-2021", "养蜂场登记", "2024-01-01", "in_force"),
    ("san-2021", "养蜂场登记", "2026-11-21", "in_force"),
    ("san-yijian", "蜂业管理", "2026-11-21", "draft"),
    ("si-wuri", "牧道通行", "2026-11-21", "unknown"),
];

#[test]
fn a_state_for_every_day_with_its_basis() {
    let house = House::empty();
    editions().iter().for_each(|document| house.put(document));
    for (id, words, day, state) in STATES {
        let found = house.run(&["search", words, "--as-of", day, "--json"]).json();
        let results = found["results"].as_array().unwrap();
        let document = results.iter().map(|result| &result["document"]).find(|document| document["id"] == *id);
        let document = document.unwrap_or_else(|| panic!("{id} not found by {words}: {found}"));
        assert_eq!(document["validity"], *state, "{id} on {day}: {document}");
        assert!(!document["validity_basis"].as_str().unwrap().is_empty());
    }
}

#[test]
fn last_years_question_is_answered_as_last_year() {
    let house = House::empty();
    editions().iter().for_each(|document| house.put(document));
    for (day, status, document, words) in [
        ("2019-06-01", "lapsed_only", "yi-2020", "3万元"),
        ("2023-06-01", "answered", "yi-2020", "3万元"),
        ("2024-06-30", "answered", "yi-2020", "3万元"),
        ("2024-07-01", "answered", "yi-2024", "5万元"),
        ("2030-01-01", "lapsed_only", "yi-2024", "5万元"),
    ] {
        let answer = house.ask("渔船更新每艘补助多少钱", &["--region", "990331", "--as-of", day]);
        assert_eq!(answer["status"], status, "{day}: {answer}");
        let cited = &answer["citations"][0];
        if status == "answered" {
            assert_eq!(cited["document"]["id"], document, "{day}: {answer}");
            assert!(cited["quote"].as_str().unwrap().contains(words), "{day}: {answer}");
        }
        assert_eq!(answer["as_of"], day);
        assert_eq!(house.verify(&answer).1, 0, "{answer}");
    }
}

/// What the front matter of a file of the demonstration says, read by other code than the program's.
fn front_matter() -> HashMap<String, HashMap<String, String>> {
    let mut all = HashMap::new();
    for entry in walkdir::WalkDir::new(Demonstration::corpus().join("documents")).into_iter().map(Result::unwrap) {
        if entry.path().extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let file = fs::read_to_string(entry.path()).unwrap();
        let front = file.split("\n---\n").next().unwrap();
        let values = front.lines().filter_map(|line| line.split_once(": "));
        let values: HashMap<String, String> =
            values.map(|(key, value)| (key.to_owned(), value.trim().trim_matches(['"', '\'']).to_owned())).collect();
        all.insert(values["id"].clone(), values);
    }
    all
}

#[test]
fn no_answer_of_any_day_rests_on_what_does_not_hold() {
    let known = front_matter();
    let mut cited = 0;
    for day in ["2019-01-01", "2022-06-30", "2024-12-31", "2026-11-21", "2029-01-01"] {
        let questions: Vec<Value> = judged_questions()
            .into_iter()
            .map(|question| json!({"id": question["id"], "question": question["question"], "region": question["region"], "as_of": day}))
            .collect();
        for answer in Demonstration::open().ask_all(&questions) {
            if !matches!(answer["status"].as_str().unwrap(), "answered" | "partial") {
                continue;
            }
            for citation in answer["citations"].as_array().unwrap() {
                let front = &known[citation["document"]["id"].as_str().unwrap()];
                let holds = front.get("effective").is_none_or(|from| from.as_str() <= day)
                    && front.get("expires").is_none_or(|until| until.as_str() >= day)
                    && front["disclosure"] == "主动公开"
                    && !["征求意见稿", "政策解读"].contains(&front["kind"].as_str());
                assert!(holds, "on {day}, {} cites {front:?}", answer["question"]);
                assert!(["in_force", "unknown"].contains(&citation["document"]["validity"].as_str().unwrap()));
                cited += 1;
            }
        }
    }
    println!("{cited} citations on five days");
}

/// A document as a plain text file, for the import.
fn plain(title: &str, number: &str, articles: &str, signed: &str) -> String {
    format!(
        "{title}\n\n{number}\n\n各乡镇人民政府：\n\n现印发给你们，请认真执行。\n\n{articles}\n\n丙田县人民政府\n\n{signed}\n"
    )
}

#[test]
fn what_acts_on_a_document_waits_until_it_arrives() {
    let house = House::furnished();
    let import = |name: &str, text: String| {
        let file = house.write(&format!("in/{name}.txt"), text);
        let ran = house.run(&["import", &file.display().to_string()]);
        assert_eq!(ran.code, 0, "{ran:?}");
    };
    let index = || house.run(&["index", "--json"]).json();
    import(
        "repeals",
        plain(
            "丙田县人民政府关于印发丙田县渔港停泊新办法的通知",
            "丙政规〔2024〕11号",
            "第一条 渔船停泊不收费。\n\n第二条 本办法自2024年3月1日起施行，《丙田县渔港停泊管理办法》（丙政规〔2018〕9号）同时废止。",
            "2024年2月1日",
        ),
    );
    import(
        "amends",
        plain(
            "丙田县人民政府关于修改《丙田县水库垂钓管理办法》的决定",
            "丙政规〔2024〕12号",
            "一、将第一条修改为：“垂钓每人限两竿。”\n\n二、本决定自2024年4月1日起施行。",
            "2024年3月1日",
        ),
    );
    index();
    let rules = |first: &str, from: &str| format!("第一条 {first}\n\n第二条 本办法自{from}起施行。");
    let late = [
        ("丙田县渔港停泊管理办法", "丙政规〔2018〕9号", "渔船停泊每日收费十元。", "2018年5月1日"),
        ("丙田县水库垂钓管理办法", "丙政规〔2019〕9号", "垂钓每人限一竿。", "2019年5月1日"),
    ];
    for (title, number, first, from) in late {
        import(title, plain(title, number, &rules(first, from), from));
    }
    let report = index();
    assert_eq!(report["report"]["full"], Value::Null, "only what is new is indexed: {report}");
    let graph = house.run(&["export", "--format", "graph", "--out", "-", "--as-of", "2025-01-01"]).json();
    let nodes = graph["nodes"].as_array().unwrap();
    let node = |title: &str| nodes.iter().find(|node| node["title"] == title).unwrap_or_else(|| panic!("{graph}"));
    assert_eq!(node(late[0].0)["validity"], "repealed");
    assert_eq!(node(late[1].0)["validity"], "in_force");
    for (kind, title) in [("repeals", late[0].0), ("amends", late[1].0)] {
        let edges = graph["edges"].as_array().unwrap();
        assert!(edges.iter().any(|edge| edge["kind"] == kind && edge["to"] == node(title)["id"]), "{kind}: {graph}");
    }
}
