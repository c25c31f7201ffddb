use super::*;

fn of(kind: RelationKind, title: &str, text: &str, is_interpretation: bool) -> Vec<String> {
    let of = if is_interpretation { DocumentKind::Interpretation } else { DocumentKind::Normative };
    let found = relations(title, text, of).into_iter().filter(|relation| relation.kind == kind);
    found
        .map(|relation| {
            let number = relation.target.number.map(|number| number.to_string()).unwrap_or_default();
            format!("{}{number}", relation.target.title.unwrap_or_default())
        })
        .collect()
}

#[test]
fn titles_state_relations() {
    let interprets = |title: &str| of(RelationKind::Interprets, title, "", true);
    assert_eq!(interprets("《青禾县高龄津贴发放办法》政策解读"), ["青禾县高龄津贴发放办法"]);
    assert_eq!(interprets("一图读懂《某某办法》"), ["某某办法"]);
    assert_eq!(interprets("关于某某办法的解读"), ["关于某某办法"]);
    assert_eq!(
        of(RelationKind::DraftOf, "关于公开征求《某县某某办法（征求意见稿）》意见的公告", "", false),
        ["某县某某办法"]
    );
    assert_eq!(of(RelationKind::Amends, "某省人民政府关于修改《某某办法》的决定", "", false), ["某某办法"]);
    assert_eq!(
        of(RelationKind::Forwards, "国务院办公厅转发国家地震局关于加强防震减灾工作意见的通知", "", false),
        ["国家地震局关于加强防震减灾工作意见"]
    );
}

#[test]
fn texts_state_relations_with_their_words() {
    let text = "为做好工作，根据《某甲条例》（国发〔2014〕3号）、《某乙办法》，结合实际，制定本办法。\n\
                第九条 本办法自2023年7月1日起施行，《某丙办法》（青政规〔2018〕2号）同时废止。\n有下列情形的，应当予以废止：";
    assert_eq!(of(RelationKind::BasedOn, "丁办法", text, false), ["某甲条例国发〔2014〕3号", "某乙办法"]);
    assert_eq!(of(RelationKind::Repeals, "丁办法", text, false), ["某丙办法青政规〔2018〕2号"]);
    let repeal = relations("丁办法", text, DocumentKind::Normative)
        .into_iter()
        .find(|r| r.kind == RelationKind::Repeals)
        .unwrap();
    assert!(text.contains(repeal.basis.as_deref().unwrap()));
    assert_eq!(repeal.on, Some(jiff::civil::date(2023, 7, 1)));
}

#[test]
fn what_is_kept_or_merely_mentioned_is_not_repealed() {
    let repeals = |title: &str, text: &str| of(RelationKind::Repeals, title, text, false);
    assert!(repeals("清理结果目录", "一、保留《甲办法》《乙办法》；二、").is_empty());
    assert!(repeals("清理结果", "保留《甲办法》继续有效，《乙办法》予以废止").is_empty());
    assert_eq!(
        repeals("关于废止《乙管理办法》的决定", "根据《甲部门通知》要求，决定对《乙管理办法》予以废止。"),
        ["乙管理办法"]
    );
    assert!(of(RelationKind::Repeals, "《甲办法》解读", "《丙管理办法》同时废止。", true).is_empty());
    let own = of(RelationKind::Replaces, "关于印发《甲管理办法》的通知", "2014年发布的《甲管理办法》同时废止。", false);
    assert_eq!(own, ["甲管理办法"]);
}

/// What a text of 青禾县某某管理办法 states, kind and name, with number, clauses and day.
fn stated(title: &str, text: &str) -> Vec<String> {
    relations(title, text, DocumentKind::Normative)
        .into_iter()
        .filter(|relation| relation.kind.bears_on_validity())
        .map(|relation| {
            let number = relation.target.number.map(|number| number.to_string()).unwrap_or_default();
            let day = relation.on.or(relation.until).map(|day| format!("@{day}")).unwrap_or_default();
            let name = relation.target.title.unwrap_or_default();
            format!("{} {name}{number}{}{day}", relation.kind.json_name(), relation.clauses.join("/"))
        })
        .collect()
}

const OWN: &str = "青禾县人民政府关于印发《青禾县集市管理办法》的通知";

/// Sentences that end nothing.
const NO_ENDINGS: [&str; 14] = [
    "有下列情形之一的，应当予以废止：",
    "规范性文件的清理范围包括《甲某管理办法》等，按程序修改、废止。",
    "取得新证的，原《营业执照》同时作废。",
    "建议对《甲某管理办法》予以废止。",
    "其上位法规《甲某管理条例》已废止。",
    "《甲某管理办法》废止后，按照国家有关规定执行。",
    "《甲某管理办法》与本办法不一致的，停止执行。",
    "许可证有效期届满自动失效，按照《甲某管理办法》办理。",
    "复核期间，不停止执行《甲某管理办法》规定的处理决定。",
    "根据《甲某管理条例》，经研究，现予公布。",
    "拟废止《甲某管理办法》。",
    "违反《甲某管理条例》的，合同作废。",
    "票据丢失的，声明作废，并依照《甲某管理办法》处理。",
    "将第二十条修改为：“本办法自2020年1月1日起施行，《甲某管理办法》同时废止。”",
];

