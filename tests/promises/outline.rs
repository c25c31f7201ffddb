//! Promise 4: every numbering scheme is divided as people would; no character is lost; no text makes a parser fall.

use std::collections::HashSet;

use proptest::prelude::*;
use zhengda::analysis::Lexicon;
use zhengda::outline::{letterhead, outline, reflow, unaccounted};
use zhengda::policy::{Clause, DocumentId, DocumentKind, DocumentNumber, Metadata, PolicyDocument, RegionCode};

/// A nasty text, and the clauses that a person would find in it: label, and how the clause's words begin.
struct Case {
    name: &'static str,
    text: &'static str,
    clauses: &'static [(&'static str, &'static str)],
    /// Labels that must not be there.
    not: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "chapters, articles, paragraphs, items and sub-items of a regulation",
        text: "某县养犬管理办法\n第一章 总则\n第一条 为了规范养犬行为，制定本办法。\n第二章 登记\n第二条 养犬人应当登记。\n\
               登记有效期1年。\n（一）提交身份证；\n（二）提交下列证明：\n1.住所证明；\n2.免疫证明。\n第二条之一 犬只死亡的，注销登记。",
        clauses: &[
            ("第一章", "第一章"),
            ("第一条", "第一条 为了"),
            ("第二条第一款", "养犬人应当"),
            ("第二条第二款", "登记有效期"),
            ("第二条第二款第（二）项", "（二）提交"),
            ("第二条第二款第（二）项第2目", "2.免疫证明"),
            ("第二条之一", "第二条之一 犬只"),
        ],
        not: &[],
    },
    Case {
        name: "一、（一）1.（1）① of a notice",
        text: "一、总体要求\n坚持便民。\n二、重点任务\n（一）信息公开。及时发布。\n1.规划公开。\n（1）国土规划。\n①总图。\n（二）政策解读。同步起草。",
        clauses: &[
            ("一", "一、总体"),
            ("二（一）", "（一）信息"),
            ("二（一）1", "1.规划"),
            ("二（一）1（1）", "（1）国土"),
            ("二（一）1（1）①", "①总图"),
            ("二（二）", "（二）政策"),
        ],
        not: &[],
    },
    Case {
        name: "（一）to（四）running through the parts",
        text: "一、甲\n（一）一事。\n（二）二事。\n二、乙\n（三）三事。\n（四）四事。",
        clauses: &[("一（二）", "（二）二事"), ("二（三）", "（三）三事"), ("二（四）", "（四）四事")],
        not: &["二（一）"],
    },
    Case {
        name: "arabic numbers running through the parts",
        text: "（一）甲\n1.一事。\n2.二事。\n（二）乙\n3.三事。\n4.四事。",
        clauses: &[("（一）2", "2.二事"), ("（二）3", "3.三事"), ("（二）4", "4.四事")],
        not: &["（二）1"],
    },
    Case {
        name: "numbering that restarts in each part",
        text: "一、甲\n（一）一事。\n（二）二事。\n二、乙\n（一）三事。\n（二）四事。",
        clauses: &[("一（一）", "（一）一事"), ("二（一）", "（一）三事"), ("二（二）", "（二）四事")],
        not: &[],
    },
    Case {
        name: "stray bullets of a recognition",
        text: "一、甲\n- （一）一事。\n· （二）二事。\n● （三）三事。",
        clauses: &[("一（一）", "- （一）"), ("一（二）", "· （二）"), ("一（三）", "● （三）")],
        not: &[],
    },
    Case {
        name: "references in the text are no headings",
        text: "第一条 申请人应当符合本条第（一）项和第三条第二款的规定。\n依照\n第九条规定处理的除外。\n第二条 有前条（一）、（二）情形的，从重处理。",
        clauses: &[("第一条第一款", "申请人应当"), ("第二条", "第二条 有前条")],
        not: &["第九条", "第三条", "第一条第（一）项", "第二条第（一）项"],
    },
    Case {
        name: "years, amounts and counts are no numbers of clauses",
        text: "一、投入\n1.5亿元用于建设。\n2021.5月底前完成。\n3个月内办结。\n二、产出",
        clauses: &[("一", "一、投入"), ("二", "二、产出")],
        not: &["一1", "一2", "一3", "一.1"],
    },
    Case {
        name: "annexes with numbers of their own",
        text: "关于开展检查的通知\n各单位：\n一、认真检查。\n某某市教育局\n2021年3月5日\n附件1\n检查办法\n第一条 检查每年一次。\n附件2\n一、联系表",
        clauses: &[("一", "一、认真"), ("附件1第一条", "第一条 检查"), ("附件2·一", "一、联系")],
        not: &["第一条"],
    },
    Case {
        name: "a table by rows",
        text: "一、标准\n| 对象 | 金额 |\n|---|---|\n| 高龄 | 100元 |\n| 失能 | 200元 |\n二、时间",
        clauses: &[("表1第2行", "| 高龄"), ("表1第3行", "| 失能"), ("二", "二、时间")],
        not: &["表1第4行"],
    },
    Case {
        name: "articles in one line without a break",
        text: "第一章 总则 第一条 为了规范，制定本办法。第二条 违反第五条规定的：（一）警告；（二）罚款。第三条 自公布之日起施行。",
        clauses: &[("第一条", "第一条 为了"), ("第二条第（二）项", "（二）罚款"), ("第三条", "第三条 自公布")],
        not: &["第五条"],
    },
    Case {
        name: "words quoted by an amendment belong to the amendment",
        text: "一、将第三条修改为：“第三条 养犬人应当：\n（一）登记；\n（二）免疫。”\n二、删去第五条。",
        clauses: &[("一", "一、将第三条"), ("二", "二、删去")],
        not: &["第三条", "一（一）", "第五条"],
    },
];

