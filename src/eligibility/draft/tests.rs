//! What the drafting finds in invented documents, and in the demonstration corpus.

use crate::outline;
use crate::policy::{DocumentId, DocumentKind, Gazetteer, Metadata, PolicyDocument};

use super::{Choice, Draft, Fact, Vocabulary, draft};

fn fact(id: &str, subject: &str, name: &str, kind: &str, unit: &str, synonyms: &[&str]) -> Fact {
    let owned = |text: &str| text.to_owned();
    Fact {
        id: owned(id),
        subject: owned(subject),
        name: owned(name),
        kind: owned(kind),
        unit: owned(unit),
        synonyms: synonyms.iter().map(|word| owned(word)).collect(),
        choices: Vec::new(),
    }
}

fn vocabulary() -> Vocabulary {
    let choice = |value: &str| Choice { value: value.to_owned(), synonyms: Vec::new() };
    let mut qualifications = fact("qualifications", "企业", "资质", "choices", "", &[]);
    qualifications.choices = ["高新技术企业", "省级绿色工厂", "市级绿色工厂"].map(choice).to_vec();
    Vocabulary::new(vec![
        fact("registered_region", "企业", "登记地", "region", "", &["注册地"]),
        fact("founded", "企业", "成立日期", "date", "", &[]),
        fact("staff", "企业", "从业人员数", "number", "人", &["职工人数", "职工总数"]),
        fact("disabled_staff", "企业", "残疾职工人数", "number", "人", &[]),
        fact("annual_revenue", "企业", "年营业收入", "money", "元", &["营业收入"]),
        fact("equipment_investment", "企业", "设备投资额", "money", "元", &[]),
        fact("dishonest", "企业", "被列入严重失信名单", "yes_no", "", &["失信"]),
        fact("tax_arrears", "企业", "欠缴税款", "yes_no", "", &[]),
        fact("social_arrears", "企业", "欠缴社会保险费", "yes_no", "", &[]),
        fact("size", "企业", "企业规模", "choice", "", &[]),
        fact("age", "个人", "周岁年龄", "number", "周岁", &[]),
        fact("hukou", "个人", "户籍地", "region", "", &[]),
        qualifications,
    ])
}

fn document(text: &str) -> PolicyDocument {
    let id = DocumentId::parse("ceshi").unwrap();
    let mut meta = Metadata::new(id, "测试县企业奖补办法", DocumentKind::Other);
    meta.region = crate::policy::RegionCode::parse("990121");
    PolicyDocument::new(meta, text.into(), outline::outline(text)).unwrap()
}

fn drafted(text: &str) -> (Draft, String) {
    let draft = draft(&document(text), &vocabulary(), &Gazetteer::default());
    let yaml = draft.to_yaml();
    (draft, yaml)
}

/// Clauses of an invented measure; nothing of it stands anywhere else.
const MEASURE: &str = "测试县企业奖补办法\n\n第一条　申请奖补的企业应当同时符合下列条件：\n\n（一）在本县登记注册满12个月；\n\n（二）职工人数不少于10人，营业收入达到500万元以上；\n\n（三）未被列入失信名单，无欠缴税款、社会保险费情形；\n\n（四）成长性较好。\n\n第二条　对购置设备（含软件）的企业，设备投资额达到100万元以上的，按照设备投资额的8%给予补助，单个项目最高50万元。\n\n第三条　新认定的高新技术企业一次性奖励10万元。\n\n第四条　对省级绿色工厂、市级绿色工厂，分别奖励6万元、2万元。\n\n第五条　残疾职工人数占职工总数25%以上的企业，每招用1人给予3000元补贴。\n\n第六条　每年3月1日至4月30日集中申报。同一事项按照就高不重复的原则执行。\n\n第七条　以虚假材料骗取资金的，处以5万元罚款。\n\n第八条　咨询电话：0990-8811111。\n";

#[test]
fn a_measure_becomes_programmes_with_conditions_amounts_and_windows() {
    let (draft, yaml) = drafted(MEASURE);
    assert_eq!(draft.programmes(), 4, "{yaml}");
    for expected in [
        "fact: registered_region, within: \"990121\"",
        "fact: founded, at_least_months: 12",
        "fact: staff, at_least: 10",
        "fact: annual_revenue, at_least: 5000000",
        "fact: dishonest, is: false",
        "fact: tax_arrears, is: false",
        "fact: social_arrears, is: false",
        "fact: equipment_investment, at_least: 1000000",
        "{kind: rate, rate: 0.08, of: equipment_investment, ceiling: 500000",
        "fact: qualifications, has_any: [\"高新技术企业\"]",
        "{kind: amount, amount: 100000, per: \"一次性\"",
        "amount: 60000, basis: benefit, when: {fact: qualifications, has_any: [\"省级绿色工厂\"]",
        "ratio: {of: disabled_staff, to: staff}, at_least: 0.25",
        "window: {opens: 03-01, closes: 04-30, yearly: true",
        "rule: 就高不重复",
        "telephone: {text: \"0990-8811111\"",
        "text: \"成长性较好\"",
    ] {
        assert!(yaml.contains(expected), "{expected} is not in\n{yaml}");
    }
    assert!(!yaml.contains("amount: 50000,"), "a fine is no benefit:\n{yaml}");
}

