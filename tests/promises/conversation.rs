//! Promise 19: a follow-up is understood from the question before; what was taken over is told, and can be taken back.

use serde_json::{Value, json};

use super::door::{Door, encoded};
use super::house::{House, TODAY, lines};

/// A conversation as lines of a batch, and what each answer must be: id, question, follows, status, words.
const TALK: &[(&str, &str, Option<&str>, &str, &str)] = &[
    ("1", "高龄津贴每人每月多少钱", None, "answered", "每人每月100元"),
    ("2", "那多久审核完", Some("1"), "answered", "10个工作日"),
    ("3", "谁审核的", Some("2"), "answered", "县民政局"),
    ("4", "潜水员证书怎么换领", Some("3"), "not_found", ""),
];

#[test]
fn a_batch_talks() {
    let house = House::furnished();
    let talk = TALK.iter().map(|(id, question, follows, _, _)| {
        json!({"id": id, "question": question, "follows": follows, "region": "990331", "as_of": TODAY})
    });
    house.write("talk.jsonl", lines(talk));
    let answers = house.run(&["ask", "--batch", "talk.jsonl"]).json_lines();
    for ((id, question, _, status, words), answer) in TALK.iter().zip(&answers) {
        assert_eq!(answer["status"], *status, "{id} {question}: {answer}");
        assert!(answer["answer"].to_string().contains(words), "{id} {question}: {answer}");
    }
    let inherited = answers[1]["understood"]["inherited"].to_string();
    assert!(inherited.contains("高龄津贴") && inherited.contains("matter"), "{inherited}");
    assert!(answers[3]["understood"].get("inherited").is_none(), "a question of its own takes nothing over");
}

#[test]
fn a_session_is_kept_apart_and_forgets_no_one_else() {
    let door = Door::open();
    let ask = |question: &str, session: Option<&str>, no: &str| -> Value {
        let body = json!({"question": question, "region": "990121", "as_of": TODAY, "session": session, "no": no});
        let reply = door.consult(&body);
        assert_eq!(reply.status, 200, "{}", reply.body);
        let mut answer = reply.json();
        answer["took_ms"] = json!(0);
        answer
    };
    let alone = ask("那谁负责的", None, "");
    assert_eq!(
        ask("那谁负责的", Some("一个新的会话"), ""),
        alone,
        "a session without a question before changes nothing"
    );
    assert_eq!(ask("80岁以上老人高龄津贴怎么申请", Some("甲"), "")["status"], "answered");
    let follow = ask("那谁负责的", Some("甲"), "");
    assert!(follow["understood"]["inherited"].to_string().contains("matter"), "{follow}");
    assert_eq!(ask("那谁负责的", Some("乙"), ""), alone, "another session knows nothing of it");
    ask("80岁以上老人高龄津贴怎么申请", Some("丙"), "");
    let back = ask("那谁负责的", Some("丙"), "matter,documents,clause,region,as_of");
    assert!(back["understood"].get("inherited").is_none(), "{back}");
    let long = door.consult(&json!({"question": "低保", "session": "长".repeat(129)}));
    assert_eq!(long.status, 422, "{}", long.body);
}

#[test]
fn the_page_talks_without_scripts() {
    let door = Door::open();
    let page = |question: &str, after: &str, no: &str| {
        let (q, after, no) = (encoded(question), encoded(after), encoded(no));
        door.get(&format!("/?q={q}&region=990121&as_of={TODAY}&after={after}&no={no}")).body
    };
    let first = page("80岁以上老人高龄津贴怎么申请", "", "");
    assert!(first.contains("name=\"after\" value=\"80岁以上老人高龄津贴怎么申请\""), "{first}");
    let second = page("那谁负责的", "80岁以上老人高龄津贴怎么申请", "");
    assert!(second.contains("接着问：") && second.contains("no=matter"), "{second}");
    let without = page("那谁负责的", "80岁以上老人高龄津贴怎么申请", "matter");
    assert!(!without.contains("接着问：") && without.contains("恢复"), "{without}");
}