fn document(text: &str) -> PolicyDocument {
    let meta = Metadata::new(DocumentId::parse("d").unwrap(), "题", DocumentKind::Other);
    PolicyDocument::new(meta, text.into(), outline(text)).unwrap()
}

/// Own texts one after the other, white space aside.
fn own_texts(document: &PolicyDocument) -> String {
    squeeze(&document.clauses().map(|clause| clause.own_text()).collect::<String>())
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn nasty_texts_are_divided_as_people_would() {
    let mut wrong = Vec::new();
    for Case { name, text, clauses, not } in CASES {
        let document = document(text);
        let found: Vec<Clause<'_>> = document.clauses().collect();
        let labels: Vec<&str> = found.iter().map(Clause::label).collect();
        for (label, words) in *clauses {
            let fits = found.iter().any(|clause| clause.label() == *label && clause.text().starts_with(words));
            if !fits {
                wrong.push(format!("{name}: no “{label}” that begins “{words}” among {labels:?}"));
            }
        }
        wrong.extend(
            not.iter().filter(|label| labels.contains(label)).map(|label| format!("{name}: {label} is no clause")),
        );
        assert_eq!(own_texts(&document), squeeze(text), "{name}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ids_are_unique_and_stay_when_other_clauses_change() {
    let text = "一、甲\n（一）一事。\n（二）二事。\n二、乙\n（一）三事。\n";
    let before = document(text);
    let after = document(&text.replace("一事。", "一事，改了字。"));
    let ids = |document: &PolicyDocument| document.clauses().map(|clause| clause.id().to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after));
    assert_eq!(ids(&before).iter().collect::<HashSet<_>>().len(), ids(&before).len());
    assert_eq!(ids(&before), ids(&document(text)));
}

#[test]
fn who_must_do_it_and_by_when_belongs_to_the_clause() {
    let text = "一、任务\n（一）公开惠农补贴。每年6月底前公示。（责任单位：县农业农村局、县财政局，完成时限：2026年12月底）\n\
                （二）开展评估。\n牵头单位：县司法局\n配合单位：县审计局";
    let document = document(text);
    let of = |label: &str| -> Vec<(String, Vec<String>)> {
        let clause = document.clauses().find(|clause| clause.label() == label).unwrap();
        clause.node().responsibilities.iter().map(|one| (one.role.clone(), one.values.clone())).collect()
    };
    let said = |label: &str, role: &str| -> Vec<String> {
        of(label).into_iter().filter(|(name, _)| name == role).flat_map(|(_, values)| values).collect()
    };
    assert_eq!(said("一（一）", "责任单位"), ["县农业农村局", "县财政局"], "{:?}", of("一（一）"));
    assert!(said("一（一）", "完成时限")[0].contains("2026年12月底"), "{:?}", of("一（一）"));
    assert_eq!(said("一（二）", "牵头单位"), ["县司法局"]);
    assert_eq!(said("一（二）", "配合单位"), ["县审计局"]);
}

#[test]
fn hard_line_breaks_are_joined_and_page_numbers_are_declared() {
    let raw = "丙田县2026年政务公开工作要点\n\n一、推进基层政务公开标准化规范化。各乡镇人民政府要对照目录逐项公\n\
               开，做到内容准确、更新及时、方便查询，每季度第一个月十日前将上一季\n度公开情况报县政府办公室，由县政府办公室汇总后\n\
               — 3 —\n通报。各部门要按照职责分工抓好落实，不得以内部管理信息为由不予\n公开。\n\
               二、加强政策解读。政策文件与解读方案、解读材料同步起草、同步报审\n、同步发布，解读率达到百分之百。\n- 4 -\n";
    let joined = reflow(raw);
    for words in ["逐项公开，做到", "上一季度公开情况", "汇总后通报。", "不予公开。", "同步报审、同步发布"]
    {
        assert!(joined.text.contains(words), "{words}: {}", joined.text);
    }
    assert!(!joined.text.contains("— 3 —"));
    assert!(
        joined.noise.iter().any(|noise| noise.text.contains('3') && !noise.reason.is_empty()),
        "{:?}",
        joined.noise
    );
    assert_eq!(unaccounted(raw, &joined), 0);
}

/// Texts made of the pieces that documents are made of, mixed with anything.
fn texts() -> impl Strategy<Value = String> {
    "(第[一二十百]{1,3}[条章节款]|第[0-9]{1,3}条之一|（[一二三四]）|\\([一二]\\)|[一二三]、|[1-9][.．、]|（[1-9]）|[①②③]|附件[1-3]?|\\||\\|--\\||\t|\
     目\u{3000}录|各单位：|—[0-9]—|抄送：|（责任单位：县财政局）|牵头单位：|〔2021〕3号|2021年3月5日|二〇二一年|“|”|《|》|。|；|，|\n|\n\n|\u{3000}|\r\n|\
     甲乙|保险|每月100元|\\PC|[\\x00-\\x1f]){0,40}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn own_texts_together_are_the_text(text in texts()) {
        prop_assert_eq!(outline(&text).check(&text), Ok(()));
        let document = document(&text);
        prop_assert_eq!(own_texts(&document), squeeze(&text));
        for clause in document.clauses() {
            prop_assert!(document.text()[clause.node().start..clause.node().end].contains(clause.heading()));
            let _ = (clause.path(), clause.label(), clause.parent().map(|parent| parent.id().clone()));
        }
        prop_assert_eq!(outline(&text), outline(&text));
    }

    #[test]
    fn joining_lines_loses_nothing(text in texts()) {
        let joined = reflow(&text);
        prop_assert_eq!(unaccounted(&text, &joined), 0);
        let _ = letterhead(&joined.text);
    }

    #[test]
    fn no_text_makes_a_parser_fall(text in texts(), other in "\\PC{0,40}") {
        for text in [text.as_str(), other.as_str()] {
            let _ = (DocumentNumber::parse(text), DocumentId::parse(text), RegionCode::parse(text));
            for mention in DocumentNumber::mentions(text) {
                prop_assert!(text.get(mention.range).is_some());
            }
            let _ = (zhengda::ingest::find_dates(text), zhengda::ingest::parse_date(text));
            let _ = zhengda::corpus::read_front_matter(text).is_ok();
            let _ = Lexicon::parse(&[("x.tsv".to_owned(), text.to_owned())]).is_ok();
            let _ = zhengda::query::mask_personal_numbers(text);
        }
    }
}

#[test]
fn every_writing_is_the_same_number() {
    let number = DocumentNumber::parse("会政办发〔2021〕85号").unwrap();
    for text in [
        "会政办发[2021]85号",
        "会政办发(2021) 85 号",
        "会政办发【2021】85号",
        "会政办发2021 85",
        "会政办发〔２０２１〕８５号",
    ] {
        assert_eq!(DocumentNumber::parse(text), Some(number.clone()), "{text}");
    }
    assert_eq!(number.to_string(), "会政办发〔2021〕85号");
    for text in ["12345", "2021年8月27日", "第85号", ""] {
        assert_eq!(DocumentNumber::parse(text), None, "{text}");
    }
}