#[test]
fn what_is_doubtful_is_left_to_a_person() {
    let (_, yaml) = drafted(
        "第一条　对职工人数10人以上或者特殊行业的企业，给予奖励1万元。\n\n第二条　对高新技术企业、示范企业，给予最高3万元补助。\n\n第三条　一般项目每项资助1—2万元。\n",
    );
    assert!(!yaml.contains("fact: staff") && !yaml.contains("fact: qualifications"), "{yaml}");
    for expected in [
        "text: \"对职工人数10人以上或者特殊行业的企业\"",
        "text: \"对高新技术企业、示范企业\"",
        "text: \"实际金额（3万元为上限）\"",
        "text: \"实际金额（原文为区间：1—2万元）\"",
    ] {
        assert!(yaml.contains(expected), "{expected} is not in\n{yaml}");
    }
}

#[test]
fn persons_are_told_from_businesses() {
    let (_, yaml) = drafted("第一条　对本县户籍年满80周岁的老年人，每人每月发放高龄津贴100元。\n");
    for expected in ["audience: 个人", "fact: hukou, within", "fact: age, at_least: 80", "per: \"每人每月\""] {
        assert!(yaml.contains(expected), "{expected} is not in\n{yaml}");
    }
}

#[test]
fn every_quote_is_the_clauses_own_and_the_draft_is_marked() {
    let document = document(MEASURE);
    let draft = draft(&document, &vocabulary(), &Gazetteer::default());
    for programme in &draft.programmes {
        for basis in &programme.bases {
            assert_eq!(document.text().get(basis.start..basis.start + basis.quote.len()), Some(basis.quote.as_str()));
            let labels: Vec<&str> = document
                .clauses()
                .filter(|clause| clause.text().contains(&basis.quote))
                .map(|clause| clause.label())
                .collect();
            assert!(labels.contains(&basis.clause.as_str()), "{basis:?} is not in {labels:?}");
        }
    }
    for (_, file) in draft.files() {
        assert!(file.contains("草稿，须人工核对") && file.contains("\ndraft: true\n"));
    }
}

#[test]
fn hostile_text_neither_breaks_out_of_its_quotes_nor_panics() {
    let hostile = "第一条　对“x\\\"}\u{2028}、# !!tag &a *a : - \t\u{7}”的企业，奖励1万元\u{feff}。\n\n第二条　按的%给予补贴，最高不超过。%%元元、、（（（。\n\n第三条　奖励99999999999999999999999999999999亿元，按0.000000%给予9999999万元。\n";
    let (_, yaml) = drafted(hostile);
    assert!(yaml.lines().all(|line| !line.contains('\u{7}') && !line.contains('\u{2028}')), "{yaml}");
    let (empty, yaml) = drafted("测试\n\n没有奖补。\n");
    assert_eq!(empty.programmes(), 0);
    assert!(yaml.contains("没有找到"));
}

#[test]
fn a_heading_with_nothing_below_it_is_a_condition() {
    let (_, yaml) = drafted(
        "一、申报条件\n\n（一）职工人数不少于10人；\n\n（二）产品已经投产。\n\n二、补助标准\n\n对符合条件的企业，给予补助5万元。\n",
    );
    for expected in ["fact: staff, at_least: 10", "text: \"产品已经投产\"", "amount: 50000"] {
        assert!(yaml.contains(expected), "{expected} is not in\n{yaml}");
    }
}

/// What the demonstration corpus states, by document: figures and conditions that a draft must hold.
const DEMONSTRATION: &[(&str, &[&str])] = &[
    (
        "qh-2024-gongye-jiangbu",
        &[
            "amount: 100000, per: \"一次性\"",
            "rate: 0.1,",
            "ceiling: 3000000",
            "amount: 200000",
            "amount: 500000",
            "opens: 04-01, closes: 05-31, yearly: true",
            "rule: 就高不重复",
            "0990-8800105",
            "免申即享",
            "县工业和信息化局、县财政局",
        ],
    ),
    ("jl-2024-youzhi-zhongxiao", &["amount: 300000", "amount: 1000000", "免申即享", "信用承诺书", "0990-6600305"]),
    ("qh-2026-kuogang-buzhu", &["amount: 1500", "closes: 2026-12-31", "rule: 不可同时享受"]),
    ("qh-2025-chuangye-danbao-xiaowei", &["rate: 0.5,", "营业执照", "0990-8800109"]),
];

#[test]
fn drafts_of_the_demonstration_corpus_hold_what_its_documents_state() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = crate::corpus::Corpus::open(root).unwrap();
    let gazetteer = corpus.gazetteer().unwrap();
    for (id, expected) in DEMONSTRATION {
        let document = corpus.get(&DocumentId::parse(id).unwrap()).unwrap().unwrap();
        let yaml = draft(&document, &vocabulary(), &gazetteer).to_yaml();
        for words in *expected {
            assert!(yaml.contains(words), "{id}: {words} is not in\n{yaml}");
        }
        for (id, file) in draft(&document, &vocabulary(), &gazetteer).files() {
            let parsed = |text: &str| serde_saphyr::from_str::<crate::policy::programme::SupportProgramme>(text);
            assert!(parsed(&file).is_err(), "{id} is loaded though it is marked");
            let unmarked = file.replace("\ndraft: true\n", "\n");
            assert!(parsed(&unmarked).is_ok(), "{id}: {:?}\n{unmarked}", parsed(&unmarked).err());
        }
    }
}