#[test]
fn sentences_that_end_nothing() {
    for text in NO_ENDINGS {
        assert!(stated(OWN, text).is_empty(), "{text}: {:?}", stated(OWN, text));
    }
}

#[test]
fn sentences_of_ending() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("《青禾县摊贩管理办法》（青政规〔2018〕2号）同时废止。", &["repeals 青禾县摊贩管理办法青政规〔2018〕2号"][..]),
        ("本办法自2023年7月1日起施行，《青禾县摊贩管理办法》同时废止。", &["repeals 青禾县摊贩管理办法@2023-07-01"]),
        ("《青禾县摊贩管理办法》自2023年7月1日起废止。", &["repeals 青禾县摊贩管理办法@2023-07-01"]),
        ("《青禾县摊贩管理办法》自本通知印发之日起停止执行。", &["repeals 青禾县摊贩管理办法"]),
        ("原《青禾县摊贩管理办法》即行废止。", &["repeals 青禾县摊贩管理办法"]),
        ("原《办法》同时废止。", &["replaces 青禾县集市管理办法"]),
        ("原青禾县摊贩管理办法同时废止。", &["repeals 青禾县摊贩管理办法"]),
        (
            "《甲某管理办法》《乙某管理办法》和《丙某管理办法》同时废止。",
            &["repeals 甲某管理办法", "repeals 乙某管理办法", "repeals 丙某管理办法"],
        ),
        ("废止《青禾县摊贩管理办法》（青政规〔2018〕2号）。", &["repeals 青禾县摊贩管理办法青政规〔2018〕2号"]),
        ("现决定宣布《青禾县摊贩管理办法》失效。", &["repeals 青禾县摊贩管理办法"]),
        ("青政办发〔2011〕72号文件自2017年1月1日起停止执行。", &["repeals 青政办发〔2011〕72号@2017-01-01"]),
        ("《青禾县摊贩管理办法》第八条同时废止。", &["repeals 青禾县摊贩管理办法第八条"]),
        (
            "《青禾县摊贩管理办法》（青政规〔2018〕2号）第三条、第五条第二款停止执行。",
            &["repeals 青禾县摊贩管理办法青政规〔2018〕2号第三条/第五条第二款"],
        ),
        ("《青禾县摊贩管理办法》中有关收费的规定同时废止。", &["amends 青禾县摊贩管理办法"]),
        (
            "2012年9月1日起施行的《青禾县摊贩管理办法》（青办〔2012〕21号）同时废止。",
            &["repeals 青禾县摊贩管理办法青办〔2012〕21号"],
        ),
        ("县政府1997年2月12日公布的《青禾县摊贩管理办法》不再执行。", &["repeals 青禾县摊贩管理办法"]),
        ("《青禾县摊贩管理办法》（试行）同时废止。", &["repeals 青禾县摊贩管理办法（试行）"]),
        (
            "《青禾县集市管理办法（试行）》（青政规〔2020〕5号）同时废止。",
            &["repeals 青禾县集市管理办法（试行）青政规〔2020〕5号"],
        ),
        ("2014年发布的《青禾县集市管理办法》同时废止。", &["replaces 青禾县集市管理办法"]),
        (
            "《青禾县摊贩管理办法》（以下简称《摊贩办法》）施行五年。本办法施行后，《摊贩办法》同时废止。",
            &["repeals 青禾县摊贩管理办法"],
        ),
        (
            "下列文件同时废止：\n1.《甲某管理办法》（青政规〔2018〕2号）\n2.《乙某管理办法》（青政规〔2018〕3号）",
            &["repeals 甲某管理办法青政规〔2018〕2号", "repeals 乙某管理办法青政规〔2018〕3号"],
        ),
    ] {
        if stated(OWN, text) != expected {
            wrong.push((text, stated(OWN, text)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn notices_of_extension() {
    let mut wrong = Vec::new();
    for (title, text, expected) in [
        (
            "关于延长《甲某管理办法》有效期的通知",
            "经研究，《甲某管理办法》（青政规〔2018〕2号）有效期延长至2026年12月31日。",
            &["extends 甲某管理办法青政规〔2018〕2号@2026-12-31"][..],
        ),
        (
            "关于延长《甲某管理办法》有效期的通知",
            "经评估，有效期延长至2026年12月31日。特此通知。",
            &["extends 甲某管理办法@2026-12-31"],
        ),
        (
            "关于继续执行《甲某管理办法》的通知",
            "经研究，决定继续执行至2026年底。",
            &["extends 甲某管理办法@2026-12-31"],
        ),
        ("关于延长甲某管理办法有效期的通知", "经研究，有效期延长两年。", &["extends 甲某管理办法"]),
        ("关于《甲某管理办法》延期的通知", "经研究，延期至2026年12月31日。", &["extends 甲某管理办法@2026-12-31"]),
        ("通知", "《甲某管理办法》（青政规〔2018〕2号）继续有效。", &["confirms 甲某管理办法青政规〔2018〕2号"]),
        ("通知", "《甲某管理办法》有效期届满后，继续有效至2026年12月31日。", &["extends 甲某管理办法@2026-12-31"]),
        ("通知", "考试成绩继续有效。", &[]),
        ("通知", "根据《甲某管理办法》，许可证有效期可以延长至2026年12月31日。", &[]),
        ("通知", "鉴定期限可以延长30日。", &[]),
    ] {
        if stated(title, text) != expected {
            wrong.push((text, stated(title, text)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn decisions_of_amendment_name_their_clauses() {
    let single = "决定对《甲某管理条例》作如下修改：\n一、将第三条修改为：“各级人民政府依照第三十条的规定负责。”\n二、删去第五条、第六条第二款。\n\
                  三、增加一条，作为第七条：“新的一条。”\n四、第十二条改为第十三条，修改为：“某某。”\n五、将第十五条第（二）项中的“旧名”改为“新名”。";
    let expected = ["amends 甲某管理条例第三条/第五条/第六条第二款/第十二条/第十五条第（二）项"];
    assert_eq!(stated("某某关于修改《甲某管理条例》的决定", single), expected);
    let two = "决定对2件规章予以修改：一、对《甲某管理规定》作出修改（一）删去第十一条。（二）将第二条修改为“某。”\n\
               二、对《乙某管理规定》作出修改（一）将第七条第一款修改为：“某。”";
    let expected = ["amends 甲某管理规定第十一条/第二条", "amends 乙某管理规定第七条第一款"];
    assert_eq!(stated("某部关于修改部分规章的决定", two), expected);
}

#[test]
fn lists_of_a_review() {
    let table = "| 序号 | 文件名称 | 文号 | 处理意见 |\n| --- | --- | --- | --- |\n\
                 | 1 | 甲某管理办法 | 青政规〔2018〕1号 | 继续有效 |\n| 2 | 《乙某管理办法》 | 青政规〔2018〕2号 | 废止 |\n| 3 | 丙某管理办法 | 青政规〔2018〕3号 | 拟修改 |";
    let expected = [
        "confirms 甲某管理办法青政规〔2018〕1号",
        "repeals 乙某管理办法青政规〔2018〕2号",
        "confirms 丙某管理办法青政规〔2018〕3号",
    ];
    assert_eq!(stated("青禾县行政规范性文件清理结果", table), expected);
    let lines = "附件1\n继续有效的规范性文件目录\n1.青禾县甲某管理办法（青政规〔2018〕1号）\n2.《青禾县乙某管理办法》（青政规〔2018〕2号）\n\
                 附件2\n宣布失效的规范性文件目录\n1．青禾县丙某管理办法\n文号：青政规〔2018〕3号";
    let expected = [
        "confirms 青禾县甲某管理办法青政规〔2018〕1号",
        "confirms 青禾县乙某管理办法青政规〔2018〕2号",
        "repeals 青禾县丙某管理办法青政规〔2018〕3号",
    ];
    assert_eq!(stated("关于公布规范性文件清理结果的通知", lines), expected);
    let run_on = "清理结果目录（一）保留规范性文件目录序号文件名称文号1《甲某管理办法》青科规〔2021〕1号2《乙某管理办法（试行）》青科规〔2021〕2号\
                  （二）予以废止规范性文件目录序号文件名称文号1《丙某管理办法》青科规〔2021〕3号";
    let expected = [
        "confirms 甲某管理办法青科规〔2021〕1号",
        "confirms 乙某管理办法（试行）青科规〔2021〕2号",
        "repeals 丙某管理办法青科规〔2021〕3号",
    ];
    assert_eq!(stated("2023年规范性文件清理结果目录", run_on), expected);
    let fates =
        "序号文件名称、文号清理结果1《甲某管理办法》（青科〔2011〕3号）保留2《乙某管理办法》（青科〔2011〕9号）废止";
    assert_eq!(
        stated("规范性文件清理结果", fates),
        ["confirms 甲某管理办法青科〔2011〕3号", "repeals 乙某管理办法青科〔2011〕9号"]
    );
}
